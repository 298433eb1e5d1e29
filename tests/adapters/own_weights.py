"""A program as many are written: a 2-4-1 network on exclusive or, with weights of its own, and one mistake in it.

    purenet golden new 2-4-1 --no-biases --data xor --learning-rate 0.5
    python3 tests/adapters/own_weights.py | purenet golden diagnose xor-2-4-1.json -

The first command printed the weights below. All that was added to the program are the two lines that print.
"""

from math import exp

weights_J = [
    [-0.21, -0.86],
    [-0.62, -0.49],
    [0.64, -0.22],
    [-0.99, 0.11],
]
weights_K = [
    [0.56, 0.29, 0.15, 0.06],
]
inputs = [[0, 0], [0, 1], [1, 0], [1, 1]]
targets = [0, 1, 1, 0]
learning_rate = 0.5


def neuron(weights, values):
    return 1 / (1 + exp(-sum(w * value for w, value in zip(weights, values))))


for step, (x, t) in enumerate(zip(inputs, targets), start=1):
    hidden = [neuron(row, x) for row in weights_J]
    y = neuron(weights_K[0], hidden)
    print(f"step{step}.example{step}.loss", (y - t) ** 2 / 2)
    delta = (y - t) * y * (1 - y)
    for j in range(4):
        weights_K[0][j] -= learning_rate * delta * hidden[j]
    for j in range(4):
        delta_j = delta * weights_K[0][j] * hidden[j] * (1 - hidden[j])
        for i in range(2):
            weights_J[j][i] -= learning_rate * delta_j * x[i]
    print(f"step{step}.J.weights", *(w for row in weights_J for w in row))
