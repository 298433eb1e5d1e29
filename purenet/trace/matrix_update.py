"""The update of weights and biases in matrices, for each descent. Read descent.py first.

Another descent gets a function here and a line in `RULES`. Until then, its numbers are shown with the rule of the trace.
"""

from purenet.descent import Adam, GradientDescent
from purenet.trace.entrywise import joined
from purenet.trace.matrix import Equation, Operand

ENTRYWISE = "All of it goes entry by entry, each weight for itself, so there is no product of matrices."


def update_equations(layer):
    """Return the equations of the update of a layer, a sentence about them, and a rule, "" where the equations say it."""
    descent = layer.step.trace.descent
    rule = RULES.get(getattr(type(descent), "moved", None))
    if rule is None:
        equations = [Equation(layer.parameter(kind, after=True), []) for kind in kinds(layer)]
        return equations, f"{ENTRYWISE} The rule for each weight:", rule_of(layer)
    words = ENTRYWISE
    if rule is adam_equations:
        words += f" t counts the training steps: here it is {layer.step.step}."
    equations = [equation for kind in kinds(layer) for equation in of_kind(layer, kind, rule)]
    return equations, words, ""


def kinds(layer):
    """Return "weights" and, where the layer has them, "biases"."""
    return ["weights"] + ["biases"] * layer.has_biases


def of_kind(layer, kind, rule):
    """Return the equations of the weights or the biases; those that are not trained stay as they are."""
    descent, before = layer.step.trace.descent, operand(layer.parameter(kind))
    if kind == "biases" and getattr(descent, "frozen", False):
        return [Equation(layer.parameter(kind, after=True), [before])]
    return rule(Moved(layer, kind, descent))


class Moved:
    """The matrices of an update of weights or of biases: before it, after it, the gradients, and what is remembered."""

    def __init__(self, layer, kind, descent):
        self.layer, self.descent = layer, descent
        self.one = {"weights": "weight", "biases": "bias"}[kind]
        self.before, self.new = operand(layer.parameter(kind)), layer.parameter(kind, after=True)
        self.gradient = operand(layer.parameter_gradient(f"{self.one}_gradients"))
        self.decays = bool(descent.weight_decay) and kind == "weights"

    def memory(self, kind, after=False):
        return self.layer.parameter(f"{self.one}_{kind}", after)

    def setting(self, symbol):
        return self.layer.step.setting(symbol)

    def slope(self):
        """Return ∇W, or (∇W + λ·W) where weights decay by way of their gradients; biases do not decay."""
        if self.decays and not self.descent.decoupled:
            return ["(", self.gradient, " + ", self.setting("λ"), "·", self.before, ")"]
        return [self.gradient]


def operand(matrix):
    return Operand(matrix, "entry")


def gradient_equations(moved):
    """Return W⁺ = W − η·∇W, or V⁺ = μ·V − η·(∇W + λ·W) and W⁺ = W + V⁺; that of Nesterov looks ahead."""
    descent, slope = moved.descent, moved.slope()
    step = [" − ", moved.setting("η"), "·", *slope]
    if descent.is_plain:
        return [Equation(moved.new, [moved.before, *step])]
    kept = (
        [moved.setting("μ"), "·", operand(moved.memory("velocities")), *step] if descent.momentum else ["−", *step[1:]]
    )
    velocities = moved.memory("velocities", after=True)
    by = [" + ", operand(velocities)]
    if descent.nesterov:
        by = [" + ", moved.setting("μ"), "·", operand(velocities), *step]
    return [Equation(velocities, joined(kept)), Equation(moved.new, joined([moved.before, *by]))]


def adam_equations(moved):
    """Return the equations of both moments, of both corrected, and of the new weights."""
    equations, corrected = [], []
    for kind, beta, square in (("first_moments", "β₁", ""), ("second_moments", "β₂", "²")):
        rate, moments = moved.setting(beta), moved.memory(kind, after=True)
        share = [" + (1 − ", rate, ")·", *moved.slope(), square]
        equations.append(Equation(moments, joined([rate, "·", operand(moved.memory(kind)), *share])))
        hat = moved.memory(f"corrected_{kind}", after=True)
        corrected.append(Equation(hat, [operand(moments), " / (1 − ", rate, "ᵗ)"]))
    m, v = (operand(equation.left) for equation in corrected)
    rate = moved.setting("η")
    decay = (
        [" − ", rate, "·", moved.setting("λ"), "·", moved.before] if moved.decays and moved.descent.decoupled else []
    )
    step = [" − ", rate, "·", m, " / (sqrt(", v, ") + ", moved.setting("ε"), ")"]
    return [*equations, *corrected, Equation(moved.new, joined([moved.before, *decay, *step]))]


def rule_of(layer):
    """Return the rule of the update as the trace says it."""
    step = layer.step
    place = next(place for place in step.trace.places if (place.step, place.example) == (step.step, None))
    return place.layers[layer.number].update_step()[4]


RULES = {GradientDescent.moved: gradient_equations, Adam.moved: adam_equations}  # by how a descent moves a weight
