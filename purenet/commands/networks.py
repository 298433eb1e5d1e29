"""`purenet predict`, `purenet summary` and `purenet gradcheck`, for a saved network or that of a case."""

from purenet.arithmetic.notation import number_text
from purenet.cases import load_case
from purenet.checks import check_example
from purenet.commands.common import (
    add_command,
    add_output_options,
    emit,
    number,
    numbers,
    whole_number,
)
from purenet.commands.network_files import (
    add_loss_option,
    check_no_loss,
    is_network_file,
    load_network_file,
)
from purenet.document.colour import GREEN
from purenet.document.formats import DEFAULT_WIDTH, Section, check_options, notation_for, to_csv, to_json, write
from purenet.document.table import Table
from purenet.errors import NetworkError
from purenet.inspect.gradient_check import TOLERANCE, gradient_check
from purenet.inspect.structure import structure


def add_commands(commands):
    file = "a file saved by `purenet train --save`, an ONNX model, or a case"
    command = add_command(commands, "predict", predict, "show the outputs of a saved network")
    command.add_argument("network", metavar="NETWORK", help=file)
    command.add_argument(
        "--inputs", type=numbers, action="append", metavar="Y,Y", help="inputs; may be given several times"
    )
    command.add_argument("--digits", type=whole_number, metavar="N", help="show N significant digits; default all")
    add_output_options(command)
    command = add_command(commands, "summary", summary, "show the layers and the numbers of weights of a saved network")
    command.add_argument("network", metavar="NETWORK", help=file)
    add_output_options(command)
    command = add_command(
        commands, "gradcheck", gradcheck, "check the gradients of a network against central differences"
    )
    command.add_argument("network", metavar="NETWORK", help=file)
    command.add_argument("--inputs", type=numbers, metavar="Y,Y", help="inputs; default the first example of a case")
    command.add_argument("--target", "--targets", dest="targets", type=numbers, metavar="T,T", help="targets")
    add_loss_option(command.add_argument)
    command.add_argument("--tolerance", type=number, default=TOLERANCE, metavar="R", help="largest relative error")
    add_output_options(command)


def load_any(name, loss=None):
    """Return a network, its examples and the labels of its outputs; files of networks have no examples, cases no labels.

    The targets of an example are None where a case has none. `loss` is the name of one for an ONNX model.
    """
    if is_network_file(name):
        network, training = load_network_file(name, loss)
        return network, [], (training or {}).get("labels")
    check_no_loss(name, loss)
    case = load_case(name)
    examples = [
        ([float(y) for y in inputs], targets and [float(t) for t in targets]) for inputs, targets in case.examples
    ]
    return case.network(), examples, None


def predict(options):
    """Show the outputs for inputs, by default those of the case's examples."""
    check_options(options.format, DEFAULT_WIDTH, options.digits)
    network, examples, labels = load_any(options.network)
    if not isinstance(labels, list) or len(labels) != len(network.layers[-1].neurons):
        labels = None
    given = options.inputs or [inputs for inputs, _ in examples]
    if not given:
        raise NetworkError("say which inputs: --inputs followed by numbers with commas between them")
    results = []
    for inputs in given:
        check_example(network, inputs, [0.0] * len(network.layers[-1].neurons))
        results.append((inputs, network.forward(inputs)))
    if options.format == "json":
        data = [{"inputs": inputs, "outputs": outputs} for inputs, outputs in results]
        emit(options, lambda width, ascii: to_json(data, ascii))
    elif options.format == "csv":
        headers = [f"y_i{n + 1}" for n in range(len(given[0]))] + [f"y_{n.name}" for n in network.layers[-1].neurons]
        emit(options, lambda width, ascii: to_csv(headers, [inputs + outputs for inputs, outputs in results]))
    else:

        def text(width, ascii):
            table = predictions(results, labels, options.digits, notation_for(options.format, ascii))
            return write([Section(f"Outputs of {options.network}", table=table)], options.format, width, ascii)

        emit(options, text)
    return 0


def predictions(results, labels, digits, notation):
    """Return a table of inputs, outputs and, if the outputs have labels, the class."""

    def joined(numbers, digits=None):
        return ", ".join(notation.number(number_text(value, digits)) for value in numbers)

    rows = []
    for inputs, outputs in results:
        label = str(labels[outputs.index(max(outputs))]) if labels else ""
        rows.append([joined(inputs), joined(outputs, digits), label])
    headers = ["inputs", "outputs", "class"]
    colours = {"outputs": GREEN, "class": GREEN}
    table = Table(headers, rows, [(0,), (1,), (2,)], headers[:2], headers[2:], colours=colours)
    return table.without_empty_columns()


def summary(options):
    """Show the structure of a network."""
    network, _, _ = load_any(options.network)
    emit(options, lambda **layout: structure(network).to(options.format, **layout))
    return 0


def gradcheck(options):
    """Check the gradients of one example; fail if one differs."""
    network, examples, _ = load_any(options.network, options.loss)
    inputs, targets = options.inputs, options.targets
    if inputs is None and targets is None and examples:
        inputs, targets = examples[0]
    if inputs is None or targets is None:
        raise NetworkError(
            "say on which example: --inputs and --target, each followed by numbers with commas between them"
        )
    check = gradient_check(network, inputs, targets, options.tolerance)
    emit(options, lambda **layout: check.to(options.format, **layout))
    return 0 if check.agrees else 1
