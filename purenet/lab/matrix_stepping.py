"""Step through a trace in matrices: one equation or two at a time, as on the page of the matrix view. Read stepping.py first."""

import functools

from purenet.lab.html import Markup, html
from purenet.lab.stepping import Stepping
from purenet.trace.matrix_html import matrix_body, matrix_head


class MatrixStepping(Stepping):
    """One step of a trace in matrices; with `rows`, each example is a row."""

    def __init__(self, trace, number, rows=False):
        self.trace, self.matrices = trace, matrices_of(trace, rows)
        self.choose(self.matrices.steps, number)

    @property
    def shown_as(self):
        return "rows" if self.matrices.rows else "columns"

    def view(self):
        words = html("p", {"class": "note"}, " ".join(self.matrices.convention[:2]).replace("`", ""))
        head = Markup(matrix_head(self.step, "step"))
        return [
            html(
                "section", {"class": "step current"}, head, Markup("\n".join(matrix_body(self.step, self.trace))), words
            )
        ]


@functools.lru_cache(maxsize=4)  # a person goes from step to step of a trace
def matrices_of(trace, rows):
    return trace.matrices(rows)


def stepping(trace, number, shown_as):
    """Return the stepping through a trace: in "numbers", or in matrices, with examples in "columns" or in "rows"."""
    if shown_as == "numbers":
        return Stepping(trace, number)
    return MatrixStepping(trace, number, shown_as == "rows")


def same_step(before, trace, shown_as):
    """Return the number of the step that shows, in another way, a number of the step that was shown."""
    numbers = {row.symbol for row in rows_of(before.step)}
    later = stepping(trace, 1, shown_as)
    return next((step.number for step in later.steps if numbers & {row.symbol for row in rows_of(step)}), 1)


def rows_of(step):
    """Return the rows of the trace that a step computes, or that it shows as given."""
    if hasattr(step, "rows"):
        return step.rows
    return [row for equation in step.equations for row in equation.left.rows()]
