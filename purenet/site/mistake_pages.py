"""A page for each mistake of the catalogue: its rule, its place in the picture, its lines, its numbers, and who sees it."""

import re

from purenet.arithmetic.notation import ASCII, UNICODE, Symbol
from purenet.drawing.palette import style_sheet
from purenet.drawing.svg import escape
from purenet.errors import NetworkError, count
from purenet.golden.diagnosis.lessons import cases_to_show, compared
from purenet.golden.mistakes import CATALOGUE, UNSEEN
from purenet.golden.mistakes.excerpts import excerpt, names
from purenet.lab.breaking import Breaking
from purenet.lab.breaking import number as shown_number
from purenet.lab.html import Markup, html, rule_html, scrolled, table
from purenet.lab.state import State
from purenet.site.code import changed_lines, web_links, words
from purenet.site.links import case_address, mistake_address
from purenet.site.page import Page, image
from purenet.trace.step_html import prose
from purenet.trace.step_pictures import spoken

MOST_ROWS = 8  # numbers side by side
MOST_TRIED = 4  # cases, until one has formulas for a mistake
MARK = """svg .first-wrong rect{stroke:var(--lit);stroke-width:4;stroke-dasharray:none}
svg .first-wrong text{fill:var(--lit);font-weight:700}
"""
GROUPS = {  # as `purenet mistakes` groups them
    "conventions": "Another way to say the same, as long as it is meant",
    "forward": "On the way from the inputs to the outputs",
    "losses": "In the loss",
    "deltas": "In the deltas: of the last layer, and on the way back",
    "gradients": "In the gradients, and in how they add up",
    "updates": "In the update of weights and biases",
}


def mistake_page(id, has_lab):
    """Return the page of a mistake of the catalogue."""
    mistake = CATALOGUE[id]
    seeing = [case for case in cases_to_show() if id not in case.blind_to]
    broken = shown_by(id, seeing or cases_to_show())
    parts = [
        f"<h1><code>{id}</code></h1>",
        f'<p class="lead">{words(mistake.sentence)}</p>',
        "<p>It may be intended, and is no mistake then.</p>" if mistake.convention else "",
        rules(mistake),
        *(first_difference_shown(broken) if broken else numbers_alone(mistake, (seeing or cases_to_show())[0])),
        lines(mistake),
        how_to_run(mistake, broken, has_lab),
        cases_that_see(id, seeing),
        met(mistake.seen),
    ]
    pictures = (marked_picture(broken),) if broken else ()
    return Page(mistake_address(id), id, "\n".join(filter(None, parts)), pictures=pictures)


def shown_by(id, cases):
    """Return the mistake on the first of some cases whose trace shows it, or None: some programs have no formulas."""
    for case in cases[:MOST_TRIED]:
        try:
            broken = Breaking(State(case=case.id, mistake=id))
        except NetworkError:
            continue
        if broken.wrong and broken.differing:
            return broken
    return None


def rules(mistake):
    """Return the right rule and the wrong one, as mathematics."""
    labels = ("the cases", "this convention") if mistake.convention else ("✓ right", "✗ wrong")
    rows = []
    for kind, label, rule in zip(("right", "wrong"), labels, (mistake.right, mistake.wrong)):
        if rule:
            shown = scrolled(f"Rule, {label.lstrip('✓✗ ')}", rule_html(rule))
            rows.append(f'<div class="{kind}"><dt>{label}</dt><dd>{shown}</dd></div>')
    return f'<dl class="rules">{"".join(rows)}</dl>'


def first_difference_shown(broken):
    """Return the sections with the place of the first wrong number, and with right and wrong numbers."""
    number, symbol = broken.first_step, broken.first
    name, drawn = marked_picture(broken)
    title, total = broken.right.steps[number - 1].title, len(broken.right.rows)
    said = f"Of {total:,} numbers in the training on {case_link(broken.state.case)}, {len(broken.differing):,} differ. The first "
    said += f"in a step is the {spoken(symbol)}, in step {number}: {prose(title)}. "
    right, wrong = (shown_number(trace.rows.get(symbol)) for trace in (broken.right, broken.wrong))
    said += f"It is {right}, and {wrong} with the mistake."
    words = f"The right program in step {number}, with a mark at the {spoken(symbol)}."
    shown = image(drawn, name, words)
    rows = [broken.right.rows[each] for each in broken.differing if each in broken.right.rows][:MOST_ROWS]
    some = f"The first {len(rows)}, in" if len(broken.differing) > len(rows) else "In"
    return [
        "<h2>Where it shows</h2>",
        f"<p>{said}</p>",
        f'<figure><div class="picture scroll" role="group" tabindex="0" aria-label="Picture">{shown}</div>',
        f'<figcaption class="note">{words}</figcaption></figure>',
        "<h2>Side by side</h2>",
        f"<p>{some} order of computation.</p>",
        str(broken.rows_of("Right and wrong numbers", rows)),
    ]


def marked_picture(broken):
    """Return the picture of the step in which the first number differs, with a mark there, and the name of its file.

    It is that of the right program, so that many mistakes share it.
    """
    drawn = str(broken.right.picture(broken.first_step))
    place = re.escape(broken.first)
    drawn = re.sub(rf'(<g [^>]*?class=")([^"]*"[^>]*? data-q="{place}")', r"\1first-wrong \2", drawn)
    name = re.sub(r"\W+", "-", ASCII.symbol(Symbol.parse(broken.first))).strip("-")
    path = f"pictures/{broken.state.case}-step{broken.first_step}-{name}.svg"
    return path, drawn.replace("</style>", f"{style_sheet(MARK)}</style>", 1)


def case_link(name):
    return f'<a href="{case_address(name)}">{name}</a>'


def numbers_alone(mistake, case):
    """Return the section with right and wrong numbers of a program that has no formulas."""
    rows = compared(case, mistake, UNICODE)
    if not rows:
        return ["<h2>Side by side</h2>\n<p>No golden case shows it.</p>"]
    words = f"<p>Training on {case_link(case.id)}: the first of {count(len(rows), 'difference')}. It has no picture, because "
    words += "such a program, or the right one on this case, is computed without formulas.</p>"
    shown = table("Right and wrong", ["number", "✓ right", "✗ with the mistake"], rows[:MOST_ROWS], class_="data")
    return ["<h2>Side by side</h2>", words, str(scrolled("Right and wrong numbers", shown))]


def lines(mistake):
    """Return the section with the lines of the plain program that are wrong, and the right ones."""
    found = excerpt(mistake.diff)
    said = f"In the plain program, lines with a plus take the place of those with a minus. {names(found)}"
    return f"<h2>The lines</h2>\n<p>{prose(said)}</p>\n{changed_lines(found)}"


def how_to_run(mistake, broken, has_lab):
    """Return the section that says how to run it."""
    write = f"`purenet mistakes {mistake.id} --program -o wrong.py` writes the whole program with these lines, and"
    said = f"{write} `purenet golden diagnose --all --command 'python3 wrong.py'` diagnoses it."
    lab = ""
    if has_lab and broken:
        state = State(case=broken.state.case, mistake=mistake.id, tab="break", step=broken.first_step)
        lab = f'<p><a class="button" href="/lab/index.html#{state.packed()}">Break it in the lab</a></p>'
    return f"<h2>Run it</h2>\n<p>{words(said)}</p>{lab}"


def cases_that_see(id, seeing):
    """Return the section that says which golden cases see it."""
    blind = [case.id for case in cases_to_show() if id in case.blind_to]
    shown = [f"<p>{', '.join(map(case_link, sorted(case.id for case in seeing))) or 'None'}.</p>"]
    if blind:
        shown += ["<h3>and which do not</h3>", f"<p>{', '.join(map(case_link, sorted(blind)))}.</p>"]
    return f"<h2>Which golden cases see it: {len(seeing)} of {len(cases_to_show())}</h2>\n" + "\n".join(shown)


def met(seen):
    said = web_links(escape(seen)) if seen else "No published program is known to make it."
    return f"<h2>Where it was met</h2>\n<p>{said}</p>"


def unseen_page(id):
    """Return the page of a mistake that no values show."""
    sentence, why, seen = UNSEEN[id]
    parts = [
        f"<h1><code>{id}</code></h1>",
        f'<p class="lead">{words(sentence)}</p>',
        "<h2>Why no values show it</h2>",
        f"<p>{words(why[0].upper() + why[1:])}.</p>",
        met(seen),
    ]
    return Page(mistake_address(id), id, "\n".join(parts))


def mistakes_page():
    """Return the list of all mistakes, by the part of a training in which they are made."""
    parts = [
        "<h1>Mistakes</h1>",
        f'<p class="lead">{len(CATALOGUE)} ways to get a training step wrong, most of them met in published programs. Each has '
        "its wrong rule beside the right one, the place where it first shows, and the lines that make it.</p>",
        f"<p>{words('`purenet golden diagnose` finds which of them a program of yours makes.')}</p>",
    ]
    for group, title in GROUPS.items():
        ids = [id for id, mistake in CATALOGUE.items() if mistake.group == group]
        rows = [mistake_row(id, CATALOGUE[id].sentence, CATALOGUE[id].wrong) for id in ids]
        parts += [f'<h2 id="{group}">{group.capitalize()}: {len(ids)}</h2>', f"<p>{title}.</p>"]
        parts.append(str(scrolled(group, table(group, ["mistake", "what", "wrong rule"], rows, class_="listing"))))
    rows = [mistake_row(id, sentence, None) for id, (sentence, _, _) in UNSEEN.items()]
    title = "Not to be seen in values"
    parts += [
        f'<h2 id="unseen">{title}: {len(rows)}</h2>',
        str(scrolled(title, table(title, ["mistake", "what"], rows, class_="listing"))),
    ]
    return Page("/mistakes/index.html", "Mistakes", "\n".join(parts))


def mistake_row(id, sentence, wrong):
    row = [html("a", {"href": mistake_address(id)}, id), Markup(words(sentence))]
    return row if wrong is None else [*row, rule_html(wrong)]
