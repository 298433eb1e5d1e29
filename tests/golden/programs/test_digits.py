"""What digits tell: units of the last place, zeros that were dropped, and float types."""

from decimal import Decimal

import pytest

from purenet.golden.programs.digits import Digits, are_telling, chance, could_be, possible_types


def decimals(text):
    return [Decimal(word) for word in text.split()]


SIX_DIGITS = "0.512497 0.134876 12.3457 0.0234511 1.5e-08 0.25"  # %.6g


@pytest.mark.parametrize(
    "report, number, unit, strict",
    [
        ("0.1234 0.5678", "0.1234", "1e-4", "1e-4"),
        ("0.1234 12.3456", "0.5000", "1e-4", "1e-4"),  # as many decimals as any
        ("0.12345678 0.123456789012345678", "0.12345678", "1e-8", "1e-17"),  # one long number does not spoil others
        (SIX_DIGITS, "0.15358", "1e-5", "1e-6"),  # %.6g of 0.153580092; another program has rounded so
        (SIX_DIGITS, "12.35", "1e-2", "1e-4"),
        (SIX_DIGITS, "0.25", "1e-6", "1e-6"),  # what stays as it was is dropped zeros
        (SIX_DIGITS, "0.35", "1e-6", "1e-6"),  # given
        (SIX_DIGITS, "0.250", "1e-3", "1e-6"),  # with a zero that was not dropped
        (SIX_DIGITS, "0", "0", "0"),
        (SIX_DIGITS, "0.0", "0", "0"),
        ("0.1 0.2 0.30", "0", "1", "1e-2"),  # too few digits to see that zeros are dropped
        ("0.512497 0.134 0.22 0.31", "0.35", "1e-2", "1e-6"),  # most are rounded to fewer
        ("5000 123456", "5000", "1", "1"),
        ("1e3 123456", "1e3", "1e3", "1e0"),
    ],
)
def test_a_number_is_known_to_its_last_place(report, number, unit, strict):
    digits = Digits(decimals(report), given={0.35})
    assert digits.unit(Decimal(number)) == Decimal(unit)
    assert digits.strict_unit(Decimal(number)) == Decimal(strict)


def test_a_float_is_exact():
    digits = Digits([0.5, Decimal("0.12")])
    assert digits.unit(0.5) == digits.strict_unit(0.5) == 0
    assert (digits.decimals, digits.significant) == (2, 2)


@pytest.mark.parametrize(
    "unit, number, largest, told",
    [
        ("0", "0", "0", True),
        ("1e-6", "0.123456", "0.123456", True),
        ("1e-5", "0.12345", "0.12345", False),
        ("1e-5", "1.23456", "1.23456", True),
        ("1e-6", "0.000001", "0.000123", True),  # three digits in the largest number of the row
        ("1e-6", "0.000001", "0.000012", False),
        ("1e-6", "0", "0", False),
        ("1e-3", "0.123", "123.123", False),
    ],
)
def test_six_digits_or_the_sixth_decimal_tell(unit, number, largest, told):
    assert are_telling(Decimal(unit), Decimal(number), Decimal(largest)) == told


# float32 between 0.5 and 1 are 2^-24 = 6e-8 apart: of numbers with nine digits one in 60 is one
def test_the_chance_of_an_accident_is_that_of_each_number_multiplied():
    one, two = Decimal("0.512497425"), Decimal("0.871234119")
    assert chance([one], "float32") == pytest.approx(1e-9 * 2**24)
    assert chance([one, two], "float32") == pytest.approx((1e-9 * 2**24) ** 2)
    assert chance([Decimal("0.5124974")], "float32") == 1
    assert chance([Decimal("0.500000000000")], "float32") == chance([Decimal(0)], "float32") == 1  # in every type


def test_float32_needs_numbers_enough_to_prove_it():
    # of k/7, as struct packs them, with %.9g
    some = ["0.142857149", "0.285714298", "0.428571433", "0.571428597", "0.714285731"]
    assert possible_types(decimals(" ".join(some[:2]))) == ["float64", "float32"]
    assert possible_types(decimals(" ".join(some))) == ["float32"]
    assert possible_types(decimals(" ".join(some[:1] * 9))) == [
        "float64",
        "float32",
    ]  # one number nine times proves no more
    assert possible_types(decimals(" ".join(some) + " 0.142857143")) == ["float64"]
    assert possible_types([0.5, 1.0, -0.25, 0.35]) == ["float64", "float32"]


def test_a_number_could_be_a_float32_if_one_prints_like_it():
    for text in ("0.1", "0.10000000", "0.100000001", "0.10000000149011612", "100", "0", "0.1234", "3.402823e38"):
        assert could_be(Decimal(text), "float32"), text
    for text in ("0.100000000", "0.100000002", "0.1000000000000000", "3.5e38", "1.5e-60"):
        assert not could_be(Decimal(text), "float32"), text
