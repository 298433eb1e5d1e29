"""Signals to purenet end the program that it asks, with all that this has started."""

import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from purenet.golden.programs.signals import later_signals, raising_signals
from tests.golden.programs.test_adapter import ASKED, START, found_end, programs_find_purenet, script  # noqa: F401

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")

WITH_CHILD = (
    "alive = os.open({fifo!r}, os.O_WRONLY)\n"
    "import subprocess\n"
    "subprocess.Popen([sys.executable, '-S', '-c', 'import time; time.sleep(60)'], pass_fds=[alive])\n"
    "os.write(alive, b'started')\ntime.sleep(60)\n"
)


@pytest.mark.parametrize("protocol", ["json", "tsv"])
@pytest.mark.parametrize("name, code", [("SIGTERM", 143), ("SIGHUP", 129), ("SIGINT", 130)])
def test_a_signal_ends_the_program_too(tmp_path, protocol, name, code):
    fifo = str(tmp_path / "alive")
    os.mkfifo(fifo)
    reader = os.open(fifo, os.O_RDONLY | os.O_NONBLOCK)
    command = script(tmp_path, (ASKED if protocol == "json" else START) + WITH_CHILD.format(fifo=fifo))
    words = ["golden", "check", "mazur", "--command", command, "--protocol", protocol, "--timeout", "60"]
    purenet = subprocess.Popen([sys.executable, "-m", "purenet", *words], stderr=subprocess.PIPE)
    try:
        assert said(reader) == b"started"
        purenet.send_signal(getattr(signal, name))
        assert (purenet.wait(10), purenet.stderr.read()) == (code, b"")
        assert found_end(reader)
    finally:
        purenet.kill()
        purenet.stderr.close()
        os.close(reader)


def said(reader):
    """Return what the first to open a named pipe writes to it."""
    for _ in range(3000):
        try:
            words = os.read(reader, 100)
        except BlockingIOError:
            words = b""
        if words:
            return words
        time.sleep(0.01)
    return b""


def test_a_signal_comes_after_what_must_be_whole():
    done = []
    with pytest.raises(SystemExit) as ended, raising_signals(), later_signals():
        signal.raise_signal(signal.SIGTERM)
        done.append("started")
    assert (ended.value.code, done) == (143, ["started"])


def test_what_is_ignored_stays_ignored_and_handlers_are_given_back():
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)  # as under nohup
    try:
        with raising_signals():
            signal.raise_signal(signal.SIGHUP)
        assert signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)
    assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL


def test_threads_other_than_the_main_one_may_ask_programs():
    done = []

    def ask():
        with raising_signals(), later_signals():
            done.append("asked")

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join(5)
    assert done == ["asked"]
