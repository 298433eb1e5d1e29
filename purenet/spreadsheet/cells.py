"""The cells of a workbook: how texts and formulas are written into them, and what they are called."""

from purenet.document.foreign import visible
from purenet.document.formats import SHOWN_DIGITS
from purenet.errors import NetworkError
from purenet.spreadsheet.formulas import SPREADSHEET, number_as_text
from purenet.spreadsheet.look import LINE, lines_of, look

MOST_SIGNS = 8000  # of a formula; programs read 8192


class Book:
    """A workbook of a trace: what its sheets have in common.

    `given` finds for a printed symbol the Quantity of a given number, and its place; `pencil` is None where nothing is
    rounded by hand, and `texts` finds the address of the cell with a number as a text.
    """

    def __init__(self, trace, workbook):
        self.trace = trace
        self.workbook = workbook
        self.styles = look()
        self.pencil = trace.pencil if trace.pencil and not trace.pencil.part_names else None
        self.texts = {}
        self.given = {}
        for quantity in trace.quantities.given:
            for place in range(quantity.size):
                self.given[str(quantity.symbol(place))] = quantity, place

    def name(self, symbol):
        """Return the name of the cell of a symbol in full precision."""
        return SPREADSHEET.symbol(symbol)

    def hand_name(self, symbol):
        """Return the name of the cell of a symbol by hand; a given number is not rounded."""
        return self.name(symbol) if str(symbol) in self.given else f"hand_{self.name(symbol)}"

    def shown_name(self, symbol):
        """Return the name of the number that texts show: by hand where there is a pencil."""
        return self.hand_name(symbol) if self.pencil else self.name(symbol)

    def text_cell(self, symbol):
        """Return the address of the cell with the number of a symbol as a text."""
        return self.texts[str(symbol)]


class SheetWriter:
    """A sheet of a `Book`, written from top to bottom: `row` is the row that is written now."""

    def __init__(self, book, sheet):
        self.book = book
        self.trace = book.trace
        self.sheet = sheet
        self.row = 0

    def put(self, column, text, style):
        """Write a text, whatever it begins with."""
        cell = self.sheet.cell(self.row, column)
        cell.value = visible(text)
        cell.data_type = "s"  # also of a text that begins with =
        return self.styled(cell, style)

    def compute(self, column, formula, style):
        """Write a formula; raise NetworkError for one that no program reads."""
        if len(formula) > MOST_SIGNS:
            raise NetworkError(
                f"a formula of this network has {len(formula):,} signs, and programs read {MOST_SIGNS:,}: take a network "
                f"with fewer inputs or neurons"
            )
        return self.styled(self.sheet.cell(self.row, column, f"={formula}"), style)

    def styled(self, cell, style):
        """Give a cell a style of look.py."""
        for name, value in self.book.styles[style].items():
            setattr(cell, name, value)
        return cell

    def call(self, name, cell):
        """Give a cell a name, by which formulas call it."""
        from openpyxl.workbook.defined_name import DefinedName

        self.book.workbook.defined_names[name] = DefinedName(name, attr_text=self.address(cell))

    def address(self, cell):
        """Return the address of a cell in the whole workbook: 'Step 1'!$D$7."""
        return f"'{self.sheet.title}'!${cell.column_letter}${cell.row}"

    def title(self, text):
        """Write the title of the sheet."""
        self.row += 1
        self.put(1, text, "title")
        self.sheet.row_dimensions[self.row].height = 2 * LINE

    def headers(self, headers, numeric):
        """Write the headers of columns; those of numbers are on the right."""
        self.row += 1
        for column, header in enumerate(headers, start=1):
            self.put(column, header, "number header" if column in numeric else "header")

    def heading(self, text, columns):
        """Write a heading with a line below it, across some columns."""
        self.row += 1
        for column in range(1, columns + 1):
            self.put(column, text if column == 1 else "", "heading")
        self.sheet.row_dimensions[self.row].height = 2 * LINE

    def words(self, text, columns, width, style="words"):
        """Write a text across some columns, which together have a width in signs."""
        self.row += 1
        self.put(1, text, style)
        self.sheet.merge_cells(start_row=self.row, start_column=1, end_row=self.row, end_column=columns)
        self.sheet.row_dimensions[self.row].height = LINE * lines_of(text, width)

    def remember_text(self, column, symbol):
        """Write the number of a symbol as a text, for the formulas with numbers."""
        digits = None if self.book.pencil else SHOWN_DIGITS
        cell = self.compute(column, number_as_text(self.book.shown_name(symbol), digits), "text")
        self.book.texts[str(symbol)] = self.address(cell)
