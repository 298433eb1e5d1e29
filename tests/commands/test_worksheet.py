"""`purenet worksheet`: options in, files out; and what was typed in is graded."""

import json
import os
from decimal import Decimal

import pytest

from purenet.cases import load_case
from purenet.command_line import main
from purenet.drawing.converted import converter
from tests.worksheet.filled import filled, typed


def run(capsys, *arguments):
    code = main([*map(str, arguments)])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def made(capsys, text):
    return run(capsys, "worksheet", *text.split())


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)


def test_a_worksheet_or_its_key_is_printed(capsys):
    code, out, err = made(capsys, "--layers 2,2,1 --seed 7 --round 4")
    assert (code, err) == (0, "") and out.startswith("Worksheet 7: 2-2-1, half squared error\n")
    assert "y_j1  ____" in out and "0.285" not in out
    code, out, err = made(capsys, "--layers 2-2-1 --seed 7 --key --width 200")  # 4 decimals are the default
    assert (code, err) == (0, "") and out.startswith("Key to worksheet 7: 2-2-1, half squared error\n")
    assert "= 0.285 " in out or "≈ 0.285 " in out


def test_each_worksheet_has_its_key_its_case_and_a_file_for_answers(capsys):
    code, out, err = made(capsys, "--layers 2,2,1 --seed 7 --count 2 --round 4 -o class")
    assert (code, out) == (0, "")
    assert err == (
        "purenet: 2 worksheets with keys written to class; type a filled one into class/answers-7.txt, and grade it:\n"
        "purenet:     purenet golden check class/case-7.json class/answers-7.txt\n"
    ).replace("/", os.sep)
    of_each = ("answers-{}.txt", "case-{}.json", "key-{}.html", "sheet-{}.html")
    assert sorted(os.listdir("class")) == [name.format(n) for name in of_each for n in (7, 8)]
    case = load_case(os.path.join("class", "case-7.json"))
    assert (case.id, case.rounding, case.learning_rate) == ("worksheet-7", {"decimals": 4}, Decimal("0.5"))


def test_all_go_into_one_file_and_all_keys_into_another(capsys):
    assert made(capsys, "--layers 2,1 --count 2 --together --format text -o class")[0] == 0
    assert sorted(os.listdir("class")) == [
        *("answers-1.txt", "answers-2.txt", "case-1.json", "case-2.json", "keys.txt", "sheets.txt")
    ]
    with open(os.path.join("class", "sheets.txt"), encoding="utf-8") as file:
        assert [page.split(":")[0] for page in file.read().split("\f")] == ["Worksheet 1", "Worksheet 2"]


def test_the_same_seed_writes_the_same_files_byte_for_byte(capsys):
    for folder in ("one", "two"):
        assert made(capsys, f"--layers 2,2,1 --seed 5 -o {folder}")[0] == 0
    for name in os.listdir("one"):
        with open(os.path.join("one", name), "rb") as one, open(os.path.join("two", name), "rb") as two:
            assert one.read() == two.read()


@pytest.mark.parametrize("format, end", [("markdown", "svg"), ("latex", "pdf")])
def test_pictures_are_files_beside_markdown_and_latex(capsys, format, end):
    code, _, err = made(capsys, f"--layers 2,1 --format {format} -o class")
    has_picture = end == "svg" or converter("pdf") is not None
    assert code == 0 and os.path.exists(os.path.join("class", f"picture-1.{end}")) == has_picture
    with open(os.path.join("class", f"sheet-1.{'md' if format == 'markdown' else 'tex'}"), encoding="utf-8") as file:
        assert (f"picture-1.{end}" in file.read()) == has_picture
    assert has_picture or "the worksheets have no pictures: a PDF file needs a program" in err


def test_a_filled_worksheet_is_graded_and_one_slip_is_named_with_its_mistake(capsys):
    """The slip is that of somebody who forgets f′ for δ_j1 and goes on rightly: 0.4·(−0.0797) = −0.0319."""
    made(capsys, "--layers 2,2,1 --seed 7 --round 4 -o class")
    case, answers = os.path.join("class", "case-7.json"), os.path.join("class", "answers-7.txt")
    with open(answers, encoding="utf-8") as file:
        text = file.read()
    code, out, err = run(capsys, "golden", "check", case, answers)
    assert code == 1 and "Nothing was compared: no number was given" in out
    for numbers, expected in ((filled(), 0), (filled(["j1"]), 1)):
        with open(answers, "w", encoding="utf-8") as file:
            file.write(typed(text, numbers))
        code, out, err = run(capsys, "golden", "check", case, answers)
        assert code == expected
    assert "All 28 numbers are given, and 1 of those is wrong." in out
    assert [line.split()[:3] for line in out.splitlines() if line.startswith("δ_")] == [
        ["δ_j1", "−0.0319", "−0.0065"],
        ["δ_j1", "hidden-derivative-missing", "The"],
    ]
    assert err == "purenet: worksheet-7: the first number that does not follow is δ_j1\n"


@pytest.mark.parametrize("line", ["y_j1 0,285", "y_j1 about 0.3", "y_z1 0.3"])
def test_what_was_typed_wrongly_is_named(capsys, line):
    made(capsys, "--layers 2,2,1 --seed 7 -o class")
    with open("typed.txt", "w", encoding="utf-8") as file:
        file.write(f"dtype by-hand\n{line}\n")
    code, _, err = run(capsys, "golden", "check", os.path.join("class", "case-7.json"), "typed.txt")
    assert code == 2 and "typed.txt" in err and err.count("\n") == 1


@pytest.mark.parametrize(
    "line, sentence",
    [
        ("y_j1 nan", "typed.txt, line 2: 'nan' is not a number for y_j1; leave out one that you lack"),
        ("y_j1 0.2850 0.3", "typed.txt, line 2: y_j1 has 2 numbers, and must have one number per line"),
        ("yj1 0.2850", "there is no number yj1 on this sheet: did you mean y_j1?"),
        ("y_j1 0,2850", "typed.txt, line 2: write 0.2850, with a point, for y_j1"),
    ],
)
def test_a_slip_of_typing_is_said_with_its_remedy(capsys, line, sentence):
    made(capsys, "--layers 2,2,1 --seed 7 -o class")
    with open("typed.txt", "w", encoding="utf-8") as file:
        file.write(f"dtype by-hand\n{line}\n")
    code, _, err = run(capsys, "golden", "check", os.path.join("class", "case-7.json"), "typed.txt")
    assert code == 2 and sentence in err.replace('"', "'") and err.count("\n") == 1


@pytest.mark.slow
def test_a_case_without_rounding_is_rounded_to_four_decimals(capsys):
    code, out, _ = made(capsys, "mazur --key --width 200")
    assert code == 0 and "every number to 4 decimals" in out


def test_numbers_may_be_typed_as_they_are_printed(capsys):
    made(capsys, "--layers 2,2,1 --seed 7 -o class")
    with open("typed.txt", "w", encoding="utf-8") as file:
        file.write("dtype by-hand\nx_j1 = −0.92\ny_j1 ≈ 0.285\nδ_k1\n")
    code, out, _ = run(capsys, "golden", "check", os.path.join("class", "case-7.json"), "typed.txt")
    assert code == 0 and "2 of 28 numbers are given, and all are right." in out
    assert "Not given: x_j2, y_j2, x_k1," in " ".join(out.split())


def test_the_answers_of_another_worksheet_are_refused(capsys):
    made(capsys, "--layers 2,2,1 --seed 7 --count 2 -o class")
    code, _, err = run(
        capsys, "golden", "check", os.path.join("class", "case-8.json"), os.path.join("class", "answers-7.txt")
    )
    assert code == 2 and "are those of the case 'worksheet-7', not of 'worksheet-8'" in err


def test_a_case_makes_a_sheet_of_its_own_numbers_and_with_a_seed_of_others(capsys):
    assert made(capsys, "2x2x1 -o class")[0] == 0
    with open(os.path.join("class", "case-2x2x1.json"), encoding="utf-8") as file:
        data = json.load(file)
    assert data["network"]["layers"][0]["weights"] == [[0.5, 0.5], [0.5, 0.5]] and "published" not in data
    code, out, _ = made(capsys, "2x2x1 --seed 3")
    assert code == 0 and out.startswith("Worksheet 3: 2-2-1, half squared error\n") and "Biases: none" in out


@pytest.mark.slow
def test_settings_of_the_network_and_the_rounding_are_used(capsys):
    code, out, err = made(
        capsys,
        "--layers 2,2,2 --hidden relu --last softmax --no-biases --learning-rate 0.25 --significant 3 --steps 2 "
        "--blanks weights --seed 3",
    )
    assert (code, err) == (0, "")
    assert "Layers: I, 2 inputs → J, 2 relu → K, 2 softmax. Loss: cross-entropy." in out
    assert "Biases: none." in out and "η = 0.25" in out and "w_i1j1⁺⁺" in out
    assert "every number to 3 significant digits, rounded half up" in " ".join(out.split())


def test_nothing_is_overwritten_unless_it_is_forced(capsys):
    os.mkdir("class")
    with open(os.path.join("class", "key-1.html"), "w") as file:
        file.write("mine")
    code, _, err = made(capsys, "--layers 2,1 -o class")
    assert code == 2 and "key-1.html exists already: name another file, or say --force" in err
    assert os.listdir("class") == ["key-1.html"]
    assert made(capsys, "--layers 2,1 -o class --force")[0] == 0 and len(os.listdir("class")) == 4


@pytest.mark.parametrize(
    "arguments, problem",
    [
        ("", "say either CASE or --layers: what is a worksheet made from?"),
        ("2x2x1 --layers 2,1", "say either CASE or --layers: what is a worksheet made from?"),
        ("2x2x1 --loss cross-entropy", "leave out --loss: 2x2x1 says what its network is"),
        ("2x2x1 --no-biases", "leave out --no-biases: 2x2x1 says what its network is"),
        ("--layers 2", "the layers are at least two sizes of 1 to 99999, such as 2,3,1 or 2-3-1, not '2'"),
        ("--layers 2,1 --hidden tanh", "leave out --hidden: a network 2,1 has no hidden layer"),
        ("--layers 2,1 --last softmax", "a softmax of one neuron is always 1"),
        ("--layers 2,2,1 --hidden swish", "there is no activation of hidden layers 'swish'"),
        ("--layers 2,2,1 --learning-rate 0", "the learning rate of a worksheet must be above 0, not 0.0"),
        ("--layers 2,2,1 --learning-rate nan", "the learning rate must be a finite number, not "),
        ("--layers 2,2,1 --blanks answers", "there are no blanks 'answers': choose some of net-inputs"),
        ("--layers 2,2,1 --round 4 --significant 3", "say --round or --significant, not both"),
        ("--layers 2,2,1 --steps 0", "a worksheet has 1 to 100 steps, not 0"),
        ("--layers 30,30,1", "the worksheet computes "),
        ("--layers 2,2,1 --round 0", "in 1,000 draws no worksheet is kind"),
        ("--layers 2,2,1 --count 0 -o class", "--count is 1 to 1,000 worksheets, not 0"),
        ("--layers 2,2,1 --count 2", "several worksheets go to a directory: say -o DIR"),
        ("--layers 2,2,1 --key -o class", "leave out --key: with -o each worksheet has its key in a file of its own"),
        ("--layers 2,2,1 --format pdf", "unknown format 'pdf': choose text, markdown, latex or html"),
        ("nothing", "there is no case 'nothing'"),
        ("--layers 2,1 -o a/b/c", "cannot write a/b/c: there is no folder"),
    ],
)
def test_wrong_input_is_named_in_one_sentence(capsys, arguments, problem):
    code, out, err = made(capsys, arguments)
    assert (code, out) == (2, "") and err.startswith(f"purenet: {problem}") and err.count("\n") == 1
    assert os.listdir() == []
