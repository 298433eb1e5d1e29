"""Chapter 1. One neuron: the net input x_j and the output y_j."""

from purenet import Identity, Layer, Network, Neuron, ReLU, Sigmoid, Tanh, picture_of, trace_step
from purenet.arithmetic.notation import UNICODE, number_text
from purenet.book import ByHand, Chapter, Choice, Code, Number, Steps
from purenet.document.table import Table

chapter = Chapter(
    1,
    "One neuron",
    question="What does a neuron do with the numbers that reach it?",
    assumes="how to multiply and add negative numbers, and what a function is.",
)


def shown(number):
    """Return a number as text, with a true minus sign."""
    return UNICODE.number(number_text(number))


@chapter.content
def one_neuron():
    neuron = Neuron(weights=[0.5, -0.25], bias=0.125, activation=Sigmoid())
    network = Network([Layer([neuron])])
    inputs = [1.0, 2.0]
    output = neuron.forward(inputs)

    yield f"""
A neuron is a small machine. Numbers go in, one number comes out. Call the
neuron j1 and the numbers that reach it y_i1 and y_i2, because each may be the
output of some other neuron. This neuron has two weights and a bias:

    w_i1j1 = {shown(neuron.weights[0])}    w_i2j1 = {shown(neuron.weights[1])}    b_j1 = {shown(neuron.bias)}
"""
    yield picture_of(network)

    yield f"""
It works in two stages. First it multiplies each input by its weight, adds the
products, and adds the bias. The result is its net input, x_j1. Then it puts
x_j1 through its activation function f. The result is its output, y_j1, and the
rest of the world never sees anything else of it.

Here are both stages for the inputs {inputs[0]} and {inputs[1]}. The tables are part of the
record of a whole training step, which has 9 parts: step 1 only lists the
inputs, and steps 4 to 9 are for chapter 2.
"""
    trace = trace_step(network, inputs, targets=[1.0], learning_rate=0.1)
    yield Steps(trace, [2, 3])

    yield """
A weight says how much an input counts, and in which direction: the second
input pulls x_j1 down, because its weight is negative. The bias is the net input
when all inputs are 0.

Why an activation function at all? Without one, a neuron could only add and
multiply by constants, and so could any number of neurons together: many layers
would do no more than a single layer. Drawn as a curve, such a neuron is a
straight line, and the function bends it. These are the best known; f′ is the
slope of f, which chapter 2 needs.
"""
    activations = [Identity(), Sigmoid(), Tanh(), ReLU()]
    rows = []
    for x in [-4.0, -1.0, 0.0, 1.0, 4.0]:
        row = [shown(x)]
        for activation in activations:
            y = activation.value(x)
            slope = activation.derivative(x, y)
            row.append(f"{y:.4f}  {slope:.4f}".replace("-", "−"))
        rows.append(row)
    headers = ["x"] + [f"{activation.name} f, f′" for activation in activations]
    yield Table(headers, rows, stacks=[(0,), (1,), (2,), (3,), (4,)])

    yield f"""
The sigmoid squashes every number into the range from 0 to 1, and tanh into the
range from −1 to 1. ReLU stops negative numbers, and the leaky one in purenet
lets a hundredth of them through. The identity leaves x as it is.
All of them rise or stay level: a larger x_j never makes y_j smaller.

In Python, one line makes the neuron of this chapter, and another runs it:

    neuron = Neuron(weights=[0.5, -0.25], bias=0.125, activation=Sigmoid())
    neuron.forward([1.0, 2.0])    gives {output}

Read `Neuron.forward` and `Neuron.weigh` in purenet/neuron.py now, then the
`Sigmoid` in purenet/activations.py. The rest of neuron.py is for chapter 2.
"""


OTHER_INPUTS = {
    "title": "The neuron of chapter 1",
    "network": {"layers": [{"weights": [[0.5, -0.25]], "biases": [0.125], "activation": "sigmoid"}]},
    "examples": [{"inputs": [2.0, 1.0]}],
}

chapter.exercises(
    Number(
        "Let 2.0 and 1.0 reach the neuron of this chapter, instead of 1.0 and 2.0. What is its net input x_j1?",
        answer="0.875",
        exact=True,
        wrong={
            "0.125": "That is x_j1 for the inputs 1.0 and 2.0. Now the first input is 2.0.",
            "0.75": "The bias is missing: add 0.125.",
            "0.7058": "That is y_j1. The net input comes before the activation function.",
            "1.375": "The second weight is negative: its product is −0.25.",
        },
        hint="Two products, and the bias.",
        because="0.5·2.0 − 0.25·1.0 + 0.125.",
    ),
    ByHand(
        "What is the output y_j1 of this neuron for the inputs 2.0 and 1.0, to 4 decimals?",
        OTHER_INPUTS,
        "y_j1",
        decimals=4,
        wrong={"0.5312": "That is y_j1 for the inputs 1.0 and 2.0. Now they are 2.0 and 1.0."},
        hint="1 / (1 + exp(−x_j1)), and the minus sign belongs to x_j1.",
    ),
    Number(
        "At which net input is the output of a sigmoid neuron exactly ½?",
        answer="0",
        exact=True,
        wrong={"0.5": "f(0.5) is 0.6225. Look at the table: where is f 0.5000?"},
        hint="The table of the four functions has it.",
        because="exp(0) is 1, and 1 / (1 + 1) is ½.",
    ),
    Choice(
        "Both inputs become ten times as large, and the weights and the bias stay. What becomes of x_j1?",
        {
            "It becomes ten times as large.": "The products do, but the bias does not: no input multiplies it.",
            "Its products become ten times as large, and the bias is added as before.": "In this chapter the two "
            "cancel, 0.5 and −0.5, then 5 and −5, so that x_j1 is 0.125 both times.",
            "It stays below 1, because the sigmoid squashes it.": "The sigmoid squashes y_j1. x_j1 comes before it, and can "
            "be any number.",
        },
        right="Its products become ten times as large, and the bias is added as before.",
    ),
    Code(
        "Write the body of `Neuron.weigh` again, from its docstring and this chapter: the first stage of a neuron. The loop "
        "may be as plain as you like, but keep the inputs and the net input as attributes, because others read them there.",
        "neuron.py",
        "Neuron.weigh",
        hint="Start a total at 0, and add weight times input in a loop; then the bias, unless it is None. Keep self.inputs "
        "and self.net_input.",
    ),
)

if __name__ == "__main__":
    chapter.tell()
