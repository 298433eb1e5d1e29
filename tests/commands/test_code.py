"""`purenet code`: where the program goes, and what is refused."""

import pytest

from purenet.cases import load_case
from purenet.code.program import program
from purenet.command_line import main


@pytest.mark.parametrize("language", ["python", "c", "javascript"])
def test_the_program_is_written_to_standard_output_or_to_a_file(language, capsys, tmp_path):
    path = tmp_path / "step"
    assert main(["code", "2x2x1", "--as", language]) == 0
    assert capsys.readouterr().out == program(load_case("2x2x1"), language)
    assert main(["code", "2x2x1", "--as", language, "-o", str(path)]) == 0
    assert path.read_text(encoding="utf-8") == program(load_case("2x2x1"), language)


@pytest.mark.parametrize(
    "arguments, message",
    [
        (["no-such"], "there is no case 'no-such'"),
        (["2x2x1", "--as", "cobol"], "argument --as: invalid choice: 'cobol'"),
        (["2x2x1", "-o", "/no/such/folder/x.py"], "cannot write /no/such/folder/x.py"),
        ([], "the following arguments are required: CASE"),
    ],
)
def test_a_fault_is_one_sentence(arguments, message, capsys):
    assert main(["code", *arguments]) == 2
    out, error = capsys.readouterr()
    assert out == "" and error.startswith(f"purenet: {message}") and error.count("\n") == 1


def test_a_file_is_not_overwritten_without_force(capsys, tmp_path):
    path = tmp_path / "step.py"
    path.write_text("mine")
    assert main(["code", "2x2x1", "-o", str(path)]) == 2
    assert path.read_text() == "mine"
    assert main(["code", "2x2x1", "-o", str(path), "--force"]) == 0
