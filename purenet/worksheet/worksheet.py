"""One worksheet: a trace with numbers left out, the mistakes that show in it, and what is typed to have it graded."""

from purenet.arithmetic.notation import ASCII, UNICODE, Symbol
from purenet.cases import Case
from purenet.errors import NetworkError, count
from purenet.golden.diagnosis.by_hand import symbols_of
from purenet.golden.mistakes import CATALOGUE
from purenet.golden.programs.reported import BY_HAND
from purenet.storage.json_text import json_text
from purenet.trace.record import trace_case
from purenet.trace.text_pages import given_section, given_words, rounding_words

MOST_NUMBERS = 400  # that somebody would compute
KEY_DIGITS = 10  # significant digits of full precision in a key, unless there are more by hand


class Worksheet:
    """A worksheet from data of a case with an `id` and a `rounding`, and the `Kindness` that worksheets like it have.

    `seed` is that of its numbers, None where they are those of a case. `asked` are the symbols of the numbers that are
    left out, and `steps` the steps of its trace in which something is computed.
    """

    def __init__(self, data, kindness, seed=None):
        self.data, self.seed, self.kindness = data, seed, kindness
        self.case = Case(data, data["id"])
        check_size(self.case)
        self.trace = trace_case(self.case, second_pass=False, everything=True, groups=[])
        self.steps = self.trace.steps = computed_steps(self.trace)
        self.contents = kindness.contents
        self.asked = self.contents.asked
        if not self.asked:
            raise NetworkError(f"nothing is left out of {self.case.id}: name other --blanks")

    @property
    def name(self):
        """What distinguishes the names of its files: the seed, or the name of the case."""
        return self.case.id if self.seed is None else str(self.seed)

    @property
    def title(self):
        return f"Worksheet {self.name}: {self.case.title}"

    @property
    def key_title(self):
        return f"Key to worksheet {self.name}: {self.case.title}"

    def is_asked(self, row):
        """Return whether the number of a row is left out."""
        return row.quantity.symbol in self.asked

    def is_bare(self, row):
        """Return whether the number of a row is printed without those in its formula."""
        return row.quantity.symbol in self.contents.bare

    @property
    def sheet_steps(self):
        """The steps that the sheet has, pairs of a step and those of its rows that do not give a blank away."""
        absent = self.contents.absent
        pairs = [(step, [row for row in step.rows if row.quantity.symbol not in absent]) for step in self.steps]
        return [(step, rows) for step, rows in pairs if any(row.formula for row in rows)]

    # what is said on the sheet and on the key

    @property
    def seed_words(self):
        return [] if self.seed is None else [f"Seed: {self.seed}."]

    @property
    def sheet_words(self):
        """Sentences for the sheet about what is given, all of it, and what is to be done."""
        rounding = rounding_words(self.trace).replace(" (≈)", "")
        left = count(len(self.asked), "number")
        off = len(self.contents.absent)
        more = [f"{count(off, 'number')} computed from these later would give them away, and the sheet ends without."]
        task = f"Compute the {left} left out, in order. Round as you write down: {rounding}. Go on with what you wrote."
        return [*self.seed_words, *given_words(self.trace, MOST_NUMBERS), task, *(more if off else [])]

    @property
    def key_words(self):
        """Sentences for the key."""
        shown = [] if self.key_digits is None else [f"The key shows {self.key_digits} significant digits of it."]
        return [*self.seed_words, *given_section(self.trace).sentences, *shown, *self.mistake_words]

    @property
    def key_digits(self):
        """How many significant digits the key shows of numbers in full precision; None for all."""
        longest = max(len(row.digits_by_hand) for step in self.steps for row in step.rows)
        return KEY_DIGITS if longest <= KEY_DIGITS else None

    @property
    def mistake_words(self):
        """Sentences for the key about the known mistakes that show in this sheet, and those that do not."""
        hidden, possible = self.kindness.hidden(self.case, self.seed is not None), len(self.kindness.possible)
        all_of = "All" if not hidden else f"{possible - len(hidden)} of the"
        words = [f"{all_of} {possible} known mistakes that can show in such a sheet give other numbers in this one."]
        if hidden:
            words.append(f"These do not show in it: {', '.join(mistake.id for mistake in hidden)}.")
        left = len(CATALOGUE) - possible
        return [*words, f"The other {left} need something else, such as several examples, momentum or other layers."]

    # what is typed

    def answers_text(self, ascii=False):
        """Return the lines to be filled in: the symbol of each number that is left out; and those that are printed."""
        notation = ASCII if ascii else UNICODE
        known = symbols_of(self.case)
        case, answers = f"case-{self.name}.json", f"answers-{self.name}.txt"
        lines = [
            f"# Worksheet {self.name}: type each number after its name; one that has none is not graded.",
            f"# To grade it: purenet golden check {case} {answers}",
            f"case {self.case.id}",
            f"dtype {BY_HAND}",
        ]
        known_asked = [notation.symbol(symbol) for symbol in known if symbol in self.asked]
        if len(known_asked) < len([symbol for symbol in known if symbol in self.contents.sources]):
            lines.append(" ".join(["asked", *known_asked]))
        for step in self.steps:
            for row in step.rows:
                symbol = Symbol.parse(row.symbol)
                if symbol in known and row.formula and symbol not in self.contents.absent:
                    name = notation.symbol(symbol)
                    lines.append(f"{name} " if symbol in self.asked else f"printed {name} {row.digits_by_hand}")
        return "\n".join(dict.fromkeys(lines)) + "\n"

    @property
    def case_text(self):
        return json_text(self.data) + "\n"


def computed_steps(trace):
    """Return the steps of a trace in which something is computed, numbered from 1."""
    steps = [step for step in trace.steps if any(row.formula for row in step.rows)]
    for number, step in enumerate(steps, start=1):
        step.number = number
    return steps


def check_size(case):
    """Raise NetworkError for a case with more numbers than anybody computes by hand."""
    numbers = len(symbols_of(case))
    if numbers > MOST_NUMBERS:
        raise NetworkError(
            f"{case.id} computes {numbers:,} numbers, and a worksheet at most {MOST_NUMBERS}: take fewer --steps or neurons"
        )
