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

A person who computes by hand rounds what is written down, and goes on with the
rounded number. That is why the published gradient {trace.row("∇w_j1k1").published} differs from the
{trace.row("∇w_j1k1").value} of a computer: the first is {trace.row("∇w_j1k1").numbers}, with both
factors rounded beforehand. Neither is wrong. Both stand below, side by side:
where rounding changed a number by hand, it says ≈, elsewhere =.

You can do it yourself with pencil and paper. Cover the column on the right,
work out a step, then look.
""")
print(trace.to("text", width=WIDTH))
print("""\
All of it on one page, layer by layer:
""")
print(trace.summary(digits=6).to("text", width=WIDTH))

after = trace.row("E⁺").value
before = trace.row("E").value
print(f"""\
One step with η = {trace.learning_rate.value} has lowered the loss by {100 * (before - after) / before:.1f} percent. This example has one
weakness: since all weights are equal, j1 and j2 compute the same and stay the
same forever, and a program that mixes them up, or takes a weight from the
wrong place, shows the same numbers. To test a program, take a network whose
weights all differ, as in chapter 3.""")
