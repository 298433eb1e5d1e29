from purenet.cases import read_case
from purenet.worksheet.template import data_of_case


def test_more_steps_take_the_examples_of_a_case_again():
    data, where = read_case("sigmoid-2-2-1")
    first, second = data["examples"]
    made = data_of_case(data, where, 4, steps=3)
    assert made["examples"] == [first, second, first] and made["batch_sizes"] == [1, 1, 1]
