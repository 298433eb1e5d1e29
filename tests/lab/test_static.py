import io
import json
import os
import subprocess
import sys
import zipfile

import pytest

from purenet import NetworkError
from purenet.lab import static
from purenet.lab.static import write_static

FIRST = {"do": "open", "case": "2x2x1"}
LOCK = {"info": {"arch": "wasm32", "python": "3.14.2"}, "packages": {"numpy": {"file_name": "numpy.whl"}}}
PARTS = {
    "package.json": json.dumps({"name": "pyodide", "version": "314.0.7", "license": "MPL-2.0"}),
    "pyodide.mjs": "export const loadPyodide = 1;\n",
    "pyodide.asm.mjs": "export default 1;\r\n",
    "pyodide.asm.wasm": "\0asm",
    "pyodide-lock.json": json.dumps(LOCK),
    "python_stdlib.zip": "PK",
}
NOT_NEEDED = {"pyodide.js": "old", "pyodide.d.ts": "", "README.md": "", "console.html": ""}


@pytest.fixture
def pyodide(tmp_path):
    """Return a folder with the names of Pyodide's npm package, and little in its files."""
    folder = tmp_path / "node_modules" / "pyodide"
    folder.mkdir(parents=True)
    for name, text in {**PARTS, **NOT_NEEDED}.items():
        (folder / name).write_bytes(text.encode())
    return folder


def message(*arguments, **options):
    with pytest.raises(NetworkError) as caught:
        write_static(*arguments, **options)
    return str(caught.value)


def test_the_folder_holds_the_page_purenet_and_the_needed_parts_of_pyodide(tmp_path, pyodide):
    write_static(tmp_path / "lab", pyodide, FIRST)
    assert sorted(os.listdir(tmp_path / "lab")) == [
        "LICENSES.txt",
        "carry_pyodide.js",
        "index.html",
        "lab.css",
        "lab.js",
        "purenet.zip",
        "pyodide-lock.json",
        "pyodide.asm.js",
        "pyodide.asm.wasm",
        "pyodide.js",
        "pyodide_worker.js",
        "python_stdlib.zip",
    ]


def test_the_parts_of_pyodide_are_copied_byte_for_byte_and_end_in_js(tmp_path, pyodide):
    write_static(tmp_path / "lab", pyodide, FIRST)
    assert (tmp_path / "lab" / "pyodide.js").read_bytes() == b"export const loadPyodide = 1;\n"
    assert (tmp_path / "lab" / "pyodide.asm.js").read_bytes() == b"export default 1;\r\n"
    assert (tmp_path / "lab" / "pyodide.asm.wasm").read_bytes() == b"\0asm"


def test_the_name_of_pyodides_module_before_version_314_is_known(tmp_path, pyodide):
    (pyodide / "pyodide.asm.mjs").rename(pyodide / "pyodide.asm.js")
    write_static(tmp_path / "lab", pyodide, FIRST)
    assert (tmp_path / "lab" / "pyodide.asm.js").read_bytes() == b"export default 1;\r\n"


def test_no_package_can_be_loaded_from_elsewhere(tmp_path, pyodide):
    write_static(tmp_path / "lab", pyodide, FIRST)
    lock = json.loads((tmp_path / "lab" / "pyodide-lock.json").read_text())
    assert lock == {"info": {"arch": "wasm32", "python": "3.14.2"}, "packages": {}}
    for name in ("carry_pyodide.js", "pyodide_worker.js"):
        assert "://" not in (tmp_path / "lab" / name).read_text(encoding="utf-8")


def test_the_page_allows_its_own_files_alone(tmp_path, pyodide):
    write_static(tmp_path / "lab", pyodide, FIRST)
    page = (tmp_path / "lab" / "index.html").read_text(encoding="utf-8")
    assert "default-src &#39;none&#39;;" in page or "default-src 'none';" in page
    assert page.index("carry_pyodide.js") < page.index("lab.js")


def test_the_licences_of_all_parts_are_named(tmp_path, pyodide):
    write_static(tmp_path / "lab", pyodide, FIRST)
    text = (tmp_path / "lab" / "LICENSES.txt").read_text(encoding="utf-8")
    assert "Pyodide 314.0.7, Mozilla Public License 2.0" in text
    assert "Python 3.14.2, Python Software Foundation License" in text
    assert "MIT License" in text
    for name in os.listdir(tmp_path / "lab"):
        assert name in text or name == "LICENSES.txt"


def test_two_folders_are_the_same(tmp_path, pyodide):
    for name in ("one", "two"):
        write_static(tmp_path / name, pyodide, FIRST)
    for name in os.listdir(tmp_path / "one"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name


@pytest.mark.parametrize("name", PARTS)
def test_a_missing_part_of_pyodide_is_named_and_nothing_is_written(tmp_path, pyodide, name):
    (pyodide / name).unlink()
    expected = (
        f"{pyodide} is not the folder of Pyodide's npm package, as it has no {name}: npm install pyodide makes it"
    )
    assert message(tmp_path / "lab", pyodide, FIRST) == f"{expected}, node_modules/pyodide"
    assert not (tmp_path / "lab").exists()


def test_a_lock_file_of_something_else_is_refused(tmp_path, pyodide):
    for text in ("[]", '{"info": {}}', '{"info": {"python": 3}}', '{"info": "3.14"}'):
        (pyodide / "pyodide-lock.json").write_text(text)
        assert "does not say the version of Python" in message(tmp_path / "lab", pyodide, FIRST)


def test_a_folder_with_files_is_left_alone_unless_forced(tmp_path, pyodide):
    (tmp_path / "lab").mkdir()
    (tmp_path / "lab" / "mine.txt").write_text("mine")
    expected = f"{tmp_path / 'lab'} is not empty: name another directory, or say --force to write into it"
    assert message(tmp_path / "lab", pyodide, FIRST) == expected
    assert os.listdir(tmp_path / "lab") == ["mine.txt"]
    write_static(tmp_path / "lab", pyodide, FIRST, force=True)
    assert (tmp_path / "lab" / "mine.txt").read_text() == "mine"
    assert (tmp_path / "lab" / "index.html").exists()


def test_a_full_disk_is_told_and_leaves_nothing(tmp_path, pyodide, monkeypatch):
    def no_space(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_space)
    assert message(tmp_path / "lab", pyodide, FIRST).endswith(": no space left on device")
    assert not (tmp_path / "lab").exists()


def test_the_lab_answers_out_of_the_zip_without_tabulate(tmp_path, pyodide):
    zipfile.ZipFile(io.BytesIO(static.packed_purenet())).extractall(tmp_path)
    code = f"""import json, sys; sys.modules["tabulate"] = None; sys.path.insert(0, {str(tmp_path)!r})
from purenet.lab.answer import answer; print(json.dumps(answer({FIRST!r})))"""
    run = subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True, cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    assert "error" not in json.loads(run.stdout)
