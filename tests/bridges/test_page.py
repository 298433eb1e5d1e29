"""Everything that walkthroughs/bridges.md shows is run, where its library is installed."""

import doctest
import importlib
import os
import re
import shlex

import pytest

from purenet.command_line import main
from tests.test_readme import console_blocks, fits, read

os.environ.setdefault("KERAS_BACKEND", "torch")
PAGE = os.path.join("walkthroughs", "bridges.md")
SECTIONS = dict(re.findall(r"^## (.*)\n((?:(?!## ).*\n)*)", read(PAGE), re.MULTILINE))
LIBRARIES = {
    ("PyTorch", "A training step of PyTorch, checked"): ("torch", "torch", 20),
    ("scikit-learn",): ("sklearn", "scikit-learn", 10),
    ("Keras",): ("keras", "keras", 7),
    ("NumPy arrays",): ("numpy", "numpy", 7),
    ("ONNX",): ("onnx", "onnx", 5),
}


def test_each_section_has_its_library():
    assert [name for names in LIBRARIES for name in names] == list(SECTIONS)
    assert all(len(section.splitlines()) <= 60 for section in SECTIONS.values())


@pytest.mark.parametrize("names", LIBRARIES)
def test_the_code_of_a_section_prints_what_is_shown(names, monkeypatch, tmp_path, capsys):
    library, extra, examples = LIBRARIES[names]
    try:
        importlib.import_module(library)
    except ImportError:
        pytest.skip(f"{names[0]} is not installed: pip install 'purenet[{extra}]'")
    monkeypatch.chdir(tmp_path)
    text = "".join(SECTIONS[name] for name in names)
    test = doctest.DocTestParser().get_doctest(text, {}, names[0], PAGE, 0)
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    assert runner.run(test) == (0, examples), capsys.readouterr().out
    capsys.readouterr()
    for block in console_blocks(PAGE) if "ONNX" in names else ():
        for command, shown in block:
            assert main(shlex.split(command)[1:]) == 0
            assert fits(shown, capsys.readouterr().out), command
