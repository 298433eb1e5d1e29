"""The trace of a training: a list of steps with their rows, to be printed, looked up and drawn. Read record.py first."""

import re

from purenet.arithmetic.notation import Symbol, elided
from purenet.document.formats import typeset_notation_for
from purenet.document.notebook_display import Shown, stepper
from purenet.errors import NetworkError, count
from purenet.trace.comparison import compared, values
from purenet.trace.matrices import MatrixView
from purenet.trace.notes import SHOWN
from purenet.trace.quantities import SETTINGS
from purenet.trace.row import Row
from purenet.trace.step_pictures import picture
from purenet.trace.steps import steps_of
from purenet.trace.summary import trace_summary
from purenet.trace.text_pages import listed, notebook_sections, step_section, trace_to


class Trace(Shown):
    """A training step as a list of steps, each with its rule and one row per quantity.

    `print(trace)` shows the tables; `trace.to("markdown")` and its like return them in other formats.
    """

    def __init__(self, title, full, by_hand=None, pencil=None, groups=()):
        self.title = title
        self.network = full.network
        self.descent = full.descent
        self.gradient = full.gradient
        self.quantities = full.quantities
        self.shown = full.notes.shown
        self.pencil = pencil
        written = by_hand.notes.named if by_hand else {}
        self.rows = {symbol: Row(named, written.get(symbol)) for symbol, named in full.notes.named.items()}
        self.steps = [Step(number, *step) for number, step in enumerate(steps_of(self), start=1)]
        self.places = list(dict.fromkeys(step.place for step in self.steps))
        self.neurons = {neuron.name: neuron for neuron in full.network.neurons()}
        self.comparisons = compared(self, groups)
        self.chosen = ""  # a sentence about which examples of a case it has, if not all
        self.mistake = ""  # a sentence about the mistake of the program, if it makes one on purpose
        self.not_compared = ""  # a sentence about published numbers that have no comparison

    @property
    def learning_rate(self):
        """The row of the learning rate."""
        return self.rows["η"]

    @property
    def settings(self):
        """The rows of the learning rate and, where there are any, the other settings of the descent."""
        return [self.rows[symbol] for symbol in SETTINGS if symbol in self.rows]

    @property
    def examples(self):
        """The examples, pairs of the rows of their inputs and those of their targets; of wide layers, those shown."""
        kinds = ("output", -1), ("targets", self.quantities.layers[-1])
        places = [at for (_, example), at in self.quantities.at.items() if example and kinds[0] in at]
        return [tuple(self.rows_of(at.get(kind)) for kind in kinds) for at in places]

    def start_rows(self, kind):
        """Return the rows of the first "weights" or "biases"."""
        at = self.quantities.at[0, None]
        return [row for layer in self.quantities.layers for row in self.rows_of(at.get((kind, layer)))]

    def rows_of(self, quantity):
        """Return the rows of a quantity, those that are shown."""
        return [row for row in self.all_rows_of(quantity) if row is not None] if quantity else []

    def all_rows_of(self, quantity):
        """Return the rows of a quantity, None for each that is left out of the trace of a wide network."""
        rows, shown = self.rows, self.shown
        return [
            rows.get(str(quantity.symbol(place))) if shown(quantity, place) == SHOWN else None
            for place in range(quantity.size)
        ]

    def row(self, symbol, step=None, example=None):
        """Return the row of a quantity, named in Unicode or ASCII: trace.row("δ_j1"), trace.row("w_i1j1_new").

        With a training step or an example (counted through all steps), a symbol is that of this step or example:
        trace.row("δ_j1", example=3) is trace.row("δ_j1⁽³⁾"), and trace.row("w_i1j1⁺", step=2) trace.row("w_i1j1⁺⁺").
        """
        symbol = Symbol.parse(symbol)
        if step is not None or example is not None:
            symbol = self.place(step, example).placed(symbol)
        if str(symbol) not in self.rows:
            of_examples = [name for name in self.rows if name.startswith(f"{symbol}⁽")]
            few = elided(of_examples, "…") if len(of_examples) > 5 else of_examples
            raise NetworkError(f"the trace has no quantity {symbol}{': it has ' if few else ''}{', '.join(few)}")
        return self.rows[str(symbol)]

    def value(self, formula, step=None, example=None):
        """Return the value of any formula of symbols: trace.value("y_j1·(1 − y_j1)"), trace.value("Δw_i1j1", step=2).

        It is computed from the numbers by hand where rounding was declared, otherwise from those in full precision.
        Without a step or an example, symbols are those of the first.
        """
        place = self.place(step, example if step is not None or example is not None else 1)
        full, by_hand = values(self, place, formula)
        return full if by_hand is None else by_hand

    def place(self, step, example):
        """Return the `Place` of a training step or an example."""
        for place in self.places:
            if place.step != "after" and place.example == example and step in (None, place.step):
                return place
        sizes = self.quantities.batch_sizes
        number = "" if example is None else f"example {example}" + ("" if step is None else f" in training step {step}")
        raise NetworkError(
            f"there is no {number or f'training step {step}'}: the trace has {count(len(sizes), 'training step')} of "
            f"{listed(sizes)}, counted through all steps"
        )

    def number(self, name):
        """Return the row of a quantity by its name for machines: trace.number("step1.example1.J.delta[0]")."""
        plain, places = re.match(r"([^\[]*)((?:\[[0-9]+\])*)$", name).groups() if isinstance(name, str) else ("", "")
        for quantity in self.quantities.given + self.quantities.list:
            if quantity.name == plain:
                for place in range(quantity.size):
                    if quantity.number_name(place) == name:
                        return self.row(str(quantity.symbol(place)))
        raise NetworkError(f"the trace has no quantity {name}")

    def names(self):
        """Return a dictionary from symbols to names for machines; of two names, the one with an example."""
        names = {}
        for quantity in self.quantities.given + self.quantities.list:
            for place in range(quantity.size):
                if self.shown(quantity, place) == SHOWN:
                    names.setdefault(str(quantity.symbol(place)), quantity.number_name(place))
        return names

    def take_floats(self):
        """Show numbers that were computed in decimals, and compared, as floats, like those of any other trace."""
        for row in self.rows.values():
            row.quantity.value = float(row.value) + 0  # nobody writes −0

    def to(self, format, **options):
        """Return the trace as text in a format: text, markdown, latex, html, json or csv.

        Options: `steps`, a list of step numbers; `width` in columns; `ascii`; `digits`, significant digits shown;
        of LaTeX, `standalone`, a whole document, with `pictures`, a dictionary from step numbers to names of files.
        Raises NetworkError for a format, a step or an option that does not exist.
        """
        return trace_to(self, format, **options)

    def summary(self, digits=None):
        """Return each example and training step as one table per layer, by hand where rounding was declared, and in full precision."""
        return trace_summary(self, digits)

    def matrices(self, rows=False, everything=False):
        """Return the trace as equations between matrices; with `rows`, each example is a row, otherwise a column.

        Of more than 12 examples in a step, the first three and the last two are shown, unless you ask for `everything`.
        """
        return MatrixView(self, rows, everything)

    def picture(self, number):
        """Return the picture of a step, by its number from 1, as the text of an SVG file."""
        return picture(self, number)

    @property
    def disagreements(self):
        """The comparisons with published digits that are wrong, and the case does not say so."""
        return [comparison for comparison in self.comparisons if not comparison.agrees]

    def __str__(self):
        return self.to("text")

    def sections(self, format):
        """Return the trace as sections for a notebook."""
        return notebook_sections(self, format)

    def _repr_html_(self):
        return stepper(self.to("html"), self.title, self.sections("html"))

    def __repr__(self):
        return f"<Trace of {len(self.steps)} steps: {self.title}>"


class Step(Shown):
    """One step of the trace: its number, from 1; a title; the rule in words and in symbols; and its rows.

    `place` has the training step and the example (None: of the step); `part` is "forward", "loss", "backward" or
    "update". Of wide layers, rows are left out: `gaps` counts them by the place of the row that they are left out before.
    """

    def __init__(self, number, place, part, title, words, rule, rows, gaps=()):
        self.number = number
        self.place = place
        self.part = part
        self.title = title
        self.words = words
        self.rule = rule
        self.rows = rows
        self.gaps = dict(gaps)

    def sections(self, format):
        """Return the step as a section in the notation of a format."""
        return [step_section(self, typeset_notation_for(format, False), None)]

    def pictures(self):
        """Return the picture of the step, for a notebook."""
        return {0: picture(self.place.trace, self.number)}

    def __repr__(self):
        return f"<Step {self.number}: {self.title}, {len(self.rows)} rows>"
