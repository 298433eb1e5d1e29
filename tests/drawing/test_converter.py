"""Pictures in other formats than SVG, through a program that may be installed."""

import shutil

import pytest

from purenet import NetworkError
from purenet.drawing.converter import converted, converter

PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><rect width="20" height="10"/></svg>'


@pytest.mark.skipif(converter() is None, reason="no converter is installed: apt-get install librsvg2-bin")
@pytest.mark.parametrize("format, beginning", [("pdf", b"%PDF-"), ("png", b"\x89PNG")])
def test_a_picture_is_converted(format, beginning):
    assert converted(PICTURE, format).startswith(beginning)


@pytest.mark.skipif(converter() is None, reason="no converter is installed: apt-get install librsvg2-bin")
def test_what_cannot_be_converted_is_an_error():
    with pytest.raises(NetworkError, match="could not convert a picture to pdf"):
        converted("no picture", "pdf")


def test_without_a_program_it_is_said_what_to_install(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(NetworkError, match="neither rsvg-convert nor inkscape: try apt-get install librsvg2-bin"):
        converted(PICTURE, "pdf")
