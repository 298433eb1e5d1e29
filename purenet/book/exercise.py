"""What all exercises have in common: a question, and how it is shown and answered. Read blocks.py first."""

import textwrap

from purenet.book.blocks import WIDTH
from purenet.book.exercise_html import exercise_notebook


class Exercise:
    """A question in prose (see blocks.py), with a hint, a sentence, or "" for none."""

    kind = ""
    name = ""  # until a chapter gives another

    def __init__(self, question, hint=""):
        self.question = textwrap.dedent(question).strip()
        self.hint = hint

    def text(self, item="  "):
        """Return the question as prose, with its name and what there is to choose from; `item` begins each choice."""
        first, *others = self.question.split("\n\n")
        return "\n\n".join([*map(in_lines, [f"{self.name}  {first}".strip(), *others]), *self.choices(item)])

    def choices(self, item):
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
        return exercise_notebook(self)


def in_lines(paragraph, indent=""):
    """Return a paragraph in lines of the width of prose; lines that are indented stay as they are."""
    if not indent and (paragraph.startswith(("    ", "  - ")) or "\n    " in paragraph):
        return paragraph
    lines = textwrap.wrap(paragraph, WIDTH, subsequent_indent=indent, break_on_hyphens=False, break_long_words=False)
    return "\n".join(lines)
