"""An exercise as HTML: on a page exercise.js judges answers, and without scripts the solution can still be unfolded.

The data that the script judges from is in the element, as JSON; a notebook has Python instead.
"""

import json
import textwrap

from purenet.book.prose_html import inline_html, no_link, prose_html
from purenet.drawing.svg import escape


def exercise_html(exercise, link=no_link):
    """Return an exercise as an element; `link` returns the address of what is named in prose, or None."""
    name, data = escape(exercise.name), exercise.data()
    parts = [f'<h3 id="exercise-{name}">Exercise {name}</h3>', prose_html(exercise.question, link)]
    parts += [code_html(exercise)] if data is None else [form_html(exercise, data, link)]
    if exercise.hint:
        parts.append(folded("Hint", f"<p>{inline_html(exercise.hint, link)}</p>"))
    parts.append(folded("Solution", solution_html(exercise, link)))
    if data is not None:
        parts.append(f'<script type="application/json">{in_script(data)}</script>')
    content = "\n".join(parts)
    return f'<section class="exercise" aria-labelledby="exercise-{name}">\n{content}\n</section>'


def solution_html(exercise, link):
    """Return the solution; code is in one piece, with its empty lines."""
    words, _, code = exercise.solution().partition("\n\n")
    return prose_html(words, link) + (f"\n<pre>{escape(textwrap.dedent(code))}</pre>" if code else "")


def form_html(exercise, data, link):
    """Return the field or the options, a button, which a script shows, and the place of the verdict."""
    return (
        f'<form autocomplete="off">\n{choices_html(exercise, link) if data["kind"] == "choice" else field_html(exercise)}\n'
        '<button type="submit" hidden>Check</button>\n<p role="status" class="verdict"></p>\n</form>\n'
        f"<noscript><p>In a terminal, <code>{escape(exercise.command())}</code> judges an answer.</p></noscript>"
    )


def field_html(exercise):
    return f'<label>Answer with {escape(exercise.how)}: <input type="text" name="answer" size="12" spellcheck="false"></label>'


def choices_html(exercise, link):
    options = [
        f'<label><input type="radio" name="answer" value="{letter}"> {letter}) {inline_html(text, link)}</label>'
        for letter, text in exercise.letters.items()
    ]
    return "\n".join([f"<fieldset>\n<legend>Answer with {escape(exercise.how)}:</legend>", *options, "</fieldset>"])


def code_html(exercise):
    """Return the commands by which code is written and judged."""
    return (
        "<p>In a terminal, the first of these writes a copy of the file, and the second judges it:</p>\n"
        f"<pre>{escape(exercise.copy_command)}\n{escape(exercise.command())}</pre>"
    )


def folded(title, content):
    return f"<details>\n<summary>{title}</summary>\n{content}\n</details>"


def in_script(data):
    """Return data as JSON in which nothing ends an element."""
    return json.dumps(data).replace("<", "\\u003c")


def exercise_notebook(exercise):
    """Return the question as a notebook shows it, where `check` judges an answer."""
    choices = getattr(exercise, "letters", {})
    options = "".join(f"<li>{letter}) {inline_html(text)}</li>" for letter, text in choices.items())
    return (
        f"<div>\n<p><strong>Exercise {escape(exercise.name)}</strong></p>\n{prose_html(exercise.question)}\n"
        + (f'<ul style="list-style: none">{options}</ul>\n' if options else "")
        + f'<p>Answer with {inline_html(exercise.how)}, by <code>check("…")</code>.</p>\n</div>\n'
    )
