"""Functions in a text of Python: where they are, and a file without the body of one."""

import ast
import os
import textwrap
import warnings

from purenet.errors import NetworkError
from purenet.storage.files import read_text

PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
NOTHING = "raise NotImplementedError"


def parsed(source, path):
    """Return the syntax tree of a source, a text or bytes; raise SyntaxError or ValueError if it is not Python."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(source, path)


def function_in(tree, name):
    """Return the node of a function, "Layer.backward" or "train", in a syntax tree; None if there is none."""
    for part in name.split("."):
        kinds = (ast.ClassDef, ast.FunctionDef)
        tree = next((node for node in reversed(tree.body) if isinstance(node, kinds) and node.name == part), None)
        if tree is None:
            return None
    return tree if isinstance(tree, ast.FunctionDef) else None


def own_file(file, function):
    """Return the lines of a file of purenet and the node of a function in it; raise NetworkError if there is none."""
    text = read_text(os.path.join(PACKAGE, *file.split("/")))
    node = function_in(parsed(text, file), function)
    if node is None:
        raise NetworkError(f"purenet/{file} has no function {function}")
    return text.splitlines(), node


def function_text(file, function):
    """Return the text of a function of purenet, "layer.py" and "Layer.backward", with its docstring."""
    lines, node = own_file(file, function)
    return textwrap.dedent("\n".join(lines[node.lineno - 1 : node.end_lineno]))


def without_body(file, function):
    """Return the text of a file of purenet with a function that has its docstring, and raises NotImplementedError."""
    lines, node = own_file(file, function)
    first = node.body[0].end_lineno if ast.get_docstring(node) is not None else node.body[0].lineno - 1
    indent = " " * node.body[0].col_offset
    return "\n".join([*lines[:first], indent + NOTHING, *lines[node.end_lineno :]]) + "\n"


def is_unwritten(node):
    """Return whether a function has nothing in it but a docstring, `pass`, `...` or the line that raises."""
    rest = node.body[ast.get_docstring(node) is not None :]
    return all(ast.unparse(line) in ("pass", "...", NOTHING, NOTHING + "()") for line in rest)
