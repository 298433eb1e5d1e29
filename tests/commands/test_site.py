import pytest

import purenet.site.code
from purenet.command_line import main


def test_missing_packages_are_named_with_what_installs_them(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(purenet.site.code, "find_spec", lambda name: None)
    assert main(["site", "-o", str(tmp_path / "site")]) == 2
    assert capsys.readouterr().err == (
        "purenet: purenet site needs markdown-it-py, Pygments and pytest: pip install markdown-it-py Pygments pytest installs them\n"
    )
    monkeypatch.setattr(purenet.site.code, "find_spec", lambda name: None if name == "pygments" else True)
    assert main(["site", "-o", str(tmp_path / "site")]) == 2
    assert capsys.readouterr().err == "purenet: purenet site needs Pygments: pip install Pygments installs it\n"


def test_a_folder_with_other_files_is_refused_before_anything_is_built(tmp_path, capsys):
    (tmp_path / "mine.txt").write_text("mine")
    assert main(["site", "-o", str(tmp_path)]) == 2
    assert f"{tmp_path} is not empty: name another directory, or say --force" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_the_folder_must_be_named(capsys):
    assert main(["site"]) == 2
    assert "-o" in capsys.readouterr().err


def test_a_folder_that_is_not_pyodide_is_refused(tmp_path, capsys, monkeypatch):
    pytest.importorskip("markdown_it", reason="markdown-it-py is not installed: pip install '.[site]'")
    pytest.importorskip("pygments", reason="Pygments is not installed: pip install '.[site]'")
    assert main(["site", "-o", str(tmp_path / "site"), "--pyodide", str(tmp_path)]) == 2
    assert f"{tmp_path} is not the folder of Pyodide's npm package" in capsys.readouterr().err
    assert not (tmp_path / "site").exists()


def test_files_are_written_and_counted(tmp_path, capsys, monkeypatch):
    pytest.importorskip("markdown_it", reason="markdown-it-py is not installed: pip install '.[site]'")
    pytest.importorskip("pygments", reason="Pygments is not installed: pip install '.[site]'")
    files = {"index.html": "<p>", "cases/a.html": b"a"}
    monkeypatch.setattr("purenet.site.build.site_files", lambda pyodide, progress: files)
    assert main(["site", "-o", str(tmp_path / "site")]) == 0
    assert (tmp_path / "site" / "cases" / "a.html").read_bytes() == b"a"
    assert capsys.readouterr().err == f"purenet: 2 files, 0.0 MB, written to {tmp_path / 'site'}\n"
