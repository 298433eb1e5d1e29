"""`purenet site`: the book, the cases, the mistakes and the golden values as static pages."""

import sys

from purenet.commands.common import add_command, say
from purenet.errors import count
from purenet.storage.files import check_folder, write_folder


def add_commands(commands):
    command = add_command(commands, "site", site, "write the whole book as a website")
    command.add_argument("-o", dest="output", metavar="DIR", required=True, help="the folder to write to")
    command.add_argument("--pyodide", metavar="DIR", help="the folder of Pyodide's npm package, which adds the lab")
    command.add_argument("--force", action="store_true", help="write into a folder that holds files")
    command.epilog = (
        "The pages work from any web server, in any folder of it, and also as files without one, the lab apart."
    )


def site(options):
    """Write the site into a folder, whole or not at all."""
    check_folder(options.output, options.force)
    from purenet.site.code import check_installed

    check_installed()
    from purenet.site.build import site_files

    files = site_files(options.pyodide, say_progress)
    write_folder(options.output, files, options.force)
    size = sum(len(data if isinstance(data, bytes) else data.encode("utf-8")) for data in files.values())
    say(f"purenet: {count(len(files), 'file')}, {size / 1e6:.1f} MB, written to {options.output}")
    return 0


def say_progress(done, all):
    """Say on a terminal how far the pages are, in one line that changes; elsewhere, nothing."""
    if sys.stderr is not None and sys.stderr.isatty():
        print(f"\rpurenet: {done} of {all} parts", end="\n" if done == all else "", file=sys.stderr, flush=True)
