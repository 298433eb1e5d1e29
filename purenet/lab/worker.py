"""The process that computes the lab's answers: a request on each line of standard input, its answer on a line of output.

A line of output is the status of HTTP, a space and the answer as JSON. The process ends when its input does, that is,
when the server ends, whatever it computes then. It has a limit of memory where the system knows one.
"""

import json
import os
import queue
import signal
import sys
import threading

from purenet.errors import NetworkError
from purenet.lab.answer import answer
from purenet.storage.files import refuse_constant, whole_number

MEMORY = 1 << 30  # bytes

FAULT = "the lab itself failed, and your numbers are as they were: please report this: {}: {}"


def main(answer=answer):
    """Answer requests by a function from a dictionary to a dictionary, until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends this process
    limit_memory()
    output, sys.stdout = sys.stdout.buffer, sys.stderr  # nothing printed gets between the answers
    lines = queue.Queue()
    threading.Thread(target=read, args=(sys.stdin.buffer, lines), daemon=True).start()
    while True:
        output.write(b"%d %s\n" % reply(answer, lines.get()))
        output.flush()


def read(stream, lines):
    """Put the lines of a stream into a queue, and end the process when the stream ends."""
    try:
        for line in stream:
            lines.put(line)
    finally:
        os._exit(0)


def limit_memory():
    try:
        import resource

        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        soft = MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard)
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
    except (ImportError, AttributeError, ValueError, OSError):
        pass  # Windows has no such limit, and not every system keeps it


def reply(answer, line):
    """Return the status and the bytes of the answer to a request, the bytes of a line."""
    try:
        status, result = 200, answer(request_of(line))
        return status, json.dumps(result, allow_nan=False).encode()
    except NetworkError as error:
        status, sentence = 400, str(error)
    except MemoryError:
        status, sentence = 500, f"this needs more memory than the lab has, {MEMORY >> 20:,} MB: take a smaller network"
    except Exception as error:
        status, sentence = 500, FAULT.format(type(error).__name__, error)
    return status, json.dumps({"error": sentence}).encode()


def request_of(line):
    """Return the dictionary that a line holds; raise NetworkError if it is no object in JSON."""
    try:
        request = json.loads(line.decode("utf-8").strip(), parse_constant=refuse_constant, parse_int=whole_number)
    except UnicodeDecodeError:
        raise NetworkError("the request is not text in UTF-8") from None
    except RecursionError:
        raise NetworkError("the request is nested too deeply") from None
    except json.JSONDecodeError as error:
        raise NetworkError(f"the request is not JSON: column {error.colno}: {error.msg}") from None
    if not isinstance(request, dict):
        raise NetworkError("the request must be an object in curly brackets")
    return request
