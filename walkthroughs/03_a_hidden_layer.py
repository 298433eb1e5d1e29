"""Chapter 3. A hidden layer: where its share of the blame comes from."""

from purenet import Identity, Layer, Network, Neuron, Sigmoid, picture_of, trace_step
from purenet.book import ByHand, Chapter, Choice, Code, Steps

chapter = Chapter(
    3,
    "A hidden layer",
    question="Nobody tells a hidden neuron what it should say. How does it learn?",
    assumes="δ, ∇w and η of one neuron, from chapter 2.",
)


@chapter.content
def a_hidden_layer():
    hidden = Layer([Neuron([0.5, -0.25], 0.125, Sigmoid()), Neuron([0.75, 0.375], -0.625, Sigmoid())])
    last = Layer([Neuron([1.0, -0.5], 0.25, Identity()), Neuron([-0.75, 0.25], 0.0, Identity())])
    network = Network([hidden, last])
    inputs, targets = [1.0, 2.0], [0.5, 0.25]
    trace = trace_step(network, inputs, targets, learning_rate=0.1)

    yield """
Put two neurons side by side, j1 and j2, and let both their outputs go into two
more, k1 and k2. J is a hidden layer: nobody outside sees its outputs.
"""
    yield picture_of(network)

    yield f"""
The inputs are 1.0 and 2.0. j1 is the neuron of chapter 1, j2 has the weights
0.75 and 0.375 and the bias −0.625. k1 has the weights 1.0 and −0.5 and the bias
0.25, k2 has −0.75, 0.25 and 0.0, and both have the identity, f(x) = x. The
targets are 0.5 for k1 and 0.25 for k2.

The forward pass is nothing new. Steps 1 to 3 are those of chapter 1, for layer
J, and give y_j1 = {trace.row("y_j1").value:.4f} and y_j2 = {trace.row("y_j2").value:.4f}. These go into K:
"""
    yield Steps(trace, [4])

    yield """
Going backward, K is easy. The loss function gives ∂E/∂y_k1 and ∂E/∂y_k2, and
the deltas of K are found as in chapter 2:
"""
    yield Steps(trace, [7])

    yield """
But what about J? Nobody gave j1 a target. Here is the one hard idea of
backpropagation. Ask the same question as before: if y_j1 rises a little, what
happens to E? y_j1 goes to two places.

  - Through the weight w_j1k1 it raises x_k1, w_j1k1 times as much. And we know
    how fast E changes with x_k1: that is δ_k1.
  - Through the weight w_j1k2 it raises x_k2, w_j1k2 times as much. And E
    changes with x_k2 as fast as δ_k2 says.

E feels both at once, so the two effects add up. That sum is ∂E/∂y_j1, and from
there on j1 is a neuron like any other: multiply by its own slope to get its δ.
"""
    yield Steps(trace, [9])

    share_1 = last.neurons[0].weights[0] * trace.row("δ_k1").value
    share_2 = last.neurons[1].weights[0] * trace.row("δ_k2").value
    yield f"For j1 the share by way of k1 is {share_1:.4f}, and by way of k2 it is {share_2:.4f}.".replace("-", "−")

    yield """
Is it true? Leave the formulas aside, change the bias of j1 by a little in both
directions, and see how E changes. The bias is a term of x_j1, so the slope of E
with respect to it must be δ_j1:
"""
    neuron = network.layers[0].neurons[0]
    bias, h = neuron.bias, 1e-5
    losses = []
    for nudged in (bias + h, bias - h):
        neuron.bias = nudged
        losses.append(network.loss.value(network.forward(inputs), targets))
    neuron.bias = bias
    yield f"""
    (E(b_j1 + h) − E(b_j1 − h)) / 2h = {(losses[0] - losses[1]) / (2 * h):.7f}
                                δ_j1 = {trace.row("δ_j1").value:.7f}
""".replace("= -", "= −")

    yield """
Two mistakes are easily made here, and both are common.

  - The shares use the weights of the forward pass. If K has already moved its
    weights when J asks for its share, J gets the answer to another question.
    So compute every delta first, and update afterwards.
  - The sum goes over the neurons that y_j1 goes to, not over those that feed
    j1. The forward pass adds up what comes into a neuron, the way back what
    goes out of it.

The gradients of J are then, once more, the deltas times the inputs:
"""
    yield Steps(trace, [10])

    yield """
A third layer, or a tenth, brings nothing new. Each layer hands ∂E/∂y to the one
before it. In purenet/layer.py this is `Layer.input_gradients`, one loop inside
another, and `Network.backward` in purenet/network.py calls it layer by layer,
from the last to the first. Read both now.
"""


OTHER_TARGETS = {
    "title": "The network of chapter 3, with other targets",
    "network": {
        "layers": [
            {"weights": [[0.5, -0.25], [0.75, 0.375]], "biases": [0.125, -0.625], "activation": "sigmoid"},
            {"weights": [[1.0, -0.5], [-0.75, 0.25]], "biases": [0.25, 0.0], "activation": "identity"},
        ]
    },
    "examples": [{"inputs": [1.0, 2.0], "targets": [0.0, 1.0]}],
    "learning_rate": 0.1,
}

chapter.exercises(
    ByHand(
        "Give this network other targets, t_k1 = 0.0 and t_k2 = 1.0. The forward pass stays, with y_k1 = 0.4283 and "
        "y_k2 = −0.2220. What is δ_k2, to 4 decimals?",
        OTHER_TARGETS,
        "δ_k2",
        decimals=4,
        wrong={
            "-0.2220": "That is y_k2. How far is it from the target?",
            "-0.4720": "That is δ_k2 for the target of the chapter, 0.25. Now it is 1.0.",
            "0.7780": "Subtract the target from the output.",
        },
        hint="K has the identity, whose slope is 1.",
    ),
    ByHand(
        "With these targets, 0.0 and 1.0, what is δ_j2, to 4 decimals? Take δ_k1 = 0.4283 and y_j2 = 0.7058.",
        OTHER_TARGETS,
        "δ_j2",
        decimals=4,
        wrong={
            "-0.0445": "The share by way of k2 is missing.",
            "-0.0171": "That is δ_j2 for the targets of the chapter. Now they are others, and so are δ_k1 and δ_k2.",
            "0.0190": "δ_k2 is below 0, because y_k2 is too small.",
        },
        hint="j2 feeds k1 by the weight −0.5 and k2 by 0.25. Add up the two shares, then multiply by y_j2·(1 − y_j2).",
    ),
    Choice(
        "A hidden neuron has two inputs, and its output goes to three neurons of the next layer. How many terms has the sum "
        "in its delta?",
        {
            "Two": "The inputs come before it: they are in its net input. The blame comes from the layer after it.",
            "Three": "One for each neuron that it feeds, whatever the number of its inputs.",
            "One, for the neuron with the largest delta": "E feels y_j along every path at once, so all shares count.",
            "Six": "Paths from the inputs are not counted: what reaches the neuron is in its net input already.",
        },
        right="Three",
    ),
    Choice(
        "Let δ_k1 be 0, because k1 is exactly right. Who then tells j1 how to change?",
        {
            "Nobody: its delta is 0, too": "Only the share by way of k1 is 0. The share by way of k2 is still there.",
            "k2 alone": "The share w_j1k1·δ_k1 is 0, and w_j1k2·δ_k2 remains.",
            "Its own target": "A hidden neuron has none: all it knows is what the neurons that it feeds hand back.",
        },
        right="k2 alone",
    ),
    Code(
        "Write the body of `Layer.input_gradients` again, from its docstring and this chapter.",
        "layer.py",
        "Layer.input_gradients",
        hint="Two loops: for each input i, a sum over the neurons of this layer.",
    ),
)

if __name__ == "__main__":
    chapter.tell()
