"""The published numbers of a case, sorted by where they belong.

    "published": {
        "δ_j1": "0.0227",                                    of the first example and step
        "step 2": {"w_i1j1⁺": "0.14956", …},                 of a training step
        "example 3": {"y_k1": ["0.73", "0.731059"], …},      of an example, counted through all steps
        "after 1000 epochs": {"w_i1j1": "4.6", …},           of the epoch that would follow; also with ", example 3"
        "after 1000 epochs, outputs, example 3": {…},        of the trained network, whose weights no longer move
        "epochs until E < 0.001": "18790"
    }

Under each are symbols, or formulas of symbols, with the digits printed for them (see purenet/arithmetic/published.py).
"""

import re
from collections import namedtuple

from purenet.arithmetic.published import check_digits, published_numbers
from purenet.errors import NetworkError, as_in_json

HEADING = re.compile(
    r"(?:after ([0-9]{1,99}) epochs?(, outputs)?)?(?:, |^)?(?:step ([0-9]{1,99}))?(?:, |^)?(?:example ([0-9]{1,99}))?",
    re.IGNORECASE,
)
MOST_EPOCHS = 1_000_000  # that are trained to verify a number; the longest worked example has 60,000
UNTIL = re.compile(r"epochs until E < ([0-9.eE−-]+)", re.IGNORECASE)

# numbers under one heading; `until` is the loss that a number of epochs belongs to, otherwise None; `frozen` says
# whether the weights no longer move
Group = namedtuple("Group", "heading epochs step example numbers until frozen", defaults=[False])


def published_groups(data, where="published"):
    """Return the groups of published numbers in the JSON object of a case; raise NetworkError for what is none."""
    if not isinstance(data, dict):
        raise NetworkError(f'{where} must be an object such as {{"y_j1": "0.731"}}, not {as_in_json(data)}')
    groups, first = [], {}
    for key, value in data.items():
        heading, until = HEADING.fullmatch(key.strip()), UNTIL.fullmatch(key.strip())
        if until:
            numbers = [number._replace(key=key) for number in published_numbers({"E": value}, f"{where}: {key}")]
            groups.append(Group(key, None, None, None, numbers, limit(until[1], f"{where}: {key}")))
        elif heading and key.strip():
            after, frozen, *place = heading.groups()
            epochs, step, example = (int(number) if number else None for number in (after, *place))
            if epochs and epochs > MOST_EPOCHS:
                raise NetworkError(f"{where}: {key!r} is out of reach: at most {MOST_EPOCHS:,} epochs are trained")
            numbers = published_numbers(value, f"{where}: {key}")
            groups.append(Group(key, epochs or 0, step, example, numbers, None, bool(frozen)))
        elif isinstance(value, dict) and "digits" not in value:
            raise NetworkError(f"{where}: {key!r} is no heading such as 'step 1', 'example 2' or 'after 10 epochs'")
        else:
            first[key] = value
    if first:
        groups.insert(0, Group("", 0, None, None, published_numbers(first, where), None))
    return groups


def limit(text, where):
    """Return the loss that a training is to reach."""
    check_digits("E", text)
    return float(text.replace("−", "-"))
