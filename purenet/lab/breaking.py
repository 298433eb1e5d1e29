"""Break it: a program with a mistake beside the right one, number by number."""

from purenet.arithmetic.notation import MATHML, UNICODE, number_text
from purenet.cases import case_names, load_case
from purenet.document.formats import MOST_TERMS, SHOWN_DIGITS
from purenet.errors import NetworkError, count
from purenet.golden.diagnosis.lessons import compared, find
from purenet.golden.mistakes import CATALOGUE
from purenet.lab.html import (
    Markup,
    aligned,
    button,
    choice,
    filled,
    html,
    rule_html,
    scrolled,
    symbol_html,
    table,
)
from purenet.lab.stepping import Stepping, differing
from purenet.trace.step_html import math

MOST_ROWS = 40  # numbers that differ, in a table


class Breaking:
    """A case, done with and without a mistake."""

    def __init__(self, state):
        self.state = state
        self.right = state.trace_in_full()
        self.mistake = find(state.mistake) if state.mistake else None
        self.wrong, self.stopped, self.differing = None, "", []
        if self.mistake:
            try:
                self.wrong = state.trace_in_full(state.mistake)
                found = differing(self.right, self.wrong)
                in_both = [symbol for symbol in found if symbol in self.wrong.rows]
                self.differing = in_both or found  # a program may leave out some numbers
            except NetworkError as error:
                self.stopped = str(error)
        self.stepping = Stepping(self.right, state.step)

    @property
    def first_step(self):
        """The number of the first step in which a number differs; 1 if none does."""
        found = set(self.differing)
        return next((s.number for s in self.right.steps if any(row.symbol in found for row in s.rows)), 1)

    @property
    def first(self):
        """The symbol of the first number in that step that differs; not every number that differs is in a step."""
        rows = self.right.steps[self.first_step - 1].rows
        return next((row.symbol for row in rows if row.symbol in self.differing), self.differing[0])

    # what is seen

    def controls(self):
        choose = choice("mistake", "mistake", self.options(), self.state.mistake, "The mistake that the program makes")
        first = button(f"To the first difference, step {self.first_step}", "step", "first", str(self.first_step))
        line = html("p", {"class": "controls-line"}, choose, first if self.differing else html("span"))
        return [line, self.stepping.turning()] if self.wrong else [line]

    def options(self):
        """Return the mistakes to choose from, by the part of a training in which they are made."""
        is_built_in = self.state.data is None and self.state.case in case_names()
        blind = load_case(self.state.case).blind_to if is_built_in else []
        groups = {}
        for mistake in CATALOGUE.values():
            if mistake.id not in blind:
                groups.setdefault(mistake.group, []).append((mistake.id, f"{mistake.id}: {mistake.sentence}"))
        return [("", "no mistake"), *groups.items()]

    def view(self):
        """Return the mistake in words and formulas, and right and wrong numbers side by side."""
        if self.mistake is None:
            words = "Choose a mistake that published programs make. The same training is then done with it, beside the right one."
            return [html("p", {}, words)]
        mistake = self.mistake
        parts = [html("h2", {}, mistake.id), html("p", {}, mistake.sentence), self.formulas()]
        if self.wrong is None:
            return parts + self.without_trace()
        if not self.differing:
            return [*parts, html("p", {}, "No number of this training differs: it does not show this mistake.")]
        words = f"{count(len(self.differing), 'number')} of {len(self.right.rows)} differ; the first in a step is "
        parts.append(html("p", {}, words, symbol_html(self.first), "."))
        wrong = Stepping(self.wrong, self.state.step)
        kinds = ("right", "✓ Right", self.stepping), ("wrong", "✗ With the mistake", wrong)
        pictures = [
            html("div", {"class": kind}, html("h3", {}, heading), stepping.picture(kind))
            for kind, heading, stepping in kinds
        ]
        step = html("section", {"class": "step current"}, html("h3", {}, self.stepping.title), self.step_table())
        return [*parts, step, html("div", {"class": "side-by-side"}, *pictures), self.all_differing()]

    def formulas(self):
        rows = [(words, rule_html(rule)) for words, rule in self.rules()]
        return scrolled("The formulas", table("The formulas", ["program", "formula"], rows, class_="formulas"))

    def rules(self):
        mistake = self.mistake
        labels = ("the cases", "this convention") if mistake.convention else ("✓ right", "✗ wrong")
        return [pair for pair in zip(labels, (mistake.right, mistake.wrong)) if pair[1]]

    def step_table(self):
        """Return right and wrong numbers of the step."""
        return self.rows_of("Numbers of the step", self.stepping.step.rows)

    def all_differing(self):
        """Return the numbers that differ, from the first."""
        rows = [self.right.rows[symbol] for symbol in self.differing[:MOST_ROWS]]
        left = len(self.differing) - len(rows)
        more = [html("p", {}, f"… and {left} more.")] if left else []
        title = html("summary", {}, f"All {count(len(self.differing), 'number')} that differ, from the first")
        return html("details", {"id": "all-differing"}, title, self.rows_of("Numbers that differ", rows), *more)

    def rows_of(self, label, rows):
        """Return a table of right and wrong numbers and their formulas; wrong numbers are marked."""
        others = [self.wrong.rows.get(row.symbol) for row in rows]
        numbers = aligned([[number(row) for row in rows], [number(other) for other in others]])
        lines = []
        for row, other, right, wrong in zip(rows, others, *numbers):
            kind = "wrong-number" if row.symbol in self.differing else ""
            line = [symbol_html(row.symbol), right, html("span", filled(class_=kind), wrong)]
            own = formula(other)
            lines.append([*line, formula(row), own if str(own) != str(formula(row)) else "the same"])
        headers = ["quantity", "✓ right", "✗ with the mistake", "formula", "formula with the mistake"]
        return scrolled(label, table("Right and wrong", headers, lines, class_="data"))

    def without_trace(self):
        """Return what is seen of a program that stops, or that computes in a way that has no formulas."""
        rows = compared(self.state.the_case(), self.mistake, UNICODE)[:MOST_ROWS]
        if not rows:
            return [html("p", {}, "No number of this training differs: it does not show this mistake.")]
        words = html("p", {}, f"It has no formulas to show: {self.stopped}.")
        headers = ["number", "✓ right", "✗ with the mistake"]
        return [words, scrolled("Numbers that differ", table("Right and wrong", headers, rows, class_="data"))]


def formula(row):
    return Markup(math(row.quantity.formula(MATHML, MOST_TERMS)) if row else "")


def number(row):
    """Return the number of a row to nine digits, in which most mistakes can be seen."""
    return UNICODE.number(number_text(row.value, SHOWN_DIGITS + 3)) if row else "not computed"
