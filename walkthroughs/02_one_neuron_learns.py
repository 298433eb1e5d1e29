"""Chapter 2. One neuron learns: δ, ∇w and η."""

from purenet import Layer, Network, Neuron, Sigmoid, trace_step
from purenet.book import ByHand, Chapter, Choice, Code, Number, Steps

TARGET = 1.0
LEARNING_RATE = 0.5

chapter = Chapter(
    2,
    "One neuron learns",
    question="A neuron gives a wrong answer. Which way, and how far, should its weights move?",
    assumes="x_j and y_j, from chapter 1, and what the slope of a curve is.",
)


@chapter.content
def one_neuron_learns():
    network = Network([Layer([Neuron(weights=[0.5, -0.25], bias=0.125, activation=Sigmoid())])])
    inputs = [1.0, 2.0]
    trace = trace_step(network, inputs, [TARGET], LEARNING_RATE)

    yield f"""
The output of the neuron of chapter 1 is {trace.row("y_j1").value:.4f} for the inputs {inputs[0]} and {inputs[1]}.
Suppose we want {TARGET} instead: that is the target, t_j1. How wrong is the output?
One number says so, the loss E. Here it is half the squared difference. The
tables go on where those of chapter 1 ended, with step 4:
"""
    yield Steps(trace, [4])

    yield """
To learn is to change the weights so that E becomes smaller. For each weight we
need to know one thing: if we turn it up a little, does E rise or fall, and how
fast? That is the slope of E with respect to this weight, its gradient ∇w.

We find it in two stages. First comes the slope of E with respect to the net
input x_j1. It is called delta, δ_j1. A small change of x_j1 changes y_j1 by
f′(x_j1) times as much, because f′ is the slope of f; that of the sigmoid is
y·(1 − y), as the table of chapter 1 shows: at 0, it is ½·½ = 0.25. And y_j1, in
turn, changes E. How fast, if y_j1 alone changes, is written ∂E/∂y_j1. For half
the square of y − t it is y − t, just as half the square of 3 has the slope 3
(chapter 0). So E changes f′(x_j1) times ∂E/∂y_j1 times as much as x_j1, and δ
is the product:
"""
    yield Steps(trace, [5])

    yield """
It is negative: E falls when x_j1 rises. Indeed, we want a larger output.

Second, we go from the net input to the weight. x_j1 contains the term
w_i1j1·y_i1: turn the weight up a little, and x_j1 changes y_i1 times as much.
So each gradient is δ_j1 times the number that came in through the weight. The
bias counts as a weight on an input that is always 1:
"""
    yield Steps(trace, [6])

    yield """
Is this true? Try it: nudge a weight by h in both directions, run the neuron,
and see how much E differs. This needs only the forward pass.
"""
    yield "\n".join(nudged(network, inputs, trace, i) for i in range(2))

    yield f"""
Now each weight moves against its slope, because E grows uphill. The learning
rate η says how far; here it is {LEARNING_RATE}:
"""
    yield Steps(trace, [7])
    yield "Step 8 runs the neuron again with the new weights, and E has become smaller:"
    yield Steps(trace, [9])

    yield """
That was one step. Training is nothing but this, again and again. After more
steps of the same kind:
"""
    yield "\n".join(after_steps(network, inputs, (1, 10, 100, 1000)))

    yield """
The output creeps towards 1 and never gets there: the sigmoid reaches 1 only at
infinity, and its slope f′ = y·(1 − y), a factor of δ, becomes smaller and
smaller on the way. A neuron far out on its sigmoid learns slowly.

Read `Neuron.backward`, `Neuron.accumulate_gradients` and `Neuron.update` in
purenet/neuron.py now: they are the three formulas of this chapter.
"""


def nudged(network, inputs, trace, i):
    """Return a line with the slope of E with respect to a weight, found by nudging it, and with its gradient."""
    neuron, h = network.layers[0].neurons[0], 1e-5
    weight, losses = neuron.weights[i], []
    for other in (weight + h, weight - h):
        neuron.weights[i] = other
        losses.append(network.loss.value(network.forward(inputs), [TARGET]))
    neuron.weights[i] = weight
    slope, name = (losses[0] - losses[1]) / (2 * h), f"w_i{i + 1}j1"
    line = f"    (E({name} + h) − E({name} − h)) / 2h = {slope:.7f}    ∇{name} = {trace.row(f'∇{name}').value:.7f}"
    return line.replace("= -", "= −")


def after_steps(network, inputs, numbers):
    """Yield lines with the output and the loss after so many steps."""
    for done in range(1, max(numbers) + 1):
        network.reset_gradients()
        network.forward(inputs)
        network.backward([TARGET])
        network.update(LEARNING_RATE)
        if done in numbers:
            output = network.forward(inputs)[0]
            yield f"    {done:5} {'step ' if done == 1 else 'steps'}  y_j1 = {output:.6f}    E = {network.loss.value([output], [TARGET]):.6f}"


OTHER_EXAMPLE = {
    "title": "The neuron of chapter 2, with another example",
    "network": {"layers": [{"weights": [[0.5, -0.25]], "biases": [0.125], "activation": "sigmoid"}]},
    "examples": [{"inputs": [2.0, 1.0], "targets": [0.0]}],
    "learning_rate": 0.5,
}

chapter.exercises(
    ByHand(
        "Let 2.0 and 1.0 reach the neuron of this chapter, with its first weights and the target 0.0. Its output y_j1 is "
        "then 0.7058. What is δ_j1, to 4 decimals?",
        OTHER_EXAMPLE,
        "δ_j1",
        decimals=4,
        wrong={
            "-0.0611": "The target is 0.0 now, not 1.0 as in the chapter.",
            "-0.1167": "That is δ_j1 of the chapter. Now the inputs and the target are others.",
            "0.2076": "That is the slope f′. Multiply it by ∂E/∂y_j1 = y_j1 − t_j1.",
        },
        hint="Two factors: the slope y_j1·(1 − y_j1), and ∂E/∂y_j1 = y_j1 − t_j1.",
    ),
    ByHand(
        "In the same step, with η = 0.5, what is the new weight w_i1j1⁺, to 4 decimals? It was 0.5, and y_i1 is 2.0.",
        OTHER_EXAMPLE,
        "w_i1j1⁺",
        decimals=4,
        wrong={"0.2069": "The learning rate is missing: multiply the gradient by 0.5 before you subtract it."},
        hint="First the gradient, δ_j1 times the input. Then subtract η times the gradient from the weight.",
    ),
    Number(
        "A sigmoid neuron says 0.9, and its target is 0. What is its δ?",
        "0.081",
        exact=True,
        wrong={
            "0.9": "That is ∂E/∂y. Multiply it by the slope f′ = y·(1 − y).",
            "0.09": "That is the slope f′ = y·(1 − y). Multiply it by ∂E/∂y = y − t.",
            "0.405": "That is the loss E = ½·0.9². The question is how fast E changes with the net input.",
        },
        hint="You need no net input: the slope of a sigmoid is y·(1 − y).",
        because="The slope is 0.9·0.1 = 0.09, and ∂E/∂y is 0.9 − 0.",
    ),
    Choice(
        "Two sigmoid neurons have the same inputs, and both should say 0. One says 0.9, the other 0.6. Whose weights move "
        "farther in a step?",
        {
            "Those of the neuron that says 0.9": "It is farther from its target, but its slope is smaller: its δ is "
            "0.9·0.1·0.9 = 0.081, and that of the other is 0.6·0.4·0.6 = 0.144.",
            "Those of the neuron that says 0.6": "Its δ is 0.6·0.4·0.6 = 0.144, and that of the other only 0.081: far out "
            "on its sigmoid, a neuron learns slowly, even if it is very wrong.",
            "All move equally far, because η and the inputs are the same": "A weight moves by η·δ·y, and the deltas differ.",
        },
        right="Those of the neuron that says 0.6",
        hint="Compute both deltas, slope included.",
    ),
    Code(
        "Write the body of `Neuron.accumulate_gradients` again, from its docstring and this chapter. "
        "`Neuron.add_gradients` keeps the gradients for you.",
        "neuron.py",
        "Neuron.accumulate_gradients",
        hint="One call of self.add_gradients, with a list of self.delta times each of self.inputs, and with the gradient "
        "of the bias.",
    ),
)

if __name__ == "__main__":
    chapter.tell()
