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


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_chapter_prints_its_transcript(name):
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONPATH": os.path.dirname(FOLDER)}
    done = subprocess.run([sys.executable, name], cwd=FOLDER, env=environment, capture_output=True, timeout=100)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode().splitlines() == read(name.replace(".py", ".txt")).splitlines()


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_transcript_fits_on_a_page(name):
    assert max(map(len, read(name.replace(".py", ".txt")).splitlines())) <= 80


def test_the_table_of_contents_lists_every_chapter():
    listed = re.findall(r"\]\((\S+\.txt)\)", read("README.md"))
    assert listed == [name.replace(".py", ".txt") for name in CHAPTERS]
