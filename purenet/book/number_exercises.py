"""Exercises whose answer is a number: a given one, or one of a case, computed by hand. Read number_answer.py first."""

from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from purenet.arithmetic.notation import UNICODE
from purenet.arithmetic.pencil import as_decimal, rounded
from purenet.book.exercise import Exercise
from purenet.book.number_answer import NumberAnswer
from purenet.errors import NetworkError, count


class OfNumbers(Exercise):
    """An exercise whose answer is a number."""

    def judge(self, text):
        """Return the `Verdict` on a number, a text; raise NetworkError if it is none."""
        return self.answers.judge(text)

    def data(self):
        return self.answers.data()


class Number(OfNumbers):
    """A number, to so many decimals or significant digits, or exactly.

    `answer` is a number or a function that returns it, which is called when the first answer is judged. It is right
    within one unit of the last place that is asked for. `wrong` has sentences by the digits of wrong answers.

    >>> exercise = Number("How many parameters has a 2-2-1 network?", 9, exact=True, wrong={"6": "Count the biases, too."})
    >>> exercise.check(9), exercise.check(6)
    (9 is right., 6 is not right. Count the biases, too.)
    """

    kind = "a number"

    def __init__(self, question, answer, decimals=None, significant=None, exact=False, wrong=None, hint="", because=""):
        """Take a question and its answer; `because` is a sentence for the solution.

        Raises NetworkError unless one of `decimals`, `significant` and `exact` is given.
        """
        super().__init__(question, hint)
        if (decimals is not None) + (significant is not None) + bool(exact) != 1:
            raise NetworkError("a Number needs one of decimals=…, significant=… and exact=True")
        self.answer, self.because, self.wrong = answer, because, dict(wrong or {})
        self.decimals, self.significant = decimals, significant

    @property
    def how(self):
        """How to answer."""
        if self.decimals is not None:
            return f"a number with {count(self.decimals, 'decimal')}"
        return (
            f"a number with {count(self.significant, 'significant digit')}" if self.significant else "a number, exactly"
        )

    @cached_property
    def right(self):
        """The right number, a Decimal, as exactly as it is known."""
        answer = self.answer() if callable(self.answer) else self.answer
        return as_decimal(answer) if isinstance(answer, (int, float, Fraction)) else Decimal(answer)

    @property
    def unit(self):
        """What the last asked digit is worth, a Decimal; 0 where the number must be exact."""
        if self.decimals is not None:
            return Decimal(1).scaleb(-self.decimals)
        return Decimal(1).scaleb(self.right.adjusted() - self.significant + 1) if self.significant else Decimal(0)

    @cached_property
    def answers(self):
        low, high = (rounding(self.right, self.unit) + sign * self.unit for sign in (-1, 1))
        return NumberAnswer(low, high, self.unit, self.how, explained(self.wrong, self.unit))

    def solution(self):
        """Return the right answer in words."""
        return f"The answer is {rounding(self.right, self.unit)}. {self.because}".strip()


class ByHand(OfNumbers):
    """A number of a case, computed by hand: a symbol such as δ_j1, to so many decimals.

    The case is the name of a built-in one, a `Case`, or a dictionary as in a file of a case. As every number before may
    have been rounded, all that can follow is right, within one unit. A wrong one is told by the sentences of the exercise;
    otherwise by which other number of the case it is, and by the mistakes of the catalogue that give it.
    """

    kind = "a number by hand"

    def __init__(self, question, case, symbol, decimals=4, wrong=None, hint=""):
        """Take a question, a case, a symbol of it, and the decimals to round to; `wrong` is as for a `Number`."""
        super().__init__(question, hint)
        self.given, self.symbol, self.decimals, self.wrong = case, symbol, decimals, dict(wrong or {})

    @property
    def how(self):
        """How to answer."""
        return f"a number with {count(self.decimals, 'decimal')}"

    @cached_property
    def case(self):
        """The `Case`."""
        from purenet.cases import Case, load_case

        if isinstance(self.given, str):
            return load_case(self.given)
        return Case(self.given, f"exercise {self.name}") if isinstance(self.given, dict) else self.given

    @cached_property
    def answers(self):
        from purenet.golden.diagnosis.by_hand import Sheet, room_of

        sheet, unit = Sheet(self.case, self.decimals), Decimal(1).scaleb(-self.decimals)
        _, quantity, place = sheet.find(self.symbol)
        expected = sheet.expected(quantity, place)
        low, high, room = expected.low - unit, expected.high + unit, room_of(expected, unit)
        found = NumberAnswer(low, high, unit, self.how, explained(self.wrong, unit))
        for symbol, other in reversed([*sheet.all_expected()]):  # the last ones are the nearest
            if abs(other.middle) > unit and not low <= other.middle <= high:
                around = room_around(room_of(other, unit) - float(unit) / 2)
                found.others.append([float(other.middle), around, str(symbol)])
        for mistake, value in sheet.wrong_numbers(quantity, place):
            if abs(value) < float("inf") and not found.low <= value <= found.high:
                found.mistakes.append([value, room_around(room), mistake.sentence, mistake.id])
        return found

    def solution(self):
        """Return the right answer in words, with its formula."""
        from purenet.golden.diagnosis.by_hand import Sheet
        from purenet.golden.diagnosis.first_difference import formula_of

        sheet = Sheet(self.case, self.decimals)
        symbol, quantity, place = sheet.find(self.symbol)
        written = sheet.pencil.write(symbol, sheet.expected(quantity, place).middle)
        formula, numbers = formula_of(self.case, quantity, place)
        return " = ".join(part for part in (str(symbol), formula, numbers, UNICODE.number(str(written))) if part)


def rounding(number, unit):
    """Return a Decimal rounded half up to a unit; as it is where the unit is 0."""
    return number if not unit else rounded(number, "decimals", -unit.adjusted())


def explained(wrong, unit):
    """Return lists of a number, the room around it and its sentence, from sentences by the digits of wrong answers."""
    return [[float(digits), room_around(unit), sentence] for digits, sentence in wrong.items()]


def room_around(room):
    """Return a room as a float, a little wider, for floats that miss its edge."""
    return float(room) * (1 + 1e-6)
