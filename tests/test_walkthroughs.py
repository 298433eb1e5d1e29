import importlib
import json
import os
import re
import subprocess
import sys

import pytest

from purenet.book import load_chapter
from purenet.book.measurements import kept, measuring_again

MNIST = "PURENET_MNIST"  # names the environment variable with the folder of MNIST's files
FOLDER = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "walkthroughs")
CHAPTERS = sorted(name for name in os.listdir(FOLDER) if name.endswith(".py"))


def read(name):
    with open(os.path.join(FOLDER, name), encoding="utf-8") as file:
        return file.read()


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_chapter_tells_its_transcript(name):
    told = "\n\n".join(load_chapter(name).parts())
    assert told.splitlines() == read(name.replace(".py", ".txt")).splitlines()


def test_a_chapter_is_a_script_that_prints_its_transcript():
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONPATH": os.path.dirname(FOLDER)}
    done = subprocess.run([sys.executable, CHAPTERS[1]], cwd=FOLDER, env=environment, capture_output=True, timeout=600)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode().splitlines() == read(CHAPTERS[1].replace(".py", ".txt")).splitlines()


def test_a_script_says_in_a_sentence_what_it_lacks():
    environment = {**os.environ, "PYTHONPATH": os.path.dirname(FOLDER)}
    environment.pop(MNIST, None)
    command = [sys.executable, "10_mnist.py", "--measure"]
    done = subprocess.run(command, cwd=FOLDER, env=environment, capture_output=True, timeout=600)
    assert done.returncode == 2
    assert (
        done.stderr.decode().strip() == f"purenet: set the variable {MNIST} to the folder with the t10k files of MNIST"
    )


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in CHAPTERS if "measured(" in read(name)])
def test_what_a_chapter_measured_is_measured_again(name):
    if name.startswith("10") and MNIST not in os.environ:
        pytest.skip(f"the variable {MNIST} does not name a folder with the files of MNIST")
    with measuring_again() as found:
        list(load_chapter(name).parts())
    stored = kept()
    assert found and found == {result: stored[result] for result in found}


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_chapter_opens_with_a_question_and_what_is_assumed_and_ends_with_exercises(name):
    chapter = load_chapter(name)
    assert chapter.question.endswith("?") and chapter.assumes.endswith(".") and len(chapter.assumes) <= 80
    assert 3 <= len(chapter.exercise_list) <= 5


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_transcript_fits_on_a_page(name):
    assert max(map(len, read(name.replace(".py", ".txt")).splitlines())) <= 80


def test_the_table_of_contents_lists_every_chapter():
    listed = re.findall(r"\]\((\S+\.txt)\)", read("README.md"))
    assert listed == [name.replace(".py", ".txt") for name in CHAPTERS]


@pytest.mark.slow
def test_the_program_of_chapter_17_passes_as_many_tests_as_it_says(tmp_path):
    parts = load_chapter("17_test_your_own_program.py").blocks.__globals__
    names = ("IMPORTS", "FORWARD", "SLOPE", "DELTAS", "STEP", "TRAIN", "ANSWER")
    program = "".join(parts[name] for name in names).replace(parts["PLAIN_F"], parts["SAFE_F"])
    (tmp_path / "mine.py").write_text(program, encoding="utf-8")
    line = (
        "from mine import train\nfrom purenet.golden.testing import golden_tests\n\ntest_golden = golden_tests(train)\n"
    )
    (tmp_path / "test_mine.py").write_text(line, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), os.path.dirname(FOLDER)])}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_mine.py"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, timeout=600)
    told = re.search(r"`pytest` says (\d+ passed, \d+ skipped)", read("17_test_your_own_program.txt"))
    assert told[1] in done.stdout.decode()


def test_the_file_and_the_case_of_chapter_20_do_what_its_commands_say(tmp_path):
    parts = load_chapter("20_write_your_own.py").blocks.__globals__
    (tmp_path / "mine.py").write_text("\n".join([parts["IMPORTS"], *parts["MINE"]]), encoding="utf-8")
    (tmp_path / "own.json").write_text(json.dumps(parts["OWN"]), encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": os.path.dirname(FOLDER), "PYTHONIOENCODING": "utf-8"}
    told = re.findall(r"    purenet (--own mine.py .*)", read("20_write_your_own.txt"))
    assert len(told) == 3  # and that of the lab, which waits
    for arguments in told:
        command = [sys.executable, "-m", "purenet", *arguments.split()]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, timeout=600)
        assert done.returncode == 0, done.stderr
    certified = json.loads((tmp_path / "golden" / "own.json").read_text(encoding="utf-8"))["certified"]
    shown = {
        line.split()[0]: line.split()[1:] for line in read("20_write_your_own.txt").splitlines() if "step1." in line
    }
    found = {each["name"]: each["true"][0] for each in certified}
    assert len(shown) == 5 and all(row[0] == found[name] for name, row in shown.items())


CORE = "neuron layer network activations losses softmax training descent perceptron".split()


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_chapter_names_what_it_has_explained_and_where_that_is(name):
    text = re.sub(r"\n(?!\n)", " ", read(name.replace(".py", ".txt")))
    paths = re.findall(r"purenet/[a-z_/]+\.py", text)
    assert paths and all(os.path.exists(os.path.join(os.path.dirname(FOLDER), path)) for path in paths)
    modules = [importlib.import_module(path[: -len(".py")].replace("/", ".")) for path in paths]
    for owner, method in re.findall(r"`([A-Z]\w+)\.(\w+)`", text):
        assert any(hasattr(getattr(module, owner, None), method) for module in modules), f"{owner}.{method}"


def test_chapter_0_names_no_core_file_before_its_end():
    before_exercises = read("00_the_nudge.txt").split("Exercises\n")[0]
    *earlier, last = before_exercises.strip().split("\n\n")
    assert "purenet/neuron.py" in last
    assert "purenet/" not in "".join(earlier) and "Neuron" not in "".join(earlier[:-2])


@pytest.mark.parametrize("module", CORE)
def test_a_core_file_names_a_chapter_that_names_it(module):
    with open(os.path.join(os.path.dirname(FOLDER), "purenet", f"{module}.py"), encoding="utf-8") as file:
        opening = file.read().split('"""')[1]
    named = re.search(r"[Cc]hapters? (\d+(?:, \d+)*(?: and \d+)?)", opening)
    numbers = re.findall(r"\d+", named[1])
    chapters = [read(name.replace(".py", ".txt")) for name in CHAPTERS if str(int(name[:2])) in numbers]
    assert len(chapters) == len(numbers)
    assert any(f"purenet/{module}.py" in text for text in chapters)
