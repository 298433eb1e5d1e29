import json
import os
import shutil
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

import purenet

SCRIPT = os.path.join(os.path.dirname(os.path.abspath(purenet.__file__)), "lab", "carry_http.js")
# the page's relative addresses are unknown to Node
AROUND = """
const fetched = globalThis.fetch;
globalThis.fetch = (address, options) => fetched(new URL(address, process.argv[1]), options);
%s
started.then(() => carry({ do: "open" })).then((answer) => process.stdout.write(JSON.stringify(answer)));
"""
STOPPED = "The lab was stopped: start it again with `purenet lab`, and open the address that it prints."
OTHER = "Something else answers at the lab's address: start it again with `purenet lab`, and open the address that it prints."
LATE = "The lab has not answered for two minutes: stop it with Ctrl-C, and start it again with `purenet lab`."


def has_fetch():
    code = "process.exit(typeof fetch === 'function' ? 0 : 1)"
    return shutil.which("node") is not None and subprocess.run(["node", "-e", code]).returncode == 0


pytestmark = pytest.mark.skipif(not has_fetch(), reason="needs Node 18 or later")


class Answering(BaseHTTPRequestHandler):
    """Sends the bytes of the test, which may be too few for their length or come too late."""

    def do_POST(self):
        kind = self.headers["Content-Type"]
        self.server.asked.append((self.path, kind, self.rfile.read(int(self.headers["Content-Length"]))))
        if self.server.late is not None:
            self.server.late.wait(10)
        self.send_response(self.server.status)
        self.send_header("Content-Length", len(self.server.body) + self.server.missing)
        self.end_headers()
        self.wfile.write(self.server.body)

    def log_message(self, *_):
        pass


def carried(body=b"{}", status=200, missing=0, late=None, longest="120_000"):
    """Return what the script makes of an answer, and what the server was asked."""
    with HTTPServer(("127.0.0.1", 0), Answering) as server:
        server.body, server.status, server.missing, server.late, server.asked = body, status, missing, late, []
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        answer = run(server.server_address[1], longest)
        if late is not None:
            late.set()
        thread.join()
        return answer, server.asked


def run(port, longest="120_000"):
    with open(SCRIPT, encoding="utf-8") as file:
        script = AROUND % file.read().replace("120_000", longest)
    words = ["node", "-e", script, f"http://127.0.0.1:{port}/token/"]
    return json.loads(subprocess.run(words, capture_output=True, check=True, timeout=30).stdout)


def test_a_request_is_carried_as_json_to_the_address_beside_the_page():
    answer, asked = carried('{"parts": {"main": "δ"}}'.encode())
    assert answer == {"parts": {"main": "δ"}}
    assert asked == [("/token/answer", "application/json", b'{"do":"open"}')]


def test_a_refusal_is_the_servers_sentence():
    assert carried(b'{"error": "too large"}', 413)[0] == {"error": "too large"}


@pytest.mark.parametrize("body", [b"<p>hello</p>", b"", b"null", b"[]", b"1"])
def test_an_answer_of_something_else_is_said(body):
    assert carried(body)[0] == {"error": OTHER}


def test_a_server_that_was_stopped_is_said():
    with HTTPServer(("127.0.0.1", 0), Answering) as server:
        port = server.server_address[1]
    assert run(port) == {"error": STOPPED}
    assert carried(b'{"parts": ', missing=5)[0] == {"error": STOPPED}  # in the middle of an answer


def test_a_server_that_never_answers_is_said():
    assert carried(late=threading.Event(), longest="200")[0] == {"error": LATE}
