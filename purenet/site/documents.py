"""The Markdown files that become pages: guides to look things up in, and the protocol."""

import os
from collections import namedtuple
from importlib.resources import files

from purenet import book
from purenet.storage.files import read_text


class Document(namedtuple("Document", "file name title words address")):
    """A file of the repository, its page, and what it is about."""

    @property
    def path(self):
        """Where the file is on this machine."""
        folder, _, name = self.file.rpartition("/")
        return (
            os.path.join(book.chapters_folder(), name)
            if folder == "walkthroughs"
            else str(files("purenet.golden") / name)
        )

    @property
    def is_there(self):
        return os.path.isfile(self.path)

    def text(self):
        return read_text(self.path)


def guide(name, title, words):
    return Document(f"walkthroughs/{name}.md", name, title, words, f"/guides/{name}.html")


PROTOCOL = Document(
    "purenet/golden/PROTOCOL.md",
    "protocol",
    "Protocol",
    "the names of all numbers, and how a program in any language reports them",
    "/golden/protocol.html",
)
GUIDES = [
    guide("vocabulary", "Vocabulary", "what purenet and other texts call each quantity"),
    guide("testing", "Test your own program", "from one wrong number to the line of code that makes it"),
    guide(
        "bridges",
        "Other libraries",
        "networks of PyTorch, scikit-learn, Keras, NumPy and ONNX, and a step of PyTorch checked",
    ),
    guide("training", "Train a network", "data, settings, saving and resuming, pictures of a training"),
    guide("printing", "Print walkthroughs", "formats, pictures, rounding by hand, notebooks"),
    guide("cases", "Type in a worked example", "a book's or a lecture's example as one JSON file"),
    guide("worksheets", "Worksheets", "sheets with blanks for a class, each with other numbers, and their keys"),
    guide("lab", "The lab", "change a number in the browser and see what follows"),
    guide("worked_examples", "Published numbers", "the worked examples of the field, with a verdict on every number"),
]
DOCUMENTS = [*GUIDES, PROTOCOL]
