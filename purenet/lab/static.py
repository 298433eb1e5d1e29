"""The lab as a folder that any web server can serve: its page, and Python in the browser to answer it.

Python in the browser is Pyodide, from its npm package (0.26 or newer), whose files are copied as they are, apart from
its list of other packages. purenet is packed as it is installed here. The page loads nothing from anywhere else.
"""

import json
import os

from purenet.errors import NetworkError, reason
from purenet.lab.packing import packed_purenet
from purenet.lab.page import lab_file, page_files
from purenet.storage.files import read_json, write_folder

CARRIER = "carry_pyodide.js"
WORKER = "pyodide_worker.js"
MODULES = ("pyodide.asm.mjs", "pyodide.asm.js")  # since Pyodide 314, and before
LOCK = "pyodide-lock.json"
POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; "
    "worker-src 'self'; img-src data:; base-uri 'none'; form-action 'none'"
)
LICENSES = """What this folder holds, and under which licence

purenet.zip, index.html, lab.css, lab.js, {carrier}, pyodide_worker.js
    purenet, MIT License, Copyright (c) 2026 The purenet authors

pyodide.js, pyodide.asm.js, pyodide.asm.wasm, pyodide-lock.json
    Pyodide {pyodide}, Mozilla Public License 2.0: https://www.mozilla.org/MPL/2.0/
    Its source: https://github.com/pyodide/pyodide

python_stdlib.zip, and the interpreter in pyodide.asm.wasm
    Python {python}, Python Software Foundation License: https://docs.python.org/3/license.html
"""


def write_static(folder, pyodide, first, force=False):
    """Write the lab into a folder, whole or not at all; with `force` the folder may hold files.

    `pyodide` is the folder of the npm package, `first` the first request of the page. Raises NetworkError if a part of
    Pyodide is missing or the folder cannot be written.
    """
    write_folder(folder, static_files(pyodide, first), force)


def static_files(pyodide, first):
    """Return the files of the folder, a dictionary from names to texts or bytes."""
    info = lock_info(pyodide)
    return {
        **page_files(CARRIER, first, POLICY),
        WORKER: lab_file(WORKER),
        "purenet.zip": packed_purenet(),
        **pyodide_files(pyodide),
        LOCK: json.dumps({"info": info, "packages": {}}),  # no package is ever loaded, so none is named
        "LICENSES.txt": licenses(pyodide, info),
    }


def pyodide_files(folder):
    """Return the files of Pyodide that the page loads, a dictionary from names to bytes."""
    module = next((name for name in MODULES if os.path.exists(os.path.join(folder, name))), MODULES[0])
    return {
        "pyodide.js": read_part(folder, "pyodide.mjs"),  # not every web server knows that .mjs is JavaScript
        "pyodide.asm.js": read_part(folder, module),
        "pyodide.asm.wasm": read_part(folder, "pyodide.asm.wasm"),
        "python_stdlib.zip": read_part(folder, "python_stdlib.zip"),
    }


def read_part(folder, name):
    """Return the bytes of a file of Pyodide's package."""
    try:
        with open(part(folder, name), "rb") as file:
            return file.read()
    except OSError as error:
        raise NetworkError(f"cannot read {os.path.join(folder, name)}: {reason(error)}") from None


def part(folder, name):
    """Return the path of a file of Pyodide's package; raise NetworkError if it is missing."""
    path = os.path.join(folder, name)
    if os.path.isfile(path):
        return path
    raise NetworkError(
        f"{folder} is not the folder of Pyodide's npm package, as it has no {name}: "
        f"npm install pyodide makes it, node_modules/pyodide"
    )


def lock_info(folder):
    """Return what Pyodide says of its own build: a dictionary with the version of Python, and more."""
    path = part(folder, LOCK)
    lock = read_json(path)
    info = lock.get("info") if isinstance(lock, dict) else None
    if not isinstance(info, dict) or not all(isinstance(value, str) for value in info.values()) or "python" not in info:
        raise NetworkError(f'{path} does not say the version of Python in "info": is it a file of Pyodide?')
    return info


def licenses(folder, info):
    """Return the text that says what is in the folder, and under which licence."""
    package = read_json(part(folder, "package.json"))
    version = package.get("version") if isinstance(package, dict) else None
    return LICENSES.format(carrier=CARRIER, pyodide=version, python=info["python"])
