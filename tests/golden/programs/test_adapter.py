import json
import os
import shlex
import sys
import threading
import time

import pytest

from purenet import NetworkError
from purenet.cases import load_case
from purenet.command_line import main
from purenet.golden.diagnosis.check import Check
from purenet.golden.mistakes import CATALOGUE
from purenet.golden.mistakes.detection import run_of
from purenet.golden.programs.adapter import LONGEST_LINE, Process, answers, function_answer
from purenet.golden.values.case_files import golden_names

START = """
import json, os, sys, time
def read(): return json.loads(sys.stdin.readline())
def write(answer): print(json.dumps(answer), flush=True)
"""
ASKED = START + 'read(); write({"version": 1}); question = read(); id = question["case"]["id"]\n'

# a good program that says its values in both protocols, and makes the mistake whose id is its argument
GOOD = """
import json, math, sys
from decimal import Decimal
from purenet.cases import load_case
from purenet.golden.mistakes.detection import run_of
from purenet.golden.mistakes import CATALOGUE

def values(id):
    run = run_of(load_case(id), *[CATALOGUE[name] for name in sys.argv[2:]]) if sys.argv[2:] else run_of(load_case(id))
    return run.values

if sys.argv[1] == "json":
    for line in sys.stdin:
        question = json.loads(line)
        if question["cmd"] == "start":
            answer = {"version": 1, "implementation": {"name": "good"}, "dtype": "float64"}
        if question["cmd"] == "run":
            numbers = {name: [None if number is None else float(number) for number in row]
                       for name, row in values(question["case"]["id"]).items()}
            assert set(numbers) <= set(question["report"])
            answer = {"seq": question["seq"], "values": numbers}
        if question["cmd"] == "stop":
            break
        print(json.dumps(answer), flush=True)
else:
    lines = [line.rstrip("\\n").split("\\t") for line in sys.stdin]
    assert lines[0][0] == "case"
    print("dtype\\tfloat64")
    for name, row in values(lines[0][1]).items():
        print("\\t".join([name] + ["null" if number is None else "%.17g" % number for number in row]))
"""


@pytest.fixture(autouse=True)
def programs_find_purenet(monkeypatch, pytestconfig):
    monkeypatch.setenv("PYTHONPATH", str(pytestconfig.rootpath))


def script(tmp_path, text, *arguments):
    """Write a program, and return the command that runs it."""
    path = tmp_path / "program.py"
    path.write_text(text, encoding="utf-8")
    fast = [] if text == GOOD else ["-S"]  # without site-packages, where it needs none
    return " ".join(shlex.quote(word) for word in (sys.executable, *fast, str(path), *arguments))


def answer(command, case="one-neuron", **options):
    """Return what came of asking a program about one case."""
    ((found, result),) = answers(command, [load_case(case)], **options)
    assert found.id == case
    return result


def problem(command, **options):
    result = answer(command, **options)
    assert result.values is None and result.skipped is None
    return result.problem


def run(capsys, *arguments):
    code = main(list(arguments))
    captured = capsys.readouterr()
    return code, captured.out, captured.err


@pytest.mark.parametrize("protocol", ["json", "tsv"])
def test_a_program_that_cannot_be_run_is_a_mistake_of_the_user(capsys, tmp_path, protocol):
    none, plain = tmp_path / "none", tmp_path / "plain"
    plain.write_text("no program")
    for words, message in [
        (str(none), f"cannot run {none}: no such file or directory"),
        (str(plain), f"cannot run {plain}: permission denied"),
        (str(tmp_path), f"cannot run {tmp_path}: permission denied"),
        ("purenet-none --fast", "cannot run purenet-none: no such file or directory"),
        ("", "the command is empty: name a program, as in --command './mynet'"),
        ("'mynet", 'the command "\'mynet" cannot be read: no closing quotation'),
    ]:
        arguments = ["golden", "check", "one-neuron", "--command", words, "--protocol", protocol]
        assert run(capsys, *arguments) == (2, "", f"purenet: {message}\n")


@pytest.mark.parametrize(
    "options, message",
    [
        (["--protocol", "xml"], "the protocol is json or tsv, not 'xml'"),
        (["--timeout", "0"], "the timeout must be above 0 and at most 1,000,000 seconds, not 0.0"),
        (["--timeout", "-1"], "the timeout must be above 0 and at most 1,000,000 seconds, not -1.0"),
        (["--timeout", "nan"], "the timeout must be above 0 and at most 1,000,000 seconds, not nan"),
        (["--timeout", "inf"], "the timeout must be above 0 and at most 1,000,000 seconds, not inf"),
        (["--dtype", "double"], "the float type is float64, float32 or float16, not 'double'"),
        (["--weights", "transposed"], "the layout of weights is neuron,input or input,neuron, not 'transposed'"),
        (["--format", "pdf"], "unknown format 'pdf': choose text, markdown, latex, html, json or csv"),
    ],
)
def test_bad_options_are_told_before_a_program_is_started(capsys, tmp_path, options, message):
    command = script(tmp_path, f"open({str(tmp_path / 'started')!r}, 'w')")
    assert run(capsys, "golden", "check", "--all", "--command", command, *options) == (2, "", f"purenet: {message}\n")
    assert not (tmp_path / "started").exists()


@pytest.mark.parametrize(
    "text, message",
    [
        ("", "it ended, with exit code 0"),
        ("import sys; sys.exit(3)", "it ended, with exit code 3"),
        (
            "import sys; print('first\\nno such file: data.csv\\n', file=sys.stderr); sys.exit(3)",
            "it ended, with exit code 3; it said: no such file: data.csv",
        ),
        ("import os; os.kill(os.getpid(), 9)", "it ended, by signal 9"),
        ("import os; os.write(1, b'{\"version\":')", "it ended in the middle of a line, with exit code 0"),
        ("print('Loading data', flush=True)", "it answered with something that is not a JSON object: 'Loading data'"),
        ("print('<!DOCTYPE html>')", "it answered with something that is not a JSON object: '<!DOCTYPE html>'"),
        ("print()", "it answered with something that is not a JSON object: ''"),
        (
            "print('case', '2x2x1', sep=chr(9))",
            "it answered with something that is not a JSON object: 'case\\t2x2x1'; a program that only prints its values "
            "is not asked: pipe it, `./mynet | purenet golden check CASE -`",
        ),
        ("print('x' * 100)", f"it answered with something that is not a JSON object: '{'x' * 80}'"),
        ("print('[' * 100000)", f"it answered with something that is not a JSON object: '{'[' * 80}'"),
        ("print(5)", "it answered with 5 instead of an object"),
        ("print([1, 2])", "it answered with a list instead of an object"),
        ("print('null')", "it answered with null instead of an object"),
        ("import os; os.write(1, b'\\xff\\xfe\\n')", "it wrote something that is not text in UTF-8"),
        ("print('{\"version\": 2}')", "it speaks version 2 of the protocol, and this is 1"),
        ("print('{}')", "it speaks version null of the protocol, and this is 1"),
        ("print('{\"version\": true}')", "it speaks version true of the protocol, and this is 1"),
        ("import os, time; os.close(1); time.sleep(60)", "it closed its standard output without an answer"),
        (ASKED, "it ended, with exit code 0"),
        (ASKED + "1 / 0", "it ended, with exit code 1; it said: ZeroDivisionError: division by zero"),
        (ASKED + "os.write(1, b'{\"seq\": 1')", "it ended in the middle of a line, with exit code 0"),
        (ASKED + 'write({"seq": 2, "values": {}})', "it answered with seq 2 instead of 1"),
        (ASKED + 'write({"seq": True, "values": {}})', "it answered with seq true instead of 1"),
        (ASKED + 'write({"seq": "1", "values": {}})', "it answered with seq '1' instead of 1"),
        (ASKED + 'write({"values": {}})', "it answered with seq null instead of 1"),
        (ASKED + 'write({"seq": 1})', "it answered without values"),
        (ASKED + 'write({"seq": 1, "values": 0.5})', "its values must be an object of names and numbers, not 0.5"),
        (ASKED + 'write({"seq": 1, "values": None})', "its values must be an object of names and numbers, not null"),
        (
            ASKED + 'write({"seq": 1, "case": "mazur", "values": {}})',
            "its values are those of the case 'mazur', not of 'one-neuron'",
        ),
        (
            ASKED + 'write({"seq": 1, "values": {"step1.example1.J.outptu": 0.5}})',
            "its values hold 'step1.example1.J.outptu', which one-neuron does not have: "
            "did you mean step1.example1.J.output?",
        ),
        (
            ASKED + 'write({"seq": 1, "values": {"step1.loss": "0.5"}})',
            "its values hold '0.5' in step1.loss, where a number must be",
        ),
        (
            ASKED + 'write({"seq": 1, "dtype": "double", "values": {}})',
            "its values have the type 'double', but must be one of: float64, float32, float16",
        ),
        (ASKED + 'write({"seq": 1, "errored": True, "message": "overflow"})', "it reports an error: overflow"),
        (ASKED + 'write({"seq": 1, "errored": True})', "it reports an error: no reason given"),
        (ASKED + 'write({"seq": 1, "errored": True, "message": "a\\n b"})', "it reports an error: a b"),
    ],
)  # fmt: skip
def test_what_a_program_did_wrong_is_told_in_a_sentence(tmp_path, text, message):
    assert problem(script(tmp_path, text)) == message


@pytest.mark.parametrize(
    "text, message",
    [
        ("", "it wrote nothing"),
        ("print('\\n\\n')", "it wrote nothing"),
        ("import sys; sys.exit(3)", "it ended with exit code 3"),
        (
            "import sys; print('step1.loss\\t0.5'); print('disk full', file=sys.stderr); sys.exit(1)",
            "it ended with exit code 1; it said: disk full",
        ),
        ("import os; os.kill(os.getpid(), 9)", "it ended by signal 9"),
        (
            "print('<html>')",
            "its values hold '<html>', which one-neuron does not have; `purenet golden show one-neuron` lists all names",
        ),
        (
            "print('Hello, world')",
            "its values, line 1: 'world' is not a number; a line is a name and then numbers, with tabs between",
        ),
        (
            "print('5')",
            "its values hold '5', which one-neuron does not have; `purenet golden show one-neuron` lists all names",
        ),
        (
            "print('[1, 2]')",
            "its values, line 1: '2]' is not a number; a line is a name and then numbers, with tabs between",
        ),
        (
            "print('step1.loss\\t0.5\\nstep1.loss\\t0.5')",
            "its values, line 2: 'step1.loss' appears a second time",
        ),
        ("print('case\\tmazur')", "its values are those of the case 'mazur', not of 'one-neuron'"),
        (
            "print('step1.los\\t0.5')",
            "its values hold 'step1.los', which one-neuron does not have: did you mean step1.loss?",
        ),
        (
            "print('dtype\\tdouble')",
            "its values have the type 'double', but must be one of: float64, float32, float16",
        ),
        (
            "import os; os.write(1, b'step1.J.weights\\t0.5')",
            "its values have the wrong shape: step1.J.weights must be 1 row of 2, a row for each neuron and in it "
            "a number for each input, and is a list of 1",
        ),
        ("import os; os.write(1, b'\\xff\\xfe\\n')", "it wrote something that is not text in UTF-8"),
    ],
)  # fmt: skip
def test_what_a_program_did_wrong_in_tsv_is_told_in_a_sentence(tmp_path, text, message):
    assert problem(script(tmp_path, text), protocol="tsv") == message


def test_a_case_may_be_skipped(tmp_path):
    text = ASKED + 'write({"seq": 1, "skipped": True, "message": "no sigmoid here"})'
    assert answer(script(tmp_path, text)) == (None, "no sigmoid here", None)
    text = ASKED + 'write({"seq": 1, "skipped": True})'
    assert answer(script(tmp_path, text)) == (None, "no reason given", None)
    assert answer(script(tmp_path, "print('skip\\tno sigmoid')"), protocol="tsv") == (None, "no sigmoid", None)
    assert answer(script(tmp_path, "print('skip')"), protocol="tsv") == (None, "no reason given", None)


@pytest.mark.parametrize("protocol", ["json", "tsv"])
def test_a_program_that_skips_everything_has_not_passed(capsys, tmp_path, protocol):
    text = {"json": ASKED + 'write({"seq": 1, "skipped": True, "message": "later"})', "tsv": "print('skip\\tlater')"}
    command = script(tmp_path, text[protocol])
    code, out, err = run(capsys, "golden", "check", "one-neuron", "--command", command, "--protocol", protocol)
    assert code == 1 and "0 of 1 cases agree; 1 were skipped." in out
    assert err == "purenet: no case agrees: all were skipped\n"


def test_a_hang_costs_the_timeout_and_no_more(tmp_path):
    for text, protocol in [("import time; time.sleep(60)", "json"), ("import time; time.sleep(60)", "tsv")]:
        start = time.monotonic()
        assert problem(script(tmp_path, text), timeout=0.5, protocol=protocol) == "it gave no whole answer within 0.5 s"
        assert time.monotonic() - start < 2


@pytest.mark.slow
def test_a_trickle_is_a_hang(tmp_path):
    text = "import os, time\nwhile True: os.write(1, b'x'); time.sleep(0.05)"
    for protocol in ("json", "tsv"):
        assert problem(script(tmp_path, text), timeout=0.4, protocol=protocol) == "it gave no whole answer within 0.4 s"


def test_a_program_that_closes_its_output_and_goes_on_does_not_last(tmp_path):
    text = "import os, time; os.write(1, b'step1.loss\\t0.5\\n'); os.close(1); time.sleep(60)"
    start = time.monotonic()
    assert problem(script(tmp_path, text), timeout=0.5, protocol="tsv") == "it did not end within 0.5 s"
    assert time.monotonic() - start < 2


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
@pytest.mark.parametrize("protocol", ["json", "tsv"])
@pytest.mark.parametrize("end", ["time.sleep(60)", "sys.exit(3)"])
def test_no_process_survives(tmp_path, protocol, end):
    """All that run hold a named pipe open to write: as long as any does, reading it does not find the end."""
    fifo = tmp_path / "alive"
    os.mkfifo(fifo)
    reader = os.open(fifo, os.O_RDONLY | os.O_NONBLOCK)
    text = START + (
        f"alive = os.open({str(fifo)!r}, os.O_WRONLY)\n"
        "import subprocess\nsleep = 'import time; time.sleep(60)'\n"
        "subprocess.Popen([sys.executable, '-S', '-c', sleep], pass_fds=[alive], stdin=subprocess.DEVNULL,\n"
        "                 stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)\n"
        f"os.write(alive, b'started')\n{end}\n"
    )
    try:
        assert problem(script(tmp_path, text), timeout=1, protocol=protocol) in (
            "it gave no whole answer within 1 s",
            "it ended, with exit code 3",
            "it ended with exit code 3",
        )
        assert os.read(reader, 100) == b"started"
        assert found_end(reader)
    finally:
        os.close(reader)


def found_end(reader):
    for _ in range(100):
        try:
            return os.read(reader, 100) == b""
        except BlockingIOError:  # a process that was killed takes a moment to go
            time.sleep(0.01)
    return False


def test_an_endless_line_is_stopped(tmp_path):
    text = "import os\nfor _ in range(100): os.write(1, b'x' * 1000000)"
    for protocol in ("json", "tsv"):
        assert problem(script(tmp_path, text), protocol=protocol) == "it wrote more than 16,000,000 bytes for one case"
    assert LONGEST_LINE == 16_000_000


def test_a_program_that_never_reads_is_no_hang(tmp_path):
    """Its answers come before the questions, which fill the pipe: neither asking nor ending may wait for it."""
    text = START + (
        'write({"version": 1})\n'
        'for n in range(200): write({"seq": n + 1, "skipped": True, "message": "deaf"})\n'
        "time.sleep(60)\n"
    )
    start = time.monotonic()
    cases = [load_case("wide")] * 20
    found = [result.skipped for _, result in answers(script(tmp_path, text), cases, timeout=2)]
    assert found == ["deaf"] * 20
    assert time.monotonic() - start < 10


@pytest.mark.slow
def test_a_program_that_never_reads_and_never_writes_is_no_hang(tmp_path):
    start = time.monotonic()
    cases = [load_case("wide")]
    for protocol in ("json", "tsv"):
        found = list(answers(script(tmp_path, "import time; time.sleep(60)"), cases, protocol, timeout=0.3))
        assert [result.problem for _, result in found] == ["it gave no whole answer within 0.3 s"]
    assert time.monotonic() - start < 5


def test_tsv_need_not_be_read(tmp_path):
    assert answer(script(tmp_path, "print('step1.loss\\t0.5')"), protocol="tsv").values.numbers == {"step1.loss": [0.5]}


def test_what_is_not_finite_differs(capsys, tmp_path):
    for number in ("NaN", "Infinity", "-Infinity", "1e999999999"):
        text = ASKED + f'print(\'{{"seq": 1, "values": {{"step1.loss": {number}}}}}\')'
        code, out, err = run(capsys, "golden", "check", "one-neuron", "--command", script(tmp_path, text))
        assert code == 1 and "infinite  step1.loss" in out
        assert err == "purenet: 1 of 1 cases failed: one-neuron\n"
    for number in ("nan", "-inf", "1e999999999"):
        command = script(tmp_path, f"print('step1.loss\\t{number}')")
        code, out, err = run(capsys, "golden", "check", "one-neuron", "--command", command, "--protocol", "tsv")
        assert code == 1 and "infinite  step1.loss" in out


@pytest.mark.parametrize("end", ["sys.exit(3)", "time.sleep(60)", "print('garbage', flush=True)", "os.close(1)"])
def test_a_crash_costs_its_case_alone(tmp_path, end):
    cases = [load_case(name) for name in ("one-neuron", "mazur", "2x2x1")]
    text = START + (
        f"computed = { ({case.id: run_of(case).values for case in cases}) }\n"
        "while True:\n"
        "    question = read()\n"
        '    if question["cmd"] == "stop": break\n'
        '    if question["cmd"] == "start": write({"version": 1, "dtype": "float64"}); continue\n'
        f'    if question["case"]["id"] == "mazur": {end}\n'
        '    write({"seq": question["seq"], "values": computed[question["case"]["id"]]})\n'
    )
    found = list(answers(script(tmp_path, text), cases, timeout=1.5))
    assert [result.problem is None for _, result in found] == [True, False, True]
    assert all(Check(case, result.values).passed for case, result in found if result.values)


def test_an_earlier_program_takes_no_answer_of_a_later_one(tmp_path, monkeypatch):
    """The thread that reads may run so late that the program has been ended, and the next one is there."""

    def read_late(*arguments, read=os.read):
        time.sleep(0.02)
        return read(*arguments)

    text = ASKED + 'write({"seq": question["seq"], "skipped": True}) if id == "mazur" else print("garbage", flush=True)'
    cases = [load_case(name) for name in ("one-neuron", "mazur")] * 5
    monkeypatch.setattr("purenet.golden.programs.adapter.os.read", read_late)
    found = [result.skipped for _, result in answers(script(tmp_path, text), cases)]
    assert found == [None, "no reason given"] * 5


@pytest.mark.parametrize(
    "protocol, cases", [("json", ["--all"]), ("tsv", ["one-neuron"]), ("tsv", ["g-extreme-softmax"])]
)
def test_a_good_program_passes(capsys, tmp_path, protocol, cases):
    command = script(tmp_path, GOOD, protocol)
    code, out, err = run(capsys, "golden", "check", *cases, "--command", command, "--protocol", protocol)
    number = len(golden_names()) if cases == ["--all"] else 1
    assert (code, err) == (0, "")
    assert f"{number} of {number} cases agree" in out and "Compared as float64;" in out


@pytest.mark.parametrize("id", ["delta-sign-flipped", "convention-se-no-half"])
def test_a_mistake_of_the_catalogue_is_named(capsys, tmp_path, monkeypatch, id):
    assert id in CATALOGUE
    monkeypatch.setattr("purenet.commands.golden_check.golden_names", lambda: ["2x2x1", "mazur"])  # all take long
    command = script(tmp_path, GOOD, "json", id)
    code, out, err = run(capsys, "golden", "diagnose", "--all", "--command", command, "--format", "json")
    assert code == 1
    assert [[id]] in [entry.get("diagnosis") for entry in json.loads(out)]
    assert err.startswith("purenet: ") and len(err.splitlines()) == 1


def test_json_and_csv_tell_of_cases_without_an_answer(capsys, tmp_path):
    command = script(tmp_path, ASKED + 'write({"seq": 1, "skipped": True, "message": "later"})')
    code, out, _ = run(capsys, "golden", "check", "one-neuron", "--command", command, "--format", "json")
    assert code == 1
    assert json.loads(out) == [{"case": "one-neuron", "outcome": "skipped", "reason": "later"}]
    code, out, _ = run(capsys, "golden", "check", "one-neuron", "--command", command, "--format", "csv")
    assert out.splitlines()[1] == "one-neuron,skipped,,,later"


def test_a_surrogate_in_a_message_can_be_written(capsys, tmp_path):
    command = script(tmp_path, ASKED + 'print(\'{"seq": 1, "skipped": true, "message": "\\\\ud800"}\')')
    path = str(tmp_path / "out.txt")
    assert run(capsys, "golden", "check", "one-neuron", "--command", command, "-o", path)[0] == 1
    with open(path, encoding="utf-8") as file:
        assert "\\ud800" in file.read()


def test_a_function_may_misbehave_too():
    case = load_case("one-neuron")
    assert function_answer(lambda told: None, case) == (None, "the function returned None", None)
    for reply, message in [
        (5, "the function must return a dictionary of names and numbers, not 5"),
        ({"values": [0.5]}, "its values must be an object of names and numbers, not a list"),
        ({"step1.loss": "half"}, "its values hold 'half' in step1.loss, where a number must be"),
        ({"step1.loss": {}}, "its values hold an object in step1.loss, where a number must be"),
    ]:
        with pytest.raises(NetworkError) as caught:
            function_answer(lambda told: reply, case)
        assert str(caught.value) == message
    good = function_answer(lambda told: {"values": run_of(load_case(told["id"])).values, "dtype": "float64"}, case)
    assert Check(case, good.values).passed


@pytest.mark.slow
def test_a_pipe_that_is_still_read_is_not_closed_so_that_no_other_gets_its_number(monkeypatch):
    go_on = threading.Event()

    def read_at_last(*arguments, read=os.read):
        if threading.current_thread() is not threading.main_thread():
            go_on.wait(10)
        return read(*arguments)

    monkeypatch.setattr("purenet.golden.programs.adapter.os.read", read_at_last)
    ended = Process([sys.executable, "-c", ""])
    ended.kill()  # its thread has asked for the number of the pipe, and not read yet
    assert ended.reading.is_alive() and not ended.process.stdout.closed
    go_on.set()
    ended.reading.join()
    ended.process.stdout.close()
