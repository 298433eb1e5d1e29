"""The history of a training: a list of its epochs that prints as a table."""

from purenet.arithmetic.notation import number_text
from purenet.document.formats import DEFAULT_WIDTH, SHOWN_DIGITS, Section, check_options, to_csv, to_json, write
from purenet.document.notebook_display import Shown
from purenet.document.table import Table
from purenet.errors import INFINITY


class History(Shown, list):
    """A list of the epochs that `train` yields: History(train(…)). Its tables show epochs 1, 2, 5, 10, … and the last.

    >>> from purenet import Identity, Layer, Network, Neuron, train
    >>> network = Network([Layer([Neuron([0.0], 0.0, Identity())])])
    >>> print(History(train(network, [([1.0], [1.0]), ([0.0], [0.0])], learning_rate=0.5, epochs=3)))
    History of 3 epochs
    <BLANKLINE>
    epoch    loss       accuracy
    -------  ---------  ----------
    1        0.3125      50.0 %
    2        0.0507812  100.0 %
    3        0.0285645  100.0 %
    <BLANKLINE>
    """

    def to(self, format, width=DEFAULT_WIDTH, ascii=False):
        """Return the table in a format: text, markdown, latex or html; or every epoch in json or csv."""
        check_options(format, width)
        headers = ["epoch", "loss", "accuracy"]
        if format == "json":
            return to_json([dict(zip(headers, epoch)) for epoch in self], ascii)
        if format == "csv":
            return to_csv(headers, self)
        return write(self.sections(format), format, width, ascii)

    def sections(self, format):
        """Return the table as a section, the same one in every format."""
        headers = ["epoch", "loss", "accuracy"]
        rows = [
            [str(epoch.number), number_text(epoch.loss, SHOWN_DIGITS), f"{100 * epoch.accuracy:.1f} %"]
            for place, epoch in enumerate(self, start=1)
            if str(epoch.number).rstrip("0") in ("1", "2", "5") or place == len(self)
        ]
        table = Table(headers, rows, [(0,), (1,), (2,)], plain=headers)
        return [Section(f"History of {len(self)} epochs", table=table)]

    def pictures(self):
        """Return the curve, for a notebook; nothing where there is no epoch, or a loss is not finite."""
        return {0: self.picture()} if self and all(-INFINITY < epoch.loss < INFINITY for epoch in self) else {}

    def picture(self, accuracy=True, held_out=()):
        """Return the curve of the loss, and of the accuracy if wanted, as the text of an SVG file.

        `held_out` is a list of epochs with the loss and the accuracy on other examples, for a second curve.
        """
        from purenet.drawing.loss_curve import loss_curve

        return loss_curve(self, accuracy, held_out)

    def __str__(self):
        return self.to("text")
