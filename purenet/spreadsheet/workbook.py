"""A trace as a workbook: what is given on the first sheet, to be changed, then a sheet for each training step.

Each quantity has a row with its symbol, its formula, the same with numbers, and a cell that computes it from other cells.
All of it follows the given numbers: branches too, and the texts of formulas and numbers.
"""

import importlib.util
import io
import re

from purenet.arithmetic.notation import Symbol
from purenet.checks import number_of_weights
from purenet.document.foreign import visible
from purenet.document.formats import SHOWN_DIGITS
from purenet.errors import NetworkError, count
from purenet.spreadsheet.branches import compute_on_every_branch
from purenet.spreadsheet.formulas import (
    MOST_SIGNS,
    SPREADSHEET,
    cell_formula,
    cell_text,
    computed_tree,
    number_as_text,
    numbers_text,
    rounded,
    symbols_of,
    symbols_text,
)
from purenet.spreadsheet.look import LINE, lay_out, lines_of, look
from purenet.trace.quantities import shape_of
from purenet.trace.text_pages import given_words, marks_words, rounding_words

MOST_NUMBERS = 5000  # gradients of examples and new weights of a training, in a workbook
MOST_TERMS = 150  # of a sum: the neurons of a layer, or the examples of a step
GIVEN = "Given"
NEEDED = "a spreadsheet needs openpyxl, which is not installed: pip install openpyxl, or pip install purenet[xlsx]"
WORDS = {
    "output": "input",
    "targets": "target",
    "weights": "weight",
    "biases": "bias",
    "weight_velocities": "velocity at the start, of a weight",
    "bias_velocities": "velocity at the start, of a bias",
    "learning_rate": "learning rate",
    "momentum": "momentum",
    "weight_decay": "weight decay",
}
BLOCKS = ("Inputs and targets", "Weights and biases", "Velocities", "Settings")


def prepare(training):
    """Prepare a `Training` to be traced for a workbook; raise NetworkError if it is too large, or openpyxl is missing."""
    if importlib.util.find_spec("openpyxl") is None:
        raise NetworkError(NEEDED)
    sizes, _ = shape_of(training.network)
    batch_sizes = [len(batch) for batch in training.steps]
    if max(sizes + batch_sizes) > MOST_TERMS:
        raise NetworkError(
            f"a sum in a spreadsheet has at most {MOST_TERMS} terms, and this training has one of {max(sizes + batch_sizes)}: "
            f"take narrower layers, or fewer examples a step"
        )
    computed = number_of_weights(sizes) * (sum(batch_sizes) + len(batch_sizes))  # at least: gradients and new weights
    if computed > MOST_NUMBERS:
        raise NetworkError(
            f"a spreadsheet holds at most {MOST_NUMBERS:,} computed numbers, and this training has more: take fewer "
            f"--examples or --steps, or a smaller network"
        )
    compute_on_every_branch(training.network)


def workbook_bytes(trace):
    """Return a trace, recorded with `prepare`, as the bytes of an .xlsx file; raise NetworkError if a formula is too long."""
    from openpyxl import Workbook

    book = Workbook()
    book.calculation.fullCalcOnLoad = True  # there are no numbers in the cells until a program computes them
    Pages(trace, book).write()
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


class Pages:
    """The sheets of a trace. `names` finds the name of the cell of a symbol, in full precision and by hand."""

    def __init__(self, trace, book):
        self.trace = trace
        self.book = book
        self.styles = look()
        self.pencil = trace.pencil if trace.pencil and not trace.pencil.part_names else None
        self.given = {}  # from a symbol to its Quantity and place
        for quantity in trace.quantities.given:
            for place in range(quantity.size):
                self.given.setdefault(str(quantity.symbol(place)), (quantity, place))
        self.texts = {}  # from a symbol to the cell with the text of its number

    def write(self):
        first = self.book.active
        first.title = GIVEN
        self.write_given(first)
        for title, steps in self.sheets():
            StepSheet(self, self.book.create_sheet(title), title).write(steps)
        self.finish_given(first)

    def sheets(self):
        """Return the steps of the trace by the title of their sheet."""
        found = {}
        for step in self.trace.steps:
            name = "Second pass" if step.place.step == "after" else f"Step {step.place.step}"
            found.setdefault(name, []).append(step)
        return found.items()

    # cells

    def put(self, sheet, row, column, text, style):
        """Write a text, whatever it begins with, into a cell."""
        cell = sheet.cell(row, column)
        cell.value = visible(text)
        cell.data_type = "s"  # also of a text that begins with =
        return self.styled(cell, style)

    def compute(self, sheet, row, column, formula, style):
        """Write a formula into a cell; raise NetworkError for one that no program reads."""
        if len(formula) > MOST_SIGNS:
            raise NetworkError(
                f"a formula of this network has {len(formula):,} signs, and programs read {MOST_SIGNS:,}: take a network "
                f"with fewer inputs or neurons"
            )
        cell = sheet.cell(row, column)
        cell.value = f"={formula}"
        return self.styled(cell, style)

    def styled(self, cell, style):
        for name, value in self.styles[style].items():
            setattr(cell, name, value)
        return cell

    def call(self, name, cell):
        """Give a cell a name, by which formulas call it."""
        from openpyxl.workbook.defined_name import DefinedName

        self.book.defined_names[name] = DefinedName(name, attr_text=place_of(cell))

    def name(self, symbol):
        """Return the name of the cell of a symbol in full precision."""
        return SPREADSHEET.symbol(symbol)

    def hand_name(self, symbol):
        """Return the name of the cell of a symbol by hand; a given number is not rounded."""
        return self.name(symbol) if str(symbol) in self.given else f"hand_{self.name(symbol)}"

    def shown_name(self, symbol):
        """Return the name of the number that texts show: by hand where the case rounds."""
        return self.hand_name(symbol) if self.pencil else self.name(symbol)

    def text_cell(self, symbol):
        return self.texts[str(symbol)]

    def title(self, sheet, text):
        """Write the title of a sheet."""
        self.put(sheet, 1, 1, text, "title")
        sheet.row_dimensions[1].height = 2 * LINE

    def heading(self, sheet, row, text, columns):
        """Write a heading with a line below it, across some columns."""
        for column in range(1, columns + 1):
            self.put(sheet, row, column, text if column == 1 else "", "heading")
        sheet.row_dimensions[row].height = 2 * LINE

    # the first sheet

    def write_given(self, sheet):
        self.title(sheet, self.trace.title)
        self.words_row = row = 2
        row += len(self.sentences()) + 1
        for n, header in enumerate(("symbol", "number", "    what it is"), start=1):
            self.put(sheet, row, n, header, "number header" if n == 2 else "header")
        self.header_row, block = row, None
        shared = self.shared_biases()
        for symbol, (quantity, place) in sorted(self.given.items(), key=lambda given: block_of(given[1][0])):
            row += 1
            if block_of(quantity) != block:
                block = block_of(quantity)
                self.heading(sheet, row, BLOCKS[block], 3)
                row += 1
            self.write_given_row(sheet, row, quantity, place, shared.get(symbol))
        self.last_row = row

    def write_given_row(self, sheet, row, quantity, place, first_of_shared):
        symbol = quantity.symbol(place)
        self.put(sheet, row, 1, str(symbol), "symbol")
        if first_of_shared is None:
            cell = self.styled(sheet.cell(row, 2, float(self.trace.rows[str(symbol)].value)), "given")
        else:
            cell = self.compute(sheet, row, 2, self.name(first_of_shared), "linked")
        self.call(self.name(symbol), cell)
        self.put(sheet, row, 3, self.meaning(quantity, symbol), "meaning")
        digits = None if self.pencil else SHOWN_DIGITS
        text = self.compute(sheet, row, 4, number_as_text(self.name(symbol), digits), "text")
        self.texts[str(symbol)] = place_of(text)

    def shared_biases(self):
        """Return the symbols of biases that are those of the first neuron of their layer, with the symbol of that."""
        layers = [layer for layer in self.trace.network.layers if getattr(layer, "shares_bias", False)]
        return {
            str(Symbol("b", neuron.name)): Symbol("b", layer.neurons[0].name)
            for layer in layers
            for neuron in layer.neurons[1:]
        }

    def meaning(self, quantity, symbol):
        """Return what a given number is, in words."""
        if quantity.kind in ("output", "targets"):
            example = f" of example {quantity.example}" if sum(self.trace.quantities.batch_sizes) > 1 else ""
            return f"{WORDS[quantity.kind]} {symbol.subscript}{example}"
        if "weight" in quantity.kind and quantity.layer is not None:
            before, after = re.findall("[a-z]+[0-9]+", symbol.subscript)
            return f"{WORDS[quantity.kind]} from {before} to {after}"
        return f"{WORDS[quantity.kind]}{f' of {symbol.subscript}' if symbol.subscript else ''}"

    def sentences(self):
        """Return what the first sheet says above its table."""
        trace = self.trace
        words = [
            "Change the blue numbers: all sheets follow, the formulas in their tables too. Every cell is called by its "
            "symbol in ASCII, as in =w_i1j1*y_i1+b_j1; w_i1j1_new is w_i1j1⁺, and y_j1_ex2 is y_j1⁽²⁾.",
            given_words(trace)[0],
            *marks_words(trace),
        ]
        if self.pencil:
            words.append(
                f"By hand: {rounding_words(trace).replace(' (≈)', '')}, and the rounded numbers are used from there on. Cells compute in "
                f"floats, and a person in decimals: what is just halfway between two digits may be rounded the other way."
            )
        elif trace.pencil:
            words.append(
                "The case rounds parts of formulas by hand, which have no cells of their own: so this is full precision."
            )
        return words

    def finish_given(self, sheet):
        """Write the losses below what is given, and the sentences, which depend on what the other sheets have."""
        losses = [row for symbol, row in self.trace.rows.items() if Symbol.parse(symbol).base in ("E", "L")]
        row = self.last_row + 1
        self.heading(sheet, row, "What comes of it", 3)
        for loss in losses:
            row += 1
            symbol = loss.quantity.symbol
            self.put(sheet, row, 1, str(symbol), "symbol")
            self.compute(sheet, row, 2, self.shown_name(symbol), "result")
            self.put(sheet, row, 3, loss_words(symbol, self.trace), "meaning")
        for n, sentence in enumerate(self.sentences(), start=self.words_row):
            self.put(sheet, n, 1, sentence, "words")
            sheet.merge_cells(start_row=n, start_column=1, end_row=n, end_column=3)
            sheet.row_dimensions[n].height = LINE * lines_of(sentence, 88)
        widths = {"A": 14, "B": 24, "C": 50}
        lay_out(sheet, widths, "D", f"A{self.header_row + 1}", f"{self.header_row}:{self.header_row}", "portrait")


def block_of(quantity):
    """Return the number of the block of the first sheet to which a given quantity belongs."""
    if quantity.kind in ("output", "targets"):
        return 0
    return 3 if quantity.layer is None else 2 if "velocities" in quantity.kind else 1


def loss_words(symbol, trace):
    """Return what a loss is, in words."""
    words = "loss with the penalty" if symbol.base == "L" else "loss"
    several = len(trace.quantities.batch_sizes) > 1
    if symbol.example is not None:
        words += f" of example {symbol.example}"
    if symbol.after:
        words += f" after {count(symbol.after, 'training step')}" if several else " after the training step"
    return words


def place_of(cell):
    """Return the address of a cell in the whole workbook: 'Step 1'!$D$7."""
    return f"'{cell.parent.title}'!${cell.column_letter}${cell.row}"


class StepSheet:
    """The sheet of a training step: the steps of the trace, each with a heading, its words and its rule, and its rows."""

    def __init__(self, pages, sheet, title):
        self.pages = pages
        self.sheet = sheet
        self.title = title
        self.columns = ["symbol", "formula", "numbers", "value"]
        if pages.pencil:
            self.columns[3:] = ["before rounding", "by hand", "full precision"]
        self.row = 2

    def write(self, steps):
        self.pages.title(self.sheet, f"{self.pages.trace.title}: {self.title}")
        for n, header in enumerate(self.columns, start=1):
            self.pages.put(self.sheet, 2, n, header, "header" if n <= 3 else "number header")
        for step in steps:
            self.write_step(step)
        letters = "ABCDEFG"[: len(self.columns) + 1]
        widths = [16, 42, 46, *[22] * (len(self.columns) - 3)]
        lay_out(self.sheet, dict(zip(letters, widths)), letters[-1], "B3", "2:2", "landscape")

    def write_step(self, step):
        self.row += 1
        self.pages.heading(self.sheet, self.row, f"Step {step.number}. {step.title}", len(self.columns))
        for text, style in ((step.words, "words"), (step.rule, "rule")):
            if text:
                self.row += 1
                self.pages.put(self.sheet, self.row, 1, text, style)
                self.sheet.merge_cells(
                    start_row=self.row, start_column=1, end_row=self.row, end_column=len(self.columns)
                )
                self.sheet.row_dimensions[self.row].height = LINE * lines_of(text, 62 + 20 * len(self.columns))
        here = {row.symbol for row in step.rows}
        for row in step.rows:
            self.write_needed(row, here)
            self.write_row(row)

    def write_needed(self, row, here):
        """Write the rows of quantities that a row uses and that no table of a trace shows: a rounded ∂E/∂y."""
        for symbol in symbols_of(computed_tree(row.quantity)) + symbols_of(computed_tree(row.shown_quantity)):
            if symbol not in self.pages.texts and symbol not in here:
                needed = self.pages.trace.rows[symbol]
                self.write_needed(needed, here)
                self.write_row(needed)

    def write_row(self, row):
        self.row += 1
        symbol = row.quantity.symbol
        self.pages.put(self.sheet, self.row, 1, str(symbol), "symbol")
        if row.symbol in self.pages.texts:  # given, or in a table before this one
            self.write_again(symbol)
            return
        self.write_texts(row)
        hidden = len(self.columns) + 1
        if self.pages.pencil:
            shown = self.write_by_hand(row)
            self.write_number(row.quantity, 6, self.pages.name, "full")
        else:
            shown = self.write_number(row.quantity, 4, self.pages.name, "full")
        digits = None if self.pages.pencil else SHOWN_DIGITS
        text = self.pages.compute(self.sheet, self.row, hidden, number_as_text(shown, digits), "text")
        self.pages.texts[row.symbol] = place_of(text)

    def write_number(self, quantity, column, name_of, style):
        """Write the cell of a quantity, and return its name."""
        formula = cell_formula(computed_tree(quantity), name_of)
        name = name_of(quantity.symbol)
        self.pages.call(name, self.pages.compute(self.sheet, self.row, column, formula, style))
        return name

    def write_by_hand(self, row):
        """Write the cells of a quantity by hand, before it is rounded and as it is written down; return the name of that."""
        quantity, pages = row.by_hand_quantity, self.pages
        rule, name = pages.pencil.rule_of(quantity.symbol), pages.hand_name(quantity.symbol)
        if rule is None:
            return self.write_number(quantity, 5, pages.hand_name, "result")
        formula = cell_formula(computed_tree(quantity), pages.hand_name)
        before = pages.compute(self.sheet, self.row, 4, formula, "computed")
        cell = pages.compute(self.sheet, self.row, 5, rounded(before.coordinate, *rule), "result")
        unit, digits, _ = rule
        if unit == "decimals":
            cell.number_format = "0." + "0" * digits if digits else "0"
        pages.call(name, cell)
        return name

    def write_texts(self, row):
        """Write the formula in symbols and with numbers, each as a text, or as the formula of one that follows."""
        pages = self.pages
        tree = computed_tree(row.shown_quantity if pages.pencil else row.quantity)
        texts = (
            ("formula", symbols_text, row.formula),
            ("numbers", lambda part: numbers_text(part, pages.text_cell), row.numbers),
        )
        lines = 1
        for column, (style, text_of, today) in enumerate(texts, start=2):
            formula = cell_text(tree, text_of, pages.shown_name)
            if is_one_text(formula):
                pages.put(self.sheet, self.row, column, formula[1:-1], style)
            else:
                pages.compute(self.sheet, self.row, column, formula, style)
            lines = max(lines, lines_of(today, 44))
        self.sheet.row_dimensions[self.row].height = LINE * min(lines, 8)

    def write_again(self, symbol):
        """Write a quantity that has a cell elsewhere."""
        pages = self.pages
        if pages.pencil:
            pages.compute(self.sheet, self.row, 5, pages.hand_name(symbol), "result")
            pages.compute(self.sheet, self.row, 6, pages.name(symbol), "full")
        else:
            pages.compute(self.sheet, self.row, 4, pages.name(symbol), "full")


def is_one_text(formula):
    """Return whether a formula is nothing but a text."""
    return re.fullmatch('"[^"]*"', formula) is not None
