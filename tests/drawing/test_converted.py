"""Pictures as PNG and PDF files, through a program that may be installed."""

import sys

import pytest

from purenet import NetworkError
from purenet.drawing import converted as module
from purenet.drawing.converted import converted, converter

PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><rect width="20" height="10"/></svg>'
BEGINNINGS = {"pdf": b"%PDF-", "png": b"\x89PNG"}
KINDS = pytest.mark.parametrize("kind", BEGINNINGS)


@KINDS
@pytest.mark.skipif(converter("pdf") is None, reason="rsvg-convert is not installed: apt-get install librsvg2-bin")
def test_a_picture_becomes_a_file_of_a_kind(kind):
    assert converted(PICTURE, kind).startswith(BEGINNINGS[kind])


@KINDS
def test_what_is_no_picture_is_an_error(kind, monkeypatch):
    pytest.importorskip("cairosvg", reason="CairoSVG is not installed: pip install cairosvg")
    monkeypatch.setattr(module.shutil, "which", lambda name: None)
    with pytest.raises(NetworkError, match=f"this picture cannot be drawn as {kind.upper()}"):
        converted("no picture", kind)


@KINDS
def test_cairosvg_takes_the_place_of_rsvg_convert(kind, monkeypatch):
    pytest.importorskip("cairosvg", reason="CairoSVG is not installed: pip install cairosvg")
    monkeypatch.setattr(module.shutil, "which", lambda name: None)
    assert converted(PICTURE, kind).startswith(BEGINNINGS[kind])


@KINDS
def test_without_a_program_it_is_said_what_to_install(kind, monkeypatch):
    monkeypatch.setattr(module.shutil, "which", lambda name: None)
    for name in ("cairosvg", "resvg_py"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(NetworkError, match=f"a {kind.upper()} file needs .*: install rsvg-convert .* or CairoSVG"):
        converted(PICTURE, kind)
