"""The published numbers of a case, sorted by where they belong.

    "published": {
        "δ_j1": "0.0227",                                    of the first example and step
        "step 2": {"w_i1j1⁺": "0.14956", …},                 of a training step
        "example 3": {"y_k1": ["0.73", "0.731059"], …},      of an example, counted through all steps
        "epoch 2, example 3": {…},                           of another epoch than the first: of its own steps and examples
        "after 1000 epochs": {"w_i1j1": "4.6", …},           the same as "epoch 1001"
        "after 1000 epochs, outputs, example 3": {…},        of the trained network, whose weights no longer move
        "epochs until E < 0.001": "18790"                    also Σe² or SSE, the sum over an epoch, MSE, and "≤" or "= 0"
    }

Under each are symbols, or formulas of symbols, with the digits printed for them (see purenet/arithmetic/published.py).
"""

import re
from collections import namedtuple

from purenet.arithmetic.published import check_text, decimal_of, published_numbers, raise_all
from purenet.errors import NetworkError, as_in_json, quoted

MOST_EPOCHS = 1_000_000  # that are trained to verify a number; the longest worked example has 60,000
PLACES = {
    "epochs": re.compile("after ([0-9]{1,99}) epochs?"),
    "epoch": re.compile("epoch ([0-9]{1,99})"),
    "step": re.compile("(?:training )?step ([0-9]{1,99})"),
    "example": re.compile("example ([0-9]{1,99})"),
    "outputs": re.compile("(outputs)"),
}
UNTIL = re.compile(r"epochs until (E|Σ ?e²|sse|mse) ?(<=?|≤|=) ?(.+)", re.IGNORECASE)

# numbers under one heading, `where` of a file; `goal` is what a number of epochs is counted to, otherwise None; `frozen`
# says whether the weights no longer move
Group = namedtuple("Group", "heading where epochs step example numbers goal frozen", defaults=[None, False])


class Goal(namedtuple("Goal", "measure is_strict limit")):
    """What a training is to reach: a loss E, a sum of squared errors (SSE) or a mean one (MSE) below a limit."""

    def is_reached(self, number):
        return number < self.limit or not self.is_strict and number == self.limit


def published_groups(data, where="published"):
    """Return the groups of published numbers in the JSON object of a case.

    Raises NetworkError, which lists all that cannot be read.
    """
    if not isinstance(data, dict):
        raise NetworkError(f'{where} must be an object such as {{"y_j1": "0.731"}}, not {as_in_json(data)}')
    groups, first, problems = [], {}, []
    for key, value in data.items():
        try:
            group = read_group(key, value, f"{where}: {key}")
        except NetworkError as error:
            problems.append(str(error))
            continue
        if group is not None:
            groups.append(group)
        elif isinstance(value, dict) and "digits" not in value:
            problems.append(
                f"{where}: {quoted(key)} is no heading such as 'step 1', 'example 2' or 'epoch 10, example 2'"
            )
        else:
            first[key] = value
    try:
        numbers = published_numbers(first, where)
    except NetworkError as error:
        problems.insert(0, str(error))
    raise_all(problems)
    return [Group("", where, 0, None, None, numbers), *groups] if numbers else groups


def read_group(key, value, where):
    """Return the Group of a heading and what is published under it, or None if the key is no heading."""
    until = UNTIL.fullmatch(key.strip())
    if key.strip().lower().startswith("epochs until") and not until:
        raise NetworkError(
            f"{where}: this is read in forms such as 'epochs until E < 0.01' and 'epochs until SSE ≤ 0.01'"
        )
    if until:
        numbers = [number._replace(key=key, typed=key) for number in published_numbers({"E": value}, where)]
        return Group(key, where, None, None, None, numbers, goal(*until.groups(), where))
    places = {}
    for piece in re.split("[,;]", key.lower()):
        match = {name: place.fullmatch(piece.strip()) for name, place in PLACES.items()}
        name = next((name for name in match if match[name]), None)
        if name is None or name in places:
            return None
        places[name] = match[name][1]
    if "epoch" in places and "epochs" in places or "outputs" in places and "epochs" not in places:
        return None
    epochs, step, example = (int(places[name]) if name in places else None for name in ("epochs", "step", "example"))
    if "epoch" in places:
        epochs = int(places["epoch"]) - 1
        if epochs < 0:
            raise NetworkError(f"{where}: epochs are counted from 1")
    if epochs and epochs > MOST_EPOCHS:
        raise NetworkError(f"{where} is out of reach: at most {MOST_EPOCHS:,} epochs are trained")
    return Group(key, where, epochs or 0, step, example, published_numbers(value, where), None, "outputs" in places)


def goal(measure, sign, limit, where):
    """Return the Goal that a heading names."""
    check_text(f"{where}: the limit", limit)
    if sign == "=" and decimal_of(limit):
        raise NetworkError(f"{where}: only 0 is reached exactly; write < or ≤")
    measure = "E" if measure == "E" else "MSE" if measure.lower() == "mse" else "SSE"
    return Goal(measure, sign == "<", float(decimal_of(limit)))
