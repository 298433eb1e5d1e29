"""`purenet golden check` and `diagnose`: options become a case, a source of values and a page."""

import sys
from contextlib import closing
from functools import partial

from purenet.commands.common import add_command, add_output_options, check_output, emit, number, say
from purenet.errors import NetworkError
from purenet.golden.diagnosis.check import Check
from purenet.golden.diagnosis.diagnosis import Diagnosis
from purenet.golden.diagnosis.report import check_to
from purenet.golden.diagnosis.survey import Survey
from purenet.golden.programs.adapter import PROTOCOLS, answers
from purenet.golden.programs.reported import LAYOUTS, Values, parse_values
from purenet.golden.programs.signals import raising_signals
from purenet.golden.values.case_files import golden_case, golden_names
from purenet.storage.files import LARGEST_FILE, read_text

EXIT_CODES = {"agrees": 0, "differs": 1, "nothing compared": 1, "too few digits": 3}
EXIT_CODES_IN_WORDS = """The exit code is 0 if something was compared and all of it agrees; 1 if something differs, or nothing was
compared; 2 for bad usage or a bad file; 3 if nothing differs, but some numbers have too few digits to tell."""


def add_commands(group):
    for name, run, help in (
        ("check", check, "compare values with certified ones; the exit code is 1 if any differ, 3 for too few digits"),
        ("diagnose", diagnose, "the same, and name the mistake that gives these values"),
    ):
        command = add_command(group, name, run, help)
        command.epilog = EXIT_CODES_IN_WORDS
        command.add_argument("case", nargs="?", metavar="CASE", help="a golden case, or a JSON file of your own")
        command.add_argument("values", nargs="?", metavar="VALUES", help="JSON or TSV; - is standard input")
        command.add_argument("--all", action="store_true", help="ask the --command about every golden case")
        command.add_argument("--command", metavar="C", help="a program that is sent cases and answers with values")
        command.add_argument("--protocol", default="json", metavar="P", help=f"{' or '.join(PROTOCOLS)}; default json")
        command.add_argument(
            "--timeout", type=number, default=10.0, metavar="S", help="seconds for an answer; default 10"
        )
        command.add_argument("--dtype", metavar="T", help="float64, float32 or float16; default a guess")
        command.add_argument(
            "--weights", default=LAYOUTS[0], metavar="L", help=f"{' or '.join(LAYOUTS)}; default the first"
        )
        add_output_options(command)


def check(options):
    """Check values; return the exit code (see EXIT_CODES)."""
    return (check_file if options.command is None else check_program)(options, diagnosing=False)


def diagnose(options):
    """Check values, and name the mistake that gives them."""
    return (check_file if options.command is None else check_program)(options, diagnosing=True)


def check_file(options, diagnosing):
    """Check the values in a file, or on standard input."""
    check_output(options)
    if options.all or options.case is None or options.values is None:
        raise NetworkError("say which case and which file of values, or --all and --command")
    case = golden_case(options.case)
    where = "standard input" if options.values == "-" else options.values
    reported = parse_values(standard_input() if options.values == "-" else read_text(options.values), where)
    values = Values(case, reported, options.dtype, options.weights, f"the values in {where}")
    checked = Check(case, values)
    diagnosis = Diagnosis([checked]) if diagnosing else None
    emit(options, partial(check_to, checked, options.format, diagnosis=diagnosis))
    if not checked.passed:
        say(f"purenet: {case.id}: {problem(checked, options, diagnosing)}")
    return EXIT_CODES[checked.outcome]


def problem(checked, options, diagnosing):
    """Return in a sentence why a check of a file is no pass."""
    if checked.outcome == "nothing compared":
        return "nothing was compared"
    if checked.outcome == "too few digits":
        return f"too few digits to tell, first at {checked.too_few[0].name}: print 17, with %.17g"
    hint = f"; `purenet golden diagnose {options.case} {options.values}` may name the mistake"
    return f"the first difference is {checked.first.name}" + ("" if diagnosing else hint)


def check_program(options, diagnosing):
    """Check the values that a program answers with."""
    check_output(options)
    if options.values is not None or (options.case is None) != options.all:
        raise NetworkError("with --command, name one case or say --all, and no file of values")
    cases = [golden_case(name) for name in (golden_names() if options.all else [options.case])]
    answered = answers(options.command, cases, options.protocol, options.timeout, options.dtype, options.weights)
    with raising_signals(), closing(answered):
        survey = Survey(answered, diagnosing)
    emit(options, partial(survey.page, f"Golden values of {options.command}", options.format))
    if survey.problem():
        say(f"purenet: {survey.problem()}")
    return EXIT_CODES[survey.outcome]


def standard_input():
    """Return the text on standard input."""
    data = sys.stdin.buffer.read(LARGEST_FILE + 1) if sys.stdin is not None else b""
    if len(data) > LARGEST_FILE:
        raise NetworkError(f"standard input holds more than {LARGEST_FILE:,} bytes: are they the right values?")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NetworkError("standard input is not text in UTF-8") from None
