"""Wrong numbers drawn at random have no cause, and are given none."""

import random
from decimal import Decimal

import pytest

from purenet.cases import load_case
from purenet.golden.diagnosis.check import Check
from purenet.golden.diagnosis.diagnosis import Diagnosis
from purenet.golden.programs.reported import Values
from purenet.golden.values.certified import certified_values

SMALL = (
    *("one-neuron", "2x2x1", "all-half", "g1-extreme-sigmoid", "sigmoid-2-2-1", "h-integer-weights"),
    *("g-extreme-softmax", "xor-batch", "mazur", "mazur-trained-biases"),
)


def wrong_quantity(source, case):
    """Return the name of a quantity and numbers of 5 to 9 digits: one of them, all, or all the same, wrong by 0.1 to 100 %."""
    name, certified = source.choice(list(certified_values(case).items()))
    digits, spread = source.randint(5, 9), 10 ** source.uniform(-3, 0)
    right = [float(value) for value in certified.true]

    def wrong(value):
        value = (value or source.uniform(-1, 1)) * (1 + source.uniform(-spread, spread))
        return Decimal(f"{value:.{digits}g}")

    place = source.randrange(len(right))
    numbers = [wrong(value) for value in right]
    others = [Decimal(f"{value:.{digits}g}") for value in right]
    kind = source.choice(["one", "one among right ones", "all", "equal"])
    if kind.startswith("one"):
        numbers = [
            n if i == place else other if kind != "one" else None for i, (n, other) in enumerate(zip(numbers, others))
        ]
    return name, numbers[:1] * len(numbers) if kind == "equal" else numbers


def named(seed, count):
    """Return what is stated of so many random quantities, a list."""
    source, found = random.Random(seed), []
    cases = [load_case(name) for name in SMALL]
    for _ in range(count):
        case = source.choice(cases)
        name, numbers = wrong_quantity(source, case)
        diagnosis = Diagnosis([Check(case, Values(case, {name: numbers}))])
        if diagnosis.groups:
            found.append((case.id, name, numbers, diagnosis.found))
    return found


def test_a_wrong_number_drawn_at_random_is_given_no_name():
    assert named(5, 4) == []


@pytest.mark.slow
def test_of_a_hundred_wrong_numbers_drawn_at_random_none_is_given_a_name():
    assert named(1, 100) == []
