import os
import re

import pytest

from purenet import Identity, Layer, Network, Neuron, load_network, picture_of, save_network
from purenet.command_line import main
from tests.test_command_line import case_file, process, run


def test_one_step_goes_to_standard_output(capsys):
    code, out, err = run(capsys, "picture", "2x2x1", "--step", "6")
    assert (code, err) == (0, "")
    assert out.startswith("<svg ") and out.endswith("</svg>\n")
    assert '<title id="picture-title">Step 6 of 14. The loss</title>' in out


def test_one_step_goes_to_a_file(capsys, tmp_path):
    path = tmp_path / "step6.svg"
    assert run(capsys, "picture", "2x2x1", "--step", "6", "-o", str(path)) == (0, "", "")
    assert path.read_text(encoding="utf-8") == run(capsys, "picture", "2x2x1", "--step", "6")[1]
    code, _, err = run(capsys, "picture", "2x2x1", "--step", "7", "-o", str(path))
    assert (code, err) == (2, f"purenet: {path} exists already: name another file, or say --force to overwrite it\n")
    assert run(capsys, "picture", "2x2x1", "--step", "7", "-o", str(path), "--force")[0] == 0
    assert "Step 7 of 14" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("made", [False, True])
def test_all_steps_go_to_a_directory(capsys, tmp_path, made):
    folder = tmp_path / "pictures"
    if made:
        folder.mkdir()
    assert run(capsys, "picture", "2x2x1", "--all", "-o", f"{folder}/") == (0, "", "")
    assert sorted(os.listdir(folder)) == [f"step{n:02}.svg" for n in range(1, 15)]
    for n in range(1, 15):
        assert f"Step {n} of 14." in (folder / f"step{n:02}.svg").read_text(encoding="utf-8")
    assert os.listdir(tmp_path) == ["pictures"]


def test_a_directory_that_is_not_empty_is_refused_without_force(capsys, tmp_path):
    (tmp_path / "mine.txt").write_text("kept")
    (tmp_path / "step01.svg").write_text("old")
    code, out, err = run(capsys, "picture", "2x2x1", "--all", "-o", str(tmp_path))
    assert (code, out) == (2, "")
    assert err == f"purenet: {tmp_path} is not empty: name another directory, or say --force to write into it\n"
    assert sorted(os.listdir(tmp_path)) == ["mine.txt", "step01.svg"]
    assert run(capsys, "picture", "2x2x1", "--all", "-o", str(tmp_path), "--force")[0] == 0
    assert len(os.listdir(tmp_path)) == 15
    assert (tmp_path / "mine.txt").read_text() == "kept"
    assert (tmp_path / "step01.svg").read_text(encoding="utf-8").startswith("<svg ")


def test_the_options_of_the_walkthrough(capsys, tmp_path):
    path = case_file(tmp_path)
    numbers = ["--inputs", "-1,2", "--target", "0", "--learning-rate", "0.125"]
    out = run(capsys, "picture", path, "--step", "2", *numbers)[1]
    assert ">−1.0<" in out and ">2.0<" in out and ">0.125<" in out
    assert re.search('data-q="y_i2">.*?>1.0<', run(capsys, "picture", path, "--step", "1", "--example", "2")[1])


def test_a_saved_network_needs_inputs_and_for_a_step_targets_and_a_learning_rate(capsys, tmp_path):
    path = str(tmp_path / "and.json")
    save_network(path, Network([Layer([Neuron([-0.75, 0.5], 0.25)])]))
    for command in (["picture", path, "--step", "6"], ["walkthrough", path]):
        for options in ([], ["--target", "1", "--learning-rate", "1"], ["--inputs", "1,0", "--target", "1"]):
            code, out, err = run(capsys, *command, *options)
            assert (code, out) == (2, "")
            needed = "say --inputs and, for a training step, --target and --learning-rate as well"
            assert err == f"purenet: {path} is a saved network: {needed}\n"
        options = ["--inputs", "1,0", "--target", "1", "--learning-rate", "0.5"]
        code, out, err = run(capsys, *command, *options)
        assert (code, err) == (0, "")
    assert out.startswith("A training step of and.json\n") and "w_i1j1 = −0.75, w_i2j1 = 0.5." in out


def test_inputs_alone_show_a_forward_pass_of_a_saved_network(capsys, tmp_path):
    path = str(tmp_path / "and.json")
    save_network(path, Network([Layer([Neuron([-0.75, 0.5], 0.25, Identity())])]))
    code, out, err = run(capsys, "walkthrough", path, "--inputs", "1,0", "--inputs", "1,2")
    assert (code, err) == (0, "") and out.startswith("A forward pass of and.json\n")
    assert "y_j1⁽²⁾  x_j1⁽²⁾    0.5        0.5\n" in out and "δ" not in out  # −¾·1 + ½·2 + ¼
    assert run(capsys, "picture", path, "--step", "1", "--inputs", "1,0")[0] == 0


@pytest.mark.parametrize(
    "arguments, message",
    [
        (["2x2x1", "--step", "15"], "there is no step 15: the trace has steps 1 to 14"),
        (["2x2x1", "--step", "0"], "there is no step 0: the trace has steps 1 to 14"),
        (
            ["2x2x1", "--step", "six"],
            "argument --step: 'six' is not a whole number of at least 0; see purenet picture --help",
        ),
        (["2x2x1"], "say which picture: --step with its number, --all, or --network"),
        (["2x2x1", "--step", "6", "--all"], "say which picture: --step with its number, --all, or --network"),
        (["2x2x1", "--all"], "--all draws several files: name a directory for them with -o"),
        (["2x2x1", "--all", "-o", ""], "the name of the directory to write into is empty"),
        (["2x2x1", "--all", "-o", "mine.json"], "mine.json is not a directory"),
        (["2x2x1", "--step", "6", "--inputs", "1"], "the network takes 2 inputs but got 1"),
        (
            ["nope", "--step", "6"],
            "there is no case 'nope': `purenet cases` lists those that are built in; a file of your own ends in .json",
        ),
    ],
)
def test_bad_input_is_one_sentence_and_leaves_nothing_behind(capsys, tmp_path, monkeypatch, arguments, message):
    case_file(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert run(capsys, "picture", *arguments) == (2, "", f"purenet: {message}\n")
    assert os.listdir(tmp_path) == ["mine.json"]


def test_a_directory_in_a_directory_that_does_not_exist(capsys, tmp_path):
    code, _, err = run(capsys, "picture", "2x2x1", "--all", "-o", str(tmp_path / "no" / "pictures"))
    assert (code, err) == (2, f"purenet: cannot write {tmp_path}/no/pictures: there is no folder {tmp_path}/no\n")


def test_a_terminal_without_the_signs_gets_them_as_xml_can_say_them(tmp_path):
    done = process("picture", "2x2x1", "--step", "9", env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert done.returncode == 0 and done.stdout.isascii() and b"&#948;" in done.stdout


def test_the_page_goes_to_a_file(capsys, tmp_path):
    path = tmp_path / "page.html"
    assert main(["walkthrough", "2x2x1", "--format", "html", "-o", str(path)]) == 0
    assert path.stat().st_size < 300_000
    assert path.read_text(encoding="utf-8").count('class="lying"') == 14


def test_a_case_named_like_a_script_is_harmless(capsys, tmp_path):
    path = case_file(tmp_path, title="<script>alert(1)</script>")
    out = run(capsys, "walkthrough", path, "--format", "html")[1]
    assert "<script>alert" not in out and "<h1>&lt;script&gt;alert(1)&lt;/script&gt;</h1>" in out


def test_the_picture_of_a_whole_network(capsys, tmp_path):
    code, out, err = run(capsys, "picture", "2x2x1", "--network")
    assert (code, err) == (0, "") and ">The network 2-2-1</title>" in out
    path, target = str(tmp_path / "n.json"), tmp_path / "n.svg"
    run(capsys, "train", "xor", "--quiet", "--epochs", "5", "--stop-loss", "9", "--save", path)
    assert run(capsys, "picture", path, "--network", "-o", str(target)) == (0, "", "")
    assert target.read_text(encoding="utf-8") == picture_of(load_network(path))
    assert run(capsys, "picture", path, "--network", "-o", str(target))[0] == 2


@pytest.mark.parametrize(
    "arguments, message",
    [
        (["--network", "--step", "6"], "say which picture: --step with its number, --all, or --network"),
        (["--network", "--inputs", "1,0"], "leave out --inputs: the picture of a network shows no example"),
        (["--network", "--example", "2"], "leave out --example: the picture of a network shows no example"),
        (["--network", "-o", ""], "the name of the file to write is empty"),
    ],
)
def test_the_picture_of_a_network_shows_no_example(capsys, arguments, message):
    assert run(capsys, "picture", "2x2x1", *arguments) == (2, "", f"purenet: {message}\n")


def test_a_file_named_png_is_one_if_a_program_can_draw_it(capsys, tmp_path, monkeypatch):
    monkeypatch.setattr("purenet.drawing.converted.converter", lambda kind: lambda picture: picture[-7:].encode())
    path = tmp_path / "a.PNG"
    assert run(capsys, "picture", "2x2x1", "--step", "6", "-o", str(path)) == (0, "", "")
    assert path.read_bytes() == b"</svg>\n"
    assert run(capsys, "picture", "2x2x1", "--all", "--png", "-o", str(tmp_path / "all")) == (0, "", "")
    names = sorted(os.listdir(tmp_path / "all"))
    assert (names[0], names[-1], len(names)) == ("step01.png", "step14.png", 14)


def test_a_png_file_without_a_program_that_draws_is_one_sentence(capsys, tmp_path, monkeypatch):
    for name in ("rsvg_convert", "cairosvg", "resvg"):
        monkeypatch.setattr(f"purenet.drawing.converted.{name}", lambda kind: None)
    code, out, err = run(capsys, "picture", "2x2x1", "--step", "6", "-o", str(tmp_path / "a.png"))
    assert (code, out, os.listdir(tmp_path)) == (2, "", [])
    assert err.count("\n") == 1 and "install rsvg-convert (librsvg2-bin in Debian) or CairoSVG" in err


@pytest.mark.parametrize(
    "arguments, message",
    [
        (["--png"], "a PNG file is no text for standard output: name a file with -o"),
        (["--png", "-o", "a.svg"], "a.svg is named like an SVG file: name a .png file, or leave out --png"),
        (["-o", "a.JPG"], "a.JPG is named like a file of another kind: name a .svg or a .png file"),
    ],
)
def test_png_goes_into_a_file_of_its_kind(capsys, tmp_path, monkeypatch, arguments, message):
    monkeypatch.chdir(tmp_path)
    assert run(capsys, "picture", "2x2x1", "--step", "6", *arguments) == (2, "", f"purenet: {message}\n")


def test_a_theme_makes_a_picture_of_one_set_of_colours(capsys):
    dark, light = (run(capsys, "picture", "2x2x1", "--step", "6", "--theme", theme)[1] for theme in ("dark", "light"))
    assert "#14171a" in dark and "#ffffff" not in dark and "@media" not in dark
    assert "#ffffff" in light and "#14171a" not in light and "@media" not in light
