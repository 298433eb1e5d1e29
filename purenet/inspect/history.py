"""The history of a training: a list of its epochs that prints as a table."""

from collections import namedtuple

from purenet.arithmetic.notation import number_text
from purenet.document.formats import DEFAULT_WIDTH, SHOWN_DIGITS, Section, check_options, to_csv, to_json, write
from purenet.document.notebook_display import Shown
from purenet.document.table import Table
from purenet.errors import INFINITY
from purenet.inspect.accuracy import accuracy, mean_loss
from purenet.training import Epoch

MeasuredEpoch = namedtuple("MeasuredEpoch", [*Epoch._fields, "held_out_loss", "held_out_accuracy"])


def measured(epochs, network, held_out):
    """Yield the epochs of a training, each with the loss and the accuracy of the network after it on other examples."""
    for epoch in epochs:
        yield measured_epoch(epoch, network, held_out)


def measured_epoch(epoch, network, held_out):
    """Return an epoch with the mean loss and the accuracy of a network on examples that it does not learn from."""
    return MeasuredEpoch(*epoch, mean_loss(network, held_out), accuracy(network, held_out))


class History(Shown, list):
    """A list of the epochs that `train` yields: History(train(…)). Its tables show epochs 1, 2, 5, 10, … and the last.

    History(measured(train(…), network, examples)) has the loss and the accuracy on examples that are held out, too.

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
        if format == "json":
            return to_json([dict(zip(self.headers(), epoch)) for epoch in self], ascii)
        if format == "csv":
            return to_csv(self.headers(), self)
        return write(self.sections(format), format, width, ascii)

    def headers(self):
        """Return the names of the numbers of an epoch."""
        fields = MeasuredEpoch._fields if self.held_out() else Epoch._fields
        return ["epoch", *fields[1:]]

    def held_out(self):
        """Return the epochs with the loss and the accuracy on examples that are held out, if they were measured."""
        measured = [epoch for epoch in self if isinstance(epoch, MeasuredEpoch)]
        return [Epoch(epoch.number, epoch.held_out_loss, epoch.held_out_accuracy) for epoch in measured]

    def sections(self, format):
        """Return the table as a section, the same one in every format."""
        headers = [name.replace("held_out_", "held-out ") for name in self.headers()]
        rows = [
            [str(epoch.number), *figures(epoch[1:])]
            for place, epoch in enumerate(self, start=1)
            if str(epoch.number).rstrip("0") in ("1", "2", "5") or place == len(self)
        ]
        table = Table(headers, rows, [(n,) for n in range(len(headers))], plain=headers)
        return [Section(f"History of {len(self)} epochs", table=table)]

    def pictures(self):
        """Return the curve, for a notebook; nothing where there is no epoch, or a loss is not finite."""
        epochs = [*self, *self.held_out()]
        return {0: self.picture()} if self and all(-INFINITY < epoch.loss < INFINITY for epoch in epochs) else {}

    def picture(self, accuracy=True, held_out=None):
        """Return the curve of the loss, and of the accuracy if wanted, as the text of an SVG file.

        `held_out` is a list of epochs with the loss and the accuracy on other examples, for a second curve; by default,
        those that were measured.
        """
        from purenet.drawing.loss_curve import loss_curve

        return loss_curve(self, accuracy, self.held_out() if held_out is None else held_out)

    def __str__(self):
        return self.to("text")


def figures(numbers):
    """Return losses and accuracies, in turn, as texts."""
    return [f"{100 * value:.1f} %" if n % 2 else number_text(value, SHOWN_DIGITS) for n, value in enumerate(numbers)]
