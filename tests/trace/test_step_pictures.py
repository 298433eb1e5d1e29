import os
import random
import re
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from purenet import (
    CrossEntropy,
    Layer,
    Network,
    NetworkError,
    Neuron,
    ReLU,
    Sigmoid,
    Softmax,
    SoftmaxLayer,
    Tanh,
    build_network,
    trace_case,
    trace_step,
)
from purenet.cases import Case, load_case
from purenet.command_line import main
from purenet.trace.step_pictures import Pictures, picture, spoken
from tests.networks import example_3_2_2_1
from tests.trace.test_record import trace_2_3_2, trace_2x2x1

SPACE = "{http://www.w3.org/2000/svg}"


def built(*sizes, last=Sigmoid, loss=None):
    """Return the trace of a step of a network of some sizes, with biases."""
    network = build_network(list(sizes), Tanh, last, source=random.Random(1), bias=0.1, loss=loss)
    source = random.Random(2)
    inputs = [source.uniform(-1, 1) for _ in range(sizes[0])]
    return trace_step(network, inputs, [1.0] + [0.0] * (sizes[-1] - 1), 0.1)


def traces():
    yield trace_2x2x1()
    yield trace_2_3_2()
    yield trace_step(example_3_2_2_1(), [1.5, -0.5, 2.0], [0.25], 0.3)
    yield built(1, 1)
    yield built(3, 4, 2, last=Softmax, loss=CrossEntropy())
    yield built(14, 13, 2)


class Drawn:
    """A picture as it was read back: by symbol, the states and the numbers with which a quantity is shown."""

    def __init__(self, text):
        self.root = ElementTree.fromstring(text)
        self.states, self.numbers, self.edges = {}, {}, {}
        for group in self.root.iter(f"{SPACE}g"):
            kind, _, state = group.get("class", "").partition(" ")
            if group.get("data-q"):
                symbol = group.get("data-q")
                self.states[symbol] = state
                for text in group.iter(f"{SPACE}text"):
                    if "value" in text.get("class") or "number" in text.get("class"):
                        self.numbers.setdefault(symbol, []).append(text.text)
            elif group.get("data-edge"):
                self.edges[group.get("data-edge")] = state

    def symbols(self, state):
        return {symbol for symbol, found in self.states.items() if found == state}


def drawn(trace, number):
    return Drawn(picture(trace, number))


@pytest.mark.parametrize("trace", list(traces()), ids=lambda trace: str(len(trace.rows)))
def test_every_number_is_that_of_its_row_and_none_is_shown_before_it_is_computed(trace):
    computed = {row.symbol for step in trace.steps for row in step.rows}
    known = set(trace.rows) - computed
    pictures = Pictures(trace)
    for step in trace.steps:
        known |= {row.symbol for row in step.rows}
        shown = Drawn(pictures.picture(step.number))
        if pictures.layouts[step.place].compact:  # at edges, only what is in use now
            assert set(shown.numbers) <= known & pictures.shown_symbols
        else:
            assert set(shown.numbers) == known & pictures.shown_symbols  # so nothing vanishes either
        for symbol, texts in shown.numbers.items():
            for text in texts:
                number = Decimal(text.replace("−", "-").rstrip("…"))
                row = trace.rows[symbol]
                if text.endswith("…"):
                    assert row.digits_by_hand.startswith(text[:-1].replace("−", "-")) and len(text) == 9, symbol
                elif row.by_hand_quantity is not None:
                    assert number == row.shown_value, symbol
                else:
                    assert float(number) == pytest.approx(row.value, rel=6e-6), symbol


def test_a_narrow_network_is_shown_whole_and_its_numbers_by_hand():
    trace = trace_2x2x1()
    numbers = drawn(trace, 14).numbers
    assert set(numbers) == set(trace.rows) - {"∂E/∂y_j1", "∂E/∂y_j2"}  # part of the deltas of J
    for symbol, text in {
        "y_i1": "1.0", "x_j1": "1.0", "y_j1": "0.731", "δ_k1": "0.231", "∇w_j1k1": "0.168861", "δ_j1": "0.0227",
        "∇w_i1j1": "0.0227", "w_i1j1⁺": "0.499773", "w_j1k1⁺": "0.49831139", "y_k1⁺": "0.7285", "∂E/∂y_k1": "0.231",
        "∂E/∂y_k1⁺": "0.2285", "E": "0.0266805", "η": "0.01", "t_k1": "0.5",
    }.items():  # fmt: skip
        assert set(numbers[symbol]) == {text}, symbol


def test_the_states_of_a_step_are_those_of_its_formulas():
    picture = drawn(trace_2x2x1(), 9)  # δ_j1 = y_j1·(1 − y_j1)·(w_j1k1·δ_k1)
    assert picture.symbols("now") == {"δ_j1", "δ_j2"}
    assert picture.symbols("operand") == {"y_j1", "y_j2", "w_j1k1", "w_j2k1", "δ_k1"}
    assert picture.symbols("not-yet") == {"η"}
    assert {"x_j1", "y_k1", "E", "∇w_j1k1", "w_i1j1", "t_k1", "y_i1"} <= picture.symbols("done")
    assert picture.edges == {
        "w_i1j1": "done",
        "w_i2j1": "done",
        "w_i1j2": "done",
        "w_i2j2": "done",
        "w_j1k1": "operand",
        "w_j2k1": "operand",
        "t_k1": "done",
    }


def test_the_penalty_of_a_batch_and_the_loss_with_it_are_results_beside_its_loss():
    trace = trace_case(load_case("momentum-batches"))
    shown = drawn(trace, 32)
    assert trace.steps[31].title == "The penalty of the weights, training step 1"
    assert {symbol: shown.states[symbol] for symbol in ("E", "Ω", "L")} == {"E": "operand", "Ω": "now", "L": "now"}
    # λ/2·Σ w² = 0.01·(0.4² + 0.9² + 1.1² + 0.25² + 0.6² + 0.75² + 0.85² + 1.3² + 0.45² + 0.2² + 0.95² + 1.4²)
    assert shown.numbers["Ω"] == ["0.086825"]


def test_an_update_shows_the_velocities_that_it_uses_and_those_that_it_makes():
    trace = trace_case(load_case("momentum-batches"))
    shown = drawn(trace, 35)
    assert trace.steps[34].title == "Update of the weights from I to J, training step 1"
    assert shown.symbols("operand") >= {"w_i1j1", "∇w_i1j1", "v_i1j1", "b_j1", "∇b_j1", "v_j1", "η", "μ", "λ"}
    assert shown.symbols("now") == {row.symbol for row in trace.steps[34].rows}
    # v⁺ = 0.8·0 − 0.6·(−0.0230093 + 0.02·0.4) and w⁺ = w + v⁺, with w = 0.4
    assert shown.numbers["v_i1j1⁺"] == ["0.00900555"] and shown.numbers["w_i1j1⁺"] == ["0.409006"]


@pytest.mark.parametrize("case", ["momentum-batches", "f-momentum-weight-decay", "xor-batch", "batch-sum"])
def test_in_a_step_of_all_its_examples_every_number_that_it_computes_is_drawn_and_nothing_seems_unknown(case):
    trace, found = trace_case(load_case(case)), 0
    for step in trace.steps:
        if step.place.example is None:
            shown, found = drawn(trace, step.number), found + 1
            assert shown.symbols("now") == {row.symbol for row in step.rows}
            # the step after that of the loss computes these
            later = {"Ω", "L", "Ω⁺", "L⁺"} if step.title.startswith("The loss") else set()
            groups = [group for group in shown.root.iter(f"{SPACE}g") if group.get("class") == "cell not-yet"]
            assert {group.get("data-q") for group in groups} <= later
            assert "not-yet" not in shown.edges.values()
    assert found


def test_a_forward_pass_alone_has_no_loss():
    trace = trace_case(load_case("brownlee-forward"))
    shown = drawn(trace, len(trace.steps))
    assert "E" not in shown.states and "Loss" not in [text.text for text in shown.root.iter(f"{SPACE}text")]
    assert not shown.symbols("not-yet")


def test_the_first_step_shows_nothing_but_inputs_and_given_numbers():
    picture = drawn(trace_2x2x1(), 1)
    assert picture.symbols("now") == {"y_i1", "y_i2"}
    assert set(picture.edges.values()) == {"not-yet"}
    given = {"w_i1j1", "w_i2j1", "w_i1j2", "w_i2j2", "w_j1k1", "w_j2k1", "t_k1", "η"}
    assert set(picture.numbers) == given | {"y_i1", "y_i2"}


def test_an_input_is_a_box_with_an_empty_middle():
    for number, state in ((1, "now"), (2, "operand"), (4, "done")):
        boxes = [
            [text.text for text in group.iter(f"{SPACE}text") if "value" in text.get("class")]
            for group in drawn(trace_2_3_2(), number).root.iter(f"{SPACE}g")
            if group.get("class") in (f"cell {state}", f"cell {state} function")
        ]
        assert boxes[:6] == [["0.6"], [], ["0.6"], ["−1.3"], [], ["−1.3"]]


def test_a_gradient_and_a_new_weight_are_results_at_their_edges():
    trace = trace_2x2x1()
    assert drawn(trace, 8).edges["w_j1k1"] == drawn(trace, 12).edges["w_j1k1"] == "now"
    assert drawn(trace, 12).states["w_j1k1"] == "operand"
    assert drawn(trace, 12).states["η"] == "operand"
    assert drawn(trace, 13).states["w_j1k1⁺"] == "operand"


def test_the_function_of_a_neuron_is_used_for_its_output_and_for_its_delta():
    trace = trace_2x2x1()
    for number, state in ((2, "not-yet"), (3, "operand"), (4, "done"), (9, "operand"), (10, "done"), (13, "operand")):
        root = drawn(trace, number).root
        functions = [
            group.get("class")
            for group in root.iter(f"{SPACE}g")
            if any(text.text == "sigmoid" for text in group.findall(f"{SPACE}text"))
        ]
        assert functions == [f"cell {state} function"] * 2, number


def test_states_differ_in_line_as_well_as_in_colour():
    style = drawn(trace_2x2x1(), 1).root.find(f"{SPACE}style").text
    lines = [re.search(rf"svg \.{state} rect,svg \.{state} path{{(.*?)}}", style)[1] for state in
             ("now", "operand", "done", "not-yet")]  # fmt: skip
    assert len(set(lines)) == 4
    assert "dasharray" not in lines[0] + lines[2] and "dasharray:8 4" in lines[1] and "dasharray:1.4 4" in lines[3]


def test_title_and_description_say_the_step_in_words():
    root = drawn(trace_2x2x1(), 7).root
    assert root.find(f"{SPACE}title").text == "Step 7 of 14. Deltas of layer K"
    words = root.find(f"{SPACE}desc").text
    assert words.startswith("A delta is the slope of the loss with respect to a net input.")
    assert words.endswith("Result now: delta of k1 0.231. Operands: output of k1 0.731, target of k1 0.5.")
    assert root.get("role") == "img" and root.get("aria-labelledby") == "picture-title picture-description"


def test_long_lists_are_shortened_in_the_description():
    words = drawn(built(12, 12, 12), 8).root.find(f"{SPACE}desc").text
    assert words.count("gradient of the weight") == 8
    assert ", and 148 more. Operands:" in words  # 12·12 weights and 12 biases, without the first 8


@pytest.mark.parametrize(
    "symbol, words",
    [
        ("δ_k1", "delta of k1"),
        ("w_i1j12", "weight from i1 to j12"),
        ("w_i1j1⁺", "new weight from i1 to j1"),
        ("∇w_ii1jj2", "gradient of the weight from ii1 to jj2"),
        ("∇b_j1", "gradient of the bias of j1"),
        ("b_j1⁺", "new bias of j1"),
        ("y_k1⁺", "output of k1 after the update"),
        ("∂E/∂y_k1⁺", "slope of the loss with respect to the output of k1 after the update"),
        ("E", "loss"),
        ("E⁺", "loss after the update"),
        ("η", "learning rate"),
        ("v_i1j1⁺", "velocity or second moment of the weight from i1 to j1 after the update"),
        ("v_j1", "velocity or second moment of the bias of j1"),
    ],
)
def test_symbols_in_words(symbol, words):
    assert spoken(symbol) == words


def test_wide_layers_are_small_boxes_and_the_numbers_at_the_edges_are_those_of_one_sum():
    shown = drawn(built(12, 12, 12), 2)
    sums = [group for group in shown.root.iter(f"{SPACE}g") if group.get("data-sum")]
    assert [group.get("data-sum") for group in sums] == ["j1"]  # a file cannot show another
    weights = [group.get("data-q") for group in sums[0].iter(f"{SPACE}g") if group.get("data-q")]
    assert weights == [f"w_i{n}j1" for n in range(1, 13)] + ["b_j1"]
    assert {f"x_j{n}" for n in range(1, 13)} <= shown.symbols("now")
    assert not [text.text for text in shown.root.iter(f"{SPACE}text") if "…" in (text.text or "")]
    assert float(shown.root.get("height")) < 900


def test_of_thirteen_neurons_five_are_drawn():
    elided = drawn(built(13, 1), 2)
    texts = [text.text for text in elided.root.iter(f"{SPACE}text")]
    assert texts.count("… 8 more") == 2  # among the inputs and among the ports
    assert [edge for edge in elided.edges if edge.startswith("w")] == [
        "w_i1j1", "w_i2j1", "w_i3j1", "w_i4j1", "w_i12j1", "w_i13j1",
    ]  # fmt: skip  # w_i4j1 represents the eight that are left out
    assert set(elided.numbers) >= {"y_i3", "y_i12"} and not set(elided.numbers) & {"y_i4", "w_i4j1", "y_i11"}


def sums(trace, number):
    """Return the way and the neuron of each sum that the picture of a step in a page can show, and the first label of it."""
    root = ElementTree.fromstring(str(Pictures(trace).page_element(trace.steps[number - 1], "p")))
    groups = [group for group in root.iter(f"{SPACE}g") if group.get("data-sum")]
    first = [next(g.get("data-q") for g in group.iter(f"{SPACE}g") if g.get("data-q")) for group in groups]
    return [(group.get("data-way"), group.get("data-sum"), symbol) for group, symbol in zip(groups, first)]


def test_a_page_can_show_the_sum_of_every_neuron_of_a_wide_layer():
    trace = built(5, 6, 7)
    forward = [("in", f"j{n}", f"w_i1j{n}") for n in range(1, 7)]
    assert sums(trace, 2) == forward
    assert sums(trace, 9) == [("out", f"j{n}", f"w_j{n}k1") for n in range(1, 7)]  # deltas of J: Σ_k w_jk·δ_k
    assert sums(trace, 10) == [("in", f"j{n}", f"∇w_i1j{n}") for n in range(1, 7)]
    assert sums(trace, 7) == [("loss", f"k{n}", f"t_k{n}") for n in range(1, 8)]


def test_blame_runs_from_right_to_left():
    trace = trace_2x2x1()
    for number, arrows in ((2, 0), (5, 0), (7, 1), (8, 2), (9, 2), (10, 4), (11, 0), (13, 0)):
        root = drawn(trace, number).root
        heads = [path.get("d") for path in root.iter(f"{SPACE}path") if path.get("class") == "arrow"]
        assert len(heads) == arrows, number
        assert all("l11 -5.5v11z" in head for head in heads)  # the point is at the left


def test_the_neurons_of_a_softmax_layer_are_joined_while_their_numbers_depend_on_each_other():
    trace = built(2, 3, last=Softmax, loss=CrossEntropy())
    joined = [
        step.number
        for step in trace.steps
        if any("peers" in group.get("class", "") for group in drawn(trace, step.number).root.iter(f"{SPACE}g"))
    ]
    assert [trace.steps[number - 1].title for number in joined] == [
        "Outputs of layer J", "Deltas of layer J", "A second forward pass",
    ]  # fmt: skip


def test_boxes_are_equal():
    boxes = [
        {(rect.get("width"), rect.get("height")) for group in neuron if "under" not in group.get("class")
         for rect in group.iter(f"{SPACE}rect") if float(rect.get("height")) > 40}
        for neuron in drawn(trace_2x2x1(), 1).root.iter(f"{SPACE}g") if neuron.get("data-neuron")
    ]  # fmt: skip
    assert len(boxes) == 5 and len(set.union(*boxes)) == 1


def test_ten_thousand_weights_make_a_picture_of_a_sensible_size():
    text = picture(built(100, 95, 5), 8)
    assert len(text) < 60_000
    assert "… 95 more" in text and "… 90 more" in text


def test_nothing_moves_from_step_to_step():
    trace = trace_2_3_2()
    pictures, frames = Pictures(trace), set()

    def places(number):
        root = ElementTree.fromstring(pictures.picture(number))
        frames.add((root.get("viewBox"), root.find(f"{SPACE}g").get("transform")))
        groups = [group for group in root.iter(f"{SPACE}g") if group.get("data-q")]
        texts = {group.get("data-q"): next(group.iter(f"{SPACE}text")) for group in groups}
        return {symbol: (text.get("x"), text.get("y")) for symbol, text in texts.items()}

    last = places(len(trace.steps))
    for step in trace.steps:
        assert places(step.number).items() <= last.items()
    assert len(frames) == 1


def test_the_picture_in_the_walkthroughs_is_the_one_that_the_command_prints(capsys):
    path = os.path.join(os.path.dirname(__file__), "..", "..", "walkthroughs", "step9.svg")
    assert main(["picture", "2x2x1", "--step", "9"]) == 0
    with open(path, "rb") as file:
        assert file.read() == capsys.readouterr().out.encode("utf-8")


def test_a_trace_draws_itself():
    trace = trace_2x2x1()
    assert trace.picture(6) == picture(trace, 6)


@pytest.mark.parametrize("number", [0, 15, -1, "6", 6.0, True, None])
def test_a_step_that_does_not_exist_is_named(number):
    with pytest.raises(NetworkError, match="^there is no step .*: the trace has steps 1 to 14$"):
        trace_2x2x1().picture(number)


def test_names_that_are_no_markup_stay_harmless():
    class Odd(ReLU):
        name = "<script>alert(1)</script>"

    layers = [Layer([Neuron([0.5], 0.1, Odd())]), SoftmaxLayer([Neuron([0.5]), Neuron([-0.5])])]
    trace = trace_step(Network(layers, CrossEntropy()), [1.0], [0.0, 1.0], 0.1)
    root = drawn(trace, 3).root
    assert not list(root.iter(f"{SPACE}script"))
    assert "<script>alert(1)</script>" in "".join(root.itertext())


def test_a_forward_pass_alone_is_drawn_upright_in_small_boxes_without_a_loss():
    layers = [
        {"activation": "sigmoid", "weights": [[0.1, 0.2]] * 12, "biases": [0] * 12},
        {"activation": "identity", "weights": [[0.1] * 12] * 3, "biases": [0] * 3},
    ]
    trace = trace_case(Case({"network": {"layers": layers}, "examples": [{"inputs": [1, 0]}]}))
    upright = str(Pictures(trace).upright_element(trace.steps[0].place))
    assert 'data-neuron="k3"' in upright and "Loss" not in upright
