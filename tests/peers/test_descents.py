"""Nesterov's momentum, Adam and AdamW beside those of torch.optim, over many steps of random networks."""

import random

import pytest

from purenet import Adam, AdamW, GradientDescent, NetworkError, Sigmoid, Tanh, build_network
from purenet.initialization import Uniform
from purenet.training import training_step

torch = pytest.importorskip("torch", reason="PyTorch is not installed: pip install 'purenet[torch]'")

PAIRS = [
    (
        lambda rate, decay: GradientDescent(rate, 0.8, decay, nesterov=True),
        lambda groups, rate: torch.optim.SGD(groups, lr=rate, momentum=0.8, nesterov=True),
    ),
    (
        lambda rate, decay: Adam(rate, 0.8, 0.95, 1e-6, decay),
        lambda groups, rate: torch.optim.Adam(groups, lr=rate, betas=(0.8, 0.95), eps=1e-6),
    ),
    (
        lambda rate, decay: AdamW(rate, 0.8, 0.95, 1e-6, decay),
        lambda groups, rate: torch.optim.AdamW(groups, lr=rate, betas=(0.8, 0.95), eps=1e-6),
    ),
]


@pytest.mark.parametrize("own, theirs", PAIRS)
@pytest.mark.parametrize("decay", [0, 0.05])
@pytest.mark.parametrize("seed", range(3))
def test_thirty_steps_are_those_of_torch(own, theirs, decay, seed):
    source = random.Random(seed)
    network = build_network([3, 4, 2], Tanh, Sigmoid, Uniform(-1, 1), source, "drawn")
    modules = [torch.nn.Linear(3, 4, dtype=torch.float64), torch.nn.Linear(4, 2, dtype=torch.float64)]
    for module, layer in zip(modules, network.layers):
        module.weight.data = torch.tensor([neuron.weights for neuron in layer.neurons], dtype=torch.float64)
        module.bias.data = torch.tensor([neuron.bias for neuron in layer.neurons], dtype=torch.float64)
    groups = [
        {"params": [module.weight for module in modules], "weight_decay": decay},
        {"params": [module.bias for module in modules], "weight_decay": 0},
    ]
    descent, optimizer = own(0.05, decay), theirs(groups, 0.05)
    for _ in range(30):
        inputs, targets = [source.uniform(-2, 2) for _ in range(3)], [source.random() for _ in range(2)]
        training_step(network, [(inputs, targets)], descent)
        optimizer.zero_grad()
        outputs = torch.sigmoid(modules[1](torch.tanh(modules[0](torch.tensor(inputs, dtype=torch.float64)))))
        (((outputs - torch.tensor(targets, dtype=torch.float64)) ** 2).sum() / 2).backward()
        optimizer.step()
    for module, layer in zip(modules, network.layers):
        assert module.weight.flatten().tolist() == pytest.approx(
            [weight for neuron in layer.neurons for weight in neuron.weights], rel=1e-9, abs=1e-12
        )
        assert module.bias.tolist() == pytest.approx([neuron.bias for neuron in layer.neurons], rel=1e-9, abs=1e-12)


def test_nesterov_without_momentum_is_refused_as_by_torch():
    with pytest.raises(ValueError, match="Nesterov momentum requires a momentum"):
        torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.1, nesterov=True)
    with pytest.raises(NetworkError, match="needs a momentum"):
        GradientDescent(0.1, nesterov=True)
