"""What purenet offers to a program: each public name with its signature, its docstring and its place in the source."""

import functools
import inspect
import os
import textwrap
from collections import namedtuple
from importlib import import_module

CORE_FILES = [
    f"purenet/{name}.py"
    for name in "neuron layer network activations losses softmax training descent perceptron".split()
]
FURTHER = {  # names that are imported from their own module; None: all functions and classes of it
    "purenet.datasets": ("Dataset", "xor", "logical_and", "logical_or", "digits", "mnist", "read_csv"),
    "purenet.cases": ("case_names", "load_case", "Case"),
    "purenet.inspect.training_steps": ("trained",),
    "purenet.golden.testing": None,
    "purenet.golden.diagnosis.by_hand": ("Sheet",),
    "purenet.arithmetic.interval": ("Interval",),
}


class Entry(namedtuple("Entry", "name module kind signature doc file line")):
    """A public name, or a method or property of a public class, as in Neuron.backward.

    `module` is where it is imported from, `file` and `line` where its source is.
    """

    @property
    def page(self):
        """The name of its page: that of the module that defines it."""
        return self.file[len("purenet/") : -len(".py")].replace("/__init__", "").replace("/", "-")

    @property
    def address(self):
        return f"/reference/{self.page}.html#{self.name}"


@functools.lru_cache(maxsize=None)
def public_entries():
    """Return all entries; a class comes before its methods."""
    found = []
    for module, name, thing in public_things():
        found.append(entry(name, module, thing))
        if inspect.isclass(thing):
            found += [entry(f"{name}.{member}", module, value) for member, value in members(thing)]
    return found


def public_things():
    """Yield each public name with the module to import it from, and what it names."""
    package = import_module("purenet")
    for name in package.__all__:
        yield "purenet", name, getattr(package, name)
    for module, chosen in FURTHER.items():
        for name, thing in vars(import_module(module)).items():
            own = getattr(thing, "__module__", None) == module and callable(thing) and thing.__doc__
            if name in chosen if chosen else own and not name.startswith("_"):
                yield module, name, thing


def members(kind):
    """Yield the methods and properties that a class defines itself, by name, those with a docstring."""
    for name, value in vars(kind).items():
        described = isinstance(value, property) or inspect.isfunction(value)
        if described and not name.startswith("_") and (value.__doc__ or "").strip():
            yield name, value


def entry(name, module, thing):
    """Return the entry of a function, a class, a method or a property."""
    code = thing.fget if isinstance(thing, property) else thing
    file, line = source_place(code)
    kind = "property" if isinstance(thing, property) else "class" if inspect.isclass(thing) else "function"
    signature = "" if kind == "property" else signature_text(thing)
    return Entry(name, module, kind, signature, inspect.cleandoc(thing.__doc__ or ""), file, line)


def source_place(code):
    """Return the path of a file as in purenet/neuron.py, and the line on which a function or a class begins."""
    folder = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    path = os.path.relpath(inspect.getsourcefile(inspect.unwrap(code)), folder)
    return path.replace(os.sep, "/"), inspect.getsourcelines(code)[1]


def signature_text(thing):
    """Return the parameters of a function or a class as they are written, without self."""
    if inspect.isclass(thing) and not any("__init__" in vars(kind) for kind in own_classes(thing)):
        return ""  # nothing of its own is to be given
    parameters = list(inspect.signature(thing).parameters.values())
    shown = [str(each.replace(annotation=each.empty)) for each in parameters if each.name != "self"]
    return f"({', '.join(shown)})"


def own_classes(kind):
    """Return a class and those above it that purenet defines; PyPy gives a built-in class parameters, too."""
    return [each for each in kind.__mro__ if each.__module__.split(".")[0] == "purenet"]


def doc_blocks(doc):
    """Return a docstring as pairs of a kind and a text: prose, doctest, or lines that are shown as they are.

    >>> doc_blocks("Return it.\\n\\n    a    one\\n\\n>>> 1 + 1\\n2")
    [('prose', 'Return it.'), ('lines', 'a    one'), ('doctest', '>>> 1 + 1\\n2')]
    """
    found = []
    for block in filter(None, doc.split("\n\n")):
        kind = "doctest" if block.lstrip().startswith(">>>") else "lines" if block.startswith("    ") else "prose"
        text = textwrap.dedent(block).strip("\n")
        if found and found[-1][0] == kind != "prose":
            found[-1] = (kind, f"{found[-1][1]}\n\n{text}")
        else:
            found.append((kind, text))
    return found
