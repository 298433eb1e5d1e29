"""Two starts of one network for exclusive or."""

from decimal import Decimal

import pytest

from purenet.cases import Case, case_names
from purenet.lab.starts import STARTS, start_data
from tests.lab.pages import Page


@pytest.mark.parametrize("name", STARTS)
def test_a_start_is_a_case_of_four_steps_of_exclusive_or(name):
    case = Case(start_data(name))
    assert [(list(map(int, inputs)), int(targets[0])) for inputs, targets in case.examples] == [
        ([0, 0], 0),
        ([0, 1], 1),
        ([1, 0], 1),
        ([1, 1], 0),
    ]
    assert [case.batch_sizes, case.learning_rate] == [[1, 1, 1, 1], Decimal(2)]
    assert case.network_data.sizes == [2, 2, 1]


def test_a_start_has_no_name_of_a_case_and_opens_where_it_is_trained():
    assert not set(STARTS) & set(case_names())
    for name in STARTS:
        assert Page(name).lab.tab == "learn"
        assert f'<option value="{name}" selected="">' in Page(name).html
