"""Pictures as PDF files, through a program that may be installed."""

import sys

import pytest

from purenet import NetworkError
from purenet.drawing import pdf as module
from purenet.drawing.pdf import converter, pdf

PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><rect width="20" height="10"/></svg>'


@pytest.mark.skipif(converter() is None, reason="rsvg-convert is not installed: apt-get install librsvg2-bin")
def test_a_picture_becomes_a_pdf_file():
    assert pdf(PICTURE).startswith(b"%PDF-")


@pytest.mark.skipif(converter() is None, reason="rsvg-convert is not installed: apt-get install librsvg2-bin")
def test_what_is_no_picture_is_an_error():
    with pytest.raises(NetworkError, match="this picture cannot be drawn as PDF"):
        pdf("no picture")


def test_cairosvg_takes_the_place_of_rsvg_convert(monkeypatch):
    cairosvg = pytest.importorskip("cairosvg", reason="CairoSVG is not installed: pip install cairosvg")
    monkeypatch.setattr(module.shutil, "which", lambda name: None)
    assert converter() is cairosvg.svg2pdf and pdf(PICTURE).startswith(b"%PDF-")


def test_without_a_program_it_is_said_what_to_install(monkeypatch):
    monkeypatch.setattr(module.shutil, "which", lambda name: None)
    monkeypatch.setitem(sys.modules, "cairosvg", None)
    with pytest.raises(NetworkError, match="a PDF file needs .*: install rsvg-convert .* or CairoSVG"):
        pdf(PICTURE)
