"""Step through the trace of a case: words, rule, picture and numbers of one step, as on the page of a trace."""

from functools import cached_property

from purenet.errors import count
from purenet.lab.html import Markup, button, html, slider
from purenet.trace.step_html import scrolled, step_head, step_table
from purenet.trace.step_pictures import Pictures


class Stepping:
    """One step of a trace, by its number; one that is too large is the last."""

    def __init__(self, trace, number):
        self.trace = trace
        self.number = max(1, min(number, len(trace.steps)))
        self.step = trace.steps[self.number - 1]

    @property
    def title(self):
        return f"Step {self.number} of {len(self.trace.steps)}. {self.step.title}"

    def controls(self):
        """Return the buttons and the slider over the steps."""
        last = len(self.trace.steps)
        places = slider("step", "Step", last, self.number, self.title, 1)
        back = button(
            "‹", "step", "back", str(self.number - 1), aria_label="Previous step", disabled="yes" * (self.number == 1)
        )
        on = button(
            "›", "step", "on", str(self.number + 1), aria_label="Next step", disabled="yes" * (self.number == last)
        )
        return html("p", {"class": "controls-line"}, back, places, on, html("output", {}, f"{self.number} of {last}"))

    @cached_property
    def pictures(self):
        return Pictures(self.trace)

    def head(self):
        """Return the title, the words and the rule."""
        return Markup(step_head(self.step, "step"))

    def picture(self, prefix="step-picture"):
        return figure(self.element(prefix))

    def element(self, prefix="step-picture"):
        return self.pictures.element(self.step, prefix)

    def numbers(self):
        return Markup(step_table(self.pictures, self.step))

    def view(self):
        """Return everything that is seen of the step."""
        return [html("section", {"class": "step current"}, self.head(), self.picture(), self.numbers())]


def figure(picture):
    return Markup(scrolled("Picture of the step", "figure", "picture", str(picture)))


def differing(trace, other):
    """Return the symbols of one trace whose numbers the other has not, or has otherwise, in order of computation."""
    return [symbol for symbol, row in trace.rows.items() if not same(row, other.rows.get(symbol))]


def same(row, other):
    """Return whether two rows have the same number, apart from the last bits of it."""
    if other is None or (row.digits_by_hand != other.digits_by_hand):
        return False
    return abs(row.value - other.value) <= 1e-12 * (abs(row.value) + abs(other.value))


def change_words(changed, trace):
    """Return in words how many numbers a change has moved."""
    return f"{count(len(changed), 'number')} of {len(trace.rows)} changed." if changed else "No number changed."
