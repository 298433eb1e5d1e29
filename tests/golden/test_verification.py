"""Published numbers verified: of later epochs, of losses that are reached, and causes that are mistakes."""

import io
import json
import sys
from decimal import Decimal
from types import SimpleNamespace

import pytest

from purenet import NetworkError
from purenet.arithmetic.notation import ASCII, LATEX, UNICODE
from purenet.cases import Case, load_case
from purenet.command_line import main
from purenet.commands.cases import EpochsShown
from purenet.golden.verification import counts, verified
from purenet.golden.verification_pages import key_in, verification
from purenet.inspect.training_steps import trained

BIASES_FROZEN = {"trained_biases": False}
# Mazur 2015: his text, the issues of his repository, and the right numbers recomputed with the core's loop
MAZUR = {
    "format_version": 1,
    "id": "mine",
    "network": {
        "layers": [
            {"activation": "sigmoid", "weights": [[0.15, 0.2], [0.25, 0.3]], "biases": [0.35, 0.35]},
            {"activation": "sigmoid", "weights": [[0.4, 0.45], [0.5, 0.55]], "biases": [0.6, 0.6]},
        ]
    },
    "examples": [{"inputs": [0.05, 0.1], "targets": [0.01, 0.99]}],
    "learning_rate": 0.5,
    **BIASES_FROZEN,
}
CAUSE = "updated-weights-in-hidden-delta"


def verdicts(published, **fields):
    return [
        (each.symbol, each.problem or each.verdict)
        for each in verified(Case({**MAZUR, **fields, "published": published}))
    ]


def test_numbers_of_later_epochs_are_verified_by_training_on_to_there():
    assert verdicts({"after 9999 epochs": {"E": "0.0000351085"}, "E": "0.298371109"}) == [
        ("E", "right"),
        ("after 9999 epochs: E", "right"),
    ]
    assert verdicts({"after 100 epochs": {"y_k1": "0.9"}})[0][1] == "wrong"


@pytest.mark.slow
def test_a_mistake_of_the_catalogue_that_is_the_cause_gives_the_digits():
    early = {"E⁺": {"digits": "0.291027924", "right": "0.291027774", "cause": CAUSE}}
    late = {"after 10000 epochs": {"E": {"digits": "0.000035085", "right": "0.0000351019", "cause": CAUSE}}}
    assert [verdict for _, verdict in verdicts({**early, **late})] == ["wrong, cause known"] * 2
    wrong = {"E⁺": {"digits": "0.291027925", "cause": CAUSE}}
    assert verdicts(wrong)[0][1].startswith(f"{CAUSE} is stated as the cause, but gives 0.29102792390")


def test_the_number_of_epochs_until_a_loss_is_reached():
    # by a loop of its own, in plain Python: E is 0.20534132782860484 in epoch 13 and 0.1977057690450768 in epoch 14
    published = {"epochs until E < 0.2": ["14", {"digits": "13", "right": "14", "cause": "unknown"}]}
    assert [verdict for _, verdict in verdicts(published)] == ["right", "wrong, cause unknown"]


def test_the_sum_of_squared_errors_and_signs_of_the_limit():
    # E = ½ Σe² of the one example: 0.4106826556572097 in epoch 13, 0.3954115380901536 in epoch 14
    published = {
        "epochs until Σe² < 0.4": "14",
        "epochs until SSE ≤ 0.4": "14",
        "epochs until E <= 0.2": "14",
        "epochs until E < 0.5": "1",
    }
    assert [verdict for _, verdict in verdicts(published)] == ["right"] * 4
    with pytest.raises(NetworkError, match="only 0 is reached exactly; write < or ≤"):
        verdicts({"epochs until E = 0.2": "14"})
    with pytest.raises(NetworkError, match="a mean of squared errors may be over examples, or outputs as well"):
        verdicts({"epochs until MSE < 0.2": "14"})


def test_an_epoch_is_named_by_its_number_too():
    assert verdicts({"epoch 10000": {"E": "0.0000351085"}, "Example 1, epoch 1": {"E": "0.298371109"}}) == [
        ("epoch 10000: E", "right"),
        ("Example 1, epoch 1: E", "right"),
    ]
    for heading, words in (
        ("epoch 0", "epochs are counted from 1"),
        ("epoch 2, after 3 epochs", "is no heading"),
        ("outputs, example 1", "is no heading"),
        ("step 1, step 2", "is no heading"),
    ):
        with pytest.raises(NetworkError, match=words):
            verdicts({heading: {"E": "0.1"}})


def test_a_loss_that_is_never_reached_is_told(monkeypatch):
    monkeypatch.setattr("purenet.golden.verification.MOST_EPOCHS", 50)
    with pytest.raises(
        NetworkError, match="^the case: published: epochs until E < 1e-30: this is not reached in 50 epochs"
    ):
        verdicts({"epochs until E < 1e-30": "7"})


def test_momentum_goes_on_in_later_epochs():
    case = Case({**MAZUR, "momentum": 0.9, "published": {}, "trained_biases": True})
    *_, (network, _) = trained(case, 6)
    weight = network.layers[0].neurons[0].weights[0]
    published = {"after 5 epochs": {"w_i1j1⁺": repr(weight)}, "after 6 epochs": {"w_i1j1": repr(weight)}}
    case = Case({**MAZUR, "momentum": 0.9, "published": published, "trained_biases": True})
    assert [each.verdict for each in verified(case)] == ["right", "right"]


def test_the_counts_and_the_page():
    cases = [(name, load_case(name)) for name in ("2x2x1", "mazur")]
    results = [(name, case, verified(case)) for name, case in cases]
    assert counts(results[0][2]) == {"right": 22, "right by hand rounding": 4}
    missing = [
        {"title": "A circuit", "source": "a book", "why": "No neuron.", "numbers": [{"what": "q", "digits": "3"}]}
    ]
    page = verification(results[:1], missing, width=200)
    assert (
        "27 published numbers of 2 worked examples: 22 right; 4 right by hand rounding; 1 cannot be reproduced." in page
    )
    assert page.endswith("A circuit\nNo neuron.\nIts numbers: q 3.\n")


def page(published, **layout):
    case = Case({**MAZUR, "published": published})
    return verification([("mine", case, verified(case))], [], width=200, **layout)


@pytest.mark.parametrize(
    "notation, typed, shown",
    [
        (UNICODE, "∂E/∂net_k2", "∂E/∂net_k2"),
        (UNICODE, "delta_k2", "delta_k2"),
        (UNICODE, None, "δ_k2"),
        (ASCII, "dE/dnet_k2", "dE/dnet_k2"),
        (ASCII, "∂E/∂net_k2", "δ_k2"),
        (LATEX, "delta_k2", "δ_k2"),
    ],
)
def test_a_key_is_shown_as_it_is_typed_where_it_can(notation, typed, shown):
    """So that it is found in the file; LaTeX sets the quantity, and ASCII cannot show every sign."""
    assert key_in(SimpleNamespace(number=SimpleNamespace(typed=typed), key="δ_k2"), notation) == shown


def test_the_page_leaves_out_the_middle_of_a_long_sum():
    loss = "2·(E + E⁺ + y_k1 + y_k2 + y_j1 + y_j2 + t_k1 + t_k2)"
    product = "(y_j1 + y_j2 + 0.001·w_j1k1)·(t_k1 + t_k2 + b_k1)"  # "(y_j1 + … + b_k1)" would be another formula
    text = page({loss: "1", product: "1", "E + y_k1 + y_k2 + b_k1": "1"})
    assert "2·(E + … + t_k2) " in text and product in text and "E + y_k1 + y_k2 + b_k1 " in text
    assert "2*(E + ... + t_k2) " in page({loss: "1"}, ascii=True)


def test_the_page_hints_at_the_other_sign():
    assert "wrong: it has the other sign: perhaps it is of t − y" in page({"δ_k1": "-0.1384985616"})


def test_the_command_fails_for_a_wrong_number_and_says_how_many(tmp_path, capsys):
    path = tmp_path / "mine.json"
    path.write_text(json.dumps({**MAZUR, "published": {"E": "0.31", "y_k1": "0.8"}}), encoding="utf-8")
    assert main(["cases", "--verify", str(path)]) == 1
    captured = capsys.readouterr()
    assert "1 right; 1 wrong." in captured.out
    assert captured.err == "purenet: 1 published number wrong, and no cause is known\n"


@pytest.mark.parametrize(
    "arguments, words",
    [
        (["a-sigmoid", "--verify"], "a-sigmoid has no published numbers to verify"),
        (["mazur"], "say --verify as well"),
        (["--verify", "nosuch"], "there is no case 'nosuch'"),
    ],
)
def test_wrong_arguments(arguments, words, capsys):
    assert main(["cases", *arguments]) == 2
    assert words in capsys.readouterr().err


# Negnevitsky, Artificial Intelligence, table 6.3: the perceptron learns AND; w1, w2 after each of 20 examples
NEGNEVITSKY = [
    (0.3, -0.1), (0.3, -0.1), (0.2, -0.1), (0.3, 0.0), (0.3, 0.0), (0.3, 0.0), (0.2, 0.0), (0.2, 0.0), (0.2, 0.0), (0.2, 0.0),
    (0.1, 0.0), (0.2, 0.1), (0.2, 0.1), (0.2, 0.1), (0.1, 0.1), (0.1, 0.1), (0.1, 0.1), (0.1, 0.1), (0.1, 0.1), (0.1, 0.1),
]  # fmt: skip


def test_a_perceptron_whose_sums_meet_its_edge_in_decimals_is_computed_in_decimals():
    inputs = [([0, 0], 0), ([0, 1], 0), ([1, 0], 0), ([1, 1], 1)] * 5
    case = Case(
        {
            "format_version": 1,
            "id": "and",
            "network": {
                "layers": [{"activation": "threshold from 0", "weights": [[Decimal("0.3"), Decimal("-0.1")]], "thresholds": [0.2]}]
            },
            "trained_biases": False,
            "learning_rate": 0.1,
            "examples": [{"inputs": pair, "targets": [target]} for pair, target in inputs],
            "published": {
                f"step {n}": {"w_i1j1⁺": f"{w1:.1f}", "w_i2j1⁺": f"{w2:.1f}"} for n, (w1, w2) in enumerate(NEGNEVITSKY, start=1)
            },
        }
    )  # fmt: skip
    assert counts(verified(case)) == {"right": 40}


@pytest.mark.parametrize("epochs, allowed", [("1000000", True), ("1000001", False), ("99999999", False)])
def test_a_number_of_epochs_out_of_reach_is_refused_when_the_case_is_read(epochs, allowed):
    fields = {**MAZUR, "published": {f"after {epochs} epochs, outputs": {"y_k1": "0.5"}}}
    if allowed:
        assert Case(fields).published
        return
    message = f"published: after {epochs} epochs, outputs is out of reach: at most 1,000,000 epochs are trained"
    with pytest.raises(NetworkError, match=f"^the case: {message}$"):
        Case(fields)


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_progress_is_shown_on_a_terminal_and_cleared(capsys, monkeypatch, tmp_path):
    path = tmp_path / "mine.json"
    path.write_text(json.dumps({**MAZUR, "published": {"after 3 epochs": {"y_k1": "0.7"}, "y_k1": "0.751"}}))
    monkeypatch.setattr(EpochsShown, "PAUSE", 0)
    monkeypatch.setattr("sys.stderr", Terminal())
    assert main(["cases", "--verify", str(path)]) == 0
    shown = f"{path}: 3 epochs trained"
    assert sys.stderr.getvalue().endswith(f"\r{shown}\r\r{' ' * len(shown)}\r")
    assert f"\r{path}: 1 epoch trained\r" in sys.stderr.getvalue()


def test_the_outputs_of_the_trained_network_are_those_of_weights_that_no_longer_move():
    xor = [([1, 1], 0), ([0, 1], 1), ([1, 0], 1), ([0, 0], 0)]
    fields = {**MAZUR, "trained_biases": True, "examples": [{"inputs": pair, "targets": [t, t]} for pair, t in xor]}
    case = Case({**fields, "published": {}})
    *_, (network, _) = trained(case, 20)
    outputs = [network.forward([float(y) for y in inputs])[0] for inputs, _ in xor]
    published = {f"after 20 epochs, outputs, example {n}": {"y_k1": repr(y)} for n, y in enumerate(outputs, start=1)}
    assert counts(verified(Case({**fields, "published": published}))) == {"right": 4}
    moving = {"after 20 epochs, example 2": {"y_k1": repr(outputs[1])}}
    assert counts(verified(Case({**fields, "published": moving}))) == {"wrong": 1}
