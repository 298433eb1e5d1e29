"""The page of the lab in Chromium, in both ways: from `purenet lab`, and from a folder with Python in the browser.

For the second, PURENET_PYODIDE names the folder of Pyodide's npm package: npm install pyodide makes it.
"""

import functools
import http.server
import json
import os
import subprocess
import sys
import threading

import pytest

from purenet.lab.static import write_static

axe_module = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-core is not installed")

PYODIDE = os.environ.get("PURENET_PYODIDE")
pytestmark = pytest.mark.slow
no_pyodide = pytest.mark.skipif(not PYODIDE, reason="PURENET_PYODIDE names no folder: npm install pyodide")
BOTH_WAYS = ["server", pytest.param("static", marks=no_pyodide)]
TABS = ["step", "nudge", "learn", "break", "answer"]
SETTLED = "() => document.body.matches('.ready') && !document.body.hasAttribute('aria-busy')"

# the texts in sight that are smaller than 9 px as they are drawn, with their sizes
SMALL_TEXTS = """() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || !element.getClientRects().length) continue;
    if (element.closest(".spoken, script, option, desc, svg > title, caption")) continue;
    const svg = element.closest("svg");
    const scale = svg ? svg.getScreenCTM().a : 1;
    const size = parseFloat(getComputedStyle(element).fontSize) * scale;
    if (size < 9) found.push(`${walker.currentNode.textContent.trim().slice(0, 20)}: ${size.toFixed(1)}`);
  }
  return found;
}"""
# what has the focus: whether it is in sight, is not covered, and has an outline
FOCUSED = """() => {
  const element = document.activeElement;
  const shown = element.id === "file" ? document.querySelector("label[for=file]") : element;
  const box = shown.getBoundingClientRect();
  const [x, y] = [Math.max(box.left, 0) + Math.min(box.width, 20) / 2, Math.max(box.top, 0) + Math.min(box.height, 20) / 2];
  const top = document.elementFromPoint(x, y);
  return {
    name: element === document.body ? "" : element.id || element.dataset.q || element.dataset.neuron || element.getAttribute("class") || element.tagName,
    visible: Boolean(top && (shown.contains(top) || top.contains(shown))),
    outlined: getComputedStyle(shown).outlineStyle !== "none",
  };
}"""


def start_server():
    """Start `purenet lab`; return the process and the address that it prints."""
    command = [sys.executable, "-m", "purenet", "lab", "--no-browser"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    return process, process.stdout.readline().strip()


def stop(process):
    process.send_signal(2)
    process.wait(20)
    process.stdout.close()


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        """Print nothing."""


@pytest.fixture(scope="module")
def addresses(tmp_path_factory):
    """Return a function from a way to the address of a lab."""
    running = {}

    def address(way):
        if way not in running:
            running[way] = start_server() if way == "server" else start_static(tmp_path_factory.mktemp("lab") / "lab")
        return running[way][1]

    yield address
    if "server" in running:
        stop(running["server"][0])
    if "static" in running:
        running["static"][0].shutdown()
        running["static"][0].server_close()


def start_static(folder):
    write_static(folder, PYODIDE, {"do": "open", "case": "2x2x1"})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_address[1]}/"


@pytest.fixture
def opened(browser, addresses):
    """Return a function that opens the lab; afterwards, nothing may have been asked elsewhere, and the console is empty."""
    contexts, troubles = [], []

    def open_page(case=None, tab=None, way="server", address=None, width=1280, height=800, **options):
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        address = address or addresses(way)
        own = "/".join(address.split("/")[:3]) + "/"
        page.on("console", lambda message: troubles.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: troubles.append(f"error: {error}"))
        page.on("request", lambda r: None if r.url.startswith((own, "data:", "blob:")) else troubles.append(r.url))
        page.goto(address)
        page.wait_for_function(SETTLED, timeout=90_000)
        if case:
            page.select_option("#open-case", case)
            page.wait_for_function(SETTLED)
        if tab:
            page.click(f"#tab-{tab}")
            page.wait_for_function(SETTLED)
        return page

    open_page.troubles = troubles
    yield open_page
    for context in contexts:
        context.close()
    assert troubles == []


def settle(page):
    page.wait_for_function(SETTLED)


def show_fields(page):
    page.evaluate("document.getElementById('change').open = true")


def type_in(page, field, text, key="Tab"):
    """Type a text into a field, and leave it with a key."""
    page.fill(f"[id='{field}']", text)
    page.press(f"[id='{field}']", key)
    settle(page)


def to_step(page, number):
    page.focus("#step-slider")
    page.keyboard.press("Home")
    for _ in range(number - 1):
        page.keyboard.press("ArrowRight")
    page.wait_for_function(f"() => document.querySelector('#controls output').textContent.startsWith('{number} of ')")
    settle(page)


def number(page, symbol, kind="by-hand"):
    return page.text_content(f"#view tr[data-q='{symbol}'] td.{kind}")


def shown(page):
    """Return what of the state is seen: the fields, the title and the view."""
    fields = page.eval_on_selector_all("#fields input, #fields select", "all => all.map(e => [e.id, e.value])")
    return fields, page.text_content("h1"), page.inner_text("#view")


def saved(page):
    """Save the case; return the name of the file and its text."""
    with page.expect_download() as download:
        page.click("#save")
    with open(download.value.path(), encoding="utf-8") as file:
        return download.value.suggested_filename, file.read()


# the four acts of a lesson, in both ways


@pytest.mark.parametrize("way", BOTH_WAYS)
def test_a_changed_weight_gives_the_delta_that_a_walkthrough_of_the_saved_case_prints(opened, way, tmp_path):
    page = opened(way=way)
    to_step(page, 9)
    assert number(page, "δ_j1") == "≈ 0.0227"  # walkthroughs/two_by_two_by_one.txt
    type_in(page, "set-w_i1j1", "0.8")
    assert number(page, "δ_j1") == "≈ 0.0218"
    name, text = saved(page)
    assert name == "2x2x1-changed.json"
    (tmp_path / name).write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "purenet", "walkthrough", str(tmp_path / name)]
    wide = {**os.environ, "COLUMNS": "200"}
    printed = subprocess.run(command, capture_output=True, encoding="utf-8", check=True, env=wide).stdout
    lines = [line.replace("│", " ").split() for line in printed.splitlines()]
    [delta] = [words for words in lines if words[:1] == ["δ_j1"]]
    assert delta[-3:] == [*number(page, "δ_j1").split(), number(page, "δ_j1", "full")]


@pytest.mark.parametrize("way", BOTH_WAYS)
def test_exclusive_or_is_learnt_and_looked_back_at_with_the_mouse_and_with_keys(opened, way):
    page = opened("xor-that-learns", way=way)
    for _ in range(5):
        page.click("#train-1000")
        settle(page)
    page.wait_for_function(
        "() => document.querySelector('#controls output').textContent === '5,000 of 5,000'", timeout=60_000
    )
    end = page.inner_text("#view")
    outputs = page.eval_on_selector_all(
        "#view table.data td:last-child", "all => all.map(e => parseFloat(e.textContent))"
    )
    assert [round(output) for output in outputs] == [0, 1, 1, 0]
    box = page.locator("#look-slider").bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] - 9, middle)
    page.mouse.down()
    for n in range(1, 11):
        page.mouse.move(box["x"] + (box["width"] - 9) * (1 - n / 20), middle)
    page.wait_for_function("() => !document.querySelector('#controls output').textContent.startsWith('5,000')")
    page.mouse.up()
    settle(page)
    step = int(page.text_content("#controls output").split(" of ")[0].replace(",", ""))
    assert 0 < step < 5000
    assert f"After {step} steps" in page.inner_text("#view").replace(",", "")
    page.focus("#look-slider")
    page.keyboard.press("Home")
    page.wait_for_function("() => document.querySelector('#controls output').textContent === '0 of 5,000'")
    settle(page)
    assert page.inner_text("#view").startswith("After 0 steps")
    page.keyboard.press("End")
    page.wait_for_function("() => document.querySelector('#controls output').textContent === '5,000 of 5,000'")
    settle(page)
    assert page.inner_text("#view") == end


@pytest.mark.parametrize("way", BOTH_WAYS)
def test_a_planted_mistake_is_shown_beside_the_right_numbers(opened, way):
    page = opened("mazur", "break", way=way)
    page.select_option("#mistake-mistake", "updated-weights-in-hidden-delta")
    settle(page)
    assert page.text_content("#controls output") == "9 of 24"  # from the first that differs
    wrong = "#view .wrong [data-q='δ_j1⁽¹⁾']"
    assert page.eval_on_selector(wrong, "e => e.classList.contains('differs')")
    assert not page.eval_on_selector(wrong.replace("wrong", "right"), "e => e.classList.contains('differs')")
    page.click("#all-differing summary")
    rows = page.eval_on_selector_all("#all-differing tr", "all => all.map(e => e.textContent)")
    [loss] = [row for row in rows if "0.291027924" in row]  # the number that is published, and is the mistake's
    assert "0.291027774" in loss


@pytest.mark.parametrize("way", BOTH_WAYS)
def test_a_wrong_delta_is_named_and_hints_lead_to_the_right_one(opened, way):
    page = opened(tab="answer", way=way)
    to_step(page, 9)
    assert "0.0227" not in page.inner_text("#view")
    type_in(page, "answer-δ_j1", "0.116", "Enter")
    remark = page.inner_text("#view .remark")
    assert remark.startswith("✗ Not right")
    assert "slope" in remark
    for words in ("Hint: the rule", "Hint: the numbers", "Show the value"):
        assert page.text_content("[id='hint-δ_j1']") == words
        page.click("[id='hint-δ_j1']")
        settle(page)
    assert page.inner_text("#view .hint >> nth=-1").replace("\n", "").endswith("0.0227")
    type_in(page, "answer-δ_j1", "0.0227", "Enter")
    assert page.inner_text("#view .remark") == "✓ Right."
    assert page.text_content("#said") == "δ_j1 is right."


# states


@pytest.mark.parametrize("way", BOTH_WAYS)
def test_a_reload_and_a_link_in_another_page_show_the_same(opened, way):
    page = opened(way=way)
    to_step(page, 3)
    type_in(page, "set-w_i1j1", "0.75")
    before = shown(page)
    page.reload()
    page.wait_for_function(SETTLED, timeout=90_000)
    assert shown(page) == before
    assert page.is_enabled("#reset")
    assert shown(opened(address=page.url)) == before


def test_undo_redo_and_reset(opened):
    page = opened()
    for text in ("0.6", "0.7"):
        type_in(page, "set-w_i1j1", text)
    undone = []
    for control in ("undo", "undo", "redo", "redo", "reset", "undo"):
        page.click(f"#{control}")
        settle(page)
        undone.append(page.input_value("#set-w_i1j1"))
    assert undone == ["0.6", "0.5", "0.6", "0.7", "0.5", "0.7"]
    page.click("#reset")
    settle(page)
    assert page.is_disabled("#reset")


def test_back_and_forward_go_from_part_to_part(opened):
    page = opened()
    page.click("#tab-nudge")
    settle(page)
    page.click("#tab-learn")
    settle(page)
    seen = []
    for way in ("go_back", "go_back", "go_forward"):
        getattr(page, way)()
        page.wait_for_timeout(300)
        settle(page)
        seen.append(page.text_content("#tabs [aria-current]"))
    assert seen == ["Nudge", "Step through", "Nudge"]


def test_a_file_is_opened_and_one_that_is_no_case_is_refused(opened, tmp_path):
    page = opened("mazur")
    type_in(page, "set-w_i1j1", "0.16")
    name, text = saved(page)
    assert (name, json.loads(text)["network"]["layers"][0]["weights"][0]) == ("mazur-changed.json", [0.16, 0.2])
    other = opened()
    (tmp_path / name).write_text(text, encoding="utf-8")
    other.set_input_files("#file", tmp_path / name)
    other.wait_for_function("() => document.getElementById('set-w_i1j1').value === '0.16'")
    (tmp_path / "no.json").write_text('{"title": 1}', encoding="utf-8")
    other.set_input_files("#file", tmp_path / "no.json")
    other.wait_for_function("() => document.getElementById('error').textContent")
    assert other.input_value("#set-w_i1j1") == "0.16"


# what is refused


@pytest.mark.parametrize(
    "field, text, sentence",
    [
        ("set-w_i1j1", "half", "w_i1j1 must be a number such as 0.5 or -2, not 'half'."),
        ("set-w_i1j1", "", "w_i1j1 must be a number such as 0.5 or -2, not ''."),
        ("set-y_i1", "1,5", "y_i1 must be a number such as 0.5 or -2, not '1,5'."),
        ("set-t_k1", "1e999", None),
        ("set-η", "-1", None),
        (
            "choose-batch",
            "0",
            "The number of examples for each step must be a whole number from 1 to 999,999, not '0'.",
        ),
    ],
)
def test_bad_input_keeps_the_last_good_state_and_what_was_typed(opened, field, text, sentence):
    page = opened()
    before = page.inner_text("#view"), page.url
    type_in(page, field, text)
    assert page.text_content("#error") == sentence or (sentence is None and page.text_content("#error"))
    found = page.locator(f"[id='{field}']")
    assert found.get_attribute("aria-invalid") == "true"
    assert found.get_attribute("aria-describedby") == "error"
    assert found.input_value() == text
    assert (page.inner_text("#view"), page.url) == before
    page.click("#step-on")
    settle(page)
    assert page.text_content("#error") == ""
    assert found.get_attribute("aria-invalid") is None
    assert found.input_value() != text  # which the last good number replaces


def test_a_wrong_choice_and_a_bad_answer_are_refused_in_a_sentence(opened):
    page = opened("softmax-three-classes")
    page.select_option("#choose-activation-1", "relu")
    settle(page)
    assert page.text_content("#error").startswith("Output 2 makes the cross-entropy infinite")
    assert page.get_attribute("#choose-activation-1", "aria-invalid") == "true"
    page = opened(tab="answer")
    to_step(page, 9)
    type_in(page, "answer-δ_j1", "a lot")
    assert page.text_content("#error").endswith(".")
    assert page.input_value("[id='answer-δ_j1']") == "a lot"


def test_a_lab_that_was_stopped_says_how_to_start_it_again(opened):
    process, address = start_server()
    page = opened(address=address)
    stop(process)
    type_in(page, "set-w_i1j1", "0.8")
    expected = "The lab was stopped: start it again with `purenet lab`, and open the address that it prints."
    assert page.text_content("#error") == expected
    assert page.input_value("#set-w_i1j1") == "0.8"
    assert all("ERR_CONNECTION_REFUSED" in trouble for trouble in opened.troubles)
    opened.troubles.clear()


# for everybody


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_in_any_part(opened, theme, width):
    page = opened("mazur", width=width, color_scheme=theme)
    show_fields(page)
    type_in(page, "set-w_i1j1", "0.16")
    for tab in TABS:
        page.click(f"#tab-{tab}")
        settle(page)
        if tab == "learn":
            page.click("#train-10")
        if tab == "break":
            page.select_option("#mistake-mistake", "updated-weights-in-hidden-delta")
            settle(page)
            page.click("#all-differing summary")
        if tab == "answer":
            to_step(page, 2)
            for digits, name in (("0.3775", "x_j1⁽¹⁾"), ("7", "x_j2⁽¹⁾")):
                type_in(page, f"answer-{name}", digits)
                page.click(f"[id='hint-{name}']")
                settle(page)
        settle(page)
        violations = axe_module.Axe().run(page).response["violations"]
        assert [(tab, found["id"], found["nodes"][0]["html"][:200]) for found in violations] == []
    show_fields(page)
    type_in(page, "set-w_i1j1", "x")
    violations = axe_module.Axe().run(page).response["violations"]
    assert [(found["id"], found["nodes"][0]["html"][:200]) for found in violations] == []


@pytest.mark.parametrize("theme, width", [("light", 1280), ("dark", 360)])
def test_a_step_in_matrices_answers_to_the_focus_and_axe_finds_nothing(opened, theme, width):
    page = opened("xor-batch", width=width, color_scheme=theme)
    page.select_option("#show-way", "columns")
    settle(page)
    to_step(page, 9)
    page.focus("[data-uses][data-q='∂E/∂y_j2⁽³⁾']")
    lit = page.eval_on_selector_all(".entries .lit", "cells => [...new Set(cells.map(cell => cell.dataset.q))]")
    assert lit == ["∂E/∂y_j2⁽³⁾", "w_j2k1", "δ_k1⁽³⁾"]
    page.focus("[data-uses][data-q='δ_j2⁽³⁾']")
    assert "−0.0214042" in page.inner_text("[data-q='δ_j2⁽³⁾'].lit")
    assert page.inner_text(".the-sum").replace("\n", "").startswith("delta of j2")
    assert page.evaluate(SMALL_TEXTS) == [] and page.evaluate("document.documentElement.scrollWidth") == width
    violations = axe_module.Axe().run(page).response["violations"]
    assert [(found["id"], found["nodes"][0]["html"][:200]) for found in violations] == []


@pytest.mark.parametrize("case", ["2x2x1", "mazur", "deep-narrow", "wide", "softmax-three-classes"])
@pytest.mark.parametrize("width", [360, 768, 1280])
def test_no_text_is_too_small_and_the_page_does_not_scroll_aside(opened, case, width):
    page = opened(case, width=width)
    show_fields(page)
    for tab in TABS:
        page.click(f"#tab-{tab}")
        settle(page)
        if tab == "break":
            page.select_option("#mistake-mistake", "updated-weights-in-hidden-delta")
            settle(page)
        page.wait_for_timeout(100)
        assert (tab, page.evaluate(SMALL_TEXTS)) == (tab, [])
        assert page.evaluate("document.documentElement.scrollWidth") == width, tab


def test_text_twice_as_large_fits_a_phone(opened):
    page = opened("mazur", width=360, bypass_csp=True)
    page.add_style_tag(content="html { font-size: 200% }")
    show_fields(page)
    for tab in TABS:
        page.click(f"#tab-{tab}")
        settle(page)
        assert page.evaluate("document.documentElement.scrollWidth") == 360, tab


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("tab", TABS)
def test_keys_alone_reach_all_and_the_focus_is_always_seen(opened, tab, width):
    page = opened(tab=tab, width=width)
    page.focus(".skips a >> nth=0")
    reached = ["skips"]
    for _ in range(120):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUSED)
        if not focus["name"]:  # after the last
            break
        assert focus["visible"] and focus["outlined"], focus
        reached.append(focus["name"])
    controls = {"step": "step-slider", "nudge": "nudge-slider", "learn": "run", "break": "mistake-mistake"}
    assert controls.get(tab, "step-slider") in reached
    assert reached.index("open-case") < reached.index("tab-step") < reached.index(controls.get(tab, "step-slider"))
    assert width == 360 or "choose-rounding" in reached


def test_the_focus_stays_when_a_part_is_replaced(opened):
    page = opened()
    kept = []
    for control in ("step-on", "set-w_i1j1", "tab-learn", "train-10", "run", "run", "more-neuron-1"):
        page.focus(f"#{control}")
        page.keyboard.press("ArrowUp" if control.startswith("set") else "Enter")
        page.wait_for_timeout(100)
        settle(page)
        kept.append(page.evaluate("document.activeElement.id"))
    assert kept == ["step-on", "set-w_i1j1", "tab-learn", "train-10", "run", "run", "more-neuron-1"]
    for link, place in (("Skip to the results", "view"), ("Skip to the numbers to change", "")):
        page.focus(f"text={link}")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == place
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_a_press_on_a_number_that_can_be_changed_leads_to_its_field(opened):
    page = opened(width=360)
    assert not page.evaluate("document.getElementById('change').open")
    page.click("#view svg.upright .can-change[data-q='w_i1j1']")
    assert page.evaluate("document.activeElement.id") == "set-w_i1j1"


def test_what_changed_is_told_and_what_it_was(opened):
    page = opened()
    to_step(page, 9)
    type_in(page, "set-w_i1j1", "0.8")
    assert page.text_content("#said") == "32 of 43 numbers changed (underlined): δ_j1 from 0.0227 to 0.0218."
    assert page.get_attribute("#view tr[data-q='δ_j1'] td.by-hand", "data-was") == "0.0227"
    changed = page.eval_on_selector_all("#view tr.changed", "all => all.map(e => e.dataset.q)")
    assert changed == ["δ_j1", "δ_j2"]


def test_a_training_that_runs_says_nothing_until_it_is_paused(opened):
    page = opened("xor-that-learns", reduced_motion="no-preference")
    page.evaluate(
        """() => { window.heard = []; new MutationObserver(() => heard.push(part("said").textContent)).observe(
        part("said"), { childList: true, characterData: true, subtree: true }); }"""
    )
    page.click("#run")
    page.wait_for_timeout(700)
    assert page.text_content("#run") == "Pause"
    assert [words for words in page.evaluate("heard") if words] == []
    page.click("#run")
    page.wait_for_function("() => document.getElementById('said').textContent.startsWith('After ')")
    settle(page)
    assert page.text_content("#run") == "Run"
    assert len([words for words in page.evaluate("heard") if words]) == 1


def test_a_bad_address_is_refused_in_a_sentence(opened, addresses):
    page = opened(address=addresses("server"))
    page.evaluate("location.hash = 'nonsense'")
    page.wait_for_function("() => document.getElementById('error').textContent")
    assert page.text_content("#error").startswith("This address is not one of the lab")
