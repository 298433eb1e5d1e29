import os
import sys
from decimal import Decimal

import pytest

from purenet import NetworkError
from purenet.storage.files import read_json, read_text, write_beside, write_folder, write_text


def written(tmp_path, text):
    path = tmp_path / "file.json"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_numbers_are_read_exactly_as_they_are_written(tmp_path):
    assert read_json(written(tmp_path, '{"a": 0.1000, "b": 3}')) == {"a": Decimal("0.1000"), "b": 3}


@pytest.mark.parametrize(
    "text, message",
    [
        ("", "is not JSON: line 1, column 1"),
        ('{"a": 1,\n "b" 2}', "is not JSON: line 2, column 6"),
        ('{"a": NaN}', "NaN is not a number in JSON"),
        ('{"a": -Infinity}', "-Infinity is not a number in JSON"),
        ('{"a": 1, "a": 2}', "the field 'a' appears twice in one object"),
        (b"\xff\xfe{}", "is not a text file in UTF-8"),
        ("[" * 100_000, "is nested too deeply|is not JSON"),
    ],
)
def test_what_is_no_json_is_told_with_the_name_of_the_file(tmp_path, text, message):
    path = written(tmp_path, text)
    with pytest.raises(NetworkError, match=message) as caught:
        read_json(path)
    assert str(path) in str(caught.value)


def test_a_missing_file_and_a_directory_are_told(tmp_path):
    with pytest.raises(NetworkError, match="cannot read .*none.json: no such file or directory"):
        read_json(tmp_path / "none.json")
    with pytest.raises(NetworkError, match="cannot read"):
        read_json(tmp_path)


def test_a_file_is_not_overwritten_unless_asked(tmp_path):
    path = tmp_path / "out.txt"
    write_text(path, "first\n")
    with pytest.raises(NetworkError, match="exists already: name another file, or say --force"):
        write_text(path, "second\n")
    assert path.read_text() == "first\n"
    write_text(path, "second δ\n", overwrite=True)
    assert path.read_text(encoding="utf-8") == "second δ\n"
    assert [entry.name for entry in tmp_path.iterdir()] == ["out.txt"]


def test_a_failed_write_leaves_the_old_file_whole(tmp_path, monkeypatch):
    path = tmp_path / "out.txt"
    write_text(path, "first\n")

    def no_space(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_space)
    with pytest.raises(NetworkError, match="cannot write .*out.txt: no space left on device"):
        write_text(path, "second\n", overwrite=True)
    assert path.read_text() == "first\n"
    assert [entry.name for entry in tmp_path.iterdir()] == ["out.txt"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_permissions_are_those_of_any_new_file_or_of_the_old_one(tmp_path):
    plain, path = tmp_path / "plain", tmp_path / "out.txt"
    plain.write_text("")
    write_text(path, "first\n")
    assert path.stat().st_mode == plain.stat().st_mode
    path.chmod(0o600)
    write_text(path, "second\n", overwrite=True)
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_directory_that_is_missing_or_in_the_way_is_told(tmp_path):
    with pytest.raises(NetworkError, match="cannot write .*: there is no folder .*none"):
        write_text(tmp_path / "none" / "out.txt", "")
    with pytest.raises(NetworkError, match="is a directory: name a file"):
        write_text(tmp_path, "")


def test_a_link_keeps_pointing_at_its_file(tmp_path):
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    write_text(tmp_path / "link", "new", overwrite=True)
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "new"


def test_the_old_file_is_whole_until_the_new_one_is(tmp_path, monkeypatch):
    path = tmp_path / "out.txt"
    write_text(path, "old\n")
    seen = []

    def killed_before_the_rename(source, target):
        with open(source, encoding="utf-8") as file:
            seen.append((path.read_text(), file.read()))
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", killed_before_the_rename)
    with pytest.raises(KeyboardInterrupt):
        write_text(path, "new\n", overwrite=True)
    assert seen == [("old\n", "new\n")]
    assert path.read_text() == "old\n"


def test_a_folder_is_written_only_when_all_its_files_are(tmp_path):
    folder = tmp_path / "new"
    with pytest.raises(NetworkError):
        write_folder(folder, {"a.txt": "a", "a.txt/b.txt": "b"})
    assert os.listdir(tmp_path) == []
    write_folder(folder, {"a.txt": "a", "b.txt": "b"})
    assert sorted(os.listdir(folder)) == ["a.txt", "b.txt"]
    assert (folder / "b.txt").read_text() == "b"


def test_names_of_files_may_have_folders_in_them(tmp_path):
    write_folder(tmp_path / "new", {"a.txt": "a", "deep/er/b.txt": "b"})
    assert (tmp_path / "new" / "deep" / "er" / "b.txt").read_text() == "b"
    write_folder(tmp_path / "new", {"deep/er/b.txt": "c", "deep/c.txt": "d"}, overwrite=True)
    assert (tmp_path / "new" / "deep" / "er" / "b.txt").read_text() == "c"
    assert [path.name for path in tmp_path.iterdir()] == ["new"]


def test_a_folder_that_is_not_empty_or_no_folder_is_refused(tmp_path):
    (tmp_path / "file").write_text("kept")
    with pytest.raises(NetworkError, match="is not empty: name another directory, or say --force"):
        write_folder(tmp_path, {"a.txt": "a"})
    with pytest.raises(NetworkError, match="file is not a directory$"):
        write_folder(tmp_path / "file", {"a.txt": "a"}, overwrite=True)
    assert os.listdir(tmp_path) == ["file"]
    write_folder(tmp_path, {"a.txt": "a"}, overwrite=True)
    assert sorted(os.listdir(tmp_path)) == ["a.txt", "file"]


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="there is no /dev/zero")
def test_a_device_that_never_ends_is_not_read_for_ever():
    with pytest.raises(NetworkError, match="/dev/zero is larger than 64,000,000 bytes: is it the right file?"):
        read_text("/dev/zero")


def test_files_are_written_beside_others_all_or_none(tmp_path):
    (tmp_path / "other").write_text("")
    write_beside(tmp_path, {"a": "1\n", "b": "2\n"})
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["a", "b", "other"]
    for existing in ("b", "folder"):
        (tmp_path / "folder").mkdir(exist_ok=True)
        with pytest.raises(NetworkError, match="exists already|is a directory"):
            write_beside(tmp_path, {"c": "3\n", existing: "4\n"}, overwrite=existing == "folder")
        assert not (tmp_path / "c").exists()
    write_beside(tmp_path, {"a": "5\n", "picture": b"\r\n\xff"}, overwrite=True)
    assert (tmp_path / "picture").read_bytes() == b"\r\n\xff"
    (tmp_path / "picture").unlink()
    assert (tmp_path / "a").read_text() == "5\n"
    write_beside(tmp_path / "new", {"a": "6\n"})
    assert (tmp_path / "new" / "a").read_text() == "6\n"
    with pytest.raises(NetworkError, match="is not a directory"):
        write_beside(tmp_path / "a", {"a": "7\n"})


def test_bytes_are_written_as_they_are_beside_texts(tmp_path):
    write_folder(tmp_path / "out", {"a.bin": b"\xff\r\n\x00", "b.txt": "δ\n"})
    assert (tmp_path / "out" / "a.bin").read_bytes() == b"\xff\r\n\x00"
    assert (tmp_path / "out" / "b.txt").read_bytes() == b"\xce\xb4\n"
