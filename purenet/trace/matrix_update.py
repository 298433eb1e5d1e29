"""The update of weights and biases in matrices: plain, with momentum, and with weight decay. Read descent.py first.

A descent with another rule for its weights has no equation here yet: its numbers are shown with the rule of the trace.
"""

from purenet.descent import GradientDescent
from purenet.trace.entrywise import joined
from purenet.trace.matrix import Equation, Operand

ENTRYWISE = "All of it goes entry by entry, each weight for itself, so there is nothing to transpose or to multiply."


def update_equations(layer):
    """Return the equations of the update of a layer, a sentence about them, and a rule, "" where the equations say it."""
    descent = layer.step.trace.descent
    if not moves_as_gradient_descent(descent):
        return given_equations(layer), f"{ENTRYWISE} The rule for each weight:", rule_of(layer)
    has_velocity = descent.momentum or descent.weight_decay
    equations = velocity_equations(layer) if has_velocity else plain_equations(layer)
    return equations, ENTRYWISE, ""


def moves_as_gradient_descent(descent):
    """Return whether a descent has no rule of its own for a weight."""
    methods = [(getattr(type(descent), name, None), getattr(GradientDescent, name, None)) for name in ("move", "moved")]
    return all(own is theirs for own, theirs in methods) and not getattr(descent, "nesterov", False)


def kinds(layer):
    """Return the kinds of weights and of biases, pairs with those of their gradients and velocities."""
    found = [("weights", "weight_gradients", "weight_velocities")]
    return found + [("biases", "bias_gradients", "bias_velocities")] * layer.has_biases


def is_frozen(layer, kind):
    return kind == "biases" and getattr(layer.step.trace.descent, "frozen", False)


def operand(matrix):
    return Operand(matrix, "entry")


def plain_equations(layer):
    """Return W⁺ = W − η·∇W, and the same for biases; one that is not trained stays as it is."""
    equations = []
    for kind, gradient, _ in kinds(layer):
        right = [operand(layer.parameter(kind))]
        if not is_frozen(layer, kind):
            right += [" − ", layer.step.setting("η"), "·", operand(layer.parameter_gradient(gradient))]
        equations.append(Equation(layer.parameter(kind, after=True), right))
    return equations


def velocity_equations(layer):
    """Return V⁺ = μ·V − η·(∇W + λ·W), W⁺ = W + V⁺, and the same for biases, which do not decay."""
    step, equations = layer.step, []
    descent = step.trace.descent
    for kind, gradient, velocity in kinds(layer):
        before, new = layer.parameter(kind), layer.parameter(kind, after=True)
        if is_frozen(layer, kind):
            equations.append(Equation(new, [operand(before)]))
            continue
        slope = [operand(layer.parameter_gradient(gradient))]
        if descent.weight_decay and kind == "weights":
            slope = ["(", *slope, " + ", step.setting("λ"), "·", operand(before), ")"]
        kept = [step.setting("μ"), "·", operand(layer.parameter(velocity)), " − "] if descent.momentum else ["−"]
        velocities = layer.parameter(velocity, after=True)
        equations.append(Equation(velocities, joined([*kept, step.setting("η"), "·", *slope])))
        equations.append(Equation(new, [operand(before), " + ", operand(velocities)]))
    return equations


def given_equations(layer):
    """Return the new weights and biases as matrices alone."""
    return [Equation(layer.parameter(kind, after=True), []) for kind, *_ in kinds(layer)]


def rule_of(layer):
    """Return the rule of the update as the trace says it."""
    step = layer.step
    place = next(place for place in step.trace.places if (place.step, place.example) == (step.step, None))
    return place.layers[layer.number].update_step()[4]
