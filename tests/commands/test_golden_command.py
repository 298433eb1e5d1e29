import io
import json
import os
import sys

import pytest

from purenet.cases import load_case
from purenet.command_line import main
from purenet.commands.common import Announcer, Patience
from purenet.golden.values.case_files import golden_names
from purenet.golden.values.certified import certified_values

MINE = {
    "format_version": 1,
    "id": "mine",
    "network": {"layers": [{"activation": "sigmoid", "weights": [[0.5, -0.5]], "biases": [0.25]}]},
    "examples": [{"inputs": [1, 0], "targets": [1]}],
    "learning_rate": 0.5,
}


def run(capsys, *arguments):
    code = main(["golden", *map(str, arguments)])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def written(path, data):
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return str(path)


def right(case="one-neuron"):
    values = {name: found.f64 for name, found in certified_values(load_case(case)).items()}
    return {"dtype": "float64", "values": values}


def wrong():
    return {"dtype": "float64", "values": {**right()["values"], "step1.loss": 0.5}}


def standard_input(monkeypatch, data):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def names_in(folder):
    return sorted(os.listdir(folder))


def test_golden_alone_is_its_help(capsys):
    code, out, err = run(capsys)
    assert (code, err) == (0, "") and "diagnose" in out


@pytest.mark.parametrize("format", ["text", "markdown", "latex", "html", "json", "csv"])
def test_every_page_comes_in_every_format_and_in_ascii(capsys, tmp_path, format):
    values = written(tmp_path / "values.json", wrong())
    for arguments, code in [
        (["list"], 0),
        (["show", "one-neuron"], 0),
        (["show", "one-neuron", "--tolerances"], 0),
        (["check", "one-neuron", values], 1),
    ]:
        found, out, _ = run(capsys, *arguments, "--format", format, "--ascii")
        assert found == code and out and out.isascii(), arguments
        assert run(capsys, *arguments, "--format", format)[0] == code


def test_a_narrow_page_keeps_to_its_width(capsys, tmp_path):
    values = written(tmp_path / "values.json", wrong())
    for arguments in (["list"], ["check", "one-neuron", values]):
        out = run(capsys, *arguments, "--width", "40")[1]
        assert max(map(len, out.splitlines())) <= 40, arguments
    with pytest.raises(AssertionError):  # 40 digits and a name are what they are
        assert max(map(len, run(capsys, "show", "one-neuron", "--width", "40")[1].splitlines())) <= 30


def test_the_list_names_every_case(capsys):
    data = json.loads(run(capsys, "list", "--format", "json")[1])
    assert [entry["case"] for entry in data] == golden_names()


def test_csv_holds_one_line_for_each_certified_number_and_no_other(capsys):
    """The weights of this case are a line of eight fields in its TSV, as many as a certified number has."""
    header, *lines = run(capsys, "show", "g-extreme-softmax", "--format", "csv")[1].splitlines()
    assert header == "name,place,f64,true,hex,float64,float32,float16"
    assert len(lines) == 103 and all(line.startswith("step") for line in lines)
    assert lines[0] == "step1.example1.J.net_input,0,350.1,350.10,0x1.5e1999999999ap+8,1.4e-13,0.000063,0.52"


NONE = "there is no case 'one-neutron': `purenet cases` lists those that are built in"


@pytest.mark.parametrize(
    "arguments, words",
    [
        (["fly"], "'fly'"),
        (["show"], "the following arguments are required: CASE; see purenet golden show --help"),
        (["show", "one-neutron"], NONE),
        (["check", "one-neutron", "-"], NONE),
        (["export", "one-neutron", "-o", "out"], NONE),
        (["generate", "one-neutron", "-o", "out"], NONE),
        (["show", "none.json"], "cannot read none.json: no such file or directory"),
        (["show", "one-neuron", "--format", "pdf"], "unknown format 'pdf'"),
        (["show", "one-neuron", "--width", "5"], "the width must be at least 20 columns, not 5"),
        (["check"], "say which case and which file of values, or --all and --command"),
        (["check", "one-neuron"], "say which case and which file of values, or --all and --command"),
        (["check", "--all"], "say which case and which file of values, or --all and --command"),
        (["diagnose", "--all"], "say which case and which file of values, or --all and --command"),
        (["check", "one-neuron", "-", "--all"], "say which case and which file of values, or --all and --command"),
        (["check", "--command", "x"], "with --command, name cases or say --all, and no file of values"),
        (["check", "one-neuron", "--all", "--command", "x"], "with --command, name cases or say --all"),
        (["check", "one-neuron", "-", "--command", "x"], "standard input lacks the field 'network'"),
        (["check", "mazur", "mazur", "--command", "x"], "two of the cases have the same id"),
        (["check", "mazur", "2x2x1", "-"], "say which case and which file of values, or --all and --command"),
        (["check", "-", "-"], "standard input is the case or the values: name a file for the other"),
        (["check", "mazur", "--format", "json", "-", "--colour"], "unknown argument --colour"),
        (["check", "one-neuron", "none.tsv"], "cannot read none.tsv: no such file or directory"),
        (["check", "one-neuron", "."], "cannot read .: "),
        (["check", "one-neuron", "-", "--timeout", "soon"], "argument --timeout: 'soon' is not a number"),
        (["check", "one-neuron", "-", "--weights", "rows"], "the layout of weights is neuron,input or input,neuron"),
        (["check", "one-neuron", "-", "--dtype", "double"], "the float type is float64, float32 or float16, not 'double'"),
        (["export"], "name cases, or say --all; see purenet golden export --help"),
        (["export", "--all", "mazur"], "name cases, or say --all; see purenet golden export --help"),
        (["export", "mazur"], "say where to: -o and a folder"),
        (["generate", "--all"], "say where to: -o and a folder"),
        (["export", "mazur", "mazur", "-o", "out"], "two of the cases have the id 'mazur': one file would replace the other"),
    ],
)  # fmt: skip
def test_bad_usage_gets_one_sentence(capsys, tmp_path, monkeypatch, arguments, words):
    monkeypatch.chdir(tmp_path)
    standard_input(monkeypatch, json.dumps(right()).encode())
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert err.startswith("purenet: ") and len(err.splitlines()) == 1 and words in err
    assert names_in(tmp_path) == []


def test_values_from_a_file_and_from_standard_input(capsys, tmp_path, monkeypatch):
    assert run(capsys, "check", "one-neuron", written(tmp_path / "right.json", right()))[::2] == (0, "")
    standard_input(monkeypatch, b"\xef\xbb\xbf" + json.dumps(right()).encode())
    assert run(capsys, "check", "one-neuron", "-")[::2] == (0, "")
    path = written(tmp_path / "wrong.json", wrong())
    code, out, err = run(capsys, "check", "one-neuron", path)
    assert code == 1 and "step1.loss, E" in out
    assert err == (
        "purenet: one-neuron: the first difference is step1.loss; "
        f"`purenet golden diagnose one-neuron {path}` may name the mistake\n"
    )
    standard_input(monkeypatch, b"")
    assert run(capsys, "check", "one-neuron", "-") == (2, "", "purenet: standard input is empty: nothing is reported\n")
    standard_input(monkeypatch, b"\xff\xfe")
    assert run(capsys, "check", "one-neuron", "-") == (2, "", "purenet: standard input is not text in UTF-8\n")
    monkeypatch.setattr(sys, "stdin", None)
    assert run(capsys, "check", "one-neuron", "-")[0] == 2
    binary = tmp_path / "values.bin"
    binary.write_bytes(b"\x80\x81\x00")
    assert run(capsys, "check", "one-neuron", binary)[2] == f"purenet: {binary} is not a text file in UTF-8\n"


def test_nothing_compared_is_a_failure(capsys, tmp_path):
    code, _, err = run(capsys, "check", "one-neuron", written(tmp_path / "values.json", {"values": {}}))
    assert (code, err) == (1, "purenet: one-neuron: nothing was compared\n")


def test_a_result_goes_to_a_file_that_is_not_in_the_way(capsys, tmp_path):
    values, out = written(tmp_path / "values.json", right()), tmp_path / "out.txt"
    assert run(capsys, "check", "one-neuron", values, "-o", out) == (0, "", "")
    before = out.read_bytes()
    assert run(capsys, "check", "one-neuron", values, "-o", out)[::2] == (
        2, f"purenet: {out} exists already: name another file, or say --force to overwrite it\n"
    )  # fmt: skip
    assert out.read_bytes() == before and b"one-neuron" in before
    assert run(capsys, "check", "one-neuron", values, "-o", out, "--force")[0] == 0
    assert names_in(tmp_path) == ["out.txt", "values.json"]


def test_cases_are_exported_into_a_folder_whole_or_not_at_all(capsys, tmp_path):
    folder = tmp_path / "new"
    assert run(capsys, "export", "mazur", "-o", folder / "folder") == (
        2, "", f"purenet: cannot write {folder / 'folder'}: there is no folder {folder}\n"
    )  # fmt: skip
    files = ["PROTOCOL.md", "case.schema.json", "manifest.json", "mazur.json", "mazur.tsv"]
    assert run(capsys, "export", "mazur", "-o", folder) == (0, "", f"5 files written to {folder}\n")
    assert names_in(folder) == files
    (folder / "manifest.json").unlink()
    code, out, err = run(capsys, "export", "mazur", "-o", folder)
    assert (code, out) == (2, "") and err == (
        f"purenet: {folder} is not empty: name another directory, or say --force to write into it\n"
    )
    assert names_in(folder) == [name for name in files if name != "manifest.json"]
    assert run(capsys, "export", "mazur", "-o", folder, "--force")[0] == 0
    assert names_in(folder) == files
    in_the_way = written(tmp_path / "file", "")
    assert run(capsys, "export", "mazur", "-o", in_the_way)[::2] == (
        2, f"purenet: {in_the_way} is not a directory\n"
    )  # fmt: skip


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_is_not_writable_is_told(capsys, tmp_path):
    tmp_path.chmod(0o500)
    code, _, err = run(capsys, "export", "mazur", "-o", tmp_path)
    assert code == 2 and "permission denied" in err


def test_a_case_of_ones_own_is_certified_and_checked(capsys, tmp_path):
    mine, folder = written(tmp_path / "case.json", MINE), tmp_path / "out"
    for arguments in (["show", mine], ["export", mine, "-o", folder]):
        assert run(capsys, *arguments) == (
            2, "", "purenet: mine has no certified values: `purenet golden generate` makes them\n"
        )  # fmt: skip
    assert run(capsys, "generate", mine, "-o", folder) == (0, "", f"1 file written to {folder}\n")
    made = folder / "mine.json"
    assert names_in(folder) == ["mine.json"]
    assert run(capsys, "generate", mine, "-o", folder)[0] == 2
    # x = 0.5 + 0.25, y = 1/(1 + e^-0.75) = 0.67917869917539297…
    values = written(tmp_path / "values.tsv", "step1.example1.J.output\t0.679178699175393\n")
    assert run(capsys, "check", made, values, "--dtype", "float64")[::2] == (0, "")
    values = written(tmp_path / "values.tsv", "step1.example1.J.output\t0.679178699175493\n")
    assert run(capsys, "check", made, values, "--dtype", "float64")[0] == 1
    assert run(capsys, "export", made, "-o", tmp_path / "exported")[0] == 0
    assert "mine.tsv" in names_in(tmp_path / "exported")


def test_a_case_without_a_learning_rate_is_not_certified(capsys, tmp_path):
    without_rate = {name: value for name, value in MINE.items() if name != "learning_rate"}
    for examples in (MINE["examples"], [{"inputs": [1, 0]}]):
        case = written(tmp_path / "case.json", {**without_rate, "examples": examples})
        assert run(capsys, "generate", case, "-o", tmp_path / "out") == (
            2, "", "purenet: mine cannot be certified: it has no learning_rate, so there is no training\n"
        )  # fmt: skip
        assert run(capsys, "show", case)[2].endswith(
            " no certified values: it has no learning_rate, so there is no training\n"
        )
    assert names_in(tmp_path) == ["case.json"]


@pytest.mark.parametrize("id", ["../evil", "a/b", "", "a b", ".hidden", "manifest"])
def test_no_file_is_written_outside_the_folder_or_over_another(capsys, tmp_path, id):
    made = tmp_path / "made"
    assert run(capsys, "generate", written(tmp_path / "case.json", MINE), "-o", made)[0] == 0
    data = json.loads((made / "mine.json").read_text(encoding="utf-8"))
    case, folder = written(tmp_path / "other.json", {**data, "id": id}), tmp_path / "a" / "b"
    for command in ("export", "generate"):
        code, out, err = run(capsys, command, case, "-o", folder)
        assert (code, out) == (2, "") and len(err.splitlines()) == 1 and "the id" in err
    assert names_in(tmp_path) == ["case.json", "made", "other.json"]


def bare(tmp_path, name):
    """Write a case without an id, a format_version or certified values, and return its path."""
    return written(tmp_path / name, {name: MINE[name] for name in ("network", "examples", "learning_rate")})


def test_a_case_without_an_id_has_that_of_its_file(capsys, tmp_path):
    out = tmp_path / "out"
    assert run(capsys, "generate", bare(tmp_path, "case.json"), "-o", out) == (0, "", f"1 file written to {out}\n")
    assert (out / "case.json").read_text().startswith('{\n "format_version": 1,\n "id": "case",\n')
    case = bare(tmp_path, "my case.json")
    assert run(capsys, "generate", case, "-o", out, "--force") == (
        2, "", f"purenet: {case}: the id 'my case' must be made of letters, digits and hyphens, as in \"id\": \"my-case\"\n"
    )  # fmt: skip


def test_a_case_is_certified_by_check_and_diagnose_themselves(capsys, tmp_path):
    """x = 0.5 + 0.25, y = 1/(1 + e^-0.75) = 0.67917869917539297…, δ = (y − 1)·y·(1 − y) = −0.06990535534183481…"""
    case = bare(tmp_path, "my case.json")
    values = written(tmp_path / "values.tsv", "step1.example1.J.output\t0.679178699175393\n")
    assert run(capsys, "check", case, values)[::2] == (0, "")
    values = written(tmp_path / "values.tsv", "step1.example1.J.delta\t0.06990535534183481\n")
    code, out, err = run(capsys, "diagnose", case, values, "--format", "json")
    assert (code, err) == (1, "purenet: my case: the first difference is step1.example1.J.delta\n")
    assert ["delta-sign-flipped"] in json.loads(out)["diagnosis"]


def test_what_takes_more_than_a_second_is_told(capsys, monkeypatch):
    with Patience("waiting"):
        pass
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("purenet.commands.common.PATIENCE", 0.0)
    Announcer()("looking at each stage")
    assert capsys.readouterr().err == "purenet: looking at each stage\n"
    with Patience("waiting") as patience:
        patience.timer.join(20)
    assert capsys.readouterr().err == "purenet: waiting, which takes a while\n"


def test_standard_input_is_a_case_or_values_before_or_after_options(capsys, tmp_path, monkeypatch):
    case, values = bare(tmp_path, "mine.json"), b"step1.example1.J.output 0.679178699175393\n"
    for arguments in (
        [case, "--ascii", "-"],
        ["--ascii", case, "-"],
        [case, "-", "--ascii"],
        [case, "--width", "80", "-"],
    ):
        standard_input(monkeypatch, values)
        assert run(capsys, "check", *arguments)[::2] == (0, "")
    values = written(tmp_path / "values.tsv", values.decode())
    for arguments in (["check", "-", values], ["check", "--ascii", "-", "--width", "80", values]):
        standard_input(monkeypatch, json.dumps(MINE).encode())
        assert run(capsys, *arguments)[::2] == (0, "")
    standard_input(monkeypatch, json.dumps({**MINE, "id": "from-there"}).encode())
    assert run(capsys, "generate", "-", "-o", tmp_path / "out")[0] == 0
    assert names_in(tmp_path / "out") == ["from-there.json"]


def test_several_cases_are_asked_of_one_program(capsys, tmp_path, pytestconfig):
    command = f'"{sys.executable}" "{pytestconfig.rootpath / "tests" / "adapters" / "plain.py"}"'
    code, out, err = run(
        capsys, "diagnose", "all-half", "--command", command, "one-neuron", bare(tmp_path, "mine.json")
    )
    assert (code, err) == (0, "") and "3 of 3 cases agree; 0 were skipped." in out and "mine" in out


@pytest.mark.parametrize(
    "change",
    [
        lambda entry: entry.update(true=[]),
        lambda entry: entry.update(true=["one"]),
        lambda entry: entry.update(true=["NaN"]),
        lambda entry: entry.update(f64=[]),
        lambda entry: entry.update(hex=None),
        lambda entry: entry.update(shape=5),
        lambda entry: entry.update(tolerance={}),
        lambda entry: entry.update(tolerance=dict.fromkeys(("float64", "float32", "float16"), [])),
        lambda entry: entry.update(tolerance=dict.fromkeys(("float64", "float32", "float16"), ["x"])),
        lambda entry: entry.pop("name"),
        lambda entry: entry.clear(),
    ],
)
def test_damaged_certified_values_are_told(capsys, tmp_path, change):
    made = tmp_path / "made"
    assert run(capsys, "generate", written(tmp_path / "case.json", MINE), "-o", made)[0] == 0
    data = json.loads((made / "mine.json").read_text(encoding="utf-8"))
    change(data["certified"][1])
    case = written(tmp_path / "damaged.json", data)
    values = written(tmp_path / "values.json", {"step1.example1.J.output": 0.5})
    for arguments in (["check", case, values], ["show", case, "--tolerances"], ["show", case, "--format", "csv"]):
        assert run(capsys, *arguments) == (
            2, "", "purenet: the certified values of mine are not complete: generate them again\n"
        )  # fmt: skip


def test_a_mistake_is_named_and_a_near_miss_suggested(capsys, tmp_path):
    values = written(
        tmp_path / "values.json", {"dtype": "float64", "values": {"step1.example1.J.delta": [0.07183074730813849]}}
    )
    code, out, err = run(capsys, "diagnose", "one-neuron", values, "--format", "json")
    assert code == 1 and ["delta-sign-flipped"] in json.loads(out)["diagnosis"]
    assert err == "purenet: one-neuron: the first difference is step1.example1.J.delta\n"
    for id, message in [
        ("delta-sign-fliped", "there is no mistake 'delta-sign-fliped': did you mean delta-sign-flipped?"),
        ("???", "there is no mistake '???'; `purenet mistakes` lists them"),
    ]:
        assert main(["mistakes", id]) == 2
        assert capsys.readouterr().err == f"purenet: {message}\n"
    assert main(["mistakes", "delta-sign-flipped", "--matrix"]) == 2
    assert capsys.readouterr().err == "purenet: --matrix shows all mistakes: leave out the id\n"


def test_too_few_digits_are_no_pass_and_no_failure(capsys, tmp_path):
    near = written(tmp_path / "near.tsv", "step1.loss\t0.2161\n")  # 0.21605554… is right
    code, out, err = run(capsys, "check", "a1-single-examples", near)
    assert code == 3 and "Too few digits to tell: step1.loss; print 17, with %.17g." in " ".join(out.split())
    assert (
        err
        == "purenet: a1-single-examples: too few digits to tell, first at step1.loss: print 17, with %.17g; by hand, say --round\n"
    )
    code, out, _ = run(capsys, "diagnose", "a1-single-examples", near)
    assert code == 3 and "Nothing differs as far as the digits tell" in out
    code, out, _ = run(capsys, "check", "a1-single-examples", near, "--format", "json")
    data = json.loads(out)
    assert (code, data["outcome"], data["passed"]) == (3, "too few digits", False)
    assert {"too few digits", "not reported"} == {row["verdict"] for row in data["quantities"]}
    wrong = written(tmp_path / "wrong.tsv", "step1.loss\t0.2161\nstep2.loss\t0.1505\n")  # 0.15746972… is right
    code, out, err = run(capsys, "check", "a1-single-examples", wrong)
    assert code == 1 and "the first difference is step2.loss" in err


def test_the_exit_codes_of_a_check_are_told_by_its_help(capsys):
    with pytest.raises(SystemExit):
        run(capsys, "check", "--help")
    assert "3 if nothing differs" in " ".join(capsys.readouterr().out.split())


def test_a_program_that_prints_few_digits_passes_nothing_and_fails_nothing(capsys, tmp_path, pytestconfig):
    text = f"""import json, sys
sys.path.insert(0, {str(pytestconfig.rootpath / "tests" / "adapters")!r})
import plain
def short(value):
    return [short(part) for part in value] if isinstance(value, list) else round(value, 4)
for line in sys.stdin:
    question = json.loads(line)
    answer = {{"version": 1}}
    if question["cmd"] == "run":
        values = plain.run(question["case"])
        answer = {{"seq": question["seq"], "values": {{name: short(value) for name, value in values.items()}}}}
    print(json.dumps(answer), flush=True)
"""
    command = f'"{sys.executable}" "{written(tmp_path / "few.py", text)}"'
    code, out, err = run(capsys, "check", "a1-single-examples", "--command", command)
    assert code == 3 and "0 of 1 cases agree; 0 were skipped. Too few digits to tell in 1: print" in " ".join(
        out.split()
    )
    assert err == "purenet: too few digits to tell in 1 of 1 cases, a1-single-examples: print 17, with %.17g\n"


@pytest.mark.parametrize("format", ["text", "markdown", "csv", "json", "html", "latex"])
def test_the_words_of_a_program_do_not_act_on_a_terminal(capsys, format):
    program = f"{sys.executable} -c \"import sys; sys.exit('\x1b[31mred \x9b0m')\""
    code, out, err = run(capsys, "check", "one-neuron", "--command", program, "--format", format)
    assert code == 1 and "red" in out
    assert not {"\x1b", "\x9b"} & set(out + err)


def test_the_words_of_a_file_do_not_act_on_a_terminal(capsys, tmp_path):
    path = tmp_path / "\x1b[31mred.json"
    code, out, err = run(capsys, "show", str(path))
    assert (code, out) == (2, "")
    assert r"\x1b[31mred.json" in err and "\x1b" not in err


def test_numbers_by_hand_are_checked_against_those_before_them(capsys, tmp_path):
    right = written(tmp_path / "right.tsv", "y_j1\t0.7311\ny_j2\t0.7311\nδ_k1\t0.2311\nδ_j1\t0.0227\nδ_j2\t0.0227\n")
    assert run(capsys, "check", "2x2x1", right)[0] == 3  # of a program, four digits tell too little
    code, out, _ = run(capsys, "check", "2x2x1", right, "--round", "4")
    assert code == 0 and "numbers are given, and all are right." in out
    wrong = written(tmp_path / "wrong.tsv", "y_j1\t0.7311\ny_j2\t0.7311\nδ_k1\t0.2311\nδ_j1\t0.1156\nδ_j2\t0.1156\n")
    code, out, err = run(capsys, "diagnose", "2x2x1", wrong, "--round", "4")
    assert code == 1 and err == "purenet: 2x2x1: the first number that does not follow is δ_j1\n"
    page = " ".join(out.split())
    assert "What does not follow" in page and "0.1156 0.0227 9.3e+02 y_j1·(1 − y_j1)·(w_j1k1·δ_k1)" in page
    assert "Possible, but not sure" in page and "hidden-derivative-missing" in page


@pytest.mark.parametrize(
    "options, sentence",
    [
        (["--round", "4", "--significant", "3"], "say --round or --significant, not both"),
        (["--round", "31"], "--round takes 0 to 30 digits, not 31"),
        (
            ["--by-hand", "--round", "4"],
            "say --by-hand, which takes the rounding of the case, or --round or --significant",
        ),
    ],
)
def test_rounding_by_hand_is_said_in_one_way(capsys, tmp_path, options, sentence):
    file = written(tmp_path / "v.tsv", "y_j1\t0.7311\n")
    assert run(capsys, "check", "2x2x1", file, *options) == (2, "", f"purenet: {sentence}\n")


def test_a_case_without_rounding_does_not_say_how_numbers_by_hand_are_rounded(capsys, tmp_path):
    file = written(tmp_path / "v.tsv", "y_j1\t0.5933\n")
    code, _, err = run(capsys, "check", "a-sigmoid", file, "--by-hand")
    assert (code, err) == (2, "purenet: a-sigmoid does not say how to round: say --round or --significant\n")


def test_the_type_and_the_case_that_a_file_names_are_taken(capsys, tmp_path):
    typed = written(tmp_path / "typed.tsv", "dtype\tfloat32\nstep1.loss\t0.5\n")
    assert "The numbers are compared as float32." in run(capsys, "check", "a1-single-examples", typed)[1]
    other = written(tmp_path / "other.json", '{"case": "mazur", "values": {"step1.loss": 0.5}}')
    code, _, err = run(capsys, "check", "a1-single-examples", other)
    assert code == 2 and "are those of the case 'mazur', not of 'a1-single-examples'" in err.replace('"', "'")
