"""The colour of everything that is drawn, found by the rules of CSS, in light and in dark."""

import re

import pytest

from purenet.drawing.palette import PALETTE
from tests.drawing.every_picture import PICTURES
from tests.drawing.svg_reader import SPACE, read

DARK = "@media screen and (prefers-color-scheme:dark){"
UNFRAMED = [("label", "done"), ("label", "not-yet")]  # whose rectangles are not drawn


def rules(style):
    """Return rules as pairs of a selector, a list of simple selectors, and a dictionary of declarations."""
    found = []
    for selectors, declarations in re.findall(r"([^{}]+)\{([^{}]*)\}", style):
        for selector in selectors.strip().split(","):
            found.append((selector.split(), dict(d.split(":", 1) for d in declarations.split(";") if d)))
    return found


def matches(simple, element):
    name, *classes = simple.split(".")
    return name in ("", element.tag.replace(SPACE, "")) and set(classes) <= set(element.get("class", "").split())


def applies(selector, path):
    """Return whether a selector names the last element of a path from the root."""
    above = iter(path[:-1])
    return matches(selector[-1], path[-1]) and all(any(matches(part, e) for e in above) for part in selector[:-1])


def specificity(selector):
    return sum(part.count(".") for part in selector), sum(not part.startswith(".") for part in selector)


def paint(path, sheet, kind):
    """Return the fill or the stroke of the last element of a path; None if nothing says it."""
    assert "style" not in path[-1].attrib  # which the policies of pages forbid
    found = [(specificity(s), n, d[kind]) for n, (s, d) in enumerate(sheet) if kind in d and applies(s, path)]
    if found:
        return max(found)[2]
    if kind in path[-1].attrib:
        return path[-1].get(kind)
    return paint(path[:-1], sheet, kind) if len(path) > 1 else None


def drawn(element, path=()):
    """Yield the path to each element that draws something."""
    path = (*path, element)
    if element.tag.replace(SPACE, "") in ("rect", "path", "circle", "text", "tspan"):
        yield path
    for child in element:
        yield from drawn(child, path)


@pytest.mark.parametrize("name", list(PICTURES))
def test_everything_that_is_drawn_has_a_colour_of_the_palette_in_light_and_in_dark(name):
    root = read(PICTURES[name])
    light, _, dark = root.find(f"{SPACE}style").text.partition(DARK)
    light = rules(light)
    dark = light + rules(dark)
    pairs = {*PALETTE.values(), ("none", "none")}
    count = 0
    for path in drawn(root):
        fill, stroke = ((paint(path, light, kind), paint(path, dark, kind)) for kind in ("fill", "stroke"))
        kinds = [tuple(element.get("class", "").split()) for element in path]
        if fill[0] is not None and fill[0].startswith("url(#"):
            assert fill[0] == fill[1]
        else:
            assert fill in pairs, kinds
        assert stroke in {*pairs, (None, None)}, kinds
        if fill[0] == "none" and stroke[0] in ("none", None):
            assert kinds[-2] in UNFRAMED, kinds
        count += 1
    assert count > 10


@pytest.mark.parametrize("name", list(PICTURES))
def test_no_colour_of_a_file_depends_on_a_variable(name):
    assert "var(" not in PICTURES[name] and "--" not in PICTURES[name]
