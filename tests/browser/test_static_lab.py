"""The lab without a server of its own: a folder served by http.server, and Python in Chromium to answer.

The variable PURENET_PYODIDE names the folder of Pyodide's npm package: npm install pyodide makes it, node_modules/pyodide.
"""

import functools
import http.server
import io
import os
import shutil
import threading
import zipfile
from contextlib import contextmanager

import pytest

from purenet.lab.answer import answer
from purenet.lab.static import write_static

PYODIDE = os.environ.get("PURENET_PYODIDE")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not PYODIDE, reason="PURENET_PYODIDE names no folder: npm install pyodide"),
]
FIRST = {"do": "open", "case": "2x2x1"}
ASK = "request => started.then(() => carry(request))"
# an answer for each way in which Python can fail
FAILING = """def answer(request):
    while request["do"] == "hang":
        pass
    return {"done": 1 / request["by"]}
"""


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("static") / "lab"
    write_static(folder, PYODIDE, FIRST)
    return folder


@pytest.fixture
def copied(written, tmp_path):
    return shutil.copytree(written, tmp_path / "lab")


@contextmanager
def served(folder, **headers):
    """Serve a folder as any web server does; give its address."""

    class Handler(http.server.SimpleHTTPRequestHandler):
        def end_headers(self):
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            super().end_headers()

        def log_message(self, *arguments):
            pass

    handler = functools.partial(Handler, directory=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@contextmanager
def opened(browser, address):
    """Open a page; give it and the list of all addresses that were asked for."""
    page = browser.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    yield page, asked
    page.close()


def replace(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def answer_by(code, folder):
    """Put another module in the place of the one that answers."""
    path = folder / "purenet.zip"
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(name, code if name == "purenet/lab/answer.py" else old.read(name))


def test_the_browser_answers_as_python_does_here_and_asks_nobody_else(browser, written):
    with served(written) as address, opened(browser, address) as (page, asked):
        page.evaluate("() => { window.told = []; window.progress = (text) => told.push(text); }")
        assert page.evaluate(ASK, FIRST) == answer(FIRST)
        told = page.evaluate("told")
    assert told[-2:] == ["Starting purenet", ""]
    assert any(text.startswith("Loading Python: ") and text.endswith(" MB") for text in told)
    assert [url for url in asked if not url.startswith(address)] == []
    parts = {url[len(address) :] for url in asked}
    assert {"pyodide.asm.wasm", "purenet.zip", "python_stdlib.zip", "pyodide-lock.json"} < parts


def test_python_that_fails_or_takes_too_long_is_told_and_the_next_request_is_answered(browser, copied):
    answer_by(FAILING, copied)
    replace(copied / "carry_pyodide.js", "const LIMIT = 20;", "const LIMIT = 2;")
    with served(copied) as address, opened(browser, address) as (page, _):
        failed = page.evaluate(ASK, {"do": "divide", "by": 0})["error"]
        assert failed.startswith("This could not be answered, which is a fault of purenet: ZeroDivisionError: ")
        requests = [{"do": "divide", "by": 2}, {"do": "hang"}, {"do": "divide", "by": 4}]
        answers = page.evaluate("requests => Promise.all(requests.map(carry))", requests)
        late = "That took longer than 2 seconds and was stopped: ask for less at a time."
        assert answers == [{"done": 0.5}, {"error": late}, {"done": 0.25}]


@pytest.mark.parametrize(
    "name",
    "pyodide_worker.js pyodide.js pyodide.asm.js pyodide.asm.wasm python_stdlib.zip pyodide-lock.json purenet.zip".split(),
)
def test_a_missing_file_is_named(browser, copied, name):
    (copied / name).unlink()
    with served(copied) as address, opened(browser, address) as (page, _):
        assert page.evaluate(ASK, FIRST)["error"].startswith(
            f"{name} could not be loaded: is the folder of this page whole"
        )


def test_a_server_that_forbids_webassembly_is_told_what_to_allow(browser, written):
    policy = "default-src 'self'"
    with served(written, Content_Security_Policy=policy) as address, opened(browser, address) as (page, _):
        expected = (
            "Python needs WebAssembly: use a recent browser, and let the web server's Content-Security-Policy, if it "
            "has one, say 'wasm-unsafe-eval'."
        )
        assert page.evaluate(ASK, FIRST) == {"error": expected}


def test_a_page_opened_from_the_disk_says_how_to_serve_it(browser, written):
    with opened(browser, (written / "index.html").as_uri()) as (page, _):
        assert page.evaluate(ASK, FIRST)["error"] == (
            "Browsers do not let a page on the disk load Python. Serve its folder: python3 -m http.server -d DIR, or put "
            "it on any web server."
        )
