"""Pictures as PNG files, for slides, and as PDF files, for LaTeX: drawn by rsvg-convert, CairoSVG or resvg.

purenet needs none of them for anything else, so the first that is installed is used.
"""

import importlib
import shutil
import subprocess

from purenet.errors import NetworkError

SCALE = 2  # pixels of a PNG file for each of the picture, so that small text is sharp
MOST_SECONDS = 120  # for one picture


def converted(picture, kind):
    """Return a picture, the text of an SVG file, as the bytes of a "png" or "pdf" file, in light colours unless it is dark.

    Raises NetworkError where no program that draws SVG is installed, and where it fails.
    """
    convert = checked_converter(kind)
    try:
        return convert(picture)
    except NetworkError:
        raise
    except Exception as error:  # whatever a library has
        raise NetworkError(f"this picture cannot be drawn as {kind.upper()}: {error}") from error


def checked_converter(kind):
    """Return what `converter` does; raise NetworkError where it is None."""
    convert = converter(kind)
    if convert is None:
        raise NetworkError(needed_for(kind))
    return convert


def converter(kind):
    """Return a function from the text of an SVG file to the bytes of a file of a kind, None if no program can do it."""
    return next(filter(None, (find(kind) for find in (rsvg_convert, cairosvg, resvg))), None)


def needed_for(kind):
    """Return a sentence about what is missing for files of a kind."""
    return (
        f"a {kind.upper()} file needs a program that draws SVG, and none is installed: install rsvg-convert "
        f"(librsvg2-bin in Debian) or CairoSVG (pip install cairosvg)"
    )


def rsvg_convert(kind):
    """Return a function that runs the program of librsvg, None where it is not installed."""
    program = shutil.which("rsvg-convert")
    command = [program, "--format", kind, *(["--zoom", str(SCALE)] if kind == "png" else [])]

    def convert(picture):
        done = subprocess.run(command, input=picture.encode("utf-8"), capture_output=True, timeout=MOST_SECONDS)
        if done.returncode:
            raise NetworkError(f"rsvg-convert cannot draw this picture: {done.stderr.decode(errors='replace').strip()}")
        return done.stdout

    return convert if program else None


def cairosvg(kind):
    """Return a function that calls CairoSVG, None where it is not installed."""
    module = imported("cairosvg")
    if module is None:
        return None
    if kind == "pdf":
        return lambda picture: module.svg2pdf(bytestring=picture.encode("utf-8"))
    return lambda picture: module.svg2png(bytestring=picture.encode("utf-8"), scale=SCALE)


def resvg(kind):
    """Return a function that calls resvg in its package for Python, None where it is not installed, and for PDF."""
    module = imported("resvg_py") if kind == "png" else None
    return module and (lambda picture: bytes(module.svg_to_bytes(svg_string=picture, zoom=SCALE)))


def imported(name):
    """Return a module, None where it is not installed or does not find its library."""
    try:
        return importlib.import_module(name)
    except (ImportError, OSError):
        return None
