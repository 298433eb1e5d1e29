import pytest

from tests.site.conftest import NEEDS

pytest.importorskip("markdown_it", reason=NEEDS)
pytest.importorskip("pygments", reason=NEEDS)

from purenet.site.code import markdown, words
from purenet.site.links import file_address, link, link_to_source


@pytest.mark.parametrize(
    "name, address",
    [
        ("Neuron.backward", "/reference/neuron.html#Neuron.backward"),
        ("Neuron.backward()", "/reference/neuron.html#Neuron.backward"),
        ("input_gradients", "/reference/layer.html#Layer.input_gradients"),
        ("trace_case", "/reference/trace-record.html#trace_case"),
        ("purenet/neuron.py", "/source/neuron.html"),
        ("neuron.py", "/source/neuron.html"),
        ("purenet/golden/testing.py", "/source/golden-testing.html"),
        ("mazur", "/cases/mazur.html"),
        ("hidden-derivative-missing", "/mistakes/hidden-derivative-missing.html"),
        ("purenet mistakes hidden-derivative-missing", "/mistakes/hidden-derivative-missing.html"),
        ("purenet mistakes --matrix", "/mistakes/index.html"),
        ("purenet walkthrough mazur --step 3", "/cases/mazur.html"),
        ("purenet golden check --all", "/guides/testing.html"),
        ("PROTOCOL.md", "/golden/protocol.html"),
        ("reset_gradients", None),  # of a neuron, a layer and a network
        ("backward", None),
        ("Neuron.no", None),
        ("purenet/no.py", None),
        ("purenet", None),
        ("chapter 99", None),
    ],
)
def test_a_name_has_an_address(name, address):
    assert link(name) == address


def test_a_chapter_is_led_to_the_line_of_the_source():
    assert link_to_source("Neuron.weigh").startswith("/source/neuron.html#L")
    assert link_to_source("mazur") == "/cases/mazur.html"


@pytest.mark.parametrize(
    "path, beside, address",
    [
        ("vocabulary.md", "walkthroughs", "/guides/vocabulary.html"),
        ("../purenet/golden/PROTOCOL.md#names", "walkthroughs", "/golden/protocol.html#names"),
        ("../purenet/descent.py", "walkthroughs", "/source/descent.html"),
        ("../README.md", "walkthroughs", None),
        ("../../tests/adapters", "purenet/golden", None),
    ],
)
def test_a_file_has_an_address(path, beside, address):
    assert file_address(path, beside) == address


def test_a_link_to_a_file_without_a_page_becomes_words():
    page = markdown("See [the README](../README.md) and [neuron](../purenet/neuron.py).", "walkthroughs/a.md")
    assert page == '<p>See <span>the README</span> and <a href="/source/neuron.html">neuron</a>.</p>\n'


def test_headings_have_ids_and_tables_scroll():
    page = markdown("# A, b\n\n# A, b\n\n| a |\n|---|\n| `mazur` |\n", "walkthroughs/a.md")
    assert '<h1 id="a-b">' in page and '<h1 id="a-b-1">' in page and '<div class="scroll"' in page
    assert '<td><a href="/cases/mazur.html"><code>mazur</code></a></td>' in page


def test_markup_in_a_text_is_shown_and_not_obeyed():
    assert words("<b> `<i>` δ_j1") == "&lt;b&gt; <code>&lt;i&gt;</code> δ<sub>j1</sub>"
    assert "<script>" not in markdown("<script>alert(1)</script>", "a.md")
