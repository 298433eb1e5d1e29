"""Messages of commands are compared whole, on slow machines too."""

import pytest


@pytest.fixture(autouse=True)
def nothing_takes_a_while(monkeypatch):
    monkeypatch.setattr("purenet.commands.common.PATIENCE", 600.0)
