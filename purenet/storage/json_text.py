"""JSON that a person can read: short lists and objects on one line, numbers as they are."""

import json
from decimal import Decimal

LINE = 110  # columns up to which a list or an object is written in one line


def json_text(data, indent=0):
    """Return data as JSON that a person can read: short lists and objects stand in one line, numbers as they are."""
    line = one_line(data)
    if len(line) + indent <= LINE or not isinstance(data, (dict, list)) or is_numbers(data):
        return line
    pad = " " * (indent + 1)
    if isinstance(data, dict):
        parts = [f"{quoted(name)}: {json_text(value, indent + 1)}" for name, value in data.items()]
        return "{\n" + ",\n".join(pad + part for part in parts) + "\n" + " " * indent + "}"
    return "[\n" + ",\n".join(pad + json_text(value, indent + 1) for value in data) + "\n" + " " * indent + "]"


def is_numbers(data):
    return isinstance(data, list) and not any(isinstance(value, (dict, list)) for value in data)


def one_line(data):
    if isinstance(data, dict):
        return "{" + ", ".join(f"{quoted(name)}: {one_line(value)}" for name, value in data.items()) + "}"
    if isinstance(data, list):
        return "[" + ", ".join(map(one_line, data)) + "]"
    return str(data).lower() if isinstance(data, Decimal) else quoted(data)


def quoted(value):
    return json.dumps(value, ensure_ascii=False)
