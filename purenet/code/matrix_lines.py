"""How NumPy and PyTorch write the equations of the matrix view, and the formulas of activations."""

import re

from purenet.errors import NetworkError
from purenet.trace.matrix import Operand, Scalar
from purenet.trace.matrix_notation import ASCII_BASES

SETTINGS = {"η": "eta", "μ": "mu", "λ": "lam", "β₁": "beta1", "β₂": "beta2", "ε": "epsilon"}
SIGNS = {" · ": " @ ", "⊙": "*", "·": " * ", "−": "-", "²": " ** 2", "ᵗ": " ** step", "½ ": "0.5 * "}
WORDS = re.compile(r"\b(exp|ln|tanh|sqrt|abs)\(")
CASES = re.compile(r"(.+) for x (>|≥) 0, else (.+)")
IN_WORDS = re.compile(r" \(a .*\)$")  # after a formula: "1 (a pretence: in truth 0)"


class Library:
    """A library of matrices: `first` is the line that it needs, and `array` makes a matrix."""

    functions_of = {"exp": "exp", "ln": "log", "tanh": "tanh", "sqrt": "sqrt", "abs": "abs"}

    def name(self, name):
        """Return the variable of a matrix, without the marks of steps and examples: they are in a loop."""
        base = ASCII_BASES.get(name.base, name.base).replace("/", "_")
        return base + (f"_{name.subscript}" if name.subscript else "") + ".T" * name.transposed

    def code(self, parts):
        """Return parts of an equation as code; Σ adds up each row, and a product with ones all rows."""
        text = self.formula("".join(part if isinstance(part, str) else self.part(part) for part in parts))
        text = re.sub(rf"{self.module}\.ones\(\(1, \d+\)\) @ (\w+)", rf"\1{self.sum_of_rows}", text)
        before, sign, added = text.partition("Σ ")
        before = re.sub(r"(\d) $", r"\1 * ", before)  # of 1/3 Σ …
        return before + self.sum_of_entries.format(added) if sign else text

    def part(self, part):
        if isinstance(part, Scalar):
            return SETTINGS[part.row.symbol]
        matrix = part.matrix if isinstance(part, Operand) else part
        if matrix.name.base == "ones":
            return f"{self.module}.ones({matrix.shape})"
        return self.name(matrix.name)

    def formula(self, text):
        """Return a formula as code."""
        for sign, other in SIGNS.items():
            text = text.replace(sign, other)
        return WORDS.sub(lambda match: f"{self.module}.{self.functions_of[match[1]]}(", text)

    def branches(self, activation, attribute):
        """Return the formula of f or f′ that an activation states, of x, as code; raise NetworkError where it is in words."""
        formula = IN_WORDS.sub("", getattr(activation, attribute, "no formula"))
        cases = CASES.fullmatch(formula)
        if cases:
            yes, sign, no = cases.groups()
            sign = {">": ">", "≥": ">="}[sign]
            return f"{self.module}.where(x {sign} 0, {self.formula(yes)}, {self.formula(no)})"
        if re.search("[a-z]{2,}", WORDS.sub("", formula)) or "y" in formula:
            raise NetworkError(f"{activation.name} states no {attribute} of x that a program could compute")
        return f"{self.module}.ones_like(x)" if formula == "1" else self.formula(formula)

    def function_name(self, activation):
        return re.sub(r"\W", "_", activation.name)

    def activation(self, activation, variable):
        """Return the code of the outputs for the variable of the net inputs."""
        known = self.known.get(activation.name)
        return known.format(variable) if known else f"{self.function_name(activation)}({variable})"

    def functions(self, activation, slopes=False, extreme=False):
        """Return the definitions that an activation needs: of f and, where the equation has f′, of its slope.

        `extreme` says that net inputs are so far from 0 that e^−x leaves the range of a float.
        """
        found = []
        if activation.name not in self.known:
            body = {**self.bodies, **(self.safe if extreme else {})}.get(activation.name)
            body = body or f"return {self.branches(activation, 'formula')}"
            found.append(f"def {self.function_name(activation)}(x):\n    {body}")
        if slopes:
            body = self.branches(activation, "slope")
            found.append(f"def {self.function_name(activation)}_slope(x):\n    return {body}")
        return found


class NumPy(Library):
    """NumPy, in which every step is written."""

    first, module, array = "import numpy as np", "np", "np.array"
    outer = "np.outer"
    sum_of_entries, sum_of_rows = "np.sum({}, axis=1, keepdims=True)", ".sum(axis=0, keepdims=True)"
    known = {"identity": "{0}", "tanh": "np.tanh({0})"}
    bodies = {
        "softmax": "powers = np.exp(x - x.max(axis=1, keepdims=True))  # smaller, so that none is infinite\n"
        "    return powers / powers.sum(axis=1, keepdims=True)"
    }
    safe = {
        "sigmoid": "powers = np.exp(-np.abs(x))  # of numbers below 0, so that none is infinite\n"
        "    return np.where(x < 0, powers, 1) / (1 + powers)"
    }


class PyTorch(Library):
    """PyTorch, in which only the way forward is written: the rest is autograd and an optimizer."""

    first, module, array = "import torch\n\ntorch.set_default_dtype(torch.float64)", "torch", "torch.tensor"
    outer = "torch.outer"
    sum_of_entries, sum_of_rows = "torch.sum({}, dim=1, keepdim=True)", ".sum(dim=0, keepdim=True)"
    known = {
        "identity": "{0}.clone()",  # so that an output has a gradient of its own
        "sigmoid": "torch.sigmoid({0})",
        "tanh": "torch.tanh({0})",
        "relu": "torch.relu({0})",
        "softmax": "torch.softmax({0}, dim=1)",
    }
    bodies = safe = {}
