"""Formulas as Python, C and JavaScript write them: notations like those of arithmetic/notation.py, and what a program needs.

Nothing is left out of a formula, not even 0 + …, so that a program rounds as purenet does, to the last bit.
"""

import re

from purenet.arithmetic.expression import ATOM, POWER, PRODUCT
from purenet.arithmetic.notation import BASES, Ascii
from purenet.trace.ifs import CHOICE, IfWriter

SAFE_EXP = """

def exp(x):
    try:
        return math.exp(x)
    except OverflowError:
        return inf


""".split("\n")[:-1]


class ExactWriter(IfWriter):
    """Write a formula with all its operations, in their order."""

    def terms(self, part):
        """Return the operands of a part; of a sum, its (sign, term) pairs, found in a loop."""
        if part.operation not in ("+", "-"):
            return part.operands
        terms = []
        while part.operation in ("+", "-") and part.symbol is None:
            left, right = part.operands
            terms.append((part.operation, right))
            part = left
        return [("+", part), *reversed(terms)]

    def product(self, left, right):
        return self.text(left, PRODUCT) + self.notation.times + self.text(right, ATOM), PRODUCT

    def negative(self, part):
        return self.notation.negative + self.text(part, ATOM), PRODUCT

    def power(self, base, exponent):
        return self.notation.power(self.text(base, ATOM), self.text(exponent, ATOM)), POWER

    rules = {**IfWriter.rules, "*": product, "negative": negative, "power": power}


class ProgramNotation(Ascii):
    """What the languages have in common."""

    plus, minus, times, negative = " + ", " - ", " * ", "-"
    mark = "//"  # before a comment
    indent = ""
    use = []  # sentences about how to use a program
    functions = {"ln": "log"}  # those that have other names than purenet's
    compared = {}  # signs of comparison that are written in another way
    strength_of_choice = CHOICE

    def symbol(self, symbol):
        """Write the name of a variable: y_k1_3 for y_k1⁽³⁾."""
        base, *_ = BASES.get(symbol.base, [symbol.base])
        return self.variable(base + (f"_{symbol.subscript}" if symbol.subscript else "") + self.marks(symbol))

    def variable(self, name):
        return re.sub(r"\W", "_", re.sub(r"\[([0-9]+)\]", r"_\1", name))

    def is_product(self, text):
        return False

    def function(self, name, argument):
        return f"{self.functions.get(name, name)}({argument})"

    def comparison(self, sign):
        return f" {self.compared.get(sign, sign)} "

    def choice(self, condition, yes, no):
        return f"{condition} ? {yes} : {no}"

    def begin(self, functions, may_overflow):
        """Return the first lines of a program that uses some functions of purenet.arithmetic.

        `may_overflow` says whether e^x may be too large, and so infinite.
        """
        raise NotImplementedError

    def end(self):
        """Return the last lines of a program."""
        return []

    def formula(self, part, named):
        """Return a part as a formula; `named` is a function that writes a part that has a symbol."""
        text, _ = ExactWriter(self, None, named).write(part)
        return text


class Python(ProgramNotation):
    mark = "#"

    def variable(self, name):
        return "lambda_" if name == "lambda" else super().variable(name)

    def begin(self, functions, may_overflow):
        imported = {self.functions.get(name, name) for name in functions if name != "abs"}
        if may_overflow and "exp" in imported:
            imported = (imported - {"exp"}) | {"inf"}
            return ["import math", f"from math import {', '.join(sorted(imported))}", *SAFE_EXP]
        return [f"from math import {', '.join(sorted(imported))}", ""] if imported else []

    def assignment(self, name, formula):
        return f"{name} = {formula}"

    def print(self, text):
        return f'print("{text}")'

    def report(self, name, values):
        return f'print("{name}", {", ".join(values)}, sep="\\t")'

    def choice(self, condition, yes, no):
        return f"{yes} if {condition} else {no}"

    def largest(self, numbers):
        return f"max({', '.join(numbers)})" if len(numbers) > 1 else numbers[0]

    def power(self, base, exponent):
        return f"{base}**{exponent}"


class C(ProgramNotation):
    indent = "    "
    use = ["It needs the library of mathematics: cc FILE.c -lm"]
    functions = {"ln": "log", "abs": "fabs"}

    def number(self, text):
        """Write a number; one without a decimal point would be an int."""
        return f"{text}.0" if text.lstrip("-").isdigit() else text

    def begin(self, functions, may_overflow):
        return ["#include <math.h>", "#include <stdio.h>", "", "int main(void)", "{"]

    def end(self):
        return ["    return 0;", "}"]

    def assignment(self, name, formula):
        return f"double {name} = {formula};"

    def print(self, text):
        return f'puts("{text}");'

    def report(self, name, values):
        numbers = r"\t%.17g" * len(values)
        return f'printf("{name}{numbers}\\n", {", ".join(values)});'

    def largest(self, numbers):
        first, *rest = numbers
        for number in rest:
            first = f"fmax({first}, {number})"
        return first

    def power(self, base, exponent):
        return f"pow({base}, {exponent})"


class JavaScript(ProgramNotation):
    compared = {"==": "===", "!=": "!=="}

    def begin(self, functions, may_overflow):
        taken = sorted(self.functions.get(name, name) for name in functions)
        return [f"const {{ {', '.join(taken)} }} = Math;", ""] if taken else []

    def assignment(self, name, formula):
        return f"const {name} = {formula};"

    def print(self, text):
        return f'console.log("{text}");'

    def report(self, name, values):
        return f'console.log(["{name}", {", ".join(values)}].join("\\t"));'

    def largest(self, numbers):
        return f"Math.max({', '.join(numbers)})"

    def power(self, base, exponent):
        return f"{base} ** {exponent}"


LANGUAGES = {"python": Python(), "c": C(), "javascript": JavaScript()}
