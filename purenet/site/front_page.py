"""The first page: what purenet is, and the ways in."""

from purenet.cases import load_case
from purenet.golden.mistakes import CATALOGUE
from purenet.golden.values.case_files import golden_names
from purenet.site.page import Page
from purenet.trace.record import trace_case
from purenet.trace.step_html import step_picture
from purenet.trace.step_pictures import Pictures

WAYS = [
    ("Read the chapters", "/chapters/index.html", "From one neuron to backpropagation and on, every number computed, with exercises that the page checks."),
    ("Open a case", "/cases/index.html", "Worked examples of books, lectures and pages, number by number, with a verdict on what they print."),
    ("Find a mistake", "/mistakes/index.html", "{mistakes} ways to get it wrong, each with the place in the picture where it first shows."),
    ("Test your program", "/golden/index.html", "{cases} small trainings with proved values, for programs in any language."),
    ("Read the source", "/source/index.html", "Three short files of plain Python are backpropagation, all of it."),
]  # fmt: skip
LAB = ("Change a number", "/lab/index.html", "Move a weight and see what follows, here in the browser.")


def front_page(has_lab):
    """Return the first page, with the picture of step 9 of the 2x2x1 example."""
    numbers = {"mistakes": len(CATALOGUE), "cases": len(golden_names())}
    ways = [
        f'<li><a href="{address}">{title}</a><p>{words.format(**numbers)}</p></li>'
        for title, address, words in [*WAYS, *([LAB] if has_lab else [])]
    ]
    trace = trace_case(load_case("2x2x1"))
    drawn = step_picture(Pictures(trace), trace.steps[8], "step-9")
    parts = [
        "<h1>purenet</h1>",
        '<p class="lead">Feed-forward neural networks and backpropagation in plain Python, written to be read like a textbook. '
        "Every number of a training step is printed beside its formula, and proved values test other programs.</p>",
        f'<ul class="cards ways">{"".join(ways)}</ul>',
        "<h2>Step 9: how a hidden neuron gets its share of the blame</h2>",
        "<p>The one hard idea of backpropagation, in a network small enough to compute by hand. "
        '<a href="/steps/2x2x1.html#step-9">Step through the whole example</a>.</p>',
        f'<section class="step" aria-label="Step 9">{drawn}</section>',
    ]
    return Page("/index.html", "purenet: neural networks to read", "\n".join(parts), ("steps.js",))
