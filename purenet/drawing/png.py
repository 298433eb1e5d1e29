"""Pictures as PNG files, for slides and documents that take no SVG: drawn by rsvg-convert, CairoSVG or resvg.

purenet needs none of them for anything else, so the first that is installed is used.
"""

import importlib
import shutil
import subprocess

from purenet.errors import NetworkError

SCALE = 2  # pixels of the file for each of the picture, so that small text is sharp
MOST_SECONDS = 120  # for one picture
NONE = (
    "a PNG file needs a program that draws SVG, and none is installed: install rsvg-convert (librsvg2-bin in Debian) "
    "or CairoSVG (pip install cairosvg), or let the file be SVG"
)


def png(picture):
    """Return a picture, the text of an SVG file, as the bytes of a PNG file, in its light colours unless it is dark.

    Raises NetworkError where no program that draws SVG is installed, and where it fails.
    """
    convert = converter()
    try:
        return convert(picture)
    except NetworkError:
        raise
    except Exception as error:  # whatever a library has
        raise NetworkError(f"this picture cannot be drawn as PNG: {error}") from error


def converter():
    """Return a function from the text of an SVG file to the bytes of a PNG file; raise NetworkError if there is none."""
    for find in (rsvg_convert, cairosvg, resvg):
        found = find()
        if found is not None:
            return found
    raise NetworkError(NONE)


def rsvg_convert():
    """Return a function that runs the program of librsvg, None where it is not installed."""
    program = shutil.which("rsvg-convert")

    def convert(picture):
        command = [program, "--zoom", str(SCALE), "--format", "png"]
        done = subprocess.run(command, input=picture.encode("utf-8"), capture_output=True, timeout=MOST_SECONDS)
        if done.returncode:
            raise NetworkError(f"rsvg-convert cannot draw this picture: {done.stderr.decode(errors='replace').strip()}")
        return done.stdout

    return convert if program else None


def cairosvg():
    """Return a function that calls CairoSVG, None where it is not installed."""
    module = imported("cairosvg")
    return module and (lambda picture: module.svg2png(bytestring=picture.encode("utf-8"), scale=SCALE))


def resvg():
    """Return a function that calls resvg in its package for Python, None where it is not installed."""
    module = imported("resvg_py")
    return module and (lambda picture: bytes(module.svg_to_bytes(svg_string=picture, zoom=SCALE)))


def imported(name):
    """Return a module, None where it is not installed or does not find its library."""
    try:
        return importlib.import_module(name)
    except (ImportError, OSError):
        return None
