"""The text of a Python function that does the steps of a training, its weights being variables. Read statements.py first.

What a step computes and uses once is written where it is used, so that little is stored in variables.
"""

import copy
from contextlib import contextmanager

from purenet.arithmetic.expression import Expression, is_constant
from purenet.arithmetic.notation import Symbol
from purenet.code.languages import ATOM, ExactWriter, Python
from purenet.code.statements import FormulaProgram, Statement, Statements
from purenet.errors import NetworkError
from purenet.trace.branches import on_every_branch
from purenet.trace.ifs import named_parts
from purenet.trace.program import Training, quantities_of_training
from purenet.trace.unknown import COMPARISONS, Unknown, key, quantities
from purenet.training import is_right

FAULTS = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
KEPT = ("memories", "steps", "recording")  # of a descent, other than its settings
LANGUAGE = Python()
NOT_A_NUMBER = Expression(float("nan"))  # the loss where an activation or a loss refuses its numbers


class Source:
    """The steps of a training with mini-batches of so many examples."""

    def __init__(self, network, descent, gradient, size):
        """Take a network of floats, a descent that has its memory, "mean" or "sum", and a number of examples."""
        check_floats(network)
        self.network, self.descent, self.examples = network, descent, range(1, size + 1)
        self.notes, self.steps = Statements(), Unknown(Symbol("steps"))
        with in_words():
            training = self.recorded(gradient)
        statements = [item for item in self.notes.list if isinstance(item, Statement)]
        self.settings = [item for item in statements if item.quantity.layer is None and item.quantity.step == 0]
        self.statements = [item for item in statements if isinstance(item.formula, Expression)]
        self.names = {}  # of variables, by printed symbols, where they differ
        self.pairs = []  # of a variable before a step, and what it is after the step
        self.share_settings()
        if not descent.is_plain:
            self.count_steps(training.descent.steps)
        self.add_results()

    def recorded(self, gradient):
        """Return a training of one step, recorded on unknown numbers."""
        network, descent = copy.deepcopy(self.network), copy.deepcopy(self.descent)
        training = Training(network, [new_batch(network, len(self.examples))], descent, gradient)
        self.quantities = quantities_of_training(training)
        descent.steps = self.steps
        program = FormulaProgram(self.notes)
        program.recording(training, self.notes, self.quantities).run()
        self.checks = {key(check): check for check in program.checks}.values()
        if others(descent) != others(self.descent):
            raise NetworkError("the descent changes more than its memories and its steps")
        return training

    def count_steps(self, steps):
        """Let the number of steps be a variable; `steps` is what it is after a step."""
        after = self.steps.symbol.updated
        formula = Unknown(None, steps.operation, steps.operands)
        steps.symbol, steps.operation, steps.operands = after, None, ()
        self.statements.insert(0, Statement(steps, formula, None))
        self.pairs.append((self.steps, steps))

    def share_settings(self):
        """Compute once what many formulas make of settings and steps alone, such as 1 − β₁ᵗ."""
        fixed = {id(self.steps), *(id(item.number) for item in self.settings)}
        shared, found = {}, []

        def visit(part):
            if part.symbol is not None or not part.operands:
                return
            if quantities(part) and quantities(part) <= fixed:
                which = key(part)
                if which not in shared:
                    shared[which] = Symbol("setting", str(len(shared) + 1))
                    number = Unknown(shared[which])
                    found.append(Statement(number, Unknown(None, part.operation, part.operands), None))
                part.symbol, part.operation, part.operands = shared[which], None, ()
            for operand in part.operands:
                visit(operand)

        for statement in self.statements:
            visit(statement.formula)
        self.statements[:0] = found

    def numbers(self, kind, layer, step=1, example=None):
        """Return the numbers of a kind in a list, with None for a bias that there is not; none of what there is not."""
        quantity = self.quantities.at[step, example].get((kind, layer))
        if quantity is None:
            return []
        return [self.notes.named.get(quantity.symbol(place).text) for place in range(quantity.size)]

    def add_results(self):
        """Add the formulas of the loss and of the number of right outputs so far."""
        last, total = len(self.network.layers) - 1, 0
        loss, right = Unknown(Symbol("loss")), Unknown(Symbol("right"))
        count = right
        for example in self.examples:
            total += self.numbers("loss", None, 1, example)[0]
            count += rightness(self.numbers("output", last, 1, example), self.numbers("targets", last, 1, example))
        loss_so_far = loss
        for check in self.checks:
            loss_so_far = Unknown(None, "if", (check, loss_so_far, NOT_A_NUMBER))
        for before, formula in ((loss, loss_so_far + total), (right, count)):
            after = Unknown(before.symbol.updated)
            self.statements.append(Statement(after, formula, None))
            self.pairs.append((before, after))

    def text(self):
        """Return the text of the function `steps`, of neurons, a descent, mini-batches, a loss and a number to add to."""
        first, last = self.state()
        self.simplify()
        steps = [f"{self.name(number)} = {self.formula(formula)}" for number, formula, _ in self.statements]
        steps += [f"{self.name(old)} = {self.name(new)}" for old, new in self.pairs if self.name(old) != self.name(new)]
        examples = ", ".join(map(self.example, self.examples))
        lines = ["def steps(neurons, descent, batches, loss, right):"]
        lines += [f"    {line}" for line in first]
        lines += [f"    for ({examples},) in batches:", *(f"        {line}" for line in steps)]
        lines += ["    if not loss < inf:", "        return None"]
        return "\n".join([*lines, *(f"    {line}" for line in last), "    return loss, right", ""])

    def state(self):
        """Return the lines that read the variables from the network and the descent, and those that write them back."""
        first = [f"if {self.changed()}:", "    return None"] if self.changed() else []
        first += [f"{self.name(item.number)} = descent.{item.quantity.kind}" for item in self.settings]
        last, n = [], 0
        if not self.descent.is_plain:
            first.append("steps = descent.steps")
            last.append("descent.steps = int(steps)")
        for layer, neurons in enumerate(layer.neurons for layer in self.network.layers):
            for place, neuron in enumerate(neurons):
                for where, these, before, after in self.variables(layer, place, neuron, n):
                    self.pairs += zip(before or after, after)
                    first += [f"{self.row(before)} = {where}{these if these != '[:]' else ''}"] if before else []
                    last += [f"{where}{these} = {self.row(before or after)}"] if after else []
                if neuron.bias is not None:
                    before, after = (self.numbers("biases", layer, step)[place] for step in (0, 1))
                    self.pairs.append((before, after))
                    first.append(f"{self.name(before)} = neurons[{n}].bias")
                    last.append(f"neurons[{n}].bias = {self.name(before)}")
                n += 1
        return first, last

    def changed(self):
        """Return the condition that a setting that is 0 is it no longer, or the other way round: then formulas are others."""
        settings = {name: value for name, value in vars(self.descent).items() if type(value) in (bool, int, float)}
        return " or ".join(
            f"descent.{name} {'!=' if value == 0 else '=='} 0"
            for name, value in settings.items()
            if name not in (*KEPT, "learning_rate")
        )

    def variables(self, layer, place, neuron, n):
        """Yield the lists of a neuron, the nth of the network: where, which numbers, and these before and after a step."""
        fan_in, has_bias = len(neuron.weights), neuron.bias is not None
        of_weights, of_bias = (
            slice(place * fan_in, (place + 1) * fan_in),
            slice(place, place + 1 if has_bias else place),
        )

        def both(kind, which):
            return [self.numbers(kind, layer, step)[which] for step in (0, 1)]

        yield (f"neurons[{n}].weights", "[:]", *both("weights", of_weights))
        for kind in self.quantities.memories:
            weights, biases = both(f"weight_{kind}", of_weights), both(f"bias_{kind}", of_bias)
            these = "[:]" if has_bias else "[:-1]"
            yield (f"descent.memories['{kind}'][{n}]", these, *(one + other for one, other in zip(weights, biases)))

    def row(self, numbers):
        return f"[{', '.join(map(self.name, numbers))}]"

    def example(self, example):
        """Return the variables of an example."""
        last = len(self.network.layers) - 1
        inputs, targets = (self.numbers(*which, 1, example) for which in (("output", -1), ("targets", last)))
        return f"({self.row(inputs)}, {self.row(targets)})"

    def name(self, number):
        return self.names.get(number.symbol.text) or LANGUAGE.symbol(number.symbol)

    def formula(self, formula):
        text, _ = StepWriter(LANGUAGE, None, self.name).write(formula)
        return text

    def simplify(self):
        """Leave out what nobody uses, and write what is used once where it is used."""
        results = {after.symbol.text for _, after in self.pairs}
        users, kept = {}, []  # of each number, by its symbol, the operands that it is
        for statement in reversed(self.statements):
            number, formula, _ = statement
            found = users.get(number.symbol.text, [])
            if number.symbol.text in results or (len(found) > 1 and formula.operands):
                kept.append(statement)
                found = [formula]
            else:
                for operand in found:
                    put_in_place(operand, formula)
            for part in (part for operand in found for part in named_parts(operand)):
                users.setdefault(part.symbol.text, []).append(part)
        self.statements = kept[::-1]
        self.move_in_place()

    def move_in_place(self):
        """Let a variable take its new value at once, unless its old one is used later."""
        last_use, made = {}, {}
        for n, (number, formula, _) in enumerate(self.statements):
            made[number.symbol.text] = n
            last_use.update((part.symbol.text, n) for part in named_parts(formula))
        for before, after in self.pairs:
            old, new = before.symbol.text, after.symbol.text
            if new in made and last_use.get(old, -1) <= made[new]:
                self.names[new] = self.name(before)


class StepWriter(ExactWriter):
    """Writes a formula of a step: 1 · a as a, and the 0 in 0 + a as 0.0, because CPython adds two floats faster.

    A 0 that is multiplied, or that a branch gives, stays an int: 0 · (−1) would be another zero.
    """

    def terms(self, part):
        terms = super().terms(part)
        if part.operation in ("+", "-"):
            return [(sign, in_float(term)) for sign, term in terms]
        return [in_float(term) for term in terms] if part.operation in ("/", *COMPARISONS) else terms

    def product(self, left, right):
        if is_constant(left, 1):
            return self.write(right)
        return super().product(left, right)

    def choice(self, condition, yes, no):
        if getattr(yes, "value", None) is True and no.value is False:
            return self.write(condition)
        return super().choice(condition, yes, no)

    def rightness(self, *numbers):
        half = len(numbers) // 2
        outputs, targets = (", ".join(map(self.text, part)) for part in (numbers[:half], numbers[half:]))
        return f"is_right(({outputs}), ({targets}))", ATOM

    rules = {**ExactWriter.rules, "*": product, "if": choice, "is_right": rightness}


def in_float(part):
    """Return a constant of a formula that is an int as a float."""
    return Expression(float(part.value)) if part.symbol is None and type(part.value) is int else part


def rightness(outputs, targets):
    """Return a formula that is 1 where the outputs are right."""
    if len(outputs) > 1:
        return Unknown(None, "is_right", (*outputs, *targets))
    return on_every_branch(lambda y, t: is_right([y], [t]), *outputs, *targets)


def put_in_place(operand, formula):
    """Let an operand be a formula, or have the name of another number."""
    operand.operation, operand.operands, operand.symbol = formula.operation, formula.operands, formula.symbol
    operand.value = formula.value


@contextmanager
def in_words():
    """Say in a sentence that a training cannot be compiled."""
    try:
        yield
    except NetworkError as error:
        raise NetworkError(f"this training cannot be compiled: {error}") from None
    except FAULTS as error:
        raise NetworkError(f"this training cannot be compiled: {type(error).__name__}: {error}") from None


def others(descent):
    """Return what a descent has besides its settings and what it is known to remember, as a text."""
    known = (*KEPT, *descent.settings)
    return repr({name: value for name, value in vars(descent).items() if name not in known})


def new_batch(network, size):
    """Return a mini-batch of so many examples, whose numbers do not matter."""
    inputs, outputs = len(network.layers[0].neurons[0].weights), len(network.layers[-1].neurons)
    return [([0.0] * inputs, [0.0] * outputs) for _ in range(size)]


def check_floats(network):
    """Raise NetworkError unless all weights and biases are floats."""
    for neuron in network.neurons():
        for number in [*neuron.weights, *([] if neuron.bias is None else [neuron.bias])]:
            if type(number) is not float:
                raise NetworkError(
                    f"this training cannot be compiled: neuron {neuron.name} has other weights than floats"
                )
