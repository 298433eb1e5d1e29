"""Show a check of numbers computed by hand. Read by_hand.py first."""

from purenet.document.formats import Section
from purenet.document.table import Table
from purenet.golden.diagnosis.check import in_order, ratio_text
from purenet.golden.diagnosis.first_difference import formula_of

MOST_REASONS = 2  # for one number
MOST_MISSING = 12  # names of numbers that are not given, in a sentence
MOST = 10  # numbers that do not follow, in one table


def hand_words(check):
    """Return sentences about a check of numbers computed by hand."""
    words = [
        f"By hand, {check.pencil.words()}: a number is right if it follows, within one unit of its last place, from the "
        f"numbers before it."
    ]
    asked = check.asked
    given, missing = sum(asked.values()), [str(symbol) for symbol, is_given in asked.items() if not is_given]
    if check.outcome == "nothing compared":
        return [*words, "Nothing was compared: no number was given that can be computed. This is not a pass."]
    wrong = len(wrong_numbers(check))
    verdict = f"{wrong} of those {'is' if wrong == 1 else 'are'} wrong" if wrong else "it is right" if given == 1 else "all are right"
    if not missing:
        return [*words, f"All {given} numbers are given, and {verdict}."]
    more = f" and {len(missing) - MOST_MISSING} more" if len(missing) > MOST_MISSING else ""
    left_out = f"Not given: {', '.join(missing[:MOST_MISSING])}{more}."
    return [*words, f"{given} of {len(asked)} numbers {'is' if given == 1 else 'are'} given, and {verdict}.", left_out]


def wrong_section(check, notation):
    """Return the section that lists the numbers that do not follow from those before them, each with its formula."""
    rows = []
    for row, place in wrong_numbers(check):
        middle, symbol = row.by_itself[place].middle, row.quantity.symbol(place)
        written = check.pencil.write(symbol, middle)
        rows.append(
            [
                notation.symbol(symbol),
                notation.number(f"{check.numbers(row)[place]:f}"),
                notation.number(f"{written:f}" if written is not middle else f"{middle:.6f}"),
                ratio_text(check.ratio(row, place, check.numbers(row)[place])),
                notation.rule(formula_of(check.case, row.quantity, place)[0]),
            ]
        )
    words = [f"The first {MOST} of {len(rows)}."] if len(rows) > MOST else []
    headers = ["", "given", "follows from yours", "units off", "formula"]
    table = Table(headers, rows[:MOST], [(0,), (1, 2), (3,), (4,)], wraps=("formula",), plain=headers)
    return Section("What does not follow", words, table=table)


def wrong_numbers(check):
    """Return the numbers that do not follow from those before them, pairs of a row and a place, in order of computation."""
    return [
        (row, place)
        for row in sorted(check.differing, key=in_order)
        for place, number in enumerate(check.numbers(row))
        if number is not None and row.by_itself[place] is not None and check.ratio(row, place, number) > 1
    ]


def reasons_section(check, notation):
    """Return a list with the section of the known mistakes that give wrong numbers, an empty one where none does."""
    rows = []
    for row, place in wrong_numbers(check)[:MOST]:
        for mistake in check.reasons(row, place)[:MOST_REASONS]:
            symbol, rules = notation.symbol(row.quantity.symbol(place)), (mistake.wrong, mistake.right)
            rows.append([symbol, mistake.id, notation.prose(mistake.sentence), *map(notation.rule, rules)])
    if not rows:
        return []
    headers = ["", "it may be", "what", "wrong", "right"]
    stacks, wraps = [(0,), (1, 2), (3, 4)], ("it may be", "what", "wrong", "right")
    return [Section("What it may be", table=Table(headers, rows, stacks, wraps=wraps, plain=headers[:3]))]
