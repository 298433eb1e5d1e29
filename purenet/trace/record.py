"""The trace of a training: every number of it, with its formula.

A trace computes nothing of its own. It runs a copy of the network on numbers that remember how they were computed (see
recording.py and notes.py). An activation or a loss of your own needs a `name`, and exp, log and tanh from
purenet.arithmetic, which know expressions; where it has a `formula` and a `slope`, texts, rules are shown with them.
"""

import copy
import re
from contextlib import contextmanager
from decimal import Context, Decimal, DecimalException, localcontext

from purenet.arithmetic.notation import LATEX, UNICODE, Symbol, number_text
from purenet.arithmetic.pencil import PENCIL_PRECISION, Pencil, as_decimal, check_digits, rounded
from purenet.checks import check_descent, check_example, check_training
from purenet.descent import GradientDescent
from purenet.document.formats import FULL_DIGITS, MOST_TERMS, SHOWN_DIGITS, notation_for
from purenet.document.notebook_display import Shown
from purenet.errors import NetworkError, check_number, count
from purenet.trace.notes import Drawn, Formulas
from purenet.trace.quantities import Quantities, shape_of
from purenet.trace.recording import Program, Recording, Training, training_of
from purenet.trace.step_pictures import picture
from purenet.trace.steps import steps_of
from purenet.trace.summary import trace_summary
from purenet.trace.text_pages import listed, notebook_sections, step_section, trace_to
from purenet.training import mini_batches


def trace_step(
    network, inputs, targets, learning_rate, rounding=None, published=None, title="A training step", everything=False
):
    """Return the trace of one training step of a network on one example, which is two lists of numbers.

    The network is not changed. `rounding` says how to round by hand (see purenet/arithmetic/pencil.py); the step
    is then done twice, by hand and in full precision. `published` holds digits from elsewhere to compare with,
    {"δ_j1": "0.0227"}. Of a layer with more than 12 neurons, the first three and the last two are shown, unless you ask
    for `everything`. Raises NetworkError for numbers that do not fit the network and for numbers that overflow.

    >>> from purenet import Layer, Network, Neuron
    >>> trace = trace_step(Network([Layer([Neuron([0.5, -1.0])])]), [1.0, 2.0], [0.5], learning_rate=0.1)
    >>> row = trace.steps[1].rows[0]
    >>> row.symbol, row.formula, row.numbers, row.value
    ('x_j1', 'w_i1j1·y_i1 + w_i2j1·y_i2', '0.5·1.0 + (−1.0)·2.0', -1.5)
    """
    return trace_training(
        network,
        [(inputs, targets)],
        learning_rate,
        rounding=rounding,
        published=published,
        title=title,
        everything=everything,
    )


def trace_training(
    network,
    examples,
    learning_rate,
    *,
    batch_size=None,
    steps=None,
    gradient="mean",
    momentum=0,
    weight_decay=0,
    second_pass=None,
    everything=False,
    rounding=None,
    published=None,
    title="A training",
):
    """Return the trace of a training of a network: of all examples in one step, or of steps of so many examples each.

    The examples are taken in order, and again from the first if there are more steps than they suffice for. For the
    settings, see `train`. `second_pass` says whether the examples of the last step go through the new weights as well;
    by default, they do if there is one step. For the rest, see `trace_step`.

    >>> from purenet import Identity, Layer, Network, Neuron
    >>> network = Network([Layer([Neuron([1.0], activation=Identity())])])
    >>> trace = trace_training(network, [([1.0], [0.0]), ([3.0], [0.0])], learning_rate=0.1)
    >>> row = trace.row("∇w_i1j1")
    >>> row.formula, row.numbers, row.value
    ('(∇w_i1j1⁽¹⁾ + ∇w_i1j1⁽²⁾) / 2', '(1.0 + 9.0) / 2', 5.0)
    """
    examples = [(list(inputs), list(targets)) for inputs, targets in examples]
    for inputs, targets in examples:
        check_example(network, inputs, targets)
    check_number(learning_rate, "the learning rate")
    descent = GradientDescent(learning_rate, momentum, weight_decay)
    batches = batches_of(examples, batch_size, steps, gradient)

    def training(number):
        return Training(copy.deepcopy(network), batches, copy.copy(descent), gradient)

    return traced(training, rounding, published, title, second_pass, everything)


def batches_of(examples, size, steps, gradient):
    """Return the mini-batches of so many steps, in turn."""
    check_training(examples, 1, len(examples) if size is None else size, gradient)
    return in_turn(list(mini_batches(examples, size or len(examples))), steps)


def in_turn(epoch, steps):
    """Return the mini-batches of an epoch again and again, for so many steps; by default once."""
    if steps is not None and (type(steps) is not int or steps < 1):
        raise NetworkError(f"the number of steps must be a whole number of at least 1, not {steps!r}")
    return [epoch[n % len(epoch)] for n in range(len(epoch) if steps is None else steps)]


def trace_case(
    case,
    *,
    examples=None,
    batch_size=None,
    steps=None,
    learning_rate=None,
    program=None,
    second_pass=None,
    everything=False,
    rounding=None,
):
    """Return the trace of a case: of all steps that it declares, or of other examples, mini-batches or steps.

    `examples`, pairs of inputs and targets, take the place of those of the case, each in a step of its own unless there
    is a `batch_size`. With a mistake of the catalogue as the `program`, what that does is traced. `rounding`, rules or
    a `Pencil`, takes the place of that of the case. For the rest, see `trace_training`.
    """
    if examples is not None:
        for inputs, targets in examples:
            check_example(case.network(), inputs, targets)
    if learning_rate is not None:
        check_number(learning_rate, "the learning rate")

    def training(number):
        network, batches, descent, gradient = training_of(case, number)
        if learning_rate is not None:
            descent.learning_rate = number(learning_rate)
            check_descent(descent)
        if examples is not None:
            batches = [[([number(y) for y in inputs], [number(t) for t in targets])] for inputs, targets in examples]
        if batch_size is not None:
            batches = batches_of([example for batch in batches for example in batch], batch_size, None, gradient)
        return Training(network, in_turn(batches, steps), descent, gradient)

    changed = [examples, batch_size, learning_rate, program] != [None] * 4
    rounding = case.rounding if rounding is None else rounding
    published = None if changed else case.published
    return traced(training, rounding, published, case.title, second_pass, everything, program)


def traced(training, rounding, published, title, second_pass, everything, program=None):
    """Return the trace of a training, which is run in full precision, and by hand where rounding is declared."""
    second_pass = len(training(float).steps) == 1 if second_pass is None else second_pass
    symbols = {str(Symbol.parse(name)) for name in published or {}}

    def record(number, kind, pencil=None):
        this = training(number)
        sizes, has_bias = shape_of(this.network)
        shown = None if everything or max(sizes) < 13 else Drawn(sizes, symbols)
        momentum, decay = bool(this.descent.momentum), bool(this.descent.weight_decay)
        batch_sizes = [len(batch) for batch in this.steps]
        quantities = Quantities(sizes, has_bias, batch_sizes, momentum, decay, second_pass)
        recording = Recording(this, Formulas(kind, pencil, shown), quantities, [program or Program()])
        with errors_in_words(program):
            recording.run()
            if second_pass:
                recording.second_pass()
        return recording

    full = record(float, lambda value: value)
    pencil = by_hand = None
    if rounding:
        pencil = rounding if isinstance(rounding, Pencil) else Pencil(rounding)
        with localcontext(Context(prec=PENCIL_PRECISION)):
            by_hand = record(
                as_decimal, as_decimal, lambda quantity, place, value: pencil.write(quantity.symbol(place), value)
            )
        pencil.check_used()
    return Trace(title, full, by_hand, pencil, published)


@contextmanager
def errors_in_words(program=None):
    """Say of an error in arithmetic, in one sentence, what is wrong; of a mistake, that its program stops."""
    try:
        yield
    except NetworkError:
        raise
    except (ArithmeticError, AttributeError, IndexError, TypeError, ValueError) as error:
        if program is None and not isinstance(error, (OverflowError, DecimalException, TypeError)):
            raise
        if program is not None:
            raise NetworkError(f"the program stops ({type(error).__name__}: {error})") from error
        if isinstance(error, TypeError):
            raise NetworkError(
                f"the numbers are of kinds that do not mix, such as float and Decimal: {error}"
            ) from error
        raise NetworkError(
            f"a number leaves the range of its kind ({type(error).__name__}): scale inputs or weights down"
        ) from error


class Trace(Shown):
    """A training step as a list of steps, each with its rule and one row per quantity.

    `print(trace)` shows the tables; `trace.to("markdown")` and its like return them in other formats.
    """

    folds = True

    def __init__(self, title, full, by_hand=None, pencil=None, published=None):
        self.title = title
        self.network = full.network
        self.descent = full.descent
        self.gradient = full.gradient
        self.quantities = full.quantities
        self.pencil = pencil
        written = by_hand.notes.named if by_hand else {}
        self.rows = {symbol: Row(named, written.get(symbol)) for symbol, named in full.notes.named.items()}
        self.steps = [Step(number, *step) for number, step in enumerate(steps_of(self), start=1)]
        self.places = list(dict.fromkeys(step.place for step in self.steps))
        for symbol, digits in (published or {}).items():
            check_digits(symbol, digits)
            self.row(symbol, example=1).published = digits

    @property
    def learning_rate(self):
        """The row of the learning rate."""
        return self.rows["η"]

    @property
    def examples(self):
        """The examples, pairs of the rows of their inputs and those of their targets; of wide layers, those shown."""
        kinds = ("output", -1), ("targets", self.quantities.layers[-1])
        places = [at for (_, example), at in self.quantities.at.items() if example and kinds[0] in at]
        return [tuple(self.rows_of(at[kind]) for kind in kinds) for at in places]

    def start_rows(self, kind):
        """Return the rows of the first "weights" or "biases"."""
        at = self.quantities.at[0, None]
        return [row for layer in self.quantities.layers for row in self.rows_of(at.get((kind, layer)))]

    def rows_of(self, quantity):
        """Return the rows of a quantity, those that are shown."""
        symbols = [str(quantity.symbol(place)) for place in range(quantity.size)] if quantity else ()
        return [self.rows[symbol] for symbol in symbols if symbol in self.rows]

    def row(self, symbol, step=None, example=None):
        """Return the row of a quantity, named in Unicode or ASCII: trace.row("δ_j1"), trace.row("w_i1j1_new").

        With a training step or an example (counted through all steps), a symbol is that of this step or example:
        trace.row("δ_j1", example=3) is trace.row("δ_j1⁽³⁾"), and trace.row("w_i1j1⁺", step=2) trace.row("w_i1j1⁺⁺").
        """
        symbol = Symbol.parse(symbol)
        if step is not None or example is not None:
            symbol = self.place(step, example).placed(symbol)
        if str(symbol) not in self.rows:
            raise NetworkError(f"the trace has no quantity {symbol}")
        return self.rows[str(symbol)]

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
    """One step of the trace: its number, from 1; a title; the rule in words and in symbols; and its rows.

    `place` has the training step and the example (None: of the step). Of wide layers, rows are left out: `gaps` counts
    them by the place of the row that they are left out before.
    """

    def __init__(self, number, place, title, words, rule, rows, gaps=()):
        self.number = number
        self.place = place
        self.title = title
        self.words = words
        self.rule = rule
        self.rows = rows
        self.gaps = dict(gaps)

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
