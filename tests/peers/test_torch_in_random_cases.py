"""PyTorch keeps the tolerances of random cases with Nesterov's momentum, Adam and AdamW, which it computes in another order."""

import json
import random
from decimal import Decimal

import pytest

from purenet.errors import NetworkError
from purenet.golden.values.case_files import task
from purenet.golden.values.certify import certify
from purenet.storage.json_text import json_text
from tests.golden.random_cases import random_descents

torch = pytest.importorskip("torch", reason="PyTorch is not installed: pip install 'purenet[torch]'")


def flat(values):
    return [number for row in values for number in flat(row)] if isinstance(values, list) else [values]


@pytest.mark.slow
@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_no_false_alarm(dtype):
    from tests.adapters.with_torch import reason_to_skip, run

    source, compared = random.Random(8), 0
    for _ in range(60):
        case = random_descents(source)
        told = json.loads(json_text(task(case)))
        try:
            certified = certify(case)
        except NetworkError:
            continue  # a comparison that no number of digits decides
        if reason_to_skip(told) is not None:
            continue
        values = run(told, getattr(torch, dtype))
        for entry in certified:
            found = flat(values[entry["name"]].tolist()) if entry["name"] in values else []
            for number, true, tolerance in zip(found, entry["true"], entry["tolerance"][dtype]):
                if tolerance is not None and number == number and abs(number) != float("inf"):
                    assert abs(Decimal(number) - Decimal(true)) <= tolerance, (entry["name"], case.descent_name)
                    compared += 1
    assert compared > 5000
