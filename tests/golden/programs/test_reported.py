import math
import time
from decimal import Decimal

import pytest

from purenet import NetworkError
from purenet.cases import load_case
from purenet.golden.diagnosis.check import Check
from purenet.golden.programs.reported import Values, parse_values
from purenet.golden.values.certified import certified_values

OUTPUT = "step1.example1.J.output"  # of one-neuron: a list of 1
WEIGHTS = "step1.J.weights"  # of batch-mean: 3 rows of 2
ROWS = [[1, 2], [3, 4], [5, 6]]


def values(text, case="one-neuron", **options):
    return Values(load_case(case), parse_values(text, "mine.json"), where="the values in mine.json", **options)


def numbers(text, name=OUTPUT, **options):
    return values(text, **options).numbers[name]


def message(text, **options):
    with pytest.raises(NetworkError) as caught:
        values(text, **options)
    return str(caught.value)


def table(data, **options):
    return Values(load_case("batch-mean"), {WEIGHTS: data}, **options)


def as_printed(case, format):
    """Return the certified values of a case as lines of a program that prints with a format."""
    lines = [
        "\t".join([name] + ["null" if number is None else format % number for number in certified.f64])
        for name, certified in certified_values(load_case(case)).items()
    ]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    "name",
    [
        "step1.example1.J.output", "step1.example1.J.outputs", "STEP1.Example1.j.OUTPUT", "step1/example1/J/output",
        "step1_example1_J_output", "step1[example1][J] output", " step1.example1.J.output ",
    ],
)  # fmt: skip
def test_names_may_differ_in_case_signs_and_plural(name):
    assert numbers(f'{{"{name}": 0.5}}') == [Decimal("0.5")]


@pytest.mark.parametrize(
    "name, found",
    [
        ("step1.J.bias", "step1.J.biases"),
        ("step1.J.weight", "step1.J.weights"),
        ("step1.losses", "step1.loss"),
        ("step1.J.bias_gradient", "step1.J.bias_gradients"),
        ("step1.J.biases_gradient", "step1.J.bias_gradients"),
        ("step1.J.net_input", None),
        ("step1.example1.J.net_inputs", "step1.example1.J.net_input"),
        ("step1.example1.J.output_gradients", "step1.example1.J.output_gradient"),
    ],
)
def test_singular_and_plural_are_the_same(name, found):
    if found is None:
        assert "which one-neuron does not have" in message(f'{{"{name}": null}}')
    else:
        assert list(values(f'{{"{name}": null}}').numbers) == [found]


@pytest.mark.parametrize(
    "text, where, numbers",
    [
        ('{"values": {"%s": 0.5}}', OUTPUT, [Decimal("0.5")]),
        ('{"case": "one-neuron", "values": {"%s": [0.5]}}', OUTPUT, [Decimal("0.5")]),
        ('\ufeff\r\n {"%s": [1]}\r\n', OUTPUT, [Decimal(1)]),
        ('{"%s": null}', OUTPUT, [None]),
        ('{"%s": [-0.0]}', OUTPUT, [Decimal("-0.0")]),
        ('{"%s": 1E-3}', OUTPUT, [Decimal("0.001")]),
        ('{"%s": -Infinity}', OUTPUT, [-math.inf]),
        ('{"%s": 1e400}', OUTPUT, [Decimal("1e400")]),
        ('{"%s": 1e9999999}', OUTPUT, [math.inf]),
        ('{"%s": -1e9999999}', OUTPUT, [-math.inf]),
        ('{"%s": 1e-9999999}', OUTPUT, [0.0]),
        ("%s\t0.5\n", OUTPUT, [Decimal("0.5")]),
        ("\ufeff# by mynet\r\n\r\ncase\tone-neuron\r\n%s\t+0.5\r\n", OUTPUT, [Decimal("0.5")]),
        ("%s 5e-1", OUTPUT, [Decimal("0.5")]),
        ("\n\n  %s \t 0.5 \n", OUTPUT, [Decimal("0.5")]),
        ("%s\tnull", OUTPUT, [None]),
        ("%s\tNA", OUTPUT, [None]),
        ("%s\t0x1.8p-1", OUTPUT, [0.75]),
        ("%s\t-0X1P+3", OUTPUT, [-8.0]),
        ("%s\tinf", OUTPUT, [math.inf]),
        ("%s\t-Infinity", OUTPUT, [-math.inf]),
        ("%s\t1e9999999", OUTPUT, [math.inf]),
    ],
)
def test_what_may_be_reported(text, where, numbers):
    assert values(text % where, dtype="float64").numbers == {where: numbers}


def test_nan_is_read_as_what_it_is():
    for text in ('{"%s": NaN}', "%s\tnan", "%s\t-NaN", "%s\tnan123"):
        assert math.isnan(numbers(text % OUTPUT)[0])


def test_a_number_of_a_million_digits_takes_no_time():
    start = time.monotonic()
    found = values('{"%s": 0.%s}' % (OUTPUT, "5" * 1_000_000), dtype="float64")
    assert found.numbers[OUTPUT] == [0.5555555555555556]
    assert not Check(load_case("one-neuron"), found).passed
    assert time.monotonic() - start < 5


@pytest.mark.parametrize(
    "text, words",
    [
        ("", "mine.json is empty: nothing is reported"),
        ("\ufeff \r\n\t\n", "mine.json is empty: nothing is reported"),
        ("[]", "the values in mine.json must be an object of names and numbers, not an empty list"),
        ("[0.5]", "the values in mine.json must be an object of names and numbers, not a list"),
        ('"x"', "the values in mine.json must be an object of names and numbers, not 'x'"),
        ('{"values": [0.5]}', "the values in mine.json must be an object of names and numbers, not a list"),
        ('{"values": null}', "the values in mine.json must be an object of names and numbers, not null"),
        ('{"case": "mazur", "values": {}}', "the values in mine.json are those of the case 'mazur', not of 'one-neuron'"),
        ('{"case": 5, "values": {}}', "the values in mine.json are those of the case 5, not of 'one-neuron'"),
        ("case\tmazur\n", "the values in mine.json are those of the case 'mazur', not of 'one-neuron'"),
        ('{"dtype": "double", "values": {}}', "the values in mine.json have the type 'double', but must be one of: float64, float32, float16"),
        ('{"dtype": 64, "values": {}}', "the values in mine.json have the type 64, but must be one of: float64, float32, float16"),
        ('{"step1.loss": "0.5"}', "the values in mine.json hold '0.5' in step1.loss, where a number must be"),
        ('{"step1.loss": true}', "the values in mine.json hold true in step1.loss, where a number must be"),
        ('{"step1.loss": [false]}', "the values in mine.json hold false in step1.loss, where a number must be"),
        ('{"step1.loss": {}}', "the values in mine.json hold an object in step1.loss, where a number must be"),
        ('{"step1.loss": [1, 2]}', "the values in mine.json have the wrong shape: step1.loss must be one number, and is a list of 2"),
        ('{"step1.loss": []}', "the values in mine.json have the wrong shape: step1.loss must be one number, and is a list of 0"),
        ('{"step1.loss": [[1]]}', "the values in mine.json have the wrong shape: step1.loss must be one number, and is 1 row of 1"),
        ('{"step1.loss": 1, "STEP1/losses": 1}', "the values in mine.json hold step1.loss twice"),
        ('{"step1.loss": 1, "step1.loss": 1}', "mine.json: the field 'step1.loss' appears twice in one object"),
        ('{"step1.los": 1}', "the values in mine.json hold 'step1.los', which one-neuron does not have: did you mean step1.loss?"),
        ('{"step3.loss": 1}', "the values in mine.json hold 'step3.loss', which one-neuron does not have: did you mean step2.loss?"),
        ('{"?": 1}', "the values in mine.json hold '?', which one-neuron does not have; `purenet golden show one-neuron` lists all names"),
        ('{"": 1}', "the values in mine.json hold '', which one-neuron does not have; `purenet golden show one-neuron` lists all names"),
        ("<html>", "the values in mine.json hold '<html>', which one-neuron does not have; `purenet golden show one-neuron` lists all names"),
        ("3.14", "the values in mine.json hold '3.14', which one-neuron does not have; `purenet golden show one-neuron` lists all names"),
        ('\n\n{"step1.loss": 1 2}', "mine.json is not JSON: line 3, column 18: "),
        ('{"step1.loss": 0x1p3}', "mine.json is not JSON: line 1, column 17: Expecting ',' delimiter"),
        ('{"step1.loss": 1e99999999999999999999}', "mine.json: a number has an exponent that is too large"),
        ('{"step1.loss": %s}' % ("1" * 5000), "mine.json: a whole number of 5,000 digits is too long to be meant"),
        ("\n\nstep1.loss\tabc", "mine.json, line 3: 'abc' is not a number; a line is a name and then numbers, with tabs between"),
        ("step1.loss\t0,5", "mine.json, line 1: '0,5' is not a number; a line is a name and then numbers, with tabs between"),
        ("step1.loss\t0xzz", "mine.json, line 1: '0xzz' is not a number; a line is a name and then numbers, with tabs between"),
        ("step1.loss\t0x1p9999", "mine.json, line 1: '0x1p9999' is not a number; a line is a name and then numbers, with tabs between"),
        ("step1.loss\tsNaN", "mine.json, line 1: 'sNaN' is not a number; a line is a name and then numbers, with tabs between"),
        ("step1.loss\t1\nstep1.loss\t1", "mine.json, line 2: 'step1.loss' appears a second time"),
        ("step1.loss\t1\nstep1.Losses\t1", "the values in mine.json hold step1.loss twice"),
        ("step1.loss", "the values in mine.json have the wrong shape: step1.loss must be one number, and is a list of 0"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_in_a_sentence(text, words):
    found = message(text)
    assert found == words if not words.endswith(": ") else found.startswith(words)


def test_a_table_may_be_nested_or_flat():
    wanted = {WEIGHTS: [Decimal(n) for n in (1, 2, 3, 4, 5, 6)]}
    assert table(ROWS).numbers == table([1, 2, 3, 4, 5, 6]).numbers == wanted
    for transposed in ([[1, 3, 5], [2, 4, 6]], [1, 3, 5, 2, 4, 6]):
        assert table(transposed, layout="input,neuron").numbers == wanted
    assert values(f"{WEIGHTS}\t1\t2\t3\t4\t5\t6", "batch-mean").numbers == wanted
    assert values(f"{WEIGHTS}\t1\t3\t5\t2\t4\t6", "batch-mean", layout="input,neuron").numbers == wanted
    assert table(None).numbers == {WEIGHTS: [None] * 6}
    assert table([[1, None], [3, None], [5, None]]).numbers[WEIGHTS][1::2] == [None] * 3


WANTED = "the values have the wrong shape: step1.J.weights must be "
NEURONS = WANTED + "3 rows of 2, a row for each neuron and in it a number for each input, and is "
INPUTS = WANTED + "2 rows of 3, a row for each input and in it a number for each neuron, and is "


@pytest.mark.parametrize(
    "data, layout, words",
    [
        ([[1, 3, 5], [2, 4, 6]], "neuron,input", NEURONS + "2 rows of 3; if that is intended, say --weights input,neuron"),
        (ROWS, "input,neuron", INPUTS + "3 rows of 2; if that is intended, say --weights neuron,input"),
        ([[1, 2], [3, 4]], "neuron,input", NEURONS + "2 rows of 2"),
        ([[1, 2], [3], [5, 6]], "neuron,input", NEURONS + "3 rows of 1 and 2"),
        ([[1, 2], [3, 4], 5], "neuron,input", NEURONS + "a list of 2 rows and 1 other thing"),
        ([[1, 2], [3, 4], [5, 6], None], "neuron,input", NEURONS + "a list of 3 rows and 1 other thing"),
        ([1, 2, 3, 4, 5], "neuron,input", NEURONS + "a list of 5"),
        ([[ROWS]], "neuron,input", NEURONS + "1 row of 1"),
        ([], "neuron,input", NEURONS + "a list of 0"),
        (0.5, "neuron,input", NEURONS + "0.5"),
        ({}, "neuron,input", NEURONS + "an object"),
        ("1 2", "neuron,input", NEURONS + "'1 2'"),
        ([[1, 2], [3, 4], [5, [6]]], "neuron,input", "the values hold a list in step1.J.weights, where a number must be"),
        (ROWS, "rows", "the layout of weights is neuron,input or input,neuron, not 'rows'"),
    ],
)  # fmt: skip
def test_a_table_of_the_wrong_shape_is_told(data, layout, words):
    with pytest.raises(NetworkError) as caught:
        table(data, layout=layout)
    assert str(caught.value) == words


def test_a_wrong_type_in_the_options_is_told():
    assert message("{}", dtype="double") == "the float type is float64, float32 or float16, not 'double'"
    assert message("{}", dtype="") == "the float type is float64, float32 or float16, not ''"


# 0.5124973964842103 as struct packs it: in float32 0.5124974250793457, in float16 0.5126953125
@pytest.mark.parametrize(
    "text, types",
    [
        ("0.5124973964842103", ["float64"]),
        ("0.51249739648421034", ["float64"]),
        ("0.5124974250793457", ["float32"]),  # exact
        ("0.51249742507934570", ["float32"]),
        ("0.512497425", ["float64", "float32"]),  # one in 60 numbers of nine digits is a float32
        ("0.512497426", ["float64"]),
        ("0.5124974", ["float64", "float32"]),  # every number of seven digits is
        ("0.5126953125", ["float64", "float32", "float16"]),
        ("5.126953125000000000e-01", ["float64", "float32", "float16"]),
        ("0.5127", ["float64", "float32"]),  # float16 only where the digits prove it
        ("0x1.068p-1", ["float64", "float32", "float16"]),
        ("0x1.0678p-1", ["float32"]),
        ("1e39", ["float64"]),  # more than a float32 can hold
        ("1e6", ["float64", "float32"]),
        ("100000.5", ["float64", "float32"]),
        ("0.000000", ["float64", "float32"]),
        ("null", ["float64"]),
        ("nan", ["float64"]),
    ],
)
def test_the_float_types_are_those_that_the_digits_allow(text, types):
    found = values(f"{OUTPUT}\t{text}")
    assert (found.types, found.dtype, found.guessed) == (types, types[0], True)


def test_a_type_that_is_named_is_no_guess():
    for found in (
        values("{}", dtype="float32"),
        values('{"dtype": "float32", "values": {}}'),
        values("dtype\tfloat32\n"),
        values('{"dtype": "float64", "values": {}}', dtype="float32"),
    ):
        assert (found.types, found.dtype, found.guessed) == (["float32"], "float32", False)


@pytest.mark.parametrize("case", ["one-neuron", "batch-mean", "mazur", "softmax-three-classes"])
@pytest.mark.parametrize(
    "format", ["%.6f", "%.6g", "%.7g", "%.6e", "%.8f", "%.8g", "%.9g", "%.10f", "%.12g", "%.15g", "%.17g", "%r"]
)
def test_right_values_agree_however_many_digits_are_printed(case, format):
    check = Check(load_case(case), values(as_printed(case, format), case))
    assert check.passed and not check.unreported


@pytest.mark.parametrize("format, error", [("%.6f", 3e-6), ("%.9g", 3e-9), ("%.15g", 1e-14), ("%.17g", 3e-15)])
def test_few_digits_hide_no_larger_error(format, error):
    text = as_printed("one-neuron", format)
    right, wrong = format % 0.5124973964842103, format % (0.5124973964842103 + error)
    assert text.count(right) == 1
    found = Check(load_case("one-neuron"), values(text.replace(right, wrong)))
    assert found.first.name == OUTPUT


def test_nothing_reported_is_not_a_pass():
    for text in ("{}", '{"values": {}}', '{"step1.loss": null}', "# nothing"):
        check = Check(load_case("one-neuron"), values(text))
        assert not check.passed and not check.compared and check.first is None


def test_numbers_may_be_written_as_people_write_them():
    assert parse_values("y_j1 = −0.5\ny_j2 ≈ 0.25\n") == {
        "values": {"y_j1": [Decimal("-0.5")], "y_j2": [Decimal("0.25")]}
    }


def test_printed_numbers_are_kept_apart_and_no_program_has_them():
    data = parse_values("printed y_k1 0.9\ny_j1 0.5\n")
    assert data == {"values": {"y_j1": [Decimal("0.5")]}, "printed": {"y_k1": [Decimal("0.9")]}}
    with pytest.raises(NetworkError, match="have printed numbers beside those that are reported, .*: --by-hand"):
        Values(load_case("2x2x1"), data)
