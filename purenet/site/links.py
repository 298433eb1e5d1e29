"""The addresses of what texts name: `Neuron.backward`, `purenet/neuron.py`, `purenet mistakes ID`, a case, a chapter.

An address begins with / for the folder of the site.
"""

import functools
import posixpath
import re
from importlib.resources import files

from purenet.book.scripts import script_names
from purenet.cases import case_names
from purenet.errors import NetworkError
from purenet.golden.mistakes import CATALOGUE, UNSEEN
from purenet.site.documents import DOCUMENTS
from purenet.site.reference import CORE_FILES, public_entries

COMMANDS = {  # where a command is described, if it names no case and no mistake
    "cases": "/cases/index.html",
    "exercise": "/chapters/index.html",
    "golden": "/guides/testing.html",
    "lab": "/guides/lab.html",
    "mistakes": "/mistakes/index.html",
    "picture": "/guides/printing.html",
    "train": "/guides/training.html",
    "walkthrough": "/guides/printing.html",
    "worksheet": "/guides/worksheets.html",
}


def case_address(name):
    return f"/cases/{name}.html"


def mistake_address(id):
    return f"/mistakes/{id}.html"


def chapter_address(number):
    return f"/chapters/{number:02}.html"


def source_address(path, line=None):
    """Return the address of a file of the package, by its path such as purenet/neuron.py, or of a line in it."""
    name = path[len("purenet/") : -len(".py")].replace("/", "-")
    return f"/source/{name}.html" + (f"#L{line}" if line else "")


@functools.lru_cache(maxsize=None)
def chapter_numbers():
    """Return the numbers of the chapters; an empty list where purenet was installed without them."""
    try:
        return list(script_names())
    except NetworkError:
        return []


@functools.lru_cache(maxsize=None)
def known_names():
    """Return the addresses of all names of one word, a dictionary."""
    found = {document.file.rpartition("/")[2]: document.address for document in DOCUMENTS if document.is_there}
    found.update({id: mistake_address(id) for id in [*CATALOGUE, *UNSEEN]})
    found.update({name: case_address(name) for name in case_names()})
    methods = {}
    for entry in public_entries():
        found[entry.name] = entry.address
        methods.setdefault(entry.name.rpartition(".")[2], []).append(entry.address)
    own = {name: addresses[0] for name, addresses in methods.items() if "_" in name and len(addresses) == 1}
    return {**{path.rpartition("/")[2]: source_address(path) for path in CORE_FILES}, **own, **found}


def link(name):
    """Return the address of what a text names in backticks, or None."""
    name = " ".join(name.split()).replace("()", "")
    if name in known_names():
        return known_names()[name]
    chapter = re.fullmatch(r"[Cc]hapter ([0-9]+)", name)
    if chapter:
        return chapter_address(int(chapter[1])) if int(chapter[1]) in chapter_numbers() else None
    command = re.match(r"purenet ([a-z]+)\b", name)
    if command:
        return command_address(command[1], name.split()[2:])
    return file_address(name)


def link_to_source(name):
    """Return the same for a chapter: for a name of the core the line of its source."""
    return source_lines().get(name.replace("()", "")) or link(name)


@functools.lru_cache(maxsize=None)
def source_lines():
    return {
        entry.name: source_address(entry.file, entry.line) for entry in public_entries() if entry.file in CORE_FILES
    }


def command_address(command, words):
    """Return the address of the mistake or the case that a command names or, if it names none, of its description."""
    known = CATALOGUE if command == "mistakes" else case_names()
    named = next((word for word in words if word in known), None)
    if named:
        return mistake_address(named) if command == "mistakes" else case_address(named)
    address = COMMANDS.get(command)
    missing = [each.address for each in DOCUMENTS if not each.is_there]
    return None if address in missing else address


def file_address(path, beside=""):
    """Return the address of a file of the repository, or None; a relative path begins in the folder `beside`."""
    path, _, anchor = path.partition("#")
    path = posixpath.normpath(posixpath.join(beside, path))
    known = next((each.address for each in DOCUMENTS if each.file == path and each.is_there), None)
    if known:
        return known + (f"#{anchor}" if anchor else "")
    if re.fullmatch(r"purenet/[\w/]+\.py", path) and files("purenet").joinpath(path[len("purenet/") :]).is_file():
        return source_address(path)
    chapter = re.fullmatch(r"walkthroughs/([0-9]{2})_\w+\.(py|txt)", path)
    if chapter and int(chapter[1]) in chapter_numbers():
        return chapter_address(int(chapter[1]))
    return "/chapters/index.html" if path == "walkthroughs/README.md" else None
