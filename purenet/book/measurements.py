"""Results of long trainings, kept beside the chapters: they were measured once, and a test measures them again."""

import contextlib
import json
import os

from purenet.book import scripts
from purenet.errors import NetworkError

FILE = "measured.json"
measuring = []  # a dictionary to which what is measured now is added, if anything is


def measured(name, measure):
    """Return what a function returns, as JSON holds it: from the file, or by calling it where chapters are measured again.

    A name belongs to one result; `python walkthroughs/NN_name.py --measure` measures those of a chapter again.
    """
    if not measuring:
        if name not in kept():
            raise NetworkError(f"{name!r} was never measured: run the script of its chapter with --measure")
        return kept()[name]
    result = json.loads(json.dumps(measure()))
    measuring[-1][name] = result
    return result


def kept():
    """Return the results that are kept, a dictionary; none are if there is no file."""
    if not os.path.exists(path()):
        return {}
    with open(path(), encoding="utf-8") as file:
        return json.load(file)


def path():
    return os.path.join(scripts.chapters_folder(), FILE)


@contextlib.contextmanager
def measuring_again():
    """Let results be measured again, and give the dictionary in which they are gathered."""
    measuring.append({})
    try:
        yield measuring[-1]
    finally:
        measuring.pop()


def keep(found):
    """Write results that were measured into the file, beside the others."""
    names = {**kept(), **found}
    lines = [f"{json.dumps(name)}: {json.dumps(names[name], ensure_ascii=False)}" for name in sorted(names)]
    with open(path(), "w", encoding="utf-8", newline="\n") as file:
        file.write("{\n" + ",\n".join(lines) + "\n}\n")
