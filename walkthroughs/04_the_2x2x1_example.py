"""Chapter 4. The hand-computed 2x2x1 example, whole."""

from purenet import picture_of, trace_step
from purenet.book import ByHand, Chapter, Choice, Code, Steps
from purenet.cases import load_case

chapter = Chapter(
    4,
    "The hand-computed 2x2x1 example",
    question="What does one whole training step look like, every number of it?",
    assumes="the forward pass, δ of a hidden neuron, ∇w and η, from chapters 1 to 3.",
)


@chapter.content
def the_2x2x1_example():
    case = load_case("2x2x1")
    inputs, targets = case.examples[0]
    trace = trace_step(
        case.network(),
        [float(y) for y in inputs],
        [float(t) for t in targets],
        float(case.learning_rate),
        rounding=case.rounding,
        published=case.published,
        title=case.title,
    )

    yield f"""
Two inputs, two hidden neurons with a sigmoid, one output neuron with the
identity, no biases, every weight 0.5. It was worked out by hand, and published
in ten pictures, at {case.source["url"]}.
"""
    yield picture_of(case.network())

    yield f"""
Both inputs are {trace.row("y_i1").value}, the target t_k1 is {trace.row("t_k1").value}, and the learning rate η is {trace.learning_rate.value}.
The loss is half the squared error, as in chapter 2.

A person who computes by hand rounds each number before writing it down, and
goes on with the rounded number. Here that is done with the outputs y and the
deltas δ_j, which have 3 significant digits, and with the last output y_k1⁺,
which has 4. That is why the published gradient {trace.row("∇w_j1k1").published} differs from the
{trace.row("∇w_j1k1").value} of a computer: the first is {trace.row("∇w_j1k1").numbers}, with both factors
rounded beforehand. Neither is wrong. The tables show both. A number by hand is
marked ≈ if rounding changed it, and = if not.

You can do it yourself with pencil and paper. Cover the results of a step, work
them out, then look.
"""
    yield Steps(trace, range(1, len(trace.steps) + 1))

    agreeing = sum(1 for each in trace.comparisons if each.agrees)
    yield f"""
Of the {len(trace.comparisons)} numbers that the ten pictures give, {agreeing} agree with those by hand.

Here is all of it in one place, layer by layer:
"""
    yield trace.summary(digits=6)

    after, before = trace.row("E⁺").value, trace.row("E").value
    yield f"""
One step with η = {trace.learning_rate.value} has lowered the loss by {100 * (before - after) / before:.1f} percent. This example has one
weakness: since all weights are equal, j1 and j2 compute the same numbers and
stay alike forever. A program that mixes them up, or takes a weight from the
wrong place, shows the same numbers too. To test a program, take a network whose
weights all differ, as in chapter 3.

The whole step is four lines at the top of purenet/network.py. Read
`Network.forward`, `Network.backward` and `Network.update` there now.
"""


OTHER_EXAMPLE = {
    "title": "The network of chapter 4, with another example",
    "network": {
        "layers": [
            {"weights": [[0.5, 0.5], [0.5, 0.5]], "activation": "sigmoid"},
            {"weights": [[0.5, 0.5]], "activation": "identity"},
        ]
    },
    "examples": [{"inputs": [1.0, 0.2], "targets": [0.0]}],
    "learning_rate": 0.5,
}

chapter.exercises(
    ByHand(
        "Give the network other numbers: the inputs 1.0 and 0.2, and the target 0.0. All weights are 0.5. Go as far as "
        "∇w_j1k1, with 4 decimals. What is it?",
        OTHER_EXAMPLE,
        "∇w_j1k1",
        decimals=4,
        hint="In this order: x_j1, y_j1 (and y_j2, which is equal to it), y_k1, δ_k1, ∇w_j1k1.",
    ),
    ByHand(
        "With these inputs, 1.0 and 0.2, the target 0.0 and all weights 0.5, go on to the end of the step, with the "
        "learning rate 0.5. What is w_i2j1⁺, the new weight from the input 0.2 to j1, to 4 decimals?",
        OTHER_EXAMPLE,
        "w_i2j1⁺",
        decimals=4,
        hint="δ_j1 takes the old w_j1k1. Then ∇w_i2j1 is δ_j1 times the input 0.2.",
    ),
    Choice(
        "In the tables above, only the target is changed, from 0.5 to 0.9. Which is the first number that changes?",
        {
            "x_j1": "The forward pass does not know the target: x_j1 is made of weights and inputs.",
            "y_k1": "The output is what it is, whatever was wanted: no target is in its formula.",
            "E": "Nothing before the loss has a target in it, and everything after it depends on δ_k1, which has.",
            "δ_j1": "It changes, but two numbers before it have a target in them: E and δ_k1.",
        },
        right="E",
        hint="Look for t_k1 in the formulas.",
    ),
    Choice(
        "j1 and j2 stay alike forever. What would make them differ?",
        {
            "Many more steps": "Equal weights get equal gradients in each step, so that they are equal after it, too.",
            "Another learning rate": "It makes both of them move farther, by the same amount.",
            "Two inputs that differ": "Then w_i1j1 and w_i2j1 come to differ, but j2 gets the same two weights as j1.",
            "A first weight of j2 that differs": "Then x_j2 differs, with it y_j2 and δ_j2, and the two go different ways: "
            "that is why training starts from random weights.",
        },
        right="A first weight of j2 that differs",
    ),
    Code(
        "Write the body of `Network.backward` again, from its docstring and this chapter.",
        "network.py",
        "Network.backward",
        hint="self.loss.derivative gives ∂E/∂y for the last layer. Go through reversed(self.layers): each is given ∂E/∂y by "
        "its `backward`, and has that of the layer before it from its `input_gradients`.",
    ),
)

if __name__ == "__main__":
    chapter.tell()
