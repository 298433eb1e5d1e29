"""The sheet of a training step: the steps of a trace, each with a heading, its words and its rule, and a row a quantity."""

import re

from purenet.arithmetic.notation import UNICODE
from purenet.document.formats import MOST_TERMS
from purenet.spreadsheet.cells import SheetWriter
from purenet.spreadsheet.formulas import (
    cell_formula,
    cell_text,
    computed_tree,
    numbers_text,
    rounded,
    symbols_of,
    symbols_text,
)
from purenet.spreadsheet.look import LINE, lay_out, lines_of

HIGHEST = 8  # lines of a row


class StepSheet(SheetWriter):
    """The sheet of some steps of a trace."""

    def __init__(self, book, sheet):
        super().__init__(book, sheet)
        self.columns = ["symbol", "formula", "numbers", "value"]
        if book.pencil:
            self.columns[3:] = ["before rounding", "by hand", "full precision"]
        self.full = len(self.columns)  # the column of numbers in full precision

    def write(self, steps):
        """Write the steps, each below the one before."""
        self.title(f"{self.trace.title}: {self.sheet.title}")
        self.headers(self.columns, numeric=range(4, self.full + 1))
        for step in steps:
            self.write_step(step)
        letters = "ABCDEFG"[: self.full + 1]
        widths = dict(zip(letters, [16, 42, 46, *[22] * (self.full - 3)]))
        lay_out(self.sheet, widths, letters[-1], "B3", "2:2", "landscape")

    def write_step(self, step):
        self.heading(f"Step {step.number}. {step.title}", self.full)
        for text, style in ((step.words, "words"), (step.rule, "rule")):
            if text:
                self.words(text, self.full, 62 + 20 * self.full, style)
        here = {row.symbol for row in step.rows}
        for row in step.rows:
            self.write_needed(row, here)
            self.write_row(row)

    def write_needed(self, row, here):
        """Write the rows of quantities that a row uses and that no table of a trace shows: a rounded ∂E/∂y."""
        for symbol in symbols_of(computed_tree(row.quantity)) + symbols_of(computed_tree(row.shown_quantity)):
            if symbol not in self.book.texts and symbol not in here:
                needed = self.trace.rows[symbol]
                self.write_needed(needed, here)
                self.write_row(needed)

    def write_row(self, row):
        """Write the row of a quantity; one that has cells elsewhere, because it is given or in an earlier table, repeats them."""
        self.row += 1
        self.put(1, row.symbol, "symbol")
        if row.symbol in self.book.texts:
            self.write_again(row.quantity.symbol)
            return
        self.write_texts(row)
        if self.book.pencil:
            self.write_by_hand(row.by_hand_quantity)
        self.write_number(row.quantity, self.full, self.book.name, "full")
        self.remember_text(self.full + 1, row.quantity.symbol)

    def write_again(self, symbol):
        if self.book.pencil:
            self.compute(5, self.book.hand_name(symbol), "result")
        self.compute(self.full, self.book.name(symbol), "full")

    def write_number(self, quantity, column, name_of, style):
        """Write the cell of a quantity, whose formula calls others by the names that a function gives them."""
        cell = self.compute(column, cell_formula(computed_tree(quantity), name_of), style)
        self.call(name_of(quantity.symbol), cell)

    def write_by_hand(self, quantity):
        """Write the cells of a quantity by hand: before it is rounded, if there is a rule for it, and as it is written down."""
        rule = self.book.pencil.rule_of(quantity.symbol)
        if rule is None:
            self.write_number(quantity, 5, self.book.hand_name, "result")
            return
        before = self.compute(4, cell_formula(computed_tree(quantity), self.book.hand_name), "computed")
        cell = self.compute(5, rounded(before.coordinate, *rule), "result")
        unit, digits, _ = rule
        if unit == "decimals":
            cell.number_format = f"0.{'0' * digits}".rstrip(".")
        self.call(self.book.hand_name(quantity.symbol), cell)

    def write_texts(self, row):
        """Write the formula in symbols and with numbers, each as a text, or as the formula of one that follows its branches."""
        quantity = row.shown_quantity if self.book.pencil else row.quantity
        tree = computed_tree(quantity)
        self.write_text(2, cell_text(tree, symbols_text, self.book.shown_name), "formula")
        numbers = cell_text(tree, lambda part: numbers_text(part, self.book.text_cell), self.book.shown_name)
        self.write_text(3, numbers, "numbers")
        lines = lines_of(quantity.formula(UNICODE, MOST_TERMS), 44)
        self.sheet.row_dimensions[self.row].height = LINE * min(lines, HIGHEST)

    def write_text(self, column, formula, style):
        """Write a text that a formula gives, or the text itself if it is all of the formula."""
        if re.fullmatch('"[^"]*"', formula):
            self.put(column, formula[1:-1], style)
        else:
            self.compute(column, formula, style)
