"""purenet packed into one file, for a Python that has none: an interpreter in the browser."""

import io
import zipfile
from importlib.resources import files

KINDS = (".py", ".json", ".md", ".gz", ".css", ".js", ".html")


def packed_purenet():
    """Return purenet as it is installed here, as the bytes of a ZIP file: the same for the same files."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in sorted(package_files(files("purenet"), "purenet")):
            entry = zipfile.ZipInfo(path)
            entry.create_system = 3  # otherwise Windows is named there
            archive.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def package_files(folder, path):
    """Yield the path and the bytes of each file of a package, without caches and hidden files."""
    for item in folder.iterdir():
        if item.name.startswith("."):
            continue
        if item.is_dir():
            yield from package_files(item, f"{path}/{item.name}")
        elif item.name.endswith(KINDS):
            yield f"{path}/{item.name}", item.read_bytes()
