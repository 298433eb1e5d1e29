"""Chapter 8. Softmax and its Jacobian."""

import random
import sys

from purenet import (
    CrossEntropy,
    HalfSquaredError,
    Layer,
    Network,
    Neuron,
    Sigmoid,
    Softmax,
    SoftmaxLayer,
    Tanh,
    accuracy,
    build_network,
    trace_step,
    train,
)
from purenet.datasets import digits
from purenet.document.table import Table

sys.stdout.reconfigure(encoding="utf-8")  # for terminals that are set to another encoding
WIDTH = 80


class DiagonalSoftmaxLayer(SoftmaxLayer):
    """Leaves out the effect of a net input on the other outputs: only the diagonal of the Jacobian is left."""

    def backward(self, output_gradients):
        for j, neuron in enumerate(self.neurons):
            neuron.delta = self.softmax.derivative(self.outputs, j, j) * output_gradients[j]
            neuron.accumulate_gradients()


hidden = Layer([Neuron([0.5, -0.25], 0.1, Tanh()), Neuron([0.3, 0.2], 0.1, Tanh())])
network = Network([hidden, SoftmaxLayer([Neuron([0.5, 1.0], 0.0), Neuron([-0.5, 0.25], 0.0)])], CrossEntropy())
trace = trace_step(network, [1.0, 0.5], [0.0, 1.0], learning_rate=0.1)

print("""\
Chapter 8. Softmax
==================

To tell classes apart, a network has one output for each, and the outputs should
be shares that add up to 1. Softmax makes such shares of the net inputs of a
whole layer. Here K is such a layer; steps 1 to 4 are those of chapter 3.
""")
print(trace.to("text", steps=[5], width=WIDTH))
print("""\
This layer is unlike all others: x_k1 appears in every output, below the bar. If
it rises, y_k1 rises and all others fall. So the loss feels a change of x_k1
through every output, and δ_k1 is a sum over all of them. The slopes of all
outputs with respect to all net inputs are called the Jacobian:
""")
print(trace.to("text", steps=[6, 7], width=WIDTH))
print(f"""\
With the cross-entropy as the loss, and targets that add up to 1, the sum comes
out short: δ_k = y_k − t_k. Here y_k1 − t_k1 is {trace.row("y_k1").value:.6f}, and δ_k1 is
{trace.row("δ_k1").value:.6f}. That holds for softmax with this loss alone; purenet computes the
whole sum.

What if only the diagonal is taken, y·(1 − y), as if softmax were a sigmoid? At
least one published program does so, with the half squared error:
Justin-Goodrich/Python-Neural-net-from-scratch. It learns, too. This is 64-16-10
on the 8x8 handwritten digits from the same starting weights, 1,438 images, one
a step, at a rate of 0.05:
""")

data = digits()
makers = [
    ("diagonal", DiagonalSoftmaxLayer, HalfSquaredError),
    ("Jacobian", SoftmaxLayer, HalfSquaredError),
    ("Jacobian", SoftmaxLayer, CrossEntropy),
]
rows = []
for name, kind, loss in makers:
    built = build_network([64, 16, 10], Sigmoid, Softmax, source=random.Random(1), loss=loss())
    network = Network([built.layers[0], kind(built.layers[1].neurons)], loss())
    row = [name, loss.name]
    for epoch in train(network, data.examples, 0.05, epochs=10, shuffle=random.Random(2)):
        if epoch.number in (1, 3, 10):
            row.append(f"{100 * epoch.accuracy:.1f} %")
    rows.append(row + [f"{100 * accuracy(network, data.held_out):.1f} %"])
headers = ["gradient", "loss", "epoch 1", "epoch 3", "epoch 10", "held out"]
print(Table(headers, rows, [(0, 1), (2,), (3,), (4,), (5,)]).text(WIDTH))

print("""
The diagonal has the right sign for each output by itself, so the loss falls.
But a wrong output can be corrected in two ways, by its own net input or by
those of the others, and the diagonal knows only one. The factor y·(1 − y) also
makes a confident mistake nearly invisible, where the cross-entropy makes it
count most. Chapter 10 has the same comparison for MNIST.

Read `Softmax` and `SoftmaxLayer` in purenet/softmax.py now, and `CrossEntropy`
in purenet/losses.py.""")
