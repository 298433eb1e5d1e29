"""Check a module of PyTorch: one training step of it, quantity by quantity, against certified values of its network.

    report = check_torch(module, inputs, targets, loss, optimizer)
    report.raise_if_wrong()

The step is done by copies, so the module and the optimizer are left as they were. Hooks listen to each torch.nn.Linear:
its result is the net inputs of a layer, what the next one is given is its outputs. Your training loop itself is not run: a
zero_grad that is forgotten in it is not seen.
"""

import copy
from contextlib import contextmanager
from decimal import Decimal

from purenet.activations import Sigmoid
from purenet.arithmetic.bounded import FLOAT_TYPES
from purenet.bridges.checking import no_progress, report, training_data
from purenet.bridges.layers import LayersRead, imported
from purenet.bridges.pytorch import (
    Meaning,
    check_dropout,
    layers_of,
    meaning_of,
    module_of,
    network_of,
    numbers,
    parameters,
)
from purenet.cases.descents import SETTINGS, descent_of
from purenet.checks import layer_letter
from purenet.errors import NetworkError, count
from purenet.golden.diagnosis.diagnosis import Diagnosis
from purenet.losses import BinaryCrossEntropy, CrossEntropy, HalfSquaredError
from purenet.softmax import Softmax
from purenet.storage.network_json import Reader

ENDS = {CrossEntropy: Softmax, BinaryCrossEntropy: Sigmoid}  # the activation that goes with a loss
ADVICE = "Check again in more digits, after `module.double()`."
CLAMPED = 1e-12  # the least that torch.nn.BCELoss divides by, y·(1 − y)


def check_torch(
    module,
    inputs,
    targets,
    loss,
    optimizer=None,
    *,
    steps=1,
    activations=None,
    loss_name=None,
    gradient=None,
    descent=None,
    progress=no_progress,
):
    """Return the `Report` on training steps of a module on a mini-batch: everything that PyTorch computes in them.

    `inputs` and `targets` are what a training loop gives to `module` and `loss`, a row or a class for each example.
    `loss` is a loss of PyTorch, and `optimizer` an SGD, Adam or AdamW of the module's parameters; without one, no new weights
    are compared. Its step is that of a new optimizer, which remembers no earlier ones; with `steps` there are several, and
    `optimizer.zero_grad()` is called before each. Your loop is not run; a zero_grad that is forgotten in it is not seen. What
    an optimizer of your own keeps elsewhere than in its `state` is copied as it is: check it before it has done a step.
    A few examples suffice, and take less time. `progress`, such as print, is told what is being done.

    Parts of your own need a word about what they are meant to be, so that they can be compared with that: `activations`,
    purenet's names for each torch.nn.Linear in the order in which they are called; `loss_name`, the name of a loss of
    purenet, and `gradient`, "mean" or "sum" over the examples; `descent`, a GradientDescent, Adam or AdamW. Raises
    NetworkError for what purenet has no network, loss or descent for.
    """
    torch = imported("torch", "PyTorch", "torch")
    module, optimizer = copies(module, optimizer)
    loss = module_of(loss)
    inputs, targets = rows_of(module, inputs, targets)
    with torch.enable_grad():
        linears = linears_in_order(module, inputs[:1])
        meaning = meaning_of_loss(loss, loss_name, gradient, len(linears[-1].weight), targets)
        network = network_of(layers_read(module, linears, activations, loss), meaning, loss)
        if loss_name is not None:
            check_probabilities_of(network)
        targets = targets_for(network, targets, inputs.dtype)
        examples = [(numbers(row.flatten()), wanted(network, target)) for row, target in zip(inputs, targets)]
        settings = settings_of(optimizer, linears, descent, steps)
        listener = Listener(module, linears, loss, network, meaning, loss_name is None)
        values = listener.training(inputs, targets, optimizer, steps)
    title = f"{type(module).__name__}, {count(steps, 'step')} of {count(len(examples), 'example')}"
    data = training_data(network, examples, steps, meaning.gradient, settings, title)
    dtype = dtype_of(linears)
    return report(data, values, dtype, progress=progress, advice=Diagnosis.advice if dtype == "float64" else ADVICE)


@contextmanager
def failures_in_words(what):
    """Say in a sentence what fails in a part of somebody's own, for whatever reason."""
    try:
        yield
    except NetworkError:
        raise
    except Exception as error:
        words = " ".join(str(error).split())
        raise NetworkError(f"{what} fails: {type(error).__name__}: {words}") from error


def copies(module, optimizer):
    """Return copies of a module and of its optimizer, as they are before the first step."""
    memo = {}
    try:
        module, own = copy.deepcopy((module, optimizer), memo)
    except Exception as error:  # whatever a module holds
        raise NetworkError(f"the module cannot be copied, so no step can be made with it: {error}") from error
    if optimizer is not None:
        copy_the_rest(optimizer, own, memo)
    module.zero_grad(set_to_none=True)
    optimizer = own
    if optimizer is not None:
        optimizer.state.clear()
        held = {id(parameter) for group in optimizer.param_groups for parameter in group["params"]}
        if held.isdisjoint(map(id, module.parameters())):
            raise NetworkError("the optimizer holds no parameter of the module: make it with module.parameters()")
    return module, optimizer


def copy_the_rest(optimizer, own, memo):
    """Copy the attributes of an optimizer that PyTorch does not.

    Except what hides a method, such as the step of a schedule: it works on the module that is not the copy.
    """
    for name, value in vars(optimizer).items():
        if name not in vars(own) and not callable(getattr(type(own), name, None)):
            with failures_in_words(f"copying {name} of the optimizer"):
                setattr(own, name, copy.deepcopy(value, memo))


def rows_of(module, inputs, targets):
    """Return inputs and targets as tensors with a row for each example."""
    torch = imported("torch", "PyTorch", "torch")
    first = next(module.parameters(), torch.zeros(1))
    inputs = torch.as_tensor(inputs, dtype=first.dtype, device=first.device).detach()
    targets = torch.as_tensor(targets, device=first.device).detach()
    if inputs.dim() == 1:  # a single example, without a batch
        inputs, targets = inputs[None], targets[None]
    if targets.dim() == 0 or len(inputs) != len(targets):
        raise NetworkError(
            f"there are {count(len(inputs), 'row')} of inputs and targets of shape {tuple(targets.shape)}"
        )
    return inputs, targets


def linears_in_order(module, inputs):
    """Return the torch.nn.Linear of a module in the order of their calls; raise NetworkError unless they are all of it."""
    torch = imported("torch", "PyTorch", "torch")
    called, names = [], dict(map(reversed, module.named_modules()))
    for part in module.modules():
        if isinstance(part, torch.nn.Dropout):
            check_dropout(part)
    linears = [part for part in module.modules() if isinstance(part, torch.nn.Linear)]
    hooks = [part.register_forward_hook(lambda part, *_: called.append(part)) for part in linears]
    with failures_in_words("the copy of the module"):
        module(inputs)
    for hook in hooks:
        hook.remove()
    for part in linears:
        if called.count(part) != 1:
            raise NetworkError(
                f"the torch.nn.Linear {names[part]} is called {called.count(part)} times in a pass, and a layer has one place"
            )
    own = {id(parameter) for part in linears for parameter in part.parameters()}
    for name, parameter in module.named_parameters():
        if id(parameter) not in own:
            raise NetworkError(f"the parameter {name} is in no torch.nn.Linear, and check_torch knows only those")
        if not parameter.requires_grad:
            raise NetworkError(
                f"the parameter {name} has no gradient: set its requires_grad, as purenet trains all weights"
            )
    if not called:
        raise NetworkError("the module has no torch.nn.Linear, and check_torch follows those")
    return called


def meaning_of_loss(loss, name, gradient, outputs, targets):
    """Return the `Meaning` of a loss: what its name says, or else what it is in PyTorch."""
    torch = imported("torch", "PyTorch", "torch")
    if name is not None:
        return Meaning(meaning_of(name, outputs).loss, None, gradient or "mean")
    if gradient is not None:
        raise NetworkError("leave out gradient, which goes with loss_name: a loss of PyTorch says it by its reduction")
    if type(loss) is not getattr(torch.nn, type(loss).__name__, None):
        example = CrossEntropy if are_classes(targets, outputs) else HalfSquaredError
        raise NetworkError(f"the loss is none of PyTorch's: say what it is meant to be, as loss_name={example.name!r}")
    return meaning_of(loss, outputs)


def check_probabilities_of(network):
    """Raise NetworkError for a cross-entropy of outputs that are no probabilities."""
    last, kind = network.layers[-1].neurons[0].activation, type(network.loss)
    if kind in ENDS and type(last) not in ENDS.values():
        raise NetworkError(
            f"name the last activation {ENDS[kind].name!r}, not {last.name!r}: the {kind.name} is of probabilities, and a loss "
            f"that takes net inputs does it itself"
        )


def are_classes(targets, outputs):
    """Return whether each target is the number of a class."""
    return targets.dim() == 1 and outputs > 1


def layers_read(module, linears, activations, loss):
    """Return the layers that a module is meant to have: as it says itself or, with names of activations, as those say."""
    if activations is None:
        try:
            return layers_of(module, loss)
        except NetworkError as error:
            raise NetworkError(f"{error}; or say activations=[…], with a name for each torch.nn.Linear") from None
    if len(activations) != len(linears):
        raise NetworkError(f"there are {count(len(activations), 'activation')} for {len(linears)} torch.nn.Linear")
    read = LayersRead()
    for linear, name in zip(linears, activations):
        read.add_sum(*parameters(linear))
        read.add_activation(Reader("check_torch").activation(name, "activations"), name)
    return read


def targets_for(network, targets, dtype):
    """Return targets of a type of floats, unless each is the number of a class."""
    is_class = are_classes(targets, len(network.layers[-1].neurons))
    if is_class and targets.is_floating_point():
        raise NetworkError("the number of a class must be a whole number: give targets of dtype=torch.long")
    return targets if is_class else targets.to(dtype)


def wanted(network, target):
    """Return the list of targets of an example: one for each output, also for the number of a class."""
    outputs = len(network.layers[-1].neurons)
    if target.is_floating_point():
        return numbers(target.flatten())
    if not 0 <= target < outputs:
        raise NetworkError(f"there is no class {int(target)}: the network has {count(outputs, 'output')}, from 0")
    return [1.0 if k == target else 0.0 for k in range(outputs)]


def settings_of(optimizer, linears, descent, steps):
    """Return the fields of a case that say how weights move: as `descent` says, or as the optimizer does in PyTorch."""
    if type(steps) is not int or steps < 1:
        raise NetworkError(f"the number of steps must be a whole number of at least 1, not {steps!r}")
    if optimizer is None:
        if descent is not None or steps > 1:
            raise NetworkError("there is no optimizer, so no step is done: leave out descent and steps, or give one")
        return {"learning_rate": 0}
    if descent is None:
        descent = descent_in(optimizer, linears)
    settings = {name: decimal(getattr(descent, name)) for name in ("learning_rate", *SETTINGS[descent.name])}
    weights, epsilon = linears[0].weight, float(settings.get("epsilon", 0))
    if epsilon and not weights.new_tensor(epsilon):
        raise NetworkError(
            f"{dtype_of(linears)} holds an epsilon of {epsilon} as 0, so 0 is divided by 0: take a larger one"
        )
    return {"descent": descent.name, **settings}


def decimal(number):
    """Return a setting as it is written."""
    return Decimal(str(float(number)))


def descent_in(optimizer, linears):
    """Return the descent that an optimizer of PyTorch is; raise NetworkError where purenet has none that is the same."""
    torch, kind = imported("torch", "PyTorch", "torch").optim, type(optimizer).__name__
    known = {torch.SGD: "gradient", torch.Adam: "adam", torch.AdamW: "adamw"}
    if type(optimizer) not in known:
        names = ", ".join(each.__name__ for each in known)
        raise NetworkError(
            f"{kind} is not supported, {names} are; or say which descent it is meant to be: descent=Adam(…)"
        )
    groups, name = optimizer.param_groups, known[type(optimizer)]
    for setting in ("dampening", "amsgrad", "maximize"):
        if any(group.get(setting) for group in groups):
            raise NetworkError(f"{kind} with {setting} is no descent of purenet: leave it out")
    if any(group.get("decoupled_weight_decay") for group in groups):
        name = "adamw"
    if any(group.get("nesterov") for group in groups):
        name = "nesterov"
    weights, biases = ({id(getattr(linear, table)) for linear in linears} for table in ("weight", "bias"))
    if shared(groups, "weight_decay", biases):
        raise NetworkError(
            f"{kind} lets biases decay too, and in purenet they do not: give them a group of their own, with weight_decay=0"
        )
    both = weights | biases
    settings = {setting: shared(groups, setting, both) for setting in SETTINGS[name] if setting != "weight_decay"}
    settings["weight_decay"] = shared(groups, "weight_decay", weights)
    return descent_of(name, shared(groups, "learning_rate", both), settings)


def shared(groups, setting, parameters):
    """Return the setting that all groups with some parameters have; 0 where there is no such group."""
    found = {setting_of(group, setting) for group in groups if any(id(each) in parameters for each in group["params"])}
    if len(found) > 1:
        raise NetworkError(f"the groups of the optimizer have several values of {setting}, and purenet has one for all")
    return found.pop() if found else 0


def setting_of(group, setting):
    """Return a setting, by purenet's name, of a group of parameters."""
    if setting in ("beta1", "beta2"):
        return float(group["betas"][setting == "beta2"])
    return float(group[{"learning_rate": "lr", "epsilon": "eps"}.get(setting, setting)])


def dtype_of(linears):
    """Return the name of the one float type of all parameters."""
    found = {str(parameter.dtype).replace("torch.", "") for linear in linears for parameter in linear.parameters()}
    if len(found) > 1 or not found <= set(FLOAT_TYPES):
        raise NetworkError(
            f"the parameters must all be {', '.join(FLOAT_TYPES)}, of one type, not {', '.join(sorted(found))}"
        )
    return found.pop()


@contextmanager
def gradients_apart(module):
    """Begin with no gradients, and put back at the end those that a step has left."""
    left = [(parameter, parameter.grad) for parameter in module.parameters()]
    module.zero_grad(set_to_none=True)
    yield
    for parameter, gradient in left:
        parameter.grad = gradient


def holds_nan(numbers):
    """Return whether a number, or one in lists, is nan."""
    return any(map(holds_nan, numbers)) if isinstance(numbers, list) else numbers != numbers


class Listener:
    """Hears the numbers of a module: `values` has them by name, each a list."""

    def __init__(self, module, linears, loss, network, meaning, is_of_torch):
        self.module, self.linears, self.loss = module, linears, loss
        self.hides_outputs = meaning.contains is not None
        last = type(network.layers[-1].neurons[0].activation)
        self.may_hide_outputs = not is_of_torch and last in ENDS.values()  # a loss of one's own may take net inputs
        self.clamps = is_of_torch and type(network.loss) is BinaryCrossEntropy  # as BCELoss does
        self.values = {}

    def training(self, inputs, targets, optimizer, steps):
        """Return the values of training steps: each example by itself first, then the step on all of them."""
        example = 0
        for step in range(1, steps + 1):
            for n in range(len(inputs)):
                example += 1
                with gradients_apart(self.module):
                    self.do_example(inputs[n : n + 1], targets[n : n + 1], f"step{step}.example{example}")
            if optimizer is not None:
                with failures_in_words("zero_grad() of the copy of the optimizer"):
                    optimizer.zero_grad()
            self.go_back(self.outputs_of(inputs), targets, f"step{step}")
            if optimizer is not None:
                with failures_in_words("step() of the copy of the optimizer"):
                    optimizer.step()
                self.keep("weights", "biases", f"step{step}", lambda parameter: parameter)
        return self.values

    def do_example(self, inputs, targets, place):
        """Go forward and backward for one example, and hear everything."""
        hooks = []
        for number, linear in enumerate(self.linears):
            hooks.append(linear.register_forward_hook(self.hearing("net_input", number, place)))
            if number > 0:
                hooks.append(linear.register_forward_pre_hook(self.hearing("output", number - 1, place)))
        outputs = self.outputs_of(inputs)
        self.hear_last(outputs, place)
        self.go_back(outputs, targets, place)
        for hook in hooks:
            hook.remove()

    def outputs_of(self, inputs):
        with failures_in_words("the copy of the module"):
            return self.module(inputs)

    def hearing(self, kind, number, place):
        """Return a hook that hears what a torch.nn.Linear is given, or what it makes of it."""

        def hook(linear, given, made=None):
            self.hear(given[0] if made is None else made, kind, number, place)

        return hook

    def hear(self, tensor, kind, number, place):
        """Keep the net inputs or outputs of a layer now, and the slopes of the loss with respect to them when they come."""
        if tensor.numel() != len(self.linears[number].weight):
            raise NetworkError(
                f"a torch.nn.Linear is given {tensor.numel()} numbers for an example, and a layer of purenet hands on "
                f"{len(self.linears[number].weight)}"
            )
        where = f"{place}.{layer_letter(number + 1).upper()}."
        slope = {"net_input": "delta", "output": "output_gradient"}[kind]
        self.take(where + kind, numbers(tensor.flatten()))
        if tensor.requires_grad:
            tensor.register_hook(lambda found: self.take(where + slope, numbers(found.flatten())))

    def take(self, name, heard):
        """Keep the numbers of a quantity; raise NetworkError if one is nan, as all that follow from it are."""
        if holds_nan(heard):
            step = name.split(".")[0].replace("step", "")
            raise NetworkError(
                f"PyTorch's {name} is nan, in step {step}, and nothing heard before it is: look in what computes it for 0/0, or "
                f"a root or logarithm of a number below 0"
            )
        self.values[name] = heard

    def hear_last(self, outputs, place):
        """Hear the outputs of the last layer, unless its activation is in the loss."""
        last = len(self.linears) - 1
        net_inputs = self.values[f"{place}.{layer_letter(last + 1).upper()}.net_input"]
        if self.hides_outputs or (self.may_hide_outputs and numbers(outputs.flatten()) == net_inputs):
            return
        self.hear(outputs, "output", last, place)
        self.check_clamp(outputs)

    def check_clamp(self, outputs):
        """Raise NetworkError where BCELoss clamps its slope."""
        y = outputs.double()
        if self.clamps and bool((y * (1 - y) < CLAMPED).any()):
            raise NetworkError(
                "an output is so near to 0 or 1 that BCELoss clamps its slope: take a loss of logits, or other examples"
            )

    def go_back(self, outputs, targets, place):
        """Compute the loss of outputs and go backward; keep the loss and the gradients."""
        with failures_in_words("the loss"):
            loss = self.loss(outputs, targets)
        if loss.numel() != 1:
            raise NetworkError(f"the loss must be one number, not {loss.numel()}")
        self.take(f"{place}.loss", numbers(loss))
        if loss.requires_grad:
            with failures_in_words("backward()"):
                loss.backward()
        self.check_reached()
        self.keep("weight_gradients", "bias_gradients", place, lambda parameter: parameter.grad)

    def check_reached(self):
        """Raise NetworkError if no gradient has reached a layer, naming the last of those."""
        for number, linear in reversed(list(enumerate(self.linears, start=1))):
            if linear.weight.grad is None:
                name = next(name for name, part in self.module.named_modules() if part is linear)
                raise NetworkError(
                    f"no gradient reached layer {layer_letter(number).upper()} (torch.nn.Linear {name}): is something detached?"
                )

    def keep(self, weights, biases, place, numbers_of):
        """Keep what a function returns for the weights and the biases of each layer."""
        for number, linear in enumerate(self.linears):
            for kind, parameter in ((weights, linear.weight), (biases, linear.bias)):
                found = None if parameter is None else numbers_of(parameter)
                if found is not None:
                    self.take(f"{place}.{layer_letter(number + 1).upper()}.{kind}", numbers(found))
