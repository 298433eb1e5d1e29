"""From a request to an answer: all of the lab that computes. Both are dictionaries that JSON can hold.

A request has the `state` of a page, what to `do`, and with it a `name` and a `value`. An answer has the next `state`, the
`parts` of the page, HTML by id, and what else the page has to do: to mark symbols, to ask again, to save a file. Where
something is wrong, it has an `error`, a sentence, alone: the page stays as it is.
"""

import functools

from purenet.cases import case_titles
from purenet.errors import NetworkError
from purenet.lab.action import Action
from purenet.lab.answering import Answering
from purenet.lab.breaking import Breaking
from purenet.lab.fields import Fields
from purenet.lab.html import button, choice, html
from purenet.lab.learning import Learning, check_can_learn
from purenet.lab.matrix_stepping import stepping
from purenet.lab.nudge import Nudge
from purenet.lab.starts import STARTS
from purenet.lab.state import TABS
from purenet.lab.stepping import differing, moved_words, shown

TITLES = dict(zip(TABS, ("|Step| through", "|Nudge|", "Watch it |learn|", "|Break| it", "|Answer|")))
TRAININGS = ("train", "run", "go")
LONGEST_SENTENCE = 500  # characters
CHANGES = ("set", "bump", "choose", "more", "fewer", "draw", "hold", "take", "use", "reset")


def answer(request):
    """Return the answer to a request; nothing raises an error that a person may cause."""
    try:
        return Response(Action(request)).data()
    except NetworkError as error:
        return {"error": shortened(str(error))}
    except RecursionError:
        return {"error": "this is nested too deeply"}
    except ArithmeticError as error:
        return {"error": f"a number here becomes too large or too small to go on with ({type(error).__name__})"}


def shortened(sentence):
    """Return a sentence that may quote something long, cut where nobody would read on."""
    return sentence if len(sentence) <= LONGEST_SENTENCE else sentence[:LONGEST_SENTENCE] + "…"


class Response:
    """The answer to a request that is done."""

    def __init__(self, action):
        self.action, self.state = action, action.state
        self.said, self.more = action.said, dict(action.more)

    def data(self):
        """Return the answer as data."""
        state, action = self.state, self.action
        changed, was = self.changed()
        view = self.view()
        differs = []
        if isinstance(view, Breaking):
            changed, was, differs = [], {}, view.differing
        if isinstance(view, Learning) and action.do in TRAININGS and "again" not in self.more:
            self.said = view.sentences()[0]
        return {
            "state": state.packed(),
            "parts": self.parts(view),
            "marks": {"changed": changed, "differs": differs},
            "was": was,
            "said": self.said,
            "is_changed": self.state.is_changed,
            "is_own": not self.state.case,
            "undoable": action.do in CHANGES and state.packed() != action.before.packed(),
            "is_new": action.do == "file" or action.do == "open" and "address" not in action.request,
            "heading": state.numbers.get("title", ""),
            **self.more,
        }

    def changed(self):
        """Return the symbols of the numbers that the last change moved, and by symbol what they were; say it."""
        state = self.state
        if state.before is None:
            return [], {}
        before = state.trace_before()
        changed = differing(state.trace(), before)
        was = {symbol: shown(before.rows[symbol]) for symbol in changed if symbol in before.rows}
        if self.action.do in CHANGES:
            self.said = moved_words(changed, state.trace(), was, state.step)
        return changed, was

    def parts(self, view):
        """Return the parts of the page, a dictionary from ids to HTML."""
        return {
            "title": str(html("span", {}, self.title())),
            "notes": markup(self.notes()),
            "open": markup(self.cases()),
            "tabs": markup(self.tabs()),
            "controls": markup(view.controls()),
            "view": markup(view.view()),
            "fields": markup(Fields(self.state).html()),
        }

    def view(self):
        """Return what is seen of the chosen part."""
        state = self.state
        if state.tab == "learn":
            check_can_learn(state.the_case())
            learning = Learning(state)
            if not learning.advance():
                self.more.setdefault("again", {"do": "go", "name": "", "value": ""})
            return learning
        if state.tab == "step":
            return stepping(state.trace(), state.step, state.way)
        return {"nudge": Nudge, "break": Breaking, "answer": Answering}[state.tab](state)

    def title(self):
        """Return the title of the case, and whether it is no longer as it was opened."""
        state = self.state
        title = state.numbers.get("title") or state.case or "A case of your own"
        return f"{title} (changed)" if state.is_changed else title

    def tabs(self):
        """Return the buttons of the parts; on a phone, their last words are enough."""
        return [
            button(short_title(words), "tab", tab, aria_current="page" if tab == self.state.tab else None)
            for tab, words in TITLES.items()
        ]

    def notes(self):
        """Return a note that not all of the case is traced, if that is so."""
        steps, traced = len(self.state.the_case().batch_sizes), len(self.state.trace().quantities.batch_sizes)
        note = f"Of {steps} training steps, the first {traced} can be stepped through."
        return [html("p", {}, note)] if steps > traced else []

    def cases(self):
        """Return the list of the examples to open."""
        groups = [("To watch it learn", [(name, words) for name, (words, _) in STARTS.items()]), ("Cases", titles())]
        chosen = "" if self.state.is_changed else self.state.case
        own = f"{self.state.case}, changed" if self.state.is_changed else "your own"
        return choice("open", "case", groups if chosen else [("", own), *groups], chosen, "The example")


@functools.lru_cache(maxsize=1)
def titles():
    """Return the names of the built-in cases, each with its name and title in words."""
    return [(name, f"{name}: {title}") for name, title in case_titles().items()]


def short_title(words):
    """Return a title as an element, in which only what is between bars is shown on a phone."""
    before, short, after = words.split("|")
    long = [html("span", {"class": "long"}, part) if part else "" for part in (before, after)]
    return html("span", {}, long[0], short, long[1])


def markup(children):
    """Return elements as text."""
    children = children if isinstance(children, list) else [children]
    return "".join(map(str, children))
