"""Worksheets in sequence, one from each seed, no two alike."""

from purenet.cases import Case
from purenet.errors import NetworkError
from purenet.worksheet.worksheet import Worksheet

MOST_ALIKE = 1000  # seeds that are passed over in a row


def drawn_worksheets(kindness, seed, count=1, tell=lambda words: None):
    """Yield so many worksheets from a seed and those after it.

    A seed that draws an earlier worksheet is passed over, so that each can be made again from its own seed alone; `tell`
    is a function that says so in a sentence.
    """
    seen, alike = {}, 0
    while len(seen) < count:
        data = kindness.drawn(seed)
        numbers = str((data["network"], data["examples"]))
        if numbers in seen:
            alike += 1
            tell(f"seed {seed} draws the worksheet of seed {seen[numbers]}, and is passed over")
        else:
            seen[numbers], alike = seed, 0
            yield Worksheet(named(data, seed), kindness, seed)
        if alike == MOST_ALIKE:
            raise NetworkError(f"there are no {count} different worksheets of so small a network: take more neurons")
        seed += 1


def named(data, seed):
    """Return the data of a drawn case with an id and a title of its own."""
    data = {name: value for name, value in data.items() if name not in ("id", "title", "source", "license")}
    network = Case(data).network_data
    title = f"{'-'.join(map(str, network.sizes))}, {network.loss.name}"
    return {"format_version": 1, "id": f"worksheet-{seed}", "title": title, **data}
