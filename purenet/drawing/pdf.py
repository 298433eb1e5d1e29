"""Pictures as PDF files, for LaTeX, which takes no SVG: drawn by rsvg-convert or CairoSVG, whichever is installed."""

import importlib
import shutil
import subprocess

from purenet.errors import NetworkError

MOST_SECONDS = 120  # for one picture
NONE = (
    "a PDF file needs a program that draws SVG, and none is installed: install rsvg-convert (librsvg2-bin in Debian) "
    "or CairoSVG (pip install cairosvg)"
)


def pdf(picture):
    """Return a picture, the text of an SVG file, as the bytes of a PDF file, in its light colours.

    Raises NetworkError where no program that draws SVG is installed, and where it fails.
    """
    convert = converter()
    if convert is None:
        raise NetworkError(NONE)
    try:
        return convert(picture.encode("utf-8"))
    except Exception as error:  # whatever a library has
        raise NetworkError(f"this picture cannot be drawn as PDF: {error}") from error


def converter():
    """Return a function from the bytes of an SVG file to those of a PDF file, None where no program is installed."""
    if shutil.which("rsvg-convert"):
        return rsvg_convert
    try:
        return importlib.import_module("cairosvg").svg2pdf
    except (ImportError, OSError):  # it is not installed, or does not find its library
        return None


def rsvg_convert(picture):
    """Return what the program of librsvg makes of the bytes of an SVG file."""
    command = [shutil.which("rsvg-convert"), "--format", "pdf"]
    return subprocess.run(command, input=picture, capture_output=True, check=True, timeout=MOST_SECONDS).stdout
