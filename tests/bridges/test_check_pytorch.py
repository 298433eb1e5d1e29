import copy
import random

import pytest

from purenet import Adam, GradientDescent
from purenet.bridges import check_torch
from purenet.errors import NetworkError
from tests.sampling import one_in, slow

torch = pytest.importorskip("torch", reason="PyTorch is not installed: pip install 'purenet[torch]'")
nn, functional = torch.nn, torch.nn.functional
SGD = torch.optim.SGD


class OwnSigmoid(torch.autograd.Function):
    """A right one; `slope` is what the wrong ones replace."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x, torch.sigmoid(x))
        return torch.sigmoid(x)

    @classmethod
    def backward(cls, ctx, gradient):
        return gradient * cls.slope(*ctx.saved_tensors)

    @staticmethod
    def slope(x, y):
        return y * (1 - y)


class SlopeIsValue(OwnSigmoid):
    @staticmethod
    def slope(x, y):
        return y


class SlopeIsLeftOut(OwnSigmoid):
    @staticmethod
    def slope(x, y):
        return torch.ones_like(y)


class SlopeOfNetInput(OwnSigmoid):
    @staticmethod
    def slope(x, y):
        return x * (1 - x)


class SigmoidOfTheOutput(OwnSigmoid):
    @staticmethod
    def slope(x, y):
        return torch.sigmoid(y) * (1 - torch.sigmoid(y))


class OwnTanh(OwnSigmoid):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x, torch.tanh(x))
        return torch.tanh(x)

    @staticmethod
    def slope(x, y):
        return 1 - y * y


class TanhSlopeOfNetInput(OwnTanh):
    @staticmethod
    def slope(x, y):
        return 1 - x * x


class TanhSlopeNotSquared(OwnTanh):
    @staticmethod
    def slope(x, y):
        return 1 - y


class OwnModule(nn.Module):
    """Two layers, written as a class: tanh or another function, then nothing."""

    def __init__(self, function, outputs=2, dtype=torch.float64):
        super().__init__()
        torch.manual_seed(3)
        self.second = nn.Linear(3, outputs, dtype=dtype)  # the order in which they are called is another
        self.first = nn.Linear(2, 3, dtype=dtype)
        self.function = function

    def forward(self, inputs):
        return self.second(self.function(self.first(inputs)))


INPUTS = [[0.6, -1.3], [1.1, 0.4], [-0.7, 0.9]]
TARGETS = [[0.2, 0.9], [0.1, -0.5], [0.8, 0.3]]


def checked(module, **settings):
    optimizer = SGD(module.parameters(), lr=0.1)
    return check_torch(module, INPUTS, TARGETS, nn.MSELoss(), optimizer, **settings)


# right modules

LOSSES = [  # with the last activation, and targets as a function of the source and of the outputs
    (nn.MSELoss(), [[], [nn.Tanh()], [nn.Sigmoid()], [nn.ReLU()], [nn.Softmax(dim=-1)]], "any"),
    (nn.MSELoss(reduction="sum"), [[], [nn.Tanh()], [nn.Sigmoid()]], "any"),
    (nn.BCELoss(reduction="sum"), [[nn.Sigmoid()]], "yes or no"),
    (nn.BCEWithLogitsLoss(reduction="sum"), [[]], "yes or no"),
    (nn.CrossEntropyLoss(), [[]], "class"),
    (nn.CrossEntropyLoss(reduction="sum"), [[]], "class"),
    (functional.cross_entropy, [[]], "class"),
    (nn.NLLLoss(), [[nn.LogSoftmax(dim=-1)]], "class"),
    (functional.mse_loss, [[], [nn.Tanh()]], "any"),
]


def drawn_training(source):
    """Return the arguments of `check_torch` for a right module drawn from a random.Random, and its settings."""
    torch.manual_seed(source.randrange(10**6))
    dtype = source.choice([torch.float64, torch.float32])
    sizes, layers = [source.randint(1, 4) for _ in range(source.randint(2, 4))], []
    loss, ends, kind = source.choice(LOSSES)
    sizes[-1] += kind == "class" or loss is LOSSES[0][0]  # softmax of one output has a δ of 0, which is not certified
    for inputs, outputs in zip(sizes, sizes[1:]):
        layers.append(nn.Linear(inputs, outputs, bias=source.random() < 0.8, dtype=dtype))
        layers += source.choice(
            [[nn.Sigmoid()], [nn.Tanh()], [nn.ReLU()], [nn.LeakyReLU()], [nn.ReLU(inplace=True)], [nn.Identity()]]
        )
    module = nn.Sequential(*layers[:-1], *source.choice(ends))
    number, scale = source.randint(1, 3), source.choice([1, 1, 1, 10])
    inputs = torch.randn(number, sizes[0], dtype=dtype) * scale
    targets = torch.randint(sizes[-1], (number,))
    if kind != "class":
        shape = (number, sizes[-1])
        targets = torch.randint(2, shape).to(dtype) if kind == "yes or no" else torch.rand(shape, dtype=dtype)
    weights = [parameter for parameter in module.parameters() if parameter.dim() == 2]
    biases = [parameter for parameter in module.parameters() if parameter.dim() == 1]
    groups = [{"params": weights, "weight_decay": source.choice([0, 0.03])}] + [
        {"params": biases, "weight_decay": 0}
    ] * bool(biases)
    rate = {"lr": round(source.uniform(0.01, 0.5), 3)}
    kind, settings = source.choice(
        [
            (SGD, {}),
            (SGD, {"momentum": 0.9}),
            (SGD, {"momentum": 0.9, "nesterov": True}),
            (torch.optim.Adam, {}),
            (torch.optim.Adam, {"betas": (0.8, 0.99), "eps": 1e-6}),
            (torch.optim.AdamW, {}),
        ]
    )
    optimizer = kind(groups, **rate, **settings)
    return (module, inputs, targets, loss, optimizer), {"steps": source.randint(1, 2)}


@pytest.mark.parametrize("seed", one_in(40, range(400)))
def test_a_right_module_is_not_accused(seed):
    arguments, settings = drawn_training(random.Random(seed))
    try:
        report = check_torch(*arguments, **settings)
    except NetworkError as error:
        assert "so near to 0 or 1 that BCELoss clamps its slope" in str(error)
        return
    assert report.check.outcome in ("agrees", "no bound"), str(report)
    report.raise_if_wrong()


@pytest.mark.parametrize("seed", one_in(75, range(150)))
def test_a_right_module_with_whole_numbers_and_odd_means_is_not_accused(seed):
    """Everything is exact until PyTorch multiplies by the rounded inverse of the number of outputs and examples."""
    torch.manual_seed(seed)
    source = random.Random(seed)
    dtype, number, outputs = (
        source.choice([torch.float64, torch.float32]),
        source.choice([3, 5, 7]),
        source.randint(1, 5),
    )
    layers = source.choice([[nn.Linear(3, outputs)], [nn.Linear(3, 2), nn.ReLU(), nn.Linear(2, outputs)]])
    module = nn.Sequential(*layers, *source.choice([[], [nn.ReLU()]])).to(dtype)
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.copy_(torch.randint(-3, 4, parameter.shape))
    inputs, targets = (torch.randint(-4, 5, (number, size)).to(dtype) for size in (3, outputs))
    try:
        report = check_torch(module, inputs, targets, nn.MSELoss(), SGD(module.parameters(), lr=0.3))
    except NetworkError as error:
        assert "cannot be certified" in str(error)  # terms cancel
        return
    report.raise_if_wrong()


@pytest.mark.parametrize("dtype", [torch.float64, torch.float32])
@pytest.mark.parametrize(
    "function, name", [(OwnSigmoid.apply, "sigmoid"), (OwnTanh.apply, "tanh"), (torch.relu, "relu")]
)
def test_a_right_module_with_functions_of_its_own_passes_and_all_of_it_is_compared(function, name, dtype):
    report = checked(OwnModule(function, dtype=dtype), activations=[name, "identity"])
    assert report.passed and report.mistakes == []
    assert len(report.check.compared) == 48
    report.raise_if_wrong()


def test_the_module_and_the_optimizer_are_left_as_they_were():
    module = OwnModule(torch.tanh)
    optimizer = SGD(module.parameters(), lr=0.1, momentum=0.9)
    for _ in range(2):  # so that there are gradients and velocities
        optimizer.zero_grad()
        nn.MSELoss()(
            module(torch.tensor(INPUTS, dtype=torch.float64)), torch.tensor(TARGETS, dtype=torch.float64)
        ).backward()
        optimizer.step()
    before = copy.deepcopy((module.state_dict(), optimizer.state_dict()))
    gradients = [parameter.grad.clone() for parameter in module.parameters()]
    arguments = (module, INPUTS, TARGETS, nn.MSELoss(), optimizer)
    assert check_torch(*arguments, activations=["tanh", "identity"], steps=2).passed
    after = (module.state_dict(), optimizer.state_dict())
    assert str(after) == str(before)
    assert all(torch.equal(parameter.grad, one) for parameter, one in zip(module.parameters(), gradients))
    assert not any(part._forward_hooks or part._forward_pre_hooks for part in module.modules())


def test_a_step_is_checked_without_gradients_being_on():
    with torch.no_grad():
        assert checked(OwnModule(torch.tanh), activations=["tanh", "identity"]).passed


def test_without_an_optimizer_no_new_weights_are_compared():
    module = nn.Sequential(nn.Linear(2, 2))
    report = check_torch(module, INPUTS, TARGETS, nn.MSELoss())
    assert report.passed
    assert [row.name for row in report.check.unreported] == ["step1.J.weights", "step1.J.biases"]


def test_one_example_without_a_batch_is_a_batch_of_one():
    module = nn.Sequential(nn.Linear(2, 3))
    assert check_torch(module, INPUTS[0], [0.5, 0.25, 1.0], nn.MSELoss()).passed
    assert check_torch(module, INPUTS[0], 2, nn.CrossEntropyLoss()).passed


def half_squared_error(outputs, targets):
    return ((outputs - targets) ** 2).sum() / 2


def test_a_loss_and_a_descent_of_ones_own_are_compared_with_what_they_are_meant_to_be():
    class OwnDescent(SGD):
        pass

    module = OwnModule(torch.tanh)
    arguments = (module, INPUTS, TARGETS, half_squared_error, OwnDescent(module.parameters(), lr=0.1))
    settings = {"activations": ["tanh", "identity"], "loss_name": "half squared error"}
    assert check_torch(*arguments, **settings, gradient="sum", descent=GradientDescent(0.1)).passed
    wrong = check_torch(*arguments, **settings, gradient="mean", descent=GradientDescent(0.1))
    assert not wrong.passed and "batch-sum-instead-of-mean" in wrong.mistakes


@pytest.mark.parametrize("dtype", [torch.float64, torch.float32, torch.float16])
def test_a_slope_that_bce_loss_clamps_is_no_difference(dtype):
    """y·(1 − y) = 2.5e-14 for x = 31.3; BCELoss divides by at least 1e-12, which a float16 holds as 0."""
    module = nn.Sequential(nn.Linear(1, 1, bias=False), nn.Sigmoid()).to(dtype)
    with pytest.raises(NetworkError, match="so near to 0 or 1 that BCELoss clamps its slope: take a loss of logits"):
        with torch.no_grad():
            module[0].weight.fill_(31.3)
        check_torch(module, [[1.0]], [[0.0]], nn.BCELoss())
    assert check_torch(module[:1], [[1.0]], [[0.0]], nn.BCEWithLogitsLoss()).check.outcome == "agrees"


def several_rates(parameters):
    return SGD([{"params": [each], "lr": 0.1 * n} for n, each in enumerate(parameters, start=1)])


REFUSED = [
    ({"optimizer": torch.optim.RMSprop}, "RMSprop is not supported, SGD, Adam, AdamW are; or say which"),
    (
        {"optimizer": lambda each: SGD(each, lr=0.1, weight_decay=0.1)},
        "SGD lets biases decay too, and in purenet they do",
    ),
    ({"optimizer": torch.optim.AdamW}, "AdamW lets biases decay too, and in purenet they do not"),
    ({"optimizer": lambda each: torch.optim.Adam(each, amsgrad=True)}, "Adam with amsgrad is no descent of purenet"),
    ({"optimizer": several_rates}, "the groups of the optimizer have several values of learning_rate, and purenet"),
    ({"optimizer": lambda each: SGD(each, lr=0.1, momentum=0.9, dampening=0.5)}, "SGD with dampening is no descent of"),
    (
        {"optimizer": lambda each: SGD(list(nn.Linear(1, 1).parameters()), lr=0.1)},
        "the optimizer holds no parameter of",
    ),
    ({"loss": half_squared_error}, "the loss is none of PyTorch's: say what it is meant to be, as loss_name="),
    ({"gradient": "sum"}, "leave out gradient, which goes with loss_name"),
    ({"activations": ["tanh"]}, "there are 1 activation for 2 torch.nn.Linear"),
    ({"activations": ["swish", "identity"]}, "check_torch: activations is 'swish' but must be one of"),
    ({"activations": None}, "OwnModule is not supported: a torch.nn.Sequential is read with"),
    ({"targets": [0, 1, 5], "loss": nn.CrossEntropyLoss()}, "there is no class 5: the network has 2 outputs, from 0"),
    ({"targets": [0.0, 1.0, 1.0], "loss": nn.CrossEntropyLoss()}, "the number of a class must be a whole number"),
    ({"targets": [0]}, "there are 3 rows of inputs and targets of shape (1,)"),
    ({"steps": 0}, "the number of steps must be a whole number of at least 1, not 0"),
]


@pytest.mark.parametrize("change, words", REFUSED)
def test_what_cannot_be_checked_is_refused_in_a_sentence(change, words):
    module = OwnModule(torch.tanh)
    settings = {"targets": TARGETS, "loss": nn.MSELoss(), "activations": ["tanh", "identity"], **change}
    optimizer = settings.pop("optimizer", lambda each: SGD(each, lr=0.1))(module.parameters())
    with pytest.raises(NetworkError) as raised:
        check_torch(module, INPUTS, optimizer=optimizer, **settings)
    assert str(raised.value).startswith(words)


@pytest.mark.parametrize(
    "change, words",
    [
        (
            lambda module: setattr(module, "scale", nn.Parameter(torch.ones(1).double())),
            "the parameter scale is in no torch.nn",
        ),
        (
            lambda module: setattr(module.first.weight, "requires_grad", False),
            "the parameter first.weight has no gradient",
        ),
        (lambda module: setattr(module, "function", nn.Dropout()), "Dropout leaves out outputs at random: call eval()"),
        (lambda module: module.to(torch.bfloat16), "the parameters must all be float64, float32, float16, of one type"),
        (
            lambda module: setattr(module, "kept", module.first(torch.ones(2, dtype=torch.float64))),
            "the module cannot be",
        ),
    ],
)
def test_a_module_of_another_kind_is_refused_in_a_sentence(change, words):
    module = OwnModule(torch.tanh)
    change(module)
    with pytest.raises(NetworkError) as raised:
        checked(module, activations=["tanh", "identity"])
    assert str(raised.value).startswith(words)


def test_an_epsilon_that_a_type_cannot_hold_is_refused_in_a_sentence():
    module = nn.Sequential(nn.Linear(2, 2)).to(torch.float16)
    optimizer = torch.optim.Adam(module.parameters())
    with pytest.raises(NetworkError, match="float16 holds an epsilon of 1e-08 as 0, so 0 is divided by 0"):
        check_torch(module, INPUTS, TARGETS, nn.MSELoss(), optimizer)
    optimizer = torch.optim.Adam(module.parameters(), eps=1e-4)
    assert check_torch(module, INPUTS, TARGETS, nn.MSELoss(), optimizer).check.outcome in ("agrees", "nothing compared")


def test_a_layer_that_is_called_twice_is_refused_in_a_sentence():
    class Twice(nn.Sequential):
        def forward(self, inputs):
            return super().forward(super().forward(inputs))

    module = Twice(nn.Linear(2, 2))
    with pytest.raises(
        NetworkError, match="the torch.nn.Linear 0 is called 2 times in a pass, and a layer has one place"
    ):
        checked(module, activations=["identity"])


# wrong modules

WRONG = [
    (SlopeIsValue, "sigmoid", "derivative-is-function"),
    (SlopeIsLeftOut, "sigmoid", "hidden-derivative-missing"),
    (SlopeOfNetInput, "sigmoid", "output-form-on-net-input"),
    (SigmoidOfTheOutput, "sigmoid", "derivative-of-activated"),
    (TanhSlopeOfNetInput, "tanh", "output-form-on-net-input"),
    (TanhSlopeNotSquared, "tanh", "tanh-derivative-not-squared"),
]


@pytest.mark.parametrize("dtype", [torch.float64, slow(torch.float32)])
@pytest.mark.parametrize("function, name, id", WRONG)
def test_a_wrong_function_is_named(function, name, id, dtype):
    report = checked(OwnModule(function.apply, dtype=dtype), activations=[name, "identity"])
    assert not report.passed and report.check.first.name == "step1.example1.J.delta"
    assert id in report.mistakes, report.mistakes
    with pytest.raises(AssertionError, match=f"`purenet mistakes {report.mistakes[0]}` explains"):
        report.raise_if_wrong()


def test_an_activation_that_is_left_out_at_the_end_is_named():
    report = checked(OwnModule(torch.tanh), activations=["tanh", "sigmoid"])
    assert report.check.first.name == "step1.example1.K.output" and "output-activation-missing" in report.mistakes


def own_cross_entropy(logits, targets):
    return (torch.logsumexp(logits, dim=1) - (targets * logits).sum(dim=1)).mean()


def test_a_loss_of_ones_own_may_contain_the_last_activation():
    module, targets = OwnModule(torch.tanh), [[1.0, 0.0], [0.0, 1.0], [1.0, 0.0]]
    settings = {"activations": ["tanh", "softmax"], "loss_name": "cross-entropy"}
    report = check_torch(module, INPUTS, targets, own_cross_entropy, SGD(module.parameters(), lr=0.1), **settings)
    report.raise_if_wrong()
    assert {row.quantity.kind for row in report.check.unreported} == {"output", "output_gradient"}


class DampenedMomentum(torch.optim.Optimizer):
    def __init__(self, parameters, lr):
        super().__init__(parameters, {"lr": lr})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for each in group["params"]:
                velocity = 0.9 * self.state[each].get("velocity", 0) + 0.1 * each.grad
                self.state[each]["velocity"] = velocity
                each -= group["lr"] * velocity


class AdamWithoutCorrection(torch.optim.Optimizer):
    def __init__(self, parameters, lr):
        super().__init__(parameters, {"lr": lr})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for each in group["params"]:
                state = self.state[each]
                m = state["m"] = 0.9 * state.get("m", 0) + 0.1 * each.grad
                v = state["v"] = 0.999 * state.get("v", 0) + 0.001 * each.grad**2
                each -= group["lr"] * m / (v.sqrt() + 1e-8)


@pytest.mark.parametrize(
    "kind, meant, id",
    [
        (DampenedMomentum, GradientDescent(0.2, momentum=0.9), "momentum-dampened"),
        (AdamWithoutCorrection, Adam(0.2), "adam-no-correction"),
    ],
)
def test_a_mistake_in_an_optimizer_of_ones_own_is_named(kind, meant, id):
    module = OwnModule(torch.tanh)
    arguments = (module, INPUTS, TARGETS, nn.MSELoss(), kind(module.parameters(), lr=0.2))
    report = check_torch(*arguments, activations=["tanh", "identity"], descent=meant, steps=2)
    assert report.check.first.name == "step1.K.weights" and report.mistakes == [id]


# optimizers of one's own


class OwnSGD(torch.optim.Optimizer):
    """Keeps its rate, and the number of its steps, on itself."""

    def __init__(self, parameters, lr):
        super().__init__(parameters, {})
        self.lr, self.done = lr, [0]

    @torch.no_grad()
    def step(self):
        self.done[0] += 1
        for group in self.param_groups:
            for each in group["params"]:
                each -= self.lr * each.grad


def checked_descent(optimizer_of, module=None, steps=1, loss=None, **settings):
    module = module or OwnModule(torch.tanh)
    settings = {"activations": ["tanh", "identity"], "descent": GradientDescent(0.1), **settings}
    return check_torch(
        module, INPUTS, TARGETS, loss or nn.MSELoss(), optimizer_of(module.parameters()), steps=steps, **settings
    )


def test_what_an_optimizer_keeps_on_itself_is_copied():
    module = OwnModule(torch.tanh)
    optimizer = OwnSGD(module.parameters(), 0.1)
    before = copy.deepcopy(module.state_dict())
    checked_descent(lambda _: optimizer, module, steps=2).raise_if_wrong()
    assert optimizer.done == [0]
    assert all(torch.equal(before[name], tensor) for name, tensor in module.state_dict().items())


def test_the_step_that_a_schedule_puts_in_an_optimizer_is_not_done_by_the_original():
    module = OwnModule(torch.tanh)
    optimizer = SGD(module.parameters(), lr=0.1)
    torch.optim.lr_scheduler.LambdaLR(optimizer, lambda epoch: 1)
    before = copy.deepcopy(module.state_dict())
    checked_descent(lambda _: optimizer, module).raise_if_wrong()
    assert all(torch.equal(before[name], tensor) for name, tensor in module.state_dict().items())


def test_an_attribute_of_an_optimizer_that_cannot_be_copied_is_named():
    module = OwnModule(torch.tanh)
    optimizer = OwnSGD(module.parameters(), 0.1)
    optimizer.words = (word for word in "no generator is copied")
    with pytest.raises(NetworkError, match="copying words of the optimizer fails: TypeError: "):
        checked_descent(lambda _: optimizer, module)


class ForgetsToClear(SGD):
    def zero_grad(self, set_to_none=True):
        pass


class ClearsToZero(SGD):
    def zero_grad(self, set_to_none=True):
        super().zero_grad(set_to_none=False)


def test_a_zero_grad_that_clears_nothing_is_named():
    report = checked_descent(lambda each: ForgetsToClear(each, lr=0.1), steps=2)
    assert report.check.first.name == "step2.K.weight_gradients" and "gradients-not-reset" in report.mistakes


@pytest.mark.parametrize("kind", [SGD, ClearsToZero])
def test_a_zero_grad_that_clears_is_not_accused(kind):
    checked_descent(lambda each: kind(each, lr=0.1), steps=2).raise_if_wrong()


def test_gradients_that_a_module_has_already_do_not_count():
    module = OwnModule(torch.tanh)
    module(torch.ones(1, 2, dtype=torch.float64)).sum().backward()
    left = module.first.weight.grad.clone()
    checked_descent(lambda each: ForgetsToClear(each, lr=0.1), module).raise_if_wrong()
    assert torch.equal(module.first.weight.grad, left)


class StepFails(OwnSGD):
    def step(self):
        self.nothing


class RootOfANegative(OwnSGD):
    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for each in group["params"]:
                each -= self.lr * (each.grad * 0 - 1).sqrt()


class NanSlope(OwnSigmoid):
    @staticmethod
    def slope(x, y):
        return y * float("nan")


def fails(outputs, targets):
    raise RuntimeError("first line\n  second")


def root_of_a_negative(outputs, targets):
    return (outputs.sum() * 0 - 1).sqrt()


@pytest.mark.parametrize(
    "change, words",
    [
        (
            {"optimizer_of": lambda each: StepFails(each, 0.1)},
            "step() of the copy of the optimizer fails: AttributeError: 'StepFails' object has no attribute",
        ),
        ({"loss": fails}, "the loss fails: RuntimeError: first line second"),
        ({"module": OwnModule(torch.det)}, "the copy of the module fails: RuntimeError: "),
        ({"optimizer_of": lambda each: RootOfANegative(each, 0.1)}, "PyTorch's step1.J.weights is nan, in step 1, and"),
        ({"loss": root_of_a_negative}, "PyTorch's step1.example1.loss is nan, in step 1, and nothing heard before"),
        ({"module": OwnModule(NanSlope.apply)}, "PyTorch's step1.example1.J.delta is nan, in step 1, and nothing"),
        ({"module": OwnModule(torch.log)}, "PyTorch's step1.example1.J.output is nan, in step 1, and nothing heard"),
        (
            {"module": OwnModule(torch.detach)},
            "no gradient reached layer J (torch.nn.Linear first): is something detached?",
        ),
        (
            {"loss": lambda outputs, targets: functional.mse_loss(outputs.detach(), targets)},
            "no gradient reached layer K (torch.nn.Linear second): is something detached?",
        ),
    ],
)
def test_what_fails_or_gives_nan_is_said_in_a_sentence(change, words):
    settings = {"optimizer_of": lambda each: SGD(each, lr=0.1), "loss_name": None, **change}
    if "loss" in change:
        settings["loss_name"] = "mean squared error"
    with pytest.raises(NetworkError) as raised:
        checked_descent(**settings)
    assert str(raised.value).startswith(words)
    assert "\n" not in str(raised.value)


# a cross-entropy of one's own


def test_a_cross_entropy_needs_a_last_activation_that_makes_probabilities():
    module, classes = OwnModule(torch.tanh), [0, 1, 0]
    for loss_name, last in (("cross-entropy", "softmax"), ("binary cross-entropy", "sigmoid")):
        words = f"name the last activation '{last}', not 'identity': the {loss_name} is of probabilities"
        with pytest.raises(NetworkError, match=words):
            names = ["tanh", "identity"]
            check_torch(module, INPUTS, classes, own_cross_entropy, activations=names, loss_name=loss_name)


def test_a_loss_of_classes_without_a_name_is_told_the_name_of_cross_entropy():
    with pytest.raises(NetworkError, match="say what it is meant to be, as loss_name='cross-entropy'"):
        check_torch(OwnModule(torch.tanh), INPUTS, [0, 1, 0], own_cross_entropy, activations=["tanh", "identity"])


class EpsilonInsideRoot(torch.optim.Optimizer):
    def __init__(self, parameters, lr):
        super().__init__(parameters, {"lr": lr})

    @torch.no_grad()
    def step(self):
        """The first of Adam, in which the corrected means are the gradient and its square."""
        for group in self.param_groups:
            for each in group["params"]:
                each -= group["lr"] * each.grad / (each.grad**2 + 1e-8).sqrt()


def test_where_float32_has_too_few_digits_double_is_advised():
    module, names = OwnModule(torch.tanh, dtype=torch.float32), ["tanh", "identity"]
    with torch.no_grad():
        targets = module(torch.tensor(INPUTS)) + 0.01 * torch.tensor(TARGETS)  # so that ε counts, but little

    def report():
        arguments = (module, INPUTS, targets, nn.MSELoss(), EpsilonInsideRoot(module.parameters(), 0.01))
        return check_torch(*arguments, activations=names, descent=Adam(0.01))

    few = report()
    assert few.mistakes == [] and "Check again in more digits, after `module.double()`." in " ".join(str(few).split())
    module.double()
    assert report().mistakes == ["adam-epsilon-inside-root"]
