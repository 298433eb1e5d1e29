"""From a request to an answer: all of the lab that computes. Both are dictionaries that JSON can hold.

A request has the `state` of a page, what to `do`, and with it a `name` and a `value`. An answer has the next `state`, the
`parts` of the page, HTML by id, and what else the page has to do: to mark symbols, to ask again, to save a file. Where
something is wrong, it has an `error`, a sentence, alone: the page stays as it is.
"""

import copy

from purenet.cases import Case, case_names
from purenet.errors import NetworkError, quoted
from purenet.golden.mistakes import CATALOGUE
from purenet.lab import numbers, sizes
from purenet.lab.answering import HINTS, Answering
from purenet.lab.breaking import Breaking
from purenet.lab.course import MOST_STEPS
from purenet.lab.fields import Fields
from purenet.lab.html import button, choice, html
from purenet.lab.learning import Learning, check_can_learn, steps_to
from purenet.lab.nudge import Nudge, nudge_at
from purenet.lab.numbers import number_of, places, plain_data
from purenet.lab.sizes import checked, fitted, remove_example
from purenet.lab.starts import STARTS
from purenet.lab.state import LONGEST_ANSWER, TABS, State
from purenet.lab.stepping import Stepping, change_words, differing, shown
from purenet.storage.files import parse_json
from purenet.storage.json_text import json_text

TITLES = dict(zip(TABS, ("|Step| through", "|Nudge|", "Watch it |learn|", "|Break| it", "|Answer|")))
TRAININGS = ("train", "run", "go")
LONGEST_SENTENCE = 500  # characters
CHANGES = ("set", "bump", "choose", "more", "fewer", "draw", "hold", "take", "use", "data")


def answer(request):
    """Return the answer to a request; nothing raises an error that a person may cause."""
    try:
        return Answer(request).data()
    except NetworkError as error:
        return {"error": shortened(str(error))}
    except RecursionError:
        return {"error": "this is nested too deeply"}
    except ArithmeticError as error:
        return {"error": f"a number here becomes too large or too small to go on with ({type(error).__name__})"}


def shortened(sentence):
    """Return a sentence that may quote something long, cut where nobody would read on."""
    return sentence if len(sentence) <= LONGEST_SENTENCE else sentence[:LONGEST_SENTENCE] + "…"


class Answer:
    """The answer to one request, in the making."""

    def __init__(self, request):
        if not isinstance(request, dict):
            raise NetworkError("a request of the lab is a JSON object")
        self.name, self.value, self.do, address = [
            text_of(request.get(field, "")) for field in ("name", "value", "do", "state")
        ]
        self.request = request
        self.before = State.unpacked(address) if address else State()
        self.state, self.said, self.more = self.before, "", {}
        action = getattr(self, f"do_{self.do}", None)
        if action is None:
            raise NetworkError(f"the lab cannot do {quoted(self.do)}")
        action()

    def data(self):
        """Return the answer as data."""
        state = self.state
        marks, was = {"changed": [], "differs": []}, {}
        if state.before is not None:
            before = state.trace_before()
            marks["changed"] = differing(state.trace(), before)
            was = {symbol: shown(before.rows[symbol]) for symbol in marks["changed"] if symbol in before.rows}
            if self.do in CHANGES:
                self.said = change_words(marks["changed"], state.trace(), was, state.step)
        view = self.view()
        if isinstance(view, Breaking):
            marks, was = {"changed": [], "differs": view.differing}, {}
        if isinstance(view, Learning) and self.do in TRAININGS and "again" not in self.more:
            self.said = view.sentences()[0]
        parts = {
            "title": text(self.title()),
            "notes": markup(self.notes()),
            "open": markup([self.cases()]),
            "tabs": markup(self.tabs()),
            "controls": markup(view.controls()),
            "view": markup(view.view()),
            "fields": markup(Fields(state).html()),
        }
        changed = self.do in CHANGES and state.packed() != self.before.packed()
        return {
            "state": state.packed(),
            "parts": parts,
            "marks": marks,
            "was": was,
            "said": self.said,
            "undoable": changed,
            "is_new": self.do == "file" or self.do == "open" and "address" not in self.request,
            "heading": state.numbers.get("title", ""),
            **self.more,
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
            return Stepping(state.trace(), state.step)
        return {"nudge": Nudge, "break": Breaking, "answer": Answering}[state.tab](state)

    def title(self):
        """Return the title of the case, and whether it is no longer as it was opened."""
        state = self.state
        title = state.numbers.get("title") or state.case or "A case of your own"
        return f"{title} (changed)" if state.data is not None and state.case else title

    def tabs(self):
        """Return the buttons of the parts; on a phone, their last words are enough."""
        return [
            button(short_title(words), "tab", tab, aria_current="page" if tab == self.state.tab else None)
            for tab, words in TITLES.items()
        ]

    def notes(self):
        """Return what is to be known of the case here: that not all of it is traced."""
        state, notes = self.state, []
        steps, traced = len(state.the_case().batch_sizes), len(state.trace().quantities.batch_sizes)
        if steps > traced:
            notes.append(html("p", {}, f"Of {steps} training steps, the first {traced} can be stepped through."))
        return notes

    def cases(self):
        names = [(name, name) for name in case_names()]
        groups = [("To watch it learn", [(name, words) for name, (words, _) in STARTS.items()]), ("Cases", names)]
        chosen = self.state.case if self.state.case else ""
        return choice("open", "case", [("", "your own"), *groups] if not chosen else groups, chosen, "The example")

    # what a request may do: what is open

    def do_open(self):
        """Open a case by its name, data of a file, or the state in an address."""
        if "address" in self.request:
            self.state = State.unpacked(text_of(self.request["address"]))
        elif "data" in self.request:
            self.open_data(self.request["data"])
        else:
            name = text_of(self.request.get("case", "")) or self.value
            self.open_case(name)
        self.state.trace()

    def open_case(self, name):
        if name in STARTS:
            self.state = State(case=name, tab="learn")
        elif name in case_names():
            self.state = State(case=name, tab=self.before.tab)
        else:
            raise NetworkError(f"there is no case {name!r} in the lab")

    def open_data(self, data):
        where = "the file"
        if isinstance(data, str):
            data = parse_json(data, where)
        data = plain_data(Case(data, where))
        self.state = State(case="", data=checked(data, where))

    def do_file(self):
        """Open the text of a case file."""
        self.open_data(self.value)
        self.state.trace()

    def do_save(self):
        """Give the case back as the text of a file."""
        name = (self.state.case or "case") + ("-changed" if self.state.data is not None and self.state.case else "")
        text = json_text({"format_version": 1, "id": name, **self.state.file_data()}) + "\n"
        self.more["file"] = {"name": f"{name}.json", "text": text}
        self.said = f"Saved as {name}.json: `purenet walkthrough {name}.json` traces it."

    # changes of the case

    def change(self, data):
        """Go on with other data, if it makes a case that can be traced."""
        before = self.state.numbers
        data = checked(data, self.state.case)
        held_out = [fitted(example, data) for example in self.state.held_out]
        nudged = self.state.nudged if self.state.nudged in places(data) else ""
        self.state = self.state.but(
            data=data, before=before, held_out=held_out, nudged=nudged, done=0, shown=0, written={}, hints={}
        )
        self.state.trace()

    def do_set(self):
        self.change(numbers.with_number(self.state.numbers, self.name, self.value))

    def do_bump(self):
        self.change(numbers.with_next_digit(self.state.numbers, self.name, self.value))

    def do_choose(self):
        self.change(numbers.with_choice(self.state.numbers, self.name, self.value))

    def do_more(self):
        self.state = self.state.but(drawn=self.state.drawn + 1)
        self.change(sizes.with_more(self.state.numbers, self.name, self.state.drawn))

    def do_fewer(self):
        self.change(sizes.with_fewer(self.state.numbers, self.name, self.state.drawn))

    def do_draw(self):
        self.state = self.state.but(drawn=self.state.drawn + 1)
        self.change(sizes.with_drawn_weights(self.state.numbers, self.state.drawn))

    def do_hold(self):
        """Hold an example out of the training."""
        data = copy.deepcopy(self.state.numbers)
        example = remove_example(data, self.name)
        self.state = self.state.but(held_out=[*self.state.held_out, example])
        self.change(data)

    def do_take(self):
        """Train on an example that was held out."""
        held_out = list(self.state.held_out)
        number = number_of(self.name, range(1, len(held_out) + 1), "example held out with the number")
        data = sizes.with_more(self.state.numbers, "example", 0)
        data["examples"][-1] = held_out.pop(number - 1)
        self.state = self.state.but(held_out=held_out)
        self.change(data)

    def do_use(self):
        """Go on with the weights of the training step that is shown."""
        learning = Learning(self.state)
        if not learning.advance():
            self.more["again"] = {"do": "use", "name": "", "value": ""}
            return
        network = learning.shown.network_at(learning.point)
        self.change(numbers.with_weights_of(self.state.numbers, network))
        self.state = self.state.but(tab="step", step=1)

    # what is seen of it

    def do_tab(self):
        self.state = self.state.but(tab=self.name)

    def do_step(self):
        self.state = self.state.but(step=max(1, whole_number(self.value)))
        if self.state.tab in ("step", "answer"):
            self.said = Stepping(self.state.trace(), self.state.step).title

    def do_nudge(self):
        """Move the number by the place of the slider."""
        self.state = self.state.but(nudge=nudge_at(whole_number(self.value)))

    def do_nudge_what(self):
        self.state = self.state.but(nudged=self.value)

    def do_train(self):
        self.state = steps_to(self.state, whole_number(self.value))

    def do_go(self):
        """Go on with the training that was asked for."""

    def do_run(self):
        """Train for as long as one answer may take, and ask again."""
        learning = Learning(self.state)
        is_over = all([course.advance(MOST_STEPS) for course in learning.courses])
        done = min([course.step for course in learning.courses if not course.stopped] or [learning.shown.step + 1])
        self.state = self.state.but(done=done, shown=done)
        if not is_over:
            self.more["again"] = {"do": "run", "name": "steps", "value": ""}

    def do_look(self):
        """Look back at one of the points of the training."""
        points = Learning(self.state).points
        self.state = self.state.but(shown=points[max(0, min(whole_number(self.value), len(points) - 1))].step)

    def do_mistake(self):
        self.state = self.state.but(mistake=self.value, done=0, shown=0)
        self.state = self.state.but(step=Breaking(self.state).first_step)

    def do_see(self):
        """Show a mistake that an answer may be."""
        self.state = self.state.but(mistake=self.name if self.name in CATALOGUE else "", tab="break", done=0, shown=0)

    def do_answer(self):
        written = {name: digits for name, digits in self.state.written.items() if name != self.name}
        if len(self.value.strip()) > LONGEST_ANSWER:
            raise NetworkError(
                f"an answer has at most {LONGEST_ANSWER} characters, and this has {len(self.value.strip()):,}"
            )
        if self.value.strip():
            written[self.name] = self.value.strip()
        self.state = self.state.but(written=written)
        remark = Answering(self.state).remarks.get(self.name)
        self.said = "" if remark is None else f"{remark.symbol} is {'right' if remark.is_right else 'not right'}."

    def do_hint(self):
        hints = dict(self.state.hints)
        hints[self.name] = min(len(HINTS), hints.get(self.name, 0) + 1)
        self.state = self.state.but(hints=hints)


def short_title(words):
    """Return a title as an element, in which only what is between bars is shown on a phone."""
    before, short, after = words.split("|")
    long = [html("span", {"class": "long"}, part) if part else "" for part in (before, after)]
    return html("span", {}, long[0], short, long[1])


def markup(children):
    """Return elements as text."""
    children = children if isinstance(children, list) else [children]
    return "".join(map(str, children))


def text(words):
    return str(html("span", {}, words))


def text_of(value):
    """Return a text of a request; raise NetworkError for anything else."""
    if not isinstance(value, str):
        raise NetworkError("the fields of a request are texts")
    return value


def whole_number(text):
    try:
        number = int(text)
    except ValueError:
        raise NetworkError(f"{quoted(text)} is not a whole number") from None
    if abs(number) > 10**6:
        raise NetworkError(f"{quoted(text)} is too large a number here")
    return number
