import csv
import io
import json
from html.parser import HTMLParser

import pytest

from purenet import Identity, Layer, Network, NetworkError, Neuron, trace_case, trace_step
from purenet.arithmetic.pencil import Pencil
from purenet.cases import load_case
from purenet.cases.biases import share_bias
from tests.networks import INPUTS_2_3_2, TARGETS_2_3_2, example_2_3_2
from tests.trace.test_record import trace_2_3_2, trace_2x2x1


def test_digits_shorten_the_full_precision_and_leave_the_hand_alone():
    line = trace_2x2x1().to("text", steps=[9], digits=4).splitlines()[-1]
    assert line.split() == [
        "δ_j2",
        "y_j2·(1",
        "−",
        "y_j2)·(w_j2k1·δ_k1)",
        "0.731·(1",
        "−",
        "0.731)·(0.5·0.231)",
        "≈",
        "0.0227",
        "0.02271",
    ]


def test_without_rounding_numbers_are_shown_to_six_digits_and_values_in_full():
    line = trace_2_3_2().to("text", steps=[7], width=120).splitlines()[-2]
    assert "0.538717·(1 − 0.538717)·(0.538717 − 0.2)" in line
    assert line.endswith("0.08417162157637155")


def test_long_sums_are_elided_in_tables_and_whole_in_data():
    trace = trace_step(Network([Layer([Neuron([0.5] * 20)])]), [0.25] * 20, [1.0], 0.1)
    markdown = trace.to("markdown", steps=[2])
    assert (
        r"$w_{i1j1} \cdot y_{i1}$ ${} + w_{i2j1} \cdot y_{i2}$ ${} + w_{i3j1} \cdot y_{i3}$ ${} + \dots$ ${} + w_{i19j1}"
        in markdown
    )
    assert "…" not in trace.to("json", steps=[2])
    assert "…" not in trace.to("csv", steps=[2])


def test_json_holds_every_row():
    trace = trace_2x2x1()
    data = json.loads(trace.to("json"))
    assert (data["inputs"], data["targets"], data["learning_rate"]) == ([1.0, 1.0], [0.5], 0.01)
    assert [len(step["rows"]) for step in data["steps"]] == [len(step.rows) for step in trace.steps]
    assert data["steps"][8]["rows"][0] == {
        "symbol": "δ_j1",
        "name": "step1.example1.J.delta[0]",
        "formula": "y_j1·(1 − y_j1)·(w_j1k1·δ_k1)",
        "numbers": "0.731·(1 − 0.731)·(0.5·0.231)",
        "by_hand": "0.0227",
        "rounded": True,
        "value": 0.022714436918237105,
    }


def test_csv_holds_every_row():
    trace = trace_2x2x1()
    rows = list(csv.reader(io.StringIO(trace.to("csv"))))
    assert rows[0] == [
        *["step", "title", "symbol", "formula", "numbers", "by_hand", "rounded", "value", "published"],
        *["training_step", "example", "name"],
    ]
    assert len(rows) == 1 + sum(len(step.rows) for step in trace.steps)
    assert [
        "7",
        "Deltas of layer K",
        "δ_k1",
        "y_k1 − t_k1",
        "0.731 − 0.5",
        "0.231",
        "False",
        "0.2310585786300049",
        "",
        "1",
        "1",
        "step1.example1.K.delta[0]",
    ] in rows


def test_records_say_the_training_step_and_the_example_where_there_is_one():
    trace = trace_case(load_case("momentum-batches"), second_pass=True)
    steps = json.loads(trace.to("json"))["steps"]
    places = [(step.get("training_step"), step.get("example"), step["rows"][-1]["name"]) for step in steps]
    assert (2, 4, "step2.example4.loss") in places and (2, None, "step2.loss") in places
    assert places[-2:] == [(None, 5, "after.example5.loss"), (None, None, "after.loss")]
    single = trace_case(load_case("mazur"))  # its steps have one example each, whose numbers are those of the step
    assert single.names()["∇w_i1j1⁽²⁾"] == "step2.example2.J.weight_gradients[0][0]"
    rows = list(csv.reader(io.StringIO(trace.to("csv"))))
    assert [row[9:] for row in rows if row[2] == "w_i1j1⁺⁺"] == [["2", "", "step2.J.weights[0][0]"]]
    for row in rows[1:]:
        assert trace.number(row[-1]).symbol == row[2]


def head(trace, **options):
    return " ".join(trace.to("text", **options).partition("\n\n")[0].split())


def test_the_head_says_how_many_digits_formulas_show():
    words = "Formulas show numbers to 6 significant digits, the last column in full."
    assert words in head(trace_2_3_2())
    assert words not in head(trace_2_3_2(), digits=4) and words not in head(trace_2x2x1())
    halves = trace_step(Network([Layer([Neuron([0.5], activation=Identity())])]), [1.0], [0.0], 0.5)
    assert words not in head(halves)  # 0.5, 0.125 and 0.25 are short


def test_the_head_says_what_marks_mean():
    assert "Marks" not in head(trace_2x2x1())
    batch = head(trace_case(load_case("xor-batch")))
    assert "Marks: y_j1⁽²⁾ is an output in example 2. Rules leave this mark out." in batch
    several = "an output in example 2, w_i1j1⁺ a weight after one training step, w_i1j1⁺⁺ after two. Rules leave"
    assert several in head(trace_case(load_case("mazur")))
    ascii = head(trace_case(load_case("mazur"), steps=4), ascii=True)
    assert "w_i1j1_new a weight after one training step, w_i1j1_new2 after two, w_i1j1_new4 after four." in ascii


def test_the_head_says_which_numbers_are_not_rounded():
    words = "∂E/∂y, a part of the formula of δ, is not rounded."
    case = load_case("one-neuron")

    def by_hand(rules=None, **options):
        return head(trace_case(case, rounding=Pencil.for_all("decimals", 3, rules=rules), steps=1, **options))

    assert words in by_hand()
    assert words not in by_hand(second_pass=False)  # no table shows it
    assert words not in by_hand({"∂E/∂y": {"decimals": 3}}) and words not in head(trace_2x2x1())


def test_only_a_trace_with_targets_names_its_loss():
    assert "Loss" not in head(trace_case(load_case("goodfellow-xor")))
    assert "Loss: half squared error." in head(trace_2x2x1())


def test_one_bias_for_a_layer_is_said_and_its_gradient_is_the_sum_of_all_deltas():
    network = Network([Layer([Neuron([0.5], 0.25), Neuron([-0.5], 0.25)]), Layer([Neuron([1.0, 2.0], 0.0)])])
    share_bias(network.layers[0])
    trace = trace_step(network, [1.0], [0.0], 0.1)
    assert trace.row("∇b_j2").formula == "δ_j1 + δ_j2"
    (rule,) = [step.rule for step in trace.steps if step.title == "Gradients of the weights from I to J"]
    assert rule == "∇w_ij = δ_j·y_i, ∇b_j = Σ_m δ_m"
    assert "b_k1 = 0.0; one for all neurons of J." in head(trace)


def test_no_table_shows_a_negative_zero():
    network = Network([Layer([Neuron([-1.0], activation=Identity())])])
    trace = trace_step(network, [0.0], [1.0], 0.1)
    assert str(trace.row("∇w_i1j1").value) == "-0.0"  # −1·0
    text = trace.to("text")
    assert "−0.0" not in text and "-0.0" not in text
    assert '"value": -0.0' in trace.to("json", steps=[6])


class Cells(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.texts = [], []

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)

    def handle_data(self, data):
        self.texts.append(data.strip())


def test_html_is_one_page_with_a_table_per_step_and_escapes_what_it_is_given():
    trace = trace_step(example_2_3_2(), INPUTS_2_3_2, TARGETS_2_3_2, 0.1, title="<script>alert(1)</script>")
    page = Cells()
    page.feed(trace.to("html"))
    assert page.tags.count("table") == len(trace.steps)
    assert page.tags.count("script") == 1  # its own
    assert "<script>alert(1)</script>" in page.texts
    assert "0.08417162157637155" in page.texts


@pytest.mark.parametrize(
    "options, message",
    [
        ({"format": "pdf"}, "unknown format 'pdf': choose text, markdown, latex, html, json or csv"),
        ({"format": "text", "width": 19}, "the width must be at least 20 columns, not 19"),
        ({"format": "text", "digits": 0}, "the number of digits must be 1 to 17, not 0"),
        ({"format": "text", "digits": 18}, "the number of digits must be 1 to 17, not 18"),
        ({"format": "text", "steps": [15]}, "there is no step 15: the trace has steps 1 to 14"),
        ({"format": "csv", "steps": [0]}, "there is no step 0: the trace has steps 1 to 14"),
    ],
)
def test_wrong_options_are_named(options, message):
    with pytest.raises(NetworkError, match=message):
        trace_2x2x1().to(**options)


def test_the_head_of_a_wide_network_counts_the_numbers_that_it_leaves_out():
    text = " ".join(trace_case(load_case("wide")).to("text").split())
    assert "w_i3j1 = −0.691, … 155 more, w_j9k4 = −0.185" in text  # of 12·10 + 10·4 weights, without five
    assert "b_j3 = 0.424, … 9 more, b_k3 = 0.017" in text  # of 10 + 4
    assert "y_i3 = −0.177, … 7 more, y_i11 = 0.127" in text
    inputs = [0.5] * 30  # of 30 inputs, only some have rows
    layers = [Layer([Neuron([0.25] * 30, 0.0)])]
    text = " ".join(trace_step(Network(layers), inputs, [1.0], 0.1).to("text").split())
    assert "y_i3 = 0.5, … 25 more, y_i29 = 0.5" in text and "w_i3j1 = 0.25, … 25 more, w_i29j1 = 0.25" in text
