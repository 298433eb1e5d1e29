import io
import os
import subprocess
import sys
import zipfile

from purenet.lab.packing import package_files, packed_purenet
from tests.test_package import ROOT, data_files

PACK = "import sys; from purenet.lab.packing import packed_purenet; sys.stdout.buffer.write(packed_purenet())"


def unpacked():
    return zipfile.ZipFile(io.BytesIO(packed_purenet()))


def modules():
    """Return the Python files of the package, each from purenet/ on."""
    for folder, _, names in os.walk(os.path.join(ROOT, "purenet")):
        for name in names:
            if name.endswith(".py"):
                yield os.path.relpath(os.path.join(folder, name), ROOT).replace(os.sep, "/")


def test_the_zip_holds_every_module_and_data_file_and_nothing_else():
    expected = {*modules(), *(f"purenet/{path}" for path in data_files())}
    names = unpacked().namelist()
    assert set(names) == expected
    assert len(names) == len(expected)


def test_files_are_packed_as_they_are():
    with open(os.path.join(ROOT, "purenet", "data", "digits.csv.gz"), "rb") as file:
        assert unpacked().read("purenet/data/digits.csv.gz") == file.read()


def test_caches_copies_and_hidden_files_are_left_out(tmp_path):
    for name in ("a.py", "a.py~", ".a.py", "__pycache__/a.cpython-314.pyc", ".hidden/b.py", "c/d.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    assert sorted(path for path, _ in package_files(tmp_path, "p")) == ["p/a.py", "p/c/d.json"]


def test_the_same_files_give_the_same_bytes_whenever_they_were_written():
    assert packed_purenet() == packed_purenet()
    assert {entry.date_time for entry in unpacked().infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert unpacked().namelist() == sorted(unpacked().namelist())


def test_purenet_packs_itself_also_out_of_a_zip(tmp_path):
    path = tmp_path / "purenet.zip"
    path.write_bytes(packed_purenet())
    run = [sys.executable, "-c", PACK]
    again = subprocess.run(
        run, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(path)}, capture_output=True, check=True
    )
    assert again.stdout == packed_purenet()
