"""Certified values: proved digits, and tolerances that correct programs keep."""

import json
import random
import re
import time
from decimal import Context, Decimal

import pytest

from purenet.arithmetic.interval import DOWN
from purenet.cases import Case, load_case
from purenet.errors import NetworkError
from purenet.golden.mistakes.detection import run_of
from purenet.golden.values.case_files import case_text, golden_names
from purenet.golden.values.certified import certified_values
from purenet.golden.values.certify import certified_epoch_loss, certify
from purenet.trace.case_run import CaseRun
from purenet.trace.program import Program
from tests.golden.random_cases import (
    Fused,
    Reversed,
    Single,
    WithTanh,
    random_case,
    random_descents,
    random_perceptrons,
)

# from mpmath 1.3.0's interval arithmetic at 2,000 bits, by the formulas of tests/peers/enclosures.py, to 30 digits
PROVED = [
    ("2x2x1", "step1.example1.J.output_gradient", 1, "0.115529289315002439625579620911"),
    ("2x2x1", "step1.K.weights", 1, "0.498310826439264794129118451127"),
    ("a-sigmoid", "step1.example4.J.output_gradient", 2, "-0.0422707983779772739859808024218"),
    ("a-sigmoid", "step2.K.biases", 2, "0.366429205461318520962251520013"),
    ("a1-single-examples", "step2.example2.J.net_input", 2, "1.05237384941491164328413353816"),
    ("a1-single-examples", "step2.K.biases", 2, "0.369219942046307976990839347554"),
    ("a2-two-hidden-layers", "step1.example4.K.weight_gradients", 8, "-0.000174707670565830643958143766028"),
    ("a2-two-hidden-layers", "step2.L.biases", 2, "0.362484908160563509745694646985"),
    ("a3-not-square", "step1.example4.J.output_gradient", 3, "0.0217041313487947051965279480115"),
    ("a3-not-square", "step2.K.biases", 1, "0.242806394295594112703033755731"),
    ("adam", "step2.example2.J.net_input", 1, "0.980000008804968957418147823863"),
    ("adam", "step2.K.weights", 1, "0.480032957525051855995757640557"),
    ("adam-batches", "step2.example3.J.weight_gradients", 5, "0.0199723392151811136389790556673"),
    ("adam-batches", "step3.K.biases", 1, "0.0122682131525942587353430724971"),
    ("adamw", "step2.example2.J.weight_gradients", 5, "0.000342681316108157281494618703092"),
    ("adamw", "step3.K.biases", 1, "0.00473505221014887001998115724497"),
    ("all-half", "step1.example1.J.weight_gradients", 3, "0.00980012860323940464556514639222"),
    ("all-half", "step1.K.biases", 0, "0.434291909279759689288829039651"),
    ("b-softmax-cross-entropy", "step1.example4.J.output_gradient", 2, "1.1857395939258192284402251348"),
    ("b-softmax-cross-entropy", "step2.K.biases", 2, "0.334033730719011023840874785279"),
    ("batch-mean", "step1.J.bias_gradients", 2, "0.0225792413262623027350954231243"),
    ("batch-mean", "step2.K.biases", 1, "0.0815916037265382237964395032227"),
    ("batch-sum", "step1.J.bias_gradients", 2, "0.0677377239787869082052862693728"),
    ("batch-sum", "step2.K.biases", 1, "0.0528085530144178038200263637927"),
    ("c-softmax-half-squared-error", "step1.example4.J.output_gradient", 2, "0.428618965254972079207065085284"),
    ("c-softmax-half-squared-error", "step2.K.biases", 2, "0.389189117878775534177813611348"),
    ("d-binary-cross-entropy", "step1.example4.J.output_gradient", 2, "-1.12672300345451932706451672398"),
    ("d-binary-cross-entropy", "step2.K.biases", 2, "0.209988496519537750090632999143"),
    ("deep-narrow", "step2.example2.J.net_input", 1, "0.156687549773427006128272982006"),
    ("deep-narrow", "step2.O.biases", 0, "-0.148773508205911616258303313599"),
    ("e-relu", "step1.example3.loss", 0, "2.8766650390625"),
    ("e-relu", "step1.K.biases", 2, "0.256953125"),
    ("f-momentum-weight-decay", "step2.example2.J.weight_gradients", 8, "-0.0568453817028104216972923431713"),
    ("f-momentum-weight-decay", "step3.K.biases", 2, "0.302335658340837909849916813907"),
    ("g-extreme-softmax", "step1.example2.loss", 0, "1.95300630532640116842026212399"),
    ("g-extreme-softmax", "step1.K.biases", 2, "0.200081531426844876912431272211"),
    ("g1-extreme-sigmoid", "step1.example1.J.weight_gradients", 3, "7.29694047476389618156854266483e-370"),
    ("g1-extreme-sigmoid", "step1.K.biases", 0, "0.301583407861800276411828507462"),
    ("h-integer-weights", "step1.example1.J.weight_gradients", 8, "0.00158215080605081800006280061727"),
    ("h-integer-weights", "step1.K.biases", 2, "-1.00457404927147462919089215373"),
    ("leaky-relu", "step1.J.bias_gradients", 2, "0.77121"),
    ("leaky-relu", "step2.K.biases", 1, "0.179656364455699598228220703125"),
    ("mazur", "step2.example2.J.net_input", 1, "0.392437785908092392491055102874"),
    ("mazur", "step2.K.biases", 1, "0.6"),
    ("mazur-trained-biases", "step2.example2.J.net_input", 1, "0.387460658555483791775463332821"),
    ("mazur-trained-biases", "step2.K.biases", 1, "0.637302274462696314201091584609"),
    ("momentum-batches", "step1.J.bias_gradients", 2, "0.0225792413262623027350954231243"),
    ("momentum-batches", "step2.K.biases", 1, "0.0669655564781095846405329438313"),
    ("nesterov", "step2.example3.J.weight_gradients", 5, "0.019627708231807970170385842479"),
    ("nesterov", "step3.K.biases", 1, "0.00122586980965551315423366716897"),
    ("one-neuron", "step2.example2.J.net_input", 0, "-0.418487627929431563535174913035"),
    ("one-neuron", "step2.J.biases", 0, "0.167293275832080317162334866706"),
    ("softmax-three-classes", "step2.example2.J.net_input", 4, "-1.84973793136035346648153035995"),
    ("softmax-three-classes", "step2.K.biases", 2, "0.08390914015806751438980030503"),
    ("wide", "step1.example1.J.weight_gradients", 119, "0.0"),
    ("wide", "step1.K.biases", 3, "-0.828651930411090124251076826383"),
    ("xor-batch", "step1.example3.loss", 0, "0.0951239823382570619407488110846"),
    ("xor-batch", "step1.K.biases", 0, "-0.00782032432460837773270594146373"),
]


@pytest.mark.parametrize("name, quantity, place, digits", PROVED)
def test_digits_proved_elsewhere(name, quantity, place, digits):
    true = certified_values(load_case(name))[quantity].true[place]
    assert Context(prec=30).plus(true) == Decimal(digits)


@pytest.mark.parametrize("name", golden_names())
def test_the_nearest_float_and_its_hexadecimal_form_belong_to_the_digits(name):
    for entry in load_case(name).certified:
        for true, near, text in zip(entry["true"], entry["f64"], entry["hex"]):
            if near is not None:
                assert float(true) == float(near) == float.fromhex(text)
            else:
                assert abs(Decimal(true)) > Decimal(2) ** 1023


@pytest.mark.parametrize("name", golden_names())
def test_the_core_on_floats_is_within_the_tolerances(name):
    case = load_case(name)
    run = CaseRun(case)
    if name == "g-extreme-softmax":
        assert "cross-entropy infinite" in run.stopped  # the core does not clip ln 0
        return
    for quantity_name, certified in certified_values(case).items():
        for value, true, tolerance in zip(run.values[quantity_name], certified.true, certified.tolerance["float64"]):
            assert abs(Decimal(value) - true) <= tolerance


def test_tolerances_are_small_enough_to_matter():
    for name in golden_names():
        room = Decimal("1e-11" if name == "g-extreme-softmax" else "1e-12")  # of net inputs near 1000, and of others
        for certified in certified_values(load_case(name)).values():
            for true, tolerance in zip(certified.true, certified.tolerance["float64"]):
                assert tolerance is None or tolerance < room * max(1, abs(true))


def test_a_tolerance_is_missing_only_where_the_type_does_not_reach():
    missing = {}
    for name in golden_names():
        for type in ("float64", "float32"):
            count = 0
            for certified in certified_values(load_case(name)).values():
                count += certified.tolerance[type].count(None)
            if count:
                missing[name, type] = count
    assert missing == {("g-extreme-softmax", "float64"): 1, ("g-extreme-softmax", "float32"): 1}


@pytest.mark.parametrize("activation", ["relu", "leaky relu"])
def test_a_net_input_at_the_corner_of_relu_is_refused_unless_it_is_exact(activation):
    at_corner = json.loads(case_text("e-relu"))
    del at_corner["certified"]
    at_corner["network"]["layers"][0]["activation"] = activation
    assert certify(Case(at_corner))[0]["tolerance"]["float64"][0] is not None
    at_corner["network"]["layers"][0]["weights"][0] = [0.3, 0.1, -0.4]  # 0.3 + 0.1 − 0.4 is 0, but not in binary
    at_corner["network"]["layers"][0]["biases"][0] = 0
    outputs = next(entry for entry in certify(Case(at_corner)) if entry["name"] == "step1.example1.J.output")
    assert outputs["tolerance"]["float64"][0] is None and outputs["tolerance"]["float64"][1] is not None
    deltas = next(entry for entry in certify(Case(at_corner)) if entry["name"] == "step1.example1.J.delta")
    assert deltas["tolerance"]["float64"][0] is None


def test_the_mean_loss_of_an_epoch_follows_from_the_losses_of_its_examples():
    # (0.29837110876000268860738… + 0.28047144679143015800243…) / 2, as `golden show mazur-trained-biases` has them
    mean = certified_epoch_loss(load_case("mazur-trained-biases"))
    assert str(mean.true[0])[:20] == "0.289421277775716423" and mean.f64 == [0.28942127777571643]
    assert 1e-16 < mean.tolerance["float64"][0] < 1e-14 and 1e-7 < mean.tolerance["float32"][0] < 1e-5
    assert certified_epoch_loss(load_case("g-extreme-softmax")).tolerance["float16"] == [None]


@pytest.mark.parametrize("name", golden_names())
def test_the_mean_loss_that_the_core_has_on_floats_is_within_the_tolerance(name):
    case = load_case(name)
    mean, number = certified_epoch_loss(case), run_of(case).values["epoch1.loss"][0]
    assert abs(Decimal(number) - mean.true[0]) <= mean.tolerance["float64"][0] < abs(mean.true[0]) * Decimal("1e-11")


def one_neuron(activation, weights):
    """Return the certified values, by name, of one neuron with these weights and inputs of 1."""
    layer = {"activation": activation, "weights": [weights]}
    examples = [{"inputs": [1] * len(weights), "targets": [0.5]}]
    case = {"format_version": 1, "network": {"layers": [layer]}, "examples": examples, "learning_rate": 0.5}
    return {entry["name"]: entry for entry in certify(Case(case))}


@pytest.mark.parametrize(
    "activation, at_0", [("threshold", "0"), ("threshold from 0", "1"), ("sign", "-1"), ("sign from 0", "1")]
)
def test_an_output_at_the_edge_has_no_bound_unless_the_net_input_is_exact(activation, at_0):
    exact = one_neuron(activation, [0.5, 0.25, -0.75])["step1.example1.J.output"]
    assert exact["true"] == [at_0] and exact["tolerance"]["float64"] == exact["tolerance"]["float16"] == [0]
    values = one_neuron(activation, [0.3, 0.1, -0.4])  # 0.3 + 0.1 − 0.4 is 0, but not in binary
    assert values["step1.example1.J.output"]["true"] == [at_0]
    assert values["step1.example1.J.net_input"]["tolerance"]["float64"][0] < 1e-15
    for name in ("example1.J.output", "example1.loss", "example1.J.delta", "J.weights"):
        assert values[f"step1.{name}"]["tolerance"]["float64"][0] is None
    assert one_neuron(activation, [0.3, 0.1, -0.3])["step1.example1.J.output"]["tolerance"]["float16"] == [0]


def test_a_bipolar_sigmoid_may_be_computed_by_the_tanh_of_a_library():
    tolerance = one_neuron("bipolar sigmoid", [6])["step1.example1.J.output"]["tolerance"]["float64"][0]
    assert 22 * 2**-53 < tolerance < 24 * 2**-53  # f(6) is near 1: 14 units u in 2·σ(6) − 1, and 8 for a tanh


@pytest.mark.parametrize("activation", ["tanh", "bipolar sigmoid"])
def test_an_output_of_exactly_0_is_proved(activation):
    values = one_neuron(activation, [0, 0])
    assert values["step1.example1.J.output"]["true"] == ["0"]
    assert (
        values["step1.J.weights"]["true"] == ["0.25" if activation == "tanh" else "0.125"] * 2
    )  # η·f′(0)·t = ½·f′(0)·½


def test_a_number_that_is_0_because_terms_cancel_is_refused_by_its_name():
    data = json.loads(case_text("c-softmax-half-squared-error"))
    data["network"]["layers"][-1].update(biases=0.5, shared_bias=True)
    with pytest.raises(
        NetworkError, match=r"cannot be certified: step1.example1.K.bias_gradients: the bounds .* terms cancel"
    ):
        certify(Case(data))


def test_more_digits_are_taken_where_a_proof_needs_them_and_given_back():
    before = DOWN.prec
    proved = {entry["name"]: entry["true"] for entry in certify(load_case("g1-extreme-sigmoid"))}
    assert re.fullmatch(r"7\.[0-9]{39}E-370", proved["step1.example1.J.weight_gradients"][3])
    assert DOWN.prec == before


def false_alarms(case, certified, numbers, program):
    """Return the names of the values of a correct program that lie outside the tolerance."""
    type, kind = numbers
    run = CaseRun(case, program, kind)
    if run.stopped:
        assert "cross-entropy infinite" in run.stopped, run.stopped
    found, count = [], 0
    for entry in certified:
        values = run.values.get(entry["name"])
        for place, (true, tolerance) in enumerate(zip(entry["true"], entry["tolerance"][type])):
            if values is not None and values[place] is not None and tolerance is not None:
                count += 1
                if abs(Decimal(float(values[place])) - Decimal(true)) > tolerance:
                    found.append((type, program, entry["name"], place))
    return found, count


def check_random_cases(number, seed, drawn=random_case, each=1000):
    source, compared, cases = random.Random(seed), 0, 0
    while cases < number:
        case = drawn(source)
        try:
            certified = certify(case)
        except NetworkError:
            continue  # a comparison that no number of digits decides, such as that of equal outputs
        cases += 1
        for numbers in (("float64", float), ("float32", Single)):
            for program in (Program(), Reversed(), Fused(), WithTanh()):
                found, count = false_alarms(case, certified, numbers, program)
                assert found == []
                compared += count
    assert compared > each * number


def test_no_false_alarm_in_random_networks():
    check_random_cases(10, seed=1)


@pytest.mark.slow
def test_no_false_alarm_in_a_thousand_random_networks():
    check_random_cases(1000, seed=2)


def test_no_false_alarm_with_other_descents():
    check_random_cases(10, seed=6, drawn=random_descents)


@pytest.mark.slow
def test_no_false_alarm_in_a_thousand_random_networks_with_other_descents():
    check_random_cases(1000, seed=7, drawn=random_descents)


def test_no_false_alarm_in_networks_of_units_with_an_edge():
    check_random_cases(40, seed=4, drawn=random_perceptrons, each=300)


@pytest.mark.slow
def test_no_false_alarm_in_many_networks_of_units_with_an_edge():
    check_random_cases(1000, seed=5, drawn=random_perceptrons, each=300)


def test_an_error_of_one_part_in_a_billion_is_an_alarm():
    alarms = 0
    for entry in certify(random_case(random.Random(3))):
        for near, true, tolerance in zip(entry["f64"], entry["true"], entry["tolerance"]["float64"]):
            alarms += abs(Decimal(near * (1 + 1e-9)) - Decimal(true)) > tolerance
    assert alarms == 163  # all numbers of the case


HALF = {"activation": "sigmoid", "weights": [[0.3, -0.6, 0.9]]}
HIDDEN = [[0.3, -0.2], [0.7, 0.4], [-0.5, 0.6]]
ZEROS = [[0, 0]] * 3


def exclusive_or(*layers, batch_sizes=(1, 1, 1, 1), learning_rate=0.5):
    """Return the certified values, by name, of a training step on each example of XOR."""
    examples = [{"inputs": [a, b], "targets": [a ^ b]} for a in (0, 1) for b in (0, 1)]
    case = {"format_version": 1, "network": {"layers": list(layers)}, "examples": examples}
    case.update(batch_sizes=list(batch_sizes), learning_rate=learning_rate)
    return {entry["name"]: entry for entry in certify(Case(case))}


@pytest.mark.parametrize(
    "layers",
    [
        [{"activation": "sigmoid", "weights": [[0.3, -0.2]]}],
        [{"activation": "relu", "weights": HIDDEN}, HALF],
        [{"activation": "relu", "weights": HIDDEN, "biases": [0, 0, 0]}, {**HALF, "biases": [0]}],
        [{"activation": "tanh", "weights": HIDDEN}, HALF],
        [{"activation": "sigmoid", "weights": HIDDEN}, {**HALF, "weights": [[0, 0, 0]], "biases": [0]}],
        [{"activation": "relu", "weights": ZEROS}, {**HALF, "weights": [[0, 0, 0]]}],
        [
            {"activation": "tanh", "weights": ZEROS, "biases": [0, 0, 0]},
            {**HALF, "weights": [[0, 0, 0]], "biases": [0]},
        ],
    ],
)
def test_an_output_of_exactly_a_half_is_certified(layers):
    values, last = exclusive_or(*layers), "IJK"[len(layers)]
    assert Decimal(values[f"step1.example1.{last}.output"]["true"][0]) == Decimal("0.5")
    assert Decimal(values["step1.example1.loss"]["true"][0]) == Decimal("0.125")  # ½·½²
    assert Decimal(values[f"step1.example1.{last}.delta"]["true"][0]) == Decimal("0.125")  # ½·½·½
    assert 0 < values[f"step1.example1.{last}.output"]["tolerance"]["float64"][0] < 2e-15


def test_hidden_outputs_of_exactly_a_half_are_certified():
    values = exclusive_or(
        {"activation": "sigmoid", "weights": [*HIDDEN, [0.1, 0.8]]},
        {"activation": "sigmoid", "weights": [[0.3, -0.6, 0.9, 0.2]]},
    )
    assert [Decimal(true) for true in values["step1.example1.J.output"]["true"]] == [Decimal("0.5")] * 4
    assert Decimal(values["step1.example1.K.net_input"]["true"][0]) == Decimal("0.4")  # ½·(0.3 − 0.6 + 0.9 + 0.2)


def test_a_relu_at_an_exact_0_is_certain():
    values = exclusive_or({"activation": "relu", "weights": HIDDEN}, HALF)
    assert values["step1.example1.J.output"]["tolerance"]["float16"] == [0, 0, 0]
    assert values["step1.example1.J.delta"]["tolerance"]["float16"] == [0, 0, 0]


def test_equal_outputs_of_a_softmax_are_certified():
    layer = {"activation": "softmax", "weights": ZEROS}
    case = {"format_version": 1, "network": {"layers": [layer], "loss": "cross-entropy"}, "learning_rate": 1}
    case["examples"] = [{"inputs": [1, 2], "targets": [0, 1, 0]}]
    values = {entry["name"]: entry for entry in certify(Case(case))}
    assert values["step1.example1.J.output"]["true"] == ["0." + "3" * 40] * 3


def test_gradients_that_cancel_where_all_weights_are_zero_are_certified():
    values = exclusive_or(
        {"activation": "sigmoid", "weights": ZEROS, "biases": [0, 0, 0]},
        {"activation": "sigmoid", "weights": [[0, 0, 0]], "biases": [0]},
        batch_sizes=(4,),
    )
    assert Decimal(values["step1.K.bias_gradients"]["true"][0]) == 0  # ¼·(⅛ − ⅛ − ⅛ + ⅛)
    assert values["step1.K.bias_gradients"]["tolerance"]["float64"][0] < 2e-15


@pytest.mark.parametrize("exponent", [300_000, 999_999_998])
def test_numbers_too_small_for_any_float_are_certified_at_once(exponent):
    tiny = Decimal(f"1e-{exponent}")
    layer = {"activation": "sigmoid", "weights": [[tiny, Decimal("0.5")]]}
    case = {"format_version": 1, "network": {"layers": [layer]}, "learning_rate": tiny}
    case["examples"] = [{"inputs": [1, 0], "targets": [0]}]
    started = time.process_time()
    values = {entry["name"]: entry for entry in certify(Case(case))}
    assert time.process_time() - started < 5
    assert Decimal(values["step1.example1.J.net_input"]["true"][0]) == tiny
    assert values["step1.example1.J.net_input"]["f64"] == [0.0]


def test_a_refusal_shows_no_number_of_hundreds_of_digits():
    layers = [{"activation": "sigmoid", "weights": [[1, 2], [1, 2]]}, {"activation": "sigmoid", "weights": [[1, -1]]}]
    with pytest.raises(NetworkError, match="too far apart to prove 40 digits") as refused:
        exclusive_or(*layers, batch_sizes=(4,))  # y_j1 − y_j2 = 0, and neither is exact
    assert len(str(refused.value)) < 320


def test_a_tolerance_has_room_for_the_digits_of_a_number_that_has_more_than_are_written():
    """A float64 has up to 767 digits; a bias that does not move, because its neuron gets nothing back, is one exactly."""
    bias = Decimal(-0.1)  # 55 digits
    layers = [{"activation": "relu", "weights": [[0]], "biases": [bias]}, {"activation": "identity", "weights": [[1]]}]
    data = {"network": {"layers": layers}, "examples": [{"inputs": [1], "targets": [0]}], "learning_rate": 1}
    case = Case(data)
    biases = {entry["name"]: entry for entry in certify(case)}["step1.J.biases"]
    written, tolerance = Decimal(biases["true"][0]), biases["tolerance"]["float64"][0]
    assert written == Decimal("-0.1000000000000000055511151231257827021182")
    assert tolerance == Decimal("4.2E-41")  # in full, the bias ends in …7827021181583404541015625
    assert abs(bias - written) <= tolerance
