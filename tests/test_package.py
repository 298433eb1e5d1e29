"""An installed purenet has its data: nothing here builds a package, so that a forgotten pattern fails at once."""

import configparser
import fnmatch
import os
import re

import pytest

import purenet

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def settings():
    """Return setup.cfg."""
    parser = configparser.ConfigParser()
    parser.read(os.path.join(ROOT, "setup.cfg"), encoding="utf-8")
    return parser


def patterns():
    """Return the patterns of data files in setup.cfg, each relative to the folder purenet."""
    return settings()["options.package_data"]["purenet"].split()


def data_files():
    """Return the files below purenet/, hidden ones apart, that setuptools does not take by itself."""
    package = os.path.join(ROOT, "purenet")
    found = []
    for folder, folders, files in os.walk(package):
        folders[:] = [name for name in folders if name != "__pycache__"]
        paths = [os.path.join(folder, name) for name in files if not name.startswith(".") and not name.endswith(".py")]
        found += [os.path.relpath(path, package).replace(os.sep, "/") for path in paths]
    return sorted(found)


def matches(path, pattern):
    """Return whether a pattern covers a path as setuptools has it, where a star stops at a slash."""
    parts, wanted = path.split("/"), pattern.split("/")
    return len(parts) == len(wanted) and all(map(fnmatch.fnmatchcase, parts, wanted))


@pytest.mark.parametrize("path", data_files())
def test_setup_cfg_packs_every_data_file(path):
    assert any(matches(path, pattern) for pattern in patterns())


@pytest.mark.parametrize("pattern", patterns())
def test_no_pattern_in_setup_cfg_is_left_over(pattern):
    assert any(matches(path, pattern) for path in data_files())


def test_the_folders_with_python_files_are_packages_that_setup_cfg_lists():
    found = ["purenet.walkthroughs"]  # the chapters, which lie beside purenet/ in a checkout
    for folder, _, files in os.walk(os.path.join(ROOT, "purenet")):
        if any(name.endswith(".py") for name in files):
            assert "__init__.py" in files, folder
            found.append(os.path.relpath(folder, ROOT).replace(os.sep, "."))
    assert settings()["options"]["packages"].split() == sorted(found)


def test_the_chapters_are_packed_with_their_transcripts_and_data():
    packed = settings()["options.package_data"]["purenet.walkthroughs"].split()
    kinds = {os.path.splitext(name)[1] for name in os.listdir(os.path.join(ROOT, "walkthroughs")) if "." in name}
    assert {f"*{kind}" for kind in kinds - {".py"}} == set(packed)


def read(name):
    with open(os.path.join(ROOT, name), encoding="utf-8") as file:
        return file.read()


def test_the_citation_names_this_version():
    assert f"\nversion: {purenet.__version__}\n" in read("CITATION.cff")


def test_ci_runs_every_command_that_contributors_are_told():
    commands = re.findall(r"^\$ (.+)", read("CONTRIBUTING.md"), re.MULTILINE)
    assert len(commands) == 4
    by_ci = [line.strip() for line in read(os.path.join(".ci", "run")).splitlines()]
    assert f"$ {commands[0]}\n" in read("README.md")  # CI runs the commands that install, from the README
    for command in commands[1:]:
        assert command in by_ci


def test_every_link_for_contributors_leads_to_a_file():
    for target in re.findall(r"\]\(([^)]+)\)", read("CONTRIBUTING.md")):
        assert target.startswith("https://") or os.path.exists(os.path.join(ROOT, target)), target
