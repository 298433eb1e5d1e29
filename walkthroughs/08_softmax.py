"""Chapter 8. Softmax and its Jacobian."""

import random

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
from purenet.book import Chapter, Choice, Code, Number, Steps, measured
from purenet.datasets import digits
from purenet.document.table import Table

chapter = Chapter(
    8,
    "Softmax",
    question="How does a network say which of several classes it sees, and how surely?",
    assumes="δ and the loss from chapters 2 and 3, and e to the power x.",
)


@chapter.content
def softmax():
    hidden = Layer([Neuron([0.5, -0.25], 0.1, Tanh()), Neuron([0.3, 0.2], 0.1, Tanh())])
    network = Network([hidden, SoftmaxLayer([Neuron([0.5, 1.0], 0.0), Neuron([-0.5, 0.25], 0.0)])], CrossEntropy())
    trace = trace_step(network, [1.0, 0.5], [0.0, 1.0], learning_rate=0.1)

    yield """
To tell classes apart, a network has one output for each, and the outputs should
be shares that add up to 1. Softmax makes such shares of the net inputs of a
whole layer. Here K is such a layer; steps 1 to 4 are those of chapter 3.
"""
    yield Steps(trace, [5])

    yield """
This layer is unlike all others: x_k1 appears in every output, below the bar. If
it rises, y_k1 rises and all others fall. So the loss feels a change of x_k1
through every output, and δ_k1 is a sum over all of them. The slopes of all
outputs with respect to all net inputs are called the Jacobian:
"""
    yield Steps(trace, [6, 7])

    yield f"""
With the cross-entropy as the loss, and targets that add up to 1, the sum comes
out short: δ_k = y_k − t_k. Here y_k1 − t_k1 is {trace.row("y_k1").value:.6f}, and δ_k1 is
{trace.row("δ_k1").value:.6f}. That holds for softmax with this loss alone; purenet computes the
whole sum.

What if only the diagonal is taken, y·(1 − y), as if softmax were a sigmoid? At
least one published program does so, with the half squared error:
Justin-Goodrich/Python-Neural-net-from-scratch. It learns, too. This is 64-16-10
on the 8x8 handwritten digits from the same starting weights, 1,438 images, one
a step, at a rate of 0.05:
"""
    rows = [[*names, *[f"{100 * share:.1f} %" for share in found]] for *names, found in measured("08 digits", shares)]
    headers = ["gradient", "loss", "epoch 1", "epoch 3", "epoch 10", "held out"]
    yield Table(headers, rows, [(0, 1), (2,), (3,), (4,), (5,)])

    yield """
The diagonal has the right sign for each output by itself, so the loss falls.
But a wrong output can be corrected in two ways, by its own net input or by
those of the others, and the diagonal knows only one. The factor y·(1 − y) also
makes a confident mistake nearly invisible, where the cross-entropy makes it
count most. Chapter 10 has the same comparison for MNIST.

Read `Softmax` and `SoftmaxLayer` in purenet/softmax.py now, and `CrossEntropy`
in purenet/losses.py.
"""


class DiagonalSoftmaxLayer(SoftmaxLayer):
    """Leaves out the effect of a net input on the other outputs: only the diagonal of the Jacobian is left."""

    def backward(self, output_gradients):
        for j, neuron in enumerate(self.neurons):
            neuron.delta = self.softmax.derivative(self.outputs, j, j) * output_gradients[j]
            neuron.accumulate_gradients()


def shares():
    """Return for each kind of gradient its name, its loss and the shares of right answers: in epochs, then held out."""
    data, found = digits(), []
    for name, kind, loss in (
        ("diagonal", DiagonalSoftmaxLayer, HalfSquaredError),
        ("Jacobian", SoftmaxLayer, HalfSquaredError),
        ("Jacobian", SoftmaxLayer, CrossEntropy),
    ):
        built = build_network([64, 16, 10], Sigmoid, Softmax, source=random.Random(1), loss=loss())
        network = Network([built.layers[0], kind(built.layers[1].neurons)], loss())
        epochs = list(train(network, data.examples, 0.05, epochs=10, shuffle=random.Random(2)))
        right = [epochs[number - 1].accuracy for number in (1, 3, 10)] + [accuracy(network, data.held_out)]
        found.append([name, loss.name, [round(share, 6) for share in right]])
    return found


chapter.exercises(
    Number(
        "A softmax layer of three neurons has the net inputs x_k1 = 2, x_k2 = 1 and x_k3 = 0. What is y_k1, to 4 decimals?",
        "0.66524096",
        decimals=4,
        wrong={
            "0.6667": "These are shares of the net inputs, 2 / (2 + 1 + 0). First take e to the power of each.",
            "0.7311": "e⁰ is 1 and not 0: the third neuron has a share, too.",
            "0.8808": "That is the sigmoid of 2, which knows nothing of the other net inputs.",
            "7.3891": "That is e². It has to be divided by the sum of the three powers.",
            "0.2447": "That is y_k2.",
        },
        hint="e² = 7.3891, e¹ = 2.7183 and e⁰ = 1. A share is one of them, divided by the sum of all.",
        because="7.3891 / (7.3891 + 2.7183 + 1).",
    ),
    Number(
        "Now 10 is added to each of these net inputs, so that they are 12, 11 and 10. What is y_k1 then, to 4 decimals?",
        "0.66524096",
        decimals=4,
        wrong={
            "0.3636": "These are shares of the net inputs, 12 / (12 + 11 + 10). First take e to the power of each.",
            "0.9999": "That is about 1, as if x_k1 alone had got larger. The terms below the bar grow as well.",
            "1": "That would be so if x_k1 alone had got larger. The terms below the bar grow as well.",
        },
        hint="e^(x + 10) = e^x·e^10. What happens to a factor that is in every term?",
        because="e^10 is a factor above and below the bar, and cancels. Only differences of net inputs count.",
    ),
    Number(
        "A softmax layer of two neurons says 0.8 and 0.2, and its targets are 0 and 1. The loss is the half squared error. "
        "What is δ_k1?",
        "0.256",
        exact=True,
        wrong={
            "0.8": "That is y_k1 − t_k1, which is δ_k1 with the cross-entropy alone.",
            "0.128": "That is the term of y_k1 alone, the diagonal. x_k1 changes y_k2, too.",
            "0": "The second term has two minus signs: ∂y_k2/∂x_k1 is negative, and so is y_k2 − t_k2.",
            "0.16": "That is ∂y_k1/∂x_k1. Multiply it by y_k1 − t_k1, and add the term of y_k2.",
        },
        hint="Two terms: ∂y_k1/∂x_k1·(y_k1 − t_k1) and ∂y_k2/∂x_k1·(y_k2 − t_k2).",
        because="0.8·(1 − 0.8)·0.8 + 0.2·(0 − 0.8)·(0.2 − 1) = 0.128 + 0.128.",
    ),
    Choice(
        "Many programs have the line delta = y − t for their last layer. For which of these is it right?",
        {
            "Softmax with the half squared error": "There the sum stays long: δ has the slopes of softmax as factors, as in "
            "the exercise before.",
            "Softmax with the cross-entropy": "−t_k / y_k cancels the y_k of the slopes, and targets that add up to 1 do "
            "the rest.",
            "A sigmoid with the half squared error": "There δ is y·(1 − y)·(y − t): the slope is missing.",
            "Any last layer, because y − t says how wrong it is": "δ says how fast the loss changes with the net input, so "
            "that it depends on the loss and on the activation.",
        },
        right="Softmax with the cross-entropy",
        hint="δ is made of ∂E/∂y and of slopes. Where do they cancel?",
    ),
    Code(
        "Write the body of `SoftmaxLayer.backward` again, from its docstring and this chapter: with the whole sum, not the "
        "short form, because other losses need it, too.",
        "softmax.py",
        "SoftmaxLayer.backward",
        hint="For each neuron j, a sum over all outputs k of self.softmax.derivative(self.outputs, k, j) times "
        "output_gradients[k]. It is the delta of j; then call its `accumulate_gradients`.",
    ),
)

if __name__ == "__main__":
    chapter.tell()
