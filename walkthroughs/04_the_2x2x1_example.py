"""Chapter 4. The hand-computed 2x2x1 example, whole."""

import sys

from purenet import trace_step
from purenet.cases import load_case

sys.stdout.reconfigure(encoding="utf-8")  # for terminals that are set to another encoding
WIDTH = 80

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

print(f"""\
Chapter 4. The hand-computed 2x2x1 example
==========================================

Two inputs, two hidden neurons with a sigmoid, one output neuron with the
identity, no biases, every weight 0.5. It was worked out by hand, and published
in ten pictures, at {case.source["url"]}.

A person who computes by hand rounds each number before writing it down, and
goes on with the rounded number. That is why the published gradient {trace.row("∇w_j1k1").published}
differs from the {trace.row("∇w_j1k1").value} of a computer: the first is {trace.row("∇w_j1k1").numbers},
with both factors rounded beforehand. Neither is wrong. The tables show both,
side by side. A number by hand is marked ≈ if rounding changed it, and = if not.

You can do it yourself with pencil and paper. Cover the column on the right,
work out a step, then look.
""")
print(trace.to("text", width=WIDTH))
print("""\
Here is all of it on one page, layer by layer:
""")
print(trace.summary(digits=6).to("text", width=WIDTH))

after = trace.row("E⁺").value
before = trace.row("E").value
print(f"""\
One step with η = {trace.learning_rate.value} has lowered the loss by {100 * (before - after) / before:.1f} percent. This example has one
weakness: since all weights are equal, j1 and j2 compute the same numbers and
stay alike forever. A program that mixes them up, or takes a weight from the
wrong place, shows the same numbers too. To test a program, take a network whose
weights all differ, as in chapter 3.

The whole step is four lines at the top of purenet/network.py. Read
`Network.forward`, `Network.backward` and `Network.update` there now.""")
