"""The core depends on no instrument, and folders depend on each other in one direction only."""

import ast
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
CORE = "neuron layer network activations losses softmax training descent initialization datasets".split()
CORE += ["perceptron"]
# each folder may use those above it
ORDER = ["errors", "checks", "arithmetic", "core", "storage", "cases", "document", "drawing", "inspect", "trace"]
ORDER += ["code", "spreadsheet", "golden.values", "golden.mistakes", "golden.programs", "golden.diagnosis", "golden"]
ORDER += ["bridges", "book", "worksheet", "lab", "site", "commands", "package"]


def modules():
    """Return the path of each module of the package by its name."""
    found = {}
    for folder, _, names in os.walk(os.path.join(ROOT, "purenet")):
        for name in names:
            if name.endswith(".py"):
                path = os.path.join(folder, name)
                parts = os.path.relpath(path, ROOT)[: -len(".py")].split(os.sep)
                found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports(path, known):
    """Return the modules of the package that a module imports, wherever in it."""
    with open(path, encoding="utf-8") as file:
        tree = ast.parse(file.read())
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module.split(".")[0] == "purenet":
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield whole if whole in known else node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)


def floor(module):
    """Return where in ORDER a module belongs."""
    parts = module.split(".")[1:]
    if parts and parts[0] in CORE:
        return ORDER.index("core")
    for length in (2, 1):
        if ".".join(parts[:length]) in ORDER:
            return ORDER.index(".".join(parts[:length]))
    return ORDER.index("package")


def test_each_module_imports_from_its_own_floor_or_from_those_above():
    known = modules()
    assert len(known) > 80
    wrong = [
        f"{module} imports {other}"
        for module, path in known.items()
        for other in imports(path, known)
        if floor(other) > floor(module)
    ]
    assert wrong == []


def test_no_module_imports_itself_through_others():
    known = modules()
    arrows = {module: set(imports(path, known)) - {module} for module, path in known.items()}
    while True:
        leaves = {module for module, others in arrows.items() if not others}
        if not leaves:
            break
        arrows = {module: others - leaves for module, others in arrows.items() if module not in leaves}
    assert arrows == {}


def loaded_by(statement):
    code = f"{statement}; import sys; print(*sorted(name for name in sys.modules if name.startswith('purenet')))"
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.split()


def test_importing_purenet_loads_no_instrument():
    expected = {f"purenet.{name}" for name in [*CORE, "arithmetic", "checks", "errors"]}
    expected -= {"purenet.datasets", "purenet.perceptron"}
    assert set(loaded_by("import purenet")) == {"purenet"} | expected
    assert set(loaded_by("import purenet.neuron")) == {"purenet"} | expected


def test_an_instrument_is_there_when_it_is_asked_for():
    assert "purenet.trace.record" in loaded_by("from purenet import trace_step")
    assert "purenet.drawing.network_diagram" in loaded_by("import purenet; purenet.picture_of")
    assert {"trace_step", "Neuron", "picture_of"} <= set(dir(__import__("purenet")))
