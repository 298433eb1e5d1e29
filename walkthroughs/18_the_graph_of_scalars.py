"""Chapter 18. The graph of scalars: a node for every operation, as micrograd and PyTorch have it."""

import inspect
import math
import textwrap

from purenet import Identity, Layer, Network, Neuron, Tanh, trace_step
from purenet.arithmetic.notation import UNICODE
from purenet.book import ByHand, Chapter, Choice, Code, Number
from purenet.cases import load_case
from purenet.document.table import Table
from purenet.drawing.operations import Operation, operations_picture

chapter = Chapter(
    18,
    "The graph of scalars",
    question="micrograd and PyTorch know no neurons. Where do their gradients come from?",
    assumes="the chain rule of chapter 2, and why shares add up, from chapter 3.",
)


# engine


class Scalar:
    """A number, what it was made from, and its slope for each part."""

    def __init__(self, data, parts=(), slopes=()):
        self.data, self.grad = data, 0.0
        self.parts, self.slopes = parts, slopes

    def __add__(self, other):
        return Scalar(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        slopes = other.data, self.data
        return Scalar(self.data * other.data, (self, other), slopes)

    def tanh(self):
        y = math.tanh(self.data)
        return Scalar(y, (self,), (1 - y * y,))


def in_order(node, found):
    """Return all that a node was made from, parts first, and the node."""
    if node not in found:
        for part in node.parts:
            in_order(part, found)
        found.append(node)
    return found


def walk_back(last):
    last.grad = 1.0
    for node in reversed(in_order(last, [])):
        for part, slope in zip(node.parts, node.slopes):
            part.grad += slope * node.grad


# engine


def exp(a):
    y = math.exp(a.data)
    return Scalar(y, (a,), (y,))


def inverse(a):
    return Scalar(1 / a.data, (a,), (-1 / (a.data * a.data),))


NEURON = """
x1, w1 = Scalar(2.0), Scalar(-3.0)
x2, w2 = Scalar(0.0), Scalar(1.0)
b = Scalar(6.8813735870195432)

first = x1 * w1
second = x2 * w2
both = first + second
n = both + b
o = n.tanh()
"""
MADE = {"first": "x1·w1", "second": "x2·w2", "both": "first + second", "n": "both + b", "o": "tanh(n)"}
SIGNS = {"first": "×", "second": "×", "both": "+", "n": "+", "o": "tanh"}
SYMBOLS = {"x1": "y_i1", "w1": "w_i1j1", "x2": "y_i2", "w2": "w_i2j1", "b": "b_j1", "n": "x_j1", "o": "y_j1"}

APART = """
two, one, minus = Scalar(2.0), Scalar(1.0), Scalar(-1.0)
double = two * n
e = exp(double)
above = e + minus
below = e + one
part = inverse(below)
o = above * part
"""
# what the lecture prints for the data and the grad of a node, by the names of purenet's case
E, QUOTIENT = "exp(2·x_j1)", "(1 / (exp(2·x_j1) + 1) − (exp(2·x_j1) − 1) / (exp(2·x_j1) + 1)²)"
LECTURE = {
    "x1": (None, "f′(x_j1)·w_i1j1"),
    "w1": (None, "f′(x_j1)·y_i1"),
    "x2": (None, "f′(x_j1)·w_i2j1"),
    "w2": (None, "f′(x_j1)·y_i2"),
    "b": ("b_j1", "f′(x_j1)"),
    "n": (None, "f′(x_j1)"),
    "two": (None, f"x_j1·{E}·{QUOTIENT}"),
    "double": ("2·x_j1", f"{E}·{QUOTIENT}"),
    "e": (E, QUOTIENT[1:-1]),
    "above": (f"{E} − 1", f"1 / ({E} + 1)"),
    "below": (f"{E} + 1", f"−({E} − 1) / ({E} + 1)²"),
    "part": (f"1 / ({E} + 1)", f"{E} − 1"),
    "o": ("y_j1", None),
}


def run(*programs, **names):
    """Return the nodes of a program by their names, after the walk back from o."""
    nodes = {"Scalar": Scalar, "exp": exp, "inverse": inverse, **names}
    for program in programs:
        exec(program, nodes)
    walk_back(nodes["o"])
    return {name: node for name, node in nodes.items() if isinstance(node, Scalar)}


def shown(program):
    return textwrap.indent(program.strip("\n"), " " * 4)


def full(number):
    return UNICODE.number(str(number))


def four(number):
    return UNICODE.number(f"{number:.4f}")


def brackets(number):
    return f"({four(number)})" if number < 0 else four(number)


def printed(case):
    """Return the digits that a text prints, by their names in a case; of several, those of the last."""
    numbers = [number for group in case.published_groups for number in group.numbers]
    return {number.typed: number.digits for number in numbers}


def lecture_rows(nodes, digits):
    """Return rows of the nodes: data and grad to 4 decimals, each beside what the lecture prints."""
    rows = []
    for name, keys in LECTURE.items():
        pairs = zip((nodes[name].data, nodes[name].grad), keys)
        cells = [(four(number), UNICODE.number(digits[key]) if key else "") for number, key in pairs]
        rows.append([name, *cells[0], *cells[1]])
    return rows


def graph_of(network, inputs, targets):
    """Return the loss of a network of tanh and identity neurons as a `Scalar`, and its weights and biases in order."""
    parameters, outputs = [], [Scalar(y) for y in inputs]
    for layer in network.layers:
        results = []
        for neuron in layer.neurons:
            weights, bias = [Scalar(w) for w in neuron.weights], Scalar(neuron.bias)
            total = weights[0] * outputs[0]
            for w, y in zip(weights[1:], outputs[1:]):
                total = total + w * y
            total = total + bias
            results.append(total.tanh() if neuron.activation.name == "tanh" else total)
            parameters += [*weights, bias]
        outputs = results
    errors = [y + Scalar(-t) for y, t in zip(outputs, targets)]
    return (errors[0] * errors[0] + errors[1] * errors[1]) * Scalar(0.5), parameters


@chapter.content
def the_graph_of_scalars():
    case = load_case("micrograd-lecture-neuron")
    with open(__file__, encoding="utf-8") as file:
        engine = file.read().split("# engine\n")[1]
    lines = sum(bool(line.strip()) for line in engine.split("\n"))
    yield f"""
purenet goes backward neuron by neuron: δ, then ∇w, then the shares for the
layer before. Other libraries do not know what a neuron is. They record every
single sum and product, and go backward through these. Andrej Karpathy's
micrograd does so for single numbers, scalars; PyTorch does so for whole tables.
There is a neuron with tanh in his first lecture, with its numbers printed:
{case.source["url"]}. Let us compute it in both ways.

An engine
---------

A number that takes part in the graph is a node. It has its data, which is the
number itself, and its grad, the slope of the last result with respect to it.
And it remembers what it was made from. For each of these parts there is a
slope. A sum rises as fast as either of its terms, so both slopes are 1. A
product a·b rises b times as fast as a, and a times as fast as b. Here is all of
it, in {lines} lines:

{shown(engine)}

The last line is the chain rule. walk_back takes the nodes from the last to the
first, and each hands to its parts its own grad, times the slope.

The neuron
----------

Here it is, one operation at a time, with the names of the lecture: n is the net
input, and o the output.

{shown(NEURON)}

Then walk_back(o), which asks how fast o itself changes. A row for each node, in
the order of the walk:

"""
    nodes = run(NEURON)
    order, names = in_order(nodes["o"], []), {id(node): name for name, node in nodes.items()}
    rows = []
    for node in reversed(order):
        shares = [(user.slopes[user.parts.index(node)], user.grad) for user in order if node in user.parts]
        share = " + ".join(f"{brackets(slope)}·{brackets(grad)}" for slope, grad in shares)
        name = names[id(node)]
        made = MADE.get(name, "given")
        rows.append([name, SYMBOLS.get(name, ""), made, four(node.data), share or "1", four(node.grad)])
    headers = ["node", "in purenet", "made as", "data", "slope·grad of its user", "grad"]
    yield Table(headers, rows, stacks=[(place,) for place in range(6)])
    yield operations_picture(
        "A neuron as a graph",
        [
            "Each number is a node with its data and, below that, its grad. Data come from the left, grads from the right."
        ],
        [
            Operation(
                names[id(node)],
                SIGNS.get(names[id(node)], ""),
                node.data,
                node.grad,
                [order.index(part) for part in node.parts],
            )
            for node in order
        ],
    )

    neuron = Neuron([-3.0, 1.0], bias=6.8813735870195432, activation=Tanh())
    neuron.forward([2.0, 0.0])
    neuron.backward(1.0)
    pairs = [
        ("δ_j1", neuron.delta, "n"),
        ("∇w_i1j1", neuron.weight_gradients[0], "w1"),
        ("∇w_i2j1", neuron.weight_gradients[1], "w2"),
        ("∇b_j1", neuron.bias_gradient, "b"),
    ]
    rows = [[symbol, full(number), name, full(nodes[name].grad)] for symbol, number, name in pairs]
    equal = sum(number == nodes[name].grad for _, number, name in pairs)
    yield """
Now the same with `Neuron.forward` and `Neuron.backward` in purenet/neuron.py.
∂E/∂y_j1 is 1 here, so δ_j1 is the slope of tanh, 1 − y_j1²:

"""
    yield Table(["purenet", "is", "node", "its grad"], rows, stacks=[(0,), (1,), (2,), (3,)])
    yield f"""
{equal} of {len(pairs)} are the same, to the last digit. So δ_j1 has been there all the time:
it is the grad of the node n. But nothing in the graph says that this node is
the important one: five others have the same grad. purenet multiplies the delta
by the inputs and needs no more nodes. And the grads of x1 and x2 are w·δ: the
shares that a neuron hands to the layer before it.

Any formula at all
------------------

What if the engine had no tanh? Then let it learn exponentials and inverses:

{shown(inspect.getsource(exp))}

{shown(inspect.getsource(inverse))}

and write tanh x as (e^2x − 1) / (e^2x + 1):

{shown(APART)}

Nobody has to find a derivative for this. The walk is the same, through more
nodes. Beside each number is what the lecture prints, for either form:

"""
    apart, digits = run(NEURON, APART), printed(case)
    rows = lecture_rows(apart, digits)
    yield Table(["node", "data", "lecture", "grad", "lecture"], rows, stacks=[(0,), (1,), (2,), (3,), (4,)])
    given = [(row[place], row[place + 1]) for row in rows for place in (1, 3) if row[place + 1]]
    y, power = nodes["o"].data, math.exp(2 * nodes["n"].data)
    quotient, in_full = (power - 1) / (power + 1), case.published["y_j1"][0]
    torch = load_case("micrograd-lecture-torch")
    bias = torch.network().neurons()[0].bias
    single = run(NEURON.replace("6.8813735870195432", str(bias)))
    values = {
        "y_j1": single["o"].data,
        "f′(x_j1)·w_i1j1": single["x1"].grad,
        "f′(x_j1)·y_i1": single["w1"].grad,
        "f′(x_j1)·w_i2j1": single["x2"].grad,
    }
    right = sum(str(values[key]) == text for key, text in printed(torch).items())
    yield f"""
{sum(one == other for one, other in given)} of {len(given)} agree. Where the lecture shows all digits, n is the same as here,
{full(nodes["n"].data)}, and o is not: here it is {full(y)}, and there
{in_full}. Both are right. The lecture divides e^2x − 1 by e^2x + 1,
which gives {full(quotient)} here as well, and a tanh rounds in another way
(chapter 16). The lecture goes on with the same neuron in PyTorch, where the
bias is a float32, {full(bias)}. With this bias, {right} of the {len(values)} numbers that
PyTorch prints are those of the {lines} lines above, to the last digit.

A node that is used twice
-------------------------

    a = Scalar(5.0)
    twice = a + a

twice is 2·a, so the grad of a must be 2. Each of the two ways gives 1, and +=
adds them. With = in its place the second would overwrite the first: the grad
would be 1, and a neuron that feeds two others would learn the wrong thing. The
lecture meets this mistake, and mends it. In purenet the sum is that of chapter
3, Σ_k w_jk·δ_k, and its line is in `Layer.input_gradients` in purenet/layer.py.

The order matters as well. A node may hand on its grad only when that is
complete, after all nodes that it was used for. in_order sees to it. A network
has such an order by itself, layer by layer.

What it costs
-------------
"""
    network = Network(
        [
            Layer([Neuron([0.5, -0.25], 0.125, Tanh()), Neuron([0.75, 0.375], -0.625, Tanh())]),
            Layer([Neuron([1.0, -0.5], 0.25, Identity()), Neuron([-0.75, 0.25], 0.0, Identity())]),
        ]
    )
    trace = trace_step(network, [1.0, 2.0], [0.5, 0.25], learning_rate=0.1)
    loss, parameters = graph_of(network, [1.0, 2.0], [0.5, 0.25])
    walk_back(loss)
    network.forward([1.0, 2.0])
    network.backward([0.5, 0.25])
    neurons = network.neurons()
    gradients = [number for each in neurons for number in (*each.weight_gradients, each.bias_gradient)]
    equal = sum(number == node.grad for number, node in zip(gradients, parameters))
    every = in_order(loss, [])
    computed = len({row.symbol for step in trace.steps for row in step.rows if row.formula and "⁺" not in row.symbol})
    weights = 784 * 30 + 30 * 10
    yield f"""
Take the network of chapter 3, 2-2-2, with tanh in the hidden layer, and its
loss. The graph of one example has {len(every)} nodes, {sum(not node.parts for node in every)} of them given and {sum(bool(node.parts) for node in every)} computed,
and the walk gives a grad to each of the {len(every)}. The record of this step in purenet
has {computed} numbers up to the update: net inputs, outputs, the loss, its slopes,
deltas and gradients. {equal} of its {len(gradients)} gradients are grads of the graph, to the
last digit. A network 784-30-10 for the images of chapter 10 has {weights:,}
weights, and a product and a sum for each: {2 * weights:,} nodes for one image, made
for it and thrown away after the step. So PyTorch makes a node of a whole table
of numbers, and one operation multiplies all weights of a layer.

What one gains: any formula. A new kind of layer needs no thought about its way
back. What one loses: the text. No line says what a neuron does with its delta,
and to see one at work, one has to look for it in the graph. purenet is no such
engine, and means to stay a text.

Both need the slope of each operation that they do not take apart. Read
`Tanh.derivative` in purenet/activations.py: it is what the engine's tanh has
for its slope.
"""


TANH = {
    "title": "A neuron with tanh",
    "network": {"layers": [{"weights": [[0.5, -1.0]], "biases": [0.25], "activation": "tanh"}]},
    "examples": [{"inputs": [2.0, 0.5], "targets": [1.0]}],
    "learning_rate": 0.1,
}

chapter.exercises(
    Number(
        """
a is 3 and b is 2. A graph computes c = a·b + a, and walks back from c. What is
the grad of a?
""",
        answer="3",
        exact=True,
        wrong={
            "2": "That is what comes by way of the product. a is a term of the sum, too.",
            "1": "That is what comes by way of the sum. a is a factor of the product, too, and grads add up.",
            "4": "The slope of a·b with respect to a is b, which is 2, not a.",
            "9": "That is the data of c. How fast does it rise with a?",
        },
        because="2 by way of the product, and 1 by way of the sum: c is (b + 1)·a.",
        hint="a is used twice.",
    ),
    Number(
        """
Each weight, input, bias and result of an operation is a node. How many nodes has
a neuron with 3 inputs, a bias and tanh, up to its output?
""",
        answer="14",
        exact=True,
        wrong={
            "10": "That is the neuron of the chapter, with 2 inputs.",
            "7": "These are either the numbers given (7) or the results (7): count both.",
            "13": "One is missing: three products, three sums, of which the last adds the bias, and tanh.",
            "15": "One too many: three products and the bias are four terms, and take three sums.",
            "11": "The inputs are nodes, too: they have a grad, which a layer before would need.",
        },
        because="Given: 3 inputs, 3 weights, 1 bias. Computed: 3 products, 3 sums, 1 tanh.",
        hint="Given numbers first, then products, sums and tanh.",
    ),
    ByHand(
        """
A neuron with tanh has the weights 0.5 and −1, the bias 0.25, the inputs 2 and
0.5 and the target 1. The loss is the half squared error. What is δ_j1, to 4
decimals? (It is the grad of the net input, if the walk begins at E.)
""",
        TANH,
        "δ_j1",
        decimals=4,
        hint="x_j1 is 0.75. tanh 0.75 = (e^1.5 − 1) / (e^1.5 + 1), and the slope is 1 − y_j1².",
    ),
    Choice(
        "y_j1 goes to k1 and to k2. Why must the walk not go on from y_j1 before it has been at both?",
        {
            "Because y_j1 would be changed in between.": "The walk changes no data, only grads.",
            "Because its grad would lack the share of the other.": "It would hand on half a sum, and all that is before j1 "
            "would have a wrong grad. So all users come first.",
            "It may: the other share is handed on later.": "It could be, if each share were sent all the way back by itself. "
            "But walk_back visits each node once, and sends what is there.",
        },
        right="Because its grad would lack the share of the other.",
    ),
    Code(
        "Delete the body of `Tanh.derivative` and write it again: the slope of tanh, which the engine has, too.",
        "activations.py",
        "Tanh.derivative",
        hint="It is given y, which is tanh(x) already.",
    ),
)

if __name__ == "__main__":
    chapter.tell()
