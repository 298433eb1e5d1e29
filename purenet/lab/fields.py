"""The fields in which the numbers of a case are changed: its settings, its layers and its examples."""

from purenet.arithmetic.notation import Symbol
from purenet.checks import layer_letter
from purenet.lab.html import button, choice, html, number_field, scrolled, symbol_html, table
from purenet.lab.numbers import ROUNDINGS
from purenet.storage.network_json import ACTIVATIONS, LOSSES
from purenet.trace.quantities import SETTINGS

GRADIENTS = [("mean", "mean of the examples"), ("sum", "sum over the examples")]
BIASES = [("yes", "with biases"), ("no", "without biases")]
TRAINED = [("yes", "are trained"), ("no", "stay as they are")]


class Fields:
    """The fields of a state's case."""

    def __init__(self, state):
        self.state, self.data = state, state.numbers
        self.layers = self.data["network"]["layers"]
        self.trains = "learning_rate" in self.data

    def html(self):
        """Return all fields, in groups."""
        layers = [self.layer(number) for number in range(1, len(self.layers) + 1)]
        hint = (
            "You can also press a number in the picture that has dots under it. The keys ↑ and ↓ change the last digit."
        )
        return [
            html("p", {"class": "note"}, hint),
            *layers,
            self.more_layers(),
            self.examples(),
            self.held_out(),
            self.settings(),
        ]

    def settings(self):
        lines = [("Loss", choice("choose", "loss", [(n, n) for n in LOSSES], self.data["network"]["loss"], "Loss"))]
        if self.trains:
            for symbol, field in SETTINGS.items():
                if field not in self.data:
                    continue
                words = html("span", {}, f"{field.replace('_', ' ')} ".capitalize(), symbol_html(symbol))
                lines.append((words, number_field(symbol, self.data[field])))
            if any(bias is not None for layer in self.layers for bias in layer["biases"]):
                trained = "yes" if self.data["trained_biases"] else "no"
                lines.append(("Biases", choice("choose", "trained", TRAINED, trained, "Biases")))
        if "batch_sizes" in self.data:
            sizes = self.data["batch_sizes"]
            batch = number_field("batch", max(sizes), "choose", label="Examples for each step")
            lines.append(("Examples for each step", batch))
            lines.append(
                ("Gradient of a step", choice("choose", "gradient", GRADIENTS, self.data["gradient"], "Gradient"))
            )
        lines.append(("By hand", choice("choose", "rounding", *self.rounding(), "Rounding by hand")))
        rows = [html("div", {"class": "field-line"}, html("span", {}, words), " ", field) for words, field in lines]
        return group("Settings", *rows)

    def rounding(self):
        """Return the ways to round by hand, and the one that is chosen."""
        rules = self.data.get("rounding")
        names = list(ROUNDINGS.items())
        if rules is None:
            return names, "none"
        if type(rules) is int:
            rules = {"decimals": rules}
        chosen = " ".join(map(str, next(iter(rules.items())))) if len(rules) == 1 else ""
        return (names, chosen) if chosen in ROUNDINGS else ([*names, ("", "as the case says")], "")

    def layer(self, number):
        """Return the weights and biases of a layer, a row for each neuron."""
        layer = self.layers[number - 1]
        before, letter = layer_letter(number - 1), layer_letter(number)
        inputs = len(layer["weights"][0])
        has_biases = any(bias is not None for bias in layer["biases"])
        headers = ["to", *[f"{before}{i + 1}" for i in range(inputs)], *(["bias"] if has_biases else [])]
        rows = []
        for j, (weights, bias) in enumerate(zip(layer["weights"], layer["biases"])):
            name = f"{letter}{j + 1}"
            cells = [number_field(str(Symbol("w", f"{before}{i + 1}{name}")), w) for i, w in enumerate(weights)]
            if has_biases:
                cells.append(html("span", {}, "–") if bias is None else number_field(str(Symbol("b", name)), bias))
            rows.append([name, *cells])
        names = layer["activation"]
        options = [(name, name) for name in ACTIVATIONS]
        chosen = names if isinstance(names, str) else ""
        options += [] if chosen else [("", "one for each neuron")]
        title = f"Layer {letter.upper()}"
        last = number == len(self.layers)
        kind = choice("choose", f"activation {number - 1}", options, chosen, f"Activation of {title}")
        bias = choice("choose", f"biases {number - 1}", BIASES, "yes" if has_biases else "no", f"Biases of {title}")
        weights = table(f"Weights of {title}, from the columns to the rows", headers, rows)
        words = html("div", {"class": "pair"}, kind, " ", bias)
        return group(
            f"{title}, the {'outputs' if last else 'hidden neurons'}",
            words,
            scrolled(f"Weights of {title}", weights, tabindex=None),
            self.size_of(number, f"in {title}"),
        )

    def size_of(self, number, where):
        """Return the buttons for a neuron more and one less."""
        thing = "a neuron" if number else "an input"
        name = thing.split()[-1]
        add = button(f"+ {name}", "more", f"neuron {number}", aria_label=f"+ {name} {where}")
        remove = button(f"− {name}", "fewer", f"neuron {number}", aria_label=f"− {name} {where}, the last one")
        return html("div", {"class": "buttons"}, add, " ", remove)

    def more_layers(self):
        """Return the buttons for a hidden layer more and one less, and for other weights."""
        add = button("+ hidden layer", "more", "layer")
        remove = button("− hidden layer", "fewer", "layer", aria_label="− hidden layer, the last one")
        draw = button("Draw other weights", "draw", title="Draw other starting weights")
        return html("div", {"class": "buttons"}, add, *([" ", remove] if len(self.layers) > 1 else []), " ", draw)

    def examples(self):
        """Return the inputs and targets, a row for each example."""
        examples, rows = self.data["examples"], []
        last = layer_letter(len(self.layers))
        kinds = (("inputs", "y", "i"), ("targets", "t", last))
        headers = [html("span", {"class": "spoken"}, "example")]
        for field, base, letter in kinds:
            headers += [symbol_html(Symbol(base, f"{letter}{n + 1}")) for n in range(len(examples[0].get(field, [])))]
        for number, example in enumerate(examples, start=1):
            mark = number if len(examples) > 1 else None
            cells = [
                number_field(str(Symbol(base, f"{letter}{n + 1}", 0, mark)), value)
                for field, base, letter in kinds
                for n, value in enumerate(example.get(field, []))
            ]
            rows.append([f"{number}", *cells, *self.example_buttons(number)])
        headers += [html("span", {"class": "spoken"}, words) for words in ("hold out", "remove") if len(rows) > 1]
        table_ = table("Inputs and targets of the examples", headers, rows, class_="examples")
        add = button("+ example", "more", "example")
        return group(
            "Examples: inputs and targets",
            scrolled("Examples", table_, tabindex=None),
            html("div", {"class": "buttons"}, add, " ", self.size_of(0, "to each example")),
        )

    def example_buttons(self, number):
        """Return the buttons of an example, if there are others."""
        if len(self.data["examples"]) == 1:
            return []
        words = "Do not train on it, only measure the loss there"
        hold = button("out", "hold", str(number), aria_label=f"out: hold out example {number}", title=words)
        remove = button("✕", "fewer", f"example {number}", aria_label=f"Remove example {number}", title="Remove it")
        return [hold, remove]

    def held_out(self):
        """Return the examples that are not trained on."""
        lines = []
        for number, example in enumerate(self.state.held_out, start=1):
            words = ", ".join(map(str, example["inputs"])) + " → " + ", ".join(map(str, example.get("targets", [])))
            take = button("train on it", "take", str(number), aria_label=f"train on example {number} of those held out")
            lines.append(html("div", {"class": "field-line"}, html("span", {}, words), " ", take))
        return group("Held out of the training", *lines) if lines else html("span")


def group(title, *children):
    """Return a group of fields with its title."""
    return html("fieldset", {}, html("legend", {}, title), *children)
