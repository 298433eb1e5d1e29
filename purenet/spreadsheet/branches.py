"""What an activation or a loss computes on every branch of its ifs, as one formula, so that a cell can decide again.

A function of expressions decides by their values, and its result remembers the branch that was taken. `on_every_branch`
calls it again with numbers that have no value and puts each comparison to both answers. What the branches have in
common is written once: a sum whose terms depend on a comparison each has a condition in each term, not twice as many
formulas for each. A branch on which the function refuses its numbers is left out.

>>> from purenet.activations import ReLU
>>> from purenet.arithmetic.notation import Symbol
>>> output = on_every_branch(ReLU().value, Expression(-2.0, Symbol("x", "j1")))
>>> output.value, output.tree.operation, [part.operation or part.symbol or part.value for part in output.tree.operands]
(0, 'if', ['>', Symbol('x_j1'), 0])
"""

from contextvars import ContextVar

from purenet.arithmetic.expression import Expression, expression, is_constant
from purenet.errors import NetworkError
from purenet.trace.in_front import put_in_front

COMPARISONS = ("<", "<=", ">", ">=", "==", "!=")
MOST_RUNS = 3000  # of one function, on all paths through its branches: a binary cross-entropy of four outputs
PATH = ContextVar("path")  # the Path that is followed


class Branched(Expression):
    """A result of a function with branches: in all it is that of the branch taken, and `tree` is that of all branches.

    In a tree, the operation "if" has three operands: a comparison, and the results where it holds and where it does not.
    """

    __slots__ = ("tree",)


def on_every_branch(function, *arguments):
    """Return the result of a function of expressions, one or a list, each that depends on a branch as a `Branched`."""
    results, trees = function(*arguments), Branches(function, arguments).tree()
    if isinstance(results, list):
        return [branched(result, tree) for result, tree in zip(results, trees)]
    return branched(results, trees)


def branched(result, tree):
    """Return a result as a `Branched` with a tree, or as it is if its tree has no branches."""
    if not has_branches(tree):
        return result
    taken = expression(result)
    whole = Branched(taken.value, taken.symbol, taken.operation, taken.operands)
    whole.tree = tree
    return whole


def has_branches(tree):
    """Return whether there is an `if` in the formula of a tree."""
    return tree.operation == "if" or (tree.symbol is None and any(map(has_branches, tree.operands)))


class Branches:
    """The branches of a function of some arguments; `leaves` finds for each argument without its value the expression."""

    def __init__(self, function, arguments):
        self.function = function
        self.leaves = {}
        self.arguments = [leaf(argument, self.leaves) for argument in arguments]
        self.runs = 0

    def tree(self, answers=()):
        """Return the tree of all paths that begin with some answers, or a list of trees; None if all are refused."""
        result, questions = self.run(answers)
        if len(questions) == len(answers):
            return result if result is None else plain(result, self.leaves)
        question = plain(questions[len(answers)], self.leaves)
        yes, no = self.tree((*answers, True)), self.tree((*answers, False))
        if yes is None or no is None:
            return no if yes is None else yes
        if isinstance(yes, list):
            return [merged(question, *pair) for pair in zip(yes, no)]
        return merged(question, yes, no)

    def run(self, answers):
        """Return the result of the function with some answers, None if it refuses its numbers, and all questions asked."""
        self.runs += 1
        if self.runs > MOST_RUNS:
            raise NetworkError("an activation or a loss has too many branches for a spreadsheet: take fewer outputs")
        path = Path(answers)
        reset = PATH.set(path)
        try:
            return self.function(*self.arguments), path.questions
        except NetworkError:
            return None, path.questions
        finally:
            PATH.reset(reset)


class Path:
    """The answers to the first questions of a function, in order; every later one is answered yes."""

    def __init__(self, answers):
        self.answers = answers
        self.questions = []

    def answer(self, question):
        for earlier, answer in zip(self.questions, self.answers):
            if is_same(earlier, question):
                return answer
        self.questions.append(question)
        return self.answers[len(self.questions) - 1] if len(self.questions) <= len(self.answers) else True


class Unknown:
    """The value of a number that has none: whatever is computed from it has none either."""

    def operate(self, *_):
        return self

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = operate
    __pow__ = __neg__ = __abs__ = exp = log = tanh = sqrt = operate


def closed(name):
    """Return a method of Expression whose result is a `Followed`."""
    operate = getattr(Expression, name)

    def method(self, *others):
        result = operate(self, *others)
        return Followed(result.value, None, result.operation, result.operands)

    return method


def asked(sign):
    """Return a comparison that the path answers."""
    return lambda self, other: PATH.get().answer(Expression(None, None, sign, (self, expression(other))))


class Followed(Expression):
    """An expression without a value on the path that is followed, which answers its comparisons."""

    __slots__ = ()
    __hash__ = None
    __lt__, __le__, __gt__, __ge__, __eq__, __ne__ = map(asked, COMPARISONS)
    __add__, __radd__, __sub__, __rsub__ = map(closed, ("__add__", "__radd__", "__sub__", "__rsub__"))
    __mul__, __rmul__, __truediv__, __rtruediv__ = map(closed, ("__mul__", "__rmul__", "__truediv__", "__rtruediv__"))
    __neg__, __abs__, __pow__ = map(closed, ("__neg__", "__abs__", "__pow__"))
    exp, log, tanh, sqrt = map(closed, ("exp", "log", "tanh", "sqrt"))


def leaf(argument, leaves):
    """Return an argument without its value; `leaves` finds the expression that it was."""
    if isinstance(argument, list):
        return [leaf(part, leaves) for part in argument]
    if not isinstance(argument, Expression):
        return argument
    followed = Followed(Unknown(), argument.symbol)
    leaves[id(followed)] = followed, argument  # both, so that no other object gets this id
    return followed


def plain(result, leaves, done=None):
    """Return a result with the expressions in place of the leaves: one object where there was one, as in a square."""
    if isinstance(result, list):
        return [plain(part, leaves) for part in result]
    if not isinstance(result, Expression):
        return Expression(result)
    if id(result) in leaves:
        return leaves[id(result)][1]
    done = {} if done is None else done
    if id(result) not in done:
        operands = tuple(plain(part, leaves, done) for part in result.operands)
        done[id(result)] = Expression(None if operands else result.value, result.symbol, result.operation, operands)
    return done[id(result)]


def merged(question, yes, no):
    """Return one tree of the results where a comparison holds and where it does not, with the `if` as far in as it can be."""
    if is_same(yes, no):
        return yes
    for more, less, sides in ((yes, no, lambda term: (term, Expression(0))), (no, yes, lambda t: (Expression(0), t))):
        if more.symbol is None and more.operation in ("+", "-") and is_same(more.operands[0], less):
            term = merged(question, *sides(more.operands[1]))
            return Expression(None, None, more.operation, (less, term))
        if more.operation == "negative" and is_constant(less, 0):  # −0
            return Expression(None, None, "negative", (merged(question, *sides(more.operands[0])),))
    if yes.symbol is no.symbol is None and yes.operation == no.operation and len(yes.operands) == len(no.operands):
        differing = [n for n, pair in enumerate(zip(yes.operands, no.operands)) if not is_same(*pair)]
        if len(differing) == 1 and yes.operation != "if":
            operands = list(yes.operands)
            operands[differing[0]] = merged(question, yes.operands[differing[0]], no.operands[differing[0]])
            return Expression(None, None, yes.operation, tuple(operands))
    return Expression(None, None, "if", (question, yes, no))


def is_same(left, right):
    """Return whether two trees are one formula."""
    if left is right:
        return True
    if left.symbol is not None or right.symbol is not None:
        return left.symbol == right.symbol
    if left.operation != right.operation or len(left.operands) != len(right.operands):
        return False
    return all(map(is_same, left.operands, right.operands)) if left.operands else is_constant_pair(left, right)


def is_constant_pair(left, right):
    """Return whether two parts without operands are the same constant; leaves without a symbol are not."""
    known = not isinstance(left.value, Unknown) and not isinstance(right.value, Unknown)
    return known and left.value == right.value


def compute_on_every_branch(network):
    """Let the activations and the loss of a network do so."""
    for neuron in network.neurons():
        kind = BranchingSoftmax if hasattr(neuron.activation, "values") else BranchingActivation
        put_in_front(neuron.activation, kind)
    put_in_front(network.loss, BranchingLoss)


class BranchingActivation:
    """Put in front of the class of an activation."""

    def value(self, x):
        return on_every_branch(super().value, x)

    def derivative(self, x, y):
        return on_every_branch(super().derivative, x, y)


class BranchingLoss:
    """Put in front of the class of a loss."""

    def value(self, outputs, targets):
        return on_every_branch(super().value, outputs, targets)

    def derivative(self, outputs, targets):
        return on_every_branch(super().derivative, outputs, targets)


class BranchingSoftmax:
    """Put in front of softmax.

    It asks whether any net input is above 700 or all are below −700: that is, whether the largest one is.
    """

    def values(self, net_inputs):
        outputs = super().values(net_inputs)
        largest = Expression(None, None, "max", tuple(map(expression, net_inputs)))
        far = Expression(None, None, ">", (Expression(None, None, "abs", (largest,)), Expression(700)))
        near_shares = shares([Expression(None, None, "exp", (x,)) for x in largest.operands])
        shifted = [Expression(None, None, "-", (x, largest)) for x in largest.operands]
        far_shares = shares([Expression(None, None, "exp", (x,)) for x in shifted])
        trees = [Expression(None, None, "if", (far, *pair)) for pair in zip(far_shares, near_shares)]
        return [branched(output, tree) for output, tree in zip(outputs, trees)]


def shares(powers):
    """Return the share of each power in their sum, as an Expression."""
    total = powers[0]
    for power in powers[1:]:
        total = Expression(None, None, "+", (total, power))
    return [Expression(None, None, "/", (power, total)) for power in powers]
