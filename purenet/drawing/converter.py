"""Pictures in other formats than SVG, converted by a program that is installed: purenet itself writes SVG alone."""

import os
import shutil
import subprocess
import tempfile

from purenet.errors import NetworkError

PROGRAMS = {  # and their arguments
    "rsvg-convert": ("--format={format}", "--output={target}", "{source}"),
    "inkscape": ("--export-type={format}", "--export-filename={target}", "{source}"),
}
INSTALL = f"no converter of SVG is installed, neither {' nor '.join(PROGRAMS)}: try apt-get install librsvg2-bin"
PATIENCE = 60  # seconds for one picture


def converter():
    """Return the name of the first program that is installed, None where there is none."""
    return next((program for program in PROGRAMS if shutil.which(program)), None)


def converted(picture, format):
    """Return the text of an SVG file as the bytes of a file in another format, such as "pdf"; raise NetworkError."""
    program = converter()
    if program is None:
        raise NetworkError(INSTALL)
    with tempfile.TemporaryDirectory() as folder:
        source, target = os.path.join(folder, "picture.svg"), os.path.join(folder, f"picture.{format}")
        with open(source, "w", encoding="utf-8") as file:
            file.write(picture)
        arguments = [each.format(format=format, source=source, target=target) for each in PROGRAMS[program]]
        try:
            subprocess.run([program, *arguments], capture_output=True, check=True, timeout=PATIENCE)
            with open(target, "rb") as file:
                return file.read()
        except (OSError, subprocess.SubprocessError):
            raise NetworkError(f"{program} could not convert a picture to {format}") from None
