"""Watch it learn: steps of training, their loss, and the network at each of them. Read course.py first."""

from purenet.drawing.loss_curve import LOSS_HEIGHT
from purenet.drawing.network_diagram import Diagram
from purenet.drawing.neuron_maps import SIDE, neuron_maps
from purenet.drawing.svg import Element, svg_picture
from purenet.drawing.text import shown_number
from purenet.errors import NetworkError
from purenet.lab.charts import Chart, figure, wide_figure
from purenet.lab.course import MOST_STEPS, course_of
from purenet.lab.html import button, html, number_table, slider

MOST_LINES = 16  # examples in the table, and neurons with a map
LONG = html("span", {"class": "long"}, "steps")
BUTTONS = (1, 10, 100, 1000)
COLOURS = (
    "Blue is an output over ½ of a sigmoid, softmax or threshold, or over 0 of another neuron; yellow is below. "
    "Discs are examples whose first target is over ½."
)


class Learning:
    """The training of a state, as far as it has come."""

    def __init__(self, state):
        self.state = state
        self.case = state.the_case()
        self.course = self.course_with("")
        self.wrong = self.course_with(state.mistake) if state.mistake else None

    def course_with(self, mistake):
        held_out = tuple((tuple(inputs), tuple(targets)) for inputs, targets in held_out_pairs(self.state))
        return course_of(self.state.text, self.state.case, held_out, mistake)

    def advance(self):
        """Train until the steps that are asked for are done; return whether they are."""
        return all([course.advance(self.state.done) for course in self.courses])

    @property
    def courses(self):
        return [self.course, self.wrong] if self.wrong else [self.course]

    @property
    def shown(self):
        """The course that is shown: that of the mistake, if there is one."""
        return self.wrong or self.course

    def points_of(self, course):
        """Return the points up to the steps that are asked for: a course that is remembered may have gone further."""
        return [point for point in course.points if point.step <= self.state.done]

    @property
    def points(self):
        return self.points_of(self.shown)

    @property
    def step(self):
        """The number of steps that are done."""
        return min(self.state.done, self.shown.step)

    @property
    def point(self):
        return [point for point in self.points if point.step <= self.state.shown][-1]

    # what is seen

    def controls(self):
        """Return the buttons, and the slider back over the steps."""
        points = self.points
        at = points.index(self.point)
        steps = [button(f"{n:,}", "train", value=str(n), aria_label=f"{n:,}: train so many steps") for n in BUTTONS]
        run = button("Run", "run", title="Train until it is paused")
        line = html("p", {"class": "controls-line"}, html("span", {}, "Train"), " ", *steps, LONG, run)
        words = f"{self.point.step:,} of {self.step:,}"
        heard = f"step {words}: loss {shown_number(self.point.loss)}"
        places = slider("look", "Look back over the steps", len(points) - 1, at, heard)
        again = button("Restart", "train", value="0", title="Go back to the starting weights")
        return [line, html("p", {"class": "controls-line"}, again, places, html("output", {}, words))]

    def view(self):
        """Return the loss, the maps of the neurons, the network, and what it answers."""
        network = self.shown.network_at(self.point)
        words = [html("p", {}, sentence) for sentence in self.sentences()]
        figures = [figure("The loss, step by step", self.curve())]
        maps = list(neuron_maps(network, self.case.pairs() + held_out_pairs(self.state)).values())[:MOST_LINES]
        if maps:
            figures.append(figure("What each neuron sends on, over the inputs", picture_of_maps(maps), COLOURS))
        diagram = Diagram(network)
        size = diagram.width + 8, diagram.height + 8
        drawn = svg_picture(*size, "The network", "Its weights as lines.", diagram.elements(), prefix="network")
        figures.append(wide_figure("The weights: the wider, the larger; broken lines are negative", drawn))
        words_of_use = "Put the weights of this step into the network, to trace its next step"
        use = html("p", {}, button("Use these weights", "use", title=words_of_use))
        return [*words, html("div", {"class": "figures"}, *figures, html("div", {}, self.answers(), use))]

    def sentences(self):
        """Return in words how far the training has come."""
        point, first = self.point, self.shown.points[0]
        words = [
            f"After {point.step:,} step{'s' * (point.step != 1)}, the mean loss of the examples is {shown_number(point.loss)}."
        ]
        if point.step:
            words[0] = words[0][:-1] + f"; at the start it was {shown_number(first.loss)}."
        if point.held_out is not None:
            words.append(f"Over the examples held out it is {shown_number(point.held_out)}.")
        if self.wrong:
            right = self.course.point(point.step)
            words.append(
                f"This is the program with the mistake {self.state.mistake}; without it, it is {shown_number(right.loss)}."
            )
        words += [course.stopped for course in self.courses if self.state.done > course.step and course.stopped]
        return words

    def curves(self):
        """Return the curves: a class, words and pairs of a step and a loss."""
        points, cycle = self.points, len(self.shown.batches)
        if points[-1].step >= 4 * cycle:  # after each pass over the examples: between, their losses go up and down
            points = [p for p in points if p.step % cycle == 0 or p is points[-1]]
        found = [("curve", "with the mistake" if self.wrong else "examples", [(p.step, p.loss) for p in points])]
        if points[0].held_out is not None:
            found.append(("curve third", "held out", [(p.step, p.held_out) for p in points]))
        if self.wrong:
            found.append(
                ("curve second", "without the mistake", [(p.step, p.loss) for p in self.points_of(self.course)])
            )
        return found

    def curve(self):
        """Return the losses as a picture, with a mark at the step that is shown."""
        last = max(1, self.step)
        chart = Chart((0, last), self.curves(), "step", "mean loss", whole=True)
        chart.elements.append(
            Element("path", {"class": "here", "d": f"M{chart.across(self.point.step):.2f} 0v{LOSS_HEIGHT}"})
        )
        chart.dot("dot", self.point.step, self.point.loss)
        return chart.picture("The loss", " ".join(self.sentences()), "loss")

    def answers(self):
        """Return a table of the targets and the outputs."""
        network = self.shown.network_at(self.point, self.shown.number)
        examples = self.shown.examples[:MOST_LINES]
        names = [neuron.name for neuron in network.layers[-1].neurons]
        rows = []
        for inputs, targets in [*examples, *self.shown.held_out]:
            outputs = network.forward(inputs)
            rows.append([", ".join(map(shown_number, numbers)) for numbers in (inputs, targets, outputs)])
        for row in rows[len(examples) :]:
            row[0] += " (held out)"
        headers = ["inputs", "targets", f"outputs ({', '.join(names)})"]
        return number_table("Targets and outputs", headers, rows)


def held_out_pairs(state):
    """Return the examples that are held out, pairs of inputs and targets."""
    return [
        ([float(y) for y in example["inputs"]], [float(t) for t in example.get("targets", [])])
        for example in state.held_out
    ]


def check_can_learn(case):
    """Raise NetworkError if nothing can be trained."""
    if case.learning_rate is None or case.examples[0][1] is None:
        raise NetworkError("nothing can be trained here: there is no learning rate, or there are no targets")


def steps_to(state, steps):
    """Return the state with so many more training steps to do, the last of which is shown; 0 is back to the start."""
    done = max(0, min(MOST_STEPS, state.done + steps)) if steps else 0
    return state.but(done=done, shown=done)


def next_frame(done):
    """Return the step at which a training that runs is shown again: at most a tenth further, one of those that are kept.

    >>> next_frame(0), next_frame(99), next_frame(100), next_frame(2700)
    (1, 107, 110, 2900)
    """
    spacing = 10 ** max(0, len(str(done)) - 2)
    return min(MOST_STEPS, done + spacing * max(1, done // spacing // 12))


def picture_of_maps(maps):
    """Return the maps side by side, as many in a row as there is room for."""
    across, pitch = min(3, len(maps)), SIDE + 20
    elements = []
    for n, drawn in enumerate(maps):
        place = f"translate({n % across * pitch + 10} {n // across * (pitch + 26) + 20})"
        elements.append(Element("g", {"transform": place}, drawn))
    size = across * pitch, -(-len(maps) // across) * (pitch + 26)
    return svg_picture(*size, "What each neuron sends on", COLOURS, elements, prefix="maps")
