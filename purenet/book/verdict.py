"""What is said of an answer to an exercise."""

from collections import namedtuple

from purenet.drawing.svg import escape


class Verdict(namedtuple("Verdict", "is_right words")):
    """Whether an answer is right, and one or two sentences about it."""

    def __str__(self):
        return self.words

    __repr__ = __str__

    def _repr_html_(self):
        """Return the words for a notebook."""
        return f"<p>{escape(self.words)}</p>\n"
