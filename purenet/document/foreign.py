"""Words that purenet did not write (titles, labels, names, what a program says), made harmless where they are shown.

What would act on a terminal, in Markdown or in a spreadsheet is shown as signs instead. Other text stays as it is, and so
all of it is put through these functions: nobody has to know whose words it holds.
"""

import re

# all control signs but the tab and the line feed, separators of lines, and marks that turn the direction of writing
ACTING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
TAG = re.compile("<(?=[A-Za-z/!?])")  # also begins a link such as <https://…>
LINK = re.compile(r"\](?=\()|^ *\[[^\]]*\](?=:)")  # [words](address), and a definition for [words]
BLOCK = re.compile(r"^ *(#{1,6} |>|[-+*] |```|~~~|===|---)")  # a heading, a quotation, a list, code, a line


def visible(text):
    """Return text with each sign that would act on a terminal written as in Python: \\x1b."""
    return ACTING.sub(lambda match: ascii(match[0])[1:-1], text)


def in_json(text):
    r"""Return JSON with the same signs, which JSON allows in its texts, written as \u009b."""
    return ACTING.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def in_markdown(text):
    """Return text for Markdown, in one line, in which a tag, a link or the beginning of a block is not one."""
    text = " ".join(text.split("\n"))
    text = BLOCK.sub(lambda match: "\\" + match[0].lstrip(), text)
    return TAG.sub("&lt;", LINK.sub(lambda match: match[0][:-1] + r"\]", text))


def in_markdown_cell(text):
    """Return text for a cell of a table in Markdown, in which a bar does not end the cell."""
    return in_markdown(text).replace("|", r"\|")


def in_csv(cell):
    """Return the text of a cell of a CSV file, with an apostrophe before text that a spreadsheet would take for a formula."""
    is_formula = cell.startswith(("=", "+", "-", "@", "\t", "\r")) and not is_number(cell)
    return ("'" if is_formula else "") + visible(cell)


def is_number(text):
    """Return whether a text is a number, decimal or as float.hex() writes it."""
    for read in (float, float.fromhex):
        try:
            read(text)
            return True
        except (ValueError, OverflowError):
            pass
    return False
