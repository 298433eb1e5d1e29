"""What makes the numbers of a worksheet kind: they are of a good size, and every mistake that can show in them does.

Which mistakes can is found out by trying: those that show in some of eight drawn worksheets of the kind.
"""

import random
from functools import cached_property, lru_cache

from purenet.arithmetic.pencil import Pencil
from purenet.cases import Case
from purenet.errors import NetworkError
from purenet.golden.mistakes import CATALOGUE
from purenet.trace.quantities import quantities
from purenet.worksheet.by_pencil import Stopped, exact_numbers, shows, written_numbers
from purenet.worksheet.contents import Contents
from purenet.worksheet.draw import redrawn

LARGEST_NET_INPUT = 3  # in size: beyond it, the slope of a sigmoid is small
POOL = 8  # worksheets that are drawn to see which mistakes can show
OFTEN = 2  # of those, in which a mistake must show to be asked of every worksheet
MOST_DRAWS = 1000
TOO_MANY = f"in {MOST_DRAWS:,} draws no worksheet is kind"
REMEDY = "take more decimals (--round 4), fewer neurons or other activations"


class Kindness:
    """What is asked of the worksheets of one kind: data of a case, whatever its numbers, and its `Blanks`.

    `possible` are the mistakes that can show in them, and `asked` those that must in drawn ones, the rarest first. Where
    the numbers are those of a case, and not drawn, nothing is asked of their size.
    """

    def __init__(self, data, blanks, is_drawn=True):
        self.data, self.blanks = data, blanks
        self.fits = is_of_good_size if is_drawn else can_be_computed
        self.kind = repr(data), frozenset(blanks.bases), blanks.alternate, is_drawn

    def __eq__(self, other):
        return isinstance(other, Kindness) and self.kind == other.kind

    def __hash__(self):
        return hash(self.kind)

    @cached_property
    def contents(self):
        """The `Contents` of these worksheets, which are the same whatever the numbers."""
        return Contents(Case(self.data), self.blanks)

    @cached_property
    def counts(self):
        """In how many worksheets of the pool each mistake shows, by id."""
        return counts_of(self)

    @cached_property
    def possible(self):
        return [mistake for id, mistake in CATALOGUE.items() if self.counts[id]]

    @cached_property
    def asked(self):
        often = [mistake for mistake in self.possible if self.counts[mistake.id] >= OFTEN]
        return sorted(often, key=lambda mistake: self.counts[mistake.id])

    def drawn(self, seed):
        """Return the data of the kind case that a seed draws; raise NetworkError if there is none."""
        source, asked = random.Random(seed), self.asked  # which says if no numbers are of a good size
        for _ in range(MOST_DRAWS):
            data = redrawn(self.data, source)
            if is_of_good_size(Case(data)) and self.all_show(Case(data)):
                return data
        raise NetworkError(
            f"from seed {seed}, {TOO_MANY}: none shows all {len(asked)} known mistakes that can show; {REMEDY}"
        )

    def fitting(self, source):
        """Return a drawn case whose numbers are of a good size; raise NetworkError if there is none."""
        for _ in range(MOST_DRAWS):
            case = Case(redrawn(self.data, source))
            if self.fits(case):
                return case
        raise NetworkError(f"{TOO_MANY}: net inputs are beyond ±{LARGEST_NET_INPUT}, or numbers round to 0; {REMEDY}")

    def all_show(self, case):
        """Return whether all mistakes that are asked for show in a case."""
        test = self.test(case)
        return all(test(mistake) for mistake in self.asked)

    def shown(self, case, mistakes):
        """Return those of the mistakes that show in a case."""
        return list(filter(self.test(case), mistakes))

    def test(self, case):
        """Return a function that returns whether a mistake shows in a case."""
        pencil = Pencil(case.rounding)
        printed = self.contents.printed(written_numbers(case, pencil))
        absent = self.contents.places(self.contents.absent)
        return lambda mistake: shows(case, pencil, mistake, printed, absent)

    def hidden(self, case, drawn=False):
        """Return the mistakes that can show in worksheets of this kind, and do not in a case; in a drawn one, most do."""
        test, certain = self.test(case), self.asked if drawn else ()
        return [mistake for mistake in self.possible if mistake not in certain and not test(mistake)]


@lru_cache(maxsize=32)  # it takes a second or more, and is the same for all worksheets of a kind
def counts_of(kindness):
    """Return in how many worksheets of the pool each mistake shows, by id."""
    source, counts = random.Random("kind worksheets"), dict.fromkeys(CATALOGUE, 0)
    for _ in range(POOL):
        for mistake in kindness.shown(kindness.fitting(source), CATALOGUE.values()):
            counts[mistake.id] += 1
    return counts


def can_be_computed(case):
    """Return whether a case can be computed to its end."""
    try:
        return bool(written_numbers(case, Pencil(case.rounding)))
    except Stopped:
        return False


def is_of_good_size(case):
    """Return whether net inputs are within ±3, nothing rounds to 0, and no two neurons of a hidden layer are alike."""
    pencil = Pencil(case.rounding)
    try:
        written = written_numbers(case, pencil)
    except Stopped:
        return False
    exact = exact_numbers(case, written)
    last = len(case.network_data.layers) - 1
    for quantity in quantities(case):
        numbers = written.get(quantity.name, [])
        if any(number == 0 != true for number, true in zip(numbers, exact[quantity.name])):
            return False
        if quantity.kind == "net_input":
            if any(abs(number) > LARGEST_NET_INPUT or number == 0 for number in numbers):
                return False
            if quantity.layer < last and len(set(numbers)) < len(numbers):
                return False
    return True
