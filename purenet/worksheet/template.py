"""The data of a case from which worksheets are made: those of a case, or of a network in which no number is drawn yet."""

import re
from decimal import Decimal

from purenet.arithmetic.notation import Symbol
from purenet.arithmetic.pencil import Pencil
from purenet.cases import Case
from purenet.errors import NetworkError, check_number
from purenet.golden.values.case_files import with_plain_network
from purenet.trace.record import is_of_second_pass

LEFT_OUT = ("published", "certified", "blind_to", "errata", "revision")  # they belong to the case as it is published
MOST_STEPS = 100


def data_of_case(data, where, rounding, steps=None):
    """Return the data of a case for a worksheet: its network in plain form, a rounding, and so many of its steps.

    Raises NetworkError naming the first field that is not as it should be.
    """
    case = Case(data, where)
    data = {name: value for name, value in with_plain_network(data, case).items() if name not in LEFT_OUT}
    data = {**data, "id": file_name_of(case.id), "title": case.title, "rounding": without_second_pass(rounding)}
    return data if steps is None else with_steps(data, case, steps)


def file_name_of(id):
    """Return the id of a case as it can be part of the name of a file, in letters, digits and hyphens."""
    return re.sub("[^A-Za-z0-9]+", "-", id).strip("-") or "case"


def without_second_pass(rounding):
    """Return how numbers are rounded, without rules for the pass through the new weights, which a worksheet does not have."""
    pencil = Pencil(rounding)
    second = [name for name in pencil.rules if isinstance(name, Symbol) and is_of_second_pass(name)]
    return {name: rule for name, rule in pencil.declared.items() if name not in map(str, second)}


def with_steps(data, case, steps):
    """Return data of a case with so many training steps, the mini-batches of the case again and again."""
    check_steps(steps)
    batches = [case.batches()[step % len(case.batch_sizes)] for step in range(steps)]
    examples = [data["examples"][n] for batch in batches for n in batch]
    return {**data, "examples": examples, "batch_sizes": list(map(len, batches))}


def empty_data(sizes, hidden, last, loss, with_biases=True, learning_rate=Decimal("0.5"), rounding=4, steps=1):
    """Return the data of a case in which every number is still 0: one example, the same in each step.

    `hidden`, `last` and `loss` are names. Raises NetworkError for a learning rate that moves no weight.
    """
    check_steps(steps)
    check_number(learning_rate, "the learning rate")
    if learning_rate <= 0:
        raise NetworkError(f"the learning rate of a worksheet must be above 0, not {learning_rate}")
    example = {"inputs": [Decimal(0)] * sizes[0], "targets": [Decimal(0)] * sizes[-1]}
    return {
        "network": {"layers": empty_layers(sizes, hidden, last, with_biases), "loss": loss},
        "examples": [example] * steps,
        "learning_rate": learning_rate,
        "rounding": rounding,
    }


def empty_layers(sizes, hidden, last, with_biases):
    return [
        {
            "activation": last if number == len(sizes) else hidden,
            "weights": [[Decimal(0)] * inputs for _ in range(outputs)],
            "biases": [Decimal(0)] * outputs if with_biases else None,
        }
        for number, (inputs, outputs) in enumerate(zip(sizes, sizes[1:]), start=2)
    ]


def check_steps(steps):
    """Raise NetworkError for a number of steps that is none, or more than anybody computes."""
    if not 1 <= steps <= MOST_STEPS:
        raise NetworkError(f"a worksheet has 1 to {MOST_STEPS} steps, not {steps}")
