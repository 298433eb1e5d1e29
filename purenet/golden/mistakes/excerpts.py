"""The lines of the plain program that a mistake changes, with the loops around them, as a reader is shown them.

A line is a pair of a mark and a text: "-" marks a right line, "+" the wrong one in its place, and a space one of both.
"""

import itertools
import re

from purenet.golden.mistakes.edits import marked_blocks, only_place, plain_text

DOTS = "..."  # in place of lines that are not shown
MEANINGS = {  # of the short names of the program
    "l": "a layer",
    "n": "an example",
    "j": "a neuron of the layer",
    "i": "one of the layer before",
    "k": "an output or a neuron of the next layer",
    "f": "an activation function",
    "w": "a weight",
    "b": "a bias",
    "x": "a net input",
    "y": "an output",
    "t": "a target",
    "E": "a loss",
    "g": "∂E/∂y",
    "d": "δ",
    "dw": "∇w of an example",
    "db": "∇b of an example",
    "gw": "∇w of the step",
    "gb": "∇b of the step",
    "v": "the velocity of a weight",
    "vb": "that of a bias",
    "m": "the first moment of a weight",
    "mb": "that of a bias",
    "q": "the second moment of a weight",
    "qb": "that of a bias",
    "m_hat": "the corrected first moment",
    "q_hat": "the corrected second moment",
    "count": "the number of the step",
}


def whole(diff):
    """Return all lines of the plain program, with a diff in them; the lines that a block of it names are in `named`."""
    lines = [(" ", line) for line in plain_text().splitlines()]
    named = [False] * len(lines)
    for block in marked_blocks(diff):
        old = [line for mark, line in block if mark != "+"]
        first = only_place([line if mark == " " else None for mark, line in lines], old)
        lines[first : first + len(old)] = block
        named[first : first + len(old)] = [True] * len(block)
    return lines, named


def excerpt(diff):
    """Return the lines that a diff names, and the heads of the blocks that they are in, as pairs."""
    lines, named = whole(diff)
    kept = {n for n, name in enumerate(named) if name and lines[n][1]}
    kept = sorted(kept.union(*(heads(lines, n) for n in kept)))
    shown = []
    for n, following in zip(kept, [*kept[1:], len(lines)]):
        shown.append(lines[n])
        shown += between(lines[n], lines[n + 1 : following], lines[following : following + 1])
    return shown


def heads(lines, n):
    """Yield the numbers of the lines that head the blocks that a line is in, the innermost first, its function last."""
    marks = {"-": "- ", "+": "+ ", " ": "-+ "}[lines[n][0]]
    depth, in_branch = indentation(lines[n]), is_branch(lines[n])
    for m in range(n - 1, -1, -1):
        line = lines[m]
        if line[1] and line[0] in marks and (indentation(line) < depth or in_branch and indentation(line) == depth):
            depth, in_branch = indentation(line), is_branch(line)
            yield m


def indentation(line):
    return len(line[1]) - len(line[1].lstrip())


def is_branch(line):
    """Return whether a line belongs to an `if` before it."""
    return line[1].lstrip().startswith(("else:", "elif "))


def between(line, hidden, following):
    """Return what is shown between two lines: of several lines three dots, and an empty line between functions."""
    hidden = [each for each in hidden if each[1]]
    rest = list(itertools.takewhile(indentation, hidden))  # of the same function
    leaves = len(rest) < len(hidden) or not all(map(indentation, following))
    if leaves or not following:  # only what a reader would miss
        rest = [each for each in rest if indentation(each) > indentation(line)] if line[1].endswith(":") else []
    shown = rest if len(rest) < 2 else [(" ", " " * indentation(rest[0]) + DOTS)]
    return shown + [(" ", "")] * (leaves and bool(following))


def names(lines):
    """Return a sentence that says what the short names in some lines mean, or "" if there are none."""
    words = re.findall(r"\w+", " ".join(text for _, text in lines))
    found = [f"{name} {meaning}" for name, meaning in MEANINGS.items() if name in words]
    return "Here " + ", ".join(found).replace(" ", " is ", 1) + "." if found else ""
