"""The benchmark itself is run by hand; these tests show that all it measures do the same work. No speed is tested."""

import sys
import time

import pytest

from tests.benchmarks import __main__ as benchmarks
from tests.benchmarks.__main__ import SIZES, contest, examples, same_work, starting_weights, turn, verdicts
from tests.benchmarks.peers import C, GradientWave, Numpy, Torch
from tests.benchmarks.structures import Compiled, Lists, Player

# The sum of all weights of size b after 20 steps at a rate of 0.1, from CPython 3.11 on x86-64 with glibc; on another
# mathematical library the last digits may differ, and the test below compares it to 12.
CHECKSUM_B = 5.22898587964657


@pytest.mark.parametrize("size", ["a", "b"])
def test_all_plain_structures_do_the_same_work_bit_for_bit(size):
    assert same_work(SIZES[size])[0]


def test_the_compiled_formulas_do_the_same_work_bit_for_bit_and_are_left_out_where_they_are_slow():
    players = [kind(starting_weights(SIZES["a"]), 0.1) for kind in (Compiled, Lists)]
    for player in players:
        player.run(examples(SIZES["a"]), 3)
    assert players[0].weights() == players[1].weights() != Lists(starting_weights(SIZES["a"]), 0.1).weights()
    _, left_out = contest([Compiled, Lists], SIZES["b"], 1, 0.001)
    assert left_out == {"purenet's formulas": "the network is too large to be compiled"}


def test_the_work_is_that_of_every_interpreter():
    assert same_work(SIZES["b"])[1] == pytest.approx(CHECKSUM_B, rel=1e-12)


@pytest.mark.parametrize("kind", [GradientWave, Numpy, Torch, C])
def test_the_peers_do_the_same_work(kind):
    try:
        peer = kind(starting_weights(SIZES["b"]), 0.1)
    except (ImportError, OSError) as error:
        pytest.skip(f"{kind.name}: {error}")
    plain = Lists(starting_weights(SIZES["b"]), 0.1)
    for player in (peer, plain):
        player.run(examples(SIZES["b"]), 2)
    assert peer.weights() == pytest.approx(plain.weights(), rel=1e-12, abs=1e-14)


def test_what_is_not_there_is_left_out_by_name():
    class Missing:
        name = "missing"

        def __init__(self, layers, learning_rate):
            raise ImportError("No module named 'missing'")

    times, left_out = contest([Lists, Missing], SIZES["a"], 1, 0.001)
    assert list(times) == [Lists.name]
    assert left_out == {"missing": "No module named 'missing'"}


def test_time_in_which_the_thread_does_not_run_does_not_count():
    class Sleeper(Player):
        def step(self, inputs, targets):
            time.sleep(0.02)

    assert turn(Sleeper(), examples(SIZES["a"]), 1) < 0.1  # of 0.2 seconds


def result(interpreter, size, **times):
    return {
        **{"interpreter": interpreter, "version": "3.13.0", "size": size, "times": {"purenet": 10.0, **times}},
        **{"left_out": {"numpy": "No module named 'numpy'"}, "same_weights": True, "checksum": "0x1p+1"},
    }


def test_a_missed_target_is_said():
    results = [
        result("CPython", "a", **{"dictionaries (Brownlee)": 8.0, "purenet's formulas": 2.0}),
        result("CPython", "b", **{"fastest plain lists": 7.1}),
        result("PyPy", "b", **{"fastest plain lists": 1.0}),  # not a target
        result("PyPy", "c", **{"C, cc -O2": 3.3}),
    ]
    assert verdicts(results) == [
        ["CPython 3.13.0", "a", "purenet", "dictionaries (Brownlee)", "1.25", "1.25", "reached"],
        ["CPython 3.13.0", "b", "purenet", "fastest plain lists", "1.4", "1.41", "MISSED"],
        ["PyPy 3.13.0", "c", "purenet", "C, cc -O2", "3", "3.03", "MISSED"],
        ["CPython 3.13.0", "a", "purenet's formulas", "dictionaries (Brownlee)", "0.333", "0.25", "reached"],
    ]


def test_each_python_and_size_has_a_process_of_its_own(monkeypatch, capsys):
    asked = []

    def measure_with(python, size, quick):
        asked.append((python, size, quick))
        return result("CPython", size, **{"fastest plain lists": 0.05})

    monkeypatch.setattr(benchmarks, "measure_with", measure_with)
    arguments = ["--python", sys.executable, "--python", "no-such-python", "--sizes", "b,c", "--quick"]
    monkeypatch.setattr(sys, "argv", ["tests.benchmarks", *arguments])
    benchmarks.main()
    assert asked == [(sys.executable, "b", True), (sys.executable, "c", True)]
    lines = capsys.readouterr().out.splitlines()
    assert "fastest plain lists  0.05                0.005    0.05                     0.005" in lines
    assert "left out at b, c: numpy: No module named 'numpy'" in lines
    assert "left out: no-such-python, which is not on this machine" in lines
