"""How the spreadsheet looks: colours as in all pictures, formats of numbers, and the printed page."""

from purenet.drawing.palette import LIGHT, PALETTE

# enough digits to see what a change does; tiny numbers with an exponent
IN_FULL = "[>=0.0001]0.0##############;[<=-0.0001]-0.0##############;General"
LINE = 15  # points of height of a line of text


def look():
    """Return the styles of cells, dictionaries of attributes of a cell, by name."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    def fill(name):
        return PatternFill("solid", fgColor=colour(name))

    def font(name="text", **settings):
        return Font(name="Calibri", color=colour(name), **settings)

    below = Border(bottom=Side("thin", color=colour("not-yet")))
    top, bottom, wrapped = Alignment(vertical="top"), Alignment(), Alignment(vertical="top", wrap_text=True)
    beside = Alignment(horizontal="left", vertical="top", indent=2)
    right = Alignment(horizontal="right")
    number = Alignment(vertical="top", horizontal="right")
    return {
        "title": {"font": font(size=16, bold=True), "alignment": top},
        "heading": {"font": font(size=12, bold=True), "alignment": bottom, "border": below},
        "words": {"font": font(), "alignment": wrapped},
        "meaning": {"font": font("muted"), "alignment": beside},
        "rule": {"font": font("muted", italic=True), "alignment": wrapped},
        "header": {"font": font("muted", bold=True), "alignment": bottom, "border": below},
        "number header": {"font": font("muted", bold=True), "alignment": right, "border": below},
        "symbol": {"font": font(bold=True), "alignment": top},
        "formula": {"font": font("muted"), "alignment": wrapped},
        "numbers": {"font": font(), "alignment": wrapped},
        "given": {"font": font("operand", bold=True), "alignment": number, "fill": fill("operand-fill")},
        "linked": {"font": font("muted"), "alignment": number},
        "computed": {"font": font("muted"), "alignment": number, "number_format": IN_FULL},
        "result": {
            "font": font("now", bold=True),
            "alignment": number,
            "fill": fill("now-fill"),
            "number_format": IN_FULL,
        },
        "full": {"font": font(), "alignment": number, "number_format": IN_FULL},
        "text": {"font": font("not-yet"), "alignment": top},
    }


def colour(name):
    """Return a colour of the palette as spreadsheets write it."""
    return PALETTE[name][LIGHT].lstrip("#").upper()


def lay_out(sheet, widths, hidden, frozen, titles, orientation):
    """Set the widths of columns in signs, which of them is hidden, what stays in view, and the page for a printer."""
    for letter, width in widths.items():
        sheet.column_dimensions[letter].width = width
    sheet.column_dimensions[hidden].hidden = True
    sheet.freeze_panes = frozen
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation = orientation
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = sheet.page_margins.top = 0.5  # inches
    sheet.print_title_rows = titles
    sheet.oddFooter.left.text, sheet.oddFooter.right.text = "&A", "&P / &N"


def lines_of(text, width):
    """Return about how many lines a text takes in a column so wide."""
    return -(-len(text) // width) or 1
