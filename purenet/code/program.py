"""A case as a program: one line for each number, in order of computation. Read statements.py and languages.py first."""

from purenet.arithmetic.expression import FUNCTIONS, Expression
from purenet.arithmetic.notation import BASES, Symbol
from purenet.code.languages import LANGUAGES
from purenet.code.statements import FormulaProgram, Report, Statement, Statements, parts
from purenet.document.foreign import visible
from purenet.errors import NetworkError
from purenet.trace.case_run import CaseRun
from purenet.trace.program import quantities_of_training, training_of
from purenet.trace.quantities import EPOCH_LOSS, losses_of_examples, reportable
from purenet.trace.unknown import Unknown, quantities

MOST = 20_000  # numbers of a program


def program(case, language="python"):
    """Return the text of a program that does the training of a case; `language` is a key of LANGUAGES.

    It computes in double precision, each number as purenet does, and prints those that PROTOCOL.md names. Where double
    precision does not suffice for all of them, it ends before. Raise NetworkError for a case of more than 20,000 numbers.
    """
    numbers = sum(quantity.size for quantity in reportable(case))
    if numbers > MOST:
        raise NetworkError(
            f"{case.id} has {numbers} numbers, and a program has a line for each, at most {MOST}: take fewer examples"
        )
    return Text(case, LANGUAGES[language], CaseRun(case, number=float)).whole(statements(case))


def statements(case):
    """Return the statements of a case, in order of computation."""
    notes, training = Statements(), training_of(case)
    FormulaProgram(notes).recording(training, notes, quantities_of_training(training)).run()
    add_epoch_loss(case, notes)
    return notes.list


def add_epoch_loss(case, notes):
    """Add the mean of the losses of all examples, which programs print after an epoch."""
    losses, total = losses_of_examples(reportable(case)), 0
    for loss in losses:
        total += notes.numbers[loss.name][0]
    if losses:
        number = notes.add(Unknown(Symbol("mean_loss")), total / len(losses), EPOCH_LOSS)
        notes.list.append(Report(EPOCH_LOSS, [number]))


class Text:
    """The text of a program in a language; `run` is the case, run in double precision."""

    def __init__(self, case, language, run):
        self.case, self.language, self.stopped = case, language, run.stopped
        self.names = {name for name, values in run.values.items() if None not in values}

    def whole(self, statements):
        """Return the whole program."""
        statements = self.used(statements)
        lines, before = [self.language.print(line) for line in printed_first(self.case)], None
        for item in statements:
            heading = self.heading(item.quantity)
            if heading != before:
                lines += ["", f"{self.language.mark} {heading}"]
                before = heading
            if isinstance(item, Statement):
                lines.append(self.statement(item))
            else:
                lines.append(self.report(item))
        indented = [(self.language.indent + line).rstrip() for line in lines]
        begin = self.language.begin(functions(statements), has_own_functions(self.case))
        return "\n".join([*self.about(), *begin, *indented, *self.language.end()]) + "\n"

    def used(self, statements):
        """Return the reports of numbers that double precision can compute, and the statements that they need."""
        needed, kept = set(), []
        for item in reversed(statements):
            if isinstance(item, Report) and item.quantity.name in self.names:
                needed.update(map(id, item.numbers))
                kept.append(item)
            elif isinstance(item, Statement) and id(item.number) in needed:
                needed |= quantities(item.formula)
                kept.append(item)
        return sorted(kept[::-1], key=is_computed)  # given numbers first

    def about(self):
        case, mark = self.case, self.language.mark
        words = [f"{one_line(case.title)}: a program that `purenet code {one_line(case.id)}` wrote."]
        words.append("It prints its numbers as `purenet golden check` reads them, separated by tabs.")
        words += self.language.use
        if case.rounding is not None:
            words.append("The example is rounded by hand; the program computes in double precision and rounds nothing.")
        elif case.number is not float:
            words.append("Its numbers are exact in purenet; the program computes in double precision.")
        if self.stopped is not None:
            words.append(f"It ends where double precision does: {self.stopped}.")
        return [f"{mark} {sentence}" for sentence in words]

    def heading(self, quantity):
        if quantity.step == 0 or quantity.layer == -1 or quantity.kind == "targets":
            return "Given"
        if quantity.step is None:
            return "The epoch"
        return f"Step {quantity.step}" + (f", example {quantity.example}" if quantity.example else "")

    def statement(self, statement):
        name = self.name(statement.number)
        formula = statement.formula
        text = self.language.number(str(formula)) if not isinstance(formula, Expression) else self.formula(formula)
        line = self.language.assignment(name, text)
        symbol = statement.number.symbol
        return line if symbol.base not in BASES or symbol.text == name else f"{line}  {self.language.mark} {symbol}"

    def name(self, number):
        return self.language.symbol(number.symbol)

    def formula(self, formula):
        return self.language.formula(formula, self.name)

    def report(self, report):
        return self.language.report(report.quantity.name, [self.name(number) for number in report.numbers])


def printed_first(case):
    """Return the first lines that programs print: which case it is, unless its name has signs of its own, and the type."""
    plain = case.id.isascii() and case.id.replace("-", "").isalnum()
    return [f"case\\t{case.id}"] * plain + ["dtype\\tfloat64"]


def has_own_functions(case):
    """Return whether a case has activations or a loss that are not purenet's, which see to it that e^x is never too large."""
    network = case.network()
    used = [network.loss, *(neuron.activation for neuron in network.neurons())]
    return any(not type(function).__module__.startswith("purenet.") for function in used)


def is_computed(item):
    return isinstance(item, Report) or isinstance(item.formula, Expression)


def one_line(text):
    """Return somebody's words for a comment of one line."""
    return " ".join(visible(text).split())


def functions(statements):
    """Return the names of the functions that formulas use: exp, ln, …"""
    formulas = [item.formula for item in statements if isinstance(item, Statement)]
    return {part.operation for formula in formulas for part in parts(formula) if part.operation in FUNCTIONS}
