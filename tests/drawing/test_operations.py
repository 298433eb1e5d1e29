import pytest

from purenet.drawing.operations import BETWEEN, BOX_HEIGHT, BOX_WIDTH, GAP, Operation, operations_picture, places_of
from purenet.errors import NetworkError
from tests.drawing.svg_reader import of_class, read, texts

GIVEN = [Operation("a", "", 2.0, -3.0), Operation("b", "", -3.0, 2.0), Operation("c", "", 10.0, 1.0)]
CHAIN = [*GIVEN, Operation("d", "×", -6.0, 1.0, (0, 1)), Operation("e", "+", 4.0, 1.0, (3, 2))]  # e = a·b + c
COLUMN, ROW = BOX_WIDTH + GAP, BOX_HEIGHT + BETWEEN


def test_each_number_has_a_box_with_its_symbol_its_sign_its_value_and_its_gradient():
    root = read(operations_picture("A title", ["Words."], CHAIN))
    assert len(of_class(root, "operation")) == 5 and len(of_class(root, "given")) == 3
    assert texts(of_class(root, "operation")[3]) == ["d", "×", "−6.0", "1.0"]
    assert len(of_class(root, "operand")) == 4


def test_a_result_is_right_of_its_operands_and_in_their_middle():
    places = places_of(CHAIN)
    assert places[:2] == [(0, 0), (0, ROW)]
    assert places[3:] == [(COLUMN, 0.5 * ROW), (2 * COLUMN, 1.25 * ROW)]


def test_a_given_number_is_just_before_the_first_that_needs_it():
    assert places_of(CHAIN)[2] == (COLUMN, 2 * ROW)


def test_results_of_the_same_operands_do_not_cover_each_other():
    both = [*GIVEN[:2], Operation("d", "×", -6.0, 1.0, (0, 1)), Operation("e", "+", -1.0, 1.0, (0, 1))]
    assert places_of(both)[2:] == [(COLUMN, 0.5 * ROW), (COLUMN, 1.5 * ROW)]


def test_the_description_names_all_numbers():
    assert (
        operations_picture("A title", [], CHAIN).description
        == "From left to right: a 2.0, b −3.0, c 10.0, d −6.0, e 4.0."
    )


@pytest.mark.parametrize("operand", [1, 2, -1])
def test_an_operand_that_is_not_before_its_result_is_refused(operand):
    with pytest.raises(NetworkError, match="the operands of b must be before it in the list"):
        operations_picture("A title", [], [GIVEN[0], Operation("b", "+", 1.0, 1.0, (0, operand))])
