"""The fields in which the numbers of a case are changed: its settings, its layers and its examples."""

from purenet.arithmetic.notation import Symbol
from purenet.checks import layer_letter
from purenet.lab.html import button, choice, html, number_field, symbol_html, table
from purenet.lab.numbers import ROUNDINGS, SETTINGS
from purenet.storage.network_json import ACTIVATIONS, LOSSES

GRADIENTS = [("mean", "mean of the examples"), ("sum", "sum over the examples")]
BIASES = [("yes", "with biases"), ("no", "without biases")]


class Fields:
    """The fields of a state's case."""

    def __init__(self, state):
        self.state, self.data = state, state.numbers
        self.layers = self.data["network"]["layers"]
        self.trains = "learning_rate" in self.data

    def html(self):
        """Return all fields, in groups."""
        layers = [self.layer(number) for number in range(1, len(self.layers) + 1)]
        more = html("p", {}, button("Add a hidden layer", "more", "layer"), " ", self.fewer_layers())
        return [*layers, more, self.examples(), self.held_out(), self.settings()]

    def settings(self):
        lines = [("Loss", choice("choose", "loss", [(n, n) for n in LOSSES], self.data["network"]["loss"], "Loss"))]
        if self.trains:
            for symbol, field in SETTINGS.items():
                words = html("span", {}, f"{field.replace('_', ' ')} ".capitalize(), symbol_html(symbol))
                lines.append((words, number_field(symbol, self.data.get(field, 0))))
        if "batch_sizes" in self.data:
            sizes = self.data["batch_sizes"]
            batch = number_field("batch", max(sizes), "choose", label="Examples for each step")
            lines.append(("Examples for each step", batch))
            lines.append(
                ("Gradient of a step", choice("choose", "gradient", GRADIENTS, self.data["gradient"], "Gradient"))
            )
        lines.append(("By hand", choice("choose", "rounding", *self.rounding(), "Rounding by hand")))
        rows = [html("p", {"class": "field-line"}, html("span", {}, words), " ", field) for words, field in lines]
        draw = html("p", {}, button("Draw other starting weights", "draw"))
        return group("Settings", *rows, draw)

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
        kind = choice("choose", f"activation {number - 1}", options, chosen, f"Activation of {title}")
        bias = choice("choose", f"biases {number - 1}", BIASES, "yes" if has_biases else "no", f"Biases of {title}")
        weights = table(f"Weights of {title}, from the columns to the rows", headers, rows)
        words = html("p", {"class": "field-line"}, kind, " ", bias)
        return group(
            f"{title}: weights", words, scrolled(f"Weights of {title}", weights), self.size_of(number, f"in {title}")
        )

    def size_of(self, number, where):
        """Return the buttons for a neuron more and one less."""
        thing = "a neuron" if number else "an input"
        add = button(f"Add {thing}", "more", f"neuron {number}", aria_label=f"Add {thing} {where}")
        remove = button(
            "Remove the last", "fewer", f"neuron {number}", aria_label=f"Remove the last {thing[2:].strip()} {where}"
        )
        return html("p", {}, add, " ", remove)

    def fewer_layers(self):
        return button("Remove the last hidden layer", "fewer", "layer") if len(self.layers) > 1 else html("span")

    def examples(self):
        """Return the inputs and targets, a row for each example."""
        examples, rows = self.data["examples"], []
        last = layer_letter(len(self.layers))
        kinds = (("inputs", "y", "i"), ("targets", "t", last))
        headers = [""]
        for field, base, letter in kinds:
            headers += [symbol_html(Symbol(base, f"{letter}{n + 1}")) for n in range(len(examples[0].get(field, [])))]
        for number, example in enumerate(examples, start=1):
            mark = number if len(examples) > 1 else None
            cells = [
                number_field(str(Symbol(base, f"{letter}{n + 1}", 0, mark)), value)
                for field, base, letter in kinds
                for n, value in enumerate(example.get(field, []))
            ]
            rows.append([f"{number}", *cells, self.example_buttons(number)])
        table_ = scrolled("Examples", table("Inputs and targets of the examples", [*headers, ""], rows))
        add = html("p", {}, button("Add an example", "more", "example"))
        inputs = self.size_of(0, "to each example")
        return group("Examples: inputs and targets", table_, add, inputs)

    def example_buttons(self, number):
        if len(self.data["examples"]) == 1:
            return html("span")
        hold = button("hold out", "hold", str(number), title="Do not train on it, only measure the loss there")
        remove = button("✕", "fewer", f"example {number}", aria_label=f"Remove example {number}")
        return html("span", {}, hold, " ", remove)

    def held_out(self):
        """Return the examples that are not trained on."""
        lines = []
        for number, example in enumerate(self.state.held_out, start=1):
            words = ", ".join(map(str, example["inputs"])) + " → " + ", ".join(map(str, example.get("targets", [])))
            lines.append(html("p", {}, words, " ", button("train on it", "take", str(number))))
        return group("Held out", *lines) if lines else html("span")


def group(title, *children):
    """Return a group of fields with its title."""
    return html("fieldset", {}, html("legend", {}, title), *children)


def scrolled(label, element):
    return html("div", {"class": "scroll", "role": "group", "aria-label": label}, element)
