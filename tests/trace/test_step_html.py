import re
from xml.etree import ElementTree

from purenet import trace_case
from purenet.cases import load_case
from purenet.trace.step_html import file_text, prose, step_head, step_picture, step_table, template
from purenet.trace.step_pictures import Pictures
from tests.trace.test_record import trace_2x2x1
from tests.trace.test_step_pictures import SPACE, built


def parsed(html):
    return ElementTree.fromstring(f"<div>{html}</div>")


def marks(element, name):
    return [each.get(name) for each in element.iter() if each.get(name)]


def test_the_parts_of_a_step_stand_by_themselves():
    trace = trace_2x2x1()
    pictures, step = Pictures(trace), trace.steps[8]
    head, picture, table = step_head(step, "s"), step_picture(pictures, step, "s"), step_table(pictures, step)
    assert parsed(head).find(".//h2").text == "Step 9. Deltas of layer J"
    assert marks(parsed(table), "data-uses") == ["y_j1 w_j1k1 δ_k1", "y_j2 w_j2k1 δ_k1"]
    root = parsed(picture)
    assert [svg.get("class") for svg in root.iter(f"{SPACE}svg")] == ["lying", "upright"]
    assert root.find("figure").get("data-upright") == root.find(".//template").get("id") == "s-upright"
    for part in (head, picture, table):
        assert not re.search(r"\b(style|on\w+)=", part)


def test_steps_of_one_example_share_an_upright_picture():
    trace = trace_2x2x1()
    pictures = Pictures(trace)
    root = parsed(step_picture(pictures, trace.steps[8], "s", "u"))
    assert root.find("figure").get("data-upright") == "u" and root.find(".//template") is None
    drawn = marks(parsed(template("u", pictures.upright_element(trace.steps[8].place))), "data-q")
    assert set(drawn) == pictures.shown_symbols


def test_every_symbol_of_a_rule_and_of_words_says_what_it_names():
    step = trace_2x2x1().steps[8]
    assert marks(parsed(step_head(step, "s")), "data-kind") == ["δ_j", "x_j", "w_jk", "δ_k"]
    assert marks(parsed(step_head(trace_2x2x1().steps[6], "s")), "data-kind")[0] == "∂E/∂y_k"
    assert prose("η · ∂E/∂y_k and y_j1") == "η · ∂E/∂y<sub>k</sub> and y<sub>j1</sub>"


def test_a_rule_names_the_quantities_of_its_own_example_and_training_step():
    steps = trace_case(load_case("momentum-batches")).steps
    update = next(step for step in steps if step.title.startswith("Update") and step.title.endswith("step 2"))
    kinds = marks(parsed(step_head(update, "s")), "data-kind")
    assert kinds == ["v_ij⁺⁺", "μ", "v_ij⁺", "η", "∇w_ij⁺", "λ", "w_ij⁺", "w_ij⁺⁺", "w_ij⁺", "v_ij⁺⁺",
                     "v_j⁺⁺", "μ", "v_j⁺", "η", "∇b_j⁺", "b_j⁺⁺", "b_j⁺", "v_j⁺⁺"]  # fmt: skip
    forward = next(step for step in steps if step.place.example == 2)
    assert marks(parsed(step_head(forward, "s")), "data-kind") == ["y_i⁽²⁾"]


def test_a_square_in_a_formula_is_marked_with_its_symbol():
    trace = built(2, 2, 1)
    delta = parsed(step_table(Pictures(trace), trace.steps[8])).find(".//td")  # (1 − y_j1²)·(w_j1k1·δ_k1)
    assert marks(delta, "data-q") == ["y_j1", "w_j1k1", "δ_k1"]
    assert [child.tag for child in delta.find(".//mrow[@data-q='y_j1']")] == ["msup"]


def test_the_script_is_strict_and_needs_no_style_in_the_page():
    script = file_text("step_view.js")
    assert '"use strict";' in script and 'setAttribute("style' not in script and "innerHTML" not in script
    assert re.findall("^(?:const|let|function) ([a-zA-Z]+)", script, re.MULTILINE) == [
        "watchStep"
    ]  # one name in the page


def test_a_wide_step_lists_only_operands_that_the_picture_shows():
    trace = built(20, 1)
    uses = marks(parsed(step_table(Pictures(trace), trace.steps[1])), "data-uses")[0].split()
    assert uses == [
        "w_i1j1",
        "y_i1",
        "w_i2j1",
        "y_i2",
        "w_i3j1",
        "y_i3",
        "w_i19j1",
        "y_i19",
        "w_i20j1",
        "y_i20",
        "b_j1",
    ]
