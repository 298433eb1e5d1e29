"""`purenet golden check` and `diagnose`: options become a case, a source of values and a page."""

from contextlib import closing
from functools import partial

from purenet.arithmetic.pencil import Pencil
from purenet.cases import load_case
from purenet.commands.common import (
    Announcer,
    Patience,
    add_command,
    add_output_options,
    check_output,
    emit,
    number,
    rounding_pencil,
    say,
    whole_number,
)
from purenet.errors import NetworkError
from purenet.golden.diagnosis.by_hand import hand_check, is_said_by_hand, sheet_data
from purenet.golden.diagnosis.check import Check
from purenet.golden.diagnosis.diagnosis import Diagnosis
from purenet.golden.diagnosis.hand_pages import wrong_numbers
from purenet.golden.diagnosis.report import check_to
from purenet.golden.diagnosis.survey import Survey
from purenet.golden.generate import certify_now
from purenet.golden.programs.adapter import PROTOCOLS, answers
from purenet.golden.programs.reported import LAYOUTS, Values, parse_values
from purenet.golden.programs.signals import raising_signals
from purenet.golden.values.case_files import golden_names
from purenet.storage.files import file_name, read_text

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
        command.usage = (
            f"{command.prog} [options] CASE VALUES\n       {command.prog} [options] (CASE... | --all) --command C"
        )
        case = "a golden case, or a JSON file of your own; with --command there may be several"
        values = "then, without --command, a file of values, JSON or TSV; - is standard input"
        command.add_argument("cases", nargs="*", metavar="CASE", help=f"{case}; {values}")
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
        by_hand = command.add_argument_group("numbers computed by hand, each right if it follows from those before it")
        by_hand.add_argument("--round", type=whole_number, metavar="N", help="each number was rounded to N decimals")
        by_hand.add_argument(
            "--significant", type=whole_number, metavar="N", help="each number was rounded to N significant digits"
        )
        by_hand.add_argument("--by-hand", action="store_true", help="each was rounded as the case says")
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
    if options.all or len(options.cases) != 2:
        raise NetworkError("say which case and which file of values, or --all and --command")
    name, file = options.cases
    if name == file == "-":
        raise NetworkError("standard input is the case or the values: name a file for the other")
    where = file_name(file)
    data = parse_values(read_text(file), where)
    pencil = hand_pencil(options, name, is_said_by_hand(data))
    case, numbers = (load_case if pencil else ready_case)(name), f"the values in {where}"
    if pencil:
        checked = hand_check(case, data, pencil, options.dtype, options.weights, numbers)
    else:
        checked = Check(case, Values(case, sheet_data(case, data), options.dtype, options.weights, numbers))
    diagnosis = Diagnosis([checked], progress=Announcer()) if diagnosing else None
    emit(options, partial(check_to, checked, options.format, diagnosis=diagnosis))
    if not checked.passed:
        say(f"purenet: {case.id}: {problem(checked, name, file, diagnosing)}")
    return EXIT_CODES[checked.outcome]


def hand_pencil(options, name, is_by_hand=False):
    """Return how the numbers were rounded, a `Pencil`, or None where neither an option nor their file says by hand."""
    said = options.round is not None or options.significant is not None
    if options.by_hand and said:
        raise NetworkError("say --by-hand, which takes the rounding of the case, or --round or --significant")
    if said or not (options.by_hand or is_by_hand):
        return rounding_pencil(options.round, options.significant)
    rounding = load_case(name).rounding
    if rounding is None:
        raise NetworkError(f"{name} does not say how to round: say --round or --significant")
    return Pencil(rounding)


def problem(checked, name, file, diagnosing):
    """Return in a sentence why a check of a file is no pass."""
    if checked.outcome == "nothing compared":
        return "nothing was compared"
    if checked.outcome == "too few digits":
        return f"too few digits to tell, first at {checked.too_few[0].name}: print 17, with %.17g; by hand, say --round"
    if checked.is_by_hand:
        row, place = wrong_numbers(checked)[0]
        return f"the first number that does not follow is {row.quantity.symbol(place)}"
    hint = f"; `purenet golden diagnose {name} {file}` may name the mistake"
    return f"the first difference is {checked.first.name}" + ("" if diagnosing else hint)


def check_program(options, diagnosing):
    """Check the values that a program answers with."""
    check_output(options)
    if options.by_hand or options.round is not None or options.significant is not None:
        raise NetworkError("a program does not compute by hand: leave out --round, --significant and --by-hand")
    if bool(options.cases) == options.all:
        raise NetworkError("with --command, name cases or say --all, and no file of values")
    cases = [ready_case(name) for name in (golden_names() if options.all else options.cases)]
    if len({case.id for case in cases}) < len(cases):
        raise NetworkError("two of the cases have the same id: name each case once, and give each an id of its own")
    answered = answers(options.command, cases, options.protocol, options.timeout, options.dtype, options.weights)
    with raising_signals(), closing(answered):
        survey = Survey(answered, diagnosing, Announcer())
    emit(options, partial(survey.page, f"Golden values of {options.command}", options.format))
    if survey.problem():
        say(f"purenet: {survey.problem()}")
    return EXIT_CODES[survey.outcome]


def ready_case(name):
    """Return a case, built-in or in a file; one without certified values is certified now."""
    case = load_case(name)
    if not case.certified:
        with Patience(f"certifying {name}"):
            certify_now(case)
    return case
