"""The formulas in a sentence: symbols of purenet, each a word by itself, and numbers, with signs between them."""

import re

MARKS = "[⁽⁾⁰¹²³⁴⁵⁶⁷⁸⁹ⁿ⁺]"
MATRIX = r"(?:∇?[WV]|[XYTΔb])_[A-Z](?:ᵀ|(?!\w))"
OF_NEURON = r"∂[Ee]/∂[xy](?:_[a-z0-9]+)?|(?:∇[wb]|[mv]\u0302|[xytwbvmδ])_[a-z][a-z0-9]*"
NAME = rf"(?:{OF_NEURON}|{MATRIX}|[EδημλΩε]|β[₁₂]|[xytwb](?={MARKS})){MARKS}*"
NAMED = rf"(?:Σ_[a-z] |−?)(?:{NAME}|exp\(−?{NAME}\))"
NUMBER = r"−?[0-9]+(?:\.[0-9]+)?(?:e[-−]?[0-9]+)?"
OPERATOR = "(?: [−+=/≈] |·)"


def sequence(named, operand):
    """Return the pattern of operands with operators between them, of which one at least has a name."""
    return rf"(?:{operand}{OPERATOR}){{0,9}}{named}(?:{OPERATOR}{operand}){{0,9}}"


SUM = rf"\({sequence(NAMED, f'(?:{NAMED}|{NUMBER})')}\)²?"
FORMULA = sequence(f"(?:{NAMED}|{SUM})", f"(?:{NAMED}|{NUMBER}|{SUM})")
TYPED = "`[^`]*`"  # what is to be typed
PARTS = re.compile(rf"((?<![\w.'’/·-]){FORMULA}(?!\.?\w|['’·/-])|{TYPED})")


def parts_of(text):
    """Return the parts of a sentence, pairs of a text and whether it is a formula.

    >>> parts_of("Now δ_j1 = 0.5 is known.")
    [('Now ', False), ('δ_j1 = 0.5', True), (' is known.', False)]
    """
    return [(part, n % 2 == 1 and part[0] != "`") for n, part in enumerate(PARTS.split(text))]
