import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time

import pytest

from purenet.errors import NetworkError
from purenet.lab import keeper as keeping
from purenet.lab import server as serving
from purenet.lab.keeper import Keeper, Refused
from purenet.lab.server import Lab, open_browser, served

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

# what a worker answers here, so that it can be slow, large or broken on request
ANSWER = """
import os, sys, time
sys.path.append(sys.argv[1])
from purenet.lab.worker import main

def answer(request):
    if "sleep" in request:
        time.sleep(request["sleep"])
    if "spin" in request:
        while True:
            pass
    if "bytes" in request:
        return {"length": len(bytearray(request["bytes"]))}
    if "exit" in request:
        print("last words", flush=True)
        os._exit(request["exit"])
    print("this is no answer")
    return {"echo": request["echo"]}

main(answer)
"""


@pytest.fixture(scope="module")
def lab():
    words = [sys.executable, "-c", ANSWER, ROOT]
    files = {"": b"<p>page</p>", "lab.js": b"// script", "lab.css": b"/* style */"}
    with Lab(files, Keeper(words), 0) as lab, lab.keeper:
        thread = threading.Thread(target=lab.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield lab
        finally:
            lab.shutdown()
            thread.join()
    assert lab.keeper.process.poll() is not None


def ask(lab, body=b'{"echo": 1}', method="POST", name="answer", path=None, **headers):
    """Return the status, the headers and the body of an answer; a header None is left out."""
    connection = http.client.HTTPConnection("127.0.0.1", lab.server_address[1], timeout=30)
    headers = {"Content-Type": "application/json", **{key.replace("_", "-"): value for key, value in headers.items()}}
    try:
        connection.request(
            method,
            f"/{lab.token}/{name}" if path is None else path,
            body,
            {key: value for key, value in headers.items() if value is not None},
        )
        response = connection.getresponse()
        return response.status, response.headers, response.read()
    finally:
        connection.close()


def refusal(answer):
    """Return the status and the sentence of a refusal."""
    status, headers, body = answer
    assert headers["Content-Type"] == "application/json; charset=utf-8"
    data = json.loads(body)
    assert list(data) == ["error"] and "\n" not in data["error"]
    return status, data["error"]


def raw(lab, *parts, pause=0):
    """Send bytes as they are, with a pause after each part; return all that comes back."""
    with socket.create_connection(lab.server_address, timeout=30) as connection:
        try:
            for part in parts:
                connection.sendall(part)
                time.sleep(pause)
        except OSError:
            pass  # refused before all was sent
        return connection.makefile("rb").read()


def start_of(lab, *headers):
    lines = [f"POST /{lab.token}/answer HTTP/1.1", f"Host: {lab.hosts[0]}", "Content-Type: application/json", *headers]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def test_a_request_is_answered_by_the_worker(lab):
    status, headers, body = ask(lab, b'{\n "echo":\r\n [1, 0.5, "\xc3\xa9"]}')
    assert (status, json.loads(body)) == (200, {"echo": [1, 0.5, "é"]})
    assert headers["Content-Type"] == "application/json; charset=utf-8"


def test_only_the_pages_own_files_are_served(lab):
    assert ask(lab, None, "GET", "")[2] == b"<p>page</p>"
    assert ask(lab, None, "GET", "")[1]["Content-Type"] == "text/html; charset=utf-8"
    assert ask(lab, None, "GET", "lab.js")[1]["Content-Type"] == "text/javascript; charset=utf-8"
    for name in ("server.py", "../server.py", "..%2fserver.py", "/etc/passwd", "lab.js/", "answer", "lab.html"):
        assert refusal(ask(lab, None, "GET", name)) == (404, "the lab has no such page")
    for name in ("", "lab.js", "answer/", "answers"):
        assert refusal(ask(lab, name=name)) == (404, "the lab has no such page")


def test_every_answer_has_the_headers_that_keep_others_out(lab):
    for answer in (ask(lab), ask(lab, None, "GET", ""), ask(lab, path="/"), ask(lab, b"{")):
        headers = answer[1]
        assert headers["Content-Security-Policy"] == (
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
            "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        )
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["Cache-Control"] == "no-store"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_it_answers_to_its_own_two_hosts_and_to_no_other(lab):
    port = lab.server_address[1]
    assert lab.server_address[0] == "127.0.0.1"
    assert ask(lab, Host=f"localhost:{port}", Origin=f"http://localhost:{port}")[0] == 200
    for host in ("evil.example", f"evil.example:{port}", "127.0.0.1", f"127.0.0.1:{port + 1}", f"0.0.0.0:{port}", ""):
        status, sentence = refusal(ask(lab, Host=host))
        assert (status, sentence) == (403, f"the lab answers at 127.0.0.1:{port} and localhost:{port} only")
    twice = raw(lab, f"GET /{lab.token}/ HTTP/1.1\r\nHost: {lab.hosts[0]}\r\nHost: evil.example\r\n\r\n".encode())
    assert twice.startswith(b"HTTP/1.0 403 ")
    assert raw(lab, f"GET /{lab.token}/ HTTP/1.0\r\n\r\n".encode()).startswith(b"HTTP/1.0 403 ")


def test_without_its_token_nothing_is_shown(lab):
    for path in ("/", "/answer", f"/{lab.token[:-1]}/", f"/{lab.token}x/", "//", f"/%20{lab.token}/"):
        for method in ("GET", "POST"):
            status, sentence = refusal(ask(lab, method=method, path=path))
            assert (status, "token" in sentence) == (403, True)
    assert raw(lab, f"GET /\xe9/ HTTP/1.1\r\nHost: {lab.hosts[0]}\r\n\r\n".encode()).startswith(b"HTTP/1.0 403 ")


def test_tokens_are_random():
    with Lab({}, None) as one, Lab({}, None) as other:
        assert one.token != other.token and len(one.token) == 22


def test_no_other_page_is_answered(lab):
    own = f"http://{lab.hosts[0]}"
    assert ask(lab, Origin=own, Sec_Fetch_Site="same-origin")[0] == 200
    assert ask(lab, None, "GET", "", Sec_Fetch_Site="none")[0] == 200
    others = ["http://evil.example", "null", own.replace("http", "https"), f"http://{lab.hosts[1]}", own + "0"]
    for headers in [{"Origin": origin} for origin in others] + [
        {"Sec_Fetch_Site": site} for site in ("cross-site", "same-site", "?")
    ]:
        for method in ("GET", "POST"):
            status, sentence = refusal(ask(lab, method=method, **headers))
            assert (status, sentence[:30]) == (403, "the lab answers no other page:")


def test_other_methods_and_types_are_refused(lab):
    for method in ("PUT", "DELETE", "OPTIONS", "PATCH", "CONNECT", "TRACE", "FLY"):
        assert refusal(ask(lab, method=method)) == (405, "the lab takes GET for its page, and POST for its answers")
    for kind in (
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "json",
        "",
        None,
    ):
        assert refusal(ask(lab, Content_Type=kind)) == (415, "the request must be of the type application/json")
    assert ask(lab, Content_Type="application/json; charset=utf-8")[0] == 200


@pytest.mark.parametrize(
    "body, words",
    [
        (b"", "is not JSON: column 1"),
        (b'{"echo": 1', "is not JSON: column 11"),
        (b"\xff", "is not text in UTF-8"),
        (b"[1]", "must be an object in curly brackets"),
        (b"null", "must be an object in curly brackets"),
        (b'{"echo": NaN}', "NaN is not a number in JSON"),
        (b'{"echo": -Infinity}', "-Infinity is not a number in JSON"),
        (b'{"echo": ' + b"9" * 5000 + b"}", "a whole number of 5,000 digits is too long"),
        (b'{"echo": ' + b"[" * 500_000 + b"]" * 400_000 + b"}", "is nested too deeply"),
        (b'{"echo": 1}\n{"echo": 2}', "is not JSON: column 13"),
    ],
)
def test_what_is_no_object_in_json_is_refused_in_a_sentence(lab, body, words):
    status, sentence = refusal(ask(lab, body))
    assert status == 400 and words in sentence
    assert ask(lab)[0] == 200


def test_a_request_of_a_megabyte_is_read_and_a_larger_one_is_not(lab):
    body = b'{"echo": "' + b"x" * 999_988 + b'"}'
    assert ask(lab, body)[0] == 200
    status, sentence = refusal(ask(lab, body + b" "))
    assert (status, sentence[:44]) == (413, "the request has more than 1,000,000 bytes: t")
    alone = raw(lab, start_of(lab, "Content-Length: 99999999999999999"), b"")  # no byte of the body is waited for
    assert alone.startswith(b"HTTP/1.0 413 ")


def test_a_length_that_is_not_known_is_refused(lab):
    chunked = raw(lab, start_of(lab, "Transfer-Encoding: chunked"), b"b\r\n" + b'{"echo": 1}' + b"\r\n0\r\n\r\n")
    assert chunked.startswith(b"HTTP/1.0 411 ")
    both = raw(lab, start_of(lab, "Transfer-Encoding: chunked", "Content-Length: 2"), b"{}")
    assert both.startswith(b"HTTP/1.0 411 ")
    for length in ("-1", "0x10", "1e3", "", "²"):
        assert raw(lab, start_of(lab, f"Content-Length: {length}"), b"{}").startswith(b"HTTP/1.0 411 "), length
    assert raw(lab, start_of(lab), b"{}").startswith(b"HTTP/1.0 411 ")
    assert raw(lab, start_of(lab, "Content-Length: 2", "Content-Length: 3"), b"{}").startswith(b"HTTP/1.0 411 ")


def test_a_length_that_is_wrong_is_refused(lab, monkeypatch):
    monkeypatch.setattr(serving, "PATIENCE", 0.2)
    late = raw(lab, start_of(lab, "Content-Length: 50"), b'{"echo": 1}')
    assert late.startswith(b"HTTP/1.0 408 ") and b"did not arrive within 0.2 seconds" in late
    with socket.create_connection(lab.server_address, timeout=30) as connection:
        connection.sendall(start_of(lab, "Content-Length: 50") + b'{"echo": 1}')
        connection.shutdown(socket.SHUT_WR)
        assert b"the request ended after 11 of 50 bytes" in connection.makefile("rb").read()
    short = raw(lab, start_of(lab, "Content-Length: 5"), b'{"echo": 1}')
    assert short.startswith(b"HTTP/1.0 400 ") and b"is not JSON" in short


@pytest.mark.slow
def test_a_slow_client_is_cut_off_however_it_drips(lab, monkeypatch):
    monkeypatch.setattr(serving, "PATIENCE", 0.3)
    begin = time.monotonic()
    assert raw(lab, *[b"GET / HTTP/1.1\r\n"] + [b"X: y\r\n"] * 8, pause=0.1) == b""
    assert time.monotonic() - begin < 3
    assert raw(lab, *[start_of(lab, "Content-Length: 50")] + [b" "] * 8, pause=0.1).startswith(b"HTTP/1.0 408 ")


def test_what_is_no_http_is_refused_in_a_sentence(lab):
    for line, status in ((b"\x16\x03\x01\x02", 400), (b"GET", 400), (b"GET / HTTP/9.9", 505), (b"G" * 70_000, 414)):
        answer = raw(lab, line + b"\r\n\r\n")
        assert answer.startswith(b"HTTP/1.0 %d " % status) and b'{"error": "this request cannot be read: ' in answer
    many = b"".join(b"X-%d: y\r\n" % n for n in range(200))
    assert raw(lab, b"GET / HTTP/1.1\r\n" + many + b"\r\n").startswith(b"HTTP/1.0 431 ")
    assert raw(lab, b"GET / HTTP/1.1\r\nX: " + b"y" * 70_000 + b"\r\n\r\n").startswith(b"HTTP/1.0 431 ")
    assert ask(lab)[0] == 200


@pytest.mark.parametrize("body", [b'{"sleep": 60}', b'{"spin": 1}'])
def test_a_request_that_takes_too_long_is_ended_and_the_next_is_answered(lab, monkeypatch, body):
    monkeypatch.setattr(lab.keeper, "seconds", 0.5)
    process = lab.keeper.process
    status, sentence = refusal(ask(lab, body))
    assert (status, sentence[:51]) == (504, "this took longer than 0.5 seconds and was stopped: ")
    assert process.poll() is not None
    assert lab.keeper.process.poll() is None  # the next one is there already
    monkeypatch.undo()
    assert ask(lab)[0] == 200


@pytest.mark.slow
def test_the_limit_is_for_each_request(lab, monkeypatch):
    monkeypatch.setattr(lab.keeper, "seconds", 1)
    process = lab.keeper.process
    assert [ask(lab, b'{"sleep": 0.3, "echo": 1}')[0] for _ in range(5)] == [200] * 5
    assert lab.keeper.process is process


@pytest.mark.skipif(os.name != "posix", reason="signals are sent otherwise")
def test_the_worker_leaves_ctrl_c_to_the_server(lab):
    assert ask(lab)[0] == 200
    process = lab.keeper.process
    process.send_signal(signal.SIGINT)
    assert ask(lab)[0] == 200 and lab.keeper.process is process


def test_a_worker_that_dies_is_replaced(lab):
    status, sentence = refusal(ask(lab, b'{"exit": 3}'))
    assert (status, sentence[:60]) == (500, "the process that computes ended unexpectedly, with exit code")
    assert " 3 (last words): " in sentence
    lab.keeper.process.kill()  # nobody asks it just now
    lab.keeper.process.wait()
    assert ask(lab)[0] == 200


def test_why_a_worker_cannot_start_is_said():
    with Keeper([sys.executable, "-c", "import nothing_of_this_name"]) as keeper:
        with pytest.raises(
            Refused, match=r"exit code 1 \(ModuleNotFoundError: No module named 'nothing_of_this_name'\): t"
        ):
            keeper.ask(b"{}")


def test_a_fault_of_the_lab_itself_is_a_sentence(lab):
    process = lab.keeper.process
    status, sentence = refusal(ask(lab, b"{}"))
    assert status == 500 and sentence.endswith("please report this: KeyError: 'echo'")
    status, sentence = refusal(ask(lab, b'{"echo": 1e999}'))  # infinity, which no JSON can hold
    assert status == 500 and "ValueError: Out of range float values" in sentence
    assert ask(lab)[0] == 200 and lab.keeper.process is process


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the system knows no limit of memory")
def test_more_memory_than_there_is_for_the_lab_is_refused_in_a_sentence(lab):
    assert json.loads(ask(lab, b'{"bytes": 100000000}')[2]) == {"length": 100_000_000}
    status, sentence = refusal(ask(lab, b'{"bytes": 2000000000}'))
    assert (status, sentence[:52]) == (500, "this needs more memory than the lab has, 1,024 MB: t")
    assert ask(lab)[0] == 200


def at_once(lab, number, body=b'{"echo": 1}'):
    """Return the statuses of many requests that are sent at once."""
    statuses = []
    ready = threading.Barrier(number)

    def one():
        ready.wait()
        statuses.append(ask(lab, body)[0])

    threads = [threading.Thread(target=one) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statuses


@pytest.mark.slow
def test_requests_wait_for_their_turn_and_too_many_are_refused_in_a_sentence(lab, monkeypatch):
    assert at_once(lab, 20) == [200] * 20
    monkeypatch.setattr(lab.keeper, "places", threading.Semaphore(3))
    statuses = at_once(lab, 20, b'{"sleep": 0.3, "echo": 1}')
    assert sorted(statuses) == [200] * 3 + [503] * 17
    assert refusal(ask_while_full(lab, monkeypatch))[1] == keeping.BUSY
    assert ask(lab)[0] == 200


def ask_while_full(lab, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(lab.keeper, "places", threading.Semaphore(0))
        return ask(lab)


@pytest.mark.slow
def test_connections_beyond_the_bound_wait_and_are_answered(lab, monkeypatch):
    monkeypatch.setattr(serving, "PATIENCE", 1)
    deadline = time.monotonic() + 20
    while lab.free._value < serving.CONNECTIONS and time.monotonic() < deadline:
        time.sleep(0.01)  # connections of other tests
    before = threading.active_count()
    idle = [socket.create_connection(lab.server_address) for _ in range(100)]
    try:
        deadline = time.monotonic() + 20
        while threading.active_count() < before + serving.CONNECTIONS and time.monotonic() < deadline:
            time.sleep(0.01)
        assert threading.active_count() == before + 64
        assert ask(lab)[0] == 200  # in its turn, after those that said nothing
    finally:
        for connection in idle:
            connection.close()


def test_a_taken_port_is_a_sentence(lab):
    with pytest.raises(NetworkError, match=r"^cannot serve at port \d+: .* in use: say another --port, or none$"):
        Lab({}, None, lab.server_address[1])


def test_the_page_and_what_it_loads_are_the_files_that_are_served():
    files = served({"do": "open", "case": "2x2x1"})
    assert sorted(files) == ["", "carry_http.js", "lab.css", "lab.js"]
    assert b"2x2x1" in files[""] and b"carry_http.js" in files[""]
    assert all(isinstance(content, bytes) and content for content in files.values())


class Browser:
    def __init__(self):
        self.opened = []

    def open(self, address):
        self.opened.append(address)


def test_a_browser_with_windows_is_opened_and_none_in_the_terminal(monkeypatch):
    browser = Browser()
    monkeypatch.setattr("webbrowser.get", lambda: browser)
    open_browser("http://127.0.0.1:1/x/")
    assert browser.opened == ["http://127.0.0.1:1/x/"]
    monkeypatch.delenv("BROWSER", raising=False)
    lynx = serving.webbrowser.GenericBrowser("lynx")
    monkeypatch.setattr(lynx, "open", browser.open)
    monkeypatch.setattr("webbrowser.get", lambda: lynx)
    open_browser("http://127.0.0.1:2/x/")
    assert len(browser.opened) == 1
    monkeypatch.setenv("BROWSER", "lynx %s")
    open_browser("http://127.0.0.1:3/x/")
    assert len(browser.opened) == 2


def test_without_a_browser_nothing_happens(monkeypatch):
    def none():
        raise serving.webbrowser.Error("could not locate runnable browser")

    monkeypatch.setattr("webbrowser.get", none)
    open_browser("http://127.0.0.1:1/x/")


# the command as a process of its own


def heed_signals():
    """Undo what `nohup` and a shell's & have done to the tests."""
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


heeding = heed_signals if os.name == "posix" else None


class Running:
    """`purenet lab` while a `with` statement lasts, with the numbers of its own and its worker's process."""

    def __init__(self, folder, *arguments):
        words = [sys.executable, "-m", "purenet", "lab", "--no-browser", *arguments]
        environment = {**os.environ, "PYTHONPATH": ROOT}
        streams = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        self.process = subprocess.Popen(words, cwd=folder, env=environment, text=True, preexec_fn=heeding, **streams)

    def __enter__(self):
        self.address = self.process.stdout.readline().strip()
        self.port, self.token = self.address.split("/")[2].split(":")[1], self.address.split("/")[3]
        self.server_address = ("127.0.0.1", int(self.port))
        assert self.process.stdout.readline() == "Stop with Ctrl-C.\n"
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.communicate()

    def workers(self):
        """Return the numbers of the processes that it has started, and that run."""
        with open(f"/proc/{self.process.pid}/task/{self.process.pid}/children") as file:
            return [int(number) for number in file.read().split()]


def runs(number):
    try:
        with open(f"/proc/{number}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def gone_within(seconds, numbers):
    """Return whether processes have ended, or end within some seconds."""
    end = time.monotonic() + seconds
    while any(map(runs, numbers)) and time.monotonic() < end:
        time.sleep(0.01)
    return not any(map(runs, numbers))


needs_proc = pytest.mark.skipif(not os.path.exists("/proc/self/task"), reason="needs /proc to count processes")


@needs_proc
@pytest.mark.parametrize("name, code", [("SIGINT", 0), ("SIGTERM", 143), ("SIGHUP", 129)])
def test_a_signal_ends_it_at_once_and_nothing_is_left_running(tmp_path, name, code):
    with Running(tmp_path) as lab:
        workers = lab.workers()
        assert ask(lab, b'{"do": "open", "case": "2x2x1"}')[0] == 200
        idle = socket.create_connection(lab.server_address)
        begin = time.monotonic()
        lab.process.send_signal(getattr(signal, name))
        out, err = lab.process.communicate(timeout=10)
        assert time.monotonic() - begin < 1
        assert (out, err, lab.process.returncode) == ("", "", code)
        assert len(workers) == 1 and gone_within(0, workers)
        idle.close()


@needs_proc
def test_the_worker_ends_by_itself_when_the_server_is_killed(tmp_path):
    with Running(tmp_path) as lab:
        workers = lab.workers()
        lab.process.kill()
        lab.process.wait()
        assert len(workers) == 1 and gone_within(5, workers)


def test_no_file_in_the_current_folder_hides_a_module(tmp_path):
    for name in ("random", "json", "signal", "tabulate", "site", "sitecustomize", "usercustomize", "purenet"):
        (tmp_path / f"{name}.py").write_text("import os; os._exit(9)\n")
    words = Keeper().words
    process = subprocess.run(words, input=b"[]\n[]\n", cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert (process.returncode, process.stderr) == (0, b"")


@pytest.mark.slow
def test_a_hundred_megabytes_are_refused_without_being_kept(tmp_path):
    with Running(tmp_path) as lab:
        assert refusal(ask(lab, b" " * 100_000_000))[0] == 413
        with open(f"/proc/{lab.process.pid}/status") as file:
            peak = int(file.read().split("VmHWM:")[1].split()[0])  # kB
        assert peak < 100_000
        assert ask(lab, b'{"do": "open", "case": "2x2x1"}')[0] == 200


@pytest.mark.slow
def test_a_thousand_at_once_are_answered_or_refused_and_none_hangs(tmp_path):
    with Running(tmp_path) as lab:
        begin = time.monotonic()
        statuses = at_once(lab, 1000, b'{"do": "open", "case": "2x2x1"}')
        assert time.monotonic() - begin < 60
        assert len(statuses) == 1000 and set(statuses) <= {200, 503} and statuses.count(200) >= 32
        assert ask(lab, b'{"do": "open", "case": "2x2x1"}')[0] == 200


@needs_proc
@pytest.mark.slow
def test_ctrl_c_ends_it_at_once_while_it_computes_and_others_wait(tmp_path):
    # a Ctrl-C in a terminal reaches every process of its group
    code = (
        "import sys; from purenet.lab import keeper, server\n"
        "words = [sys.executable, '-c', sys.argv[1], sys.argv[2]]\n"
        "server.Keeper = lambda **_: keeper.Keeper(words)\n"
        "server.serve({'do': 'open', 'case': '2x2x1'}, browser=False)"
    )
    lab = Running(tmp_path)
    lab.__exit__()
    words = [sys.executable, "-c", code, ANSWER, ROOT]
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    lab.process = subprocess.Popen(words, cwd=ROOT, text=True, start_new_session=True, preexec_fn=heeding, **streams)
    with lab:
        workers = lab.workers()
        waiting = [threading.Thread(target=at_rest, args=(lab, b'{"spin": 1}')) for _ in range(40)]
        for thread in waiting:
            thread.start()
        time.sleep(2)
        begin = time.monotonic()
        os.killpg(lab.process.pid, signal.SIGINT)
        out, err = lab.process.communicate(timeout=10)
        assert time.monotonic() - begin < 1
        assert (out, err, lab.process.returncode) == ("", "", 0)
        assert len(workers) == 1 and gone_within(0.5, workers)
        for thread in waiting:
            thread.join()


def at_rest(lab, body):
    try:
        ask(lab, body)
    except (OSError, http.client.HTTPException):
        pass  # the server ended
