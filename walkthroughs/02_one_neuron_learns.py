"""Chapter 2. One neuron learns: δ, ∇w and η."""

import sys

from purenet import Layer, Network, Neuron, Sigmoid, trace_step

sys.stdout.reconfigure(encoding="utf-8")  # for terminals that are set to another encoding
WIDTH = 80
TARGET = 1.0
LEARNING_RATE = 0.5

network = Network([Layer([Neuron(weights=[0.5, -0.25], bias=0.125, activation=Sigmoid())])])
inputs = [1.0, 2.0]
trace = trace_step(network, inputs, [TARGET], LEARNING_RATE)

print(f"""\
Chapter 2. One neuron learns
============================

The output of the neuron of chapter 1 is {trace.row("y_j1").value:.4f} for the inputs {inputs[0]} and {inputs[1]}.
Suppose we want {TARGET} instead: that is the target, t_j1. How wrong is the output?
One number says so, the loss E. Here it is half the squared difference. The
tables go on where those of chapter 1 ended, with step 4:
""")
print(trace.to("text", steps=[4], width=WIDTH))

print("""\
To learn is to change the weights so that E becomes smaller. For each weight we
need to know one thing: if we turn it up a little, does E rise or fall, and how
fast? That is the slope of E with respect to this weight, its gradient ∇w.

We find it in two stages. First comes the slope of E with respect to the net
input x_j1. It is called delta, δ_j1. A small change of x_j1 changes y_j1 by
f′(x_j1) times as much, and that changes E by ∂E/∂y_j1 times as much again. So δ
is the product:
""")
print(trace.to("text", steps=[5], width=WIDTH))

print("""\
It is negative: E falls when x_j1 rises. Indeed, we want a larger output.

Second, we go from the net input to the weight. x_j1 contains the term
w_i1j1·y_i1: turn the weight up a little, and x_j1 changes y_i1 times as much.
So each gradient is δ_j1 times the number that came in through the weight. The
bias counts as a weight on an input that is always 1:
""")
print(trace.to("text", steps=[6], width=WIDTH))

print("""\
Is this true? Try it: nudge a weight by h in both directions, run the neuron,
and see how much E differs. This needs only the forward pass.
""")

h = 1e-5
neuron = network.layers[0].neurons[0]
for i in range(2):
    weight = neuron.weights[i]
    losses = []
    for nudged in (weight + h, weight - h):
        neuron.weights[i] = nudged
        losses.append(network.loss.value(network.forward(inputs), [TARGET]))
    neuron.weights[i] = weight
    slope = (losses[0] - losses[1]) / (2 * h)
    gradient = trace.row(f"∇w_i{i + 1}j1").value
    line = f"    (E(w_i{i + 1}j1 + h) − E(w_i{i + 1}j1 − h)) / 2h = {slope:.7f}    ∇w_i{i + 1}j1 = {gradient:.7f}"
    print(line.replace("= -", "= −"))

print(f"""
Now each weight moves against its slope, because E grows uphill. The learning
rate η says how far; here it is {LEARNING_RATE}:
""")
print(trace.to("text", steps=[7], width=WIDTH))
print("""\
Step 8 runs the neuron again with the new weights, and E has become smaller:
""")
print(trace.to("text", steps=[9], width=WIDTH))

print("""\
That was one step. Training is nothing but this, again and again. After more
steps of the same kind:
""")
done = 0
for steps in (1, 10, 100, 1000):
    while done < steps:
        network.reset_gradients()
        network.forward(inputs)
        network.backward([TARGET])
        network.update(LEARNING_RATE)
        done += 1
    output = network.forward(inputs)[0]
    print(f"    {done:5} steps  y_j1 = {output:.6f}    E = {network.loss.value([output], [TARGET]):.6f}")

print("""
The output creeps towards 1 and never gets there: the sigmoid reaches 1 only at
infinity, and its slope f′ = y·(1 − y), a factor of δ, becomes smaller and
smaller on the way. A neuron far out on its sigmoid learns slowly.

Read `Neuron.backward`, `Neuron.accumulate_gradients` and `Neuron.update` in
purenet/neuron.py now: they are the three formulas of this chapter.""")
