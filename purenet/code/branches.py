"""Branches: an activation or a loss is run again and again, until both answers to each of its comparisons were followed.

`x if x > 0 else 0` comes out as that, whatever x was: as an Expression with the operation "if" and three operands, the
condition and what holds if it is true and if it is not. Read unknown.py first.
"""

import operator
import random
from collections import namedtuple

from purenet.arithmetic.expression import expression
from purenet.code.unknown import Answers, Unknown, key
from purenet.errors import NetworkError
from purenet.softmax import Softmax

MOST = 64  # paths that are followed
VERIFIED = 50  # combinations of branches of several outputs that are tried
OPERATORS = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, "negative": operator.neg}
Branch = namedtuple("Branch", "condition yes no")  # both sides are branches again, or results
FAILED = "failed"  # the result of a path that raises an error
NOT_A_NUMBER = expression(float("nan"))  # in its place, where the numbers go on


class Followed:
    """What a function of unknown numbers computes, on all its paths: `tree` is a Branch, or the result alone.

    Comparisons that are not `mine`, a function of the condition, are answered with True.
    """

    def __init__(self, compute, mine=lambda condition: True):
        self.compute, self.mine, self.runs = compute, mine, 0
        self.tree = self.follow([])

    def follow(self, answers):
        """Return the tree of all paths that begin with some answers."""
        self.runs += 1
        if self.runs > MOST:
            raise NetworkError(f"an activation or a loss has more than {MOST} branches, too many to write as a formula")
        waiting = list(answers)
        result, asked = run(self.compute, lambda condition: not (self.mine(condition) and waiting) or waiting.pop(0))
        mine = [pair for pair in asked if self.mine(pair[0])]
        for n in range(len(mine) - 1, len(answers) - 1, -1):
            before = [yes for _, yes in mine[:n]]
            result = Branch(mine[n][0], result, self.follow([*before, False]))
        return result


def run(compute, decide):
    """Return what a function computes with some answers, or FAILED, and the list of conditions with their answers."""
    with Answers(decide) as answers:
        try:
            result = compute()
        except (NetworkError, ArithmeticError):
            result = FAILED
    return result, list(answers.asked.values())


def results(tree):
    """Return the results on all paths, those that fail left out."""
    if isinstance(tree, Branch):
        return results(tree.yes) + results(tree.no)
    return [] if tree is FAILED else [tree]


def mapped(tree, function):
    """Return the tree with a function of each result in its place."""
    if isinstance(tree, Branch):
        return Branch(tree.condition, mapped(tree.yes, function), mapped(tree.no, function))
    return tree if tree is FAILED else function(tree)


def joined(tree, keep_failures):
    """Return a tree as one expression, or FAILED; with `keep_failures` it is no number where a path fails."""
    if not isinstance(tree, Branch):
        return tree if tree is FAILED else expression(tree)
    yes, no = joined(tree.yes, keep_failures), joined(tree.no, keep_failures)
    if yes is FAILED or no is FAILED:
        if yes is no or not keep_failures:
            return no if yes is FAILED else yes
        yes, no = [NOT_A_NUMBER if side is FAILED else side for side in (yes, no)]
    return yes if key(yes) == key(no) else Unknown(None, "if", (tree.condition, yes, no))


class Formula:
    """In the place of an activation or a loss: the same, with all its branches."""

    def __init__(self, original, keep_failures=False):
        self.original, self.keep_failures = original, keep_failures
        self.name = original.name

    def number(self, compute):
        """Return what a function of unknown numbers computes, with all branches."""
        return self.one(Followed(compute).tree)

    def one(self, tree):
        found = joined(tree, self.keep_failures)
        if found is FAILED:
            raise NetworkError(f"{self.name} gives no number for any input")
        return found


class ActivationFormula(Formula):
    """In the place of an activation."""

    def value(self, x):
        return self.number(lambda: self.original.value(x))

    def derivative(self, x, y):
        return self.number(lambda: self.original.derivative(x, y))


class SoftmaxFormula(Formula):
    """In the place of softmax; `named` is a function that gives an expression a symbol.

    Softmax asks whether any net input is above 700 or all are below −700: that is, whether the largest one is.
    """

    def __init__(self, original, named):
        super().__init__(original)
        if type(original) is not Softmax:
            raise NetworkError("a softmax of one's own is not written as a formula")
        self.named = named

    def values(self, net_inputs):
        largest = Unknown(None, "max", tuple(net_inputs))
        layer = net_inputs[0].symbol.kind
        self.named(largest, layer.of("largest"))
        low = Unknown(None, "if", (Unknown(None, "<", (largest, expression(-700))), largest, expression(0)))
        shift = Unknown(None, "if", (Unknown(None, ">", (largest, expression(700))), largest, low))
        self.named(shift, layer.of("shift"))
        with Answers(lambda condition: False):
            outputs = self.original.values([x - shift for x in net_inputs])
        for x, output in zip(net_inputs, outputs):
            self.named(output.operands[0], x.symbol.of("power"))
        self.named(outputs[0].operands[1], layer.of("total"))
        return outputs

    def derivative(self, outputs, k, j):
        return self.original.derivative(outputs, k, j)


class LossFormula(Formula):
    """In the place of a loss. The branches of each output are followed by themselves, so that paths do not multiply."""

    def value(self, outputs, targets):
        def compute():
            return self.original.value(outputs, targets)

        if len(outputs) == 1:
            return self.number(compute)
        return Parts(self, compute, groups(outputs, targets)).joined()

    def derivative(self, outputs, targets):
        def compute():
            return self.original.derivative(outputs, targets)

        if len(outputs) == 1:
            trees = [Followed(compute).tree]
        else:
            trees = [Followed(compute, mine).tree for mine in groups(outputs, targets)]
        return [self.one(mapped(tree, lambda slopes, k=k: slopes[k])) for k, tree in enumerate(trees)]


def groups(outputs, targets):
    """Return for each output a function of a condition: whether it is one about this output or its target, and no other."""

    def about(k):
        own = {id(outputs[k]), id(targets[k])}
        return lambda condition: quantities(condition) <= own

    return [about(k) for k in range(len(outputs))]


def quantities(part):
    """Return the ids of the unknown quantities in a formula; a plain number has none."""
    found, waiting = set(), [part]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Unknown):
            waiting.extend(part.operands)
            if not part.operands:
                found.add(id(part))
    return found


class Parts:
    """The value of a loss, in which the branches of each output change one part of the sum.

    Each output's branches are followed while every other comparison is answered with True; the part that they change is
    then written with its branches wherever it occurs.
    """

    def __init__(self, formula, compute, groups):
        self.formula = formula
        self.compute = compute
        self.trees = [Followed(compute, mine).tree for mine in groups]
        whole, asked = run(compute, lambda condition: True)
        if whole is FAILED or any(not any(mine(condition) for mine in groups) for condition, _ in asked):
            self.refuse()
        self.whole = expression(whole)
        self.changed = {}  # from the key of a part to its tree
        self.checks = []
        self.made = {}
        for tree in self.trees:
            places = [expression(result) for result in results(tree)]
            if len(set(map(key, places))) == 1:
                self.checks.append(tree)
                continue
            path = []
            while (n := only_difference(places)) is not None:
                path.append(n)
                places = [place.operands[n] for place in places]
            tree = mapped(tree, lambda result, path=tuple(path): part_at(expression(result), path))
            self.changed[key(places[0])] = tree

    def joined(self):
        """Return the value with all its branches."""
        whole = self.rebuilt(self.whole)
        for tree in self.checks:  # those that only fail or do not
            whole = self.formula.one(mapped(tree, lambda _, whole=whole: whole))
        self.verify(whole)
        return whole

    def rebuilt(self, part):
        """Return a part in which each part that branches change has them."""
        which = key(part)
        if which not in self.made:
            tree = self.changed.get(which)
            self.made[which] = self.inside(part) if tree is None else self.formula.one(self.branches(which, tree))
        return self.made[which]

    def branches(self, which, tree):
        """Return the branches of the part with a key; inside that part itself, only the parts of it have any."""
        return mapped(tree, lambda part: self.inside(part) if key(part) == which else self.rebuilt(part))

    def inside(self, part):
        return Unknown(None, part.operation, tuple(map(self.rebuilt, part.operands))) if part.operands else part

    def verify(self, whole):
        """Raise NetworkError unless the value is right on some paths on which several outputs take other branches."""
        source, all_ways = random.Random(1), [ways(tree) for tree in self.trees]
        for _ in range(VERIFIED):
            answers = {}
            for found in all_ways:
                answers.update(source.choice(found))
            result, _ = run(self.compute, lambda condition: answers.get(key(condition), True))
            if result is FAILED or key(expression(result)) != key(decided(whole, answers)):
                self.refuse()

    def refuse(self):
        raise NetworkError(f"the branches of {self.formula.name} cannot be written output by output")


def ways(tree):
    """Return for each path that does not fail its answers, a dictionary from the keys of conditions."""
    if not isinstance(tree, Branch):
        return [] if tree is FAILED else [{}]
    which = key(tree.condition)
    return [{**way, which: yes} for yes, side in ((True, tree.yes), (False, tree.no)) for way in ways(side)]


def decided(part, answers):
    """Return a formula without branches, those of the answers being left."""
    if part.operation == "if":
        condition, yes, no = part.operands
        return decided(yes if answers.get(key(condition), True) else no, answers)
    if not part.operands:
        return part
    operands = [decided(operand, answers) for operand in part.operands]
    if part.operation in OPERATORS and not any(isinstance(operand, Unknown) for operand in operands):
        return expression(
            OPERATORS[part.operation](*(operand.value for operand in operands))
        )  # as Python does: −0 is 0
    return Unknown(None, part.operation, tuple(operands))


def only_difference(parts):
    """Return the number of the only operand in which some formulas differ, or None."""
    first = parts[0]
    if any(part.operation != first.operation or len(part.operands) != len(first.operands) for part in parts):
        return None
    different = [n for n, row in enumerate(zip(*(part.operands for part in parts))) if len(set(map(key, row))) > 1]
    return different[0] if len(different) == 1 else None


def part_at(part, path):
    """Return the part of a formula that a path of operands leads to."""
    for n in path:
        part = part.operands[n]
    return part
