"""Pages of the lab for the tests: requests in sequence, and what a page has in it."""

import copy
import functools
import re
from html import unescape
from html.parser import HTMLParser

from purenet.lab.answer import answer
from purenet.lab.state import State

VOID = {"input", "br"}


class Page:
    """A page of the lab on which things are done, one after another."""

    def __init__(self, case="2x2x1", **request):
        self.state = ""
        self.show(answer({"do": "open", **request}) if request else opened(case))

    def take(self, request):
        return self.show(answer(request))

    def show(self, found):
        """Show an answer, which must be none of an error."""
        assert "error" not in found, found["error"]
        self.last, self.state = found, found["state"]
        return found

    def do(self, what, name="", value="", **more):
        """Do one thing, and all that the page has to ask again for it; return the page."""
        self.take({"state": self.state, "do": what, "name": name, "value": value, **more})
        while "again" in self.last:
            self.take({"state": self.state, **self.last["again"]})
        return self

    def changed(self, what, name="", value=""):
        """Return another page, after a change; where that is refused, the sentence."""
        found = answer({"state": self.state, "do": what, "name": name, "value": value})
        if "error" in found:
            return found["error"]
        page = copy.copy(self)
        page.show(found)
        return page

    def error(self, what, name="", value=""):
        """Return the sentence with which something is refused."""
        return answer({"state": self.state, "do": what, "name": name, "value": value})["error"]

    @property
    def lab(self):
        return State.unpacked(self.state)

    @property
    def file(self):
        """The text of the file that is saved."""
        return answer({"state": self.state, "do": "save"})["file"]["text"]

    @property
    def text(self):
        """What is read on the page, without tags."""
        return unescape(re.sub(r"<[^>]*>", " ", self.html))

    @property
    def html(self):
        return "".join(self.last["parts"].values())

    def of_row(self, symbol):
        """Return the number of a quantity in the table of a step, as it is read."""
        row = re.search(rf'<tr data-q="{symbol}".*?</tr>', self.last["parts"]["view"], re.S)[0]
        return unescape(re.findall(r'<td class="number[^>]*>([^<]*)</td>', row)[-1])


@functools.lru_cache(maxsize=None)
def opened(case):
    """Return the answer to a request to open a case."""
    return answer({"do": "open", "case": case})


class Checker(HTMLParser):
    """Checks that each element of a page is closed where it should be; `elements` are all of them."""

    def __init__(self, text):
        super().__init__()
        self.open, self.elements = [], []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        inside_p = "p" in self.open[self.open.index("math") :] if "math" in self.open else "p" in self.open
        blocks = {"p", "div", "table", "section", "figure", "h2", "h3", "fieldset", "ul"}
        assert not (inside_p and tag in blocks), f"<{tag}> ends a <p>"
        self.elements.append((tag, dict(attributes)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        assert tag in VOID or "svg" in self.open or "math" in self.open or tag == "svg", f"<{tag}/>"
        self.elements.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        assert self.open and self.open[-1] == tag, f"</{tag}> in {self.open}"
        self.open.pop()
