"""Which case shows which mistake."""

import pytest

from purenet.cases import load_case
from purenet.golden.mistakes import CATALOGUE
from purenet.golden.mistakes.detection import detected, run_of
from purenet.golden.values.case_files import golden_names
from purenet.golden.values.certified import certified_values

CASES = [load_case(name) for name in golden_names()]


@pytest.mark.parametrize("case", CASES, ids=golden_names())
def test_a_program_without_a_mistake_is_not_taken_for_one(case):
    """A file of a case lists the mistakes that it cannot show; tests/golden/test_generate.py writes the file again."""
    certified = certified_values(case)
    assert not detected(certified, run_of(case))
    seen = next(id for id in CATALOGUE if id not in case.blind_to)
    assert detected(certified, run_of(case, CATALOGUE[seen]))


def test_every_mistake_is_detected_by_some_case():
    right_but_for_rounding = ["convention-output-shortcut"]
    assert [id for id in CATALOGUE if all(id in case.blind_to for case in CASES)] == right_but_for_rounding


def test_the_2x2x1_example_alone_is_blind_to_most():
    blind = load_case("2x2x1").blind_to
    assert len(blind) > 60
    assert {"bias-missing-forward", "loss-mean-over-outputs", "updated-weights-in-hidden-delta"} - set(blind) == {
        "updated-weights-in-hidden-delta"
    }


@pytest.mark.slow
def test_every_two_mistakes_are_told_apart_by_some_case():
    runs = {(case.id, id): run_of(case, mistake) for case in CASES for id, mistake in CATALOGUE.items()}
    certified = {case.id: certified_values(case) for case in CASES}

    def same(case, one, other):
        for name, values in certified[case.id].items():
            ones, others = (runs[case.id, id].values.get(name, [None] * len(values.true)) for id in (one, other))
            for a, b, tolerance in zip(ones, others, values.tolerance["float64"]):
                if (a is None) != (b is None):
                    return False
                if a is not None and tolerance is not None:
                    if abs(float(a) - float(b)) > 4 * max(float(tolerance), 1e-13 * abs(float(a))):
                        return False
        return True

    ids = list(CATALOGUE)
    pairs = [(one, other) for n, one in enumerate(ids) for other in ids[n + 1 :]]
    assert len(pairs) == 19306
    assert [pair for pair in pairs if all(same(case, *pair) for case in CASES)] == []
