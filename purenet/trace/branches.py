"""What an activation or a loss computes on every branch of its ifs, as one formula. Read unknown.py and ifs.py first.

It is run on unknown numbers again and again, until both answers to each of its comparisons were followed. What the
branches have in common is written once: a sum whose terms depend on a comparison each has a condition in each term, not
twice as many formulas for each. `x if x > 0 else 0` is an expression with the operation "if" and three operands: the
condition, and what holds if it is true and if it is not. A branch on which numbers are refused is left out.

>>> from purenet.activations import ReLU
>>> from purenet.arithmetic.notation import Symbol
>>> output = on_every_branch(ReLU().value, Expression(-2.0, Symbol("x", "j1")))
>>> output.value, output.tree.operation, [part.operation or part.symbol or part.value for part in output.tree.operands]
(0, 'if', ['>', Symbol('x_j1'), 0])
"""

import random
from collections import namedtuple
from itertools import count

from purenet.arithmetic.expression import Expression, expression
from purenet.errors import NetworkError
from purenet.softmax import Softmax
from purenet.trace.ifs import decided, has_branches, merged, overlaid
from purenet.trace.in_front import put_in_front
from purenet.trace.unknown import Answers, Unknown, is_same_formula, key, quantities

MOST = 64  # paths that are followed
VERIFIED = 50  # combinations of branches of several outputs that are tried
FAILED = "failed"  # the result of a path that raises an error
Branch = namedtuple("Branch", "condition yes no")  # both sides are branches again, or results: lists, or FAILED


class Branched(Expression):
    """A result of a function with branches: it is that of the branch taken, and `tree` the formula with all branches."""

    __slots__ = ("tree",)


def on_every_branch(function, *arguments, checks=None):
    """Return what a function computes, one number or a list of them, with all branches.

    Of unknown numbers that is a formula; of others a number, which is a `Branched` if it depends on a branch. The list
    `checks` gets formulas that are True where the function accepts its numbers, and False elsewhere.
    """
    unknowns, is_list = [unknown(argument) for argument in arguments], None

    def compute():
        nonlocal is_list
        result = function(*unknowns)
        is_list = isinstance(result, list)
        return as_list(result)

    results, accepted = all_branches(compute, list(zip(*map(as_list, unknowns))))
    if checks is not None:
        checks += accepted
    if not isinstance(as_list(arguments[0])[0], Unknown):
        results = list(map(branched, as_list(function(*arguments)), results))
    return results if is_list else results[0]


def as_list(numbers):
    return numbers if isinstance(numbers, list) else [numbers]


def unknown(argument):
    """Return an argument without its value."""
    if isinstance(argument, list):
        return list(map(unknown, argument))
    known = isinstance(argument, Expression) and not isinstance(argument, Unknown)
    return Unknown(argument.symbol) if known else argument


def branched(result, tree):
    """Return a result as a `Branched` with a tree, or as it is if its tree has no branches."""
    if not has_branches(tree):
        return result
    taken = expression(result)
    whole = Branched(taken.value, taken.symbol, taken.operation, taken.operands)
    whole.tree = tree
    return whole


def all_branches(compute, rows):
    """Return the formulas of the results of a function, a list, and the list of its checks.

    `rows` has for each output it and its target. The branches of several outputs are followed each by themselves where
    that is right, so that paths do not multiply; otherwise together.
    """
    groups = [set(map(id, row)) for row in rows] if len(rows) > 1 else []
    trees = [paths(compute, lambda condition, own=own: quantities(condition) <= own) for own in groups]
    found = put_together(compute, trees) if trees else None
    if found is None:
        trees = [paths(compute)]
        found = joined(trees[0])
    if found is FAILED:
        raise NetworkError("an activation or a loss accepts no number at all")
    checks = [check for tree in trees for check in joined(acceptance(tree))]
    return found, [check for check in checks if check.operands]


def run(compute, decide):
    """Return the results of a function with some answers, or FAILED, and the list of conditions with their answers."""
    with Answers(decide) as answers:
        try:
            result = list(map(expression, compute()))
        except (NetworkError, ArithmeticError):
            result = FAILED
    return result, list(answers.asked.values())


def paths(compute, mine=lambda condition: True):
    """Return the tree of all paths of a function: a Branch, or a result alone.

    Comparisons that are not `mine`, a function of the condition, are answered with True.
    """
    runs = count(1)

    def follow(answers):
        """Return the tree of all paths that begin with some answers."""
        if next(runs) > MOST:
            raise NetworkError(f"an activation or a loss has more than {MOST} branches, too many to write as a formula")
        waiting = list(answers)
        tree, asked = run(compute, lambda condition: not (mine(condition) and waiting) or waiting.pop(0))
        asked = [pair for pair in asked if mine(pair[0])]
        for n in range(len(asked) - 1, len(answers) - 1, -1):
            before = [yes for _, yes in asked[:n]]
            tree = Branch(asked[n][0], tree, follow([*before, False]))
        return tree

    return follow([])


def acceptance(tree):
    """Return a tree with True in the place of its results, and False where a path fails."""
    if isinstance(tree, Branch):
        return Branch(tree.condition, acceptance(tree.yes), acceptance(tree.no))
    return [Expression(tree is not FAILED)]


def joined(tree):
    """Return a tree as formulas, one for each result, without the paths that fail; FAILED if all do."""
    if not isinstance(tree, Branch):
        return tree
    yes, no = joined(tree.yes), joined(tree.no)
    if yes is FAILED or no is FAILED:
        return no if yes is FAILED else yes
    return [merged(tree.condition, *pair) for pair in zip(yes, no)]


def put_together(compute, trees):
    """Return the formulas of the results of a function with the branches of several outputs, each in a tree of its own.

    Return None if they cannot be put together, or if that is not right on some paths on which several outputs take other
    branches.
    """
    whole, _ = run(compute, lambda condition: True)
    columns = list(map(joined, trees))
    if any(column is FAILED for column in (whole, *columns)):
        return None
    results = [overlaid(part, changed) for part, *changed in zip(whole, *columns)]
    if any(result is None for result in results):
        return None
    source, all_ways = random.Random(1), [ways(tree) for tree in trees]
    for _ in range(VERIFIED):
        answers = {}
        for found in all_ways:
            answers.update(source.choice(found))
        taken, asked = run(compute, lambda condition: answers.get(key(condition)))
        if taken is FAILED or not all(key(condition) in answers for condition, _ in asked):
            return None
        left = [decided(result, lambda condition, *_: answers.get(key(condition))) for result in results]
        if not all(map(is_same_formula, map(decided, taken), left)):
            return None
    return results


def ways(tree):
    """Return for each path that does not fail its answers, a dictionary from the keys of conditions."""
    if not isinstance(tree, Branch):
        return [] if tree is FAILED else [{}]
    which = key(tree.condition)
    return [{**way, which: yes} for yes, side in ((True, tree.yes), (False, tree.no)) for way in ways(side)]


def compute_on_every_branch(network, checks=None):
    """Let the activations and the loss of a network do so."""
    for neuron in network.neurons():
        kind = BranchingSoftmax if hasattr(neuron.activation, "values") else BranchingActivation
        if (
            kind is BranchingSoftmax
            and not isinstance(neuron.activation, kind)
            and type(neuron.activation) is not Softmax
        ):
            raise NetworkError("a softmax of one's own is not written as a formula")
        put_in_front(neuron.activation, kind)
        neuron.activation.checks = checks
    put_in_front(network.loss, BranchingLoss)
    network.loss.checks = checks


class BranchingActivation:
    """Put in front of the class of an activation."""

    def value(self, x):
        return on_every_branch(super().value, x, checks=self.checks)

    def derivative(self, x, y):
        return on_every_branch(super().derivative, x, y, checks=self.checks)


class BranchingLoss:
    """Put in front of the class of a loss."""

    def value(self, outputs, targets):
        return on_every_branch(super().value, outputs, targets, checks=self.checks)

    def derivative(self, outputs, targets):
        return on_every_branch(super().derivative, outputs, targets, checks=self.checks)


class BranchingSoftmax:
    """Put in front of softmax.

    It asks whether any net input is above 700 or all are below −700: that is, whether the largest one is.
    """

    def values(self, net_inputs):
        outputs = super().values(net_inputs)
        unknowns = unknown(net_inputs)
        largest, far = largest_of(unknowns)
        sides = (self.shares([x - largest for x in unknowns]), self.shares(unknowns))
        return [branched(output, Unknown(None, "if", (far, *pair))) for output, *pair in zip(outputs, *sides)]

    def shares(self, net_inputs):
        """Return the outputs for unknown net inputs that are not too large."""
        with Answers(lambda condition: False):
            return super().values(net_inputs)


def largest_of(net_inputs):
    """Return the largest of unknown net inputs, and the condition that a softmax shifts them all by it."""
    largest = Unknown(None, "max", tuple(net_inputs))
    return largest, Unknown(None, ">", (Unknown(None, "abs", (largest,)), expression(700)))
