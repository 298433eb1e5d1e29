"""`purenet golden`: list, show, export and generate cases. For check and diagnose see golden_check.py, for new golden_new.py."""

from functools import partial

from purenet.cases import load_case
from purenet.commands import golden_check, golden_new
from purenet.commands.common import Patience, add_command, add_output_options, emit, say
from purenet.errors import NetworkError, count
from purenet.golden.generate import check_id, exported, generated
from purenet.golden.values.case_files import case_path, golden_case, golden_names
from purenet.golden.values.pages import case_page, cases_page
from purenet.storage.files import write_folder


def add_commands(commands):
    golden = add_command(commands, "golden", None, "test an implementation of your own against certified values")
    golden.set_defaults(run=lambda options: golden.print_help() or 0)
    group = golden.add_subparsers(title="commands", metavar="COMMAND")
    listing = add_command(group, "list", list_cases, "list the golden cases")
    add_output_options(listing)
    showing = add_command(group, "show", show, "show a case and its certified values")
    showing.add_argument("case", metavar="CASE", help="the name of a golden case, or a JSON file of your own")
    showing.add_argument("--tolerances", action="store_true", help="show the tolerances beside the values")
    add_output_options(showing)
    for name, run, help in (
        ("export", export, "write cases as JSON and TSV, for programs in any language"),
        ("generate", generate, "certify cases: built-in ones again, or a file of your own"),
    ):
        command = add_command(group, name, run, help)
        command.add_argument("cases", nargs="*", metavar="CASE", help="golden cases, or JSON files of your own")
        command.add_argument("--all", action="store_true", help="all golden cases")
        command.add_argument("-o", dest="output", metavar="DIR", help="the folder to write to")
        command.add_argument("--force", action="store_true", help="overwrite files that are there")
    golden_new.add_commands(group)
    golden_check.add_commands(group)


def list_cases(options):
    """List the golden cases."""
    emit(options, partial(cases_page, options.format))
    return 0


def show(options):
    """Show a case and its certified values."""
    emit(options, partial(case_page, golden_case(options.case), options.tolerances, options.format))
    return 0


def export(options):
    """Write cases as JSON and as TSV, with the list of their checksums, the schema and the protocol."""
    return write_all(exported(chosen_names(options)), options.output, options.force)


def generate(options):
    """Certify cases, and write them."""
    names = chosen_names(options)
    texts = {}
    for name in names:
        with Patience(f"certifying {name}"):
            texts[f"{load_case(name).id}.json"] = generated(case_path(name))
    return write_all(texts, options.output, options.force)


def chosen_names(options):
    """Return the names of the cases that the options choose, each of which will be files of its own."""
    if options.all == bool(options.cases):
        raise NetworkError(f"name cases, or say --all; see {options.prog} --help")
    if not options.output:
        raise NetworkError("say where to: -o and a folder")
    names = golden_names() if options.all else options.cases
    ids = set()
    for name in names:
        case = load_case(name)
        check_id(case, name)
        if case.id in ids:
            raise NetworkError(f"two of the cases have the id {case.id!r}: one file would replace the other")
        ids.add(case.id)
    return names


def write_all(texts, folder, overwrite):
    """Write files into a folder, all of them or none, and say so."""
    write_folder(folder, texts, overwrite)
    say(f"{count(len(texts), 'file')} written to {folder}")
    return 0
