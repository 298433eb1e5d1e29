"""Files, handled so that nothing is lost: JSON is read strictly, and a file is written whole or not at all.

The path "-" is standard input, for whatever is read as text.
"""

import functools
import json
import os
import sys
import tempfile
from decimal import Decimal

from purenet.errors import NetworkError, quoted, reason

LARGEST_FILE = 64_000_000  # bytes of a JSON file that is read
MOST_DIGITS = 4300  # of a number; more take long to read, and newer versions of Python refuse them
DEEPEST = 100  # lists and objects within each other; no file of purenet's has ten
LARGEST_EXPONENT = 10**9  # of a number; beyond it, decimals differ between versions of Python


def read_json(path):
    """Return the data in a JSON file, with numbers as Decimal or int, exactly as written."""
    return parse_json(read_text(path), file_name(path))


def read_text(path):
    """Return the text of a file in UTF-8."""
    if path == "-":
        return standard_input()
    try:
        if os.path.getsize(path) > LARGEST_FILE:
            raise NetworkError(f"{path} is larger than {LARGEST_FILE:,} bytes: is it the right file?")
        with open(path, encoding="utf-8-sig") as file:
            text = file.read(LARGEST_FILE + 1)
        if len(text) > LARGEST_FILE:  # a device has no known size
            raise NetworkError(f"{path} is larger than {LARGEST_FILE:,} bytes: is it the right file?")
        return text
    except OSError as error:
        raise NetworkError(f"cannot read {path}: {reason(error)}") from None
    except UnicodeDecodeError:
        raise NetworkError(f"{path} is not a text file in UTF-8") from None


def file_name(path):
    """Return what messages call a file: its path, or standard input."""
    return "standard input" if path == "-" else str(path)


def standard_input():
    """Return the text on standard input, the same each time."""
    data = b"" if sys.stdin is None else all_of(sys.stdin)
    if len(data) > LARGEST_FILE:
        raise NetworkError(f"standard input holds more than {LARGEST_FILE:,} bytes: is it the right file?")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NetworkError("standard input is not text in UTF-8") from None


@functools.lru_cache(maxsize=1)
def all_of(stream):
    """Return the bytes that a stream holds, which can be read only once."""
    return stream.buffer.read(LARGEST_FILE + 1)


def parse_json(text, path, constant=None):
    """Return the data in a JSON text; `constant` converts NaN and Infinity, which are otherwise refused."""
    try:
        data = json.loads(
            text,
            parse_int=whole_number,
            parse_float=decimal_number,
            parse_constant=constant or refuse_constant,
            object_pairs_hook=refuse_duplicates,
        )
        check_depth(data)
        return data
    except RecursionError:
        raise NetworkError(f"{path} is nested too deeply") from None
    except json.JSONDecodeError as error:
        raise NetworkError(f"{path} is not JSON: line {error.lineno}, column {error.colno}: {error.msg}") from None
    except NetworkError as error:
        raise NetworkError(f"{path}: {error}" if str(path) not in str(error) else str(error)) from None


def check_depth(data, left=DEEPEST):
    """Raise RecursionError for data so deep that writing it could; where that happens, interpreters differ."""
    if isinstance(data, (dict, list)):
        if left == 0:
            raise RecursionError
        for part in data.values() if isinstance(data, dict) else data:
            check_depth(part, left - 1)


def whole_number(text):
    if len(text) > MOST_DIGITS:
        raise NetworkError(f"a whole number of {len(text):,} digits is too long to be meant")
    return int(text)


def decimal_number(text):
    """Return a number exactly as written; one with more digits than anybody needs, as the nearest float."""
    try:
        number = Decimal(text) if len(text) <= MOST_DIGITS else Decimal(float(text))
    except ArithmeticError:
        number = Decimal("Infinity")
    if number.is_finite() and abs(number.adjusted()) < LARGEST_EXPONENT:
        return number
    raise NetworkError("a number has an exponent that is too large")


def refuse_constant(text):
    raise NetworkError(f"{text} is not a number in JSON")


def refuse_duplicates(pairs):
    found = {}
    for name, value in pairs:
        if name in found:
            raise NetworkError(f"the field {quoted(name)} appears twice in one object")
        found[name] = value
    return found


def write_text(path, text, overwrite=False):
    """Write a text file in UTF-8, whole or not at all; raise NetworkError if it exists, unless `overwrite`."""
    write_bytes(path, encoded(text), overwrite)


def encoded(text):
    """Return a text in UTF-8, in which half a pair of surrogates cannot be written; bytes as they are."""
    return text if isinstance(text, bytes) else text.encode("utf-8", "backslashreplace")


def write_bytes(path, data, overwrite=False):
    """Write a file, whole or not at all; raise NetworkError if it exists, unless `overwrite`."""
    check_writable(path, overwrite)
    path = os.path.realpath(path)
    temporary = None
    try:
        if os.path.exists(path) and not os.path.isfile(path):  # a device or a pipe, which cannot be replaced
            with open(path, "wb") as file:
                file.write(data)
            return
        handle, temporary = tempfile.mkstemp(prefix=".purenet-", dir=os.path.dirname(path))
        with open(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, permissions(path))
        os.replace(temporary, path)
    except OSError as error:
        raise NetworkError(f"cannot write {path}: {reason(error)}") from None
    finally:
        if temporary is not None and os.path.exists(temporary):
            os.unlink(temporary)


def write_folder(path, texts, overwrite=False):
    """Write files, a dictionary from names to texts or bytes, into a folder that is empty or does not exist yet.

    A name may have folders in it, as in "pictures/step9.svg". With `overwrite` the folder may hold files, and those of
    the same names are replaced. The folder appears, or the files in it change, only when all are written. Raises
    NetworkError if that fails.
    """
    path = os.fspath(path).rstrip("/\\") or os.fspath(path)
    check_folder(path, overwrite)
    write_whole(path, texts)


def write_beside(path, texts, overwrite=False):
    """Write files, texts or bytes, into a folder, which may hold others; raise NetworkError if one exists, unless `overwrite`."""
    check_beside(path, texts, overwrite)
    write_whole(path, texts)


def check_beside(path, names, overwrite=False):
    """Raise NetworkError if it is clear beforehand that files of some names cannot be written into a folder."""
    check_folder(path, overwrite=True)
    for name in names if os.path.isdir(path) else ():
        check_writable(os.path.normpath(os.path.join(path, name)), overwrite)


def write_whole(path, texts):
    """Write files, texts or bytes, into a folder, which is made if need be, all of them or none."""
    whole = os.path.realpath(path)
    try:
        with tempfile.TemporaryDirectory(prefix=".purenet-", dir=nearest_folder(whole)) as temporary:
            for name, text in texts.items():
                write_bytes(made(temporary, name), encoded(text))
            os.makedirs(whole, exist_ok=True)
            for name in texts:
                os.replace(os.path.join(temporary, name), made(whole, name))
    except OSError as error:
        raise NetworkError(f"cannot write {path}: {reason(error)}") from None


def made(folder, name):
    """Return the path of a file in a folder, and make the folders that its name has in it."""
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    return path


def check_folder(path, overwrite=False):
    """Raise NetworkError if it is clear beforehand that a folder cannot be written into."""
    if not path:
        raise NetworkError("the name of the directory to write into is empty")
    if os.path.lexists(path) and not os.path.isdir(path):
        raise NetworkError(f"{path} is not a directory")
    if os.path.isdir(path) and os.listdir(path) and not overwrite:
        raise NetworkError(f"{path} is not empty: name another directory, or say --force to write into it")
    folder = nearest_folder(os.path.realpath(path))
    if not os.path.isdir(folder):
        raise NetworkError(f"cannot write {path}: there is no folder {folder}")
    if not os.access(folder, os.W_OK):
        raise NetworkError(f"cannot write {path}: permission denied in {folder}")


def nearest_folder(path):
    """Return a folder if it exists, otherwise the one that it would be made in."""
    return path if os.path.isdir(path) else os.path.dirname(path)


def check_writable(path, overwrite=False):
    """Raise NetworkError if it is clear beforehand that a file cannot be written."""
    if not os.fspath(path):
        raise NetworkError("the name of the file to write is empty")
    if os.path.isdir(path):
        raise NetworkError(f"{path} is a directory: name a file")
    if os.path.lexists(path) and not overwrite:
        raise NetworkError(f"{path} exists already: name another file, or say --force to overwrite it")
    folder = os.path.dirname(os.path.realpath(path))
    if not os.path.isdir(folder):
        raise NetworkError(f"cannot write {path}: there is no folder {folder}")
    if not os.access(folder, os.W_OK):
        raise NetworkError(f"cannot write {path}: permission denied in {folder}")


def permissions(path):
    """Return the permissions of an existing file, or those of a new one."""
    if os.path.exists(path):
        return os.stat(path).st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
