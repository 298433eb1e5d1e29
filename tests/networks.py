"""The networks that tests share, and their numbers from elsewhere."""

from purenet import Identity, Layer, Network, Neuron, ReLU, Sigmoid, Tanh


def example_2_3_2():
    """Return an asymmetric 2-3-2 network with live biases, tanh hidden and sigmoid outputs: the standard test network."""
    hidden = Layer(
        [
            Neuron([0.3, -0.7], 0.1, Tanh()),
            Neuron([0.9, 0.2], -0.2, Tanh()),
            Neuron([-0.4, 0.6], 0.35, Tanh()),
        ]
    )
    outputs = Layer([Neuron([0.5, -0.8, 0.25], -0.05, Sigmoid()), Neuron([-0.15, 0.45, 1.1], 0.15, Sigmoid())])
    return Network([hidden, outputs])


INPUTS_2_3_2 = [0.6, -1.3]
TARGETS_2_3_2 = [0.2, 0.9]

# One training step of that network at learning rate 0.1, with half squared error: computed once with
# PyTorch 2.13.0 in float64, by automatic differentiation (torch.tanh, torch.sigmoid, loss.backward()).
PYTORCH_2_3_2 = {
    "x_j1": 1.19,
    "x_j2": 0.08000000000000002,
    "x_j3": -0.67,
    "y_j1": 0.8305788685385285,
    "y_j2": 0.07982976911113138,
    "y_j3": -0.5849798828807288,
    "x_k1": 0.15518064826017697,
    "x_k2": -0.5821413053495718,
    "y_k1": 0.5387174967856218,
    "y_k2": 0.35844002830899563,
    "E": 0.2040083727833396,
    "δ_k1": 0.08417162157637155,
    "δ_k2": -0.12453755048214331,
    "δ_j1": 0.018846028368749095,
    "δ_j2": -0.12259292502685594,
    "δ_j3": -0.07627068793362739,
    "∇w_j1k1": 0.06991117021195588,
    "∇w_j2k1": 0.006719401116151265,
    "∇w_j3k1": -0.04923870533162685,
    "∇w_j1k2": -0.10343825777001846,
    "∇w_j2k2": -0.009941803900655369,
    "∇w_j3k2": 0.07285196169529704,
    "∇b_k1": 0.08417162157637155,
    "∇b_k2": -0.12453755048214331,
    "∇w_i1j1": 0.011307617021249456,
    "∇w_i2j1": -0.024499836879373824,
    "∇w_i1j2": -0.07355575501611356,
    "∇w_i2j2": 0.15937080253491273,
    "∇w_i1j3": -0.04576241276017643,
    "∇w_i2j3": 0.09915189431371561,
    "∇b_j1": 0.018846028368749095,
    "∇b_j2": -0.12259292502685594,
    "∇b_j3": -0.07627068793362739,
    "w_i1j1⁺": 0.29886923829787504,
    "w_i2j1⁺": -0.6975500163120626,
    "w_i1j2⁺": 0.9073555755016114,
    "w_i2j2⁺": 0.18406291974650874,
    "w_i1j3⁺": -0.3954237587239824,
    "w_i2j3⁺": 0.5900848105686284,
    "b_j1⁺": 0.09811539716312509,
    "b_j2⁺": -0.18774070749731442,
    "b_j3⁺": 0.3576270687933627,
    "w_j1k1⁺": 0.4930088829788044,
    "w_j2k1⁺": -0.8006719401116151,
    "w_j3k1⁺": 0.2549238705331627,
    "w_j1k2⁺": -0.13965617422299814,
    "w_j2k2⁺": 0.45099418039006556,
    "w_j3k2⁺": 1.0927148038304704,
    "b_k1⁺": -0.05841716215763716,
    "b_k2⁺": 0.16245375504821433,
    "x_j1⁺": 1.1842519613475313,
    "x_j2⁺": 0.11739084213319106,
    "x_j3⁺": -0.6467374401802437,
    "y_j1⁺": 0.8287876471343664,
    "y_j2⁺": 0.11685455893263974,
    "y_j3⁺": -0.5694695359533086,
    "x_k1⁺": 0.11144896531528313,
    "x_k2⁺": -0.5228586232298316,
    "y_k1⁺": 0.5278334376608295,
    "y_k2⁺": 0.3721840352909922,
    "E⁺": 0.19303222772510875,
}


def example_2x2x1():
    """Return the network of the hand-computed example."""
    hidden = Layer([Neuron([0.5, 0.5]), Neuron([0.5, 0.5])])
    return Network([hidden, Layer([Neuron([0.5, 0.5], activation=Identity())])])


def example_3_2_2_1():
    """Return a deeper network with every activation, and with biases on some neurons alone."""
    return Network(
        [
            Layer([Neuron([0.2, -0.4, 0.1], 0.3, ReLU()), Neuron([-0.5, 0.3, -0.2], None, ReLU())]),
            Layer([Neuron([0.7, -0.6], None, Tanh()), Neuron([0.15, 0.85], -0.25, Sigmoid())]),
            Layer([Neuron([1.25, -0.75], 0.0, Identity())]),
        ]
    )
