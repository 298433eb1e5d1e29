"""A trace as one page that needs nothing else: every step with its picture and its table, as step_html.py makes them.

The page contains its style and its script: step_view.css and page.css, step_view.js and page.js. Its
Content-Security-Policy allows their hashes alone, so nothing that comes from a case file can run or be fetched. Without
script all steps are shown.
"""

from purenet.drawing.palette import style_sheet
from purenet.drawing.svg import escape
from purenet.trace.page_head import whole_page
from purenet.trace.step_html import file_text, prose, step_head, step_picture, step_table, template
from purenet.trace.step_pictures import STEP_STYLES, Pictures

CONTROLS = """<nav class="controls" aria-label="Steps" hidden="">
<button type="button" aria-label="Previous">‹</button>
<div class="slider"><input type="range" min="1" max="1" value="1" step="1" aria-label="Step" aria-valuetext="Step 1"/>
<div class="parts" aria-hidden="true"></div></div>
<button type="button" aria-label="Next">›</button>
<span class="place" aria-hidden="true"></span>
<button type="button" aria-pressed="false">All<span class="long"> steps</span></button>
<span class="spoken" role="status"></span>
</nav>"""


def trace_page(trace, steps, sections, digits=None):
    """Return the page of some steps of a trace; `sections` are those before and those after the steps."""
    return whole_page(trace.title, page_style(), page_script(), trace_body(trace, steps, sections, digits))


def trace_body(trace, steps, sections, digits=None):
    """Return what the page of some steps shows, for a page that has its style and its script already."""
    before, after = sections
    pictures = Pictures(trace)
    places = dict.fromkeys(step.place for step in steps)
    upright = {place: f"upright-{number}" for number, place in enumerate(places, start=1)}
    parts = [
        f"<header>\n<h1>{escape(trace.title)}</h1>",
        given([sentence for section in before for sentence in section.sentences]),
        f"</header>\n{CONTROLS}\n<main>",
        *[step_section(pictures, step, upright[step.place], digits) for step in steps],
        *[closing_section(section) for section in after],
        *[template(name, pictures.upright_element(place)) for place, name in upright.items()],
        "</main>",
    ]
    return "\n".join(parts)


def page_style():
    """Return the style sheet of the page."""
    return style_sheet(*STEP_STYLES, file_text("step_view.css"), file_text("page.css"))


def page_script():
    """Return the script of the page."""
    return file_text("step_view.js") + file_text("page.js")


def given(sentences):
    """Return the sentences about the given numbers, which can be folded away; "" if there are none."""
    words = "".join(f"<p>{prose(sentence)}</p>\n" for sentence in sentences)
    return f'<details open="">\n<summary>What is given</summary>\n{words}</details>' if words else ""


def step_section(pictures, step, upright_name, digits):
    """Return one step: its title, words and rule, its picture, its table."""
    name = f"step-{step.number}"
    parts = [
        f'<section class="step" id="{name}" aria-labelledby="{name}-title" data-part="{step.part}">',
        step_head(step, name),
        step_picture(pictures, step, name, upright_name),
        step_table(pictures, step, digits),
        "</section>",
    ]
    return "\n".join(parts)


def closing_section(section):
    sentences = "".join(f"<p>{prose(sentence)}</p>" for sentence in section.sentences)
    return f'<section class="closing"><h2>{escape(section.title)}</h2>{sentences}</section>'
