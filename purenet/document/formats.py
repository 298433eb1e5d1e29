"""Documents of titles, sentences, rules and tables, and the formats in which they are written."""

import csv
import html
import io
import json
import re
import textwrap

from purenet.arithmetic.notation import ASCII, HTML, LATEX, MARKDOWN, UNICODE
from purenet.document.colour import BOLD, GREEN, RED, TerminalText, coloured
from purenet.document.foreign import in_csv, in_json, in_markdown, visible
from purenet.errors import NetworkError
from purenet.storage.json_text import json_text

TEXT_FORMATS = ("text", "markdown", "latex", "html")  # formats for people
FORMATS = (*TEXT_FORMATS, "json", "csv")
MOST_TERMS = 8  # terms of a sum that are written in a table; longer ones are elided in the middle
SHOWN_DIGITS = 6  # significant digits of the numbers in a formula that are not rounded by hand
FULL_DIGITS = 17  # significant digits of a number by hand that no rule rounds
DEFAULT_WIDTH = 100
TYPESET = {"markdown": MARKDOWN, "html": HTML}  # notations of formats that show more than lines of text
LATEX_WIDTH = 80  # columns of code in small print on a page of LaTeX
LATEX_NEEDS = r"""% A part of a document: it needs \documentclass[a4paper]{article}, \usepackage[T1]{fontenc} and
% \usepackage[margin=2cm]{geometry} before \begin{document}.
"""
LATEX_BEGIN = r"""\documentclass[a4paper]{article}
\usepackage[T1]{fontenc}
\usepackage[utf8]{inputenc}
\usepackage{textcomp}
\usepackage[margin=2cm]{geometry}
\usepackage{graphicx}
\IfFileExists{lmodern.sty}{\usepackage{lmodern}}{}
\begin{document}

"""
LATEX_PICTURE = r"\includegraphics[width=\linewidth,height=0.7\textheight,keepaspectratio]"  # leaves room for words

PAGE_BREAKS = {"text": "\f", "markdown": '\n<div style="break-after: page"></div>\n\n', "latex": "\n\\newpage\n\n"}


class Section:
    """A title of level 1 or 2 with, each if not empty, sentences in a list, a rule in printed symbols, lines and a table.

    Lines are a list of pairs of a mark and a text: "-" marks one that is replaced, "+" a new one, a space any other. A
    picture is the name of a file, for LaTeX and Markdown.
    """

    def __init__(self, title, sentences=(), rule="", table=None, level=2, lines=(), picture=""):
        self.title = visible(title)
        self.sentences = [visible(sentence) for sentence in sentences]
        self.rule = rule
        self.lines = lines
        self.table = table
        self.level = level
        self.picture = picture


def check_options(format, width, digits=None, formats=FORMATS):
    """Raise NetworkError for an unknown format, or an invalid width or number of digits."""
    if format not in formats:
        raise NetworkError(f"unknown format {format!r}: choose {', '.join(formats[:-1])} or {formats[-1]}")
    if type(width) is not int or width < 20:
        raise NetworkError(f"the width must be at least 20 columns, not {width!r}")
    if digits is not None and (type(digits) is not int or not 1 <= digits <= 17):
        raise NetworkError(f"the number of digits must be 1 to 17, not {digits!r}")


def notation_for(format, ascii):
    """Return the notation in which a format is written; of Markdown and HTML, that of formulas as plain text."""
    return LATEX if format == "latex" else ASCII if ascii else UNICODE


def typeset_notation_for(format, ascii):
    """Return the notation in which a format is written, with formulas set as well as it can show them; not in ASCII."""
    return notation_for(format, ascii) if ascii else TYPESET.get(format, notation_for(format, ascii))


def write(sections, format, width=DEFAULT_WIDTH, ascii=False, standalone=False):
    """Return sections as one text: text, markdown, latex or html. The cells of tables are already in its notation.

    Text is a `TerminalText`, with bold headings and coloured results for a terminal. LaTeX is a part of a document, or a
    whole one that is `standalone`.
    """
    check_options(format, width, formats=TEXT_FORMATS)
    notation = typeset_notation_for(format, ascii)
    writers = {"markdown": markdown_section, "latex": latex_section, "html": html_section}
    if format == "text":
        return TerminalText("\n\n".join(text_section(section, notation, width, ascii) for section in sections) + "\n")
    parts = [writers[format](section, notation) for section in sections]
    if format == "html":
        return html_page(notation.words(sections[0].title), parts)
    text = "\n\n".join(parts) + "\n"
    if format == "latex":
        return latex_document(text) if standalone else LATEX_NEEDS + text
    return text


def write_together(documents, format, width=DEFAULT_WIDTH, ascii=False):
    """Return documents, lists of sections, as one text, each on a new page: text, markdown or a whole document of LaTeX."""
    texts = [write(sections, format, width, ascii) for sections in documents]
    together = PAGE_BREAKS[format].join(text.replace(LATEX_NEEDS, "", 1) for text in texts)
    return latex_document(together) if format == "latex" else together


def latex_document(text):
    """Return a whole document of LaTeX."""
    return f"{LATEX_BEGIN}{text}\n\\end{{document}}\n"


def text_section(section, notation, width, ascii):
    title = notation.prose(section.title)
    lines = [coloured(line, BOLD) for line in textwrap.wrap(title, width)]
    if section.level == 1:
        lines.append("=" * min(len(title), width))
    for sentence in section.sentences:
        lines += textwrap.wrap(notation.prose(sentence), width, break_on_hyphens=False)
    if section.rule:
        lines += textwrap.wrap(notation.rule(section.rule), width, initial_indent=" " * 4, subsequent_indent=" " * 8)
    if section.lines:
        colours = {"-": RED, "+": GREEN}
        marked = marked_lines(section.lines, width)
        lines += ["", *(coloured(line, colours[line[0]]) if line[:1] in colours else line for line in marked)]
    if section.table:
        lines += ["", section.table.text(width, ascii).coloured]
    return "\n".join(lines)


def marked_lines(lines, width):
    """Return lines with their marks in front; those wider than a page go on further in, behind the same mark."""
    found = []
    for mark, text in lines:
        indent = mark + " " * (1 + len(text) - len(text.lstrip()))
        indents = {"initial_indent": indent, "subsequent_indent": indent + " " * 8}
        wrapped = textwrap.wrap(text.lstrip(), width, break_long_words=False, break_on_hyphens=False, **indents)
        found += wrapped or [""]
    return found


def markdown_section(section, notation):
    parts = ["#" * section.level + " " + in_markdown(notation.words(section.title))]
    parts += [in_markdown(notation.prose(sentence)) for sentence in section.sentences]
    if section.rule:
        rule = notation.rule(section.rule)
        parts.append(f"$${rule}$$" if notation is MARKDOWN else f"    {rule}")
    if section.picture:
        parts.append(f"![Picture]({section.picture})")
    if section.lines:
        parts.append("\n".join(["```diff", *(f"{mark} {text}".rstrip() for mark, text in section.lines), "```"]))
    parts += [section.table.markdown()] if section.table else []
    return "\n\n".join(parts)


def latex_section(section, notation):
    parts = [("\\section*{" if section.level == 1 else "\\subsection*{") + notation.words(section.title) + "}"]
    parts += [latex_sentence(sentence, notation) for sentence in section.sentences]
    if section.rule:  # in text, where a line can be broken between two rules
        rule = notation.rule(section.rule).replace(r",\quad ", r"$,\quad $\displaystyle ")
        parts.append(rf"\begin{{center}}$\displaystyle {rule}$\end{{center}}")
    if section.picture:  # in one piece with the words above it
        picture = rf"\begin{{center}}{LATEX_PICTURE}{{{section.picture}}}\end{{center}}"
        whole = "\n\n".join([*parts, picture])
        parts = [rf"\bigskip\noindent\begin{{minipage}}{{\linewidth}}{whole}\end{{minipage}}"]
    if section.lines:  # in lines that are as wide as a page
        lines = marked_lines(section.lines, LATEX_WIDTH)
        parts.append("\n".join([r"{\footnotesize\begin{verbatim}", *lines, r"\end{verbatim}}"]))
    parts += [section.table.latex()] if section.table else []
    return "\n\n".join(parts)


def latex_sentence(sentence, notation):
    """Return a sentence in LaTeX; what is to be typed, between backticks, keeps its hyphens and its quotation marks.

    Lines that end between long formulas may have wide spaces.
    """
    typed = str.maketrans({"-": "-{}", "'": r"\textquotesingle{}"})
    text = "".join(
        rf"\texttt{{{notation.words(piece).translate(typed)}}}" if n % 2 else notation.prose(piece)
        for n, piece in enumerate(sentence.split("`"))  # every second one is to be typed
    )
    return rf"{{\sloppy {text}\par}}" if "$" in text and len(text) > LATEX_WIDTH else text


def html_section(section, notation):
    heading = f"<h{section.level}>{html.escape(notation.words(section.title))}</h{section.level}>"
    return "\n".join(["<section>", heading, *html_body(section, notation), "</section>"])


def html_body(section, notation):
    """Return a list of the HTML elements of a section, without its title."""
    parts = [f"<p>{html_sentence(sentence, notation)}</p>" for sentence in section.sentences]
    if section.rule:
        rule = notation.rule(section.rule)
        parts.append(f"<p>{rule}</p>" if notation is HTML else f"<p><code>{html.escape(rule)}</code></p>")
    parts += [html_lines(section.lines)] if section.lines else []
    return parts + ([section.table.html()] if section.table else [])


def html_sentence(text, notation):
    """Return a sentence in HTML, with its addresses as links, and as code what is to be typed, between backticks."""
    text = notation.prose(text)
    text = re.sub(r"`([^`]*)`", r"<code>\1</code>", text if notation is HTML else html.escape(text, quote=False))
    return re.sub(r"(https://[^\s<]*[\w/])", r'<a href="\1">\1</a>', text)


def html_lines(lines):
    """Return lines with their marks as HTML: replaced ones as deleted, new ones as inserted."""
    tags = {"-": "del", "+": "ins", " ": "span"}
    rows = [f"<{tags[mark]}>{mark} {html.escape(text)}\n</{tags[mark]}>" for mark, text in lines]
    return '<pre class="lines">' + "".join(rows) + "</pre>"


def html_page(title, parts):
    """Return a whole page, which needs no other file."""
    style = (
        "body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }\n"
        "table { border-collapse: collapse } section { overflow-x: auto }\n"
        "th, td { text-align: left; padding: .2rem .8rem .2rem 0; border-bottom: 1px solid #999 }\n"
        "td, code { font-family: ui-monospace, monospace }\n"
        ".lines { overflow-x: auto; line-height: 1.4 }\n"
        ".lines > * { display: block; width: max-content; min-width: 100%; text-decoration: none }\n"
        "del { background: #ffe3e0; color: #82071e } ins { background: #dcf5e0; color: #0a4d1c }\n"
    )
    head = f'<meta charset="utf-8">\n<title>{html.escape(title)}</title>\n<style>\n{style}</style>'
    return '<!doctype html>\n<html lang="en">\n' + head + "\n" + "\n".join(parts) + "\n</html>\n"


def to_json(data, ascii=False):
    """Return data as JSON; a number that JSON does not have, such as a Fraction or infinity, is written as text."""
    return in_json(json_text(json.loads(json.dumps(data, default=str), parse_constant=str), ascii=ascii)) + "\n"


def to_csv(headers, rows, formulas=()):
    """Return rows as comma-separated values. `formulas` names the columns with formulas of purenet's own, as they are."""
    words = [visible if header in formulas else in_csv for header in headers]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(map(in_csv, headers))
    writer.writerows([show(cell) if isinstance(cell, str) else cell for show, cell in zip(words, row)] for row in rows)
    return text.getvalue()
