"""The values that a program reports, by name: read from JSON or TSV, each fault in them named in a sentence.

PROTOCOL.md says what may be reported, and how.
"""

import difflib
import math
import re
import struct
from decimal import Decimal

from purenet.arithmetic.bounded import FLOAT_TYPES
from purenet.errors import NetworkError, count
from purenet.golden.values.certified import decimal
from purenet.storage.files import decimal_number, parse_json
from purenet.storage.network_json import json_excerpt
from purenet.trace.quantities import reportable

LAYOUTS = ("neuron,input", "input,neuron")
STRUCT_FORMATS = {"float32": "f", "float16": "e"}  # of struct
TELLING = {"float16": 4, "float32": 6}  # digits; with fewer, any number could be one of the type
SHORTEST = {"float32": 9, "float16": 5}  # digits that give back any number of the type
FULL = {"float64": 16, "float32": 8, "float16": 0}  # significant digits from which a number is taken as printed in full
FEWEST = 6  # significant digits that a report must have somewhere, to be taken as rounded
MOST = 800  # digits of a float64 that is written exactly are 767 at most
LARGEST_EXPONENT = 2000  # beyond which a number is as good as infinite, or 0
SINGULAR = {
    **{f"{word}s": word for word in ("output", "input", "delta", "weight", "gradient")},
    **{"biases": "bias", "losses": "loss"},
}


class Values:
    """Values reported for a case: `numbers` is a dictionary from names to flat lists, where None is not reported.

    A number is a float, or the Decimal in the text. `dtype` is the float type, and `guessed` is true where it was found
    from the digits; `rounding` is half a unit of the last digit where all are printed with few digits.
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
                self.fail(f"are those of the case {json_excerpt(data['case'])}, not of {case.id!r}")
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
        decimals = [Decimal(repr(number)) if type(number) is float else number for number in self.reported()]
        self.decimals = [number for number in decimals if number.is_finite()]
        self.most_digits = max((len(number.as_tuple().digits) for number in self.decimals), default=0)
        self.guessed = dtype is None
        self.dtype = dtype or self.guess()
        self.rounding = self.printed_rounding()
        if self.dtype in STRUCT_FORMATS:
            self.numbers = {
                name: [None if number is None else as_type(number, self.dtype) for number in numbers]
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

    def guess(self):
        """Return the smallest float type whose numbers all of these can be, if they have digits enough to tell."""
        finite = [number for number in self.reported() if math.isfinite(number)]
        for name, fewest in TELLING.items():
            if self.most_digits >= fewest and all(could_be(number, name) for number in finite):
                return name
        return "float64"

    def printed_rounding(self):
        """Return half a unit of the last digit printed, if all numbers are printed with few; or 0."""
        decimals, most = self.decimals, self.most_digits
        if not FEWEST <= most < FULL[self.dtype]:
            return lambda number: Decimal(0)
        last = min(number.as_tuple().exponent for number in decimals)
        return lambda number: Decimal(5).scaleb(max(last, decimal(number).adjusted() - most + 1) - 1)


def check_choices(dtype, layout):
    """Raise NetworkError for an unknown float type or layout; the type None is a guess."""
    if dtype is not None and dtype not in FLOAT_TYPES:
        *others, last = FLOAT_TYPES
        raise NetworkError(f"the float type is {', '.join(others)} or {last}, not {dtype!r}")
    if layout not in LAYOUTS:
        raise NetworkError(f"the layout of weights is {' or '.join(LAYOUTS)}, not {layout!r}")


def of_a_float(number):
    """Return a Decimal, or the nearest float if no float is so large or so long: exact arithmetic would take forever."""
    if not number.is_finite() or number.adjusted() > LARGEST_EXPONENT:
        return float(number)
    if number.adjusted() < -LARGEST_EXPONENT or len(number.as_tuple().digits) > MOST:
        return float(number)
    return number


def as_type(number, dtype):
    """Return a number rounded to a float type."""
    number = float(number)
    if not math.isfinite(number):
        return number
    try:
        return struct.unpack(STRUCT_FORMATS[dtype], struct.pack(STRUCT_FORMATS[dtype], number))[0]
    except OverflowError:
        return math.copysign(math.inf, number)


def could_be(number, dtype):
    """Return whether a number is one of a float type, perhaps printed with only the digits that identify it."""
    near = as_type(number, dtype)
    if not math.isfinite(near):
        return False
    value = float(number)
    return near == value or any(float(f"{near:.{digits}g}") == value for digits in range(1, SHORTEST[dtype] + 1))


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
    """Return the data in lines of a name and numbers."""
    data = {"values": {}}
    for line_number, line in enumerate(text.splitlines(), start=1):
        parts = line.split("\t") if "\t" in line else line.split()
        parts = [part.strip() for part in parts if part.strip()]
        if not parts or parts[0].startswith("#"):
            continue
        name, texts = parts[0], parts[1:]
        if name in ("case", "dtype") and len(texts) == 1:
            data[name] = texts[0]
            continue
        if name in data["values"]:
            raise NetworkError(f"{where}, line {line_number}: {json_excerpt(name)} appears a second time")
        data["values"][name] = [parse_number(text, f"{where}, line {line_number}") for text in texts]
    return data


def parse_number(text, where):
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
