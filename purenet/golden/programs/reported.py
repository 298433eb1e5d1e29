"""The values that a program reports, by name: read from JSON or TSV, each fault in them named in a sentence.

PROTOCOL.md says what may be reported, and how.
"""

import difflib
import math
import re
from decimal import Decimal

from purenet.arithmetic.bounded import FLOAT_TYPES
from purenet.errors import NetworkError, count, quoted
from purenet.golden.programs.digits import Digits, identified, possible_types
from purenet.golden.values.certified import decimal, finite
from purenet.storage.files import decimal_number, parse_json
from purenet.storage.network_json import json_excerpt
from purenet.trace.quantities import reportable

LAYOUTS = ("neuron,input", "input,neuron")
BY_HAND = "by-hand"  # the type of numbers that a person computed and rounded
SIGNS = ("=", "≈")  # that a person may put between a name and a number
MOST = 800  # digits of a float64 that is written exactly are 767 at most
LARGEST_EXPONENT = 2000  # beyond which a number is as good as infinite, or 0
SINGULAR = {
    **{f"{word}s": word for word in ("output", "input", "delta", "weight", "gradient")},
    **{"biases": "bias", "losses": "loss"},
}


class Values:
    """Values reported for a case: `numbers` is a dictionary from names to flat lists, where None is not reported.

    A number is a float, which is exact, or the Decimal in the text. `types` are the float types that the numbers may be
    of, and `dtype` is the first; `guessed` is true where they were found from the `digits`.
    """

    def __init__(self, case, data, dtype=None, layout=LAYOUTS[0], where="the values"):
        """Take data from JSON; raise NetworkError naming the first name or shape that does not fit the case."""
        self.case = case
        self.where = where
        self.layout = layout
        check_choices(dtype, layout)
        if not isinstance(data, dict):
            self.fail(f"must be an object of names and numbers, not {json_excerpt(data)}")
        if "values" in data:
            if data.get("case", case.id) != case.id:
                self.fail(f"are those of the case {json_excerpt(data['case'])}, not of {quoted(case.id)}")
            if "printed" in data:
                self.fail(
                    "have printed numbers beside those that are reported, which only numbers by hand do: --by-hand"
                )
            dtype = dtype or data.get("dtype")
            data = data["values"]
            if not isinstance(data, dict):
                self.fail(f"must be an object of names and numbers, not {json_excerpt(data)}")
        known = {quantity.name: quantity for quantity in reportable(case)}
        simple = {simplified(name): name for name in known}
        self.numbers = {}
        for name, value in data.items():
            found = simple.get(simplified(name))
            if found is None:
                self.unknown(name, known)
            if found in self.numbers:
                self.fail(f"hold {found} twice")
            self.numbers[found] = self.flat(known[found], value)
        if dtype is not None and (not isinstance(dtype, str) or dtype not in FLOAT_TYPES):
            self.fail(f"have the type {json_excerpt(dtype)}, but must be one of: {', '.join(FLOAT_TYPES)}")
        self.digits = Digits(self.reported(), given_numbers(case))
        self.guessed = dtype is None
        self.types = possible_types(self.reported()) if dtype is None else [dtype]
        self.dtype = self.types[0]
        self.numbers = {
            name: [None if number is None else identified(number, self.dtype) for number in numbers]
            for name, numbers in self.numbers.items()
        }

    def fail(self, problem):
        raise NetworkError(f"{self.where} {problem}")

    def unknown(self, name, known):
        near = difflib.get_close_matches(str(name), known, 1, 0.5)
        hint = f"did you mean {near[0]}" if near else f"`purenet golden show {self.case.id}` lists all names"
        self.fail(f"hold {json_excerpt(name)}, which {self.case.id} does not have: {hint}?" if near else
                  f"hold {json_excerpt(name)}, which {self.case.id} does not have; {hint}")  # fmt: skip

    def flat(self, quantity, value):
        """Return the numbers of a quantity row by row, as they are in the case."""
        shape = quantity.shape
        swapped = len(shape) == 2 and self.layout == LAYOUTS[1]
        if swapped:
            shape = shape[::-1]
        numbers = self.of_shape(quantity, value, shape)
        if swapped:
            inputs, neurons = shape
            numbers = [numbers[i * neurons + j] for j in range(neurons) for i in range(inputs)]
        return numbers

    def of_shape(self, quantity, value, shape):
        if not isinstance(value, list):
            if quantity.size != 1 and value is not None:
                self.wrong_shape(quantity, shape, json_excerpt(value))
            return [self.checked(quantity, value)] * quantity.size
        rows = [row for row in value if isinstance(row, list)]
        if not rows and len(value) == quantity.size:
            return [self.checked(quantity, number) for number in value]
        fits = len(shape) == 2 and len(rows) == len(value) == shape[0] and all(len(row) == shape[1] for row in rows)
        if not fits:
            lengths = [str(length) for length in sorted({len(row) for row in rows})]
            found = f"{count(len(rows), 'row')} of {' and '.join(lengths)}" if rows else f"a list of {len(value)}"
            if 0 < len(rows) < len(value):
                found = f"a list of {count(len(rows), 'row')} and {count(len(value) - len(rows), 'other thing')}"
            self.wrong_shape(quantity, shape, found)
        return [self.checked(quantity, number) for row in value for number in row]

    def wrong_shape(self, quantity, shape, found):
        wanted = "one number"
        if len(shape) == 1:
            wanted = f"a list of {shape[0]}, a number for each neuron of {quantity.letter}"
        if len(shape) == 2:
            names = ("neuron", "input") if self.layout == LAYOUTS[0] else ("input", "neuron")
            wanted = f"{count(shape[0], 'row')} of {shape[1]}, a row for each {names[0]} and in it a number for each {names[1]}"
        hint = ""
        if len(shape) == 2 and found == f"{count(shape[1], 'row')} of {shape[0]}":
            hint = f"; if that is intended, say --weights {LAYOUTS[1 - LAYOUTS.index(self.layout)]}"
        self.fail(f"have the wrong shape: {quantity.name} must be {wanted}, and is {found}{hint}")

    def checked(self, quantity, value):
        if value is None or type(value) is float:
            return value
        if isinstance(value, Decimal) or type(value) is int:
            return of_a_float(Decimal(value))
        self.fail(f"hold {json_excerpt(value)} in {quantity.name}, where a number must be")

    def reported(self):
        """Return the numbers that are reported, all in one list."""
        return [number for numbers in self.numbers.values() for number in numbers if number is not None]

    def rounding(self, number):
        """Return how far a number may be from the one that was printed: half a unit of its last place."""
        return self.digits.unit(number) / 2

    def are_few(self, number):
        """Return whether the digits of a number are fewer than its float type holds."""
        return finite(number) and self.rounding(number) > 2 * FLOAT_TYPES[self.dtype].unit * abs(decimal(number))


def given_numbers(case):
    """Return the sizes of the numbers that a case gives, as floats."""
    given = [number for layer in case.network_data.layers for weights, bias, _ in layer for number in [*weights, bias]]
    given += [number for pair in case.examples for numbers in pair if numbers for number in numbers]
    return {abs(float(number)) for number in given if number is not None}


def check_choices(dtype, layout):
    """Raise NetworkError for an unknown float type or layout; the type None is a guess."""
    if dtype is not None and dtype not in FLOAT_TYPES:
        *others, last = FLOAT_TYPES
        raise NetworkError(f"the float type is {', '.join(others)} or {last}, not {quoted(dtype)}")
    if layout not in LAYOUTS:
        raise NetworkError(f"the layout of weights is {' or '.join(LAYOUTS)}, not {quoted(layout)}")


def of_a_float(number):
    """Return a Decimal, or the nearest float if no float is so large or so long: exact arithmetic would take forever."""
    if not number.is_finite() or number.adjusted() > LARGEST_EXPONENT:
        return float(number)
    if number.adjusted() < -LARGEST_EXPONENT or len(number.as_tuple().digits) > MOST:
        return float(number)
    return number


def simplified(name):
    """Return a name in lower case and the singular, with dots between its parts: the same for all its spellings."""
    parts = re.split(r"[./_ \[\]]+", str(name).strip().lower())
    return ".".join(SINGULAR.get(part, part) for part in parts if part)


def parse_values(text, where="the text"):
    """Return the data in a text, JSON or TSV, which may hold NaN and infinity."""
    text = text.lstrip("\ufeff")
    if not text.strip():
        raise NetworkError(f"{where} is empty: nothing is reported")
    if text.lstrip()[0] in '{["':
        return parse_json(text, where, float)
    return parse_tsv(text, where)


def parse_tsv(text, where):
    """Return the data in lines of a name and numbers; on a worksheet, some numbers are printed."""
    data = {"values": {}}
    for line_number, line in enumerate(text.splitlines(), start=1):
        parts = line.split("\t") if "\t" in line else line.split()
        parts = [part.strip() for part in parts if part.strip() not in ("", *SIGNS)]
        if not parts or parts[0].startswith("#"):
            continue
        name, texts, found = parts[0], parts[1:], data["values"]
        if name in ("case", "dtype") and len(texts) == 1:
            data[name] = texts[0]
            continue
        if name == "asked" and texts:
            data[name] = texts
            continue
        if data.get("dtype") == BY_HAND:
            texts = by_hand(name, texts, f"{where}, line {line_number}")
        if name == "printed" and len(texts) > 1:
            name, texts, found = texts[0], texts[1:], data.setdefault("printed", {})
        if name in found:
            raise NetworkError(f"{where}, line {line_number}: {json_excerpt(name)} appears a second time")
        found[name] = [parse_number(text, f"{where}, line {line_number}") for text in texts]
    return data


def by_hand(name, texts, where):
    """Return the texts of a line by hand; raise NetworkError for what a person may type that is no number."""
    for text in texts if name != "printed" else ():
        if re.fullmatch(r"[-−+]?\d+,\d+", text):
            raise NetworkError(f"{where}: write {text.replace(',', '.')}, with a point, for {name}")
        if re.fullmatch(r"[-−+]?(nan|inf|infinity)", text.lower()):
            raise NetworkError(f"{where}: {json_excerpt(text)} is not a number for {name}; leave out one that you lack")
    if len(texts) > 1 and name != "printed" and "." not in name:
        raise NetworkError(f"{where}: {name} has {len(texts)} numbers, and must have one number per line")
    return texts


def parse_number(text, where):
    text = text.replace("−", "-")
    lower = text.lower().lstrip("+")
    if lower in ("null", "none", "na"):
        return None
    try:
        if "0x" in lower:
            return float.fromhex(text)
        plain = lower.lstrip("-")
        if plain.startswith("nan"):  # printf also writes nan(ind), and which nan it is
            return math.nan
        return float(text) if plain in ("inf", "infinity") else decimal_number(text)
    except (ArithmeticError, ValueError):
        raise NetworkError(
            f"{where}: {json_excerpt(text)} is not a number; a line is a name and then numbers, with tabs between"
        ) from None
