"""Data to train on: XOR, and, or, handwritten digits, CSV files, and image files in the format of MNIST.

A `Dataset` holds examples, pairs of inputs and targets. Images are kept as bytes and become numbers one example at a
time: MNIST as lists of floats would fill 1.5 GB.
"""

import csv
import gzip
import hashlib
import io
import os
import struct
import sys
import zlib

from purenet.errors import NetworkError, check_number, count, quoted, reason

DIGITS_FILE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "data", "digits.csv.gz")
LARGEST_DATA = 2_000_000_000  # bytes of a data file that is read


class Dataset:
    """Examples to train on and examples held out, possibly none; `labels` names the outputs if they are classes.

    `digest` is a checksum of the files, None for built-in data; `classified` is whether all targets are 0 or 1, so that
    outputs can be right or wrong.
    """

    def __init__(self, name, examples, held_out=(), labels=None, digest=None):
        self.name = name
        self.examples = examples
        self.held_out = held_out
        self.labels = labels
        self.digest = digest
        inputs, targets = examples[0]
        self.inputs, self.outputs = len(inputs), len(targets)
        self.classified = labels is not None or all(t in (0, 1) for _, targets in examples for t in targets)


class Images:
    """A list of examples: inputs are the pixels of an image, divided by `brightest`; the target is 1 for the class of the
    image and 0 for the others."""

    def __init__(self, pixels, size, classes, brightest, number_of_classes=10):
        self.pixels = pixels
        self.size = size
        self.classes = classes
        self.shades = [value / brightest for value in range(256)]
        self.targets = one_hot(number_of_classes)

    def __len__(self):
        return len(self.classes)

    def __getitem__(self, n):
        if isinstance(n, slice):
            return self.part(range(*n.indices(len(self))))
        if not -len(self) <= n < len(self):
            raise IndexError(n)
        n %= len(self)
        shades = self.shades
        return [shades[p] for p in self.pixels[n * self.size : (n + 1) * self.size]], self.targets[self.classes[n]]

    def part(self, numbers):
        """Return the images of the given numbers."""
        chosen = object.__new__(Images)
        chosen.pixels = b"".join(self.pixels[n * self.size : (n + 1) * self.size] for n in numbers)
        chosen.size, chosen.shades, chosen.targets = self.size, self.shades, self.targets
        chosen.classes = bytes(self.classes[n] for n in numbers)
        return chosen


def one_hot(number):
    """Return for each of a number of classes its targets: 1 at its place, 0 elsewhere."""
    return [[1.0 if place == chosen else 0.0 for place in range(number)] for chosen in range(number)]


def held_out(examples, every):
    """Return the examples without every Nth one, and the Nth ones; if `every` is 0, all of them and none."""
    if every == 0:
        return examples, []
    kept = [n for n in range(len(examples)) if n % every != every - 1]
    rest = [n for n in range(len(examples)) if n % every == every - 1]
    if not kept or not rest:
        raise NetworkError(f"holding out one in {every} of {count(len(examples), 'example')} leaves a part empty")
    if isinstance(examples, Images):
        return examples.part(kept), examples.part(rest)
    return [examples[n] for n in kept], [examples[n] for n in rest]


def xor():
    """Return the four examples of exclusive or: 1 where the inputs differ."""
    return Dataset("xor", [([0.0, 0.0], [0.0]), ([0.0, 1.0], [1.0]), ([1.0, 0.0], [1.0]), ([1.0, 1.0], [0.0])])


def logical_and():
    """Return the four examples of and."""
    return Dataset("and", [([0.0, 0.0], [0.0]), ([0.0, 1.0], [0.0]), ([1.0, 0.0], [0.0]), ([1.0, 1.0], [1.0])])


def logical_or():
    """Return the four examples of or."""
    return Dataset("or", [([0.0, 0.0], [0.0]), ([0.0, 1.0], [1.0]), ([1.0, 0.0], [1.0]), ([1.0, 1.0], [1.0])])


def digits():
    """Return the 8x8 digits (see purenet/data/README.md): 1,438 to train on, every fifth of 1,797 held out."""
    pixels, classes = bytearray(), bytearray()
    with gzip.open(DIGITS_FILE, "rt", encoding="ascii") as file:
        for line in file:
            numbers = bytes(map(int, line.split(",")))
            pixels += numbers[:64]
            classes.append(numbers[64])
    kept, rest = held_out(Images(bytes(pixels), 64, bytes(classes), brightest=16), 5)
    return Dataset("digits", kept, rest, labels=[str(digit) for digit in range(10)])


def mnist(folder, part="train", every=0):
    """Return images in the format of MNIST (also Fashion-MNIST) from a folder with the four files, plain or .gz.

    With `part` "train" the train files are for training and the t10k files, if present, are held out; with "t10k" those
    alone are for training. With `every`, every Nth image of the part is held out instead. Raises NetworkError for a
    file that is missing or not whole.
    """
    images, digest = read_idx(folder, part)
    if every:
        return Dataset("mnist", *held_out(images, every), labels=[str(n) for n in range(10)], digest=digest)
    rest = []
    if part == "train" and idx_path(folder, "t10k-images-idx3-ubyte", needed=False):
        rest, other = read_idx(folder, "t10k")
        digest += other
        if rest.size != images.size:
            raise NetworkError(f"{folder}: the train images have {images.size} pixels and the t10k images {rest.size}")
    return Dataset("mnist", images, rest, labels=[str(n) for n in range(10)], digest=digest)


def read_idx(folder, part):
    """Return the images of one part of MNIST, and a checksum of their files."""
    image_path = idx_path(folder, f"{part}-images-idx3-ubyte")
    label_path = idx_path(folder, f"{part}-labels-idx1-ubyte")
    (number, rows, columns), pixels, image_digest = idx_data(image_path, 3)
    (labels,), classes, label_digest = idx_data(label_path, 1)
    if number != labels:
        raise NetworkError(f"{image_path} holds {number} images but {label_path} holds {labels} labels")
    if number == 0 or rows * columns == 0:
        raise NetworkError(f"{image_path} holds no images")
    if max(classes) > 9:
        raise NetworkError(f"{label_path} holds the label {max(classes)}; labels must be 0 to 9")
    return Images(pixels, rows * columns, classes, brightest=255), image_digest + label_digest


def idx_path(folder, name, needed=True):
    """Return the path of a file, plain or compressed; its name may have .idx in place of -idx."""
    for found in (name, name.replace("-idx", ".idx")):
        for path in (os.path.join(folder, found), os.path.join(folder, found + ".gz")):
            if os.path.isfile(path):
                return path
    if needed:
        raise NetworkError(f"{folder or '.'} has no file {name} or {name}.gz")
    return None


def idx_data(path, dimensions):
    """Return the sizes and the bytes of an IDX file, and its checksum; raise NetworkError unless it is whole."""
    data = read_bytes(path)
    header = 4 + 4 * dimensions
    if len(data) < header:
        raise NetworkError(f"{path} is truncated: it has {len(data)} bytes, and its header alone takes {header}")
    magic = struct.unpack(">I", data[:4])[0]
    if magic != 0x0800 + dimensions:
        raise NetworkError(
            f"{path} is not an IDX file of bytes in {dimensions} dimensions: it begins with {magic:#010x}"
        )
    sizes = struct.unpack(f">{dimensions}I", data[4:header])
    expected = 1
    for size in sizes:
        expected *= size
    expected += header
    if len(data) != expected:
        state = "truncated" if len(data) < expected else "too long"
        raise NetworkError(f"{path} is {state}: it has {len(data)} bytes, and its header announces {expected}")
    return sizes, data[header:], hashlib.sha256(data).hexdigest()[:16]


def read_bytes(path):
    """Return the bytes of a file, uncompressed if its name ends in .gz; "-" is standard input."""
    try:
        if path == "-":
            return b"" if sys.stdin is None else sys.stdin.buffer.read(LARGEST_DATA)
        with (gzip.open if path.endswith(".gz") else open)(path, "rb") as file:
            data = read_up_to(file, LARGEST_DATA + 1)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise NetworkError(f"{path} is truncated or not a gzip file: {error}") from None
    except OSError as error:
        raise NetworkError(f"cannot read {path}: {reason(error)}") from None
    except ValueError:  # a zero byte, or half a pair of surrogates
        raise NetworkError(f"{quoted(path)} cannot be the name of a file") from None
    if len(data) > LARGEST_DATA:
        raise NetworkError(f"{path} holds more than {LARGEST_DATA:,} bytes: is it the right file?")
    return data


def read_up_to(file, most):
    """Return at most so many bytes of a file; to read them at once would take up as much memory for a short file."""
    data = bytearray()
    while len(data) < most:
        part = file.read(min(most - len(data), 1_000_000))
        if not part:
            break
        data += part
    return bytes(data)


def read_csv(path, inputs, outputs, every=0):
    """Return the examples in a CSV file: the first columns are the inputs, the others the targets.

    There are as many target columns as outputs. Or, with several outputs, a single column names a class by a number or
    a word, and the outputs are the classes in sorted order. A first line without numbers is a heading. Raises
    NetworkError naming the line and column of a fault.
    """
    data = read_bytes(path)
    path = "standard input" if path == "-" else path
    try:
        reader = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
        lines = [(reader.line_num, row) for row in reader if row]
    except (UnicodeDecodeError, csv.Error) as error:
        raise NetworkError(f"{path} is not a CSV file in UTF-8: {error}") from None
    if lines and not any(is_number(part) for cell in lines[0][1] for part in cell.split(";")):
        del lines[0]
    if not lines:
        raise NetworkError(f"{path} holds no examples")
    single = outputs > 1 and len(lines[0][1]) == inputs + 1
    width = inputs + (1 if single else outputs)
    rows = []
    for number, row in lines:
        if len(row) != width:
            expected = f"{count(inputs, 'input')} and {'a class' if single else count(outputs, 'target')}"
            hint = "; put commas between the columns" if len(row) == 1 and ";" in row[0] else ""
            raise NetworkError(
                f"{path}: line {number} has {count(len(row), 'column')}, not {width} for {expected}{hint}"
            )
        if single and not row[inputs].strip():
            raise NetworkError(f"{path}: line {number} names no class in column {inputs + 1}")
        numbers = [csv_number(path, number, column, row[column]) for column in range(inputs if single else width)]
        rows.append((numbers[:inputs], row[inputs].strip() if single else numbers[inputs:]))
    labels = None
    if single:
        labels = sorted({label for _, label in rows}, key=lambda label: (not is_number(label), sort_key(label)))
        if len(labels) > outputs:
            raise NetworkError(f"{path} names {len(labels)} classes, but the network has {count(outputs, 'output')}")
        targets = one_hot(outputs)
        rows = [(numbers, targets[labels.index(label)]) for numbers, label in rows]
        labels += [f"class {n}" for n in range(len(labels) + 1, outputs + 1)]
    return Dataset(path, *held_out(rows, every), labels=labels, digest=hashlib.sha256(data).hexdigest()[:16])


def sort_key(label):
    return (float(label), "") if is_number(label) else (0.0, label)


def is_number(text):
    try:
        float(text)
    except ValueError:
        return False
    return True


def csv_number(path, row, column, text):
    where = f"{path}: line {row}, column {column + 1}"
    if not is_number(text):
        raise NetworkError(f"{where} must be a number, not {quoted(text)}")
    check_number(float(text), where)
    return float(text)


BUILT_IN = {"xor": xor, "and": logical_and, "or": logical_or, "digits": digits}
