"""The catalogue as a page."""

from purenet.golden.mistakes import CATALOGUE, UNSEEN
from purenet.golden.mistakes.pages import catalogue_page


def test_the_catalogue_is_printed_whole():
    text = catalogue_page("markdown", 100, False)
    assert all(id in text for id in (*CATALOGUE, *UNSEEN))
