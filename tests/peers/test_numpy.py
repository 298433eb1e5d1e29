import pytest

from tests.peers.notes import train
from tests.test_source_systems import NOTES

pytest.importorskip("numpy", reason="numpy is not installed: pip install 'purenet[peers]'")


def test_the_recorded_outputs_are_those_of_numpy():
    assert train(seed=5, steps=10_000, rate=0.1) == pytest.approx(NOTES, abs=1e-12)
