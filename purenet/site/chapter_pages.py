"""The chapters of the book as pages, and the list of them."""

import re

from purenet import book
from purenet.book.page import chapter_html
from purenet.drawing.svg import escape
from purenet.site.links import chapter_address, chapter_numbers, link_to_source
from purenet.site.page import Page, image

SCRIPTS = ("steps.js", "exercise.js")


def chapter_page(number):
    """Return the page of a chapter, with ways to the one before and the one after it."""
    chapter = book.chapter(number)
    body, pictures = with_pictures_apart(chapter_html(chapter, link_to_source), f"pictures/chapter-{number:02}")
    return Page(chapter_address(number), chapter.heading, f"{body}\n{turns(number)}", SCRIPTS, "sections", pictures)


def with_pictures_apart(body, name):
    """Return a page whose pictures with a style of their own are files, and these files; their names begin with a name."""
    pictures = {}

    def apart(match):
        pictures[f"{name}-{len(pictures) + 1}.svg"] = match[0]
        return image(match[0], list(pictures)[-1])

    body = re.sub(r"<svg\b(?:(?!</svg>).)*?<style>.*?</svg>", apart, body, flags=re.DOTALL)
    return body, tuple(pictures.items())


def turns(number):
    """Return the links to the chapters before and after one."""
    numbers = chapter_numbers()
    place = numbers.index(number)
    before, after = numbers[place - 1 : place], numbers[place + 1 : place + 2]
    links = [turn(number, words) for found, words in ((before, "Previous"), (after, "Next")) for number in found]
    return f'<nav class="turns" aria-label="Chapters">{"".join(links)}</nav>'


def turn(number, words):
    kind = "next" if words == "Next" else "previous"
    return f'<a class="{kind}" href="{chapter_address(number)}"><span>{words}</span> {escape(book.chapter(number).heading)}</a>'


def chapters_page():
    """Return the list of the chapters, each with its question."""
    items = [
        f'<li value="{each.number}"><a href="{chapter_address(each.number)}">{escape(each.title)}</a><p>{escape(each.question)}</p></li>'
        for each in map(book.chapter, chapter_numbers())
    ]
    said = "Each chapter opens with a question and ends with exercises that the page checks."
    none = "<p>This site was built by a purenet that was installed without its chapters.</p>"
    body = f'<h1>Chapters</h1>\n<p class="lead">{said}</p>\n' + (
        f'<ol class="cards">{"".join(items)}</ol>' if items else none
    )
    return Page("/chapters/index.html", "Chapters", body, (), "")
