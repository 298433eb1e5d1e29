"""Every certified value lies where mpmath's interval arithmetic says, computed by formulas of its own."""

from decimal import Context, Decimal

import pytest

from purenet.cases import load_case
from purenet.golden.values.case_files import golden_names, task
from purenet.golden.values.certified import certified_values

pytest.importorskip("mpmath", reason="mpmath is not installed: pip install 'purenet[peers]'")


@pytest.mark.parametrize("name", golden_names())
def test_every_certified_value_lies_in_an_independent_enclosure(name):
    from mpmath import iv, mp

    from tests.peers.enclosures import PRECISION, enclosures

    case = load_case(name)
    found = enclosures(task(case))
    mp.prec = PRECISION
    for quantity, certified in certified_values(case).items():
        assert len(found[quantity]) == len(certified.true)
        for enclosure, true in zip(found[quantity], certified.true):
            last = Decimal(1).scaleb(true.adjusted() - 39) if true else Decimal(0)
            context = Context(prec=60)
            around = iv.mpf([str(context.subtract(true, last)), str(context.add(true, last))])
            assert mp.mpf(around.a) <= mp.mpf(enclosure.a) and mp.mpf(enclosure.b) <= mp.mpf(around.b), (quantity, true)
