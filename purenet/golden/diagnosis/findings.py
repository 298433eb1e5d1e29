"""Say in words and a table what a diagnosis found: what is explained, by what, and what is not."""

from purenet.document.formats import Section
from purenet.document.table import Table
from purenet.golden.diagnosis.diagnosis import constant_ratio

MOST_IN_A_TABLE = 5  # alternatives
MOST_NAMES = 6
MOST_PROBLEMS = 3  # that are quoted; the table of cases has them all


def diagnosis_section(diagnosis, problems=()):
    """Return the section that names what explains the numbers, or quotes the problems where there are none to explain."""
    if not diagnosis.groups:
        return Section(
            "Diagnosis", words_without_a_name(diagnosis, problems), table=table_of(diagnosis, diagnosis.possible)
        )
    words = [sentence_of(diagnosis)]
    if any(len(group) > 1 for group in diagnosis.groups):
        words.append(
            "Those with “or” give the same numbers here; more quantities, or more cases, would tell them apart."
        )
    words += words_of_the_rest(diagnosis)
    first = diagnosis.groups[0][0].mistakes[0].id
    is_one = len(diagnosis.groups) == len(diagnosis.groups[0]) == len(diagnosis.groups[0][0].mistakes) == 1
    words.append(f"`purenet mistakes {first}` explains " + ("it." if is_one else "the first."))
    return Section("Diagnosis", words, table=table_of(diagnosis, diagnosis.groups))


def sentence_of(diagnosis):
    """Return the sentence about all that is explained."""
    what = subject(diagnosis.groups)
    if diagnosis.left:
        return f"Some of the stages that are wrong by themselves are explained by {what}."
    if len(diagnosis.groups) == 1:
        return f"These numbers are those of {what}."
    return f"Each stage that is wrong by itself is explained by {what}."


def subject(groups):
    """Return in words what explanations are: mistakes, conventions, or both."""
    conventions = {each.is_convention for group in groups for each in group}
    is_one = len(groups) == 1 and all(len(each.mistakes) == 1 for each in groups[0])
    if len(conventions) == 2:
        return "another convention, or of a known mistake" if is_one else "other conventions and known mistakes"
    if conventions == {True}:
        return "another convention" if is_one else "other conventions"
    return "a known mistake" if is_one else "known mistakes"


def words_without_a_name(diagnosis, problems):
    """Return sentences where nothing is stated as the explanation."""
    if diagnosis.is_float32:
        return [
            "Every number is a float32, and right as such: this is rounding, not a mistake.",
            "Say --dtype float32, or compute in float64.",
        ]
    if diagnosis.failed:
        return words_of_failed(diagnosis)
    if any(check.too_few for check in diagnosis.checks):
        return ["Nothing differs as far as the digits tell; print 17, with %.17g, to compare the numbers in full."]
    if not any(check.compared for check in diagnosis.checks):
        words = [f"The program gives no answer: {problem}." for problem in list(problems)[:MOST_PROBLEMS]]
        return ["Nothing was compared, so there is nothing to explain.", *words]
    if diagnosis.also_stopping:
        names = " or ".join(mistake.id for mistake in diagnosis.also_stopping[:3])
        return [f"All reported numbers are right; a program with {names} would stop in the same cases."]
    return ["Nothing differs."]


def words_of_failed(diagnosis):
    """Return sentences about numbers that differ, and that nothing is known to give."""
    first = first_wrong(diagnosis)
    if diagnosis.possible:
        words = [possible_words(diagnosis)]
    else:
        words = [f"The first difference is at {first}, but nothing in the catalogue gives these numbers."]
    return words + words_of_the_rest(diagnosis)


def first_wrong(diagnosis):
    """Return the name of the first quantity that is wrong by itself or, if none could be judged, that differs."""
    if not diagnosis.left:
        return diagnosis.failed[0].first.name
    case, name = diagnosis.left[0]
    return f"{name} of {case}" if len(diagnosis.checks) > 1 else name


def possible_words(diagnosis):
    """Return the sentence about explanations that may be accidents."""
    chance = max(group[0].chance for group in diagnosis.possible)
    often = "easily" if chance > 0.5 else f"1 time in {round(1 / chance):,}"
    words = f"Possible, but not sure: so few digits fit one of all the mistakes that were tried by accident {often}."
    return words if is_by_hand(diagnosis) else f"{words} {diagnosis.advice}"


def is_by_hand(diagnosis):
    return any(check.is_by_hand for check in diagnosis.checks)


def words_of_the_rest(diagnosis):
    """Return sentences about what has no explanation."""
    words = []
    several, possible = len(diagnosis.checks) > 1, {stage for group in diagnosis.possible for stage in group[0].stages}
    if diagnosis.groups and possible:
        names = list(dict.fromkeys(m.words() for group in diagnosis.possible for each in group for m in each.mistakes))
        words.append(f"Possible besides, but not sure: {' or '.join(shortened(names))}.")
    unexplained = [pair for pair in diagnosis.unexplained if (pair[0].id, pair[1]) not in possible]
    for what, pairs in (("Not explained", unexplained), ("Not judged", diagnosis.unjudged)):
        names = [f"{name} of {evidence.id}" if several else name for evidence, name in pairs]
        if names:
            words.append(f"{what}: {', '.join(shortened(names))}.")
    for evidence, name in unexplained[: MOST_NAMES if is_by_hand(diagnosis) else 1]:
        words += hints(evidence, name)
    return words


def hints(evidence, name):
    """Return sentences that may help with a quantity that nothing explains."""
    if evidence.check.is_by_hand:
        return hints_by_hand(evidence.check, evidence.reported[name].row)
    each, words = evidence.reported[name], []
    quantity = each.row.quantity
    ratio = constant_ratio(evidence, name)
    if is_zero(each):
        words.append(f"Every number of {name} is 0.")
    elif ratio is not None:
        what = "change" if quantity.kind in ("weights", "biases") else "number"
        words.append(f"Every {what} of {name} is {ratio:.9g} times what follows from the program's own numbers.")
    elif quantity.kind == "output":
        pairs = [pair for pair in zip(each.numbers, each.right) if None not in pair]
        off = max(abs(number - right) for number, right in pairs)
        if off < 0.01:
            words.append(f"It is off by at most {off:.2g}: an approximated activation function?")
    if (quantity.step, quantity.example, quantity.layer, quantity.kind) in {
        (1, 1, 0, "net_input"),
        (1, 1, 0, "output"),
    }:
        words.append("Does the program start from the given weights and biases, laid out [neuron][input] (--weights)?")
    return words


def hints_by_hand(check, row):
    """Return sentences about the mistakes that each wrong number of a quantity may come from."""
    words = []
    for place, number in enumerate(check.numbers(row)):
        if number is not None and check.ratio(row, place, number) > 1:
            reasons = check.reasons(row, place)
            names = " or ".join(mistake.id for mistake in reasons[:MOST_IN_A_TABLE])
            words += [f"{row.quantity.symbol(place)} alone may come from {names}."] if reasons else []
    return words


def is_zero(reported):
    """Return whether every reported number of a quantity is 0, and the right ones are not."""
    return set(reported.numbers) <= {0, None} and any(reported.right)


# the table


def table_of(diagnosis, groups):
    """Return the table of explanations, or None: each with the stages it explains, alternatives with "or"."""
    if not groups:
        return None
    words = (
        ("this program", "the case")
        if all(each.is_convention for group in groups for each in group)
        else ("wrong", "right")
    )
    rows = []
    for group in groups:
        for n, explanation in enumerate(group[:MOST_IN_A_TABLE]):
            for m, mistake in enumerate(explanation.mistakes):
                joint = "and" if m else "or" if n else ""
                stages = "" if joint else stage_words(diagnosis, explanation)
                rows.append([stages, joint, mistake.words(), mistake.sentence, mistake.wrong, mistake.right])
    if len(groups) == 1 and not diagnosis.left:
        for row in rows:
            row[0] = ""
    headers = ["explains", "", "id", "what", *words]
    if len(groups) > 1:  # their formulas would be too narrow to read; `purenet mistakes ID` shows them
        headers, rows = headers[:4], [row[:4] for row in rows]
        return Table(headers, rows, [(0,), (1, 2), (3,)], wraps=("explains", "id", "what"), plain=headers)
    table = Table(headers, rows, [(0,), (1, 2), (3,), (4, 5)], wraps=[headers[0], *headers[3:]], plain=headers)
    return table.without_empty_columns()


def stage_words(diagnosis, explanation):
    """Return in words which quantities an explanation is for: "delta of K, loss, in 3 cases"."""
    kinds, cases = {}, {}
    for case, name in diagnosis.wrong:
        if (case, name) in explanation.stages:
            quantity = diagnosis.evidence[case].reported[name].row.quantity
            kind = quantity.kind.replace("_", " ") + (f" of {quantity.letter}" if quantity.letter else "")
            kinds[kind] = cases[case] = True
    words = ", ".join(shortened(list(kinds), 3))
    if len(diagnosis.failed) > 1:
        names = list(cases)
        words += f", in {names[0]}" if len(names) == 1 else f", in {len(names)} cases"
    return words


def shortened(names, most=MOST_NAMES):
    return names if len(names) <= most else [*names[:most], f"and {len(names) - most} more"]


# as data


def diagnosis_data(diagnosis):
    """Return a diagnosis as data for JSON: `diagnosis` lists alternatives, each all mistakes that it takes."""
    return {
        "diagnosis": [[mistake.id for mistake in found] for found in diagnosis.found],
        "explanations": [[explanation_data(each) for each in group] for group in diagnosis.groups],
        "possible": [[explanation_data(each) for each in group] for group in diagnosis.possible],
        "unexplained": [{"case": evidence.id, "quantity": name} for evidence, name in diagnosis.unexplained],
        "not_judged": [{"case": evidence.id, "quantity": name} for evidence, name in diagnosis.unjudged],
        "would_stop_too": [mistake.id for mistake in diagnosis.also_stopping],
        "is_float32": diagnosis.is_float32,
    }


def explanation_data(explanation):
    """Return one explanation as data: its mistakes, each with its place, what they explain, and the chance of an accident."""
    return {
        "mistakes": [
            {"id": mistake.id, "layer": mistake.place[0], "part": mistake.place[1]} for mistake in explanation.mistakes
        ],
        "is_convention": explanation.is_convention,
        "stages": [{"case": case, "quantity": name} for case, name in sorted(explanation.stages)],
        "chance": explanation.chance,
    }
