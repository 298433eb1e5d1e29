"""JSON that a person can read: short lists and objects on one line, numbers as they are."""

import json
from decimal import Decimal

LINE = 110  # columns up to which a list or an object is written on one line


def json_text(data, indent=0, ascii=False):
    """Return data as JSON: a Decimal as a number with all its digits, a list of numbers on one line however long."""
    if isinstance(data, dict):
        parts = [f"{json_text(name, 0, ascii)}: {json_text(value, indent + 1, ascii)}" for name, value in data.items()]
        begin, end = "{}"
    elif isinstance(data, (list, tuple)):
        parts = [json_text(value, indent + 1, ascii) for value in data]
        begin, end = "[]"
    elif isinstance(data, Decimal):
        return str(data).lower()
    else:
        return json.dumps(data, ensure_ascii=ascii, allow_nan=False)
    line = begin + ", ".join(parts) + end
    if len(line) + indent <= LINE or (begin == "[" and not any(isinstance(value, (dict, list)) for value in data)):
        return line
    pad = "\n" + " " * (indent + 1)
    return begin + pad + ("," + pad).join(parts) + pad[:-1] + end
