"""The lab's server: its page and its answers, for the browser of one person on this machine.

A request passes the guards of `Handler`, and waits for its turn at the worker process (purenet/lab/keeper.py).
"""

import hmac
import io
import json
import os
import re
import secrets
import socket
import sys
import threading
import time
import webbrowser
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from socketserver import ThreadingTCPServer

from purenet.errors import NetworkError, reason
from purenet.golden.programs.signals import raising_signals
from purenet.lab.keeper import Keeper, Refused
from purenet.lab.page import page_files

LARGEST = 1_000_000  # bytes of a request
CONNECTIONS = 64  # at once, each with a thread; others wait until one ends
PATIENCE = 5  # seconds for a request to arrive, and for an answer to leave

KINDS = {"css": "text/css", "js": "text/javascript", "html": "text/html", "json": "application/json"}
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def serve(first, port=0, browser=True, own=None):
    """Serve the page, whose first request is given, until Ctrl-C; port 0 is any that is free.

    `own` is the path of a file with activations and losses of somebody's own (see purenet/storage/own_functions.py).
    """
    with raising_signals(), Lab(served(first), Keeper(own=own), port) as lab, lab.keeper:
        print(f"{lab.address}\nStop with Ctrl-C.", flush=True)
        if browser:
            threading.Thread(target=open_browser, args=[lab.address], daemon=True).start()
        try:
            lab.serve_forever()
        except KeyboardInterrupt:
            pass


def served(first):
    """Return the bytes of all that is served, by name; the page itself has none."""
    files = {name: text.encode("utf-8") for name, text in page_files("carry_http.js", first).items()}
    return {"": files.pop("index.html"), **files}


def open_browser(address):
    """Open the address in a browser with windows, if there is one; one in the terminal could not show the page."""
    try:
        browser = webbrowser.get()
        if "BROWSER" in os.environ or type(browser) is not webbrowser.GenericBrowser:
            browser.open(address)
    except (webbrowser.Error, OSError):
        pass  # the address is printed


class Lab(ThreadingTCPServer):
    """The server; a connection carries one request."""

    daemon_threads = True
    allow_reuse_address = os.name == "posix"  # on Windows, two servers could share a port
    request_queue_size = 1024  # connections that the system lets wait

    def __init__(self, files, keeper, port=0):
        self.files, self.keeper = files, keeper
        self.free = threading.Semaphore(CONNECTIONS)
        try:
            super().__init__(("127.0.0.1", port), Handler)
        except OSError as error:
            raise NetworkError(f"cannot serve at port {port}: {reason(error)}: say another --port, or none") from None
        port = self.server_address[1]
        self.hosts = [f"127.0.0.1:{port}", f"localhost:{port}"]
        self.token = secrets.token_urlsafe(16)
        self.address = f"http://127.0.0.1:{port}/{self.token}/"

    def process_request(self, request, client_address):
        while not self.free.acquire(timeout=0.5):
            pass  # Windows does not interrupt an endless wait
        super().process_request(request, client_address)

    def shutdown_request(self, request):
        super().shutdown_request(request)
        self.free.release()

    def handle_error(self, request, client_address):
        """Say nothing of a client that goes away."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


class Handler(BaseHTTPRequestHandler):
    """One connection: each refusal is a sentence."""

    disable_nagle_algorithm = True

    def setup(self):
        super().setup()
        self.rfile.close()
        self.rfile = io.BufferedReader(Arriving(self.connection))

    def do_GET(self):
        self.respond(self.file)

    def do_POST(self):
        self.respond(self.answer)

    def respond(self, content):
        try:
            self.send(*content(self.checked_name()))
        except Refused as error:
            self.refuse(error.status, str(error))

    def checked_name(self):
        """Return what the address names after the token; raise Refused unless the request comes from the lab's own page."""
        hosts, origin = self.headers.get_all("Host", []), self.headers.get("Origin")
        if len(hosts) != 1 or hosts[0] not in self.server.hosts:
            raise Refused(403, f"the lab answers at {' and '.join(self.server.hosts)} only")
        site = self.headers.get("Sec-Fetch-Site", "none")
        if origin not in (None, f"http://{hosts[0]}") or site not in ("none", "same-origin"):
            raise Refused(403, "the lab answers no other page: open its address in a tab of its own")
        token, _, name = self.path[1:].partition("/")
        if not hmac.compare_digest(token.encode(), self.server.token.encode()):
            raise Refused(403, "this address lacks the lab's token: open the whole address that `purenet lab` printed")
        return name

    def file(self, name):
        if name not in self.server.files:
            raise Refused(404, "the lab has no such page")
        return 200, self.server.files[name], KINDS[name.rpartition(".")[2] or "html"]

    def answer(self, name):
        if name != "answer":
            raise Refused(404, "the lab has no such page")
        if self.headers.get_content_type() != "application/json":
            raise Refused(415, "the request must be of the type application/json")
        line = self.body().replace(b"\n", b" ").replace(b"\r", b" ")  # in JSON, a line ends only between its parts
        return (*self.server.keeper.ask(line), KINDS["json"])

    def body(self):
        """Return the bytes of the request; raise Refused, before they are read, for too many or an unknown number."""
        lengths = self.headers.get_all("Content-Length", [])
        if "Transfer-Encoding" in self.headers or len(lengths) != 1 or not re.fullmatch("[0-9]{1,18}", lengths[0]):
            raise Refused(411, "the request must have one Content-Length, the number of its bytes")
        length = int(lengths[0])
        if length > LARGEST:
            raise Refused(413, f"the request has more than {LARGEST:,} bytes: take a smaller network or fewer examples")
        try:
            body = self.rfile.read(length)
        except OSError:
            raise Refused(408, f"the request did not arrive within {PATIENCE} seconds") from None
        if len(body) < length:
            raise Refused(400, f"the request ended after {len(body):,} of {length:,} bytes")
        return body

    def send(self, status, body, kind):
        self.connection.settimeout(PATIENCE)
        self.request_version = "HTTP/1.0"  # that of a request that cannot be read is unknown
        self.send_response_only(status)
        headers = {"Content-Type": f"{kind}; charset=utf-8", "Content-Length": len(body), "Connection": "close"}
        for name, value in {**headers, **HEADERS}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def refuse(self, status, sentence):
        self.send(status, json.dumps({"error": sentence}).encode(), KINDS["json"])
        self.connection.shutdown(socket.SHUT_WR)
        while self.rfile.read1(65536):
            pass  # a client that is cut off while it sends does not see the sentence

    def send_error(self, code, message=None, explain=None):
        """Refuse what `http.server` itself refuses, such as methods without a `do_…`."""
        if code == HTTPStatus.NOT_IMPLEMENTED:
            self.refuse(405, "the lab takes GET for its page, and POST for its answers")
        else:
            self.refuse(code, f"this request cannot be read: {HTTPStatus(code).phrase.lower()}")

    def log_message(self, *_):
        """Say nothing."""


class Arriving(io.RawIOBase):
    """The bytes that arrive at a connection, for some seconds in all: no slow client keeps a thread."""

    def __init__(self, connection):
        self.connection = connection
        self.end = time.monotonic() + PATIENCE

    def readable(self):
        return True

    def readinto(self, buffer):
        self.connection.settimeout(max(self.end - time.monotonic(), 0.001))
        return self.connection.recv_into(buffer)
