"""A chapter of the book: what it asks, what it tells block by block, and its exercises. Read blocks.py first."""

import contextlib
import sys
import textwrap

from purenet.book.blocks import WIDTH, block_text
from purenet.book.measurements import keep, measuring_again
from purenet.book.page import whole_page
from purenet.drawing.svg import as_ascii
from purenet.errors import NetworkError

FORMATS = ("text", "markdown", "html")

ANSWERING = """\
In a terminal, `purenet exercise {0}` asks them one by one, and says whether an
answer is right; `purenet exercise {0}.1 ANSWER` answers one."""


class Chapter:
    """A chapter: its number, title and question, what it assumes, its blocks and its `exercise_list`.

    `assumes` is what the reader should know already, in one line. `file` is the name of its script.
    """

    file = ""

    def __init__(self, number, title, question, assumes):
        self.number = number
        self.title = title
        self.question = question
        self.assumes = assumes
        self.exercise_list = []

    def content(self, function):
        """Take the generator function of the blocks; to be used as a decorator."""
        self.blocks = function
        return function

    def exercises(self, *exercises):
        """Take the exercises, in order, and name them: 3.1, 3.2, …"""
        self.exercise_list = list(exercises)
        for place, exercise in enumerate(exercises, start=1):
            exercise.name = f"{self.number}.{place}"

    @property
    def heading(self):
        return f"Chapter {self.number}. {self.title}"

    @property
    def opening(self):
        """The question and what is assumed, as prose."""
        lines = (self.question, f"You should know: {self.assumes}")
        return "\n\n".join(textwrap.fill(line, WIDTH, break_on_hyphens=False) for line in lines)

    def parts(self, format="text", ascii=False):
        """Yield the chapter piece by piece as text or Markdown, each as soon as it is computed."""
        line = "" if format == "markdown" else "\n" + "=" * len(self.heading)
        yield ("# " if format == "markdown" else "") + self.heading + line
        yield block_text(self.opening, format, ascii)
        for block in self.blocks():
            yield block_text(block, format, ascii)
        if self.exercise_list:
            yield "Exercises\n---------"
            for exercise in self.exercise_list:
                yield block_text(exercise.text("- " if format == "markdown" else "  "), format, ascii)
            yield ANSWERING.format(self.number)

    def to(self, format, ascii=False):
        """Return the chapter as text, Markdown or a page; raise NetworkError for any other format."""
        if format not in FORMATS:
            raise NetworkError(f"a chapter is written as {', '.join(FORMATS[:-1])} or {FORMATS[-1]}, not as {format}")
        if format == "html":
            page = whole_page(self)
            return as_ascii(page) if ascii else page
        return "\n\n".join(self.parts(format, ascii)) + "\n"

    def _repr_html_(self):
        """Return the chapter for a notebook."""
        from purenet.book.notebook import notebook_html

        return notebook_html(self)

    def tell(self):
        """Print the chapter; with --measure as an argument of the script, measure what took long again, and keep it."""
        sys.stdout.reconfigure(encoding="utf-8")  # for terminals that are set to another encoding
        try:
            self.print_parts(again="--measure" in sys.argv[1:])
        except NetworkError as error:
            print(f"purenet: {error}", file=sys.stderr)
            sys.exit(2)

    def print_parts(self, again):
        with measuring_again() if again else contextlib.nullcontext() as found:
            for place, part in enumerate(self.parts()):
                print("\n" * (place > 0) + part, flush=True)
        if again:
            keep(found)
