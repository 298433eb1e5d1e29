"""Answer: the results of a step are hidden, and a person computes them; a wrong one is named. Read by_hand.py first.

Each number is judged from the person's own numbers before it, within one unit of its last place.
"""

import copy
import functools

from purenet.arithmetic.notation import MATHML, Symbol
from purenet.arithmetic.pencil import Pencil
from purenet.document.formats import MOST_TERMS
from purenet.errors import NetworkError
from purenet.golden.diagnosis.by_hand import MOST_REASONS, Sheet, as_number, units_off
from purenet.lab.html import Markup, button, html, identifier, number_field, rule_html, symbol_html
from purenet.lab.sizes import steps_traced
from purenet.lab.state import LabPencil, case_of
from purenet.lab.stepping import Stepping
from purenet.trace.record import trace_case
from purenet.trace.step_html import math, picture_box, prose, template

DECIMALS = 4  # where the case does not say how numbers are rounded
HINTS = ("Hint: the rule", "Hint: the numbers", "Show the value")


class OwnPencil(LabPencil):
    """Writes a person's own numbers where there are any, so that all later ones follow from them."""

    def __init__(self, rules, own):
        super().__init__(rules)
        self.own = own

    def write(self, symbol, value):
        own = self.own.get(symbol)
        return super().write(symbol, value) if own is None else own


class Answering:
    """The answers of a state, each with its `Remark`."""

    def __init__(self, state):
        self.state = state
        self.case = state.the_case()
        if self.case.examples[0][1] is None:
            raise NetworkError("there is nothing to answer here: the case has no targets")
        self.rules = self.case.rounding or DECIMALS
        self.sheet, self.remarks = sheet_after(state.text, state.case, self.in_order())
        own = {Symbol.parse(name): as_number(digits) for name, digits in state.written.items()}
        pencil, steps = OwnPencil(self.rules, own), steps_traced(self.case)
        self.trace = trace_case(self.case, rounding=pencil, steps=steps, groups=[], second_pass=False)
        self.stepping = Stepping(self.trace, state.step)

    def in_order(self):
        """Return the answers, pairs of a symbol and digits, in the order of the computation."""
        written = self.state.written
        known = symbols_of_text(self.state.text, self.state.case)
        for name in written:
            if name not in known:
                raise NetworkError(f"there is no number {name} to answer here")
        return tuple((name, written[name]) for name in known if name in written)

    def asked(self, step):
        """Return the rows of a step whose numbers are asked for: those that are computed."""
        return [row for row in step.rows if Symbol.parse(row.symbol) in self.sheet.symbols]

    @property
    def first_step(self):
        """The number of the step that is chosen, or of the first after it in which something is asked."""
        later = self.trace.steps[self.stepping.number - 1 :]
        return next((step.number for step in later if self.asked(step)), self.stepping.number)

    # what is seen

    def controls(self):
        return self.stepping.turning()

    def view(self):
        """Return the step with its picture, in which the results are hidden, and a field for each of them."""
        asked = self.asked(self.stepping.step)
        parts = [html("h2", {}, self.stepping.title)]
        parts.append(
            html("p", {"class": "note"}, f"Round each number {self.rounding_words}, and go on with what you wrote.")
        )
        parts.append(hidden_results(self.stepping))
        parts.append(html("div", {"class": "questions"}, *[self.question(row) for row in asked]))
        if not asked:
            parts.append(html("p", {}, "Nothing is asked in this step: go on to the next."))
        return [html("section", {"class": "step current"}, *parts)]

    @property
    def rounding_words(self):
        return f"as the case says: {Pencil(self.rules).words()}" if self.case.rounding else f"to {DECIMALS} decimals"

    def question(self, row):
        """Return the field for a number, with what is said of the answer, and the hints that were asked for."""
        name = row.symbol
        remark, written = self.remarks.get(name), self.state.written.get(name, "")
        field = number_field(name, written, "answer", placeholder="?", size=8)
        parts = [html("p", {"class": "question-line"}, symbol_html(name), " = ", field, *self.hint_button(name))]
        if remark:
            kind = "right" if remark.is_right else "not-right"
            parts.append(html("div", {"class": f"remark {kind}"}, *self.remark(remark)))
        return html("div", {"class": "question"}, *parts, *self.hints(row))

    def hint_button(self, name):
        given = self.state.hints.get(name, 0)
        return [button(HINTS[given], "hint", name)] if given < len(HINTS) else []

    def remark(self, remark):
        """Return what is said of an answer: right, or what follows from the numbers before it, and what it may be."""
        if remark.is_right:
            return [html("p", {}, "✓ Right.")]
        if remark.is_short:
            return [html("p", {}, f"✗ Too few digits: round it {self.rounding_words}.")]
        found = [html("p", {}, "✗ Not right: from your numbers before it, something else follows.")]
        if self.is_negated(remark):
            found.append(html("p", {}, "With the other sign it would be right."))
        for mistake in remark.reasons[:MOST_REASONS]:
            wrong, right = rule_html(mistake.wrong), rule_html(mistake.right)
            place = identifier("see", str(remark.symbol), mistake.id)  # several answers may have one mistake
            see = button("See this mistake", "see", mistake.id, id=place)
            found.append(html("p", {}, f"It may be this: {mistake.sentence} ", see))
            found.append(html("p", {}, "Written: ", wrong, html("br"), "Right: ", right))
        return found

    def is_negated(self, remark):
        """Return whether an answer has the right size and the other sign."""
        expected = self.sheet.expected(*self.sheet.symbols[remark.symbol])
        return units_off(-remark.number, expected, remark.unit) <= 1

    def hints(self, row):
        given = self.state.hints.get(row.symbol, 0)
        name = row.quantity.symbol
        texts = [
            math(row.quantity.formula(MATHML, MOST_TERMS)),
            math(row.by_hand_quantity.numbers(MATHML, MOST_TERMS, None)),
            math(MATHML.number(str(self.expected(row)))) if given > 2 else "",
        ]
        words = [html("p", {}, Markup(prose(self.stepping.step.words)))][:given]
        return words + [
            Markup(f'<p class="hint" tabindex="0"><math>{MATHML.symbol(name)}<mo>=</mo></math> {text}</p>')
            for text in texts[:given]
        ]

    def expected(self, row):
        """Return the number that follows from those before it, as it is written down."""
        symbol = Symbol.parse(row.symbol)
        return Pencil(self.rules).write(symbol, self.sheet.expected(*self.sheet.symbols[symbol]).middle)


def hidden_results(stepping):
    """Return the picture of a step without the numbers that are asked for, neither in sight nor in words."""
    pictures, step = stepping.pictures, stepping.step
    picture = pictures.page_element(step, "answer-picture")
    for element in elements_of(picture):
        kind = str(element.attributes.get("class", ""))
        if element.name == "desc":
            element.children = [step.words]
        if kind.endswith(" now"):
            element.children = [c for c in element.children if not is_number(c)]
    upright = with_numbers(pictures.upright_element(step.place), set(symbols_with_number(picture)))
    return Markup(picture_box(step, f"{picture}\n{template('answer-upright', upright)}", "answer-upright"))


def symbols_with_number(element, symbol=None):
    """Yield the symbols of all quantities whose number is in an element."""
    symbol = element.attributes.get("data-q", symbol)
    for child in element.children:
        if is_number(child):
            yield child.attributes.get("data-q", symbol)
        elif not isinstance(child, str):
            yield from symbols_with_number(child, symbol)


def with_numbers(element, shown, symbol=None):
    """Return an element with the numbers of some quantities alone, and with names of functions."""
    symbol = element.attributes.get("data-q", symbol)
    kept = [child for child in element.children if symbol is None or symbol in shown or not is_number(child)]
    element.children = [child if isinstance(child, str) else with_numbers(child, shown, symbol) for child in kept]
    return element


def is_number(element):
    """Return whether an element of a picture is a number."""
    kinds = [] if isinstance(element, str) else str(element.attributes.get("class", "")).split()
    return "value" in kinds or "number" in kinds


def elements_of(element):
    """Yield an element and all that are in it."""
    yield element
    for child in element.children:
        if not isinstance(child, str):
            yield from elements_of(child)


@functools.lru_cache(maxsize=4)
def symbols_of_text(text, name):
    """Return the printed symbols of all numbers that a case computes, in their order."""
    return [str(symbol) for symbol in new_sheet(text, name).symbols]


def new_sheet(text, name):
    case = case_of(text, name)
    return Sheet(case, case.rounding or DECIMALS)


@functools.lru_cache(maxsize=256)
def sheet_after(text, name, written):
    """Return the sheet on which some numbers are written, and the remarks on them by symbol."""
    if not written:
        return new_sheet(text, name), {}
    before, remarks = sheet_after(text, name, written[:-1])
    sheet = copy.copy(before)
    sheet.own = {quantity: list(numbers) for quantity, numbers in before.own.items()}
    sheet.right = set(before.right)
    symbol, digits = written[-1]
    return sheet, {**remarks, symbol: sheet.write(symbol, digits)}
