import random

import pytest

from purenet import Identity, Layer, Network, Neuron, Sigmoid, Tanh
from purenet.bridges import from_torch, to_torch
from purenet.datasets import digits
from purenet.errors import NetworkError
from purenet.inspect.accuracy import accuracy
from purenet.trace.record import trace_step
from tests.bridges.drawn import drawn_inputs, drawn_network, numbers_of
from tests.networks import example_3_2_2_1
from tests.sampling import slow

torch = pytest.importorskip("torch", reason="PyTorch is not installed: pip install 'purenet[torch]'")
nn = torch.nn


def outputs_of(module, inputs):
    with torch.no_grad():
        return module(torch.tensor([inputs], dtype=torch.float64))[0].tolist()


def drawn_module(source, dtype=torch.float64):
    """Return a Sequential drawn from a random.Random, with parts that change nothing, and other Sequentials, in it."""
    torch.manual_seed(source.randrange(10**6))
    sizes, layers = [source.randint(1, 8) for _ in range(source.randint(2, 4))], []
    for inputs, outputs in zip(sizes, sizes[1:]):
        part = [nn.Linear(inputs, outputs, bias=source.random() < 0.8, dtype=dtype)]
        part += source.choice(
            [[], [nn.Identity()], [nn.Sigmoid()], [nn.Tanh()], [nn.ReLU()], [nn.LeakyReLU()], [nn.ReLU(inplace=True)]]
        )
        part += source.choice([[], [nn.Flatten()], [nn.Dropout(0)]])
        layers += [nn.Sequential(*part)] if source.random() < 0.3 else part
    if source.random() < 0.3 and not isinstance(layers[-1], nn.Sequential):
        layers = [*layers, nn.Linear(sizes[-1], 3, dtype=dtype), nn.Softmax(dim=-1)]
    return nn.Sequential(*layers)


@pytest.mark.parametrize("number, seed", [(5, 1), slow(200, 2)])
def test_random_modules_give_networks_with_their_numbers_and_their_outputs(number, seed):
    source = random.Random(seed)
    for _ in range(number):
        module = drawn_module(source, source.choice([torch.float64, torch.float32]))
        network = from_torch(module)
        linears = [part for part in module.modules() if isinstance(part, nn.Linear)]
        assert [[each.weights for each in layer.neurons] for layer in network.layers] == [
            linear.weight.tolist() for linear in linears
        ]
        assert [[each.bias for each in layer.neurons] for layer in network.layers] == [
            [None] * len(linear.weight) if linear.bias is None else linear.bias.tolist() for linear in linears
        ]
        inputs = drawn_inputs(source, network)
        assert network.forward(inputs) == pytest.approx(outputs_of(module.double(), inputs), rel=1e-12, abs=1e-13)


@pytest.mark.parametrize("number, seed", [(5, 3), slow(200, 4)])
def test_random_networks_go_to_pytorch_and_back_bit_for_bit(number, seed):
    source = random.Random(seed)
    for _ in range(number):
        network = drawn_network(source)
        module = to_torch(network)
        assert numbers_of(from_torch(module)) == numbers_of(network)
        inputs = drawn_inputs(source, network)
        assert outputs_of(module, inputs) == pytest.approx(network.forward(inputs), rel=1e-12, abs=1e-13)


def test_to_torch_draws_no_random_number():
    torch.manual_seed(5)
    first = torch.rand(1)
    torch.manual_seed(5)
    to_torch(drawn_network(random.Random(1)))
    assert torch.rand(1) == first


LOSSES = [
    (nn.MSELoss(), [nn.Tanh()], 3, "mean squared error", "tanh"),
    (nn.MSELoss(reduction="sum"), [nn.Tanh()], 3, "squared error", "tanh"),
    (nn.BCELoss(), [nn.Sigmoid()], 1, "binary cross-entropy", "sigmoid"),
    (nn.BCELoss(reduction="sum"), [nn.Sigmoid()], 3, "binary cross-entropy", "sigmoid"),
    (nn.BCEWithLogitsLoss(), [], 1, "binary cross-entropy", "sigmoid"),
    (nn.BCEWithLogitsLoss(reduction="sum"), [], 3, "binary cross-entropy", "sigmoid"),
    (nn.CrossEntropyLoss(), [], 3, "cross-entropy", "softmax"),
    (nn.NLLLoss(), [nn.LogSoftmax(dim=-1)], 3, "cross-entropy", "softmax"),
    (nn.functional.cross_entropy, [], 3, "cross-entropy", "softmax"),
    (nn.CrossEntropyLoss(reduction="sum"), [], 3, "cross-entropy", "softmax"),
]


@pytest.mark.parametrize("loss, end, outputs, name, last", LOSSES)
def test_a_loss_of_pytorch_is_a_loss_of_purenet_with_the_same_value_and_the_same_gradients(
    loss, end, outputs, name, last
):
    torch.manual_seed(1)
    module = nn.Sequential(nn.Linear(2, outputs, dtype=torch.float64), *end)
    network = from_torch(module, loss)
    assert (network.loss.name, network.layers[-1].neurons[0].activation.name) == (name, last)
    inputs, targets = [0.6, -1.3], [1.0, 0.0, 0.0][:outputs]
    given = torch.tensor([targets], dtype=torch.float64) if not isinstance(loss, nn.NLLLoss) else torch.tensor([0])
    value = loss(module(torch.tensor([inputs], dtype=torch.float64)), given)
    value.backward()
    assert network.loss.value(network.forward(inputs), targets) == pytest.approx(value.item(), rel=1e-13)
    network.backward(targets)
    gradients = [neuron.weight_gradients for neuron in network.neurons()]
    assert gradients == [pytest.approx(row, rel=1e-12) for row in module[0].weight.grad.tolist()]


@pytest.mark.parametrize(
    "layers, loss, words",
    [
        (
            [nn.Conv1d(1, 1, 1)],
            None,
            "Conv1d is not supported: a torch.nn.Sequential is read with Linear, Flatten, Identity",
        ),
        (
            [nn.Linear(2, 2), nn.LeakyReLU(0.2)],
            None,
            "LeakyReLU with a slope of 0.2 is not supported: in purenet, that",
        ),
        ([nn.Linear(2, 2), nn.GELU()], None, "GELU is not supported"),
        ([nn.Linear(2, 2), nn.Threshold(0.1, 20)], None, "Threshold is not supported"),
        ([nn.Sigmoid(), nn.Linear(2, 2)], None, "Sigmoid comes before the first weights"),
        ([nn.Linear(2, 2), nn.Sigmoid(), nn.Tanh()], None, "Tanh follows sigmoid"),
        ([nn.Linear(2, 2), nn.Softmax(dim=0)], None, "Softmax must be over the outputs of a layer, dim=-1, not dim=0"),
        (
            [nn.Linear(2, 2), nn.Dropout()],
            None,
            "Dropout leaves out outputs at random: call eval() of the module first",
        ),
        ([nn.Linear(2, 2), nn.Flatten(0)], None, "Flatten must keep the examples apart"),
        ([nn.Linear(2, 3), nn.Linear(2, 2)], None, "neuron k1 has 2 weights but layer J before it has 3 neurons"),
        ([], None, "the module has no torch.nn.Linear"),
        ([nn.Linear(2, 2)], nn.L1Loss(), "L1Loss with reduction='mean' is none of purenet's losses; known are MSELoss"),
        ([nn.Linear(2, 2)], nn.MSELoss(reduction="none"), "MSELoss with reduction='none' is none of purenet's losses"),
        ([nn.Linear(2, 2), nn.Sigmoid()], nn.BCELoss(), "BCELoss divides the loss of an example by its 2 outputs"),
        ([nn.Linear(2, 2)], nn.CrossEntropyLoss(label_smoothing=0.1), "CrossEntropyLoss with label_smoothing"),
        ([nn.Linear(2, 2)], nn.CrossEntropyLoss(weight=torch.ones(2)), "CrossEntropyLoss with weight"),
        ([nn.Linear(2, 2), nn.Softmax(dim=-1)], nn.CrossEntropyLoss(), "CrossEntropyLoss applies softmax itself"),
        (
            [nn.Linear(2, 2), nn.Softmax(dim=-1)],
            nn.NLLLoss(),
            "NLLLoss takes logarithms of a softmax: the module must end",
        ),
        ([nn.Linear(2, 2), nn.LogSoftmax(dim=-1)], nn.MSELoss(), "LogSoftmax is not supported"),
        ([nn.Linear(2, 2)], nn.MSELoss, "the loss must be the name of one of purenet's"),
    ],
)
def test_what_purenet_has_not_is_refused_in_a_sentence(layers, loss, words):
    with pytest.raises(NetworkError) as raised:
        from_torch(nn.Sequential(*layers), loss)
    assert str(raised.value).startswith(words)


@pytest.mark.parametrize(
    "network, words",
    [
        (example_3_2_2_1(), "only some neurons of layer J have a bias"),
        (
            Network([Layer([Neuron([1.0], activation=Tanh()), Neuron([1.0], activation=Sigmoid())])]),
            "layer J has neurons with several activations",
        ),
        (
            Network([Layer([Neuron([10**17 + 1], activation=Identity())])]),
            "neuron j1 holds 100000000000000001, which no",
        ),
    ],
)
def test_what_pytorch_has_not_is_refused_in_a_sentence(network, words):
    with pytest.raises(NetworkError) as raised:
        to_torch(network)
    assert str(raised.value).startswith(words)


@pytest.mark.slow
def test_a_net_of_digits_trained_in_pytorch_is_walked_through():
    data = digits()
    images, targets = (torch.tensor(part) for part in zip(*[data.examples[n] for n in range(len(data.examples))]))
    torch.manual_seed(1)
    module, loss = nn.Sequential(nn.Linear(64, 12), nn.Tanh(), nn.Linear(12, 10)), nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(module.parameters(), lr=0.02)
    for _ in range(100):
        optimizer.zero_grad()
        loss(module(images), targets).backward()
        optimizer.step()
    network = from_torch(module, loss)
    right = (module(images).argmax(1) == targets.argmax(1)).double().mean().item()
    assert right > 0.95
    assert accuracy(network, data.examples) == right
    trace = trace_step(network, *data.examples[0], learning_rate=0.1)
    value = loss(module.double()(images[:1].double()), targets[:1].double()).item()
    assert trace.row("E").value == pytest.approx(value, rel=1e-12)
