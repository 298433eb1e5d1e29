import pytest

from purenet.lab import course


@pytest.fixture
def patient(monkeypatch):
    """Let a training take as long as a busy machine needs."""
    monkeypatch.setattr(course, "PATIENCE", 60)
