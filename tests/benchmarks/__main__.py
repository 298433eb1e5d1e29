"""`python -m tests.benchmarks`: how long a training step takes, beside other ways to write it, in ratios of one run.

Everything takes turns, so that a slow moment of the machine meets all alike, and the minimum of the rounds counts. With
pypy3 on the path, its own plain-Python contest is run too. Options: --quick for a fast look, --sizes a,b,c.
"""

import argparse
import json
import os
import platform
import random
import shutil
import subprocess
import sys
import time

from tests.benchmarks.peers import PEERS
from tests.benchmarks.purenet_step import Purenet
from tests.benchmarks.structures import Dictionaries, Fused, Methods

SIZES = {"a": [2, 2, 1], "b": [64, 32, 10], "c": [784, 128, 64, 10]}
PLAIN = [Fused, Purenet, Dictionaries, Methods]
GROWING = [4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192]  # n of n-n-n networks, for the time by number of weights
# The most that purenet may take, in times of another: size, interpreter, the other, the limit, and whether less is better.
TARGETS = [
    ("a", "CPython", "fastest plain lists", 2.5),
    ("b", "CPython", "fastest plain lists", 1.4),
    ("c", "CPython", "fastest plain lists", 1.4),
    ("a", "CPython", "dictionaries (Brownlee)", 1.15),
    ("a", "CPython", "methods (Mazur)", 1.15),
    ("a", "CPython", "micrograd", 1 / 10),
    ("b", "CPython", "micrograd", 1 / 150),
    ("a", "CPython", "numpy", 1 / 3),
    ("b", "PyPy", "fastest plain lists", 2.5),
    ("c", "PyPy", "fastest plain lists", 2),
    ("c", "PyPy", "C, cc -O2", 2.5),
]


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


def contest(kinds, sizes, rounds, seconds):
    """Return {name: microseconds per example}, a note on the weights, and the names left out with their reasons."""
    players, left_out = [], {}
    for kind in kinds:
        try:
            players.append(kind(starting_weights(sizes), 0.1))
        except (ImportError, OSError) as error:
            left_out[kind.name] = str(error).splitlines()[0]
    data = examples(sizes)
    times, turns = {}, {}
    for player in players:  # how many steps fill a turn; PyPy compiles meanwhile
        begun, steps = time.perf_counter(), 0
        while time.perf_counter() - begun < 2 * seconds or steps < 10:
            player.step(*data[steps % 10])
            steps += 1
        turns[player.name] = max(1, min(20_000, int(seconds * steps / (time.perf_counter() - begun))))
        times[player.name] = []
    for _ in range(rounds):
        for player in players:
            begun = time.perf_counter()
            for n in range(turns[player.name]):
                player.step(*data[n % 10])
            times[player.name].append((time.perf_counter() - begun) / turns[player.name])
    return {name: 1e6 * min(found) for name, found in times.items()}, left_out


def same_work(sizes):
    """Tell whether all the plain structures arrive at the same weights, bit for bit, after 20 steps, and return a sum."""
    players = [kind(starting_weights(sizes), 0.1) for kind in PLAIN]
    for player in players:
        for inputs, targets in examples(sizes) * 2:
            player.step(inputs, targets)
    total = 0
    for w in players[0].weights():
        total += w
    return all(player.weights() == players[0].weights() for player in players), total


def by_size(rounds):
    """Return pairs of a number of weights and the nanoseconds per weight of purenet's step."""
    found = []
    for n in GROWING:
        sizes = [n, n, n]
        times, _ = contest([Purenet], sizes, rounds, 0.05)
        weights = 2 * n * (n + 1)
        found.append((weights, 1000 * times["purenet"] / weights))
    return found


def measure(names, rounds, seconds, peers):
    result = {"interpreter": platform.python_implementation(), "version": platform.python_version(), "sizes": {}}
    for name in names:
        times, left_out = contest(PLAIN + (PEERS if peers else [PEERS[-1]]), SIZES[name], rounds, seconds)
        agree, total = same_work(SIZES[name])
        result["sizes"][name] = {"times": times, "left_out": left_out, "same_weights": agree, "checksum": total.hex()}
    result["by_size"] = by_size(rounds)
    return result


def pypy(arguments):
    """Return what this benchmark measures under PyPy, or None where there is none."""
    command = shutil.which("pypy3") or shutil.which("pypy")
    if command is None:
        return None
    root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    done = subprocess.run(
        [command, "-m", "tests.benchmarks", "--json", *arguments], cwd=root, stdout=subprocess.PIPE, check=True
    )
    return json.loads(done.stdout)


def show(results):
    from tabulate import tabulate

    for result in results:
        print(f"\n{result['interpreter']} {result['version']}, one example a step; ratio: their time over purenet's\n")
        names = list(dict.fromkeys(name for size in result["sizes"].values() for name in size["times"]))
        rows = []
        for name in names:
            row = [name]
            for size in result["sizes"].values():
                if name in size["times"]:
                    row += [f"{size['times'][name]:.2f}", f"{size['times'][name] / size['times']['purenet']:.2f}"]
                else:
                    row += ["", ""]
            rows.append(row)
        headers = [""]
        for size in result["sizes"]:
            headers += [f"{size} = {'-'.join(map(str, SIZES[size]))}: µs", "ratio"]
        print(tabulate(rows, headers, tablefmt="simple", disable_numparse=True))
        for size, found in result["sizes"].items():
            for name, reason in found["left_out"].items():
                print(f"left out at {size}: {name}: {reason}")
            same = "the same weights, bit for bit" if found["same_weights"] else "DIFFERENT WEIGHTS"
            print(f"{size}: all plain structures arrive at {same}; their sum is {found['checksum']}")
        line = ", ".join(f"{weights}: {nanoseconds:.0f}" for weights, nanoseconds in result["by_size"])
        print(f"purenet, nanoseconds per weight by number of weights: {line}")
    print("\nTargets\n")
    rows = []
    for size, interpreter, other, limit in TARGETS:
        for result in results:
            times = result["sizes"].get(size, {"times": {}})["times"]
            if result["interpreter"] == interpreter and other in times:
                ratio = times["purenet"] / times[other]
                rows.append(
                    [
                        interpreter,
                        size,
                        other,
                        f"{limit:.3g}",
                        f"{ratio:.3g}",
                        "reached" if ratio <= limit else "missed",
                    ]
                )
    headers = ["", "size", "purenet's time over that of", "at most", "measured", ""]
    print(tabulate(rows, headers, tablefmt="simple", disable_numparse=True))


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--sizes", default="a,b,c", help="which of a, b, c")
    parser.add_argument("--quick", action="store_true", help="fewer and shorter rounds")
    parser.add_argument(
        "--json", action="store_true", help="print the plain-Python measurements of this interpreter alone"
    )
    options = parser.parse_args()
    names = options.sizes.split(",")
    rounds, seconds = (3, 0.05) if options.quick else (9, 0.3)
    if options.json:
        print(json.dumps(measure(names, rounds, seconds, peers=False)))
        return
    results = [measure(names, rounds, seconds, peers=True)]
    other = pypy([*(["--quick"] if options.quick else []), "--sizes", options.sizes])
    show(results + ([other] if other else []))
    if other is None:
        print("left out: PyPy, because there is no pypy3 on the path")


if __name__ == "__main__":
    sys.exit(main())
