"""A page for each case, the page that steps through it, and the list of all cases."""

import functools
import re
from html import unescape

from purenet.arithmetic.notation import HTML
from purenet.cases import case_names, load_case
from purenet.document.formats import SHOWN_DIGITS, html_body
from purenet.drawing.network_diagram import picture_of
from purenet.drawing.svg import escape
from purenet.errors import NetworkError, count
from purenet.golden.mistakes import CATALOGUE
from purenet.lab.html import Markup, html, scrolled, table
from purenet.lab.state import State
from purenet.site.code import markdown, words
from purenet.site.documents import DOCUMENTS
from purenet.site.links import case_address, mistake_address
from purenet.site.page import Page, bare
from purenet.trace.html_page import trace_body
from purenet.trace.matrix_html import matrix_page_body
from purenet.trace.matrix_pages import head_section
from purenet.trace.record import trace_case
from purenet.trace.step_html import prose
from purenet.trace.step_pictures import Pictures
from purenet.trace.text_pages import given_section, published_section

LARGEST_MATRICES = 52_000  # bytes of a page in matrices
LARGEST = 225_000  # bytes of a page with steps; all of them have to fit into a site of 20 MB
LARGEST_OF = {"mazur": 250_000}  # of the case that most readers look for
MOST_TABLES = 6  # of a summary
PUBLISHED = "walkthroughs/worked_examples.md"


def case_pages(name, has_lab):
    """Return the page of a case and, if they are not too large, those that step through it, in numbers and in matrices."""
    case = load_case(name)
    trace, stepping = trace_or_reason(case)
    pages, steps = [], words(stepping)
    if trace:
        pages, steps = stepping_pages(name, trace)
        matrices, link = matrix_pages(name, trace)
        pages, steps = pages + matrices, f"{steps} {link}"
    lab = (
        f'<a class="button" href="/lab/index.html#{State(case=name).packed()}">Change its numbers</a>'
        if has_lab
        else ""
    )
    parts = [
        f"<h1>{escape(case.title)}</h1>",
        f'<p class="kind">{kind(case)}: <code>{name}</code></p>',
        source(case),
        f'<p class="actions">{steps} {lab}</p>',
        network(case),
        *(given_part(trace) + summary_part(name, trace) if trace else []),
        published(name),
        golden(case, name),
    ]
    return [Page(case_address(name), case.title, "\n".join(filter(None, parts))), *pages]


def trace_or_reason(case):
    """Return the trace of a case, or None and a sentence that says why there is none."""
    try:
        return trace_case(case), ""
    except NetworkError as error:
        return None, f"It cannot be stepped through: {error}."


def stepping_pages(name, trace):
    """Return a list of the page that steps through a case, of the first training step at least, and a link to it.

    Where that is too large the list is empty, and the link is a sentence.
    """
    address, whole, largest = f"/steps/{name}.html", len(trace.steps), LARGEST_OF.get(name, LARGEST)
    first = [step for step in trace.steps if step.place.step == trace.steps[0].place.step]
    rest = f"`purenet walkthrough {name} --format html -o page.html` writes a page of all {whole} steps."
    said = f"The first {len(first)} of {whole} steps, its first training step. {rest}"
    smallest = len(
        str(Pictures(trace).page_element(first[0], ""))
    )  # a picture, in which most numbers are not yet known
    for steps, words_of_part in ((trace.steps, ""), (first, said)):
        if smallest * len(steps) > largest:
            continue
        body = stepping_body(name, trace, steps, words_of_part)
        if len(body.encode("utf-8")) <= largest:
            page = Page(address, f"{trace.title}, step by step", body, ("stepping.js",), "")
            link = f'<a class="button" href="{address}">Step through it: {count(len(steps), "step")}</a>'
            return [page], link + (f"<span>{words(words_of_part)}</span>" if words_of_part else "")
    return [], words(f"Its steps would be a page of more than {largest // 1000} kB, and are not on this site. {rest}")


def matrix_pages(name, trace):
    """Return a list of the page of the first training step of a case in matrices, and a link to it; none if it is too large."""
    view, address = trace.matrices(), f"/matrices/{name}.html"
    steps = [step for step in view.steps if step.training_step == 1]
    said = (
        f"The first training step. `purenet walkthrough {name} --matrices --format html -o page.html` writes all steps."
    )
    body = with_way_back(matrix_page_body(view, steps, head_section(view).sentences), name, said)
    if len(body.encode("utf-8")) > LARGEST_MATRICES:
        return [], ""
    page = Page(address, f"{trace.title}, in matrices", body, ("stepping.js", "matrices.js"), "")
    return [page], f'<a class="button" href="{address}">In matrices</a>'


def stepping_body(name, trace, steps, said):
    """Return what the page shows that steps through a case, with a way back to the case and what else is said."""
    after = [] if said else published_section(trace)
    body = trace_body(trace, steps, ([given_section(trace)], after))
    return with_way_back(body, name, said)


def with_way_back(body, name, said):
    """Return what a page shows, with a way back to the case and what else is said."""
    more = f"<p>{words(said)}</p>" if said else ""
    back = f'<header>\n<p class="back"><a href="{case_address(name)}">About this case</a></p>{more}'
    return body.replace("<header>", back, 1).replace("<main>", '<main id="content">', 1)


def kind(case):
    """Return what sort of a case it is, in words."""
    sorts = [word for word, there in (("Worked example", case.published), ("golden case", case.certified)) if there]
    return " and ".join(sorts).capitalize() or "Example"


def source(case):
    """Return where a case comes from, a list of what its file says."""
    names = {"url": "address", "note": "note", "title": "source"}
    items = [(names.get(name, name), text) for name, text in case.source.items()]
    shown = [f"<dt>{escape(name)}</dt><dd>{words(text)}</dd>" for name, text in items]
    return f'<dl class="facts">{"".join(shown)}</dl>' if shown else ""


def network(case):
    """Return the section with the picture of the network before the training."""
    try:
        picture = bare(picture_of(case.network()))
    except NetworkError as error:
        return f"<h2>The network</h2>\n<p>{words(str(error))}</p>"
    box = f'<figure class="picture scroll" role="group" tabindex="0" aria-label="The network">{picture}</figure>'
    return f"<h2>The network</h2>\n{box}\n<p class=note>The wider a line, the larger the weight; negative ones are broken.</p>"


def given_part(trace):
    sentences = [f"<p>{prose(sentence)}</p>" for sentence in given_section(trace).sentences]
    return ["<h2>What is given</h2>", *sentences]


def summary_part(name, trace):
    """Return the section with a table for each layer, example and step; of long trainings, the first of them."""
    tables = []
    sections = [section for section in trace.summary(SHOWN_DIGITS).sections("html") if section.table]
    for section in sections[:MOST_TABLES]:
        body = "\n".join(html_body(section, HTML)).replace("<table>", '<table class="data">')
        tables.append(f"<h3>{prose(section.title)}</h3>\n{scrolled(section.title, Markup(body))}")
    left = len(sections) - len(tables)
    more = f"And {count(left, 'more table')}: `purenet walkthrough {name} --summary` prints all."
    return ["<h2>All numbers</h2>", *tables, *([f"<p>{words(more)}</p>"] if left else [])]


@functools.lru_cache(maxsize=None)
def verdicts():
    """Return the verdicts on the published numbers of each case, as Markdown by its name; none where they are not installed."""
    document = next(each for each in DOCUMENTS if each.file == PUBLISHED)
    if not document.is_there:
        return {}
    parts = re.split(r"^## ", document.text(), flags=re.MULTILINE)[1:]
    return {heading.partition(":")[0]: body for heading, _, body in (part.partition("\n") for part in parts)}


def published(name):
    """Return the section with the published numbers of a case, each beside the computed one."""
    body = verdicts().get(name)
    if not body:
        return ""
    table = re.search(r"^\|.*", body, re.MULTILINE | re.DOTALL)
    said = f"`purenet cases --verify {name}` computes them again."
    if not table:
        return ""
    shown = re.sub("(?<=<code>)[^<]+", lambda code: prose(unescape(code[0])), markdown(table[0], PUBLISHED))
    return f"<h2>Published numbers</h2>\n<p>{words(said)}</p>\n<div class='published'>{shown}</div>"


def golden(case, name):
    """Return the section about the certified values of a case, and the mistakes that it shows; "" if it has none."""
    if not case.certified:
        return ""
    files = [f'<a href="/golden/files/{case.id}.{kind}">{case.id}.{kind}</a>' for kind in ("json", "tsv")]
    shown = [id for id in CATALOGUE if id not in case.blind_to]
    parts = [
        "<h2>Certified values</h2>",
        f"<p>The case with its values: {' and '.join(files)}. "
        + words(f"`purenet golden diagnose {name} numbers.txt` compares those of a program with them.")
        + "</p>",
        f"<h3>Mistakes that it shows: {len(shown)} of {len(CATALOGUE)}</h3>",
        mistake_list(shown, "It shows no mistake."),
        f"<h3>Mistakes that it cannot show: {len(case.blind_to)}</h3>",
        mistake_list(case.blind_to, "It shows all of them."),
    ]
    return "\n".join(parts)


def mistake_list(ids, none):
    links = [f'<li><a href="{mistake_address(id)}">{id}</a></li>' for id in ids]
    return f'<ul class="many">{"".join(links)}</ul>' if links else f"<p>{none}</p>"


def case_index():
    """Return the list of all cases, by kind."""
    loaded = [(name, load_case(name)) for name in case_names()]
    groups = {
        "Worked examples": [pair for pair in loaded if pair[1].published],
        "Golden cases": [pair for pair in loaded if not pair[1].published],
    }
    parts = [
        "<h1>Cases</h1>",
        '<p class="lead">Each is a network, examples and a learning rate. Worked examples come from books, lectures and '
        "pages, and every number that these print is checked; golden cases have certified values, to test programs.</p>",
    ]
    for title, pairs in groups.items():
        rows = [case_row(*pair) for pair in pairs]
        headers = ["case", "title", "network", "published numbers", "certified"]
        parts += [f"<h2>{title}: {len(pairs)}</h2>", str(scrolled(title, table(title, headers, rows, class_="data")))]
    return Page("/cases/index.html", "Cases", "\n".join(parts))


def case_row(name, case):
    numbers = sum(len(group.numbers) for group in case.published_groups)
    sizes = "-".join(map(str, case.network_data.sizes))
    linked = html("a", {"href": case_address(name)}, name)
    return [
        linked,
        Markup(f'<span class="wrap">{prose(case.title)}</span>'),
        sizes,
        str(numbers or ""),
        "yes" * bool(case.certified),
    ]
