"""`python -m tests.benchmarks`: how long a training step of purenet takes, compared with other ways to write it.

Each Python and each size has a process of its own, because PyPy compiles for the networks that it has met. There all
take turns, in an order that changes, each turn after a garbage collection. The median of the turns counts. It is CPU
time of the thread, which other programs on the machine hardly change.
"""

import argparse
import gc
import json
import os
import platform
import random
import shutil
import statistics
import subprocess
import sys
import time

from tests.benchmarks.peers import PEERS
from tests.benchmarks.structures import FORMULAS, PLAIN

SIZES = {"a": [2, 2, 1], "b": [64, 32, 10], "c": [784, 128, 64, 10]}
# The most that one may take, in times of another: interpreter, size, the one, the other, the limit.
TARGETS = [
    ("CPython", "a", "purenet", "dictionaries (Brownlee)", 1.25),
    ("CPython", "b", "purenet", "fastest plain lists", 1.4),
    ("CPython", "c", "purenet", "fastest plain lists", 1.4),
    ("PyPy", "c", "purenet", "C, cc -O2", 3),
    ("PyPy", "a", "purenet's formulas", "C, cc -O2", 1.5),
]
PURE_PYTHON = [
    "fastest plain lists",
    "dictionaries (Brownlee)",
    "methods (Mazur)",
    "gradient-wave",
    "micrograd",
    "tinymlp",
]
TARGETS += [("CPython", "a", "purenet's formulas", other, 1 / 3) for other in PURE_PYTHON]


def starting_weights(sizes):
    source = random.Random(1)
    return [
        [([source.uniform(-0.5, 0.5) for _ in range(inputs)], source.uniform(-0.5, 0.5)) for _ in range(outputs)]
        for inputs, outputs in zip(sizes, sizes[1:])
    ]


def examples(sizes):
    source = random.Random(2)
    return [
        ([source.random() for _ in range(sizes[0])], [source.random() for _ in range(sizes[-1])]) for _ in range(10)
    ]


def turn(player, data, passes):
    """Return the seconds that a player takes for some passes over the data."""
    gc.collect()
    begun = time.thread_time()
    player.run(data, passes)
    return time.thread_time() - begun


def contest(kinds, sizes, rounds, seconds=0.1):
    """Return {name: microseconds per example} and {name: why it is left out}; a turn takes at least `seconds`."""
    players, left_out = {}, {}
    for kind in kinds:
        try:
            players[kind.name] = kind(starting_weights(sizes), 0.1)
        except (ImportError, OSError) as error:
            left_out[kind.name] = str(error).splitlines()[0]
    if hasattr(gc, "freeze"):  # PyPy has none
        gc.freeze()  # else each garbage collection of one player's searches what the libraries of the others keep
    data = examples(sizes)
    passes = dict.fromkeys(players, 1)
    for name, player in players.items():  # meanwhile PyPy compiles
        while turn(player, data, passes[name]) < seconds:
            passes[name] *= 2
    times = {name: [] for name in players}
    order = random.Random(3)
    for _ in range(rounds):
        for name in order.sample(list(players), len(players)):
            times[name].append(turn(players[name], data, passes[name]) / (passes[name] * len(data)))
    return {name: 1e6 * statistics.median(found) for name, found in times.items()}, left_out


def same_work(sizes):
    """Return whether all the plain structures reach the same weights after 20 steps, bit for bit, and their sum."""
    players = [kind(starting_weights(sizes), 0.1) for kind in PLAIN]
    for player in players:
        player.run(examples(sizes), 2)
    total = 0
    for w in players[0].weights():
        total += w
    return all(player.weights() == players[0].weights() for player in players), total


def measure(size, rounds):
    """Return what is measured of one size in this process."""
    times, left_out = contest(PLAIN + FORMULAS + PEERS, SIZES[size], rounds)
    agree, total = same_work(SIZES[size])
    return {
        "interpreter": platform.python_implementation(),
        "version": platform.python_version(),
        "size": size,
        "times": times,
        "left_out": left_out,
        "same_weights": agree,
        "checksum": total.hex(),
    }


def measure_with(python, size, quick):
    """Return what another process with that Python measures of one size."""
    command = [python, "-m", "tests.benchmarks", "--measure", size, *(["--quick"] if quick else [])]
    one_thread = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}  # the time of other threads would not count
    done = subprocess.run(command, env={**os.environ, **one_thread}, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


def verdicts(results):
    """Return a row for each target and each result that it is about."""
    rows = []
    for interpreter, size, one, other, limit in TARGETS:
        for result in results:
            times = result["times"]
            if (result["interpreter"], result["size"]) == (interpreter, size) and {one, other} <= set(times):
                ratio = times[one] / times[other]
                verdict = "reached" if ratio <= limit else "MISSED"
                name = f"{interpreter} {result['version']}"
                rows.append([name, size, one, other, f"{limit:.3g}", f"{ratio:.2f}", verdict])
    return rows


def show(results):
    """Print the results of one Python, a column of microseconds and one of ratios for each size."""
    rows = {name: [name] for result in results for name in result["times"]}
    headers = [""]
    for result in results:
        headers += [f"{result['size']} = {'-'.join(map(str, SIZES[result['size']]))}: µs", "ratio"]
        for name, row in rows.items():
            time = result["times"].get(name)
            row += ["", ""] if time is None else [digits(time), digits(time / result["times"]["purenet"])]
    print(
        f"\n{results[0]['interpreter']} {results[0]['version']}, one example a step; ratio: its time over purenet's\n"
    )
    show_table(list(rows.values()), headers)
    left_out = {}
    for result in results:
        for name, reason in result["left_out"].items():
            left_out.setdefault((name, reason), []).append(result["size"])
    for (name, reason), sizes in left_out.items():
        print(f"left out at {', '.join(sizes)}: {name}: {reason}")
    for result in results:
        same = "the same weights, bit for bit" if result["same_weights"] else "DIFFERENT WEIGHTS"
        print(f"{result['size']}: all plain structures reach {same}; their sum is {result['checksum']}")


def digits(number):
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"


def show_table(rows, headers):
    from tabulate import tabulate  # here, since a Python that is only measured need not have it

    print(tabulate(rows, headers, tablefmt="simple", disable_numparse=True))


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--sizes", default="a,b,c", help="which of a, b, c")
    parser.add_argument("--quick", action="store_true", help="fewer rounds")
    parser.add_argument(
        "--python", action="append", help="a Python to measure; several times; default this one and pypy3"
    )
    parser.add_argument("--measure", choices=SIZES, help="measure one size in this process, and print JSON")
    options = parser.parse_args()
    if options.measure:
        print(json.dumps(measure(options.measure, rounds=5 if options.quick else 25)))
        return
    results = []
    for python in options.python or [sys.executable, "pypy3"]:
        if shutil.which(python) is None:
            print(f"left out: {python}, which is not on this machine")
            continue
        found = [measure_with(python, size, options.quick) for size in options.sizes.split(",")]
        show(found)
        results += found
    print("\nTargets\n")
    show_table(verdicts(results), ["", "size", "the time of", "over that of", "at most", "measured", ""])


if __name__ == "__main__":
    sys.exit(main())
