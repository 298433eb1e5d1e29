"""Keeps one worker process, so that limits of time and memory are real: one that is late or dies is replaced."""

import os
import subprocess
import sys
import tempfile
import threading

from purenet.errors import NetworkError, reason

SECONDS = 10  # for an answer
PLACES = 32  # for requests that wait for their turn, the one that is computed included

# The folder of purenet comes after the standard library, and the current folder not at all: no file there can hide a
# module. It comes before other packages, since another purenet may be installed.
FOLDER = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
START = (
    "import sys; own = sys.argv[2:]; sys.path[:] = [path for path in sys.path if path] + sys.argv[1:2]; import site; "
    "site.main(); from purenet.storage.own_functions import learn; [learn(path) for path in own]; "
    "from purenet.lab.worker import main; main()"
)

LATE = "this took longer than {:g} seconds and was stopped: ask for fewer steps, or take a smaller network"
DIED = "the process that computes ended unexpectedly, with exit code {}{}: try again, or take a smaller network"
BUSY = "the lab is busy with earlier requests: wait a moment, and try again"
STOPPED = "the lab is being stopped: start it again with `purenet lab`"


class Refused(NetworkError):
    """A request that gets no answer; `status` is that of HTTP."""

    def __init__(self, status, sentence):
        super().__init__(sentence)
        self.status = status


class Keeper:
    """A worker process while a `with` statement lasts; `own` is the path of a file with functions of somebody's own."""

    def __init__(self, words=None, seconds=SECONDS, own=None):
        self.words = words or [sys.executable, "-S", "-c", START, FOLDER, *([own] if own else [])]
        self.seconds = seconds
        self.places = threading.Semaphore(PLACES)
        self.turn = threading.Lock()
        self.stopped = False

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stopped = True
        self.process.kill()
        self.process.wait()

    def start(self):
        try:
            self.errors = tempfile.TemporaryFile()
            pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": self.errors}
            self.process = subprocess.Popen(self.words, **pipes)
        except OSError as error:
            raise Refused(500, f"cannot start the process that computes: {reason(error)}") from None

    def ask(self, line):
        """Return the status and the JSON of the answer to a line of JSON, both bytes; raise Refused if there is none."""
        if not self.places.acquire(blocking=False):
            raise Refused(503, BUSY)
        try:
            with self.turn:
                return self.answer(line)
        finally:
            self.places.release()

    def answer(self, line):
        if self.stopped:
            raise Refused(503, STOPPED)
        if self.process.poll() is not None:
            self.start()
        late = threading.Event()
        text = self.line_within_time(line, late)
        if text.endswith(b"\n"):
            status, _, body = text.partition(b" ")
            return int(status), body
        self.process.kill()
        died = DIED.format(self.process.wait(), self.last_words())
        if not self.stopped:
            self.start()
        raise Refused(504, LATE.format(self.seconds)) if late.is_set() else Refused(500, died)

    def last_words(self):
        """Return the last line that the worker wrote to standard error, in brackets, "" if there is none."""
        self.errors.seek(0)
        lines = self.errors.read().decode("utf-8", "replace").split("\n")
        words = [line.strip() for line in lines if line.strip()][-1:]
        return f" ({words[0][:300]})" if words else ""

    def line_within_time(self, line, late):
        """Return the line of the worker's answer, or a part of it if the worker dies; if it is late, it is ended."""
        process = self.process

        def end():
            late.set()
            process.kill()

        timer = threading.Timer(self.seconds, end)
        timer.daemon = True
        timer.start()
        try:
            process.stdin.write(line + b"\n")
            process.stdin.flush()
            return process.stdout.readline()
        except OSError:
            return b""
        finally:
            timer.cancel()
            timer.join()
