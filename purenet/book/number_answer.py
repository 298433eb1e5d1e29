"""Judge a number that answers an exercise. exercise.js does the same on a page, with the same words.

Nothing is computed here but distances: which numbers are right, and which are those of known mistakes, is given.
"""

import re

from purenet.book.verdict import Verdict
from purenet.errors import NetworkError

NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?([0-9]*)|\.([0-9]+))(?:[eE]([+-]?[0-9]{1,4}))?")
IN_THOUSANDS = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]*)?")  # 60,000, but not 0,227
WITH_COMMAS = re.compile(r"[+−-]?[0-9]*(?:,[0-9]+)+(?:\.[0-9]*)?")
HAS_COMMA = "has a comma, where a number has a point or nothing"
MOST_REASONS = 3  # in a verdict
LONGEST = 60  # characters of an answer that are shown


class NumberAnswer:
    """The numbers that are right, and others that can be explained.

    low, high   the right numbers, one unit of the last asked place more and less included
    unit        of the last asked place; 0 where the number must be exact
    how         how to answer: "a number with 4 decimals"
    wrong       lists of a number, the room around it, and what is said of it
    others      lists of a number, the room around it, and the symbol of the quantity that it is
    mistakes    lists of a number, the room around it, the sentence of a mistake that gives it, and its id
    """

    def __init__(self, low, high, unit, how, wrong=(), mistakes=()):
        self.low, self.high, self.unit = float(low), float(high), float(unit)
        self.how = how
        self.wrong, self.others, self.mistakes = list(wrong), [], list(mistakes)

    def data(self):
        """Return what exercise.js judges from."""
        names = ("low", "high", "unit", "how", "wrong", "others", "mistakes")
        return {"kind": "number", **{name: getattr(self, name) for name in names}}

    def judge(self, text):
        """Return the `Verdict` on an answer; raise NetworkError if it is no number."""
        text = text.strip()
        value, own = number_and_unit(text.replace("−", "-"))
        shown = text[:LONGEST]
        if value is None:
            problem = HAS_COMMA if WITH_COMMAS.fullmatch(text) else "is not a number"
            raise NetworkError(unusable(shown, problem, self.how))
        if self.low <= value <= self.high:
            return Verdict(True, f"{shown} is right.")
        return Verdict(False, f"{shown} {self.fault(value, own)}")

    def fault(self, value, own):
        """Return what is wrong with a number whose last digit is worth `own`."""
        for number, room, sentence in self.wrong:
            if abs(value - number) <= room:
                return f"is not right. {sentence}"
        if self.low <= -value <= self.high:
            return "has the wrong sign: its digits are right."
        if self.is_short(value, own):
            return f"has too few digits: answer with {self.how}."
        found = [(sentence, id) for number, room, sentence, id in self.mistakes if abs(value - number) <= room]
        names = [symbol for number, room, symbol in self.others if abs(value - number) <= room]
        return "is not right." + (f" This is {' or '.join(names[:MOST_REASONS])}." if names else "") + may_be(found)

    def is_short(self, value, own):
        """Return whether a number is right to its own digits, and these are fewer than asked."""
        off = max(self.low - value, value - self.high)
        return 0 < 1.5 * self.unit < own <= 1 and off <= (own if own < 1 else own / 2)


def unusable(text, problem, how):
    """Return the sentence about an answer that cannot be judged."""
    what = f'"{text}" {problem}' if text else "there is no answer yet"
    return f"{what}: answer with {how}"


def may_be(found):
    """Return the sentences about the mistakes that may have been made, pairs of a sentence and an id; "" if there are none."""
    if not found:
        return ""
    which = "it" if len(found) == 1 else "the first"
    sentences = " Or this: ".join(sentence for sentence, _ in found[:MOST_REASONS])
    return f" It may be this: {sentences} `purenet mistakes {found[0][1]}` explains {which}."


def number_and_unit(text):
    """Return the number in a text and what its last digit is worth, both floats; None and 0 if it is no number.

    >>> number_and_unit("0.0227"), number_and_unit("2.27e-2"), number_and_unit("0,0227"), number_and_unit("60,000")
    ((0.0227, 0.0001), (0.0227, 0.0001), (None, 0), (60000.0, 1.0))
    """
    if IN_THOUSANDS.fullmatch(text):
        text = text.replace(",", "")
    match = NUMBER.fullmatch(text)
    if not match:
        return None, 0
    decimals = match[1] or match[2] or ""
    return float(text), float(f"1e{int(match[3] or 0) - len(decimals)}")
