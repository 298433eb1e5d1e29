"""`purenet golden`: list, show, export, generate, check and diagnose."""

import os
import sys

from purenet.cases import FOLDER, load_case
from purenet.commands.common import (
    add_command,
    add_output_options,
    check_output,
    emit,
    number,
)
from purenet.document.formats import Section, notation_for, to_csv, to_json, write
from purenet.document.table import Table
from purenet.errors import NetworkError, count
from purenet.golden.diagnosis.check import Check, ratio_text
from purenet.golden.diagnosis.diagnosis import Diagnosis
from purenet.golden.diagnosis.report import check_data, check_to, diagnosis_section
from purenet.golden.generate import check_id, generated, manifest_text
from purenet.golden.programs.adapter import PROTOCOLS, answers
from purenet.golden.programs.reported import LAYOUTS, Values, parse_values
from purenet.golden.values.case_files import case_text, case_tsv, golden_names
from purenet.golden.values.certified import certified_values
from purenet.storage.files import LARGEST_FILE, read_text, write_folder
from purenet.trace.case_run import quantities

BESIDE = os.path.join(os.path.dirname(FOLDER), "golden")  # the folder of the schema, the protocol and the manifest


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
    exporting = add_command(group, "export", export, "write cases as JSON and TSV, for programs in any language")
    add_cases(exporting)
    add_folder(exporting)
    making = add_command(group, "generate", generate, "certify cases: built-in ones anew, or a file of your own")
    add_cases(making)
    add_folder(making)
    for name, run, help in (
        ("check", check, "compare values with certified ones; the exit code is 1 if any differ"),
        ("diagnose", diagnose, "the same, and name the mistake that gives these values"),
    ):
        command = add_command(group, name, run, help)
        command.add_argument("case", nargs="?", metavar="CASE", help="a golden case, or a JSON file of your own")
        command.add_argument("values", nargs="?", metavar="VALUES", help="JSON or TSV; - is standard input")
        command.add_argument("--all", action="store_true", help="ask the --command about every case")
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


def add_cases(command):
    command.add_argument("cases", nargs="*", metavar="CASE", help="golden cases, or JSON files of your own")
    command.add_argument("--all", action="store_true", help="all built-in cases")


def add_folder(command):
    command.add_argument("-o", dest="output", metavar="DIR", help="the folder to write to")
    command.add_argument("--force", action="store_true", help="overwrite files that are there")


def golden_case(name):
    """Return a case that has certified values."""
    case = load_case(name)
    certified_values(case)
    return case


def list_cases(options):
    """List the golden cases."""
    rows = []
    for name in golden_names():
        case = golden_case(name)
        sizes = "-".join(map(str, case.network_data.sizes))
        count = 0
        for quantity in quantities(case):
            count += quantity.size
        rows.append([name, case.title, sizes, str(len(case.batch_sizes)), str(count), str(len(case.blind_to))])
    headers = ["case", "title", "network", "steps", "values", "blind to"]
    if options.format == "csv":
        emit(options, lambda width, ascii: to_csv(headers, rows))
    elif options.format == "json":
        emit(options, lambda width, ascii: to_json([dict(zip(headers, row)) for row in rows], ascii))
    else:
        table = Table(headers, rows, [(0, 1), (2,), (3,), (4,), (5,)], wraps=("title",), plain=headers)
        words = [
            "A case is blind to the mistakes that leave all its values as they are. Together they see all of them."
        ]
        section = Section("Golden cases", words, table=table, level=1)
        emit(options, lambda **layout: write([section], options.format, **layout))
    return 0


def show(options):
    """Show a case and its certified values."""
    case = golden_case(options.case)
    if options.format in ("json", "csv"):
        text = case_tsv(case) if options.format == "csv" else None
        if text is not None:
            headers = ["name", "place", "f64", "true", "hex", "float64", "float32", "float16"]
            rows = [
                line.split("\t")
                for line in text.splitlines()
                if len(line.split("\t")) == 8 and not line.startswith("#")
            ]
            emit(options, lambda width, ascii: to_csv(headers, rows))
        else:
            emit(options, lambda width, ascii: to_json(case.certified, ascii))
        return 0

    def pages(width, ascii):
        notation = notation_for(options.format, ascii)
        words = [
            case.source.get("note", ""),
            f"Revision {case.revision}. {len(case.blind_to)} mistakes do not show here.",
        ]
        sections = [Section(f"{case.id}: {case.title}", [word for word in words if word], level=1)]
        rows = []
        for entry in case.certified:
            for place, true in enumerate(entry["true"]):
                rows.append([entry["name"] if place == 0 else "", str(place), notation.number(true.lower())])
                if options.tolerances:
                    tolerances = (entry["tolerance"][name][place] for name in ("float64", "float32", "float16"))
                    rows[-1] += ["none" if value is None else str(value).lower() for value in tolerances]
        headers = ["name", "place", "true value, proved"]
        headers += ["float64", "float32", "float16"] if options.tolerances else []
        stacks = [(0,), (1,), tuple(range(2, len(headers)))]
        table = Table(headers, rows, stacks, plain=["name", "place", *headers[3:]])
        sections.append(Section("Certified values", table=table))
        return write(sections, options.format, width, ascii)

    emit(options, pages)
    return 0


def chosen(options):
    """Return the names of the cases that a command is about, each of which will be files of its own."""
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


def write_all(options, texts):
    """Write files into the folder that the options name, all of them or none."""
    write_folder(options.output, texts, options.force)
    print(f"{count(len(texts), 'file')} written to {options.output}", file=sys.stderr)


def export(options):
    """Write cases as JSON and as TSV, with the list of their checksums, the schema and the protocol."""
    texts, jsons = {}, {}
    for name in chosen(options):
        case = golden_case(name)
        jsons[case.id] = case_text(name) if name in golden_names() else read_text(name)
        texts[f"{case.id}.json"], texts[f"{case.id}.tsv"] = jsons[case.id], case_tsv(case)
    texts["manifest.json"] = manifest_text(jsons)
    for name in ("case.schema.json", "PROTOCOL.md"):
        texts[name] = read_text(os.path.join(BESIDE, name))
    write_all(options, texts)
    return 0


def generate(options):
    """Certify cases, and write them."""
    texts = {}
    for name in chosen(options):
        path = os.path.join(FOLDER, f"{name}.json") if name in golden_names() else name
        texts[f"{load_case(name).id}.json"] = generated(path)
    write_all(options, texts)
    return 0


# check and diagnose


def check(options):
    """Check values; return 1 if any differ, or if nothing was compared."""
    return run_check(options, diagnosing=False)


def diagnose(options):
    """Check values, and name the mistake that gives them."""
    return run_check(options, diagnosing=True)


def run_check(options, diagnosing):
    check_output(options)
    if options.command is not None:
        if options.values is not None or (options.case is None) != options.all:
            raise NetworkError("with --command, name one case or say --all, and no file of values")
        names = golden_names() if options.all else [options.case]
        return check_command(options, [golden_case(name) for name in names], diagnosing)
    if options.all or options.case is None or options.values is None:
        raise NetworkError("say which case and which file of values, or --all and --command")
    case = golden_case(options.case)
    where = "standard input" if options.values == "-" else options.values
    text = standard_input() if options.values == "-" else read_text(options.values)
    data = parse_values(text, where)
    values = Values(case, data, options.dtype, options.weights, f"the values in {where}")
    result = Check(case, values)
    diagnosis = Diagnosis([result]) if diagnosing else None
    emit(options, lambda **layout: check_to(result, options.format, diagnosis=diagnosis, **layout))
    if not result.passed:
        hint = (
            ""
            if diagnosing or not result.compared
            else f"; `purenet golden diagnose {options.case} {options.values}` may name the mistake"
        )
        what = f"the first difference is {result.first.name}" if result.first else "nothing was compared"
        print(f"purenet: {case.id}: {what}{hint}", file=sys.stderr)
    return 0 if result.passed else 1


def standard_input():
    """Return what stands on standard input."""
    data = sys.stdin.buffer.read(LARGEST_FILE + 1) if sys.stdin is not None else b""
    if len(data) > LARGEST_FILE:
        raise NetworkError(f"standard input holds more than {LARGEST_FILE:,} bytes: are they the right values?")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NetworkError("standard input is not text in UTF-8") from None


def check_command(options, cases, diagnosing):
    """Ask a program about cases, and show what came of each."""
    results = list(answers(options.command, cases, options.protocol, options.timeout, options.dtype, options.weights))
    found = [(case, answer, answer.values and Check(case, answer.values)) for case, answer in results]
    checks = [result for _, _, result in found if result]
    stopped = [case for case, answer, _ in found if answer.problem is not None]
    diagnosis = Diagnosis(checks, stopped) if diagnosing else None
    rows = [[case.id, *outcome(answer, result)] for case, answer, result in found]
    headers = ["case", "outcome", "quantities", "worst", "first difference, or reason"]
    failed = [row[0] for row in rows if row[1] not in ("agrees", "skipped")]
    passed = [row for row in rows if row[1] == "agrees"]

    def pages(width, ascii):
        if options.format == "csv":
            return to_csv(headers, rows)
        if options.format == "json":
            data = [
                check_data(result, diagnosis) if result else {"case": case.id, "outcome": row[1], "reason": row[4]}
                for (case, _, result), row in zip(found, rows)
            ]
            return to_json(data, ascii)
        skipped = len(rows) - len(passed) - len(failed)
        words = [f"{len(passed)} of {len(rows)} cases agree; {skipped} were skipped."]
        types = sorted({result.values.dtype + (" (a guess)" if result.values.guessed else "") for result in checks})
        words += (
            [f"Compared as {', '.join(types)}; the worst difference of each case is given in tolerances."]
            if types
            else []
        )
        table = Table(headers, rows, [(0, 1), (2, 3), (4,)], wraps=headers[4:], plain=headers).without_empty_columns()
        sections = [Section(f"Golden values of {options.command}", words, table=table, level=1)]
        if diagnosing:
            sections.append(diagnosis_section(diagnosis))
        return write(sections, options.format, width, ascii)

    emit(options, pages)
    if failed:
        names = ", ".join(failed[:5] + ["…"] * (len(failed) > 5))
        print(f"purenet: {len(failed)} of {len(rows)} cases failed: {names}", file=sys.stderr)
    elif not passed:
        print("purenet: no case agrees: all were skipped", file=sys.stderr)
    return 0 if passed and not failed else 1


def outcome(answer, result):
    """Return the cells about one case: outcome, number of quantities, worst difference, and what is to be said."""
    if answer.problem is not None:
        return ["no answer", "", "", answer.problem]
    if answer.skipped is not None:
        return ["skipped", "", "", answer.skipped]
    reported = f"{len(result.rows) - len(result.unreported)} of {len(result.rows)}"
    if not result.compared:
        return ["nothing compared", reported, "", "no number was reported for which there is a bound"]
    worst = ratio_text(max(row.ratio for row in result.compared))
    return ["agrees" if result.passed else "differs", reported, worst, result.first.name if result.first else ""]
