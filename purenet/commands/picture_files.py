"""How pictures are written: their theme, and PNG in place of SVG."""

from purenet.drawing.converted import checked_converter, converted
from purenet.drawing.palette import THEMES, themed
from purenet.errors import NetworkError

OTHERS = (".jpg", ".jpeg", ".gif", ".webp", ".pdf", ".eps")  # endings of names, of pictures that are not written


def add_picture_options(command):
    theme = "colours of pictures: auto, those of the screen they are shown on, light or dark; default auto"
    command.add_argument("--theme", choices=THEMES, help=theme)
    converts = "which takes rsvg-convert or CairoSVG"
    command.add_argument("--png", action="store_true", help=f"write PNG files instead of SVG, {converts}")


def check_png(options):
    """Raise NetworkError if PNG files are wanted and there is no program that draws them."""
    if wants_png(options):
        checked_converter("png")


def wants_png(options):
    """Return whether the options ask for PNG: --png, or a file whose name ends so; raise NetworkError if they disagree."""
    name = (options.output or "").lower()
    if options.png and name.endswith(".svg"):
        raise NetworkError(f"{options.output} is named like an SVG file: name a .png file, or leave out --png")
    if name.endswith(OTHERS):
        raise NetworkError(f"{options.output} is named like a file of another kind: name a .svg or a .png file")
    return options.png or name.endswith(".png")


def finished(picture, options):
    """Return a picture as it is written: in its theme and, if that is asked for, as the bytes of a PNG file."""
    picture = themed(picture, options.theme or "auto")
    return converted(picture, "png") if wants_png(options) else picture


def all_finished(pictures, options):
    """Return pictures, a dictionary from names without an ending, with the names of their files and as they are written."""
    ending = "png" if wants_png(options) else "svg"
    return {f"{name}.{ending}": finished(picture, options) for name, picture in pictures.items()}
