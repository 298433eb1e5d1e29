"""Right ways to compute a cross-entropy in one step, which differ from the others only where something else is wrong.

Softmax or the sigmoid and its cross-entropy are one formula: most programs take δ = y − t, a convention of the catalogue,
and many the loss from the net inputs. A mistake in such a program shows in other numbers.
"""

from purenet.golden.mistakes import CATALOGUE
from purenet.golden.mistakes.mistake import mistake

OF_DELTA = CATALOGUE["convention-output-shortcut"]
OF_LOSS = mistake(
    "loss-of-net-inputs",
    "The loss of a cross-entropy is computed from the net inputs, where no logarithm can be that of 0.",
    "E = Σ_k t_k·(ln(Σ_m e^(x_m − max)) − (x_k − max))",
    "E = −Σ_k t_k·ln(y_k)",
    """
     def loss_of_example(n):
    +    if "entropy" in loss:
    +        return loss_of_net_inputs([x[last, n, k] for k in neurons[last]], [t[n, k] for k in neurons[last]])

    +def loss_of_net_inputs(xs, targets):
    +    total = 0
    +    if loss == "cross-entropy":
    +        power_sum, largest = 0, max(xs)
    +        for x in xs:
    +            power_sum += exp(x - largest)
    +        for x, target in zip(xs, targets):
    +            total += target * (log(power_sum) - (x - largest))
    +        return total
    +    for x, target in zip(xs, targets):
    +        total += log(1 + exp(-x if x > 0 else x))
    +        total += (1 - target) * x if x > 0 else -target * x
    +    return total
    +
    +
     def loss_term(y, t):
    """,
)
WAYS = ((), (OF_DELTA,), (OF_DELTA, OF_LOSS))  # what a program may do that trains one of
PAIRS = {("cross-entropy", "softmax"), ("binary cross-entropy", "sigmoid")}


def ways_of(network_data):
    """Return the ways in which a right program may compute the loss and the last deltas of a network."""
    last = {activation.name for _, _, activation in network_data.layers[-1]}
    return WAYS if {(network_data.loss.name, name) for name in last} <= PAIRS else WAYS[:1]
