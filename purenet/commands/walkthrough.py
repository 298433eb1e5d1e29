"""`purenet walkthrough`: a training, traced."""

import os

from purenet.book import chapter
from purenet.commands.common import (
    add_command,
    add_output_options,
    check_colour,
    emit,
    say,
    step_numbers,
    whole_number,
)
from purenet.commands.traces import add_trace_options, trace_of
from purenet.document.formats import FORMATS
from purenet.drawing.converted import converter, needed_for
from purenet.errors import NetworkError
from purenet.spreadsheet.workbook import prepare, workbook_bytes
from purenet.storage.files import check_beside, check_writable, write_beside, write_bytes
from purenet.trace.latex_pictures import picture_files, picture_names

NOT_OF_A_SPREADSHEET = ("step", "summary", "matrices", "digits", "everything", "standalone", "ascii", "width")
# that go with a chapter, and what argparse adds
CHAPTER_OPTIONS = ("chapter", "format", "ascii", "output", "force", "color", "run", "prog")


def add_commands(commands):
    add_walkthrough(commands)


def add_walkthrough(commands):
    help = "show the training that a case declares, every number with its formula"
    command = add_command(commands, "walkthrough", walkthrough, help)
    add_trace_options(command, nargs="?")
    command.add_argument(
        "--chapter", type=whole_number, metavar="N", help="show a chapter of the book instead of a case"
    )
    add_output_options(command, (*FORMATS, "xlsx"))
    everything = "show all neurons of a wide layer; default the first three and the last two"
    command.add_argument("--all", dest="everything", action="store_true", help=everything)
    command.add_argument("--step", type=step_numbers, metavar="N", help="only this step, or a range such as 7-10")
    command.add_argument(
        "--summary",
        action="store_true",
        help="only one table per layer: the numbers of its neurons, and the new weights",
    )
    matrices = "each step as one equation between matrices; with --rows, each example is a row, as in NumPy and PyTorch"
    command.add_argument("--matrices", action="store_true", help=matrices)
    command.add_argument("--rows", action="store_true", help="with --matrices, examples × neurons")
    only = "with --matrices, of one quantity such as δ_j1 or delta_j1, its row, its column and its sum"
    command.add_argument("--only", metavar="SYMBOL", help=only)
    command.add_argument(
        "--digits", type=whole_number, metavar="N", help="show numbers of full precision to N significant digits"
    )
    command.add_argument(
        "--standalone",
        action="store_true",
        help="with --format latex, a whole document; with -o FILE.tex, its pictures are written beside it",
    )


def walkthrough(options):
    """Trace one step of a case; fail if digits published for it disagree. Or show a chapter."""
    if options.chapter is not None:
        return show_chapter(options)
    if options.case is None:
        raise NetworkError("say which case, such as 2x2x1, or which --chapter")
    if options.standalone and (options.format != "latex" or options.summary):
        raise NetworkError("--standalone makes a whole document of --format latex, without --summary")
    check_matrix_options(options)
    if options.format == "xlsx":
        check_spreadsheet(options)
        trace = trace_of(options, prepare=prepare)
        write_bytes(options.output, workbook_bytes(trace), options.force)
        return verdict(options, trace)
    trace = trace_of(options)
    if options.matrices:
        show_matrices(options, trace)
    elif options.standalone:
        write_document(options, trace)
    elif options.summary:
        if options.step:
            raise NetworkError("--summary shows the whole step: leave out --step")
        emit(options, lambda **layout: trace.summary(options.digits).to(options.format, **layout))
    else:
        emit(options, lambda **layout: trace.to(options.format, steps=options.step, digits=options.digits, **layout))
    return verdict(options, trace)


def verdict(options, trace):
    """Return the exit code: 0, or 1 if published digits disagree, which is said."""
    if not trace.disagreements:
        return 0
    symbols = ", ".join(row.symbol for row in trace.disagreements)
    say(f"purenet: {options.case}: these do not have their published digits: {symbols}")
    return 1


def check_matrix_options(options):
    """Raise NetworkError for options that do not go with --matrices, or not without it."""
    for option, value in (("--rows", options.rows), ("--only", options.only)):
        if value and not options.matrices:
            raise NetworkError(f"{option} goes with --matrices")
    if options.matrices and options.summary:
        raise NetworkError("say --matrices or --summary, not both")
    if options.only is not None and options.step:
        raise NetworkError("--only shows a quantity in its own step: leave out --step")


def show_matrices(options, trace):
    """Show a trace in matrices, or what one quantity of it is made of."""
    view = trace.matrices(options.rows, options.everything)
    chosen = {"steps": options.step, "only": options.only, "digits": options.digits, "standalone": options.standalone}
    emit(options, lambda **layout: view.to(options.format, **chosen, **layout))


def check_spreadsheet(options):
    """Raise NetworkError for options that a spreadsheet has no use for, and if it cannot be written."""
    for name in NOT_OF_A_SPREADSHEET:
        if getattr(options, name) not in (None, False):
            option = {"everything": "all"}.get(name, name)
            raise NetworkError(f"leave out --{option}: a spreadsheet has the whole training, in full precision")
    if options.mistake:
        raise NetworkError("leave out --mistake: a spreadsheet has the right formulas")
    check_colour(options)
    if options.output is None:
        raise NetworkError("say where to write the spreadsheet: -o FILE.xlsx")
    check_writable(options.output, options.force)


def show_chapter(options):
    """Show a chapter of the book as text, Markdown or a page."""
    for name, value in vars(options).items():
        is_given = value is not None and value is not False and value != "auto"  # 0 is given, though equal to False
        if is_given and name not in CHAPTER_OPTIONS:
            word = "the case" if name == "case" else f"--{name.replace('_', '-')}"
            raise NetworkError(f"leave out {word}: a chapter is shown as it is written")
    shown = chapter(options.chapter)
    emit(options, lambda width, ascii: shown.to(options.format, ascii))
    return 0


def write_document(options, trace):
    """Write a whole LaTeX document, and its pictures beside it if -o names a file and a converter is installed."""
    settings = {"steps": options.step, "digits": options.digits, "standalone": True}
    if options.output is None or not names_file(options.output) or converter("pdf") is None:
        if options.output is not None and converter("pdf") is None:
            say(f"purenet: {options.output} has no pictures: {needed_for('pdf')}")
        emit(options, lambda **layout: trace.to("latex", **settings, **layout))
        return
    check_writable(options.output, options.force)  # its folder must exist, as that of any other file
    folder, name = os.path.split(options.output)
    pictures = picture_names(trace, os.path.splitext(name)[0], options.step)
    check_beside(folder or ".", [name, *pictures.values()], options.force)
    text = trace.to("latex", pictures=pictures, **settings)
    write_beside(folder or ".", {**picture_files(trace, pictures), name: text}, options.force)


def names_file(path):
    """Return whether a path can be that of a file beside others, and not of a device or a pipe."""
    return os.path.isfile(path) or not os.path.lexists(path)
