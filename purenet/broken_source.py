"""Says in a sentence that the command cannot start because somebody has changed purenet's own source.

A reader may well do that, in an exercise. To understand the rest, skip this file.
"""

import os
import sys
import traceback

PACKAGE = os.path.dirname(os.path.abspath(__file__))
COMMANDS = ("-m", "purenet", "purenet.exe", "purenet-script.py", "purenet-script.pyw")  # -m: Python is still finding it


def leave_command(error):
    """End the process with exit code 2 and a sentence about an error at import, if the process is the command."""
    if os.path.basename(sys.argv[0]) in COMMANDS:
        raise SystemExit(say_broken(error))


def say_broken(error):
    """Write the sentence about an error at import, and return the exit code 2."""
    what = f"{type(error).__name__}: {error.msg if isinstance(error, SyntaxError) else error}"
    print(
        f"purenet: the command cannot start: {broken_place(error)}: {what}; write this again, or restore the file",
        file=sys.stderr,
    )
    return 2


def broken_place(error):
    """Return the file, the last of purenet's, and the line where an error arose."""
    places = [(frame.filename, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    if isinstance(error, SyntaxError):
        places.append((error.filename or "", error.lineno))
    own = [place for place in places if place[0].startswith(os.path.join(PACKAGE, ""))]
    path, line = (own or places)[-1]
    return f"{os.path.relpath(path, os.path.dirname(PACKAGE)) if own else path}, line {line}"
