"""Signals that end purenet while a program runs: it is ended, too, though it has a session of its own.

SIGTERM is sent by `timeout` and by services that stop a job, SIGHUP by a terminal that is closed, SIGINT by Ctrl-C.
"""

import signal
import threading
from contextlib import contextmanager

ENDING = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]  # Windows has no SIGHUP


@contextmanager
def raising_signals():
    """Let SIGTERM and SIGHUP raise SystemExit in a `with` statement, so that each `finally` is run, as Ctrl-C does."""

    def end(number, frame):
        for each in before:
            signal.signal(each, signal.SIG_IGN)  # a second one would end the ending
        raise SystemExit(128 + number)

    before = handlers_of(ENDING)
    with_handlers({number: end for number, handler in before.items() if handler != signal.SIG_IGN})
    try:
        yield
    finally:
        with_handlers(before)


@contextmanager
def later_signals():
    """Hold back these signals and SIGINT in a `with` statement until its end, so that it is done whole or not at all."""
    came = []
    before = handlers_of([signal.SIGINT, *ENDING])
    with_handlers({number: lambda number, frame: came.append(number) for number in before})
    try:
        yield
    finally:
        with_handlers(before)
        for number in came:
            signal.raise_signal(number)


def handlers_of(numbers):
    """Return the handlers of signals by number: of those that Python may set, which it may in the main thread alone."""
    if threading.current_thread() is not threading.main_thread():
        return {}
    handlers = {number: signal.getsignal(number) for number in numbers}
    return {number: handler for number, handler in handlers.items() if handler is not None}


def with_handlers(handlers):
    for number, handler in handlers.items():
        signal.signal(number, handler)
