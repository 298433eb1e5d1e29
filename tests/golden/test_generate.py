"""Golden files, which come out the same everywhere."""

import os

import pytest

from purenet.cases import FOLDER
from purenet.golden.generate import generated, manifest_text
from purenet.golden.values.case_files import case_text, golden_names
from purenet.storage.files import read_text
from tests.sampling import one_in

GOLDEN = os.path.join(os.path.dirname(FOLDER), "golden")


@pytest.mark.parametrize("name", one_in(4, golden_names()))
def test_a_golden_file_comes_out_the_same_when_it_is_made_again(name):
    assert generated(os.path.join(FOLDER, f"{name}.json")) == case_text(name)


def test_the_manifest_has_the_checksums_of_the_files():
    text = manifest_text({name: case_text(name) for name in golden_names()})
    assert text == read_text(os.path.join(GOLDEN, "manifest.json"))
