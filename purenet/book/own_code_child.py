"""What runs in a process of its own: purenet with somebody's file in place of one of its modules (see own_code.py).

It is given to Python as a text, with the folder of purenet, the name of the module, the path of the file and the names of
cases as arguments; it writes one line of JSON: the values of each case, or the exception that ended it.
"""

import importlib.machinery
import importlib.util
import json
import os
import sys
import traceback


class OwnFile:
    """A finder and loader, first in sys.meta_path: of purenet in its folder, and of the file in place of its module."""

    def __init__(self, folder, module, path):
        self.folder, self.module, self.path = folder, module, path

    def find_spec(self, name, path=None, target=None):
        if name == "purenet":
            first = os.path.join(self.folder, "__init__.py")
            return importlib.util.spec_from_file_location(name, first, submodule_search_locations=[self.folder])
        return importlib.machinery.ModuleSpec(name, self, origin=self.path) if name == self.module else None

    def create_module(self, spec):
        """Return None: the usual kind of module will do."""

    def exec_module(self, module):
        """Run the file as it is now: compiled code that Python kept may be that of an earlier text."""
        module.__file__ = self.path
        with open(self.path, "rb") as file:
            exec(compile(file.read(), self.path, "exec"), module.__dict__)


class Printed:
    """Standard output of the file, which would be in the way of the answer: only whether there is some is kept."""

    encoding = "utf-8"
    some = False

    def write(self, text):
        self.some = True
        return len(text)

    def flush(self):
        pass


def values_of(name):
    """Return all numbers of a case by name, as the core in this process computes them."""
    from purenet.cases import load_case
    from purenet.trace.notes import Numbers
    from purenet.trace.program import Program, training_of
    from purenet.trace.quantities import certified_quantities

    case, notes = load_case(name), Numbers()
    Program().recording(training_of(case), notes, certified_quantities(case)).run()
    return {name: [number(value) for value in row] for name, row in notes.values.items()}


def number(value):
    """Return a number as a float, None for one that is missing, and of anything else its text."""
    try:
        return value if value is None else float(value)
    except (ArithmeticError, TypeError, ValueError):
        return repr(value)[:60]


def fault(error, path):
    """Return the type and the message of an exception, the last line of the file that it went through, and where it arose."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == path]
    place = [frames[-1].filename, frames[-1].lineno] if frames else ["", 0]
    return {"type": type(error).__name__, "message": str(error)[:500], "lines": lines, "place": place}


def main(folder, module, path, *names):
    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    sys.stdout = printed = Printed()
    sys.meta_path.insert(0, OwnFile(folder, module, path))
    found = {"values": {}, "fault": None}
    try:
        for name in names:
            found["values"][name] = values_of(name)
    except BaseException as error:
        found["fault"] = fault(error, path)
    found["printed"] = printed.some
    answers.write(json.dumps(found) + "\n")
    answers.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
