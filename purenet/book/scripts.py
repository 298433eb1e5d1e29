"""Where the scripts of the chapters are."""

import os
import re

from purenet.errors import NetworkError

SCRIPT = re.compile(r"([0-9]{2})_\w+\.py")


def chapters_folder():
    """Return the folder of the chapters: inside the installed package or, in a checkout, beside it."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    installed = os.path.join(package, "walkthroughs")
    return installed if os.path.isdir(installed) else os.path.join(os.path.dirname(package), "walkthroughs")


def script_names():
    """Return the names of the scripts by the numbers of their chapters; raise NetworkError if there are none."""
    place = chapters_folder()
    names = sorted(filter(SCRIPT.fullmatch, os.listdir(place))) if os.path.isdir(place) else []
    if not names:
        raise NetworkError("the chapters are not here: this purenet was installed without its walkthroughs")
    return {int(SCRIPT.fullmatch(name)[1]): name for name in names}
