"""`purenet walkthrough --format xlsx`: which options it takes, and what it writes."""

import json

import pytest

from tests.commands.test_networks import run

OPTIONS = {
    "--step=2": "leave out --step: a spreadsheet has the whole training, in full precision",
    "--summary": "leave out --summary: a spreadsheet has the whole training, in full precision",
    "--digits=4": "leave out --digits: a spreadsheet has the whole training, in full precision",
    "--all": "leave out --all: a spreadsheet has the whole training, in full precision",
    "--ascii": "leave out --ascii: a spreadsheet has the whole training, in full precision",
    "--width=80": "leave out --width: a spreadsheet has the whole training, in full precision",
    "--mistake=updated-weights-in-hidden-delta": "leave out --mistake: a spreadsheet has the right formulas",
    "--color=always": "leave out --color always: a file has no colours for a terminal",
}


@pytest.mark.parametrize("option", OPTIONS)
def test_options_that_a_spreadsheet_has_no_use_for_are_refused(option, tmp_path, capsys):
    target = tmp_path / "a.xlsx"
    code, _, error = run(capsys, "walkthrough", "2x2x1", "--format", "xlsx", "-o", str(target), option)
    assert (code, error) == (2, f"purenet: {OPTIONS[option]}\n")
    assert not target.exists()


def test_a_spreadsheet_needs_a_file(capsys):
    code, _, error = run(capsys, "walkthrough", "2x2x1", "--format", "xlsx")
    assert (code, error) == (2, "purenet: say where to write the spreadsheet: -o FILE.xlsx\n")


def test_a_missing_library_is_named_with_its_command(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("purenet.spreadsheet.workbook.importlib.util.find_spec", lambda name: None)
    code, _, error = run(capsys, "walkthrough", "2x2x1", "--format", "xlsx", "-o", str(tmp_path / "a.xlsx"))
    needed = "a spreadsheet needs openpyxl, which is not installed: pip install openpyxl, or pip install purenet[xlsx]"
    assert (code, error) == (2, f"purenet: {needed}\n")


def test_the_spreadsheet_of_a_case_of_ones_own_is_written_and_not_overwritten(tmp_path, capsys):
    pytest.importorskip("openpyxl", reason="a spreadsheet needs openpyxl")
    case, target = tmp_path / "own.json", tmp_path / "a.xlsx"
    layers = [{"activation": "sigmoid", "weights": [[1, 2]], "biases": [-3]}]
    case.write_text(json.dumps({"title": "=1+1", "network": {"layers": layers}, "examples": [{"inputs": [-1, 3]}]}))
    arguments = ["walkthrough", str(case), "--format", "xlsx", "-o", str(target)]
    assert run(capsys, *arguments) == (0, "", "")
    assert target.read_bytes()[:2] == b"PK"
    code, _, error = run(capsys, *arguments)
    assert code == 2 and "exists already" in error
