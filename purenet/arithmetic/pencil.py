"""Rounding by hand: each number is rounded when it is written down, and the next line uses the rounded number.

A case declares it by quantity, in printed symbols: {"y": {"significant_digits": 3}, "δ_j": {"decimals": 4}} rounds
every output to three significant digits and the deltas of layer J to four decimals. Quantities not named stay exact,
unless there is a rule for all: {"decimals": 4}, or just 4, alone or beside rules for some: {"decimals": 4, "E": {…}}.
Numbers are rounded half up, as people do, unless a rule has a "mode": "half even", as most programs do, or "cut off".

Parts of formulas can be rounded, too, before they are used: {"exp(−x_j)": {"decimals": 4}} rounds this part of a formula
wherever it appears, and {"parts": {"decimals": 4}} every sum, product, quotient and function in a formula, even those
that no line of a trace shows.
"""

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

from purenet.arithmetic.expression import Writer
from purenet.arithmetic.formula import computed_by_parts, read_formula
from purenet.arithmetic.notation import UNICODE, Symbol
from purenet.arithmetic.other_names import Slope, is_symbol
from purenet.errors import NetworkError, as_in_json, count

WRITTEN = ("x", "y", "∂E/∂y", "δ", "∇w", "∇b", "v", "m", "m̂", "v̂", "w", "b", "E", "Ω", "L")
PARTS = "parts"  # the name of the rule for all parts of formulas
FEWEST_DIGITS = {"significant_digits": 1, "decimals": 0}
RULE_FIELDS = {*FEWEST_DIGITS, "mode"}
MODES = {"half up": ROUND_HALF_UP, "half even": ROUND_HALF_EVEN, "cut off": ROUND_DOWN}
PENCIL_PRECISION = 40  # digits of the arithmetic: unrounded numbers are exact in every digit that is shown


class Pencil:
    """Rounds the numbers that it writes down by the rule for the most specific symbol.

    That is, for the output of k1 in the second forward pass, by the first of y_k1⁺, y_k⁺, y⁺, y_k1, y_k, y that has a
    rule. What has none is rounded by the rule for `everything`, if there is one.

    >>> pencil = Pencil.for_all("decimals", 2, "cut off", rules={"δ": {"decimals": 4}})
    >>> pencil.write(Symbol("y", "j1"), Decimal("0.7391")), pencil.write(Symbol("δ", "k1"), Decimal("0.12345"))
    (Decimal('0.73'), Decimal('0.1235'))
    >>> pencil.words()
    'δ to 4 decimals; every other number to 2 decimals, cut off'
    """

    def __init__(self, rules, everything=None):
        """Take a dictionary from symbols to rules such as {"decimals": 4, "mode": "cut off"}, and a rule for the rest.

        The fields of that rule may be in the dictionary, too, and a number takes the place of {"decimals": number}; but
        `everything` comes before them. Raises NetworkError for what is no rule.
        """
        if type(rules) is int:
            rules = {"decimals": rules}
        if not isinstance(rules, dict):
            kinds = 'a number of decimals, such as 4, or an object such as {"y": {"significant_digits": 3}}'
            raise NetworkError(f"rounding must be {kinds}, not {as_in_json(rules)}")
        rest = {name: rule for name, rule in rules.items() if name in RULE_FIELDS}
        rules = {name: rule for name, rule in rules.items() if name not in RULE_FIELDS}
        everything = everything or rest or None
        self.rules = {written_name(name): rounding_rule(name, rule) for name, rule in rules.items()}
        self.part_names = {name for name in self.rules if isinstance(name, str)}
        self.everything = None if everything is None else rounding_rule("every number", everything)
        self.unused = set(self.rules)

    @classmethod
    def for_all(cls, unit, digits, mode="half up", rules=None):
        """Return a pencil that rounds every number to "decimals" or "significant_digits"; `rules` come before that."""
        return cls({} if rules is None else rules, {unit: digits, "mode": mode})

    def write(self, symbol, value):
        """Return the Decimal value rounded by the rule for its symbol, or as it is where there is no rule."""
        rule = self.rule_of(symbol)
        return value if rule is None else rounded(value, *rule)

    def unit(self, symbol, value):
        """Return the unit of the last place to which a number is written, or None where there is no rule."""
        rule = self.rule_of(symbol)
        if rule is None:
            return None
        kind, digits, _ = rule
        return Decimal(1).scaleb(-digits if kind == "decimals" else value.adjusted() - digits + 1)

    def rule_of(self, symbol):
        """Return the rule for a symbol, or None."""
        for name in names_of(symbol) if self.rules else ():
            if name in self.rules:
                self.unused.discard(name)
                return self.rules[name]
        # ∂E/∂y is part of the formula of δ, and nobody writes it down unless a rule says so
        return self.everything if symbol.base in WRITTEN and symbol.base != "∂E/∂y" else None

    def write_part(self, part, value):
        """Return the Decimal value of a part of a formula, an Expression, rounded by the first rule for such a part."""
        if not self.part_names or not part.operands:
            return value
        for name in [PARTS] if self.part_names == {PARTS} else names_of_part(part):
            if name in self.part_names:
                self.unused.discard(name)
                return rounded(value, *self.rules[name])
        return value

    def written_value(self, part):
        """Return the value of a part of a formula, an Expression of Decimals, as it is written down."""
        return self.write_part(part, self.compute(part))

    def compute(self, tree):
        """Return the value of an Expression of Decimals, with its parts rounded where there are rules for them."""
        return computed_by_parts(tree, self.write_part) if self.part_names else tree.value

    def check_used(self):
        """Raise NetworkError if a rule was never used, because its quantity is given or does not exist."""
        for name in self.unused:
            raise NetworkError(f"rounding of {name}: no such quantity is written down in this training step")

    @property
    def always_half_up(self):
        """Whether no rule says another mode."""
        return all(rule[-1] == "half up" for rule in [*self.rules.values(), self.everything] if rule)

    @property
    def declared(self):
        """The rules as a case declares them: {"decimals": 4, "δ_j": {"significant_digits": 3}}."""
        rules = {str(name): rule_data(*rule) for name, rule in self.rules.items()}
        return {**(rule_data(*self.everything) if self.everything else {}), **rules}

    def words(self):
        """Return the rules as half a sentence: "y to 3 significant digits, δ_j to 4 decimals"."""
        rules = dict(self.rules)
        if self.everything:
            rules["every other number" if rules else "every number"] = self.everything
        words = [rule_words(name, *rule) for name, rule in rules.items()]
        return ("; " if any("," in rule for rule in words) else ", ").join(words)


def written_name(name):
    """Return the symbol of a quantity that is computed, and so can be rounded, or the text of a part of a formula."""
    if name == PARTS:
        return PARTS
    formula = None if is_symbol(name) else read_formula(name)
    if formula is not None and formula.tree.operands and formula.symbols:
        return str(formula)
    symbol = Symbol.parse(name)
    if symbol.base not in WRITTEN:
        raise NetworkError(f"rounding of {name}: only {', '.join(WRITTEN)} are computed and can be rounded")
    return symbol


def rounding_rule(name, rule):
    """Return ("significant_digits", n, mode) or ("decimals", n, mode) from what is declared for a quantity."""
    given = dict(rule) if isinstance(rule, dict) else {}
    mode = given.pop("mode", "half up")
    if len(given) == 1 and mode in list(MODES):
        ((unit, digits),) = given.items()
        if unit in FEWEST_DIGITS and type(digits) is int and FEWEST_DIGITS[unit] <= digits <= 30:
            return unit, digits, mode
    allowed = '{"significant_digits": 1 to 30} or {"decimals": 0 to 30}'
    modes = " or ".join(f'"{mode}"' for mode in MODES)
    raise NetworkError(
        f'rounding of {name} must be {allowed}, with a "mode" {modes} if need be, not {as_in_json(rule)}'
    )


def rule_data(unit, digits, mode):
    """Return a rule as a case declares it."""
    return {unit: digits, **({} if mode == "half up" else {"mode": mode})}


def rule_words(name, unit, digits, mode):
    """Return a rule in words: "δ_j to 4 decimals, cut off"."""
    digit = unit.replace("_", " ")[:-1]
    name = "every part of a formula" if name == PARTS else name
    return f"{name} to {count(digits, digit)}" + ("" if mode == "half up" else f", {mode}")


def names_of(symbol):
    """Yield the symbols whose rules apply to a symbol, the most specific first."""
    for after in range(symbol.after, -1, -1):
        for example in dict.fromkeys((symbol.example, None)):
            for subscript in (symbol.subscript, symbol.kind.subscript, ""):
                yield Symbol(symbol.base, subscript, after, example)


def names_of_part(part):
    """Yield the texts whose rules apply to a part of a formula, the most specific first: exp(x_k1), exp(x_k), parts."""
    for marked in (True, False):
        for subscript in (lambda s: s.subscript, lambda s: s.kind.subscript, lambda s: ""):

            def name(symbol):
                if isinstance(symbol, Slope):
                    return str(Slope(name(symbol.net_input)))
                return str(Symbol(symbol.base, subscript(symbol), *([symbol.after, symbol.example] if marked else [])))

            yield Writer(UNICODE, None, lambda part: name(part.symbol)).text(part)
    yield PARTS


def rounded(value, unit, digits, mode="half up"):
    """Return a Decimal rounded to significant digits or to decimals; half up is away from zero, as on paper.

    >>> rounded(Decimal("0.0227145"), "significant_digits", 3), rounded(Decimal("-0.125"), "decimals", 2)
    (Decimal('0.0227'), Decimal('-0.13'))
    >>> rounded(Decimal("0.125"), "decimals", 2, "half even"), rounded(Decimal("-0.129"), "decimals", 2, "cut off")
    (Decimal('0.12'), Decimal('-0.12'))
    """
    if unit == "significant_digits":
        return Context(prec=digits, rounding=MODES[mode]).plus(value)
    return value.quantize(Decimal(1).scaleb(-digits), MODES[mode], Context(prec=400))


def as_decimal(value):
    """Return a number as the decimal that a person would read: the float 0.1 is 0.1."""
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / Decimal(value.denominator)
    return Decimal(str(value))
