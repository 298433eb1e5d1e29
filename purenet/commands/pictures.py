"""`purenet picture`: the steps of a trace, or a whole network, as SVG or PNG files."""

from purenet.commands.common import add_command, emit, whole_number
from purenet.commands.networks import load_any
from purenet.commands.picture_files import add_picture_options, all_finished, check_png, finished, wants_png
from purenet.commands.traces import add_trace_options, trace_of
from purenet.drawing.network_diagram import picture_of
from purenet.drawing.svg import as_ascii
from purenet.errors import NetworkError
from purenet.storage.files import check_folder, check_writable, write_folder, write_text
from purenet.trace.step_pictures import Pictures


def add_commands(commands):
    command = add_command(commands, "picture", picture, "draw one training step of a case, or its network, in SVG")
    add_trace_options(command)
    command.add_argument("--step", type=whole_number, metavar="N", help="draw this step")
    command.add_argument("--all", action="store_true", help="draw every step into the directory that -o names")
    command.add_argument("--network", action="store_true", help="draw the whole network with its weights")
    output = "write to a file, SVG or .png, instead of standard output; with --all to a directory"
    add_picture_options(command)
    command.add_argument("-o", dest="output", metavar="FILE", help=output)
    force = "let -o overwrite a file, or write into a directory that is not empty"
    command.add_argument("--force", action="store_true", help=force)
    command.set_defaults(width=None, ascii=False, everything=False)


def picture(options):
    """Draw one step, all of them, or the network."""
    if [options.step is not None, options.all, options.network].count(True) != 1:
        raise NetworkError("say which picture: --step with its number, --all, or --network")
    if options.all and options.output is None:
        raise NetworkError("--all draws several files: name a directory for them with -o")
    if options.output is None and options.png:
        raise NetworkError("a PNG file is no text for standard output: name a file with -o")
    check_png(options)
    if options.output is not None:  # before the work, which may be long
        (check_folder if options.all else check_writable)(options.output, options.force)
    if options.network:
        for name in ("inputs", "targets", "learning_rate", "examples", "batch", "steps", "mistake", "loss"):
            if getattr(options, name) is not None:
                option = {"targets": "target", "examples": "example"}.get(name, name).replace("_", "-")
                raise NetworkError(f"leave out --{option}: the picture of a network shows no example")
        text = picture_of(load_any(options.case)[0])
    else:
        pictures = Pictures(trace_of(options))
        if options.all:
            write_folder(options.output, all_finished(numbered(pictures), options), options.force)
            return 0
        text = pictures.picture(options.step)
    drawn = finished(text, options)
    if wants_png(options):
        write_text(options.output, drawn, options.force)
    else:
        emit(options, lambda width, ascii: as_ascii(drawn) if ascii else drawn)
    return 0


def numbered(pictures):
    """Return the pictures of all steps, a dictionary from names in order."""
    steps = pictures.trace.steps
    digits = max(2, len(str(len(steps))))
    return {f"step{step.number:0{digits}}": pictures.picture(step.number) for step in steps}
