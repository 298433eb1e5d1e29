"""Exercises: a question, and a judge of its answers. Those that ask for numbers are in number_exercises.py.

Each has a `name`, such as "3.2", which its chapter gives it, a `hint`, `how` to answer, and the methods `judge`, which
returns a `Verdict`, and `solution`. Nothing is computed before the first answer, so that a chapter is loaded quickly.
"""

import string
import textwrap

from purenet.book.exercise import Exercise, in_lines
from purenet.book.number_answer import LONGEST, unusable
from purenet.book.number_exercises import ByHand, Number
from purenet.book.verdict import Verdict
from purenet.errors import NetworkError

__all__ = ["ByHand", "Choice", "Code", "Number"]


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

    def choices(self, item):
        indent = " " * len(f"{item}a) ")
        return ["\n".join(in_lines(f"{item}{letter}) {text}", indent) for letter, text in self.letters.items())]

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
