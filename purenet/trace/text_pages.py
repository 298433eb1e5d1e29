"""A trace as a document: the given numbers, then each step with its table."""

from purenet.arithmetic.notation import HTML, MARKDOWN, UNICODE, elided, number_text
from purenet.arithmetic.published import BY_HAND, CUT_OFF, LAST_BIT, RIGHT, WRONG
from purenet.document.colour import GREEN
from purenet.document.formats import (
    DEFAULT_WIDTH,
    FULL_DIGITS,
    MOST_TERMS,
    SHOWN_DIGITS,
    Section,
    check_options,
    to_csv,
    to_json,
    typeset_notation_for,
    write,
)
from purenet.document.table import Table
from purenet.drawing.svg import as_ascii
from purenet.errors import NetworkError, count
from purenet.trace.comparison import CAUSE_KNOWN, CAUSE_UNKNOWN, UNREPRODUCIBLE
from purenet.trace.html_page import trace_page
from purenet.trace.quantities import SETTINGS

VERDICTS = {
    CUT_OFF: "The published digits are cut off, not rounded",
    LAST_BIT: "The two differ in the last bit",
    WRONG: "The two differ",
    CAUSE_KNOWN: "The published number is wrong",
    CAUSE_UNKNOWN: "The published number is wrong, and nobody knows why",
    UNREPRODUCIBLE: "The published number cannot be reproduced",
}


def trace_to(trace, format, steps=None, width=DEFAULT_WIDTH, ascii=False, digits=None, standalone=False, pictures=None):
    """Return a trace, or the steps of it that are named by number, as text in a format.

    Of LaTeX, `standalone` makes a whole document; `pictures` is a dictionary from numbers of steps to names of files.
    """
    check_options(format, width, digits)
    if format != "latex" and (standalone or pictures):
        raise NetworkError(f"only LaTeX is standalone or has pictures in files of their own, not {format}")
    if pictures and not standalone:
        raise NetworkError("pictures need a standalone document")
    chosen = chosen_steps(trace, steps)
    if not chosen:
        raise NetworkError("no step is chosen")
    notation = typeset_notation_for(format, ascii)
    if format == "json":
        return to_json(trace_data(trace, chosen, notation), ascii)
    if format == "csv":
        return to_csv(*trace_records(trace, chosen, notation), formulas=("formula", "numbers"))
    if format == "html":
        whole = steps is None
        sections = ([given_section(trace, digits)], published_section(trace)) if whole else ([], [])
        page = trace_page(trace, chosen, sections, digits)
        return as_ascii(page) if ascii else page
    sections = [step_section(step, notation, digits, (pictures or {}).get(step.number, "")) for step in chosen]
    if steps is None:
        sections = [given_section(trace, digits), *sections, *published_section(trace)]
    return write(sections, format, width, ascii, standalone)


def notebook_sections(trace, format):
    """Return the sections of a trace for a notebook."""
    steps = [step_section(step, typeset_notation_for(format, False), None) for step in trace.steps]
    return [given_section(trace), *steps, *published_section(trace)]


def chosen_steps(trace, numbers):
    """Return the steps with the given numbers; raise NetworkError for a number that the trace does not have."""
    if numbers is None:
        return trace.steps
    for number in numbers:
        if not 1 <= number <= len(trace.steps):
            raise NetworkError(f"there is no step {number}: the trace has steps 1 to {len(trace.steps)}")
    return [trace.steps[number - 1] for number in numbers]


def given_section(trace, digits=None):
    """Return the head of the document: the network and the given numbers."""
    sentences = given_words(trace)
    if trace.mistake:
        sentences.append(
            f"The program makes a mistake: {trace.mistake} Words and rules are those of the right program, formulas and "
            f"numbers those of the wrong one."
        )
    if trace.pencil:
        sentences.append(
            f"By hand: {rounding_words(trace)}, and the rounded numbers are used from there on; "
            f"everything else is exact (=).{slopes_words(trace)} Full precision: the same without rounding."
        )
    elif digits is None and any(
        number_text(row.value, SHOWN_DIGITS) != number_text(row.value) for row in trace.rows.values()
    ):
        sentences.append(f"Formulas show numbers to {SHOWN_DIGITS} significant digits, the last column in full.")
    if any(step.gaps for step in trace.steps):
        sentences.append("Wide layers are shortened: --all, in Python everything=True, shows every row.")
    return Section(trace.title, sentences, level=1)


def rounding_words(trace):
    """Return how numbers are rounded by hand, as half a sentence."""
    return trace.pencil.words() + (", rounded half up (≈)" if trace.pencil.always_half_up else " (≈)")


def given_words(trace, most=MOST_TERMS):
    """Return sentences about the network, the given numbers and the marks of symbols; of more numbers, some are left out."""
    return [*given_numbers(trace, most), *marks_words(trace)]


def given_numbers(trace, most=MOST_TERMS):
    """Return sentences about the network and the given numbers."""
    layers = trace.network.layers
    parts = [f"I, {count(trace.quantities.sizes[0], 'input')}"]
    for layer in layers:
        names = " or ".join(sorted({neuron.activation.name for neuron in layer.neurons}))
        parts.append(f"{layer.letter.upper()}, {len(layer.neurons)} {names}")
    neurons = trace.network.neurons()
    weights = given(trace.start_rows("weights"), sum(len(neuron.weights) for neuron in neurons), most)
    biases = given(trace.start_rows("biases"), sum(neuron.bias is not None for neuron in neurons), most)
    loss = "" if trace.quantities.only_forward else f" Loss: {trace.network.loss.name}."
    shared = [f"one for all neurons of {layer.letter.upper()}" for layer in layers if hasattr(layer, "shares_bias")]
    return [
        f"Layers: {' → '.join(parts)}.{loss}",
        f"Weights: {weights}. Biases: {'; '.join([biases or 'none', *shared])}.",
        *[trace.chosen] * bool(trace.chosen),
        *given_examples(trace, most),
    ]


def marks_words(trace):
    """Return a list with the sentence about the marks of symbols, an empty one where there are none."""
    sizes = trace.quantities.batch_sizes
    if sum(sizes) == 1:
        return []
    words, rules = "Marks: y_j1⁽²⁾ is an output in example 2", "this mark out"
    if len(sizes) > 1 and trace.quantities.moves:
        words += ", w_i1j1⁺ a weight after one training step, w_i1j1⁺⁺ after two"
        words += ", w_i1j1⁺⁴ after four" if len(sizes) >= 4 else ""
        rules = "marks out, except ⁺ for what is new in a training step"
    return [f"{words}. Rules leave {rules}."]


def slopes_words(trace):
    """Return a sentence about ∂E/∂y, which the last tables show, if all other numbers are rounded."""
    ruled = any(getattr(name, "base", "") == "∂E/∂y" for name in trace.pencil.rules)
    shown = trace.pencil.everything and not ruled and trace.steps[-1].place.step == "after"
    return " ∂E/∂y, a part of the formula of δ, is not rounded." if shown else ""


def given_examples(trace, most=MOST_TERMS):
    """Return sentences about the examples and the settings of the descent."""
    names = {symbol: name.replace("_", " ").capitalize() for symbol, name in SETTINGS.items()}
    settings = " ".join(f"{names[row.symbol]}: {given([row], 1)}." for row in trace.settings)
    first, *_, last = trace.quantities.sizes
    examples = [
        f"Inputs: {given(inputs, first, most)}." + (f" Targets: {given(targets, last, most)}." if targets else "")
        for inputs, targets in trace.examples
    ]
    if len(examples) == 1:
        return [f"{examples[0]} {settings}".rstrip()]
    if trace.quantities.only_forward:
        return examples
    sizes = trace.quantities.batch_sizes
    shared = f"; the gradient of a training step is the {trace.gradient} of those of its examples"
    steps = f"{count(len(sizes), 'training step')} of {listed(sizes)}{shared if max(sizes) > 1 else ''}."
    if len(examples) > most:
        examples = elided(examples, f"… {len(examples) - 5} more examples.")
    return [*examples, f"{steps[0].upper()}{steps[1:]} {settings}"]


def listed(sizes):
    """Return the numbers of examples of steps in words."""
    if len(set(sizes)) == 1:
        return count(sizes[0], "example") + (" each" if len(sizes) > 1 else "")
    return ", ".join(map(str, sizes[:-1])) + f" and {sizes[-1]} examples"


def given(rows, total, most=MOST_TERMS):
    """Return given numbers in a sentence, at most so many; `total` counts them with those whose rows are left out."""
    texts = [f"{row.symbol} = {UNICODE.number(number_text(row.value))}" for row in rows]
    return ", ".join(texts if total <= most else elided(texts, f"… {total - 5} more"))


def step_section(step, notation, digits, picture=""):
    """Return one step with its table in a notation."""
    title = f"Step {step.number}. {step.title}"
    return Section(title, [step.words], step.rule, rows_table(step, notation, digits), picture=picture)


def rows_table(step, notation, digits=None):
    """Return the rows of a step as a table, with a count of those that are left out."""
    full = "full precision" if any(row.by_hand_quantity for row in step.rows) else "value"
    cells = []
    for n, row in enumerate([*step.rows, None]):
        if n in step.gaps:
            cells.append([notation.in_formula(f"… {step.gaps[n]} more"), "", "", "", ""])
        if row is not None:
            cells.append(row_cells(row, notation, digits))
    headers = ["", "formula", "numbers", "by hand", full]
    columns = {
        "wraps": ("formula", "numbers"),
        "tex": ("", "formula", "numbers") if notation in (MARKDOWN, HTML) else (),
        "colours": {"by hand": GREEN, "value": GREEN},
    }
    return Table(headers, cells, [(0,), (1, 2), (3, 4)], **columns).without_empty_columns()


def row_cells(row, notation, digits):
    of_numbers = UNICODE if notation is MARKDOWN else notation  # so that a number can be copied
    return [
        notation.symbol(row.quantity.symbol),
        row.quantity.formula(notation, MOST_TERMS),
        row.numbers_in(notation, MOST_TERMS, digits or SHOWN_DIGITS),
        row.by_hand_in(of_numbers),
        of_numbers.number(number_text(row.value, digits)),
    ]


def published_section(trace):
    """Return a list with the section that compares with published digits; an empty one where there are none."""
    comparisons = trace.comparisons
    if not comparisons:
        return [Section("Published digits", [trace.not_compared])] if trace.not_compared else []
    agreeing = [each for each in comparisons if each.is_right]
    words = f"{len(agreeing)} of {len(comparisons)} published numbers agree with those above."
    others = [each for each in comparisons if each.problem or each.verdict not in (RIGHT, BY_HAND)]
    return [
        Section(
            "Published digits",
            [words, *map(comparison_words, others), *[trace.not_compared] * bool(trace.not_compared)],
        )
    ]


def comparison_words(comparison):
    """Return a sentence about a published number that is not simply right."""
    if comparison.problem:
        return f"{comparison.symbol}: {comparison.problem}."
    computed = (
        number_text(comparison.full) if comparison.by_hand is None else number_text(comparison.by_hand, FULL_DIGITS)
    )
    published, computed = UNICODE.number(comparison.digits), UNICODE.number(computed)
    note = comparison.note or ""
    if "-" in note and " " not in note:
        note = f"the mistake {note}"
    if note:
        note = f" ({note})" if comparison.is_right else f": {note}"
    return f"{comparison.symbol}: published {published}, here {computed}. {VERDICTS[comparison.verdict]}{note}."


def trace_data(trace, steps, notation):
    """Return a trace as a dictionary for JSON."""
    names = trace.names()
    return {
        "title": trace.title,
        **examples_data(trace),
        **{SETTINGS[row.symbol]: row.value for row in trace.settings},
        "steps": [
            {
                "number": step.number,
                "title": step.title,
                **place_data(step),
                "words": notation.prose(step.words),
                "rule": notation.rule(step.rule),
                "rows": [row_data(row, names, notation) for row in step.rows],
                **({"left_out": sum(step.gaps.values())} if step.gaps else {}),
            }
            for step in steps
        ],
    }


def place_data(step):
    """Return the numbers of the training step and of the example to which a step belongs, those that it has."""
    place = {"training_step": step.place.step, "example": step.place.example}
    return {name: number for name, number in place.items() if number not in (None, "after")}


def examples_data(trace):
    """Return the inputs and targets, of one example or of several in a list."""
    examples = [
        {"inputs": [row.value for row in inputs], **({"targets": [row.value for row in targets]} if targets else {})}
        for inputs, targets in trace.examples
    ]
    return examples[0] if len(examples) == 1 else {"examples": examples, "batch_sizes": trace.quantities.batch_sizes}


def row_data(row, names, notation):
    """Return a row as a dictionary; the formula is whole, however long."""
    data = {
        "symbol": notation.symbol(row.quantity.symbol),
        "name": names[row.symbol],
        "formula": row.quantity.formula(notation),
        "numbers": row.numbers_in(notation),
        "by_hand": row.digits_by_hand,
        "rounded": row.rounded if row.by_hand_quantity else None,
        "value": row.value,
        "published": row.published,
    }
    return {name: value for name, value in data.items() if value is not None}


def trace_records(trace, steps, notation):
    """Return headers and records for CSV, one record per row."""
    fields = "symbol formula numbers by_hand rounded value published training_step example name".split()
    names, records = trace.names(), []
    for step in steps:
        place = place_data(step)
        for n, row in enumerate([*step.rows, None]):
            if n in step.gaps:
                data = {"symbol": notation.prose(f"… {step.gaps[n]} more"), **place}
                records.append([step.number, step.title] + [data.get(field, "") for field in fields])
            if row is not None:
                data = {**row_data(row, names, notation), **place}
                records.append([step.number, step.title] + [data.get(field, "") for field in fields])
    return ["step", "title", *fields], records
