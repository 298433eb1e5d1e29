"""The trace of a training: every number of it, with its formula.

A trace computes nothing of its own. It runs a copy of the network on numbers that remember how they were computed (see
recording.py and notes.py). An activation or a loss of your own needs a `name`, and exp, log and tanh from
purenet.arithmetic, which know expressions; where it has a `formula` and a `slope`, texts, rules are shown with them.
"""

import copy
from contextlib import contextmanager
from decimal import Context, DecimalException, localcontext

from purenet.arithmetic.formula import read_formula
from purenet.arithmetic.pencil import PENCIL_PRECISION, Pencil, as_decimal
from purenet.cases.published import published_groups
from purenet.checks import check_example, check_training
from purenet.descent import as_descent
from purenet.drawing.columns import WIDEST
from purenet.errors import NetworkError, quoted
from purenet.trace.notes import Drawn, Formulas
from purenet.trace.program import NoDescent, Program, Training, memories_of, quantities_of_training, training_of
from purenet.trace.quantities import MEMORIES, SETTINGS
from purenet.trace.trace import Trace
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
    prepare=None,
):
    """Return the trace of a training of a network: of all examples in one step, or of steps of so many examples each.

    The examples are taken in order, and again from the first if there are more steps than they suffice for. For the
    settings, see `train`. `second_pass` says whether the examples of the last step go through the new weights as well;
    by default, they do if there is one step. `prepare`, a function of a `Training` (see program.py), is called with
    each before it is run. For the rest, see `trace_step`.

    >>> from purenet import Identity, Layer, Network, Neuron
    >>> network = Network([Layer([Neuron([1.0], activation=Identity())])])
    >>> trace = trace_training(network, [([1.0], [0.0]), ([3.0], [0.0])], learning_rate=0.1)
    >>> row = trace.row("∇w_i1j1")
    >>> row.formula, row.numbers, row.value
    ('(∇w_i1j1⁽¹⁾ + ∇w_i1j1⁽²⁾) / 2', '(1.0 + 9.0) / 2', 5.0)
    """
    examples = [(as_list(inputs, "inputs"), as_list(targets, "targets")) for inputs, targets in examples]
    for inputs, targets in examples:
        check_example(network, inputs, targets)
    descent = as_descent(learning_rate, momentum, weight_decay)
    batches = batches_of(examples, batch_size, steps, gradient)

    def training(number):
        return Training(copy.deepcopy(network), batches, copy.deepcopy(descent), gradient)

    groups = of_the_beginning(published_groups(published or {}))
    return traced(training, rounding, groups, title, second_pass, everything, prepare=prepare)


def as_list(numbers, what):
    """Return the inputs or targets of an example as a list; raise NetworkError for a number by itself."""
    try:
        return list(numbers)
    except TypeError:
        raise NetworkError(f"{what} must be a list of numbers, such as [0, 1, 0], not {numbers!r}") from None


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
    groups=None,
    prepare=None,
):
    """Return the trace of a case: of all steps that it declares, or of other examples, mini-batches or steps.

    `examples`, pairs of inputs and targets, take the place of those of the case, each in a step of its own unless there
    is a `batch_size`. With a mistake of the catalogue as the `program`, what that does is traced. `rounding`, rules or
    a `Pencil`, takes the place of that of the case, and `groups` those of its published numbers (see
    purenet/cases/published.py). For the rest, see `trace_training`.
    """
    if examples is not None:
        for inputs, targets in examples:
            check_example(case.network(), inputs, [0] * case.network_data.sizes[-1] if targets is None else targets)

    case_here = with_changes(case, examples, batch_size, learning_rate)
    in_full = case_here.number

    def training(number):
        declared = training_of(case_here, in_full if number is float else number)
        return declared._replace(steps=in_turn(declared.steps, steps))

    changed = [examples, batch_size, learning_rate, program] != [None] * 4
    rounding = case.rounding if rounding is None else rounding
    not_compared = ""
    if groups is None:
        published = case.published_groups
        groups = [] if changed else of_the_beginning(published, None if steps is None else case.batch_sizes[:steps])
        left = sum(len(group.numbers) for group in published) - sum(len(group.numbers) for group in groups)
        if changed and left:
            not_compared = "They are not compared: this is not the training for which they were published."
        elif left:
            belong = "belongs" if left == 1 else "belong"
            not_compared = f"{left} more {belong} to later steps or epochs: `purenet cases --verify` compares them."
    title = case.title if program is None else f"{case.title}, with the mistake {program.id}"
    trace = traced(training, rounding, groups, title, second_pass, everything, program, prepare)
    if in_full is as_decimal:
        trace.take_floats()
    trace.not_compared = not_compared
    trace.mistake = "" if program is None else program.sentence
    return trace


def with_changes(case, examples, batch_size, learning_rate):
    """Return a case with other examples, each in a step of its own, or with other mini-batches, or another rate."""
    case = copy.copy(case)
    if learning_rate is not None:
        case.learning_rate = learning_rate
        if case.examples[0][1] is None and examples is None:
            raise NetworkError("a learning rate is of no use here: the case has no targets, so nothing is trained")
    if examples is not None:
        case.examples, case.batch_sizes = examples, [1] * len(examples)
    if batch_size is not None:
        case.batch_sizes = list(map(len, batches_of(case.examples, batch_size, None, case.gradient)))
    return case


def traced(training, rounding, groups, title, second_pass, everything, program=None, prepare=None):
    """Return the trace of a training, which is run in full precision, and by hand where rounding is declared."""
    in_full = training(float)
    moves = not isinstance(in_full.descent, NoDescent)
    if second_pass and not moves:
        raise NetworkError("there is no second pass: the case has no learning_rate, so no weight moves")
    asked = published_symbols(groups)
    if second_pass is None:
        second_pass = moves and (len(in_full.steps) == 1 or any(map(is_of_second_pass, asked)))
    symbols = {(symbol.base, symbol.subscript) for symbol in asked}

    def record(this, kind, *pencil):
        if prepare is not None:
            prepare(this)
        check_symbols(this.descent)
        penalty = this.descent.weight_decay != 0 and not this.descent.decoupled
        quantities = quantities_of_training(this, penalty, second_pass)
        sizes = quantities.sizes
        shown = None if everything or max(sizes) <= WIDEST else Drawn(sizes, symbols)
        recording = (program or Program()).recording(this, Formulas(kind, shown, *pencil), quantities)
        with errors_in_words(program):
            recording.run()
            if second_pass:
                recording.second_pass()
        return recording

    full = record(in_full, lambda value: value)
    pencil = by_hand = None
    if rounding not in (None, {}):
        pencil = rounding if isinstance(rounding, Pencil) else Pencil(rounding)
        with localcontext(Context(prec=PENCIL_PRECISION)):
            by_hand = record(
                training(as_decimal),
                as_decimal,
                lambda quantity, place, value: pencil.write(quantity.symbol(place), value),
                pencil.compute,
            )
        pencil.check_used()
    return Trace(title, full, by_hand, pencil, groups)


def check_symbols(descent):
    """Raise NetworkError if a descent of somebody's own has settings, or remembers what has no symbol."""
    for names, known, what in (
        (descent.settings, SETTINGS.values(), "settings"),
        (memories_of(descent), MEMORIES, "kinds"),
    ):
        for name in names:
            if name not in known:
                raise NetworkError(
                    f"the descent cannot be traced: of its {what}, {quoted(name)} has no symbol; those that have one are "
                    f"{', '.join(known)}"
                )


def of_the_beginning(groups, batch_sizes=None):
    """Return the groups of published numbers that belong to the first epoch, and to its first steps if they are given."""
    groups = [group for group in groups if group.epochs == 0]
    if batch_sizes is None:
        return groups
    steps, examples = len(batch_sizes), sum(batch_sizes)
    return [group for group in groups if (group.step or 1) <= steps and (group.example or 1) <= examples]


def published_symbols(groups):
    """Return all symbols for which something is published."""
    keys = [number.key for group in groups for number in group.numbers]
    return {symbol for key in keys for symbol in read_formula(key).symbols}


def is_of_second_pass(symbol):
    """Return whether a symbol is of the pass through the new weights, where it has no step of its own."""
    return symbol.after and symbol.base in ("x", "y", "E", "∂E/∂y")


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
