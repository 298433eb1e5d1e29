"""The golden cases with their downloads, and the matrix that says which case sees which mistake."""

from purenet.drawing.svg import escape
from purenet.golden.diagnosis.lessons import cases_to_show
from purenet.golden.generate import exported
from purenet.golden.mistakes import CATALOGUE
from purenet.golden.mistakes.pages import short
from purenet.golden.values.case_files import golden_names
from purenet.golden.values.pages import case_cells
from purenet.lab.html import Markup, scrolled, table
from purenet.site.code import words
from purenet.site.links import case_address, mistake_address
from purenet.site.mistake_pages import case_link
from purenet.site.page import Page
from purenet.trace.step_html import prose


def golden_files():
    """Return the files that `purenet golden export --all` writes, a dictionary from their places in the site."""
    return {f"golden/files/{name}": text for name, text in exported(golden_names()).items()}


def golden_pages():
    """Return the list of the golden cases, and the matrix."""
    cases = sorted(cases_to_show(), key=lambda case: case.id)
    return [golden_page(cases), detection_page(cases)]


def golden_page(cases):
    """Return the list of the golden cases, with their files."""
    headers = ["case", "title", "network", "steps", "values", "mistakes seen", "files"]
    shown = table("Golden cases", headers, list(map(golden_row, cases)), class_="data")
    more = [
        ("manifest.json", "checksums of all"),
        ("case.schema.json", "the JSON schema of a case"),
        ("PROTOCOL.md", "the protocol"),
    ]
    files = [f'<li><a href="/golden/files/{name}">{name}</a>, {what}</li>' for name, what in more]
    parts = [
        "<h1>Golden values</h1>",
        '<p class="lead">Small networks whose every number, in each training step, is proved to 40 digits, with the tolerance '
        "that a correct program needs. They are in the public domain (CC0).</p>",
        f"<p>{words('`purenet golden diagnose --all --command ./mynet` asks a program for its numbers, and names the mistake that explains the first wrong one.')}"
        ' The <a href="/golden/protocol.html">protocol</a> says how to report numbers from any language, '
        'and <a href="/golden/matrix.html">the matrix</a> which case sees which mistake.</p>',
        f"<h2>{len(cases)} cases</h2>",
        str(scrolled("Golden cases", shown)),
        f"<h2>Beside them</h2>\n<ul>{''.join(files)}</ul>",
        f"<p>{words('`purenet golden export --all -o golden` writes the same files.')}</p>",
    ]
    return Page("/golden/index.html", "Golden values", "\n".join(parts))


def golden_row(case):
    """Return the cells of a case: its link, title and numbers, and its files."""
    _, title, sizes, steps, values, blind = case_cells(case)
    files = " ".join(f'<a href="/golden/files/{case.id}.{kind}">{kind.upper()}</a>' for kind in ("json", "tsv"))
    wrapped, seen = Markup(f'<span class="wrap">{prose(title)}</span>'), str(len(CATALOGUE) - int(blind))
    return [Markup(case_link(case.id)), wrapped, sizes, steps, values, seen, Markup(files)]


def detection_page(cases):
    """Return the table with a row for each mistake and a column for each case."""
    rows = [matrix_row(id, cases) for id in CATALOGUE]
    head = "".join(
        f'<th scope="col"><a href="{case_address(case.id)}" title="{case.id}">{n}</a></th>'
        for n, case in enumerate(cases, 1)
    )
    legend = "".join(
        f'<li value="{n}"><a href="{case_address(case.id)}">{case.id}</a>, {escape(case.title)}</li>'
        for n, case in enumerate(cases, 1)
    )
    grid = (
        f'<table class="matrix"><thead><tr><th scope="col">mistake</th><th scope="col">seen by</th>{head}</tr></thead>'
    )
    grid += f"<tbody>{''.join(rows)}</tbody></table>"
    parts = [
        "<h1>Which case sees which mistake</h1>",
        '<p class="lead">A dot: with this mistake, a number of this case is outside its tolerance. Columns are numbered as the '
        "cases in the list below the table.</p>",
        str(scrolled("Mistakes and the cases that see them", Markup(grid), "scroll tall")),
        f'<h2>The cases</h2>\n<ol class="numbers-of-cases">{legend}</ol>',
    ]
    return Page("/golden/matrix.html", "Which case sees which mistake", "\n".join(parts), (), "")


def matrix_row(id, cases):
    """Return the row of a mistake, with a dot for each case that sees it."""
    seen = [n for n, case in enumerate(cases, start=1) if id not in case.blind_to]
    cells = "".join("<td>●</td>" if n in seen else "<td></td>" for n in range(1, len(cases) + 1))
    name = f'<th scope="row"><a href="{mistake_address(id)}">{id}</a></th>'
    return f'<tr>{name}<td class="short">{short(seen, len(cases)) or "none"}</td>{cells}</tr>'
