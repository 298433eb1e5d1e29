"""`purenet lab`: a page in the browser where a person changes numbers, and everything is computed again."""

import argparse
import json
import os

from purenet.cases import Case, case_names, load_case
from purenet.commands.common import add_command, number, numbers, say, whole_number
from purenet.commands.network_files import is_network_file, kind_of_file, load_network_file
from purenet.commands.traces import pairs
from purenet.errors import NetworkError
from purenet.lab.starts import STARTS
from purenet.lab.state import State
from purenet.lab.static import write_static
from purenet.storage.files import file_name, read_json
from purenet.storage.json_text import json_text
from purenet.storage.saved_network import network_data

LARGEST = 500_000  # characters of JSON, half of what a request of the page may have


def add_commands(commands):
    command = add_command(commands, "lab", lab, "change a network's numbers in the browser; see what follows")
    case = (
        "a built-in case, a JSON file of your own, a saved network, an ONNX model, or the address of a lab from its # on; "
        "default 2x2x1"
    )
    command.add_argument("case", metavar="CASE", nargs="?", default="2x2x1", help=case)
    add = command.add_argument_group("the page").add_argument
    add("--port", type=port, metavar="N", help="serve at this port; default any that is free")
    add("--no-browser", dest="browser", action="store_false", help="print the address, and open no browser")
    add = command.add_argument_group("without a server").add_argument
    add("--static", metavar="DIR", help="write the page into a folder that any web server can serve, and end")
    add("--pyodide", metavar="DIR", help="the folder of Pyodide's npm package, which --static needs")
    add("--force", action="store_true", help="let --static write into a folder that holds files")
    add = command.add_argument_group("for a saved network, which has no examples").add_argument
    inputs = "an example's inputs; may be given several times, with as many targets"
    add("--inputs", type=numbers, action="append", metavar="Y,Y", help=inputs)
    add("--target", "--targets", dest="targets", type=numbers, action="append", metavar="T,T", help="its targets")
    add("--learning-rate", type=number, metavar="R", help="the learning rate")
    command.epilog = (
        "The page is served on this computer only, at an address with a secret token, and asks no other computer for "
        "anything. Ctrl-C stops it. The address of the page holds all of its state; its button Save writes a case file."
    )


def port(text):
    """Return a port that is given as an option."""
    value = whole_number(text)
    if not 1024 <= value <= 65535:
        raise argparse.ArgumentTypeError(f"{value} is not a port from 1024 to 65535")
    return value


def lab(options):
    """Serve the page until Ctrl-C."""
    first = first_request(options)
    if len(json.dumps(first)) > LARGEST:
        raise NetworkError(f"{options.case} is too large for the lab, which takes {LARGEST:,} characters of JSON")
    if (options.static is None) != (options.pyodide is None):
        raise NetworkError(
            "say both --static and --pyodide, the folder of the npm package: npm install pyodide makes it"
        )
    if options.static is None and options.force:
        raise NetworkError("leave out --force: only --static writes into a folder")
    if options.static is not None and (options.port is not None or not options.browser):
        raise NetworkError("leave out --port and --no-browser: with --static nothing is served")
    check_opens(first)
    if options.static is not None and options.own is not None:
        raise NetworkError("leave out --own: a page without a server has none of your code")
    if options.static is not None:
        write_static(options.static, options.pyodide, first, options.force)
        say(
            f"purenet: the lab is in {options.static}: serve it, for instance with python3 -m http.server -d {options.static}"
        )
        return 0
    from purenet.lab.server import serve  # 30 ms that no other command needs

    serve(first, options.port or 0, options.browser, options.own)
    return 0


def check_opens(first):
    """Raise NetworkError if the lab cannot open what its first request asks for."""
    from purenet.lab.answer import answer  # all of the lab, which no other command needs

    error = answer(first).get("error")
    if error:
        raise NetworkError(error)


def first_request(options):
    """Return the request that the page begins with."""
    name = options.case
    saved = not name.startswith("#") and is_network_file(name)
    for option, value in (
        ("--inputs", options.inputs),
        ("--target", options.targets),
        ("--learning-rate", options.learning_rate),
    ):
        if not saved and value is not None:
            raise NetworkError(f"leave out {option}, which is for a saved network: change {name} in the page")
    if name.startswith("#"):
        State.unpacked(name)
        return {"do": "open", "address": name}
    if name in case_names() or name in STARTS:
        return {"do": "open", "case": name}
    return {"do": "open", "data": json_text(case_of_saved(options) if saved else case_of_file(name))}


def case_of_file(name):
    """Return the data of a case file; raise NetworkError for the first fault in it."""
    load_case(name)
    return read_json(name)


def case_of_saved(options):
    """Return the data of a case with a saved network and the options' examples; raise NetworkError if they do not fit."""
    name = options.case
    if options.inputs is None or options.targets is None or options.learning_rate is None:
        raise NetworkError(f"{name} is {kind_of_file(name)}: say --inputs, --target and --learning-rate as well")
    data = {
        "title": os.path.basename(file_name(name)),
        "network": network_data(load_network_file(name)[0]),
        "examples": [{"inputs": inputs, "targets": targets} for inputs, targets in pairs(options)],
        "learning_rate": options.learning_rate,
    }
    Case(data, file_name(name))
    return data
