"""The picture of a network with the numbers that are given, and room for those that somebody computes."""

from purenet.drawing.palette import style_sheet
from purenet.errors import count
from purenet.trace.step_drawing import DONE, NOT_YET
from purenet.trace.step_pictures import STEP_STYLES, Pictures, listed


class GivenPictures(Pictures):
    """The pictures of a trace in which no number that is computed is known."""

    legend = {}

    def state(self, symbol, number):
        return DONE if self.is_known(symbol, number) else NOT_YET

    def is_known(self, symbol, number):
        row = self.trace.rows.get(symbol)
        return not row.formula if row else symbol not in self.results

    def title(self, step):
        sizes = "-".join(map(str, self.trace.quantities.sizes))
        return f"The network {sizes} with the given numbers"

    def description(self, step):
        given = {row.symbol: row.in_a_picture for row in self.trace.rows.values() if not row.formula}
        asked = {row.symbol for step in self.trace.steps for row in step.rows if row.formula}
        return f"Given: {listed(given, len(given))}. To be computed: {count(len(asked), 'number')}."


def given_picture(trace, prefix="given", style=""):
    """Return the picture of what a trace is given as an element; the ids in it begin with a prefix."""
    return GivenPictures(trace).element(trace.steps[0], prefix, style=style)


def given_picture_file(trace):
    """Return the same as the text of an SVG file."""
    return f"{given_picture(trace, style=style_sheet(*STEP_STYLES))}\n"
