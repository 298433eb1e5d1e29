"""Published digits: what people print, and how a printed number compares with the computed one.

Digits are texts, because "1.0000" says more than 1.0. A key of a published object is a symbol or a formula of symbols
(see formula.py).
"""

import math
import re
from collections import namedtuple
from decimal import Decimal
from fractions import Fraction

from purenet.arithmetic.formula import read_formula
from purenet.arithmetic.other_names import is_symbol
from purenet.errors import INFINITY, NetworkError, as_in_json

RIGHT, BY_HAND, CUT_OFF, LAST_BIT, WRONG = "right", "right by hand rounding", "cut off", "last bit", "wrong"

# A program that adds in another order ends in other last bits. The losses that micrograd's README prints for a training
# of 100 steps differ by up to 7.81e-15 of their size from those of the same training added up in another order; 2^-46,
# which is 1.42e-14, is 64 to 128 units in the last place of a double.
OTHER_ORDER = Fraction(1, 2**46)
DOUBLE_DIGITS = 16  # a text of so many significant digits, or one more, is a double that was printed in full
SURE_DIGITS = 13  # significant digits of a float that a few roundings do not change
LARGEST = Decimal("1e308")  # about the largest double
MOST_CHARACTERS = 100  # of a number
FIELDS = ("digits", "right", "cause", "note", "unreproducible")

DIGITS = re.compile(r"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)(e[-+]?[0-9]{1,3})?", re.IGNORECASE)
POWER_OF_TEN = re.compile(r" ?[·×*] ?10(?:\^([-+−]?[0-9]+)|([⁻⁺]?[⁰¹²³⁴-⁹]+))")
MINUS_SIGNS = str.maketrans("−–‐‑", "----")
MOST_PROBLEMS = 5  # in a message
RAISED = str.maketrans("⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹", "-+0123456789")

# a published number: its key in the spelling of purenet, and as it was `typed`
Published = namedtuple("Published", "key digits right cause note unreproducible typed", defaults=[None, None])


def check_digits(symbol, digits):
    """Raise NetworkError unless digits is a text such as "0.0227", the digits published for a symbol or a formula."""
    read_formula(symbol)
    check_text(f"the published {symbol}", digits)


def check_text(what, digits):
    """Raise NetworkError, which names `what` is wrong, unless digits is a text such as "0.0227"."""
    if not isinstance(digits, str):
        raise NetworkError(f'{what} must be digits in quotation marks such as "0.0227", not {as_in_json(digits)}')
    if len(digits) > MOST_CHARACTERS or not DIGITS.fullmatch(plain(digits)):
        hint = ": write a point before the decimals, and nothing between thousands" if "," in digits else ""
        raise NetworkError(f'{what} must be digits such as "0.0227", ".85" or "-2.4e-03", not {digits!r}{hint}')


def plain(digits):
    """Return printed digits as Python writes them: 3.51·10⁻⁵ and 3.51×10^−5 as 3.51e-5."""
    digits = POWER_OF_TEN.sub(lambda match: "e" + (match[1] or match[2].translate(RAISED)), digits)
    return digits.translate(MINUS_SIGNS)


def decimal_of(digits):
    """Return the exact Decimal of printed digits; its exponent tells to how many places they were printed.

    >>> decimal_of("1.0000"), decimal_of("−.85"), decimal_of("-2.406e-03"), decimal_of("3.51·10⁻⁵")
    (Decimal('1.0000'), Decimal('-0.85'), Decimal('-0.002406'), Decimal('0.0000351'))
    """
    return Decimal(plain(digits))


def verdict_of(digits, full, by_hand=None):
    """Return how printed digits compare with the number in full precision and with the Decimal written by hand, if any.

    RIGHT: the number, rounded to as many places, has these digits, or is the same double. LAST_BIT: a double printed in
    full, whose last bits differ as they do when sums are added in another order. BY_HAND: the number written by hand
    has these digits. CUT_OFF: either number has them when it is cut off instead of rounded. WRONG: none of these.
    What rounds to 0 may be printed as 0.00 or −0.00.

    >>> verdict_of("0.73", 0.7310585786300049), verdict_of("0.7310", 0.7310585786300049)
    ('right', 'cut off')
    >>> verdict_of("0.7310585786300048", 0.7310585786300049), verdict_of("0.74", 0.7310585786300049)
    ('last bit', 'wrong')
    """
    if full != full or abs(full) == INFINITY:
        return WRONG
    number = decimal_of(digits)
    agreement = agreement_of(number, full)
    if agreement is not None:
        return agreement
    if by_hand is not None and agreement_of(number, by_hand) is not None:
        return BY_HAND
    if is_cut_off(number, full) or by_hand is not None and is_cut_off(number, by_hand):
        return CUT_OFF
    return LAST_BIT if significant_digits(number) == DOUBLE_DIGITS - 1 and is_near(number, full) else WRONG


def agreement_of(number, value):
    """Return RIGHT if a value has the digits of a number, LAST_BIT if they are those of a double near it, or None."""
    if not is_double_near(number, value):
        return RIGHT if has_digits(number, value) else None
    if float(number) == float(value):
        return RIGHT
    is_other_double = isinstance(value, float) and Decimal(repr(float(number))).as_tuple() == number.as_tuple()
    return RIGHT if not is_other_double and has_digits(number, value) else LAST_BIT


def is_double_near(number, value):
    """Return whether a number is near a value, and a double that was printed in full, or may be one."""
    length = significant_digits(number)
    if length < DOUBLE_DIGITS or not is_near(number, value):
        return False
    return isinstance(value, float) or length <= DOUBLE_DIGITS + 1 or has_digits(number, Decimal(float(number)))


def is_near(number, value):
    """Return whether a Decimal is as near a value as a double of the same sum, added in another order, may be."""
    exact = Fraction(value)
    return abs(number) < LARGEST and abs(Fraction(number) - exact) <= abs(exact) * OTHER_ORDER


def has_digits(number, value):
    """Return whether a value, rounded to the places of a number, is that number."""
    return any(number == rounding for exact in readings(value, number) for rounding in roundings(exact, number))


def significant_digits(number):
    """Return the number of significant digits of a Decimal; of a zero, 0."""
    return len(number.as_tuple().digits) if number else 0


def readings(value, number):
    """Return the exact values that a value may be taken for, where it is compared with a printed number.

    A float is a binary number, and the decimal that it prints. It may also stand for a shorter decimal on paper, as
    0.19999999999999998 does for 0.3 − 0.1.
    """
    if not isinstance(value, float):
        return [Fraction(value)]
    exact_values = [Fraction(value), Fraction(repr(value))]
    if significant_digits(number) < SURE_DIGITS - 1:
        exact_values.append(Fraction(f"{value:.{SURE_DIGITS}g}"))
    return exact_values


def roundings(exact, number):
    """Yield a Fraction rounded to the places of a Decimal, half up and half even. Most programs do the latter."""
    unit = place_of(number)
    away_from_zero = math.floor(abs(exact) / unit + Fraction(1, 2)) * unit
    yield -away_from_zero if exact < 0 else away_from_zero
    yield round(exact / unit) * unit


def is_cut_off(number, value):
    """Return whether a value has the digits of a number when the digits after them are dropped."""
    unit = place_of(number)
    return number == math.trunc(readings(value, number)[-1] / unit) * unit


def place_of(number):
    """Return the value of a 1 in the last place of a Decimal: 1/100 for 0.25."""
    return Fraction(10) ** number.as_tuple().exponent


def one_spelling(keys):
    """Raise NetworkError if two keys of a published object are spellings of one symbol, such as δ_k1 and delta_k1."""
    found = {}
    for key in keys:
        name = str(read_formula(key)) if is_symbol(key) else key
        if name in found:
            raise NetworkError(
                f"{found[name]} and {key} are the same quantity: publish a list of digits under one of them"
            )
        found[name] = key


def raise_all(problems):
    """Raise NetworkError if there are problems, texts, with the first of them."""
    if problems:
        more = [f"and {len(problems) - MOST_PROBLEMS} more"] * (len(problems) > MOST_PROBLEMS)
        raise NetworkError("; ".join([*problems[:MOST_PROBLEMS], *more]))


def published_numbers(data, where):
    """Return the published numbers of one example or step, as `Published` tuples, from their JSON object.

    The keys are symbols or formulas, given back in the spelling of purenet. A value is a digits text; or an object with
    "digits" and, where they are wrong, the "right" ones and the "cause", or a "note", or why they are "unreproducible";
    or a list of such, for a number published several times. `where` names the object in messages. Raises NetworkError,
    which lists all problems.
    """
    if not isinstance(data, dict):
        raise NetworkError(f'{where} must be an object such as {{"y_j1": "0.731"}}, not {as_in_json(data)}')
    found, problems = [], []
    for key, value in data.items():
        try:
            found += printings(key, value)
        except NetworkError as error:
            problems.append(f"{where}: {error}")
    raise_all(problems)
    try:
        one_spelling(data)
    except NetworkError as error:
        raise NetworkError(f"{where}: {error}") from None
    return found


def printings(key, value):
    """Yield the numbers published under one key."""
    for printed in value if isinstance(value, list) and value else [value]:
        fields = printed if isinstance(printed, dict) else {"digits": printed}
        check_fields(key, fields)
        digits = fields["digits"]
        for text in digits if isinstance(digits, list) and digits else [digits]:
            check_digits(key, text)
            yield Published(str(read_formula(key)), text, *(fields.get(field) for field in FIELDS[1:]), key)


def check_fields(key, fields):
    """Raise NetworkError unless the object published under a key has the fields that it may have."""
    for field in fields:
        if field not in FIELDS:
            raise NetworkError(f"the published {key} has no field {field!r}, only {', '.join(FIELDS)}")
    if "digits" not in fields:
        raise NetworkError(f'the published {key} has no "digits"')
    if "right" in fields:
        check_text(f"the right digits of {key}", fields["right"])
    for field in ("cause", "note", "unreproducible"):
        if field in fields and not (isinstance(fields[field], str) and fields[field].strip()):
            raise NetworkError(f"the {field} of the published {key} must be a text, not {as_in_json(fields[field])}")
