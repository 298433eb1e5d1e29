"""Bounded numbers: what is exact, what is rounded, and where there is no bound."""

from decimal import Context, Decimal, localcontext
from fractions import Fraction

import pytest

from purenet.arithmetic.bounded import FLOAT_TYPES, UNKNOWN, Bounded
from purenet.errors import NetworkError

FLOAT64, FLOAT32, FLOAT16 = (FLOAT_TYPES[name] for name in ("float64", "float32", "float16"))
U64, U32, U16 = 2.0**-53, 2.0**-24, 2.0**-11  # half the distance from 1 to the next number of the type, IEEE 754


def given(text, type=FLOAT64):
    return Bounded.given(text, type)


def test_a_number_that_the_type_holds_has_no_error_and_another_has_half_a_unit():
    assert given("0.5").error == 0
    assert given("3").error == 0
    assert float(given("0.1").error) == pytest.approx(0.1 * U64, rel=1e-9)
    assert given("0.333251953125", FLOAT16).error == 0  # 1365/4096, which 11 bits hold
    assert float(given("0.3333", FLOAT16).error) == pytest.approx(0.3333 * U16 + 2.0**-24, rel=1e-9)


def test_a_product_carries_the_errors_of_both_and_a_rounding():
    product = given("0.1") * given("0.7")
    assert float(product.error) == pytest.approx(3 * 0.07 * U64, rel=1e-6)  # Higham, section 2.2


def test_a_sum_is_bounded_for_every_order():
    total = given("0.1") + given("0.2") + given("0.3")
    inherited = 0.6 * U64
    assert float(total.error) == pytest.approx(inherited + 3 * U64 * 0.6, rel=1e-6)  # Higham, section 4.2: γ_3·Σ|x|


def test_a_sum_that_cancels_keeps_the_errors_of_its_terms():
    total = given("1.1") - given("1.1")
    assert 2.2 * U64 <= float(total.error) < 6.7 * U64  # those of the terms, and γ_2·Σ|x| = 4.4·u


@pytest.mark.parametrize("type", FLOAT_TYPES.values(), ids=str)
def test_sums_and_products_that_the_type_holds_are_exact(type):
    total = given("0.5", type) * given("0.75", type) + given("-1.25", type) + given("2", type)
    assert total.error == 0 and total.exact.low == Decimal("1.125")


def test_a_sum_of_exact_numbers_too_far_apart_is_rounded():
    total = given("1024", FLOAT16) + given("0.125", FLOAT16)
    assert float(total.error) == pytest.approx(2 * U16 * 1024.125, rel=1e-2)
    assert (given("1024", FLOAT64) + given("0.125", FLOAT64)).error == 0


def test_e_to_the_x_grows_an_error_by_itself_and_by_that_of_the_library():
    power = given("1.1").exp()
    y = 3.0041660239464334  # e^1.1, mpmath
    assert float(power.error) == pytest.approx(y * (1.1 + 8 + 1) * U64, rel=1e-3)


def test_tanh_does_not_grow_an_error():
    assert float(given("20.1").tanh().error) == pytest.approx((20.1 + 8 + 1) * U64, rel=1e-3)


def test_tanh_of_0_is_0_without_error():
    assert given("0").tanh().error == 0


def test_a_divisor_that_may_be_0_leaves_no_bound():
    near_zero = given("0.1") - given("0.1") + Bounded.held("1e-20", FLOAT64)
    assert (1 / near_zero).error == UNKNOWN
    assert (1 / given("0.1")).error < 1e-14


def test_a_number_beyond_the_type_has_no_bound():
    assert (given("300", FLOAT16) * given("300", FLOAT16)).error == UNKNOWN
    assert (given("300", FLOAT32) * given("300", FLOAT32)).error == 0


def test_the_logarithm_of_a_share_that_underflows_is_known_from_its_exponents():
    powers = [given("-1000.5").exp(), given("0.25").exp()]
    share = powers[0] / (powers[0] + powers[1])
    logarithm = share.log()
    assert float(logarithm.exact.low) == pytest.approx(-1000.75, abs=1e-9)
    assert float(logarithm.error) < 1e-11
    assert Bounded.held("1e-400", FLOAT64).widened(Decimal("1e-320")).log().error == UNKNOWN


def test_bounds_do_not_depend_on_the_decimal_context_of_the_thread():
    def bound():
        return (given("0.1") * given("0.7") - given("0.3") / given("1.7")).error

    usual = bound()
    with localcontext(Context(prec=3)):
        assert bound() == usual


def test_a_mean_may_be_taken_term_by_term():
    sixths = [Bounded.held("0.015625", FLOAT64)] * 6  # exact in binary, as is their sum; a sixth of each is not
    total = sixths[0]
    for one in sixths[1:]:
        total += one
    in_turn = 0.0
    for _ in range(6):
        in_turn += 0.015625 / 6
    assert in_turn == 0.015624999999999998
    assert Decimal("2e-17") > (total / 6).error >= Decimal("0.015625") - Decimal(in_turn) > 0
    assert (total / 8).error == 0


@pytest.mark.parametrize("divisor", [3.0, 5.0, 7.0, 49.0])
def test_exact_numbers_may_be_multiplied_by_the_rounded_inverse_of_a_divisor_and_added_afterwards(divisor):
    terms, inverse = (5.0, -7.0, 11.0, 1.0), 1 / divisor
    total, single, added = 0, given("5") / given(str(divisor)), 0.0
    for term in terms:
        total = total + given(str(term))
        added += term * inverse
    mean, exact = total / given(str(divisor)), Fraction(10) / Fraction(divisor)  # 5 − 7 + 11 + 1
    assert abs(Fraction(added) - exact) <= Fraction(mean.error)
    assert abs(Fraction(5.0 * inverse) - exact / 2) <= Fraction(single.error)
    assert float(single.error) == pytest.approx(2 * 5 / divisor * U64, rel=1e-9)


def test_a_product_with_a_sum_may_be_taken_term_by_term():
    total = Bounded.held("1000", FLOAT64) - Bounded.held("999", FLOAT64)
    assert total.error == 0
    assert Decimal("7e-14") > (total * given("0.3")).error >= Decimal(abs(1000 * 0.3 - 999 * 0.3 - 0.3)) > 0  # 600·u


def test_a_given_number_below_the_smallest_normal_one_is_rounded_by_more():
    given_size = Decimal("0.00001")
    as_float16 = Decimal(168) * Decimal(2) ** -24  # 1.00136e-05, the nearest
    assert Decimal("6.5e-8") > given("0.00001", FLOAT16).error >= abs(as_float16 - given_size) > 0  # 2^−24 and a little


def test_the_largest_number_of_a_type_is_just_below_a_power_of_two():
    assert given("65504", FLOAT16).error == 0
    assert (given("65504", FLOAT16) + given("30", FLOAT16)).error == UNKNOWN


def test_a_thing_that_is_no_number_is_refused():
    with pytest.raises(NetworkError, match="decimal texts"):
        Bounded.given(Fraction(1, 3), FLOAT64)


def test_the_size_of_a_number_is_as_far_off_as_the_number():
    for text in ("-0.1", "0.1"):
        size = abs(given(text))
        assert (size.exact.low, size.error) == (Decimal("0.1"), given(text).error)


def test_a_square_root_halves_the_relative_error_and_has_that_of_a_library():
    root = given("0.1").sqrt()
    inherited, library = 0.1 * U64 / (2 * 0.1**0.5), 8 * U64 * 0.1**0.5  # e/(2√x) is allowed to be e/√x
    assert inherited + library < float(root.error) < 2.1 * inherited + library + 1.1 * U64 * 0.1**0.5
    assert Fraction(root.exact.low) ** 2 < Fraction(1, 10) < Fraction(root.exact.high) ** 2


def test_a_square_root_of_a_number_that_may_be_0_errs_by_the_root_of_its_error_at_most():
    nearly = (given("1.1") - given("1.1")) * given("1")
    assert nearly.exact.low == 0 and 0 < nearly.error
    assert float(nearly.sqrt().error) == pytest.approx(float(nearly.error) ** 0.5, rel=1e-6)
    assert given("0").sqrt().error == 0
    unknown = (given("1") / (given("1.1") - given("1.1") + given("1e-300"))).error
    assert unknown == UNKNOWN


def test_a_power_errs_as_products_do_and_as_a_library_does():
    assert given("0.9") ** 1 is not None and (given("0.9") ** 1).error == given("0.9").error
    cube = given("0.9") ** 3
    assert float(cube.error) == pytest.approx((3 + 2 + 8) * U64 * 0.729, rel=1e-6)  # given, products, library
