"""Printed digits are read as they are printed, and judged: never wrong where they are right, never right where not."""

import random
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

import pytest

from purenet import NetworkError
from purenet.arithmetic.published import (
    BY_HAND,
    CUT_OFF,
    LAST_BIT,
    RIGHT,
    WRONG,
    Published,
    check_digits,
    decimal_of,
    one_spelling,
    published_numbers,
    verdict_of,
)


@pytest.mark.parametrize(
    "digits, exact",
    [
        ("0.0227", "0.0227"),
        (".85", "0.85"),
        ("-.85", "-0.85"),
        ("1.", "1"),  # as NumPy prints
        ("-0.19", "-0.19"),
        ("−0.19", "-0.19"),
        ("+0.5", "0.5"),
        ("1.0000", "1.0000"),
        ("0", "0"),
        ("224", "224"),
        ("-2.406e-03", "-0.002406"),
        ("9.38E-14", "9.38E-14"),
        ("9.38e−14", "9.38E-14"),
        ("3.51·10^−5", "0.0000351"),
        ("3.51×10⁻⁵", "0.0000351"),
        ("3.51 × 10^-5", "0.0000351"),
        ("3.51*10^5", "3.51E+5"),
        ("2·10⁵", "2E+5"),
    ],
)
def test_digits_are_read_as_people_print_them(digits, exact):
    check_digits("y_j1", digits)
    assert str(decimal_of(digits)) == exact or decimal_of(digits).as_tuple() == Decimal(exact).as_tuple()


@pytest.mark.parametrize(
    "digits",
    ["", " ", "-", ".", "abc", "1,234.5", "0,5", "0.5²", "1.2.3", "--1", "0x1", "nan", "inf", "1e", "1e9999", "2·105"]
    + ["3.51·10", "1_000", "٣", "1/3", "0.5 ", "1" * 101, 0.5, 1, None, True, ["0.5"]],
)
def test_other_texts_are_refused(digits):
    with pytest.raises(NetworkError, match="the published y_j1 must be digits"):
        check_digits("y_j1", digits)


def test_a_comma_is_explained():
    with pytest.raises(NetworkError, match="not '1,234.5': write a point before the decimals, and nothing between"):
        check_digits("y_j1", "1,234.5")


def test_digits_are_published_for_quantities_only():
    with pytest.raises(NetworkError, match="did you mean x_j1"):
        check_digits("z_j1", "0.5")


# verdicts on published examples: the digits, the number in binary64 and the one by hand of the example named


@pytest.mark.parametrize(
    "digits, full, by_hand, verdict",
    [
        ("0.593269992", 0.5932699921071872, None, RIGHT),  # Mazur 2015, out_h1
        ("0.511301270", 0.5113012702387375, None, RIGHT),  # w7+
        ("1.1059059067", 1.10590596705977, None, WRONG),  # net_o1, misprinted
        ("-0.019049119", -0.019049118258278114, "-0.019049119", BY_HAND),
        ("-0.01904919", -0.019049118258278114, "-0.019049119", WRONG),  # a digit dropped
        ("0.291027924", 0.29102777369359933, None, WRONG),  # E after the update
        ("0.7105668883115941", 0.7105668883115941, None, RIGHT),  # Brownlee, hidden output
        ("0.7705641260584198", 0.7705641260584202, None, LAST_BIT),  # micrograd's demo, step 3
        ("0.24507023853658053", 0.24507023853658041, None, LAST_BIT),  # step 10
        ("0.1311", 0.1311690782143445, "0.1311", BY_HAND),  # Han and Kamber, Err6
        ("0.1311", 0.1311690782143445, None, CUT_OFF),
        ("-2.406e-03", -0.0024096209569342505, "-0.00240646346752", BY_HAND),  # MacLeod, delta_1
        ("0.5928", 0.5928661672359241, "0.5928756", CUT_OFF),  # new w6
        ("-0.1360", -0.13609302657524652, "-0.13607550", CUT_OFF),  # S. Ghosh, dL/dz
        ("-0.2720", -0.27218605315049305, "-0.27196", BY_HAND),
        ("0.68997448112", 0.6899744811276125, None, CUT_OFF),  # Mind, hidden result
        ("0.7746924929149283", 0.7743802720529458, "0.77469249291492825", BY_HAND),  # output, of a rounded sum
        ("2.71", 2.718281828459045, None, CUT_OFF),  # CS231n
        ("0.5037", 0.5035928964416224, "0.5035863913063714489", WRONG),  # e^-z of PLP-221
        ("9.38314668300676e-14", 9.38314668300676e-14, None, RIGHT),  # Grus
        ("1.0000", 1.0, None, RIGHT),
        ("1.0000", 0.99994, None, WRONG),
        ("0.1359", 0.13612, "0.13598", CUT_OFF),
        ("224", 18790.0, None, WRONG),
    ],
)
def test_published_numbers_are_judged(digits, full, by_hand, verdict):
    assert verdict_of(digits, full, None if by_hand is None else Decimal(by_hand)) == verdict


@pytest.mark.parametrize(
    "digits, full, verdict",
    [
        ("0.13", 0.125, RIGHT),  # half up, as people do
        ("0.12", 0.125, RIGHT),  # half even, as programs do
        ("-0.13", -0.125, RIGHT),
        ("-0.12", -0.125, RIGHT),
        ("0.11", 0.125, WRONG),
        ("0.13", Decimal("0.125"), RIGHT),
        ("0.12", Fraction(1, 8), RIGHT),
        ("2.68", 2.675, RIGHT),  # half up of what Python shows; the double is below 2.675
        ("2.67", 2.675, RIGHT),
        ("0.375", 0.375, RIGHT),
        ("0.33333", Fraction(1, 3), RIGHT),
        ("0.33334", Fraction(1, 3), WRONG),
        ("0.000", 1e-9, RIGHT),
        ("0.000", -1e-9, RIGHT),
        ("-0.0", 0.0, RIGHT),
        ("0.0", -0.0, RIGHT),
        ("-0.000", -1e-9, RIGHT),
        ("0", 0, RIGHT),
        ("0.0", 0.09, CUT_OFF),
        ("1e-9", 1e-9, RIGHT),
        ("1.2e3", 1249.0, RIGHT),
        ("1.2e3", 1250.0, RIGHT),  # a tie
        ("1.2e3", 1251.0, CUT_OFF),
        ("1200", 1249.0, WRONG),
        ("1.7976931348623157e+308", 1.7976931348623157e308, RIGHT),
        ("1.8e308", 1.7976931348623157e308, RIGHT),
        ("5e-324", 5e-324, RIGHT),
        ("4.9e-324", 5e-324, RIGHT),
        ("1e400", Decimal("1e400"), RIGHT),
        ("1.000000000000001e400", Decimal("1e400"), WRONG),  # beyond doubles
        ("0.5", float("nan"), WRONG),
        ("0.5", float("-inf"), WRONG),
        ("0.30000000000000004", 0.1 + 0.2, RIGHT),
        ("0.3", 0.1 + 0.2, RIGHT),
        ("0.3000000000000000", 0.1 + 0.2, RIGHT),  # no double prints so in full: 16 places were asked for
        ("0.3000000000000001", 0.1 + 0.2, LAST_BIT),  # the double 0.3000000000000001 does
        ("0.29999999999999999", 0.1 + 0.2, LAST_BIT),
        (
            "0.1018954480159996",
            0.10189544801599963,
            LAST_BIT,
        ),  # a double of its own, and the 16 digits of its neighbour
        ("0.30000000000000004441", 0.1 + 0.2, RIGHT),
        ("0.299999999999999988898", 0.1 + 0.2, LAST_BIT),
        ("0.731058578630005", 0.7310585786300049, RIGHT),  # 15 digits, as MATLAB prints
        ("0.731058578630004", 0.7310585786300049, CUT_OFF),
        ("0.731058578630006", 0.7310585786300049, LAST_BIT),
        ("0.731058578631", 0.7310585786300049, WRONG),
        ("0.7310585786301049", 0.7310585786300049, WRONG),
        ("0.1000000000000000", Decimal("0.1"), RIGHT),
        ("0.1000000000000000055511151231", Decimal("0.1"), RIGHT),  # the double in full
        ("0.1000000000000000085511151231", Decimal("0.1"), WRONG),
        ("0.1000000000000000085511151231", 0.1, RIGHT),  # as far as a double can tell
        ("0.3333333333333333", Fraction(1, 3), RIGHT),
        ("0.3333333333333334", Fraction(1, 3), LAST_BIT),
    ],
)
def test_ties_zeros_doubles_and_extremes(digits, full, verdict):
    assert verdict_of(digits, full) == verdict


def floats(count, seed):
    """Return doubles of all sizes, and some that are short decimals, where ties are."""
    r = random.Random(seed)
    sizes = [r.choice([0, 0, 0, -3, 5, -20, 100, -300]) for _ in range(count)]
    return [r.choice([r.uniform(-1, 1) * 10.0**size, r.randint(-4000, 4000) / 2000]) for size in sizes]


def test_what_programs_and_people_print_is_right():
    for full in floats(500, seed=1):
        assert verdict_of(repr(full), full) == RIGHT
        assert verdict_of(f"{full:.16e}", full) == RIGHT
        for places in (0, 1, 4, 9, 14):
            assert verdict_of(f"{full:.{places}e}", full) == RIGHT
            assert verdict_of(str(Context(places + 1, ROUND_HALF_UP).create_decimal(repr(full))), full) == RIGHT
            if abs(full) < 10:
                assert verdict_of(f"{full:.{places}f}", full) == RIGHT


@pytest.mark.slow
def test_what_differs_by_more_than_rounding_is_not_right():
    for full in floats(500, seed=2):
        for places in (0, 1, 4, 9, 14):
            printed = Decimal(f"{full:.{places}e}")
            for steps in (-2, -1, 1, 2):
                number = printed + steps * Decimal((0, (1,), printed.as_tuple().exponent))
                distance = abs(Fraction(number) - Fraction(full))
                if distance > Fraction(10) ** number.as_tuple().exponent * Fraction(56, 100):
                    assert verdict_of(f"{number:e}", full) != RIGHT, (number, full)
                if abs(steps) == 2 and places < 14:
                    assert verdict_of(f"{number:e}", full) == WRONG, (number, full)


def test_another_double_is_never_right_and_a_neighbour_never_wrong():
    for full in floats(500, seed=3):
        if abs(full) > 1e-290:
            other = full * (1 + 2**-52)
            assert verdict_of(f"{other:.16e}", full) == LAST_BIT
            assert verdict_of(f"{full * (1 + 2**-44):.16e}", full) == WRONG


def test_a_number_cut_off_is_right_or_cut_off():
    seen = set()
    for full in floats(500, seed=4):
        exact = Decimal(repr(full))
        for digits in (1, 3, 8):
            sign, all_digits, exponent = exact.as_tuple()
            if len(all_digits) > digits:
                cut = Decimal((sign, all_digits[:digits], exponent + len(all_digits) - digits))
                seen.add(verdict_of(str(cut), full))
    assert seen == {RIGHT, CUT_OFF}


# the published object of a case


def test_a_published_object_becomes_a_list_of_numbers():
    data = {
        "δ_k1": "0.231",
        "delta_j1": ["0.0227", "0.02271"],
        "y_j1*(1 - y_j1)": {"digits": "0.197", "note": "with y rounded"},
        "E_new": [{"digits": ["0.25", "0.26"], "right": "0.24", "cause": "delta-without-slope"}, "0.24"],
    }
    assert published_numbers(data, "published") == [
        Published("δ_k1", "0.231", None, None, None, typed="δ_k1"),
        Published("δ_j1", "0.0227", None, None, None, typed="delta_j1"),
        Published("δ_j1", "0.02271", None, None, None, typed="delta_j1"),
        Published("y_j1·(1 − y_j1)", "0.197", None, None, "with y rounded", typed="y_j1*(1 - y_j1)"),
        Published("E⁺", "0.25", "0.24", "delta-without-slope", None, typed="E_new"),
        Published("E⁺", "0.26", "0.24", "delta-without-slope", None, typed="E_new"),
        Published("E⁺", "0.24", None, None, None, typed="E_new"),
    ]


@pytest.mark.parametrize(
    "data, message",
    [
        ([], "steps.0..published must be an object such as"),
        ({"y_j1": 0.5}, "steps.0..published: the published y_j1 must be digits in quotation marks"),
        ({"y_j1": []}, "must be digits in quotation marks"),
        ({"y_j1": {}}, 'the published y_j1 has no "digits"'),
        ({"y_j1": {"digits": []}}, "must be digits in quotation marks"),
        ({"y_j1": {"digits": "0.5", "rihgt": "0.6"}}, "has no field 'rihgt', only digits, right, cause, note"),
        ({"y_j1": {"digits": "0.5", "right": 0.6}}, "the right digits of y_j1 must be digits in quotation marks"),
        ({"y_j1": {"digits": "0.5", "cause": ""}}, 'the cause of the published y_j1 must be a text, not ""'),
        ({"y_j1": {"digits": "0.5", "note": 5}}, "the note of the published y_j1 must be a text, not 5"),
        ({"z_j1": "0.5"}, "steps.0..published: 'z_j1' is not the symbol of a quantity: did you mean x_j1?"),
        ({"δ_k1": "0.5", "delta_k1": "0.5"}, "δ_k1 and delta_k1 are the same quantity"),
        ({"z_j1": "0.5", "w5": "1"}, r"did you mean x_j1\?; steps.0..published: 'w5' is not"),
        ({f"a_j{n}": "1" for n in range(1, 8)}, "did you mean y_j5[?]; and 2 more$"),
    ],
)
def test_a_wrong_published_object_is_named(data, message):
    with pytest.raises(NetworkError, match=message):
        published_numbers(data, "steps[0].published")


def test_quantities_that_differ_may_both_be_published():
    one_spelling(["δ_k1", "δ_k2", "δ_k1⁺", "−δ_k1", "∂x_k1/∂w_j1k1", "∂x_k2/∂w_j1k2", "y_j1"])


@pytest.mark.parametrize(
    "digits, full, verdict",
    [
        ("0.1", 0.3 - 0.1, WRONG),  # 0.19999999999999998 stands for 0.2, which nobody cuts off to 0.1
        ("0.2", 0.3 - 0.1, RIGHT),
        ("0.44", 0.7 * 0.5 + 0.1, WRONG),  # 0.44999999999999996
        ("1.1213", 1.15 - 0.1 * 0.2875, RIGHT),  # 1.12125 on paper, half up
        ("1.1212", 1.15 - 0.1 * 0.2875, RIGHT),  # and half even
        ("1.1214", 1.15 - 0.1 * 0.2875, WRONG),
    ],
)
def test_a_float_that_stands_for_a_short_decimal_is_taken_for_it(digits, full, verdict):
    assert verdict_of(digits, full) == verdict
