"""The one exception of purenet, the check that a thing is a number, and words for messages. To understand the rest, skip this file."""

from numbers import Number

INFINITY = float("inf")


class NetworkError(ValueError):
    """Something is wrong with what a network was given; the message says what, where, and what would be right."""


def check_number(value, what):
    """Raise NetworkError unless value is a finite real number; `what` names it in the message: "the bias of a neuron"."""
    if isinstance(value, (bool, complex)) or not isinstance(value, Number):
        raise NetworkError(f"{what} must be a number, not {value!r}")
    if value != value or value == INFINITY or value == -INFINITY:
        raise NetworkError(f"{what} must be a finite number, not {value}")


def as_in_json(data):
    """Return data from a file for a message: numbers as they are written there, all of it shortened."""
    if isinstance(data, dict):
        text = "{" + ", ".join(f'"{name}": {as_in_json(value)}' for name, value in data.items()) + "}"
    elif isinstance(data, list):
        text = "[" + ", ".join(map(as_in_json, data)) + "]"
    elif isinstance(data, str):
        text = f'"{data}"'
    else:
        text = "null" if data is None else str(data).lower() if isinstance(data, bool) else str(data)
    return text[:60]


def quoted(text):
    """Return a text in quotation marks for a message, or what is there instead of one; shortened."""
    return repr(text) if len(str(text)) <= 60 else f"{str(text)[:60]!r}…"


def count(number, thing):
    """Return a number of things in words for a message: "1 input", "2 inputs"."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


def reason(error):
    """Return the operating system's words for an error, as a part of a sentence."""
    return (error.strerror or str(error)).lower()
