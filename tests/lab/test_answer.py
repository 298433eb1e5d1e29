"""What a person changes is traced as `purenet walkthrough` traces the file that is saved, and nothing raises an error."""

import json
import os
import random
import re
import subprocess
import sys
import time
from decimal import InvalidOperation

import pytest

from purenet.cases import load_case
from purenet.lab.answer import LONGEST_SENTENCE, answer
from purenet.lab.state import LONGEST, State
from purenet.trace.record import trace_case
from tests.lab.pages import Page
from tests.lab.random_requests import CASES, NO_REQUESTS, packed, random_request
from tests.sampling import one_in

MORE = ["mazur", "batch-mean", "xor-2-4-1", "deep-narrow", "brownlee-training", "prakash", "negnevitsky-xor-training"]
OTHERS = [
    "brownlee-forward",
    "softmax-three-classes",
    "momentum-batches",
    "macleod-rgu",
    "e-relu",
    "rashid",
    "adam-batches",
    "nesterov",
]
CHANGES = [
    ("set", "w_i1j1", "0.7"),
    ("set", "w_i1j1", "−0.123456789012345678"),
    ("set", "b_j1", "0.25"),
    ("set", "y_i1", "3"),
    ("set", "y_i1⁽¹⁾", "3"),
    ("set", "t_k1", "0.75"),
    ("set", "t_k1⁽²⁾", "1"),
    ("set", "η", "2"),
    ("set", "μ", "0.9"),
    ("set", "λ", "0.05"),
    ("set", "β₁", "0.5"),
    ("set", "β₂", "1"),
    ("set", "ε", "0.001"),
    ("bump", "w_i1j1", "+"),
    ("bump", "η", "-"),
    ("choose", "activation 0", "tanh"),
    ("choose", "activation 0", "relu"),
    ("choose", "activation 1", "sigmoid"),
    ("choose", "loss", "mean squared error"),
    ("choose", "gradient", "sum"),
    ("choose", "batch", "2"),
    ("choose", "rounding", "decimals 3"),
    ("choose", "rounding", "significant_digits 4"),
    ("choose", "rounding", "none"),
    ("choose", "biases 0", "yes"),
    ("choose", "biases 0", "no"),
    ("more", "neuron 0", ""),
    ("more", "neuron 1", ""),
    ("more", "neuron 2", ""),
    ("more", "layer", ""),
    ("more", "example", ""),
    ("fewer", "neuron 0", ""),
    ("fewer", "neuron 1", ""),
    ("fewer", "neuron 2", ""),
    ("fewer", "layer", ""),
    ("fewer", "example 1", ""),
    ("hold", "2", ""),
    ("draw", "", ""),
]
# what some of the cases have not
NOT_THERE = "there is no|is of no use|needs at least one|cannot be removed|must be|output .* makes|at least"


def rows_of(trace):
    """Return everything that a trace says of its numbers."""
    return [
        [step.title, [(r.symbol, r.formula, r.numbers, r.by_hand, r.digits_by_hand, repr(r.value)) for r in step.rows]]
        for step in trace.steps
    ]


def check_saved(page, folder):
    """Check that the page traces what `purenet walkthrough` traces of the file that it saves."""
    path = folder / "saved.json"
    path.write_text(page.file, encoding="utf-8")
    saved, shown = rows_of(trace_case(load_case(path))), rows_of(page.lab.trace())
    assert saved[: len(shown)] == shown if len(shown) < len(saved) else shown == saved


@pytest.mark.parametrize("name", one_in(8, ["2x2x1", *MORE, *OTHERS]))
def test_each_change_gives_what_walkthrough_gives_of_the_saved_file(name, tmp_path):
    done = 0
    for change in CHANGES:
        page = Page(name).changed(*change)
        if isinstance(page, str):
            assert re.search(NOT_THERE, page), (change, page)
            continue
        check_saved(page, tmp_path)
        assert page.last["undoable"] or page.lab.numbers == Page(name).lab.numbers
        done += 1
    assert done >= 14


@pytest.mark.parametrize("name", one_in(7, MORE))
def test_changes_in_sequence_give_what_walkthrough_gives_of_the_saved_file(name, tmp_path):
    page = Page(name)
    for change in CHANGES[::3]:
        found = page.changed(*change)
        page = page if isinstance(found, str) else found
    check_saved(page, tmp_path)


def test_weights_of_a_training_are_traced_as_walkthrough_traces_the_saved_file(tmp_path):
    for name in ("xor-2-4-1", "momentum-batches", "negnevitsky-xor-training"):
        page = Page(name).do("tab", "learn").do("train", "", "7").do("use")
        assert page.lab.tab == "step"
        check_saved(page, tmp_path)


def test_a_changed_weight_gives_the_delta_that_a_person_computes():
    # y_i1 = y_i2 = 1, w_i1j1 = 0.7, all other weights 0.5, t_k1 = 0.5, and three significant digits where the case has
    # them. With Decimal: x_j1 = 1.2, y_j1 = 1 / (1 + exp(−1.2)) = 0.76852… ≈ 0.769, y_j2 ≈ 0.731,
    # δ_k1 = 0.5·0.769 + 0.5·0.731 − 0.5 = 0.25, δ_j1 = 0.769·(1 − 0.769)·0.25·0.5 = 0.022204875 ≈ 0.0222
    page = Page("2x2x1").do("set", "w_i1j1", "0.7")
    assert page.lab.trace().row("δ_j1").by_hand == "≈ 0.0222"
    # and without rounding, with Decimal at 40 digits: 0.022218275690598259168…
    assert float(page.lab.trace().row("δ_j1").value) == pytest.approx(0.02221827569059826, abs=1e-16)
    assert "δ_j1" in page.last["marks"]["changed"]
    assert "x_j2" not in page.last["marks"]["changed"]


def test_to_go_back_is_to_open_the_address_before():
    page = Page("mazur")
    before, parts = page.state, page.last["parts"]
    page.do("set", "w_i1j1", "0.7")
    assert page.last["undoable"]
    page.take({"do": "open", "address": before})
    assert page.last["parts"] == parts
    assert page.state == before


def test_an_example_that_is_held_out_and_taken_back_is_the_last():
    page = Page("xor-2-4-1")
    examples = page.lab.numbers["examples"]
    page.do("hold", "2")
    assert [page.lab.held_out, page.lab.numbers["batch_sizes"]] == [[examples[1]], [1, 1, 1]]
    page.do("take", "1")
    assert page.lab.held_out == []
    assert page.lab.numbers["examples"] == [examples[0], examples[2], examples[3], examples[1]]


def test_examples_held_out_fit_after_a_change_of_the_inputs_and_outputs():
    page = Page("xor-2-4-1").do("hold", "2").do("more", "neuron 0").do("more", "neuron 2").do("tab", "learn")
    assert [len(page.lab.held_out[0][field]) for field in ("inputs", "targets")] == [3, 2]
    page.do("fewer", "neuron 0").do("fewer", "neuron 2").do("take", "1")
    assert len(page.lab.numbers["examples"]) == 4


def test_a_saved_file_has_no_rule_of_rounding_that_is_of_no_use_in_it(tmp_path):
    page = Page("2x2x1").do("more", "example")  # with two steps, nothing goes through the new weights: there is no y_k⁺
    assert page.lab.file_data()["rounding"] == {"y": {"significant_digits": 3}, "δ_j": {"significant_digits": 3}}
    check_saved(page, tmp_path)


def test_an_address_opens_the_same_parts_in_another_process():
    page = Page("momentum-batches").do("set", "w_i1j1", "0.7").do("tab", "learn").do("train", "", "7")
    address = page.state
    code = "import json, sys; from purenet.lab.answer import answer; print(json.dumps(answer(json.load(sys.stdin))))"
    request = json.dumps({"do": "open", "address": address})
    found = json.loads(
        subprocess.run([sys.executable, "-c", code], input=request, capture_output=True, text=True).stdout
    )
    Page().take({"do": "open", "address": page.do("train", "", "100").state})  # this process has gone further
    page.take({"do": "open", "address": address})
    assert [found["parts"], found["state"]] == [page.last["parts"], page.state]


@pytest.mark.parametrize("request_", NO_REQUESTS, ids=str)
def test_what_is_no_request_is_answered_with_a_sentence(request_):
    assert set(answer(request_)) == {"error"}


@pytest.mark.parametrize("case", ["/etc/hostname", "-", "../x.json", "2x2x1.json"])
def test_no_file_is_opened_that_a_request_or_an_address_names(case):
    assert answer({"do": "open", "case": case})["error"] == f"there is no case '{case}' in the lab"
    sentence = "the lab cannot read 'case' in this address: open a case instead"
    assert answer({"do": "open", "address": packed({"case": case})}) == {"error": sentence}


def test_a_sentence_that_quotes_something_long_is_cut():
    sentence = answer({"do": "open", "case": "x" * 5000})["error"]
    assert sentence.startswith("there is no case 'xxx")
    assert len(sentence) == LONGEST_SENTENCE + 1


@pytest.mark.parametrize("error", [OverflowError, ZeroDivisionError, InvalidOperation])
def test_numbers_out_of_range_are_answered_with_a_sentence(error, monkeypatch):
    def fails(self):
        raise error

    monkeypatch.setattr(State, "trace", fails)
    words = f"a number here becomes too large or too small to go on with ({error.__name__})"
    assert answer({"do": "open", "case": "mazur"}) == {"error": words}


TYPED = {  # and the words that the sentence has
    "": "must be a number",
    "abc": "must be a number",
    "nan": "must be a number",
    "-inf": "must be a number",
    "1,5": "must be a number",
    "1e999": "must be a finite number",
    "1e9999999999": "must be a number",
    "9" * 5000: "must be a number",
    "x" * 5000: "must be a number",
    "<script>": "must be a number",
    "\ud800": "must be a number",
    "1" * 400: "must be a finite number",
}


@pytest.mark.parametrize("text", TYPED, ids=lambda text: ascii(text)[:12])
@pytest.mark.parametrize("symbol", ["w_i1j1", "b_j1", "y_i1⁽¹⁾", "t_k1⁽¹⁾", "η"])
def test_what_is_no_number_in_a_field_is_refused_with_a_sentence(symbol, text):
    sentence = Page("xor-2-4-1").error("set", symbol, text)
    assert TYPED[text] in sentence
    assert len(sentence) < 250


@pytest.mark.parametrize(
    "request_, words",
    [
        (("set", "w_i9j1", "1"), "there is no number 'w_i9j1' to change here"),
        (("set", "η", "-1"), "must not be negative"),
        (("choose", "activation ²", "relu"), "there is no layer '²' here"),
        (("choose", "activation 9", "relu"), "there is no layer '9' here"),
        (("choose", "batch", "²"), "must be a whole number from 1 to 999,999, not '²'"),
        (("choose", "batch", "0"), "must be a whole number from 1 to 999,999, not '0'"),
        (("choose", "loss", "mine"), "must be one of"),
        (("choose", "rounding", "mine"), "there is no rounding 'mine' here"),
        (("choose", "colour", "red"), "there is no choice 'colour' here"),
        (("more", "neuron x", ""), "there is no layer 'x' here"),
        (("more", "neuron -1", ""), "there is no layer '-1' here"),
        (("fewer", "neuron -1", ""), "there is no layer '-1' here"),
        (("fewer", "example 5", ""), "there is no example '5' here"),
        (("fewer", "example x", ""), "there is no example 'x' here"),
        (("fewer", "neuron 2", ""), "a layer needs at least one neuron"),
        (("more", "colour", ""), "the lab cannot add 'colour'"),
        (("fewer", "colour", ""), "the lab cannot remove 'colour'"),
        (("hold", "0", ""), "there is no example '0' here"),
        (("take", "1", ""), "there is no example held out with the number '1' here"),
        (("tab", "colour", ""), "the lab has no part 'colour'"),
        (("step", "", "two"), "'two' is not a whole number"),
        (("step", "", "9" * 5000), "a whole number"),
        (("step", "", "10000001"), "'10000001' is too large a number here"),
        (("mistake", "", "mine"), "there is no mistake 'mine'"),
        (("do_open", "", ""), "the lab cannot do 'do_open'"),
        (("answer", "q_1", "1"), "there is no number q_1 to answer here"),
        (("answer", "δ_j1⁽¹⁾", "abc"), "'abc' is not a number"),
        (("answer", "δ_j1⁽¹⁾", "0." + "3" * 70), "an answer has at most 60 characters, and this has 72"),
        (("file", "", "{"), "the file is not JSON"),
        (("file", "", "[" * 100_000), "the file is nested too deeply"),
        (("file", "", "{}"), "the file lacks the field 'network'"),
        (("file", "", '{"network": 1, "examples": [], "colour": 1}'), "'colour'"),
    ],
    ids=lambda case: str(case)[:40],
)
def test_what_cannot_be_done_is_refused_with_a_sentence(request_, words):
    sentence = Page("xor-2-4-1").error(*request_)
    assert words in sentence
    assert len(sentence) <= LONGEST_SENTENCE + 1


def test_a_place_beyond_the_end_of_a_slider_is_the_end():
    page = Page("xor-2-4-1").do("step", "", "-5")
    assert page.lab.step == 1
    page.do("tab", "learn").do("train", "", "3").do("look", "", "-5")
    assert page.lab.shown == 0
    Page("xor-2-4-1").do("tab", "learn").do("train", "", "9")  # which this page does not see
    assert page.do("look", "", "100").lab.shown == 3
    assert page.do("train", "", "-10").lab.done == 0
    assert page.do("tab", "nudge").do("nudge", "", "1000").lab.nudge == "2.0"


def test_no_network_is_made_that_is_larger_than_a_page_shows():
    data = {"network": {"layers": [layer(2, 199), layer(199, 1)]}, "examples": [{"inputs": [1, 1]}]}
    page = Page(data=data).do("more", "neuron 1")
    sentence = page.error("more", "neuron 1")
    assert sentence == "the lab shows at most 600 weights, and these are 603: `purenet train` has no such limit"


def test_a_step_of_more_examples_than_can_be_traced_in_time_is_refused():
    data = {"network": {"layers": [layer(12, 12), layer(12, 12)]}, "batch_sizes": [64], "learning_rate": 0.5}
    found = answer({"do": "open", "data": {**data, "examples": [{"inputs": [1] * 12, "targets": [0] * 12}] * 64}})
    words = "with 288 weights, the lab shows steps of at most 5 examples, and here is one of 64"
    assert found["error"].startswith(words)


def layer(inputs, outputs):
    return {"activation": "tanh", "weights": [[0.1] * inputs] * outputs, "biases": None}


def test_a_state_that_no_address_holds_is_refused():
    data = {"title": "a" * LONGEST, "network": {"layers": [layer(1, 1)]}, "examples": [{"inputs": [1]}]}
    words = "this is more than an address holds: 1,000,196 bytes, and 1,000,000 are the most"
    assert answer({"do": "open", "data": data}) == {"error": words}


@pytest.mark.slow
def test_random_requests_are_answered_in_time_with_a_sentence_or_a_state_that_opens_again():
    for seed in range(int(os.environ.get("PURENET_LAB_SEEDS", "60"))):
        source = random.Random(seed)
        found = answer({"do": "open", "case": source.choice(CASES)})
        for _ in range(40):
            request = random_request(source, found["state"], found["parts"])
            begin = time.perf_counter()
            got = answer(request)
            took = time.perf_counter() - begin
            json.dumps(got)
            assert took < 2 * slowness(), (seed, request, took)
            if "error" in got:
                assert set(got) == {"error"} and 0 < len(got["error"]) <= LONGEST_SENTENCE + 1, (seed, request)
                continue
            assert len(got["state"]) <= LONGEST
            again = answer({"do": "open", "address": got["state"]})
            assert again["state"] == got["state"], (seed, request)
            if "again" not in got:
                assert again["parts"] == got["parts"], (seed, request)
            found = got


def slowness():
    """Return how much slower this machine is at the moment than one that counts to a million in 50 ms; at least 1."""
    begin = time.perf_counter()
    for _ in range(1_000_000):
        pass
    return max(1, (time.perf_counter() - begin) / 0.05)
