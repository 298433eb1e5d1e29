"""Watch it learn: what is shown is what was asked for."""

import re

import pytest

from purenet.cases import Case, load_case
from purenet.lab import course
from purenet.lab.answer import answer
from tests.lab.pages import Page
from tests.lab.test_course import course_after

pytestmark = pytest.mark.usefixtures("patient")


def learning(case="xor-that-learns", steps=""):
    page = Page(case).do("tab", "learn")
    return page.do("train", "", steps) if steps else page


def test_the_steps_that_are_asked_for_are_added_up_and_zero_is_the_start():
    page = learning(steps="10").do("train", "", "100")
    assert [page.lab.done, page.lab.shown] == [110, 110]
    assert "After 110 steps, the mean loss" in page.text
    page.do("train", "", "0")
    assert page.lab.done == 0
    assert "After 0 steps, the mean loss" in page.text


def test_the_slider_goes_back_over_the_points():
    page = learning(steps="130")
    slider = re.search(r'<input type="range" id="look[^>]*>', page.html)[0]
    assert 'min="0" max="103" value="103"' in slider  # 0 to 99, 100, 110, 120, 130
    assert page.do("look", "", "101").lab.shown == 110
    assert "After 110 steps, the mean loss" in page.text
    assert page.do("look", "", "42").lab.shown == 42


def test_exclusive_or_is_right_on_four_of_four_after_4000_steps():
    outputs = {}
    for name in ("xor-that-learns", "xor-that-is-stuck"):
        page = learning(name)
        for _ in range(4):
            page.do("train", "", "1000")
        table = page.html[page.html.index("Targets and outputs") :]
        rows = re.findall(r"<td>([01])\.0</td><td>([^<]*)</td></tr>", table[: table.index("</table>")])
        outputs[name] = [(float(output) > 0.5) == (target == "1") for target, output in rows]
    assert outputs["xor-that-learns"] == [True] * 4
    assert outputs["xor-that-is-stuck"].count(True) in (1, 2, 3)


def test_the_weights_of_a_step_that_is_not_yet_reached_are_not_used(monkeypatch):
    state = learning(steps="100").state
    course.course_of.cache_clear()
    monkeypatch.setattr(course, "PATIENCE", -1)
    found = answer({"state": state, "do": "use"})
    assert [found["again"]["do"], found["state"]] == ["use", state]
    monkeypatch.setattr(course, "PATIENCE", 60)
    page = Page()
    page.state = state
    page.do("use")
    assert page.lab.tab == "step"
    layers, network = page.lab.the_case().network().layers, course.Course(Case(page.lab.before), (), course.Program())
    network.advance(100)
    assert [n.weights for layer in layers for n in layer.neurons] == [n.weights for n in network.network.neurons()]


def test_running_goes_on_until_it_is_paused_also_with_a_mistake():
    page = Page("xor-2-4-1").do("mistake", "mistake", "hidden-derivative-missing").do("tab", "learn")
    done = 0
    for _ in range(3):
        found = answer({"state": page.state, "do": "run"})
        page.state = found["state"]
        assert found["again"]["do"] == "run"
        assert page.lab.done == page.lab.shown > done
        done = page.lab.done


def test_a_course_that_went_further_for_another_page_is_not_shown():
    page = learning(steps="20")
    parts = page.last["parts"]
    learning(steps="1000")
    page.take({"do": "open", "address": page.state})
    assert page.last["parts"] == parts


def test_a_training_that_diverges_says_so_when_it_is_reached():
    page = learning().do("set", "η", "1000").do("choose", "activation 1", "identity")
    page.do("choose", "activation 0", "identity").do("train", "", "100")
    assert re.search(r"The training stops in step \d+: .*lower the learning rate", page.text)
    assert "The training stops" not in page.do("train", "", "0").text


def test_the_loss_of_an_example_held_out_is_shown():
    page = learning("xor-2-4-1").do("hold", "2").do("train", "", "10")
    assert "Over the examples held out it is " in page.text
    assert "held out" in page.last["parts"]["view"]
    assert page.last["parts"]["view"].count("(held out)") == 1  # in the table of targets and outputs


def test_a_mistake_learns_beside_the_right_program():
    page = (
        Page("xor-2-4-1").do("mistake", "mistake", "hidden-derivative-missing").do("tab", "learn").do("train", "", "50")
    )
    assert re.search("the program with the mistake hidden-derivative-missing; without it, it is 0", page.text)
    assert "without the mistake" in page.last["parts"]["view"]
    wrong, right = (course_after(load_case("xor-2-4-1"), 50, mistake=id) for id in ("hidden-derivative-missing", ""))
    assert f"After 50 steps, the mean loss of the examples is {wrong.points[-1].loss:.6g}"[:-1] in page.text
    assert f"without it, it is {right.points[-1].loss:.6g}"[:-1] in page.text
    assert abs(wrong.points[-1].loss - right.points[-1].loss) > 1e-4


def test_what_cannot_be_trained_is_refused():
    assert "nothing can be trained here" in Page("brownlee-forward").error("tab", "learn")
