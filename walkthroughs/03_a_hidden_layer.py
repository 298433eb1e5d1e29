"""Chapter 3. A hidden layer: where its share of the blame comes from."""

import sys

from purenet import Identity, Layer, Network, Neuron, Sigmoid, trace_step

sys.stdout.reconfigure(encoding="utf-8")  # for terminals that are set to another encoding
WIDTH = 80

hidden = Layer([Neuron([0.5, -0.25], 0.125, Sigmoid()), Neuron([0.75, 0.375], -0.625, Sigmoid())])
last = Layer([Neuron([1.0, -0.5], 0.25, Identity()), Neuron([-0.75, 0.25], 0.0, Identity())])
network = Network([hidden, last])
inputs, targets = [1.0, 2.0], [0.5, 0.25]
trace = trace_step(network, inputs, targets, learning_rate=0.1)

print("""\
Chapter 3. A hidden layer
=========================

Put two neurons side by side, j1 and j2, and let both their outputs go into two
more, k1 and k2. J is a hidden layer: nobody outside sees its outputs. The
forward pass is nothing new. Steps 1 to 3 are those of chapter 1, for layer J;
then the outputs of J go into K:
""")
print(trace.to("text", steps=[4], width=WIDTH))

print("""\
Going backward, K is easy. The loss function gives ∂E/∂y_k1 and ∂E/∂y_k2, and
the deltas of K are found as in chapter 2:
""")
print(trace.to("text", steps=[7], width=WIDTH))

print("""\
But what about J? Nobody gave j1 a target. Here is the one hard idea of
backpropagation. Ask the same question as before: if y_j1 rises a little, what
happens to E? y_j1 goes to two places.

  - Through the weight w_j1k1 it raises x_k1, w_j1k1 times as much. And we know
    how fast E changes with x_k1: that is δ_k1.
  - Through the weight w_j1k2 it raises x_k2, w_j1k2 times as much. And E
    changes with x_k2 as fast as δ_k2 says.

E feels both at once, so the two effects add up. That sum is ∂E/∂y_j1, and from
there on j1 is a neuron like any other: multiply by its own slope to get its δ.
""")
print(trace.to("text", steps=[9], width=WIDTH))

share_1 = last.neurons[0].weights[0] * trace.row("δ_k1").value
share_2 = last.neurons[1].weights[0] * trace.row("δ_k2").value
print(
    f"""\
For j1 the share by way of k1 is {share_1:.4f}, and by way of k2 it is {share_2:.4f}.
""".replace("-", "−")
)

print("""\
Is it true? Leave the formulas aside, change the bias of j1 by a little in both
directions, and see how E changes. The bias is a term of x_j1, so the slope of E
with respect to it must be δ_j1:
""")
neuron = network.layers[0].neurons[0]
bias, h = neuron.bias, 1e-5
losses = []
for nudged in (bias + h, bias - h):
    neuron.bias = nudged
    losses.append(network.loss.value(network.forward(inputs), targets))
neuron.bias = bias
print(f"    (E(b_j1 + h) − E(b_j1 − h)) / 2h = {(losses[0] - losses[1]) / (2 * h):.7f}".replace("= -", "= −"))
print(f"                                δ_j1 = {trace.row('δ_j1').value:.7f}".replace("= -", "= −"))

print("""
Two mistakes are easily made here, and both are common.

  - The shares use the weights of the forward pass. If K has already moved its
    weights when J asks for its share, J gets the answer to another question.
    So compute every delta first, and update afterwards.
  - The sum goes over the neurons that y_j1 goes to, not over those that feed
    j1. In the table of weights it runs in the opposite direction from the
    forward pass.

The gradients of J are then, once more, the deltas times the inputs:
""")
print(trace.to("text", steps=[10], width=WIDTH))

print("""\
A third layer, or a tenth, brings nothing new. Each layer hands ∂E/∂y to the one
before it. In purenet/layer.py this is `Layer.input_gradients`, one loop inside
another, and `Network.backward` in purenet/network.py calls it layer by layer,
from the last to the first. Read both now.""")
