"""Exercises: a question, and a judge of its answers.

Each has a `name`, such as "3.2", which its chapter gives it, a `hint`, `how` to answer, and the methods `judge`, which
returns a `Verdict`, and `solution`. Nothing is computed before the first answer, so that a chapter is loaded quickly.
"""

import string
import textwrap
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from purenet.arithmetic.pencil import as_decimal, rounded
from purenet.book.blocks import WIDTH
from purenet.book.exercise_html import exercise_html, notebook_html
from purenet.book.number_answer import LONGEST, NumberAnswer, unusable
from purenet.book.verdict import Verdict
from purenet.errors import NetworkError, count

__all__ = ["ByHand", "Choice", "Code", "Number", "Verdict", "exercise_html"]


class Exercise:
    """A question in prose (see blocks.py), with a hint, a sentence, or "" for none."""

    kind = ""
    name = ""  # until a chapter gives another

    def __init__(self, question, hint=""):
        self.question = textwrap.dedent(question).strip()
        self.hint = hint

    def text(self):
        """Return the question as prose, with its name and what there is to choose from."""
        first, *others = self.question.split("\n\n")
        return "\n\n".join([*map(filled, [f"{self.name}  {first}".strip(), *others]), *self.choices()])

    def choices(self):
        """Return what there is to choose from as prose, in a list."""
        return []

    def check(self, answer):
        """Return the `Verdict` on an answer, a text or a number, which a notebook shows."""
        return self.judge(str(answer))

    def data(self):
        """Return what the page judges from, or None where it cannot."""
        return None

    def command(self, answer="ANSWER"):
        """Return the command that judges an answer."""
        return f"purenet exercise {self.name} {answer}"

    def __repr__(self):
        return f"{self.text()}\n\nAnswer with {self.how}."

    def _repr_html_(self):
        """Return the question for a notebook."""
        return notebook_html(self)


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
        wrong = [[float(digits), room_around(self.unit), sentence] for digits, sentence in self.wrong.items()]
        low, high = (rounding(self.right, self.unit) + sign * self.unit for sign in (-1, 1))
        return NumberAnswer(low, high, self.unit, self.how, wrong)

    def solution(self):
        """Return the right answer in words."""
        return f"The answer is {rounding(self.right, self.unit)}. {self.because}".strip()


class ByHand(OfNumbers):
    """A number of a case, computed by hand: a symbol such as δ_j1, to so many decimals.

    The case is the name of a built-in one, a `Case`, or a dictionary as in a file of a case. As every number before may
    have been rounded, all that can follow is right, within one unit; what known mistakes give comes from their catalogue.
    """

    kind = "a number by hand"

    def __init__(self, question, case, symbol, decimals=4, hint=""):
        super().__init__(question, hint)
        self.given, self.symbol, self.decimals = case, symbol, decimals

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
        found = NumberAnswer(low, high, unit, self.how)
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
        return " = ".join(part for part in (str(symbol), formula, numbers, str(written)) if part)


class Choice(Exercise):
    """A question with options, one of them right: a dictionary from the text of each to what is said when it is chosen.

    >>> Choice("Is a bias of 0 a bias?", {"yes": "It is trained like any other.", "no": "None is none."}, right="yes").check("b")
    b is not right. None is none.
    """

    kind = "a choice"

    def __init__(self, question, options, right, hint=""):
        """Take the options; raise NetworkError unless there are 2 to 26, and the right one is among them."""
        super().__init__(question, hint)
        if not 1 < len(options) <= 26:
            raise NetworkError(f"a Choice has 2 to 26 options, not {len(options)}")
        if right not in options:
            raise NetworkError(f"the right option, {right!r}, is not among the options")
        self.options, self.right = dict(options), right

    @property
    def letters(self):
        """The texts of the options by their letters."""
        return dict(zip(string.ascii_lowercase, self.options))

    @property
    def right_letter(self):
        """The letter of the right option."""
        return next(letter for letter, option in self.letters.items() if option == self.right)

    @property
    def how(self):
        """How to answer."""
        return f"a letter, a to {max(self.letters)}"

    def choices(self):
        return ["\n".join(filled(f"  {letter}) {text}", " " * 5) for letter, text in self.letters.items())]

    def judge(self, text):
        """Return the `Verdict` on a letter or the text of an option; raise NetworkError if it is neither."""
        plain = text.strip()
        letter = plain.strip("().").lower()
        letter = next((each for each, option in self.letters.items() if option == plain or each == letter), None)
        if letter is None:
            raise NetworkError(unusable(plain[:LONGEST], "is none of the options", self.how))
        return Verdict(letter == self.right_letter, self.words(letter))

    def words(self, letter):
        """Return what is said when an option is chosen."""
        said = self.options[self.letters[letter]]
        is_right = "is right." if letter == self.right_letter else "is not right."
        return f"{letter} {is_right} {said if isinstance(said, str) else ''}".strip()

    def data(self):
        words = {letter: self.words(letter) for letter in self.letters}
        return {"kind": "choice", "how": self.how, "right": self.right_letter, "words": words}

    def solution(self):
        """Return the right option in words."""
        end = "" if self.right.endswith((".", "?", "!")) else "."
        return f"{self.right_letter}) {self.right}{end}" + self.words(self.right_letter)[len("a is right.") :]


class Code(Exercise):
    """A function of the core to write again: `file` is its name, "layer.py", and `function` that in it, "Layer.backward".

    The answer is the path of a copy of that file, which is judged in a process of its own (see own_code.py).
    """

    kind = "code"

    def __init__(self, question, file, function, hint=""):
        super().__init__(question, hint)
        self.file, self.function = file, function

    @property
    def how(self):
        """How to answer."""
        return f"a file: your copy of {self.file}, which `{self.copy_command}` writes"

    @property
    def copy_command(self):
        """The command that writes the copy in which the function is missing."""
        return f"purenet exercise {self.name} -o {self.file}"

    def judge(self, path):
        """Return the `Verdict` on a file; raise NetworkError if there is none."""
        from purenet.book.own_code import judge

        return judge(path, self.file, self.function)

    def copy(self):
        """Return the text of the file without the body of the function."""
        from purenet.book.source import without_body

        return without_body(self.file, self.function)

    def command(self, answer=None):
        return super().command(answer or self.file)

    def solution(self):
        """Return the function as it is in purenet, as prose."""
        from purenet.book.source import function_text

        return f"The function in purenet/{self.file}:\n\n" + textwrap.indent(
            function_text(self.file, self.function), " " * 4
        )


def filled(paragraph, indent=""):
    """Return a paragraph in lines of the width of prose; lines that are indented stay as they are."""
    if not indent and (paragraph.startswith(("    ", "  - ")) or "\n    " in paragraph):
        return paragraph
    lines = textwrap.wrap(paragraph, WIDTH, subsequent_indent=indent, break_on_hyphens=False, break_long_words=False)
    return "\n".join(lines)


def rounding(number, unit):
    """Return a Decimal rounded half up to a unit; as it is where the unit is 0."""
    return number if not unit else rounded(number, "decimals", -unit.adjusted())


def room_around(room):
    """Return a room as a float, a little wider, for floats that miss its edge."""
    return float(room) * (1 + 1e-6)
