"""A training as a list of statements: the core runs on unknown numbers, and each number that it keeps is a statement.

Read trace/unknown.py and trace/branches.py first, and trace/recording.py, which hands the numbers to `Statements`.
"""

from collections import namedtuple

from purenet.arithmetic.expression import Expression, expression
from purenet.arithmetic.notation import Symbol
from purenet.softmax import SoftmaxLayer
from purenet.trace.branches import BranchingSoftmax, compute_on_every_branch, largest_of
from purenet.trace.in_front import put_in_front
from purenet.trace.notes import is_same
from purenet.trace.program import Program
from purenet.trace.unknown import Unknown

# `number` is an Unknown with a symbol, and `formula` what it is; `quantity` is that of purenet it is or is a part of
Statement = namedtuple("Statement", "number formula quantity")
Report = namedtuple("Report", "quantity numbers")  # says that all numbers of a quantity are computed


class Setting(Unknown):
    """A setting of a training: its value is known, because whether it is 0 decides what is computed."""

    def __init__(self, symbol, value):
        super().__init__(symbol)
        self.value = value

    __lt__, __le__, __gt__ = Expression.__lt__, Expression.__le__, Expression.__gt__
    __ge__, __eq__ = Expression.__ge__, Expression.__eq__

    def __ne__(self, other):
        return not self == other


class FormulaProgram(Program):
    """The core's way to train, with all branches of its activations and its loss; `checks` are those of branches.py."""

    def __init__(self, statements):
        self.statements, self.checks = statements, []

    def change(self, network):
        super().change(network)
        compute_on_every_branch(network, self.checks)
        for layer in network.layers:
            if isinstance(layer, SoftmaxLayer):
                put_in_front(layer.softmax, NamedSoftmax)
                layer.softmax.named = self.statements.name_part


class NamedSoftmax(BranchingSoftmax):
    """Put in front of softmax: its outputs for unknown net inputs, whose parts get names by the function `named`."""

    def values(self, net_inputs):
        largest, far = largest_of(net_inputs)
        layer = net_inputs[0].symbol.kind
        self.named(largest, layer.of("largest"))
        shift = Unknown(None, "if", (far, largest, expression(0)))
        self.named(shift, layer.of("shift"))
        outputs = self.shares([x - shift for x in net_inputs])
        for x, output in zip(net_inputs, outputs):
            self.named(output.operands[0], x.symbol.of("power"))
        self.named(outputs[0].operands[1], layer.of("total"))
        return outputs


class Statements:
    """A note-taker: `list` holds statements and reports in order of computation."""

    def __init__(self):
        self.list = []
        self.named = {}  # from printed symbols to numbers
        self.numbers = {}  # from names of quantities to numbers by place
        self.users = {}  # from the ids of parts of formulas to the first statement that uses them
        self.parts = 0
        self.now = None

    def given(self, value, quantity, place):
        """Return an unknown number in the place of a given one."""
        symbol = quantity.symbol(place)
        return self.add(Setting(symbol, value) if quantity.layer is None else Unknown(symbol), value, quantity)

    def note(self, value, quantity, place):
        """Return a computed number as one with a name."""
        self.now = quantity
        symbol, formula = quantity.symbol(place), expression(value)
        number = self.named.get(symbol.text)
        if number is None or not is_same(formula, number):
            self.name_parts(formula)
            number = self.add(Unknown(symbol), formula, quantity)
        self.count(quantity, place, number)
        return number

    def count(self, quantity, place, number):
        numbers = self.numbers.setdefault(quantity.name, {})
        numbers[place] = number
        if len(numbers) == quantity.size:
            self.list.append(Report(quantity, [numbers[place] for place in range(quantity.size)]))

    def add(self, number, formula, quantity):
        """Add a statement, and return its number."""
        statement = Statement(number, formula, quantity)
        self.list.append(statement)
        self.named[number.symbol.text] = number
        for part in parts(formula):
            self.users.setdefault(id(part), statement)
        return number

    def name_parts(self, formula):
        """Give names to the parts of a formula that it computes in any case, and uses more than once."""
        for part in used_again(formula):
            self.parts += 1
            self.name_part(part, Symbol("part", str(self.parts)))

    def name_part(self, part, symbol):
        """Give a part of formulas a name, in place, before the first statement that uses it."""
        if part.operands:
            user = self.users.get(id(part))
            copy = Unknown(None, part.operation, part.operands)
            part.symbol, part.operation, part.operands = symbol, None, ()
            self.add(part, copy, self.now)
            if user is not None:
                place = next(n for n, item in enumerate(self.list) if item is user)
                self.list.insert(place, self.list.pop())


def parts(formula):
    """Return the parts of a formula that are operations; a given number has none."""
    found, waiting = [], [formula] if isinstance(formula, Expression) else []
    while waiting:
        part = waiting.pop()
        if part.operands:
            found.append(part)
            waiting.extend(part.operands)
    return found


def used_again(formula):
    """Return the parts that a formula computes in any case and uses more than once, each after those in it."""
    uses, order = {}, []

    def visit(part):
        uses[id(part)] = uses.get(id(part), 0) + 1
        if uses[id(part)] == 1:
            for operand in part.operands:
                visit(operand)
            order.append(part)

    visit(formula)
    again = [part for part in order if uses[id(part)] > 1 and part.operands]
    always = computed_always(formula) if again else {}
    return [part for part in again if id(part) in always]


def computed_always(part):
    """Return the ids of the parts of a formula that are computed whatever its conditions say."""
    if part.operation == "if":
        condition, yes, no = map(computed_always, part.operands)
        return {id(part)} | condition | (yes & no)
    return {id(part)}.union(*map(computed_always, part.operands))
