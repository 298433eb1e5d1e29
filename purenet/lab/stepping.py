"""Step through the trace of a case: words, rule, picture and numbers of one step, as on the page of a trace."""

import functools

from purenet.arithmetic.notation import UNICODE, number_text
from purenet.errors import count
from purenet.golden.diagnosis.lessons import is_alike
from purenet.lab.html import Markup, button, choice, html, slider
from purenet.trace.step_html import step_head, step_picture, step_table
from purenet.trace.step_pictures import Pictures

WAYS = [("numbers", "Picture and numbers"), ("columns", "Matrices"), ("rows", "Matrices, examples in rows")]


class Stepping:
    """One step of a trace, by its number; one that is too large is the last."""

    shown_as = "numbers"

    def __init__(self, trace, number):
        self.trace = trace
        self.choose(trace.steps, number)

    def choose(self, steps, number):
        """Take one of some steps by its number."""
        self.steps = steps
        self.number = max(1, min(number, len(steps)))
        self.step = steps[self.number - 1]

    @property
    def title(self):
        return f"Step {self.number} of {len(self.steps)}. {self.step.title}"

    def controls(self):
        """Return the buttons and the slider over the steps, and the list of the ways in which a step can be shown."""
        return self.turning(choice("show", "way", WAYS, self.shown_as, "How the step is shown"))

    def turning(self, *more):
        """Return the buttons and the slider over the steps, and more in their line."""
        last = len(self.steps)
        places = slider("step", "Step", last, self.number, self.title, 1)
        back = button(
            "‹", "turn", "back", "-1", id="step-back", aria_label="Previous step", disabled="yes" * (self.number == 1)
        )
        on = button(
            "›", "turn", "on", "1", id="step-on", aria_label="Next step", disabled="yes" * (self.number == last)
        )
        place = html("output", {}, f"{self.number} of {last}")
        return html("p", {"class": "controls-line"}, back, places, on, place, *more)

    @property
    def pictures(self):
        return pictures_of(self.trace)

    def head(self):
        """Return the title, the words and the rule."""
        return Markup(step_head(self.step, "step"))

    def picture(self, prefix="step"):
        return Markup(step_picture(self.pictures, self.step, prefix))

    def numbers(self):
        return Markup(step_table(self.pictures, self.step))

    def view(self):
        """Return everything that is seen of the step."""
        return [html("section", {"class": "step current"}, self.head(), self.picture(), self.numbers())]


@functools.lru_cache(maxsize=4)  # a person goes from step to step of a trace
def pictures_of(trace):
    return Pictures(trace)


def differing(trace, other):
    """Return the symbols of one trace whose numbers the other lacks or has with another value, in order of computation."""
    return [symbol for symbol, row in trace.rows.items() if not same(row, other.rows.get(symbol))]


def same(row, other):
    """Return whether two rows have the same number, apart from the last bits of it."""
    if other is None or (row.digits_by_hand != other.digits_by_hand):
        return False
    return is_alike(row.value, other.value)


def moved_words(changed, trace, was, step):
    """Return in words how many numbers a change has moved, and the first of them in a step, or of all."""
    if not changed:
        return "No number changed."
    here = {row.symbol for row in trace.steps[min(step, len(trace.steps)) - 1].rows}
    first = next((symbol for symbol in changed if symbol in here and symbol in was), changed[0])
    words = f"{first} from {was[first]} to {shown(trace.rows[first])}" if first in was else f"{first} is new"
    return f"{len(changed)} of {count(len(trace.rows), 'number')} changed (underlined): {words}."


def shown(row):
    """Return the number of a row as it is shown: by hand, if it is computed so."""
    return row.by_hand.lstrip("=≈ ") or UNICODE.number(number_text(row.value, None))
