"""What programs with NumPy and with PyTorch have in common: what is given, the way forward, and what is printed."""

from purenet.arithmetic.notation import number_text
from purenet.checks import layer_letter
from purenet.code.program import printed_first
from purenet.document.foreign import visible
from purenet.errors import NetworkError
from purenet.trace.matrix import Name
from purenet.trace.matrix_notation import PLAIN, equation_text, named
from purenet.trace.matrix_steps import CAPITALS
from purenet.trace.matrix_update import RULES
from purenet.trace.record import trace_case

FARTHEST = 700  # from 0: beyond it, the core computes a sigmoid in another way, too
WIDEST = 110  # columns of a line with numbers
OTHERS = "choose python, c or javascript"
TITLE = "# {title}: {sizes}. Each row of a matrix is an example; W_J[j][i] leads from input i to neuron j."
SHOW = """def show(name, numbers):
    print(name, *(f"{number:.17g}" for number in numbers.flatten().tolist()), sep="\\t")
"""


class MatrixProgram:
    """A program in the making. All steps are written as the largest one, in a loop if there are several."""

    def __init__(self, case):
        check_layers(case)
        self.case, self.sizes = case, case.batch_sizes
        self.trace = traced(case)
        self.layers = [(layer_letter(n).upper(), layer) for n, layer in enumerate(self.trace.network.layers, start=1)]
        self.last = self.layers[-1][0]
        self.loops, self.many = len(self.sizes) > 1, max(self.sizes) > 1
        self.trained, self.moves = case.examples[0][1] is not None, case.learning_rate is not None
        self.mean = self.many and case.gradient == "mean"
        self.count = "n" if self.loops else str(self.sizes[0])  # of the examples in a step

    def steps(self, *parts):
        """Return the steps of the matrix view that are written, those of some parts."""
        largest = self.sizes.index(max(self.sizes)) + 1
        steps = self.trace.matrices(rows=True).steps
        return [step for step in steps if step.training_step == largest and step.part in parts]

    def equations(self, *parts):
        """Return the equations of these steps that the training needs, not those of given matrices or of a penalty."""
        found = [equation for step in self.steps(*parts) for equation in step.equations]
        return [equation for equation in found if equation.right and equation.left.name.base not in ("Ω", "L")]

    def text(self):
        """Return the whole program."""
        sizes = "-".join(map(str, self.case.network_data.sizes))
        head = [self.library.first, "\n", *self.functions(), SHOW, ""]
        head += [visible(TITLE.format(title=self.case.title, sizes=sizes)), *self.given(), ""]
        body = [*self.training(), "", *self.shown()]
        head += [*(f'print("{line}")' for line in printed_first(self.case)), ""]
        if self.loops:
            body = [self.loop(), *("    " * bool(line) + line for line in [*self.taken(), *body])]
        return "\n".join([*head, *body]) + "\n"

    # names

    def variable(self, base, letter):
        """Return the variable of x, y, t, δ or ∂E/∂y of a layer: y_J of one example, Y_J of several."""
        return self.library.name(Name(CAPITALS[base] if self.many else base, letter))

    def inputs_of(self, n):
        """Return the variable of the inputs of a layer, by its place."""
        return self.variable("y", "I" if n == 0 else self.layers[n - 1][0])

    # what is given

    def given(self):
        """Return the lines with the weights and biases, the examples, and the settings."""
        lines = []
        for (letter, _), neurons in zip(self.layers, self.case.network_data.layers):
            weights, biases, _ = zip(*neurons)
            lines += self.matrix(f"W_{letter}", weights, self.parameter)
            biases = biases[:1] if letter in self.shared() else biases
            lines += self.matrix(f"b_{letter}", [biases], self.parameter) if biases[0] is not None else []
        inputs, targets = zip(*self.case.examples)
        lines += self.matrix("inputs" if self.loops else self.inputs_of(0), inputs)
        if self.trained:
            lines += self.matrix("targets" if self.loops else self.variable("t", self.last), targets)
        return lines + (self.settings() if self.moves else [])

    def matrix(self, name, rows, more=""):
        """Return the lines with a matrix of given numbers: one, or one for each row."""
        rows = ["[" + ", ".join(map(number_text, row)) + "]" for row in rows]
        line = f"{name} = {self.library.array}([{', '.join(rows)}]{more})"
        if len(line) <= WIDEST:
            return [line]
        return [f"{name} = {self.library.array}([", *(f"    {row}," for row in rows), f"]{more})"]

    def biased(self):
        """Return the letters of the layers with biases."""
        return [letter for letter, layer in self.layers if layer.neurons[0].bias is not None]

    def shared(self):
        """Return a dictionary from the letters of layers whose neurons share a single number as their bias to their sizes."""
        return {}

    def descent(self):
        """Return the descent, with the numbers of the case; raise NetworkError for one that matrices have no equation for."""
        descent = self.case.descent(lambda number: number)
        if type(descent).moved not in RULES:
            name = type(descent).__name__
            raise NetworkError(f"the update of {name} has no equation between matrices: {OTHERS}")
        return descent

    # the training step

    def loop(self):
        ends = [(sum(self.sizes[:n]), sum(self.sizes[: n + 1])) for n in range(len(self.sizes))]
        return f"for step, (first, last) in enumerate({ends}, start=1):"

    def taken(self):
        """Yield the lines that take the examples of a step."""
        yield f"{self.inputs_of(0)} = inputs[first:last]"
        if self.trained:
            yield f"{self.variable('t', self.last)} = targets[first:last]"
        if self.many:
            yield "n = last - first"

    def forward(self):
        for equation in self.equations("forward"):
            name = equation.left.name
            if name.base in ("y", "Y"):
                activation = dict(self.layers)[name.subscript].neurons[0].activation
                yield self.line(equation, self.library.activation(activation, self.variable("x", name.subscript)))
            else:
                yield self.line(equation, self.library.code(equation.right))

    def line(self, equation, code):
        """Return an equation as a line, with its symbol and its shapes."""
        name = equation.left.name._replace(after=0, example=None)
        shapes = equation_text(equation, PLAIN, self.shape).replace("²", "")
        return f"{self.library.name(name)} = {self.meant(code)}  # {PLAIN.name(name)}: {self.meant(shapes)}"

    def meant(self, code):
        """Return code that divides by the number of examples, if it does, as the program calls this number."""
        code = code if self.loops else code.replace("** step", "** 1")
        mean = f" / {max(self.sizes)}"
        return code[: -len(mean)] + f" / {self.count}" if self.mean and code.endswith(mean) else code

    def shape(self, part):
        """Return the shape of a matrix, in which n is the number of examples if there are several steps."""
        if not hasattr(part, "shape"):
            return named(part, PLAIN)
        shape = list(part.shape)
        if self.loops and self.many and part.name.base in (*CAPITALS.values(), "ones"):
            shape[part.name.transposed or part.name.base == "ones"] = "n"
        return PLAIN.shape(shape)

    def functions(self):
        """Return the lines that define functions, each once."""
        found = [
            text for letter, layer in self.layers for text in self.definitions(letter, layer.neurons[0].activation)
        ]
        return [text + "\n\n" for text in dict.fromkeys(found)]

    def definitions(self, letter, activation):
        return self.library.functions(activation, extreme=self.is_extreme)

    @property
    def is_extreme(self):
        """Whether a net input is so far from 0 that e^−x leaves the range of a float."""
        rows = self.trace.rows.items()
        return any(abs(row.value) > FARTHEST for symbol, row in rows if symbol.startswith("x_"))

    # what is printed

    def shown(self):
        """Yield the lines that print the values of a step."""
        step, example = ("{step}", "{first + row + 1}") if self.loops else ("1", "{row + 1}")
        prefix = f'f"step{step}.example{example}.'
        yield "rows = {"
        for pairs in self.of_examples():
            yield "    " + " ".join(f'"{name}": {rows},' for name, rows in pairs)
        yield "}"
        yield f"for row in range(len({self.inputs_of(0)})):"
        yield "    for name, matrix in rows.items():"
        yield f'        show({prefix}{{name}}", matrix[row])'
        if self.trained:
            yield from (f'    show({prefix}{name}", {code})' for name, code in self.gradients_of_examples())
            prefix = f'f"step{step}.' if self.loops else '"step1.'
            yield from (f'show({prefix}{name}", {code})' for name, code in self.of_step())

    def of_examples(self):
        """Yield lists of pairs: a name, and the variable of a matrix with a row for each example."""
        for letter, _ in self.layers:
            yield (f"{letter}.net_input", self.variable("x", letter)), (f"{letter}.output", self.variable("y", letter))
        if self.trained:
            yield [("loss", "e" if self.many else "E")]
        for letter, _ in reversed(self.layers) if self.trained else ():
            yield (f"{letter}.output_gradient", self.slope(letter)), (f"{letter}.delta", self.delta(letter))

    def gradients_of_examples(self):
        """Yield pairs of a name and of the code of the gradients of an example alone."""
        for n, (letter, layer) in enumerate(self.layers):
            delta = f"{self.delta(letter)}[row]"
            yield f"{letter}.weight_gradients", f"{self.library.outer}({delta}, {self.inputs_of(n)}[row])"
            if letter in self.biased():
                shares = hasattr(layer, "shares_bias")
                yield f"{letter}.bias_gradients", f"{delta}.sum().repeat({len(layer.neurons)})" if shares else delta

    def of_step(self):
        """Yield pairs of a name and of the code of the numbers of the step as a whole."""
        yield "loss", "E"
        for letter, _ in self.layers:
            for kind, base in (("weight", "W"), ("bias", "b")):
                if kind == "weight" or letter in self.biased():
                    each = f".expand(1, {self.shared()[letter]})" if kind == "bias" and letter in self.shared() else ""
                    yield f"{letter}.{kind}_gradients", self.gradient(base, letter) + each
                    if self.moves:
                        yield f"{letter}.{kind}{'es' if kind == 'bias' else 's'}", f"{base}_{letter}{each}"


def traced(case):
    """Return the trace of a case in full precision; raise NetworkError where floats do not suffice for it."""
    try:
        return trace_case(case, rounding={}, groups=[], second_pass=False)
    except NetworkError as error:
        raise NetworkError(f"{case.id} cannot be written with matrices of floats: {error}") from None


def check_layers(case):
    """Raise NetworkError for a layer that has no form as a whole."""
    for number, neurons in enumerate(case.network_data.layers, start=1):
        letter = layer_letter(number).upper()
        _, biases, activations = zip(*neurons)
        if len(set(activations)) > 1:
            raise NetworkError(
                f"neurons of layer {letter} have different activations, and matrices have one for all: {OTHERS}"
            )
        if len({bias is None for bias in biases}) > 1:
            raise NetworkError(f"some neurons of layer {letter} have no bias, and matrices have one for all: {OTHERS}")
