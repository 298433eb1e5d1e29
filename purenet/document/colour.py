"""Bold and colour for a terminal, put on text whose own escape codes have been made visible. Read foreign.py first.

A code begins with an escape sign, which text of others cannot hold by then. So the codes can be taken out again, and no
width counts them.
"""

import re

BOLD, RED, GREEN = "1", "31", "32"
CODE = re.compile("\x1b\\[[0-9]+m")
GOOD = ("agrees", "right")  # what a verdict begins with
BAD = ("differs", "wrong", "no answer")


class TerminalText(str):
    """A text for people; `coloured` is the same with bold headings and coloured results, for a terminal."""

    def __new__(cls, coloured):
        page = super().__new__(cls, CODE.sub("", coloured))
        page.coloured = coloured
        return page


def coloured(text, code):
    r"""Return text with a code around each line that is not empty.

    >>> coloured("0.5", BOLD)
    '\x1b[1m0.5\x1b[0m'
    """
    return "\n".join(f"\x1b[{code}m{line}\x1b[0m" if line else "" for line in text.split("\n"))


def judged(verdict):
    """Return a verdict in green if it is good, in red if it is bad, otherwise as it is."""
    code = GREEN if verdict.startswith(GOOD) else RED if verdict.startswith(BAD) else None
    return coloured(verdict, code) if code else verdict
