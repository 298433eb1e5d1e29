"""Record a training step: run the core on expressions, and collect each number that a neuron keeps.

The trace computes nothing of its own. It runs a copy of the network whose neurons also write down the numbers that
purenet/neuron.py keeps as attributes. An activation or a loss of your own needs a `name`, a loss also a `formula`, and
exp, log and tanh from purenet.arithmetic, which know expressions.
"""

from decimal import Context, Decimal, localcontext

from purenet.arithmetic.notation import LATEX, UNICODE, Symbol, number_text
from purenet.arithmetic.pencil import PENCIL_PRECISION, Pencil, as_decimal, check_digits, rounded
from purenet.checks import check_example
from purenet.document.formats import FULL_DIGITS, MOST_TERMS, SHOWN_DIGITS, notation_for
from purenet.document.notebook_display import Shown
from purenet.errors import NetworkError, check_number
from purenet.trace.recorder import StepRecording
from purenet.trace.step_pictures import picture
from purenet.trace.steps import steps_of
from purenet.trace.summary import trace_summary
from purenet.trace.text_pages import notebook_sections, step_section, trace_to


def trace_step(network, inputs, targets, learning_rate, rounding=None, published=None, title="A training step"):
    """Return the trace of one training step of a network on one example, which is two lists of numbers.

    The network is not changed. `rounding` says how to round by hand (see purenet/arithmetic/pencil.py); the step
    is then done twice, by hand and in full precision. `published` holds digits from elsewhere to compare with,
    {"δ_j1": "0.0227"}. Raises NetworkError for numbers that do not fit the network and for numbers that overflow.

    >>> from purenet import Layer, Network, Neuron
    >>> trace = trace_step(Network([Layer([Neuron([0.5, -1.0])])]), [1.0, 2.0], [0.5], learning_rate=0.1)
    >>> row = trace.steps[1].rows[0]
    >>> row.symbol, row.formula, row.numbers, row.value
    ('x_j1', 'w_i1j1·y_i1 + w_i2j1·y_i2', '0.5·1.0 + (−1.0)·2.0', -1.5)
    """
    inputs, targets = list(inputs), list(targets)
    check_example(network, inputs, targets)
    check_number(learning_rate, "the learning rate")
    if learning_rate < 0:
        raise NetworkError(f"the learning rate must not be negative, not {learning_rate}")
    full = StepRecording(network, inputs, targets, learning_rate)
    by_hand = None
    if rounding:
        pencil = Pencil(rounding)
        with localcontext(Context(prec=PENCIL_PRECISION)):
            by_hand = StepRecording(network, inputs, targets, learning_rate, as_decimal, pencil)
        pencil.check_used()
    return Trace(title, full, by_hand, published)


class Trace(Shown):
    """A training step as a list of steps, each with its rule and one row per quantity.

    `print(trace)` shows the tables; `trace.to("markdown")` and its like return them in other formats.
    """

    folds = True

    def __init__(self, title, full, by_hand=None, published=None):
        self.title = title
        self.network = full.network
        self.pencil = by_hand.pencil if by_hand else None
        self.rows = {
            symbol: Row(quantity, by_hand.quantities[symbol] if by_hand else None)
            for symbol, quantity in full.quantities.items()
        }
        for symbol, digits in (published or {}).items():
            check_digits(symbol, digits)
            self.row(symbol).published = digits
        self.inputs = [self.rows[str(quantity.symbol)] for quantity in full.inputs]
        self.targets = [self.rows[str(quantity.symbol)] for quantity in full.targets]
        self.learning_rate = self.rows["η"]
        self.steps = [Step(number, *step) for number, step in enumerate(steps_of(self), start=1)]

    def row(self, symbol):
        """Return the row of a quantity, named in Unicode or ASCII: trace.row("δ_j1"), trace.row("w_i1j1_new")."""
        name = str(Symbol.parse(symbol))
        if name not in self.rows:
            raise NetworkError(f"the training step has no quantity {name}")
        return self.rows[name]

    def to(self, format, **options):
        """Return the trace as text in a format: text, markdown, latex, html, json or csv.

        Options: `steps`, a list of step numbers; `width` in columns; `ascii`; `digits`, significant digits shown.
        Raises NetworkError for a format, a step or an option that does not exist.
        """
        return trace_to(self, format, **options)

    def summary(self, digits=None):
        """Return the whole step as one table per layer, by hand where rounding was declared, and in full precision."""
        return trace_summary(self, digits)

    def picture(self, number):
        """Return the picture of a step, by its number from 1, as the text of an SVG file."""
        return picture(self, number)

    @property
    def disagreements(self):
        """The rows whose value, by hand where there is one, does not have the digits published for it."""
        return [row for row in self.rows.values() if row.published is not None and not row.agrees]

    def __str__(self):
        return self.to("text")

    def sections(self, format):
        """Return the trace as sections for a notebook."""
        return notebook_sections(self, format)

    def __repr__(self):
        return f"<Trace of {len(self.steps)} steps: {self.title}>"


class Step(Shown):
    """One step of the trace: its number, from 1; a title; the rule in words and in symbols; and its rows."""

    def __init__(self, number, title, words, rule, rows):
        self.number = number
        self.title = title
        self.words = words
        self.rule = rule
        self.rows = rows

    def sections(self, format):
        """Return the step as a section in the notation of a format."""
        return [step_section(self, notation_for(format, False), None)]

    def __repr__(self):
        return f"<Step {self.number}: {self.title}, {len(self.rows)} rows>"


class Row:
    """One quantity of the step: its symbol, formula, numbers and value.

    symbol       "δ_j1"
    formula      the formula in symbols, all of it; "" for a given number
    numbers      the same with numbers: those written down by hand, where the case declares rounding
    by_hand      "= 0.168861", or "≈ 0.0227" where rounding changed the value; "" where the case declares no rounding
    value        the number itself in full precision
    quantities   a dictionary from each symbol in the formula to its number in full precision
    published    digits published for it elsewhere, a text; None where there are none
    """

    def __init__(self, quantity, by_hand=None):
        self.quantity = quantity
        self.by_hand_quantity = by_hand
        self.symbol = str(quantity.symbol)
        self.value = quantity.value
        self.published = None

    @property
    def quantities(self):
        return self.quantity.quantities()

    @property
    def formula(self):
        return self.quantity.formula()

    @property
    def numbers(self):
        return self.numbers_in(UNICODE)

    @property
    def by_hand(self):
        return self.by_hand_in(UNICODE)

    def numbers_in(self, notation, longest=None, digits=None):
        """Return the numbers in a notation; floats to some significant digits."""
        if self.by_hand_quantity is None:
            return self.quantity.numbers(notation, longest, digits)
        return self.by_hand_quantity.numbers(notation, longest, FULL_DIGITS)

    def by_hand_in(self, notation):
        """Return the value by hand in a notation, with the sign = or ≈ before it."""
        if self.by_hand_quantity is None:
            return ""
        return f"{notation.about if self.rounded else notation.equal} {notation.number(self.digits_by_hand)}"

    @property
    def digits_by_hand(self):
        """The value by hand as it is written down, a text such as "0.0227"; None where the case declares no rounding."""
        return number_text(self.by_hand_quantity.value, FULL_DIGITS) if self.by_hand_quantity else None

    @property
    def rounded(self):
        """Return whether rounding changed the value by hand when it was written down."""
        written = self.by_hand_quantity.value
        return written != self.by_hand_quantity.computed or as_decimal(self.digits_by_hand) != written

    @property
    def shown_value(self):
        """The value by hand where there is one, otherwise that in full precision."""
        return (self.by_hand_quantity or self.quantity).value

    @property
    def agrees(self):
        """Return whether the value, by hand where there is one, has the published digits when rounded to as many."""
        published = Decimal(self.published)
        return rounded(as_decimal(self.shown_value), "decimals", -published.as_tuple().exponent) == published

    def _repr_latex_(self):
        """Return the row as a line of mathematics: its symbol, formula, numbers and value, by hand where there is one."""
        value = self.by_hand_in(LATEX) or f"= {LATEX.number(number_text(self.value))}"
        parts = [self.quantity.formula(LATEX, MOST_TERMS), self.numbers_in(LATEX, MOST_TERMS, SHOWN_DIGITS)]
        middle = "".join(f" = {part}" for part in parts if part)
        return rf"$\displaystyle {LATEX.symbol(self.quantity.symbol)}{middle} {value}$"

    def __repr__(self):
        return f"<Row {self.symbol}: {self.formula or 'given'} = {self.value}>"
