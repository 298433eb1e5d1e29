"""`purenet picture`: the steps of a trace as SVG files."""

from purenet.commands.common import add_command, emit, whole_number
from purenet.commands.walkthrough import add_example_options, trace_of
from purenet.errors import NetworkError
from purenet.files import check_folder, check_writable, write_folder
from purenet.trace.pictures import Pictures


def add_commands(commands):
    command = add_command(commands, "picture", picture, "draw one training step of a case as pictures, in SVG")
    add_example_options(command)
    command.add_argument("--step", type=whole_number, metavar="N", help="draw this step")
    command.add_argument("--all", action="store_true", help="draw every step into the directory that -o names")
    command.add_argument(
        "-o", dest="output", metavar="FILE", help="write to a file instead of standard output; with --all to a directory"
    )
    command.add_argument(
        "--force", action="store_true", help="let -o overwrite a file, or write into a directory that is not empty"
    )
    command.set_defaults(width=None, ascii=False)


def picture(options):
    """Draw one step, or all of them."""
    if options.all == (options.step is not None):
        raise NetworkError("say which step: --step with its number, or --all")
    if options.all and options.output is None:
        raise NetworkError("--all draws several files: name a directory for them with -o")
    if options.output is not None:  # before the work, which may be long
        (check_folder if options.all else check_writable)(options.output, options.force)
    pictures = Pictures(trace_of(options))
    if not options.all:
        text = pictures.picture(options.step)
        emit(options, lambda width, ascii: as_ascii(text) if ascii else text)
        return 0
    steps = pictures.trace.steps
    digits = max(2, len(str(len(steps))))
    texts = {f"step{step.number:0{digits}}.svg": pictures.picture(step.number) for step in steps}
    write_folder(options.output, texts, options.force)
    return 0


def as_ascii(text):
    """Return XML that needs no sign beyond ASCII."""
    return text.encode("ascii", "xmlcharrefreplace").decode()
