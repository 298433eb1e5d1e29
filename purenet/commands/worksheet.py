"""`purenet worksheet`: options become the data of a case and blanks, of which worksheets and their keys are made."""

import os
import time
from functools import partial

from purenet.arithmetic.pencil import Pencil, as_decimal
from purenet.cases import Case, read_case
from purenet.commands.common import Patience, add_command, emit, number, say, whole_number
from purenet.commands.traces import add_rounding_options, pencil_of
from purenet.commands.training_settings import (
    COMMON,
    activation_name,
    check_network_settings,
    layer_sizes,
    loss_name,
    loss_of,
)
from purenet.document.formats import DEFAULT_WIDTH, check_options
from purenet.drawing.converted import converted, converter, needed_for
from purenet.errors import NetworkError, count
from purenet.storage.files import check_beside, write_beside
from purenet.storage.network_json import ACTIVATIONS, LOSSES
from purenet.trace.given_picture import given_picture_file
from purenet.worksheet.blanks import EVERY_SECOND, KINDS, Blanks
from purenet.worksheet.kindness import Kindness
from purenet.worksheet.pages import FORMATS, keys_to, sheets_to
from purenet.worksheet.sequence import drawn_worksheets
from purenet.worksheet.template import data_of_case, empty_data
from purenet.worksheet.worksheet import Worksheet, check_size

DEFAULTS = {"hidden": COMMON["hidden"], "last": "sigmoid", "learning_rate": 0.5, "seed": 1, "decimals": 4}
OF_NETWORK = ("hidden", "last", "loss", "no_biases", "learning_rate")  # what a case says itself
PICTURES = {"latex": "pdf", "markdown": "svg"}  # formats with pictures in files of their own
MOST_SHEETS = 1000
TRYING = "trying which known mistakes show"
INTERVAL = 10  # seconds between words about the progress


def add_commands(commands):
    help = "make worksheets to compute by hand, each with its key"
    command = add_command(commands, "worksheet", worksheet, help)
    add = command.add_argument
    add("case", nargs="?", metavar="CASE", help="a built-in case, or a JSON file of your own; or say --layers")
    known = f"{', '.join(KINDS)}; {EVERY_SECOND} leaves out every second number only"
    add("--blanks", metavar="KINDS", help=f"leave out these kinds of numbers, default all: {known}")
    add("--steps", type=whole_number, metavar="N", help="do N training steps; default those of the case, or 1")
    add = command.add_argument_group("numbers drawn from a seed").add_argument
    add("--layers", metavar="SIZES", help="sizes of the layers, the number of inputs first: 2,2,1")
    seed = f"the seed of the numbers, default {DEFAULTS['seed']}; with CASE, draw others than those of the case"
    add("--seed", type=whole_number, metavar="N", help=seed)
    add("--count", type=whole_number, metavar="N", help="make N worksheets, from this seed and those after it")
    kinds = ", ".join(name for name in ACTIVATIONS if name != "softmax")
    add(
        "--hidden",
        type=activation_name,
        metavar="F",
        help=f"activation of the hidden layers: {kinds}; default {DEFAULTS['hidden']}",
    )
    last = f"activation of the last layer: one of these, or softmax; default {DEFAULTS['last']}"
    add("--last", "--output", type=activation_name, metavar="F", help=last)
    loss = f"one of {', '.join(LOSSES)}; default {COMMON['loss']}, after softmax cross-entropy"
    add("--loss", type=loss_name, metavar="E", help=loss)
    add("--no-biases", action="store_true", default=None, help="neurons without biases")
    add("--learning-rate", type=number, metavar="R", help=f"the learning rate η; default {DEFAULTS['learning_rate']}")
    add_rounding_options(command, f"; default as the case says, or {DEFAULTS['decimals']}")
    add = command.add_argument_group("what is written").add_argument
    add("--format", metavar="F", help=f"one of {', '.join(FORMATS)}; default text, and html with -o")
    add("--key", action="store_true", help="without -o, print the key instead of the worksheet")
    files = "write to a directory: each worksheet, its key, its case, and a file to type the answers into"
    add("-o", dest="folder", metavar="DIR", help=files)
    add("--together", action="store_true", help="with -o, all worksheets in one file, and all keys in another")
    add("--force", action="store_true", help="overwrite files that are there")
    add("--width", type=whole_number, metavar="N", help="columns of text; default that of the terminal")
    add("--ascii", action="store_true", help="use no sign beyond ASCII")
    command.set_defaults(output=None)


def worksheet(options):
    """Print a worksheet or its key, or write worksheets with all that belongs to them to a directory."""
    check_together(options)
    kindness = Kindness(template_data(options), blanks_of(options), is_drawn(options))
    if options.folder is None:
        with Patience(TRYING):
            (sheet,) = sheets_of(options, kindness)
            emit(options, partial(keys_to if options.key else sheets_to, [sheet], options.format))
        return 0
    names = [file for name in expected(options, kindness) for file in files(name, options).values()]
    check_beside(options.folder, names, options.force)
    with Patience(TRYING):
        sheets = list(sheets_of(options, kindness))
        texts = texts_of(sheets, options)
    write_beside(options.folder, texts, options.force)
    say_what_was_written(sheets, options)
    return 0


def check_together(options):
    """Raise NetworkError for options that do not go together, and fill in the format."""
    if (options.case is None) == (options.layers is None):
        raise NetworkError("say either CASE or --layers: what is a worksheet made from?")
    for name in OF_NETWORK if options.case else ():
        if getattr(options, name) is not None:
            raise NetworkError(f"leave out --{name.replace('_', '-')}: {options.case} says what its network is")
    if options.format is None:
        options.format = "text" if options.folder is None else "html"
    check_options(options.format, DEFAULT_WIDTH if options.width is None else options.width, formats=tuple(FORMATS))
    if options.count is not None and not 1 <= options.count <= MOST_SHEETS:
        raise NetworkError(f"--count is 1 to {MOST_SHEETS:,} worksheets, not {options.count:,}")
    if options.folder is None and (options.together or (options.count or 1) > 1):
        raise NetworkError("several worksheets go to a directory: say -o DIR")
    if options.folder is not None and options.key:
        raise NetworkError("leave out --key: with -o each worksheet has its key in a file of its own")


def blanks_of(options):
    return Blanks() if options.blanks is None else Blanks.named(options.blanks)


def template_data(options):
    """Return the data of a case of which worksheets are made."""
    if options.case is not None:
        data, where = read_case(options.case)
        rounding = declared_rounding(options, Case(data, where).rounding)
        data = data_of_case(data, where, rounding or DEFAULTS["decimals"], options.steps)
    else:
        data = drawn_template(options)
    check_size(Case(data, data.get("id", "the worksheet")))
    return data


def drawn_template(options):
    """Return the data of a case with a network of --layers, in which no number is drawn yet."""
    sizes = layer_sizes(options.layers)
    given = {name: getattr(options, name) for name in OF_NETWORK if getattr(options, name) is not None}
    if len(sizes) == 2 and "hidden" in given:
        raise NetworkError(f"leave out --hidden: a network {options.layers} has no hidden layer")
    settings = {**DEFAULTS, "layers": options.layers, "loss": COMMON["loss"], **given}
    settings["loss"] = loss_of(settings, given)
    check_network_settings(settings)
    return empty_data(
        sizes,
        settings["hidden"],
        settings["last"],
        settings["loss"],
        not options.no_biases,
        as_decimal(settings["learning_rate"]),
        declared_rounding(options, None) or DEFAULTS["decimals"],
        1 if options.steps is None else options.steps,
    )


def declared_rounding(options, rules):
    """Return how numbers are rounded as a case declares it, by the options and otherwise by the rules of a case."""
    pencil = pencil_of(options, rules)
    return pencil.declared if isinstance(pencil, Pencil) else pencil


def is_drawn(options):
    """Return whether the numbers are drawn, not those of a case."""
    return options.case is None or options.seed is not None or options.count is not None


def seed_of(options):
    return DEFAULTS["seed"] if options.seed is None else options.seed


def sheets_of(options, kindness):
    """Yield the worksheets that the options name, with a word on standard error every now and then."""
    if not is_drawn(options):
        yield Worksheet(kindness.data, kindness)
        return
    total = options.count or 1
    progress = SheetProgress("drawn", total)
    for sheet in drawn_worksheets(kindness, seed_of(options), total, lambda words: say(f"purenet: {words}")):
        progress()
        yield sheet


# files


def expected(options, kindness):
    """Return the names of the worksheets that will be made, if no two seeds draw the same."""
    if not is_drawn(options):
        return [kindness.data["id"]]
    return [str(seed_of(options) + n) for n in range(options.count or 1)]


def files(name, options):
    """Return the names of the files of a worksheet, a dictionary: sheet, key, case, answers, and its picture if it has one."""
    end, picture = FORMATS[options.format], PICTURES.get(options.format)
    own = {"sheet": "sheets", "key": "keys"} if options.together else {"sheet": f"sheet-{name}", "key": f"key-{name}"}
    own = {kind: f"{stem}.{end}" for kind, stem in own.items()}
    others = {"case": f"case-{name}.json", "answers": f"answers-{name}.txt"}
    return {**own, **others, **({"picture": f"picture-{name}.{picture}"} if picture else {})}


def texts_of(sheets, options):
    """Return the files of worksheets, a dictionary from their names to texts or bytes."""
    layout = {"format": options.format, "width": options.width or DEFAULT_WIDTH, "ascii": options.ascii}
    names, progress = (
        {sheet.name: files(sheet.name, options) for sheet in sheets},
        SheetProgress("laid out", len(sheets)),
    )
    texts = {names[name]["picture"]: picture for name, picture in pictures_beside(sheets, options).items()}
    pictures = {name: each["picture"] for name, each in names.items() if each.get("picture") in texts}
    for group in [sheets] if options.together else [[sheet] for sheet in sheets]:
        own = names[group[0].name]
        texts[own["sheet"]] = sheets_to(group, pictures=pictures, **layout)
        texts[own["key"]] = keys_to(group, **layout)
        progress(len(group))
    for sheet in sheets:
        own = names[sheet.name]
        texts.update({own["case"]: sheet.case_text, own["answers"]: sheet.answers_text(options.ascii)})
    return texts


def pictures_beside(sheets, options):
    """Return the pictures that are files of their own, by the names of worksheets, where they can be drawn."""
    kind = PICTURES.get(options.format)
    if kind == "pdf" and converter("pdf") is None:
        say(f"purenet: the worksheets have no pictures: {needed_for('pdf')}")
        return {}
    drawn = {sheet.name: given_picture_file(sheet.trace) for sheet in sheets} if kind else {}
    return {name: converted(picture, "pdf") for name, picture in drawn.items()} if kind == "pdf" else drawn


def say_what_was_written(sheets, options):
    """Say what was written, and how a filled worksheet is graded."""
    names = files(sheets[0].name, options)
    case, answers = (os.path.normpath(os.path.join(options.folder, names[kind])) for kind in ("case", "answers"))
    words = f"{count(len(sheets), 'worksheet')} with {'keys' if len(sheets) > 1 else 'its key'}"
    say(f"purenet: {words} written to {options.folder}; type a filled one into {answers}, and grade it:")
    say(f"purenet:     purenet golden check {case} {answers}")


class SheetProgress:
    """Says on standard error how many worksheets are done, every ten seconds."""

    def __init__(self, done, total):
        self.done, self.total, self.made, self.said = done, total, 0, time.monotonic()

    def __call__(self, more=1):
        self.made += more
        if time.monotonic() - self.said > INTERVAL:
            self.said = time.monotonic()
            say(f"purenet: {self.made} of {self.total} worksheets are {self.done}")
