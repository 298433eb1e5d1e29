"""The code of a mistake, as its lesson prints it: with every helper of this package that it uses."""

import ast
import functools
import inspect
import re

from purenet.golden.mistakes import base, conventions, deltas, forward, gradients, losses, updates

SAID = {"wrong", "right", "seen", "convention"}  # attributes that a lesson shows in words and formulas


def code_of(mistake):
    """Return the code of a mistake, without what its lesson says in words, after that of its helpers, each once."""
    *helpers, own = parts_for(type(mistake).__name__, set())
    without_docstring = re.sub(r'\n *"""[^"]*"""', "", own, count=1)
    return "\n\n\n".join(map(tidied, [*helpers, without_docstring])) + "\n"


def parts_for(name, seen):
    """Yield the code that defines a name, after the code of all helpers in it that are not in the set `seen`."""
    node, lines = definitions().get(name, (None, None))
    if node is None or node in seen:
        return
    seen.add(node)
    for other in names_in(node):
        yield from parts_for(other, seen)
    said = [
        part
        for part in getattr(node, "body", ())
        if isinstance(part, ast.Assign) and SAID.issuperset(names_in(*part.targets))
    ]
    hidden = {number for part in said for number in range(part.lineno, part.end_lineno + 1)}
    yield "\n".join(lines[number - 1] for number in range(node.lineno, node.end_lineno + 1) if number not in hidden)


@functools.lru_cache(maxsize=None)
def definitions():
    """Return, for each name defined in the modules of the mistakes, its syntax tree and the lines of its module."""
    found = {}
    for module in (base, conventions, deltas, forward, gradients, losses, updates):
        source = inspect.getsource(module)
        for node in ast.parse(source).body:
            names = [node.name] if hasattr(node, "name") else names_in(*getattr(node, "targets", ()))
            found.update(dict.fromkeys(names, (node, source.splitlines())))
    del found["Mistake"]  # what all of them are
    return found


def names_in(*nodes):
    return [part.id for node in nodes for part in ast.walk(node) if isinstance(part, ast.Name)]


def tidied(code):
    """Return code without the blank lines around the parts left out."""
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"\A(.*:)\n\n+", r"\1\n", code))
