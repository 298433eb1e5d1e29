"""The benchmark itself is run by hand; these tests hold what it measures to be the same work. No test is timed."""

import pytest

from tests.benchmarks.__main__ import (
    PLAIN,
    SIZES,
    contest,
    examples,
    same_work,
    starting_weights,
)
from tests.benchmarks.peers import C, Numpy, Torch

# The sum of all weights of size b after 20 steps at a rate of 0.1, from CPython 3.11 on x86-64 with glibc; on another
# mathematical library the last digits may differ, and the test below compares it to 12.
CHECKSUM_B = 5.22898587964657


@pytest.mark.parametrize("size", ["a", "b"])
def test_all_plain_structures_do_the_same_work_bit_for_bit(size):
    assert same_work(SIZES[size])[0]


def test_the_work_is_that_of_every_interpreter():
    assert same_work(SIZES["b"])[1] == pytest.approx(CHECKSUM_B, rel=1e-12)


@pytest.mark.parametrize("kind", [Numpy, Torch, C])
def test_the_peers_do_the_same_work(kind):
    try:
        peer = kind(starting_weights(SIZES["b"]), 0.1)
    except (ImportError, OSError) as error:
        pytest.skip(f"{kind.name}: {error}")
    plain = PLAIN[0](starting_weights(SIZES["b"]), 0.1)
    for inputs, targets in examples(SIZES["b"]):
        peer.step(inputs, targets)
        plain.step(inputs, targets)
    assert peer.weights() == pytest.approx(plain.weights(), rel=1e-12, abs=1e-14)


def test_what_is_not_there_is_left_out_by_name():
    class Missing:
        name = "missing"

        def __init__(self, layers, learning_rate):
            raise ImportError("No module named 'missing'")

    times, left_out = contest([PLAIN[0], Missing], SIZES["a"], 1, 0.001)
    assert list(times) == [PLAIN[0].name]
    assert left_out == {"missing": "No module named 'missing'"}
