"""Reads a picture back: its elements by class, and its texts."""

from xml.etree import ElementTree

SPACE = "{http://www.w3.org/2000/svg}"


def read(picture):
    root = ElementTree.fromstring(picture)
    assert root[0].tag == f"{SPACE}title" and root[1].tag == f"{SPACE}desc"
    return root


def of_class(root, name):
    return [element for element in root.iter() if name in element.get("class", "").split()]


def texts(root):
    return ["".join(element.itertext()) for element in root.iter(f"{SPACE}text")]
