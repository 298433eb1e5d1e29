"""Formulas with ifs: some that differ are made one, one is made simpler where a condition is known, and all are written."""

import operator

from purenet.arithmetic.expression import ATOM, Expression, Writer, expression, is_constant, is_one_formula
from purenet.trace.unknown import COMPARISONS, Unknown, is_same_formula

CHOICE, CONDITION = -1, 0  # how tightly they bind, at most: less than a sum
OPERATORS = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, "negative": operator.neg}


def merged(condition, yes, no):
    """Return one formula of what holds if a condition is true and if not, with the `if` as far in as it can be.

    Where one side adds terms to the other, it adds 0 on the other: that changes no number but −0.
    """
    if is_same_formula(yes, no):
        return yes
    for more, less, sides in ((yes, no, lambda *pair: pair), (no, yes, lambda *pair: pair[::-1])):
        if is_sum(more) and begins_with(more.operands[0], less):
            rest, term = more.operands
            operands = merged(condition, *sides(rest, less)), merged(condition, *sides(term, Expression(0)))
            return Unknown(None, more.operation, operands)
        if more.operation == "negative" and is_constant(less, 0) and begins_with(more.operands[0], less):
            return Unknown(None, "negative", (merged(condition, *sides(more.operands[0], less)),))  # 0 is −0
    if shape(yes) == shape(no) and yes.operation != "if":
        differing = [n for n, pair in enumerate(zip(yes.operands, no.operands)) if not is_same_formula(*pair)]
        if len(differing) == 1:
            (n,), operands = differing, list(yes.operands)
            operands[n] = merged(condition, yes.operands[n], no.operands[n])
            return Unknown(None, yes.operation, tuple(operands))
    return Unknown(None, "if", (condition, yes, no))


def is_sum(part):
    return part.operation in ("+", "-")


def begins_with(part, first):
    """Return whether a part is a formula, or a sum that begins with it."""
    for _ in range(number_of_terms(part) - number_of_terms(first)):
        part = part.operands[0]
    return is_same_formula(part, first)


def number_of_terms(part):
    number = 1
    while is_sum(part):
        part, number = part.operands[0], number + 1
    return number


def shape(part):
    return part.operation, len(part.operands)


def overlaid(part, changed):
    """Return a part of a formula with the branches of all formulas that it has become, or None."""
    changed = [other for other in changed if not is_same_formula(other, part)]
    if len(changed) < 2:
        return changed[0] if changed else part
    if not part.operands or any(shape(other) != shape(part) for other in changed):
        return None
    operands = [
        overlaid(operand, others) for operand, *others in zip(part.operands, *(each.operands for each in changed))
    ]
    return None if any(operand is None for operand in operands) else Unknown(None, part.operation, tuple(operands))


def decided(part, decide=lambda *_: None):
    """Return a formula without the branches that are not taken, and without the zeros that these add.

    `decide` is a function of a condition and both sides, which returns True, False, or None to leave it open.
    """
    if part.symbol is not None or not part.operands:
        return part
    answer = decide(*part.operands) if part.operation == "if" else None
    if answer is not None:
        return decided(part.operands[1 if answer else 2], decide)
    operands = [decided(operand, decide) for operand in part.operands]
    if is_sum(part) and is_constant(operands[1], 0):
        return operands[0]
    if part.operation in OPERATORS and all(map(is_plain, operands)):
        return expression(OPERATORS[part.operation](*(operand.value for operand in operands)))
    if len(operands) == 2 and is_one_formula(*part.operands):
        operands[1] = operands[0]
    return Expression(part.value, None, part.operation, tuple(operands))


def is_plain(part):
    return part.symbol is None and not part.operands


def has_branches(tree):
    """Return whether there is an `if` in a formula."""
    return tree.operation == "if" or any(map(has_branches, tree.operands))


def named_parts(formula):
    """Return the parts of a formula that have a name, each as often as it is used."""
    if formula.symbol is not None:
        return [formula]
    return [part for operand in formula.operands for part in named_parts(operand)]


def comparison(sign):
    """Return the rule of a comparison."""
    return lambda writer, left, right: (
        f"{writer.text(left)}{writer.notation.comparison(sign)}{writer.text(right)}",
        CONDITION,
    )


class IfWriter(Writer):
    """Writes formulas with ifs, comparisons and the largest of several numbers."""

    def choice(self, condition, yes, no):
        texts = self.text(condition, CONDITION), self.text(yes), self.text(no, CHOICE)
        return self.notation.choice(*texts), self.notation.strength_of_choice

    def largest(self, *parts):
        return self.notation.largest(list(map(self.text, parts))), ATOM

    rules = {**Writer.rules, "if": choice, "max": largest, **{sign: comparison(sign) for sign in COMPARISONS}}
