"""The weights and examples of a case as a literal to paste into a program, in six languages.

weights_J[j][i] leads from input i to neuron j of layer J; in the other layout, weights_J[i][j] does. All digits are kept.
"""

from purenet.checks import layer_letter


class Language:
    """A language: how it writes a comment and declares a table of numbers, whose brackets are in `pair`."""

    def __init__(self, comment, declaration, pair="[]", first="", camel_case=False):
        self.comment = comment
        self.declaration = declaration
        self.pair = pair
        self.first = first  # line, which all others need
        self.camel_case = camel_case

    def name(self, name):
        """Return a name such as weights_J as the language spells it: weights_J or weightsJ."""
        return name.replace("_", "") if self.camel_case else name

    def declared(self, name, table):
        """Return the lines that declare a list of numbers, or a list of such lists, a row of numbers to a line."""
        begin, end = self.pair
        shape = lengths(table)
        if len(shape) == 1:
            text = self.row(table)
        else:
            text = "".join([begin, "\n", *(f"    {self.row(row)},\n" for row in table), end])
        return self.declaration.format(
            name=self.name(name),
            sizes="".join(f"[{length}]" for length in shape),
            brackets="[]" * len(shape),
            table=text,
        )

    def row(self, numbers):
        begin, end = self.pair
        return begin + ", ".join(map(number_text, numbers)) + end


LANGUAGES = {
    "python": Language("#", "{name} = {table}"),
    "numpy": Language("#", "{name} = np.array({table})", first="import numpy as np"),
    "c": Language("//", "double {name}{sizes} = {table};", "{}"),
    "javascript": Language("//", "const {name} = {table};", camel_case=True),
    "java": Language("//", "double{brackets} {name} = {table};", "{}", camel_case=True),
    "go": Language("//", "var {name} = {brackets}float64{table}", "{}", camel_case=True),
}


def literal(case, language="python", by_input=False):
    """Return the weights, biases, inputs and targets of a case as a literal; `language` is a key of LANGUAGES.

    With `by_input`, tables of weights have a row for each input instead of one for each neuron.
    """
    chosen = LANGUAGES[language]
    lines = [f"{chosen.comment} {sentence}" for sentence in sentences(case, chosen, by_input)]
    lines += [chosen.first] if chosen.first else []
    lines += [chosen.declared(name, table) for name, table in tables(case, by_input)]
    return "\n".join(lines) + "\n"


def sentences(case, language, by_input):
    """Return what a reader of the literal must know, in sentences."""
    sizes = "-".join(map(str, case.network_data.sizes))
    yield f"{case.id}: the network {sizes} before its first step, and the examples in their order."
    place = "[i][j]" if by_input else "[j][i]"
    yield f"{language.name('weights_J')}{place} leads from input i to neuron j."
    for number, layer in enumerate(case.network_data.layers, start=1):
        if len({bias is None for _, bias, _ in layer}) == 2:
            yield f"{language.name('biases_' + layer_letter(number).upper())} has 0.0 where a neuron has no bias."


def tables(case, by_input):
    """Yield pairs of a name and a list of numbers, or of lists of them: each layer's weights and biases, and the examples."""
    for number, layer in enumerate(case.network_data.layers, start=1):
        weights, biases, _ = map(list, zip(*layer))
        letter = layer_letter(number).upper()
        yield f"weights_{letter}", list(zip(*weights)) if by_input else weights
        if biases != [None] * len(biases):
            yield f"biases_{letter}", [0 if bias is None else bias for bias in biases]
    inputs, targets = zip(*case.examples)
    yield "inputs", inputs
    yield "targets", targets


def lengths(table):
    """Return the lengths of a list of numbers, or of a list of lists."""
    return [len(table)] if not isinstance(table[0], (list, tuple)) else [len(table), len(table[0])]


def number_text(number):
    """Return a number with all its digits, as a floating-point literal of all these languages."""
    text = str(number).lower()
    return text if "." in text or "e" in text else text + ".0"
