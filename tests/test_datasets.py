import gzip
import os
import struct

import pytest

from purenet import NetworkError, datasets
from purenet.datasets import digits, mnist, read_csv


def test_the_logical_tables():
    assert datasets.xor().examples == [([0, 0], [0]), ([0, 1], [1]), ([1, 0], [1]), ([1, 1], [0])]
    assert [targets[0] for _, targets in datasets.logical_and().examples] == [0, 0, 0, 1]
    assert [targets[0] for _, targets in datasets.logical_or().examples] == [0, 1, 1, 1]


def test_the_digits_are_those_of_uci_split_as_documented():
    data = digits()
    assert (len(data.examples), len(data.held_out), data.inputs, data.outputs) == (1438, 359, 64, 10)
    inputs, targets = data.examples[0]
    # the first line of the file, divided by 16: 0,0,5,13,9,1,0,0, … and its digit 0
    assert inputs[:8] == [0, 0, 0.3125, 0.8125, 0.5625, 0.0625, 0, 0]
    assert targets == [1.0] + [0.0] * 9
    # the fifth line, the first that is held out, is a 4
    assert data.held_out[0][1].index(1.0) == 4
    assert data.held_out[0][0][:8] == [0, 0, 0, 0.0625, 0.6875, 0, 0, 0]
    # scikit-learn's count of each digit in the 1,797 images
    counts = [0] * 10
    for part in (data.examples, data.held_out):
        for _, targets in part:
            counts[targets.index(1.0)] += 1
    assert counts == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]


def test_images_are_a_list_of_examples():
    images = digits().examples
    assert len(images[10:20]) == 10
    assert images[10:20][3] == images[13]
    assert images[-1] == images[1437]
    assert sum(1 for _ in images) == 1438
    with pytest.raises(IndexError):
        images[1438]


def idx(magic, sizes, data):
    return struct.pack(f">{1 + len(sizes)}I", magic, *sizes) + bytes(data)


def mnist_files(folder, part="train", number=3, images=None, labels=None, pack=lambda data: data, end=""):
    images = idx(0x803, (number, 2, 2), range(4 * number)) if images is None else images
    labels = idx(0x801, (number,), [n % 10 for n in range(number)]) if labels is None else labels
    (folder / f"{part}-images-idx3-ubyte{end}").write_bytes(pack(images))
    (folder / f"{part}-labels-idx1-ubyte{end}").write_bytes(pack(labels))


@pytest.mark.parametrize("pack, end", [(lambda data: data, ""), (gzip.compress, ".gz")])
def test_idx_files_plain_or_compressed(tmp_path, pack, end):
    mnist_files(tmp_path, pack=pack, end=end)
    data = mnist(str(tmp_path))
    assert (len(data.examples), data.held_out, data.inputs, data.outputs) == (3, [], 4, 10)
    assert data.examples[1] == ([4 / 255, 5 / 255, 6 / 255, 7 / 255], [0, 1, 0, 0, 0, 0, 0, 0, 0, 0])


def test_the_t10k_files_are_held_out_or_trained_on(tmp_path):
    mnist_files(tmp_path)
    mnist_files(tmp_path, "t10k", number=6)
    assert len(mnist(str(tmp_path)).held_out) == 6
    data = mnist(str(tmp_path), "t10k", every=3)
    assert (len(data.examples), len(data.held_out)) == (4, 2)
    assert [targets.index(1.0) for _, targets in data.held_out] == [2, 5]


@pytest.mark.parametrize(
    "files, message",
    [
        ({"images": b"\x00\x00"}, "is truncated: it has 2 bytes, and its header alone takes 16"),
        (
            {"images": idx(0x801, (3, 2, 2), range(12))},
            "is not an IDX file of bytes in 3 dimensions: it begins with 0x00000801",
        ),
        ({"images": idx(0x803, (3, 2, 2), range(11))}, "is truncated: it has 27 bytes, and its header announces 28"),
        ({"images": idx(0x803, (3, 2, 2), range(13))}, "is too long: it has 29 bytes"),
        ({"images": idx(0x803, (2**31, 2**31, 9), [])}, "is truncated"),
        ({"images": idx(0x803, (0, 2, 2), []), "labels": idx(0x801, (0,), [])}, "holds no images"),
        ({"labels": idx(0x801, (2,), [1, 2])}, "holds 3 images but .* holds 2 labels"),
        ({"labels": idx(0x801, (3,), [1, 2, 10])}, "holds the label 10; labels must be 0 to 9"),
        ({"end": ".gz"}, "is truncated or not a gzip file"),
        ({"end": ".gz", "pack": lambda data: gzip.compress(data)[:-9]}, "is truncated or not a gzip file"),
    ],
)
def test_a_file_that_is_not_whole_is_told(tmp_path, files, message):
    mnist_files(tmp_path, **files)
    with pytest.raises(NetworkError, match=message):
        mnist(str(tmp_path))


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(NetworkError, match="has no file train-images-idx3-ubyte or train-images-idx3-ubyte.gz"):
        mnist(str(tmp_path))


FASHION = "/usr/share/datasets/fashion-mnist"


@pytest.mark.skipif(not os.path.isdir(FASHION), reason="Debian's package dataset-fashion-mnist is not installed")
def test_fashion_mnist_as_debian_packs_it():
    data = mnist(FASHION)
    assert (len(data.examples), len(data.held_out), data.inputs) == (60_000, 10_000, 784)


def csv_file(tmp_path, text):
    path = tmp_path / "data.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(path)


def test_csv_with_targets(tmp_path):
    data = read_csv(csv_file(tmp_path, "a,b,t\n1,2,0.5\n-1,1e-3,1\n"), 2, 1)
    assert data.examples == [([1.0, 2.0], [0.5]), ([-1.0, 0.001], [1.0])]
    assert data.labels is None


def test_csv_with_classes_named_by_words_or_numbers(tmp_path):
    data = read_csv(csv_file(tmp_path, "1,2,dog\n3,4,cat\n5,6, dog\n"), 2, 3)
    assert data.examples == [([1, 2], [0, 1, 0]), ([3, 4], [1, 0, 0]), ([5, 6], [0, 1, 0])]
    assert data.labels == ["cat", "dog", "class 3"]
    data = read_csv(csv_file(tmp_path, '1,"a\u2028b"\n2,"c, d"\n'), 1, 2)
    assert data.labels == ["a\u2028b", "c, d"]
    data = read_csv(csv_file(tmp_path, "1,10\r\n3,9\r\n"), 1, 2)
    assert data.labels == ["9", "10"]
    assert data.examples == [([1], [0, 1]), ([3], [1, 0])]


def test_csv_holds_out_every_nth(tmp_path):
    data = read_csv(csv_file(tmp_path, "1,0\n2,0\n3,0\n4,0\n5,0\n"), 1, 1, every=2)
    assert ([x for (x,), _ in data.examples], [x for (x,), _ in data.held_out]) == ([1, 3, 5], [2, 4])


@pytest.mark.parametrize(
    "text, message",
    [
        ("", "holds no examples"),
        ("a,b,c\n", "holds no examples"),
        ("1,2,3\n1,2\n", "line 2 has 2 columns, not 3 for 2 inputs and 1 target"),
        ("1,2,3\n1,x,3\n", "line 2, column 2 must be a number, not 'x'"),
        ("1,2,3\n1,nan,3\n", "line 2, column 2 must be a finite number"),
        ("1,2,3\n1,1e999,3\n", "line 2, column 2 must be a finite number"),
        ("a,b,c\n\n1,2,3\n\n4,5,x\n", "line 5, column 3 must be a number, not 'x'"),
        ("?,2,3\n4,5,6\n", "line 1, column 1 must be a number, not '\\?'"),
        ("1;2;3\n", "line 1 has 1 column, not 3 for 2 inputs and 1 target; put commas between the columns"),
        ('1,2,"3\n4"\n', "column 3 must be a number, not '3\\\\n4'"),
        (b"\xff\xfe1", "is not a CSV file in UTF-8"),
    ],
)
def test_what_is_wrong_in_a_csv_file_is_named(tmp_path, text, message):
    with pytest.raises(NetworkError, match=message):
        read_csv(csv_file(tmp_path, text), 2, 1)


def test_more_classes_than_outputs_are_told(tmp_path):
    with pytest.raises(NetworkError, match="names 3 classes, but the network has 2 outputs"):
        read_csv(csv_file(tmp_path, "1,a\n2,b\n3,c\n"), 1, 2)


def test_holding_out_all_or_nothing_is_told(tmp_path):
    with pytest.raises(NetworkError, match="holding out one in 9 of 2 examples leaves a part empty"):
        read_csv(csv_file(tmp_path, "1,0\n2,0\n"), 1, 1, every=9)
