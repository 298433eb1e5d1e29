import importlib
import os
import re
import subprocess
import sys

import pytest

FOLDER = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "walkthroughs")
CHAPTERS = sorted(name for name in os.listdir(FOLDER) if name.endswith(".py"))


def read(name):
    with open(os.path.join(FOLDER, name), encoding="utf-8") as file:
        return file.read()


SLOW = ("05", "07", "08")  # chapters that train for more than ten seconds
MNIST = "PURENET_MNIST"  # names the environment variable with the folder of MNIST's files


def chapter(name):
    return pytest.param(name, marks=pytest.mark.slow) if name.startswith((*SLOW, "10")) else name


@pytest.mark.parametrize("name", [chapter(name) for name in CHAPTERS])
def test_a_chapter_prints_its_transcript(name):
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONPATH": os.path.dirname(FOLDER)}
    arguments = [sys.executable, name]
    if name.startswith("10"):
        if MNIST not in os.environ:
            pytest.skip(f"the variable {MNIST} does not name a folder with the files of MNIST")
        arguments.append(os.environ[MNIST])
    done = subprocess.run(arguments, cwd=FOLDER, env=environment, capture_output=True, timeout=4 * 3600)
    assert done.returncode == 0
    assert done.stderr == b"" or name.startswith("10")
    assert done.stdout.decode().splitlines() == read(name.replace(".py", ".txt")).splitlines()


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_transcript_fits_on_a_page(name):
    assert max(map(len, read(name.replace(".py", ".txt")).splitlines())) <= 80


def test_the_table_of_contents_lists_every_chapter():
    listed = re.findall(r"\]\((\S+\.txt)\)", read("README.md"))
    assert listed == [name.replace(".py", ".txt") for name in CHAPTERS]


CORE = "neuron layer network activations losses softmax training descent perceptron".split()


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_chapter_names_what_it_has_explained_and_where_that_is(name):
    text = re.sub(r"\n(?!\n)", " ", read(name.replace(".py", ".txt")))
    paths = re.findall(r"purenet/[a-z_/]+\.py", text)
    assert paths and all(os.path.exists(os.path.join(os.path.dirname(FOLDER), path)) for path in paths)
    modules = [importlib.import_module(path[: -len(".py")].replace("/", ".")) for path in paths]
    for owner, method in re.findall(r"`([A-Z]\w+)\.(\w+)`", text):
        assert any(hasattr(getattr(module, owner, None), method) for module in modules), f"{owner}.{method}"


@pytest.mark.parametrize("module", CORE)
def test_a_core_file_names_a_chapter_that_names_it(module):
    with open(os.path.join(os.path.dirname(FOLDER), "purenet", f"{module}.py"), encoding="utf-8") as file:
        opening = file.read().split('"""')[1]
    named = re.search(r"[Cc]hapters? (\d+(?:, \d+)*(?: and \d+)?)", opening)
    numbers = re.findall(r"\d+", named[1])
    chapters = [read(name.replace(".py", ".txt")) for name in CHAPTERS if str(int(name[:2])) in numbers]
    assert len(chapters) == len(numbers)
    assert any(f"purenet/{module}.py" in text for text in chapters)
