"""The plain program as a file that runs by itself, with a mistake in it or without."""

import inspect
import re
import textwrap

from purenet.golden.mistakes import standalone
from purenet.golden.mistakes.edits import functions_changed, program_text

IMPORT = re.compile(r"^from purenet.+ import (?:\([^)]*\)|.*)\n\n", re.MULTILINE)
WIDTH = 120  # of the comment


def listing(mistake=None):
    """Return the text of a file that needs nothing but Python, and answers as PROTOCOL.md says."""
    opening, program = IMPORT.split(program_text((mistake.diff,) if mistake else ()))
    imports, answers = IMPORT.split(inspect.getsource(standalone).split('"""', 2)[2].lstrip())
    return heading(mistake) + opening + imports + program + answers


def heading(mistake):
    """Return the comment that says which mistake is in the program, and where."""
    if mistake is None:
        return "# The plain program, without a mistake.\n"
    places = " and ".join(sorted(functions_changed(mistake.diff)))
    text = f"The plain program with a mistake in {places}: {mistake.id}. {mistake.sentence}"
    return textwrap.fill(text, WIDTH, initial_indent="# ", subsequent_indent="# ", break_on_hyphens=False) + "\n"
