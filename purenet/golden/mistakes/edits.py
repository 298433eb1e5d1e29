"""Edits of the plain program, written as a reader sees them: lines with a minus in front become lines with a plus."""

import functools
import inspect
import re
import textwrap

from purenet.errors import NetworkError
from purenet.golden.mistakes import plain


@functools.lru_cache(maxsize=None)
def plain_text():
    """Return the text of the plain program."""
    return inspect.getsource(plain)


def marked_blocks(diff):
    """Return the blocks of a diff, which have an empty line between them, each a list of pairs of a mark and a line.

    The mark is "-", "+" or a space; the rest is the line as it is in the program.
    """
    texts = textwrap.dedent(diff).strip("\n").split("\n\n")
    return [[(line[0], line[1:]) for line in text.split("\n")] for text in texts]


@functools.lru_cache(maxsize=None)
def blocks(diff):
    """Return the blocks of a diff, each a pair of the old text and the new."""
    return [
        tuple("".join(f"{line}\n" for mark, line in block if mark in marks) for marks in ("- ", "+ "))
        for block in marked_blocks(diff)
    ]


def edited(text, diff):
    """Return a text with a diff applied; raise NetworkError unless the old lines of each block are in it exactly once."""
    lines = text.splitlines()
    for block in blocks(diff):
        old, new = map(str.splitlines, block)
        first = only_place(lines, old)
        lines[first : first + len(old)] = new
    return "\n".join(lines) + "\n"


def only_place(lines, old):
    """Return where consecutive lines of a program begin; raise NetworkError unless they occur exactly once."""
    found = [n for n in range(len(lines)) if lines[n : n + len(old)] == old]
    if len(found) != 1:
        raise NetworkError("the program must have these lines exactly once:\n" + "".join(f"{line}\n" for line in old))
    return found[0]


@functools.lru_cache(maxsize=None)
def program_text(diffs):
    """Return the text of the plain program with some diffs applied, a tuple."""
    return edited(program_text(diffs[:-1]), diffs[-1]) if diffs else plain_text()


@functools.lru_cache(maxsize=None)
def compiled(diffs):
    """Return the code of the plain program with some diffs applied, in parts, each of which defines a function."""
    return [compiled_part(part) for part in parts(program_text(diffs))]


@functools.lru_cache(maxsize=None)
def compiled_part(text):
    return compile(text, "<the plain program>", "exec")


def parts(text):
    """Return the text of a program in parts: what comes before the first function, and then each function."""
    return re.split(r"^(?=def )", text, flags=re.MULTILINE)


@functools.lru_cache(maxsize=None)
def functions_changed(diff):
    """Return the names of the functions of the plain program that a diff changes, a set."""
    right = set(parts(plain_text()))
    return frozenset(part[4 : part.index("(")] for part in parts(program_text((diff,))) if part not in right)
