"""The page and the pictures in a real browser: Debian's Chromium, driven by Playwright, and axe-core for accessibility.

The extra `browser` holds the packages. Without them or without Chromium these tests are skipped, and say why.
"""

import random
import shutil

import pytest

from purenet import (
    CrossEntropy,
    History,
    Identity,
    Softmax,
    build_network,
    mistake_images,
    picture_of,
    regions,
    regions_series,
    trace_case,
    trace_step,
    train,
    weight_images,
)
from purenet.cases import load_case
from purenet.datasets import digits, xor
from purenet.trace.step_pictures import Pictures
from purenet.training import Epoch
from tests.networks import INPUTS_2_3_2, TARGETS_2_3_2, example_2_3_2
from tests.trace.test_step_pictures import built

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed: pip install '.[browser]'")
axe_module = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-core is not installed")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium: apt-get install chromium"),
]
# the label boxes and cells of a picture, and each pair of them that overlaps by more than a hair
OVERLAPS = """() => {
  const boxes = [...document.querySelectorAll("svg g.cell, svg g.label")].map((group) => {
    const parts = [...group.querySelectorAll("text, rect")].map((part) => part.getBoundingClientRect());
    return {
      name: group.dataset.q || group.textContent,
      left: Math.min(...parts.map((p) => p.left)), right: Math.max(...parts.map((p) => p.right)),
      top: Math.min(...parts.map((p) => p.top)), bottom: Math.max(...parts.map((p) => p.bottom)),
    };
  });
  for (const text of document.querySelectorAll("svg text.note, svg text.title, svg text.rule")) {
    const { left, right, top, bottom } = text.getBoundingClientRect();
    boxes.push({ name: text.textContent, left, right, top, bottom });
  }
  const found = [];
  boxes.forEach((a, n) => boxes.slice(n + 1).forEach((b) => {
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (wide > 0.1 && high > 0.1) found.push(`${a.name} and ${b.name}`);
  }));
  return { count: boxes.length, found };
}"""
# the texts that are wider than the box around them, or stand outside the picture
STICKING_OUT = """() => {
  const whole = document.querySelector("svg").getBoundingClientRect();
  const found = [];
  for (const text of document.querySelectorAll("svg text")) {
    const box = text.parentNode.querySelector(":scope > rect");
    const around = box && !text.matches(".note, .title, .rule") ? box.getBoundingClientRect() : whole;
    const inner = text.getBoundingClientRect();
    if (inner.left < around.left - 0.1 || inner.right > around.right + 0.1) found.push(text.textContent);
  }
  return found;
}"""

# each pair of texts of a picture that overlap, and the texts that stick out of it
TEXTS = """() => {
  const whole = document.querySelector("svg").getBoundingClientRect();
  const boxes = [...document.querySelectorAll("svg text")].map((e) => [e.textContent, e.getBoundingClientRect()]);
  const found = boxes.filter(([_, b]) => b.left < whole.left || b.right > whole.right || b.bottom > whole.bottom)
    .map(([words]) => `${words} sticks out`);
  boxes.forEach(([one, a], n) => boxes.slice(n + 1).forEach(([other, b]) => {
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (wide > 0.5 && high > 4) found.push(`${one} and ${other}`);  // boxes of lines are higher than their signs
  }));
  return found;
}"""

# whether a result of the current step is within its picture as far as that is in sight
IN_SIGHT = """() => {
  const picture = document.querySelector(".step.current .picture");
  const frame = picture.getBoundingClientRect();
  return [...picture.querySelectorAll(".cell.now, .label.now")].map((result) => result.getBoundingClientRect())
    .some((rect) => rect.left >= frame.left && rect.right <= frame.right);
}"""
FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))"


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as started:
        launched = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def page_file(tmp_path_factory):
    case = load_case("2x2x1")
    trace = trace_step(case.network(), [1.0, 1.0], [0.5], 0.01, case.rounding, case.published, case.title)
    path = tmp_path_factory.mktemp("page") / "page.html"
    path.write_text(trace.to("html"), encoding="utf-8")
    return path


@pytest.fixture
def opened(browser, page_file):
    """Return a function that opens the page; afterwards, nothing may have left it and no error stand in the console."""
    contexts, troubles = [], []

    def open_page(address="", file=page_file, width=1280, **options):
        context = browser.new_context(viewport={"width": width, "height": 800}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: troubles.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: troubles.append(f"error: {error}"))
        page.on("request", lambda request: troubles.append(request.url) if request.url[:5] != "file:" else None)
        page.goto(f"{file.as_uri()}{address}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert troubles == []


def visible_steps(page):
    return page.eval_on_selector_all(
        "section.step", "sections => sections.filter(s => s.getClientRects().length).map(s => s.id)"
    )


def spoken(page):
    return page.get_attribute("input[type=range]", "aria-valuetext")


def test_arrow_keys_and_buttons_step_and_stop_at_the_ends(opened):
    page = opened()
    assert visible_steps(page) == ["step-1"]
    assert page.is_disabled("text=Previous")
    page.keyboard.press("ArrowLeft")
    assert visible_steps(page) == ["step-1"]
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    assert visible_steps(page) == ["step-6"]
    assert page.url.endswith("#step-6")
    page.keyboard.press("ArrowLeft")
    page.click("text=Previous")
    assert visible_steps(page) == ["step-4"]
    for _ in range(10):
        page.click("text=Next")
    assert visible_steps(page) == ["step-14"]
    assert page.is_disabled("text=Next")
    assert page.evaluate("document.activeElement.textContent") == "Previous"  # the focus is not lost
    assert page.text_content("[role=status]") == "Step 14. Before and after"


def test_a_step_has_an_address(opened):
    page = opened("#step-6")
    assert visible_steps(page) == ["step-6"]
    page.evaluate("location.hash = '#step-9'")
    page.wait_for_function("document.querySelector('section.current').id === 'step-9'")
    page.evaluate("location.hash = '#step-99'")
    assert visible_steps(page) == ["step-9"]


def test_the_slider_steps_and_says_where_it_is(opened):
    page = opened("#step-6")
    assert page.input_value("input[type=range]") == "6"
    assert spoken(page) == "Step 6. The loss"
    page.focus("input[type=range]")
    page.keyboard.press("ArrowRight")
    assert visible_steps(page) == ["step-7"]
    assert spoken(page) == "Step 7. Deltas of layer K"
    page.keyboard.press("Home")
    assert visible_steps(page) == ["step-1"]


def lit(page):
    names = "found => found.map(element => element.tagName + ' ' + (element.dataset.q || element.dataset.edge))"
    return page.eval_on_selector_all(".lit", names)


def test_pointing_at_a_row_lights_its_cell_and_its_edge_and_the_other_way_round(opened):
    page = opened("#step-8")
    page.hover("#step-8 tr[data-q='∇w_j1k1'] th")
    expected = ["g w_j1k1", "g ∇w_j1k1", "TR ∇w_j1k1"]
    assert lit(page) == expected
    page.mouse.move(0, 0)
    assert lit(page) == []
    page.focus("#step-8 tr[data-q='∇w_j1k1']")
    assert lit(page) == expected
    page.evaluate("document.activeElement.blur()")
    page.hover("#step-8 g[data-q='∇w_j1k1'] rect", force=True)
    assert lit(page) == expected
    page.hover("#step-8 g[data-q='y_k1'] rect", force=True)
    assert lit(page) == ["g y_k1"]
    # an edge, between its beginning and its labels, lights all that stands at it
    place = page.evaluate(
        """() => { const path = document.querySelector("#step-8 [data-edge=w_j1k1] path");
        const point = path.getPointAtLength(30).matrixTransform(path.getScreenCTM()); return [point.x, point.y] }"""
    )
    page.mouse.move(place[0], place[1] + 4)
    assert lit(page) == ["g w_j1k1", "g w_j1k1", "g ∇w_j1k1", "TR ∇w_j1k1"]


def test_a_velocity_of_a_later_training_step_lights_the_edge_of_its_weight(opened, tmp_path):
    file = tmp_path / "page.html"
    file.write_text(trace_case(load_case("momentum-batches")).to("html"), encoding="utf-8")
    page = opened("#step-61", file=file)
    page.hover("#step-61 tr[data-q='v_i1j1⁺⁺'] th")
    assert lit(page) == ["g w_i1j1⁺", "g v_i1j1⁺⁺", "TR v_i1j1⁺⁺"]
    page.hover("#step-61 tr[data-q='b_j2⁺⁺'] th")
    assert lit(page) == ["g b_j2⁺", "g b_j2⁺⁺", "TR b_j2⁺⁺"]


def test_all_steps_at_once_on_demand_and_in_print(opened):
    page = opened("#step-3")
    page.click("text=All steps")
    assert len(visible_steps(page)) == 14
    assert page.get_attribute("text=All steps", "aria-pressed") == "true"
    page.click("text=All steps")
    assert visible_steps(page) == ["step-3"]
    page.emulate_media(media="print")
    assert len(visible_steps(page)) == 14
    assert not page.is_visible("nav")


def test_without_script_every_step_is_visible(opened):
    page = opened(java_script_enabled=False)
    assert page.locator("section.step:visible").count() == 14
    assert page.locator("section.step svg:visible").count() == 14
    assert page.locator("nav:visible").count() == 0


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing(opened, theme, width):
    page = opened("#step-9", width=width, color_scheme=theme)
    page.hover("#step-9 tr[data-q='δ_j1'] th")
    for _ in range(2):
        violations = axe_module.Axe().run(page).response["violations"]
        assert [(found["id"], found["nodes"][0]["html"][:200]) for found in violations] == []
        page.click("text=All steps")


@pytest.mark.parametrize("trace", ["2x2x1", "4-4-3"])
def test_a_phone_scrolls_down_and_only_pictures_and_tables_scroll_aside(opened, page_file, tmp_path, trace):
    file = page_file
    if trace != "2x2x1":
        file = tmp_path / "page.html"
        file.write_text(built(4, 4, 3).to("html"), encoding="utf-8")
    page = opened(file=file, width=360)
    page.click("text=All steps")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert page.evaluate("[...document.querySelectorAll('.scroll')].some(e => e.scrollWidth > e.clientWidth)")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("case", ["softmax-three-classes", "momentum-batches"])
def test_a_picture_is_scrolled_to_what_is_computed_now(opened, tmp_path, case, width):
    file = tmp_path / "page.html"
    trace = trace_case(load_case(case))
    file.write_text(trace.to("html"), encoding="utf-8")
    page = opened(file=file, width=width)
    shown = []
    for step in trace.steps:
        page.wait_for_function(FRAMES)
        shown.append((step.number, page.evaluate(IN_SIGHT)))
        page.keyboard.press("ArrowRight")
    assert shown == [(step.number, True) for step in trace.steps]
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_no_sign_of_a_formula_is_too_small_to_read(opened):
    page = opened("#step-3")
    sizes = "[...document.querySelectorAll('math :is(mi, mn, mo)')].map(e => parseFloat(getComputedStyle(e).fontSize))"
    assert min(page.evaluate(sizes)) >= 10
    fraction = "parseFloat(getComputedStyle(document.querySelector('#step-3 td mfrac mn')).fontSize)"
    assert page.evaluate(fraction) == 16


def test_a_script_in_a_title_does_not_run(opened, tmp_path):
    title = "</title><script>document.title = 'run'</script><img src=x onerror=\"document.title = 'run'\">"
    file = tmp_path / "evil.html"
    trace = trace_step(example_2_3_2(), INPUTS_2_3_2, TARGETS_2_3_2, 0.1, title=title)
    file.write_text(trace.to("html"), encoding="utf-8")
    page = opened(file=file)
    assert page.title() == title
    assert page.text_content("h1") == title
    assert page.locator("img").count() == 0


def networks():
    case = load_case("2x2x1")
    yield pytest.param(
        trace_step(case.network(), [1.0, 1.0], [0.5], 0.01, case.rounding, title=case.title), id="2x2x1 by hand"
    )
    for sizes in ((1, 1), (2, 2, 1), (4, 4, 3), (3, 8, 8, 2), (12, 12, 12), (30, 20, 13)):
        yield pytest.param(built(*sizes), id="-".join(map(str, sizes)))
    for case in ("momentum-batches", "f-momentum-weight-decay", "xor-batch", "brownlee-forward"):
        yield pytest.param(trace_case(load_case(case)), id=case)


@pytest.mark.parametrize("trace", list(networks()))
def test_no_two_labels_overlap_at_any_step(browser, trace):
    pictures = Pictures(trace)
    page = browser.new_page()
    for step in trace.steps:
        page.set_content(f"<!doctype html><body style='margin:0'>{pictures.picture(step.number)}")
        overlaps = page.evaluate(OVERLAPS)
        assert overlaps["count"] >= len(step.rows) or "…" in pictures.picture(step.number)
        assert overlaps["found"] == [], step
        assert page.evaluate(STICKING_OUT) == [], step
    page.close()


def charts():
    data, source = xor(), random.Random(1)
    network = build_network([2, 3, 1], last=Identity, source=source)
    curve = History(train(network, data.examples, 0.5, 500, batch_size=4))
    yield pytest.param(curve.picture(), id="loss")
    yield pytest.param(History([Epoch(1, 1e300, 0.5), Epoch(2, 1e-300, 1.0)]).picture(), id="600 decades")
    yield pytest.param(picture_of(network), id="2-3-1")
    for sizes in ((1, 1), (12, 12, 12), (64, 32, 10), (3, 8, 8, 2)):
        yield pytest.param(picture_of(build_network(sizes, source=source, bias=-0.25)), id="-".join(map(str, sizes)))
    yield pytest.param(regions(network, data.examples), id="regions")
    stages = [("before training", network), ("after 100000 epochs", network), ("after 200000 epochs", network)]
    yield pytest.param(regions_series(stages, data.examples), id="series")
    six = [(f"after {n}00000 epochs, loss 0.000{n}23", network) for n in range(1, 7)]
    yield pytest.param(regions_series(six, data.examples), id="six stages")
    epochs = [Epoch(n, 1 / n, 1 - 1 / (n + 1)) for n in range(1, 9)]
    yield pytest.param(History(epochs).picture(True, epochs), id="held out")
    images = build_network([64, 20, 10], last=Softmax, source=source, loss=CrossEntropy())
    yield pytest.param(weight_images(images, 8, 8), id="weights")
    held_out = digits().held_out
    yield pytest.param(mistake_images(images, held_out, 8, 8, ["a long label"] * 10), id="mistakes")


@pytest.mark.parametrize("picture", list(charts()))
def test_no_two_texts_of_a_chart_overlap_or_stick_out(browser, picture):
    page = browser.new_page()
    page.set_content(f"<!doctype html><body style='margin:0'>{picture}")
    assert page.evaluate(TEXTS) == []
    page.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_picture_in_a_notebook_follows_the_theme_of_its_page(browser, theme):
    page = browser.new_page(viewport={"width": 700, "height": 500})
    shown = History([Epoch(1, 0.5, 0.5)]).picture()._repr_html_()
    page.set_content(f"<!doctype html><body style='margin:0;color-scheme:{theme}'>{shown}")
    page.wait_for_function("document.images[0].complete && document.images[0].naturalWidth > 0")
    corner = page.evaluate(
        """() => { const canvas = document.createElement("canvas"); const drawing = canvas.getContext("2d");
        drawing.drawImage(document.images[0], 0, 0); return [...drawing.getImageData(2, 2, 1, 1).data] }"""
    )
    assert corner == ([255, 255, 255, 255] if theme == "light" else [20, 23, 26, 255])
    page.close()


@pytest.mark.parametrize("theme, screen", [("dark", "light"), ("light", "dark")])
def test_a_trace_in_a_notebook_steps_in_its_frame_and_has_the_theme_around_it(opened, tmp_path, theme, screen):
    path = tmp_path / "notebook.html"
    output = trace_case(load_case("2x2x1"))._repr_html_()
    path.write_text(f'<!doctype html><html style="color-scheme:{theme}"><body>{output}</body></html>', encoding="utf-8")
    page = opened(file=path, color_scheme=screen)
    page.wait_for_load_state()
    frame = page.frames[1]
    assert frame.locator(".step:visible h2").all_inner_texts() == ["Step 1. The inputs"]
    frame.locator("input[type=range]").focus()
    page.keyboard.press("ArrowRight")
    assert frame.locator(".step:visible h2").all_inner_texts() == ["Step 2. Net inputs of layer J"]
    colour = frame.evaluate("getComputedStyle(document.querySelector('.paper')).fill")
    assert colour == ("rgb(20, 23, 26)" if theme == "dark" else "rgb(255, 255, 255)")


def test_overlaps_would_be_found(browser):
    page = browser.new_page()
    text = Pictures(built(2, 2, 1)).picture(9)
    for symbol, found in (("δ_j1", "tanh and δ_j1"), ("∇w_j1k1", "w_j1k1 and ∇w_j1k1")):
        page.set_content(text.replace(f'data-q="{symbol}"', f'data-q="{symbol}" transform="translate(0 -9)"'))
        assert page.evaluate(OVERLAPS)["found"] == [found]
    page.close()
