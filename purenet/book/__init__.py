"""The book: the numbered chapters of walkthroughs/, with their exercises. Each chapter is a script and its transcript.

>>> chapter(3).title
'A hidden layer'
"""

import functools
import importlib.util
import os

from purenet.book.blocks import Matrices, Output, Steps
from purenet.book.chapter import Chapter
from purenet.book.exercises import ByHand, Choice, Code, Number
from purenet.book.measurements import measured
from purenet.book.scripts import chapters_folder, script_names
from purenet.errors import NetworkError

__all__ = [
    "ByHand",
    "Chapter",
    "Choice",
    "Code",
    "Matrices",
    "Number",
    "Output",
    "Steps",
    "chapter",
    "chapters",
    "chapters_folder",
    "measured",
]


def chapters():
    """Return all chapters in their order."""
    return [load_chapter(name) for name in script_names().values()]


def chapter(number):
    """Return the chapter of a number; raise NetworkError if there is none."""
    names = script_names()
    if number not in names:
        raise NetworkError(f"there is no chapter {number}: they are {min(names)} to {max(names)}")
    return load_chapter(names[number])


@functools.lru_cache(maxsize=None)
def load_chapter(name):
    """Return the chapter that a script defines; nothing of it is computed before its blocks are asked for."""
    spec = importlib.util.spec_from_file_location(
        f"purenet_{name[: -len('.py')]}", os.path.join(chapters_folder(), name)
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.chapter.file = name
    return module.chapter
