"""A formula of a trace as that of a cell, and as the texts that a cell shows: its symbols, and its numbers.

A cell names the quantities it uses: =w_i1j1*y_i1+w_i2j1*y_i2+b_j1. A name is the symbol in ASCII, as far as programs allow.

>>> from purenet.arithmetic.expression import Expression
>>> from purenet.arithmetic.notation import Symbol
>>> y, t = Expression(0.5, Symbol("y", "k1")), Expression(1.0, Symbol("t", "k1"))
>>> cell_formula((y - t) * (y - t) / 2, SPREADSHEET.symbol)
'(y_k1-t_k1)*(y_k1-t_k1)/2'
"""

from purenet.arithmetic.expression import ATOM, Expression, is_constant
from purenet.arithmetic.notation import UNICODE, Ascii
from purenet.document.formats import MOST_TERMS
from purenet.trace.branches import Branched
from purenet.trace.ifs import IfWriter, decided, named_parts
from purenet.trace.unknown import is_same_formula

LONGEST_TEXT = 250  # signs between quotation marks in a formula; programs read 255
MOST_TEXTS = 16  # that a cell chooses from, one for each way through the branches of a formula
NEAR = 9  # places after the last one: a billionth of it
MARK = "\x00"  # around the name of a number in a text that is to be put together


class Spreadsheet(Ascii):
    """The notation of formulas in the cells of .xlsx files, whatever the language of the program that reads them."""

    ellipsis = "…"
    plus, minus, times, negative = "+", "-", "*", "-"
    strength_of_choice = ATOM

    def symbol(self, symbol):
        """Write the name of the cell of a quantity: delta_k1_ex2, w_i1j1_new. LAMBDA is the name of a function."""
        return super().symbol(symbol).replace("dE/dy", "dE_dy").replace("lambda", "lambda_")

    def marks(self, symbol):
        example = "" if symbol.example is None else f"_ex{symbol.example}"
        return example + (f"_new{symbol.after if symbol.after > 1 else ''}" if symbol.after else "")

    def number(self, text):
        return text.upper()

    def fraction(self, above, below):
        return f"{above}/{below}"

    def power(self, factor, exponent=2):
        return f"{factor}*{factor}" if exponent == 2 else f"POWER({factor},{exponent})"  # −y^2 is the square of −y

    def function(self, name, argument):
        return f"{name.upper()}({argument})"

    def comparison(self, sign):
        return {"==": "=", "!=": "<>"}.get(sign, sign)

    def choice(self, condition, yes, no):
        return f"IF({condition},{yes},{no})"

    def largest(self, numbers):
        return f"MAX({','.join(numbers)})"


class CellText(type(UNICODE)):
    """The notation of the texts beside them, in which all ifs are decided."""

    def largest(self, numbers):
        return f"max({', '.join(numbers)})"


SPREADSHEET, CELL_TEXT = Spreadsheet(), CellText()


def with_branches(part, done=None):
    """Return the formula of an expression with all branches of its parts."""
    done = {} if done is None else done
    if isinstance(part, Branched):
        return with_branches(part.tree, done)
    if part.symbol is not None or not part.operands:
        return part
    if id(part) not in done:
        operands = tuple(with_branches(operand, done) for operand in part.operands)
        done[id(part)] = Expression(part.value, None, part.operation, operands)
    return done[id(part)]


def computed_tree(quantity):
    """Return the formula by which a quantity is computed, with all branches."""
    return with_branches(quantity.operands[0] if quantity.operation == "written down" else quantity)


def symbols_of(tree):
    """Return the printed symbols in a formula, in order."""
    return [str(part.symbol) for part in named_parts(tree)]


def cell_formula(tree, name_of):
    """Return a formula as that of a cell, without =; `name_of` names the cell of a Symbol."""
    return IfWriter(SPREADSHEET, None, lambda part: name_of(part.symbol)).write(tree)[0]


def cell_text(tree, text_of, name_of):
    """Return the formula of a cell that shows a formula as a text, which depends on its branches.

    `text_of` returns the formula of the text of a tree without branches. Of a tree with many, such as a cross-entropy of
    many outputs, the text has all terms, those that are 0 too.
    """
    if number_of_ways(tree) > MOST_TEXTS:
        tree = with_all_terms(tree)
    question = first_question(tree)
    if question is None:
        return text_of(tree)

    def way(answer):
        return decided(tree, lambda condition, *_: answer if is_same_formula(condition, question) else None)

    yes, no = (cell_text(way(answer), text_of, name_of) for answer in (True, False))
    return yes if yes == no else f"IF({cell_formula(question, name_of)},{yes},{no})"


def number_of_ways(tree):
    """Return how many ways there are through the branches of a tree, at most."""
    ways = 1
    if tree.symbol is None:
        for operand in tree.operands:
            ways *= number_of_ways(operand)
    return 2 * ways if tree.operation == "if" and tree.symbol is None else ways


def with_all_terms(tree):
    """Return a tree without the branches that are 0."""
    return decided(tree, lambda _, yes, no: None if is_constant(yes, 0) == is_constant(no, 0) else is_constant(no, 0))


def first_question(tree):
    """Return the first comparison in a tree, None if it has none."""
    if tree.symbol is not None:
        return None
    if tree.operation == "if":
        return tree.operands[0]
    return next(filter(None, map(first_question, tree.operands)), None)


def symbols_text(tree):
    """Return the formula of the text of a tree in symbols."""
    return quoted(IfWriter(CELL_TEXT, MOST_TERMS, lambda part: str(part.symbol)).text(tree))


def numbers_text(tree, text_cell):
    """Return the formula of the text of a tree with numbers; `text_cell` finds the cell with the number of a Symbol as a text."""
    text = IfWriter(CELL_TEXT, MOST_TERMS, lambda part: f"{MARK}{text_cell(part.symbol)}{MARK}").text(tree)
    pieces = text.split(MARK)  # every second one is a cell
    for n in range(1, len(pieces), 2):
        if pieces[n - 1][-1:] in ("", "(") and (
            pieces[n + 1][:3] in ("", CELL_TEXT.plus, CELL_TEXT.minus) or pieces[n + 1][0] == ")"
        ):
            pieces[n] = f'SUBSTITUTE(SUBSTITUTE({pieces[n]},"(",""),")","")'  # no sign before it needs parentheses
    return "&".join(piece if n % 2 else quoted(piece) for n, piece in enumerate(pieces) if piece)


def quoted(text):
    """Return a text of purenet's own in a formula."""
    pieces = [text[n : n + LONGEST_TEXT] for n in range(0, len(text), LONGEST_TEXT)]
    return "&".join(f'"{piece}"' for piece in pieces) or '""'


def number_as_text(cell, digits):
    """Return the formula of a number as a text within a formula: in parentheses if it is negative, to so many digits."""
    number = cell if digits is None else significant(cell, digits)
    return f'IF({cell}<0,"("&SUBSTITUTE({number},"-","−")&")",{number}&"")'


# rounding by hand


def rounded(cell, unit, digits, mode):
    """Return the formula of the number in a cell as it is written down: by a rule of a pencil.

    Cells compute in floats, and a person in decimals: what is halfway between two digits on paper may be a little more or
    less in a cell. So a number is rounded to a billionth of the last place first.
    """
    places = str(digits) if unit == "decimals" else f"{digits - 1}-INT(LOG10(ABS({cell})))"
    near = f"ROUND({cell},{places}+{NEAR})"
    if mode == "half even":
        power = f"10^({places})"
        is_half = f"ROUND(MOD(ABS({cell})*{power},1),{NEAR})=0.5"
        text = f"IF({is_half},2*ROUND({near}*{power}/2,0)/{power},ROUND({near},{places}))"
    else:
        text = f"{'TRUNC' if mode == 'cut off' else 'ROUND'}({near},{places})"
    return text if unit == "decimals" else f"IF({cell}=0,0,{text})"


def significant(cell, digits):
    """Return the formula of a number to some significant digits."""
    return f"IF({cell}=0,0,ROUND({cell},{digits - 1}-INT(LOG10(ABS({cell})))))"
