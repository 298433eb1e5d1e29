"""Chapter 12. The perceptron: a rule that learns without a slope, and where it ends."""

from purenet import GradientDescent, Layer, Network, Neuron, Sigmoid, Threshold, regions
from purenet.book import Chapter, Choice, Number
from purenet.datasets import logical_and, xor
from purenet.document.table import Table
from purenet.training import training_step

chapter = Chapter(
    12,
    "The perceptron",
    question="A threshold has no slope. How did the first neurons learn, and what stopped them?",
    assumes="δ and the update of one neuron, from chapter 2, and XOR, from chapter 5.",
)


def shown(number):
    """Return a number as text, with a true minus sign."""
    return f"{number:g}".replace("-", "−")


def steps_that_move(network, examples, epochs):
    """Train one example at a time; return a table of the steps in which a weight moved, and the last epoch."""
    neuron, rows = network.neurons()[0], []
    for epoch in range(1, epochs + 1):
        moved = False
        for inputs, targets in examples:
            before = [*neuron.weights, neuron.bias]
            training_step(network, [(inputs, targets)], GradientDescent(learning_rate=1))
            after = [*neuron.weights, neuron.bias]
            if after != before:
                moved = True
                numbers = [*targets, neuron.net_input, neuron.output, targets[0] - neuron.output, *after]
                rows.append([str(epoch), ", ".join(map(shown, inputs)), *map(shown, numbers)])
        if not moved:
            break
    headers = ["epoch", "y_i", "t", "x", "y", "t − y", "new w_1", "new w_2", "new b"]
    return Table(headers, rows, [(n,) for n in range(9)]), epoch


def slopes(network, h=0.001):
    """Return the name and the slope of each weight and bias: the difference that a nudge makes to the loss of XOR."""
    found = []
    for neuron in network.neurons():
        for i in range(len(neuron.weights) + 1):
            nudge(neuron, i, h)
            above = loss(network)
            nudge(neuron, i, -2 * h)
            slope = (above - loss(network)) / (2 * h)
            nudge(neuron, i, h)
            bias = i == len(neuron.weights)
            before = "i" if neuron.name.startswith("j") else "j"
            found.append((f"b_{neuron.name}" if bias else f"w_{before}{i + 1}{neuron.name}", slope))
    return found


def nudge(neuron, i, h):
    if i < len(neuron.weights):
        neuron.weights[i] += h
    else:
        neuron.bias += h


def loss(network):
    """Return the summed loss of the four examples of XOR."""
    total = 0
    for inputs, targets in xor().examples:
        total += network.loss.value(network.forward(inputs), targets)
    return total


def of_two_layers(kind, last_bias):
    """Return a network whose hidden neurons are OR and AND, and whose last says OR but not AND."""
    hidden = Layer([Neuron([1.0, 1.0], -0.5, kind()), Neuron([1.0, 1.0], -1.5, kind())])
    return Network([hidden, Layer([Neuron([1.0, -1.0], last_bias, kind())])])


@chapter.content
def the_perceptron():
    yield """
The first neurons that learned, in 1958, had a threshold for their activation
function: 1 if the net input is above 0, otherwise 0. Their rule needs no loss
and no slope. Each weight moves by

    Δw_i = η·(t − y)·y_i        and the bias by  Δb = η·(t − y)

If the answer is right, t − y is 0 and nothing moves. If it is 0 and should be
1, the weights of the inputs that were on rise; if it is 1 and should be 0, they
fall. Here is all of the learning of AND, whose target is 1 if both inputs are
1. The weights and the bias start at 0, and η is 1. Of each epoch, which is all
four examples one by one, the steps are shown in which something moved:
"""

    network = Network([Layer([Neuron([0.0, 0.0], 0.0, Threshold())])])
    table, last = steps_that_move(network, logical_and().examples, 20)
    yield table
    first, second = map(shown, network.neurons()[0].weights)
    bound = shown(-network.neurons()[0].bias)
    outputs = ", ".join(str(network.forward(inputs)[0]) for inputs, _ in logical_and().examples)
    yield f"""
In epoch {last} nothing moves any more: the outputs are {outputs}, all right.
The net input is above 0 on one side of a line, {first}·y_1 + {second}·y_2 = {bound}, and only
(1, 1) lies there. Wherever a line can part the examples, the rule finds one in
a limited number of steps: that is the perceptron convergence theorem.
"""
    yield regions(network, logical_and().examples)
    yield """
For exclusive or there is none, as chapter 5 says. The same start:
"""

    network = Network([Layer([Neuron([0.0, 0.0], 0.0, Threshold())])])
    yield steps_that_move(network, xor().examples, 3)[0]

    yield """
Epoch 3 ends with the weights and the bias that it began with, those of the end
of epoch 2. So all others will be like it, round and round for ever.

Two layers of thresholds can do it. Let one hidden neuron be OR (weights 1 and
1, bias −0.5), the other AND (1 and 1, −1.5), and the last one OR but not AND
(1 and −1, −0.5). These weights were thought out by a person:
"""
    lines = []
    for inputs, targets in xor().examples:
        output = of_two_layers(Threshold, -0.5).forward(inputs)[0]
        lines.append(f"    inputs {inputs[0]:.0f}, {inputs[1]:.0f}    target {targets[0]:.0f}    output {output}")
    yield "\n".join(lines)
    yield regions(of_two_layers(Threshold, -0.5), xor().examples)

    yield """
But how could they be learned? Spoil the last bias, −1.5 for −0.5, so that two
answers are wrong, and ask each weight and bias in turn: if you alone change by
0.001, how fast does the loss of the four examples change?
"""
    rows = []
    for (name, slope), (_, bent) in zip(*(slopes(of_two_layers(kind, -1.5)) for kind in (Threshold, Sigmoid))):
        rows.append([name, *(f"{number:.3f}".replace("-", "−") for number in (slope, bent))])
    yield Table(["", "with thresholds", "with sigmoids"], rows, [(0,), (1,), (2,)])

    yield """
With thresholds, the loss does not notice. The outputs stay what they are until
some net input crosses 0, and then they jump. No weight learns which way to go.
A sigmoid, a threshold with its edge bent into a slope, gives every one of them
an answer. That is why a neuron needs a bend, and this is the step from the
perceptron to backpropagation.

In purenet a threshold pretends that its slope is 1. Then δ is y − t for the
half squared error, and the update of chapter 2 is the perceptron rule: the
tables above are the work of the same `Neuron.backward` and `Neuron.update` as
all others. In a hidden layer the pretence would only be wrong.

Read `Threshold.value` and `Threshold.derivative` in purenet/perceptron.py now,
beside `Neuron.update` in purenet/neuron.py.
"""


chapter.exercises(
    Number(
        """
A perceptron has the weights 1 and 1 and the bias −2. The inputs 1, 1 reach it,
whose target is 1. With η = 1, what is its bias after this step?
""",
        -1,
        exact=True,
        wrong={
            "-2": "The net input is 0, which is not above 0: the output is 0, and wrong.",
            "-3": "The target is above the output, so t − y is 1, and the bias rises.",
            "0": "Δb = η·(t − y) is 1, once.",
        },
        hint="The net input is 1 + 1 − 2. Is it above 0?",
    ),
    Number(
        """
OR is 0 for the inputs 0, 0 and else 1. Begin with weights and bias 0 and η = 1,
and take the examples in the order 0,0  0,1  1,0  1,1. After how many steps in
which something moved is every output right?
""",
        4,
        exact=True,
        wrong={
            "1": "After the first of them the bias is 1, and the output for 0, 0 is wrong: another step follows.",
            "2": "Then w_2 is 1, and the bias 0: look at the inputs 1, 0.",
            "3": "Then the bias is 1 again: look at the inputs 0, 0 in the third epoch.",
        },
        hint="Three numbers: w_1, w_2, b. Write them down after each step, beginning with 0, 0, 0.",
    ),
    Choice(
        "For which of these does the perceptron rule find no weights, however long it runs?",
        {
            "OR": "A line parts 0, 0 from the other three.",
            "AND, with inputs −1 and 1 instead of 0 and 1": "A line parts 1, 1 from the other three, wherever they lie.",
            "1 if both inputs are alike, otherwise 0": "It is exclusive or with the answers exchanged: no line parts 0, 0 and "
            "1, 1 from the other two.",
        },
        right="1 if both inputs are alike, otherwise 0",
    ),
    Choice(
        "Two layers of thresholds can compute XOR. Why can they not be trained by nudging their weights?",
        {
            "They have too few weights": "The weights that a person thought out are enough.",
            "The loss does not change for a small nudge, so there is no direction to go": "Until some net input crosses 0; "
            "then an output jumps.",
            "The rule of the perceptron works for any number of layers": "It needs a target for each neuron, and a hidden one "
            "has none.",
        },
        right="The loss does not change for a small nudge, so there is no direction to go",
    ),
)

if __name__ == "__main__":
    chapter.tell()
