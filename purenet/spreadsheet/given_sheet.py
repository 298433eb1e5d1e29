"""The first sheet: the given numbers, which may be changed, and the losses that come of them."""

import re

from purenet.arithmetic.notation import Symbol
from purenet.errors import count
from purenet.spreadsheet.cells import SheetWriter
from purenet.spreadsheet.look import lay_out
from purenet.trace.text_pages import given_words, marks_words

WIDTHS = {"A": 14, "B": 24, "C": 50}
BLOCKS = ("Inputs and targets", "Weights and biases", "What is remembered of them", "Settings")
KINDS = {
    "output": "input",
    "targets": "target",
    "weights": "weight",
    "biases": "bias",
}


class GivenSheet(SheetWriter):
    """The sheet before those of the training."""

    def write(self):
        """Write the sheet; the others can follow, for now all given numbers have cells."""
        self.title(self.trace.title)
        for sentence in sentences(self.book):
            self.words(sentence, len(WIDTHS), 95)
        self.row += 1
        self.headers(["symbol", "number", "    what it is"], numeric=[2])
        headers, block, shared = self.row, None, shared_biases(self.trace.network)
        for quantity, place in sorted(self.book.given.values(), key=lambda given: block_of(given[0])):
            if block_of(quantity) != block:
                block = block_of(quantity)
                self.heading(BLOCKS[block], len(WIDTHS))
            self.write_given(quantity, quantity.symbol(place), shared)
        self.write_losses()
        lay_out(self.sheet, WIDTHS, "D", f"A{headers + 1}", f"{headers}:{headers}", "portrait")

    def write_given(self, quantity, symbol, shared):
        """Write the row of a given number; a bias that is shared follows that of the first neuron."""
        self.row += 1
        self.put(1, str(symbol), "symbol")
        if str(symbol) in shared:
            cell = self.compute(2, self.book.name(shared[str(symbol)]), "linked")
        else:
            number = float(self.trace.rows[str(symbol)].value)
            cell = self.styled(self.sheet.cell(self.row, 2, number), "given")
        self.call(self.book.name(symbol), cell)
        self.put(3, meaning(quantity, symbol, sum(self.trace.quantities.batch_sizes) > 1), "meaning")
        self.remember_text(4, symbol)

    def write_losses(self):
        """Write the losses, so that the effect of a change is seen at once."""
        losses = [row.quantity.symbol for row in self.trace.rows.values() if row.quantity.symbol.base in ("E", "L")]
        if losses:
            self.heading("What comes of it", len(WIDTHS))
        for symbol in losses:
            self.row += 1
            self.put(1, str(symbol), "symbol")
            self.compute(2, self.book.shown_name(symbol), "result")
            self.put(3, loss_words(symbol, len(self.trace.quantities.batch_sizes) > 1), "meaning")


def sentences(book):
    """Return what the first sheet says above its table."""
    trace = book.trace
    words = [
        "Change the blue numbers: all sheets follow, the formulas in their tables too. Every cell is called by its symbol in "
        "ASCII, as in =w_i1j1*y_i1+b_j1; w_i1j1_new is w_i1j1⁺, and y_j1_ex2 is y_j1⁽²⁾.",
        given_words(trace)[0],
        *marks_words(trace),
    ]
    if book.pencil:
        mode = ", rounded half up" if book.pencil.always_half_up else ""
        words.append(
            f"By hand: {book.pencil.words()}{mode}, and the rounded numbers are used from there on. Cells compute in floats, "
            f"and a person in decimals: within a billionth of the last place, a number counts as halfway. hand_y_j1 is y_j1 by hand."
        )
    elif trace.pencil:
        words.append(
            "The case rounds parts of formulas by hand, which have no cells of their own: so this is full precision alone."
        )
    return words


def block_of(quantity):
    """Return the number of the block to which a given quantity belongs."""
    if quantity.kind in ("output", "targets"):
        return 0
    return 3 if quantity.layer is None else 1 if quantity.kind in KINDS else 2


def shared_biases(network):
    """Return for the printed symbols of biases that a layer shares, but for the first, the Symbol of that."""
    layers = [layer for layer in network.layers if getattr(layer, "shares_bias", False)]
    return {
        str(Symbol("b", neuron.name)): Symbol("b", layer.neurons[0].name)
        for layer in layers
        for neuron in layer.neurons[1:]
    }


def meaning(quantity, symbol, several):
    """Return what a given number is, in words."""
    kind = KINDS.get(quantity.kind) or start_words(quantity)
    neurons = re.findall("[a-z]+[0-9]+", symbol.subscript)
    if len(neurons) == 2:
        return f"{kind} from {neurons[0]} to {neurons[1]}"
    if quantity.kind in ("output", "targets"):
        return f"{kind} {symbol.subscript}" + (f" of example {quantity.example}" if several else "")
    return f"{kind} of {symbol.subscript}" if neurons else kind


def start_words(quantity):
    """Return what a setting is, or what a descent remembers at the start: "velocity at the start, of the weight"."""
    words = quantity.kind.replace("_", " ")
    if quantity.layer is None:
        return words
    part, _, memory = words.partition(" ")
    memory = {"velocities": "velocity"}.get(memory, memory.removesuffix("s"))
    return f"{memory} at the start, of the {part}"


def loss_words(symbol, several):
    """Return what a loss is, in words; `several` says whether there are several training steps."""
    words = "loss with the penalty" if symbol.base == "L" else "loss"
    if symbol.example is not None:
        words += f" of example {symbol.example}"
    if symbol.after:
        words += f" after {count(symbol.after, 'training step')}" if several else " after the training step"
    return words
