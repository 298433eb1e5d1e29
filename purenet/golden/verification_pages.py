"""The published numbers of cases and the computed ones as a document."""

import re

from purenet.arithmetic.notation import ASCII, UNICODE, number_text
from purenet.arithmetic.published import BY_HAND, decimal_of
from purenet.document.formats import DEFAULT_WIDTH, Section, notation_for, write
from purenet.document.table import Table
from purenet.errors import count
from purenet.golden.verification import VERDICTS, counts
from purenet.trace.comparison import CAUSE_KNOWN, CAUSE_UNKNOWN, UNREPRODUCIBLE

LONGEST = 40  # characters of a sum that is shown whole
SHORT = {  # headers of a table
    BY_HAND: "by hand",
    CAUSE_KNOWN: "cause known",
    CAUSE_UNKNOWN: "unknown",
    UNREPRODUCIBLE: "not reproduced",
}


def verification(results, missing, format="text", width=DEFAULT_WIDTH, ascii=False):
    """Return the document about verified cases, triples of a name, the case and its comparisons.

    `missing` are examples that are no case, objects with a title, the reason and their numbers.
    """
    notation = notation_for(format, ascii)
    sections = [summary_section(results, missing)]
    sections += [case_section(*result, notation) for result in results]
    sections += [missing_section(example, notation) for example in missing]
    return write(sections, format, width, ascii)


def summary_section(results, missing):
    """Return the section with the counts by verdict."""
    found = [(name, counts(comparisons)) for name, _, comparisons in results]
    found += [
        (example["title"], {UNREPRODUCIBLE: len(example["numbers"])}) for example in missing if example["numbers"]
    ]
    total = {}
    for _, verdicts in found:
        for verdict, number in verdicts.items():
            total[verdict] = total.get(verdict, 0) + number
    used = [verdict for verdict in VERDICTS if verdict in total]
    rows = [[name, str(sum(each.values())), *(str(each.get(verdict, "")) for verdict in used)] for name, each in found]
    rows.append(["all", str(sum(total.values())), *(str(total[verdict]) for verdict in used)])
    headers = ["case", "numbers", *(SHORT.get(verdict, verdict) for verdict in used)]
    table = Table(headers, rows, [(0,), (1,), tuple(range(2, len(headers)))], wraps=("case",), plain=headers)
    words = f"{count(sum(total.values()), 'published number')} of {count(len(found), 'worked example')}: "
    words += "; ".join(f"{total[verdict]} {verdict}" for verdict in used) + "."
    return Section("Published numbers, verified", [words], table=table, level=1)


def case_section(name, case, comparisons, notation):
    """Return the section of one case, with a row for each published number."""
    rows = [
        [
            each.heading,
            notation.rule(shortened(key_in(each, notation))),
            notation.number(each.digits.replace("−", "-")),
            notation.number(computed_text(each)),
            each.problem or ": ".join(filter(None, [each.verdict, each.note])),
        ]
        for each in comparisons
    ]
    headers = ["where", "quantity", "published", "computed", "verdict"]
    stacks, plain = [(0, 1), (2, 3), (4,)], ["where", "verdict"]
    table = Table(headers, rows, stacks, wraps=("quantity", "verdict"), plain=plain, verdicts=["verdict"])
    source = ", ".join(text for name, text in case.source.items() if name in ("title", "url"))
    return Section(f"{name}: {case.title}", [source] if source else [], table=table.without_empty_columns())


def key_in(comparison, notation):
    """Return the key of a published number as it was typed into the file, where a notation can show that."""
    typed = comparison.number.typed or comparison.key
    return typed if notation is UNICODE or notation is ASCII and typed.isascii() else comparison.key


def shortened(key):
    """Return a long sum with its first and last term alone.

    >>> shortened("2·(E⁽¹⁾ + E⁽²⁾ + E⁽³⁾ + E⁽⁴⁾ + E⁽⁵⁾ + E⁽⁶⁾ + E⁽⁷⁾)")
    '2·(E⁽¹⁾ + … + E⁽⁷⁾)'
    """
    terms = re.split(r" *\+ *", key)
    if len(key) <= LONGEST or len(terms) < 4 or not is_balanced("+".join(terms[1:-1])):
        return key
    return f"{terms[0]} + … + {terms[-1]}"


def is_balanced(text):
    """Return whether each parenthesis of a part of a formula is closed within it."""
    depth = 0
    for sign in text:
        depth += (sign == "(") - (sign == ")")
        if depth < 0:
            return False
    return depth == 0


def computed_text(comparison):
    """Return the computed number, by hand if that is what was published, with some digits more than are published."""
    value = comparison.by_hand if comparison.verdict == BY_HAND else comparison.full
    if isinstance(value, int):
        return str(value)  # of epochs
    digits = len(decimal_of(comparison.digits).as_tuple().digits) + 4
    return number_text(value, min(17, digits))


def missing_section(example, notation):
    """Return the section of an example that is no case."""
    words = [notation.prose(example["why"])]
    if example["numbers"]:
        words.append(
            "Its numbers: " + ", ".join(f"{each['what']} {each['digits']}" for each in example["numbers"]) + "."
        )
    return Section(example["title"], words)
