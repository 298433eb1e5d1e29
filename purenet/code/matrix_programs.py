"""A case as a short program with NumPy or PyTorch: the equations of the matrix view, with an example in each row.

Read trace/matrices.py and matrix_program.py first. A line of the program is an equation, with its symbol and its shapes in a
comment. The program prints its values as golden/PROTOCOL.md names them.
"""

from purenet.arithmetic.notation import number_text
from purenet.code import matrix_lines
from purenet.code.matrix_lines import NumPy, PyTorch
from purenet.code.matrix_program import MatrixProgram
from purenet.descent import Adam
from purenet.errors import NetworkError
from purenet.perceptron import Threshold
from purenet.trace.matrix import Name
from purenet.trace.matrix_notation import PLAIN
from purenet.trace.matrix_steps import CAPITALS, OF_LAYERS, OF_NEURONS
from purenet.trace.quantities import SETTINGS

VARIABLES = {name: matrix_lines.SETTINGS[symbol] for symbol, name in SETTINGS.items()}


def numpy_program(case):
    """Return the text of a program with NumPy that does the training of a case: forward, backward and update.

    Raise NetworkError where a case has no such form: neurons of one layer with different activations, or only some with
    a bias; or a descent whose update has no equation in the matrix view.
    """
    return NumPyProgram(case).text()


def torch_program(case):
    """Return the text of a program with PyTorch: forward as equations, then autograd, and an optimizer of torch.optim.

    Raise NetworkError as `numpy_program` does, and for threshold units, which have no slope for autograd.
    """
    return TorchProgram(case).text()


class NumPyProgram(MatrixProgram):
    """A program with NumPy, which writes every equation."""

    library, parameter = NumPy(), ""

    def settings(self):
        """Return the lines with the settings of the descent and, where it remembers something, that, at first 0."""
        descent = self.descent()
        lines = [f"{VARIABLES[name]} = {number_text(getattr(descent, name))}" for name in descent.settings]
        kinds = [kind for kind in descent.kinds if "corrected" not in kind]
        for kind in kinds if isinstance(descent, Adam) or descent.momentum else ():
            weight, bias = OF_LAYERS[f"weight_{kind}"], OF_NEURONS[f"bias_{kind}"]
            lines += [f"{weight}_{letter} = np.zeros_like(W_{letter})" for letter, _ in self.layers]
            lines += [
                f"{bias}_{letter} = np.zeros_like(b_{letter})" for letter in self.biased() if self.case.trained_biases
            ]
        return lines

    def training(self):
        """Yield the lines of a training step."""
        yield from self.forward()
        for equation in self.equations("loss"):
            yield self.line(equation, self.library.code(equation.right))
        softmax = False
        for equation in self.equations("backward", "update"):
            name, right = equation.left.name, equation.right
            if any(isinstance(part, str) and "diag(" in part for part in right):
                yield from () if softmax else self.softmax_deltas(name.subscript)
                softmax = True
            elif self.library.code(right) != self.library.name(name):  # b = b, of biases that are not trained
                slope = f"{self.function(name.subscript)}_slope(" if name.base in ("δ", "Δ") else ""
                yield self.line(equation, self.library.code(right).replace("f′(", slope))

    def softmax_deltas(self, letter):
        """Yield the lines of the deltas of a softmax layer, through the Jacobian of each example."""
        pairs = f"zip({self.slope(letter)}, {self.variable('y', letter)})"
        yield f"{self.delta(letter)} = np.vstack([  # of each row, δ = ∂E/∂y · (diag(y) − yᵀ · y)"
        yield f"    slopes @ (np.diag(y) - np.outer(y, y)) for slopes, y in {pairs}"
        yield "])"

    def function(self, letter):
        return self.library.function_name(dict(self.layers)[letter].neurons[0].activation)

    def definitions(self, letter, activation):
        """Return the definitions of an activation; of a slope where a delta of the layer has f′."""
        deltas = [e for e in self.equations("backward") if e.left.name[:2] in (("δ", letter), ("Δ", letter))]
        signs = "".join(part for equation in deltas for part in equation.right if isinstance(part, str))
        return self.library.functions(activation, "f′(" in signs, self.is_extreme)

    def slope(self, letter):
        return self.variable("∂E/∂y", letter)

    def delta(self, letter):
        return self.variable("δ", letter)

    def gradient(self, of, letter):
        return f"grad_{of}_{letter}"


class TorchProgram(MatrixProgram):
    """A program with PyTorch, whose autograd finds the gradients."""

    library, parameter = PyTorch(), ", requires_grad=True"

    def shared(self):
        """Return the layers whose bias is one number: PyTorch adds it to each neuron, and adds up its gradients."""
        return {letter: len(layer.neurons) for letter, layer in self.layers if hasattr(layer, "shares_bias")}

    def settings(self):
        """Return the lines of the optimizer: biases do not decay, and have the rate 0 where they are not trained."""
        descent, weights = self.descent(), ", ".join(f"W_{letter}" for letter, _ in self.layers)
        biases = ", ".join(f"b_{letter}" for letter in self.biased())
        decay = number_text(descent.weight_decay) if descent.weight_decay else ""
        frozen = "" if self.case.trained_biases else ', "lr": 0.0'
        of_weights = f', "weight_decay": {decay}' if decay else ""
        groups = [f'{{"params": [{weights}]{of_weights}}}'] + [f'{{"params": [{biases}]{frozen}}}'] * bool(biases)
        name, common = optimizer_of(descent)
        if not (decay or frozen):
            return [f"optimizer = torch.optim.{name}([{weights}{', ' * bool(biases)}{biases}], {common})"]
        return [f"optimizer = torch.optim.{name}([", *(f"    {group}," for group in groups), f"], {common})"]

    def definitions(self, letter, activation):
        """Return the definitions of an activation; raise NetworkError for a threshold, which autograd gives no slope."""
        if isinstance(activation, Threshold) and self.trained:
            raise NetworkError(
                f"autograd has no slope for {activation.name} units, so no weight would move: choose numpy, python, c or javascript"
            )
        return super().definitions(letter, activation)

    def training(self):
        """Yield the lines of a training step; slopes are those of the sum over the examples, so a mean is divided last."""
        yield from self.forward()
        if not self.trained:
            return
        parts = [self.variable(base, letter) for letter, _ in self.layers for base in ("x", "y")]
        yield f"for part in ({', '.join(parts)}):"
        yield f"    part.retain_grad()  # {parts[0]}.grad will be {PLAIN.name(self.name('δ'))}, {parts[1]}.grad ∂E/∂y"
        for equation in self.equations("loss"):
            yield self.line(equation, self.library.code(equation.right))
        yield from self.backward()

    def name(self, base):
        return Name(CAPITALS[base] if self.many else base, self.layers[0][0])

    def backward(self):
        parameters = [f"W_{letter}" for letter, _ in self.layers] + [f"b_{letter}" for letter in self.biased()]
        if self.moves:
            yield "optimizer.zero_grad()"
        yield f"{'e.sum()' if self.many else 'E'}.backward()  # W_{self.last}.grad will be ∇W_{self.last}"
        if self.mean:
            yield f"for parameter in ({', '.join(parameters)},):"
            yield f"    parameter.grad /= {self.count}  # as E.backward() has it; the deltas are those of each example"
        if self.moves:
            yield "optimizer.step()" + "  # W ← W − η·∇W" * self.descent().is_plain

    def slope(self, letter):
        return f"{self.variable('y', letter)}.grad"

    def delta(self, letter):
        return f"{self.variable('x', letter)}.grad"

    def gradient(self, of, letter):
        return f"{of}_{letter}.grad"


def optimizer_of(descent):
    """Return the class of torch.optim that is the same descent, and the settings that all weights and biases share."""
    shared = f"lr={number_text(descent.learning_rate)}"
    if isinstance(descent, Adam):
        betas = f"({number_text(descent.beta1)}, {number_text(descent.beta2)})"
        shared += f", betas={betas}, eps={number_text(descent.epsilon)}"
        return ("AdamW", shared + ", weight_decay=0.0") if descent.decoupled else ("Adam", shared)
    shared += f", momentum={number_text(descent.momentum)}" if descent.momentum else ""
    return "SGD", shared + ", nesterov=True" * descent.nesterov
