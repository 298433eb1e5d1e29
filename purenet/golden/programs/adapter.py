"""Ask a running program for values: send it cases, never answers, and survive whatever it does. See PROTOCOL.md.

A program that crashes, hangs or writes something else loses that case, and is started again for the next.
"""

import json
import os
import shlex
import subprocess
import tempfile
import threading
import time
from collections import namedtuple
from decimal import Decimal

from purenet.errors import NetworkError, reason
from purenet.golden.programs.reported import Values, check_choices, parse_tsv
from purenet.golden.programs.signals import later_signals
from purenet.golden.values.case_files import task, task_tsv
from purenet.storage.files import parse_json
from purenet.storage.json_text import json_text
from purenet.storage.network_json import json_excerpt
from purenet.trace.quantities import reportable

VERSION = 1
LONGEST_LINE = 16_000_000  # bytes of an answer
LONGEST_TIME = 1_000_000  # seconds
PROTOCOLS = ("json", "tsv")

Answer = namedtuple("Answer", "values skipped problem")  # one of them, the others None


class CannotRun(NetworkError):
    """There is no such program, so it is asked about no case."""


def answers(command, cases, protocol="json", timeout=10.0, dtype=None, layout="neuron,input"):
    """Yield a pair of a case and the `Answer` of the program for each case; raise NetworkError if it cannot be run."""
    words = split(command)
    if protocol not in PROTOCOLS:
        raise NetworkError(f"the protocol is {' or '.join(PROTOCOLS)}, not {protocol!r}")
    if not 0 < timeout <= LONGEST_TIME:
        raise NetworkError(f"the timeout must be above 0 and at most {LONGEST_TIME:,} seconds, not {timeout}")
    check_choices(dtype, layout)
    ask = Conversation(words, timeout) if protocol == "json" else Questionnaire(words, timeout)
    try:
        for case in cases:
            try:
                answer = ask.about(case, dtype, layout)
            except CannotRun:
                raise
            except NetworkError as error:
                answer = Answer(None, None, str(error))
            yield case, answer
    except (KeyboardInterrupt, SystemExit):
        ask.stop(politely=False)
        raise
    finally:
        ask.stop()


def split(command):
    """Return the words of a command; raise NetworkError if there are none."""
    try:
        words = shlex.split(command, posix=os.name == "posix")
    except ValueError as error:
        raise NetworkError(f"the command {command!r} cannot be read: {str(error).lower()}") from None
    if not words:
        raise NetworkError("the command is empty: name a program, as in --command './mynet'")
    return words


class Process:
    """A running program, with a time limit on each answer. A thread of its own reads the output."""

    def __init__(self, words):
        self.errors = tempfile.TemporaryFile()
        try:
            self.process = subprocess.Popen(
                words,
                bufsize=0,  # a buffer cannot be closed while a program that never reads blocks it
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self.errors,
                start_new_session=os.name == "posix",
            )
        except (OSError, ValueError) as error:
            self.errors.close()
            raise CannotRun(
                f"cannot run {words[0]}: {reason(error) if isinstance(error, OSError) else error}"
            ) from None
        self.output = bytearray()
        self.writing = threading.Lock()
        self.ended = False
        self.news = threading.Condition()
        self.reading = threading.Thread(target=self.read, daemon=True)
        self.reading.start()

    def read(self):
        while True:
            try:
                part = os.read(self.process.stdout.fileno(), 65536)
            except (OSError, ValueError):
                part = b""
            with self.news:
                self.output += part
                self.ended = not part
                self.news.notify()
                if not part or len(self.output) > LONGEST_LINE:
                    return

    def write(self, text):
        """Write to the program from a thread of its own, for it may never read."""

        def write():
            rest = text.encode("utf-8", "backslashreplace")
            with self.writing:
                try:
                    while rest:
                        rest = rest[self.process.stdin.write(rest) :]
                except (OSError, ValueError):
                    pass  # it has ended; reading its answer will tell

        thread = threading.Thread(target=write, daemon=True)
        thread.start()
        return thread

    def wait_for(self, complete, timeout):
        """Wait until `complete()` or the end of the program; raise NetworkError if it hangs or answers at too great a length."""
        end = time.monotonic() + timeout
        with self.news:
            while not complete() and not self.ended:
                if len(self.output) > LONGEST_LINE:
                    raise NetworkError(f"it wrote more than {LONGEST_LINE:,} bytes for one case")
                left = end - time.monotonic()
                if left <= 0:
                    raise NetworkError(f"it gave no whole answer within {timeout:g} s")
                self.news.wait(left)

    def line(self, timeout):
        """Return the next line that the program writes."""
        self.wait_for(lambda: b"\n" in self.output, timeout)
        if b"\n" not in self.output:
            half = " in the middle of a line" if self.output else ""
            end = self.end()
            raise NetworkError(f"it ended{half}, {end}" if end else "it closed its standard output without an answer")
        with self.news:
            line, _, self.output = self.output.partition(b"\n")
        return text_of(line)

    def all(self, timeout):
        """Return all that the program writes until it ends."""
        self.wait_for(lambda: False, timeout)
        if len(self.output) > LONGEST_LINE:
            raise NetworkError(f"it wrote more than {LONGEST_LINE:,} bytes for one case")
        return text_of(self.output)

    def end(self):
        """Return in words how the program ended, with the last line of its standard error; "" if it has not."""
        try:
            code = self.process.wait(1)
        except subprocess.TimeoutExpired:
            return ""
        words = f"with exit code {code}" if code >= 0 else f"by signal {-code}"
        self.errors.seek(0, os.SEEK_END)
        self.errors.seek(max(0, self.errors.tell() - 2000))
        lines = self.errors.read().decode("utf-8", "replace").split("\n")
        last = [line.strip() for line in lines if line.strip()][-1:]
        return words + (f"; it said: {last[0][:200]}" if last else "")

    def kill(self):
        """End the program, and what it started."""
        if self.process.poll() is None or os.name == "posix":
            try:
                if os.name == "posix":
                    os.killpg(self.process.pid, 9)
                else:
                    self.process.kill()
            except (OSError, ProcessLookupError):
                pass
        self.process.wait()
        close(self.errors)
        # the next program's pipes may have the same numbers: no thread may still be about to use these
        if self.writing.acquire(timeout=1):
            close(self.process.stdin)
            self.writing.release()
        self.reading.join(1)
        if not self.reading.is_alive():
            close(self.process.stdout)


def is_whole(value, number):
    return type(value) is int and value == number


def in_one_line(message):
    """Return a message of a program as a part of a sentence."""
    return " ".join(str(message).split())[:200]


def text_of(data):
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise NetworkError("it wrote something that is not text in UTF-8") from None


class Conversation:
    """A program that answers one line of JSON with another, for as long as it lives."""

    def __init__(self, words, timeout):
        self.words = words
        self.timeout = timeout
        self.process = None
        self.sequence = 0
        self.dtype = None

    def about(self, case, dtype, layout):
        try:
            if self.process is None:
                self.start()
            self.sequence += 1
            names = [quantity.name for quantity in reportable(case)]
            question = {"cmd": "run", "seq": self.sequence, "case": task(case), "report": names}
            self.process.write(compact(question) + "\n")
            answer = self.read_answer()
            if not is_whole(answer.get("seq"), self.sequence):
                raise NetworkError(f"it answered with seq {json_excerpt(answer.get('seq'))} instead of {self.sequence}")
        except NetworkError:
            self.stop(politely=False)
            raise
        message = in_one_line(answer.get("message", "")) or "no reason given"
        if answer.get("skipped"):
            return Answer(None, message, None)
        if answer.get("errored"):
            return Answer(None, None, f"it reports an error: {message}")
        if "values" not in answer:
            raise NetworkError("it answered without values")
        data = {name: answer[name] for name in ("values", "case") if name in answer}
        data["dtype"] = answer.get("dtype") or self.dtype
        return Answer(Values(case, data, dtype, layout, "its values"), None, None)

    def start(self):
        with later_signals():
            self.process = Process(self.words)
        self.process.write(compact({"cmd": "start", "version": VERSION}) + "\n")
        answer = self.read_answer()
        if not is_whole(answer.get("version"), VERSION):
            raise NetworkError(
                f"it speaks version {json_excerpt(answer.get('version'))} of the protocol, and this is {VERSION}"
            )
        self.dtype = answer.get("dtype")

    def read_answer(self):
        line = self.process.line(self.timeout)
        try:
            answer = parse_json(line, "its answer", float)
        except NetworkError:
            prints = (
                "; a program that only prints its values is not asked: pipe it, `./mynet | purenet golden check CASE -`"
            )
            told = f"it answered with something that is not a JSON object: {line[:80]!r}"
            raise NetworkError(told + prints * ("\t" in line)) from None
        if not isinstance(answer, dict):
            raise NetworkError(f"it answered with {json_excerpt(answer)} instead of an object")
        return answer

    def stop(self, politely=True):
        if self.process is not None:
            try:
                if politely:
                    self.say_stop()
            finally:
                self.process.kill()
                self.process = None

    def say_stop(self):
        """Ask the program to end, and wait a moment until it has."""
        writer = self.process.write(compact({"cmd": "stop"}) + "\n")
        writer.join(1)
        try:
            if not writer.is_alive():
                self.process.process.stdin.close()
                self.process.process.wait(1)
        except (OSError, subprocess.TimeoutExpired):
            pass


class Questionnaire:
    """A program that is started for each case, reads it as TSV, writes values, and ends."""

    def __init__(self, words, timeout):
        self.words = words
        self.timeout = timeout

    def about(self, case, dtype, layout):
        process = None
        try:
            with later_signals():
                process = Process(self.words)
            writer = process.write(task_tsv(case))
            threading.Thread(target=lambda: (writer.join(), close(process.process.stdin)), daemon=True).start()
            end = time.monotonic() + self.timeout
            text = process.all(self.timeout)
            code = process.process.wait(max(0.1, end - time.monotonic()))
            skips = [line for line in text.splitlines() if line.split("\t")[0].strip() == "skip"]
            if code != 0:
                raise NetworkError(f"it ended {process.end()}")
            if skips:
                return Answer(None, in_one_line(skips[0].partition("\t")[2]) or "no reason given", None)
            if not text.strip():
                raise NetworkError("it wrote nothing")
            return Answer(Values(case, parse_tsv(text, "its values"), dtype, layout, "its values"), None, None)
        except subprocess.TimeoutExpired:
            raise NetworkError(f"it did not end within {self.timeout:g} s") from None
        finally:
            if process is not None:
                process.kill()

    def stop(self, politely=True):
        pass


def close(pipe):
    try:
        pipe.close()
    except (OSError, ValueError):
        pass


def compact(data):
    """Return data as one line of JSON, Decimals as they are written."""
    return json_text(data, -(10**9)) if not isinstance(data, Decimal) else str(data)


def function_answer(function, case, dtype=None, layout="neuron,input"):
    """Return the `Answer` of a Python function that takes the task of a case, with floats, and returns values by name."""
    reply = function(json.loads(compact(task(case))))
    if reply is None:
        return Answer(None, "the function returned None", None)
    if not isinstance(reply, dict):
        raise NetworkError(f"the function must return a dictionary of names and numbers, not {json_excerpt(reply)}")
    data = reply if "values" in reply else {"values": reply}
    if isinstance(data["values"], dict):
        data = {**data, "values": {name: as_lists(value, name) for name, value in data["values"].items()}}
    return Answer(Values(case, data, dtype, layout, "its values"), None, None)


def as_lists(value, name):
    """Return numbers, lists and arrays as lists of floats."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, (list, tuple)):
        return [as_lists(part, name) for part in value]
    if value is None or isinstance(value, Decimal):
        return value
    try:
        return float(value)
    except (TypeError, ValueError):
        raise NetworkError(f"its values hold {json_excerpt(value)} in {name}, where a number must be") from None
