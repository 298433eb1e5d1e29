import json

import pytest

from purenet.book import measured
from purenet.book.measurements import keep, kept, measuring_again
from purenet.errors import NetworkError


@pytest.fixture
def file(tmp_path, monkeypatch):
    """Return the path of a file of results that has one, and is used in place of the book's."""
    monkeypatch.setattr("purenet.book.scripts.chapters_folder", lambda: str(tmp_path))
    path = tmp_path / "measured.json"
    path.write_text('{"old": 1}', encoding="utf-8")
    return path


def not_called():
    raise AssertionError


def test_a_result_that_is_kept_is_not_measured(file):
    assert measured("old", not_called) == 1


def test_a_result_that_was_never_measured_says_how():
    with pytest.raises(NetworkError, match="^'new' was never measured: run the script of its chapter with --measure$"):
        measured("new", not_called)


def test_a_measured_result_is_as_the_file_would_hold_it(file):
    with measuring_again() as found:
        assert measured("old", lambda: (2, 3)) == [2, 3]
    assert found == {"old": [2, 3]}


def test_after_measuring_results_are_those_of_the_file_again(file):
    with measuring_again():
        measured("old", lambda: 2)
    assert measured("old", not_called) == 1


def test_what_is_kept_stays_beside_what_is_measured(file):
    keep({"new": ["δ", 0.5]})
    assert kept() == {"new": ["δ", 0.5], "old": 1}
    assert json.loads(file.read_text(encoding="utf-8")) == kept()
