"""What a request does: it opens a case, changes it, or chooses what is seen of it. Each `do_…` makes the next state."""

import copy

from purenet.cases import Case, case_names
from purenet.errors import NetworkError, count, quoted
from purenet.golden.mistakes import CATALOGUE
from purenet.lab import numbers, sizes
from purenet.lab.answering import HINTS, Answering
from purenet.lab.breaking import Breaking
from purenet.lab.course import MOST_STEPS
from purenet.lab.learning import Learning, next_frame, steps_to
from purenet.lab.matrix_stepping import same_step, stepping
from purenet.lab.nudge import nudge_at
from purenet.lab.numbers import number_of, places, plain_data
from purenet.lab.sizes import checked, fitted, remove_example
from purenet.lab.starts import STARTS
from purenet.lab.state import LONGEST_ANSWER, State
from purenet.storage.files import parse_json
from purenet.storage.json_text import json_text


class Action:
    """A request, done: `before` and `state` are the states before and after it, `said` is a sentence about it.

    `more` is what else an answer has: a file to save, or a request to send again.
    """

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

    def do_back(self):
        """Go back to the case of an earlier state, at the part and the step that are shown."""
        earlier = State.unpacked(text_of(self.request.get("address", "")))
        self.state = earlier.but(tab=self.before.tab, step=self.before.step)
        self.state.trace()

    def do_reset(self):
        """Go back to the case as it was opened: one of a file is the state in the request's address."""
        if not self.before.case:
            return self.do_back()
        self.state = State(case=self.before.case, tab=self.before.tab, step=self.before.step)

    def do_file(self):
        """Open the text of a case file."""
        self.open_data(self.value)
        self.state.trace()

    def do_save(self):
        """Give the case back as the text of a file."""
        state = self.state
        name, data = (state.case or "case") + "-changed" * state.is_changed, state.file_data()
        if state.is_changed and data.get("title"):
            data["title"] += " (changed)"
        text = json_text({"format_version": 1, "id": name, **data}) + "\n"
        self.more["file"] = {"name": f"{name}.json", "text": text}
        self.said = f"Saved as {name}.json: `purenet walkthrough {name}.json` traces it."

    # changes of the case

    def change(self, data):
        """Go on with other data, if it makes a case that can be traced."""
        before = self.state.numbers
        data = checked(data, self.state.case)
        held_out = [fitted(example, data) for example in self.state.held_out]
        nudged = self.state.nudged if self.state.nudged in places(data) else ""
        if len(before["examples"]) != len(data["examples"]):
            before = None  # examples have other numbers now, so their numbers cannot be compared by name
            self.said = f"The case has {count(len(data['examples']), 'example')} now, and {len(held_out)} held out."
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
        if self.name == "answer":
            self.state = self.state.but(step=Answering(self.state).first_step)

    def do_turn(self):
        """Go some steps on or back."""
        self.value = str(self.before.step + whole_number(self.value))
        self.do_step()

    def do_step(self):
        self.state = self.state.but(step=max(1, whole_number(self.value)))
        if self.state.tab in ("step", "answer"):
            self.said = stepping_of(self.state).title

    def do_show(self):
        """Show the step in another way."""
        way = State(way=self.value).way
        step = same_step(stepping_of(self.state), self.state.trace(), way)
        self.state = self.state.but(way=way, step=step)
        self.said = stepping_of(self.state).title

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
        """Train some steps more, so few that one can watch it, and ask again."""
        learning = Learning(self.state)
        goal = next_frame(self.state.done)
        is_over = all([course.advance(goal) for course in learning.courses]) and goal == MOST_STEPS
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


def stepping_of(state):
    """Return the step that is shown."""
    way = state.way if state.tab == "step" else "numbers"
    return stepping(state.trace(), state.step, way)


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
