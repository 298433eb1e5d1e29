"""The page and the pictures in a real browser: Debian's Chromium, driven by Playwright, and axe-core for accessibility.

The extra `browser` holds the packages. Without them or without Chromium these tests are skipped, and say why.
"""

import random

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

axe_module = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-core is not installed")

pytestmark = pytest.mark.slow
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

FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))"


@pytest.fixture(scope="module")
def page_file(tmp_path_factory):
    case = load_case("2x2x1")
    trace = trace_step(case.network(), [1.0, 1.0], [0.5], 0.01, case.rounding, case.published, case.title)
    path = tmp_path_factory.mktemp("page") / "page.html"
    path.write_text(trace.to("html"), encoding="utf-8")
    return path


@pytest.fixture
def opened(browser, page_file):
    """Return a function that opens the page; afterwards, nothing may have left it and no error be in the console."""
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
        "section.step .picture",
        "found => found.filter(p => p.getClientRects().length).map(p => p.closest('section').id)",
    )


def spoken(page):
    return page.get_attribute("input[type=range]", "aria-valuetext")


def test_arrow_keys_and_buttons_step_and_stop_at_the_ends(opened):
    page = opened()
    assert visible_steps(page) == ["step-1"]
    assert page.is_disabled("[aria-label=Previous]")
    page.keyboard.press("ArrowLeft")
    assert visible_steps(page) == ["step-1"]
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    assert visible_steps(page) == ["step-6"]
    assert page.url.endswith("#step-6")
    page.keyboard.press("ArrowLeft")
    page.click("[aria-label=Previous]")
    assert visible_steps(page) == ["step-4"]
    for _ in range(10):
        page.click("[aria-label=Next]")
    assert visible_steps(page) == ["step-14"]
    assert page.is_disabled("[aria-label=Next]")
    assert page.evaluate("document.activeElement.ariaLabel") == "Previous"  # the focus is not lost
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


def test_the_controls_say_how_many_steps_there_are_and_name_the_parts(opened):
    page = opened("#step-9")
    assert page.inner_text(".place") == "9 of 14\nbackward"
    assert page.eval_on_selector_all(".parts span", "found => found.map(e => [e.textContent, e.style.flexGrow])") == [
        ["forward", "5"], ["loss", "1"], ["backward", "4"], ["update", "2"], ["forward", "1"], ["loss", "1"],
    ]  # fmt: skip


def test_home_and_end_go_to_the_first_and_the_last_step(opened):
    page = opened("#step-6")
    page.keyboard.press("End")
    assert visible_steps(page) == ["step-14"]
    page.keyboard.press("Home")
    assert visible_steps(page) == ["step-1"]


def test_what_is_given_is_folded_and_open_without_script(opened):
    page = opened()
    assert not page.is_visible("details p")
    page.click("summary")
    assert page.is_visible("details p")
    page.keyboard.press("ArrowRight")
    assert page.is_visible("details p")
    assert opened(java_script_enabled=False).is_visible("details p")


def lit(page):
    """Return what is lit in the picture, and the rows."""
    names = "found => found.map(element => element.tagName + ' ' + (element.dataset.q || element.dataset.edge))"
    return page.eval_on_selector_all("svg.lying .lit, tr.lit", names)


def test_pointing_at_a_row_lights_its_cell_and_its_edge_and_the_other_way_round(opened):
    page = opened("#step-8")
    page.hover("#step-8 tr[data-q='∇w_j1k1'] th")
    expected = ["g w_j1k1", "g y_j1", "g δ_k1", "g ∇w_j1k1", "TR ∇w_j1k1"]
    assert lit(page) == expected
    assert page.eval_on_selector_all("#step-8 td .lit", "found => found.map(e => e.dataset.q)") == ["δ_k1", "y_j1"] * 2
    page.mouse.move(0, 0)
    assert lit(page) == []
    page.focus("#step-8 tr[data-q='∇w_j1k1']")
    assert lit(page) == expected
    page.evaluate("document.activeElement.blur()")
    page.hover("#step-8 g[data-q='∇w_j1k1'] rect", force=True)
    assert lit(page) == ["g w_j1k1", "g ∇w_j1k1", "TR ∇w_j1k1"]
    page.hover("#step-8 g[data-q='y_k1'] rect", force=True)
    assert lit(page) == ["g y_k1"]
    # an edge, between its beginning and its labels, lights all that stands at it
    place = page.evaluate(
        """() => { const path = document.querySelector("#step-8 [data-edge=w_j1k1] .line");
        const point = path.getPointAtLength(30).matrixTransform(path.getScreenCTM()); return [point.x, point.y] }"""
    )
    page.mouse.move(place[0], place[1] + 4)
    assert lit(page) == ["g w_j1k1", "g w_j1k1", "g ∇w_j1k1", "TR ∇w_j1k1"]


def test_a_velocity_of_a_later_training_step_lights_the_edge_of_its_weight(opened, tmp_path):
    file = tmp_path / "page.html"
    file.write_text(trace_case(load_case("momentum-batches")).to("html"), encoding="utf-8")
    page = opened("#step-61", file=file)
    page.hover("#step-61 g[data-q='v_i1j1⁺⁺'] rect", force=True)
    assert lit(page) == ["g w_i1j1⁺", "g v_i1j1⁺⁺", "TR v_i1j1⁺⁺"]
    page.hover("#step-61 tr[data-q='b_j2⁺⁺'] th")
    assert lit(page) == ["g b_j2⁺", "g b_j2⁺", "g v_j2⁺⁺", "g b_j2⁺⁺", "TR b_j2⁺⁺"]


def test_a_symbol_is_one_mark_in_rule_words_row_and_picture(opened):
    page = opened("#step-9")
    marks = "found => found.map(element => element.dataset.kind || element.dataset.q)"
    page.hover("#step-9 .rule [data-kind='δ_k'] mi")
    assert lit(page) == ["g δ_k1"]
    assert page.eval_on_selector_all("#step-9 td .lit", marks) == ["δ_k1"] * 4  # symbols, and numbers
    page.hover("#step-9 .rule [data-kind='δ_j'] mi")
    assert lit(page) == ["g δ_j1", "g δ_j2", "TR δ_j1", "TR δ_j2"]
    page.hover("#step-9 tr[data-q='δ_j2'] td.numbers-in [data-q='w_j2k1']")
    assert lit(page) == ["g w_j2k1", "g w_j2k1"]  # the edge and its label
    page.hover("#step-9 g[data-q='δ_j1'] rect", force=True)
    assert page.eval_on_selector_all("#step-9 .rule .lit", marks) == ["δ_j"]
    page.hover("#step-9 tr[data-q='δ_j1'] th")
    assert lit(page) == ["g w_j1k1", "g y_j1", "g δ_j1", "g δ_k1", "g w_j1k1", "TR δ_j1"]
    page = opened("#step-7")
    page.hover("#step-7 p [data-kind]")
    assert page.get_attribute("#step-7 p [data-kind]", "data-kind") == "∂E/∂y_k"
    assert page.eval_on_selector_all("#step-7 .lit", marks) == ["∂E/∂y_k"] * 3  # the words, and twice in the rule


SHOWN = """(selector) => [...document.querySelectorAll(`.current ${selector}`)].filter((element) =>
  element.getClientRects().length && getComputedStyle(element).visibility !== "hidden")"""


def shown(page, selector, attribute):
    return page.evaluate(f"(selector) => ({SHOWN})(selector).map((e) => e.dataset.{attribute})", selector)


def test_a_click_on_a_neuron_shows_its_sum_alone(opened):
    page = opened("#step-2")
    neuron = ".current svg.lying [data-neuron=j2]"
    everything = shown(page, "svg.lying [data-edge]", "edge")
    assert page.get_attribute(neuron, "role") == "button"
    assert page.get_attribute(neuron, "aria-label") == "Neuron j2: its sum alone"
    assert page.get_attribute(neuron, "aria-pressed") == "false"
    page.click(f"{neuron} rect >> nth=0")
    assert page.get_attribute(neuron, "aria-pressed") == "true"
    assert shown(page, "tbody tr", "q") == ["x_j2"]
    assert shown(page, "svg.lying [data-edge]", "edge") == ["w_i1j2", "w_i2j2"]
    page.keyboard.press("ArrowRight")  # the choice holds in the next step
    assert shown(page, "tbody tr", "q") == ["y_j2"]
    page.keyboard.press("Escape")
    assert shown(page, "tbody tr", "q") == ["y_j1", "y_j2"]
    assert shown(page, "svg.lying [data-edge]", "edge") == everything
    page = opened("#step-9")
    page.focus(".current svg.lying [data-neuron=j1]")
    page.keyboard.press("Enter")
    assert shown(page, "tbody tr", "q") == ["δ_j1"]
    assert shown(page, "svg.lying [data-edge]", "edge") == ["w_j1k1"]  # a hidden delta adds up what leaves the neuron
    page.keyboard.press("Enter")
    assert shown(page, "tbody tr", "q") == ["δ_j1", "δ_j2"]


def test_of_a_wide_layer_each_sum_can_be_shown(opened, pages):
    page = opened("#step-2", file=pages("12-12-12"))
    assert shown(page, "svg.lying .sum", "sum") == ["j1"]
    page.click(".current svg.lying [data-neuron=j5] rect >> nth=0")
    assert shown(page, "svg.lying .sum", "sum") == ["j5"]
    labels = shown(page, "svg.lying .sum .label", "q")
    assert labels == [f"w_i{n}j5" for n in range(1, 13)] + ["b_j5"]
    assert shown(page, "tbody tr", "q") == ["x_j5"]
    page = opened("#step-10", file=pages("12-12-12"), width=360)
    page.wait_for_selector(".current svg.upright")
    page.click(".current svg.upright [data-neuron=j1] rect >> nth=0")
    assert shown(page, "tbody tr", "q") == [f"∇w_i{n}j1" for n in range(1, 13)] + ["∇b_j1"]
    assert shown(page, "svg.upright .sum .label", "q") == [f"∇w_i{n}j1" for n in range(1, 13)] + ["∇b_j1"]


def test_content_that_is_put_into_a_watched_element_later_answers_as_well(opened):
    page = opened()
    page.evaluate(
        """() => { const section = document.createElement("section"); section.id = "later";
        document.body.append(section); watchStep(section);
        const [from] = document.querySelectorAll("#step-9");
        section.innerHTML = from.innerHTML.replaceAll('tabindex="0"', '').replaceAll('role="button"', '') }"""
    )
    page.wait_for_function("document.querySelector('#later tbody tr').tabIndex === 0")
    page.focus("#later tbody tr >> nth=0")
    assert page.eval_on_selector_all("#later tr.lit", "found => found.length") == 1
    page.click("#later svg.lying [data-neuron=j2] rect >> nth=0")
    assert page.eval_on_selector_all("#later tr.own", "found => found.map(row => row.dataset.q)") == ["δ_j2"]


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


def test_all_steps_keep_the_place(opened):
    page = opened("#step-7")
    page.click("text=All steps")
    top = "document.querySelector('#step-7').getBoundingClientRect().top"
    assert 0 <= page.evaluate(top) <= 200
    page.evaluate("document.querySelector('#step-11').scrollIntoView()")
    page.wait_for_function("document.querySelector('.place').textContent.startsWith('11 of 14')")
    assert page.input_value("input[type=range]") == "11"
    page.click("text=All steps")
    assert visible_steps(page) == ["step-11"]


def test_two_steps_fit_a_printed_sheet(opened):
    pdf = opened().pdf(prefer_css_page_size=True)
    assert pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page/") <= 8  # 14 steps


def test_without_script_every_step_is_visible(opened):
    page = opened(java_script_enabled=False)
    assert page.locator("section.step:visible").count() == 14
    assert page.locator("section.step svg.lying:visible").count() == 14
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


def test_on_a_phone_nothing_but_pictures_scrolls_aside_and_the_controls_are_one_row(opened, pages):
    for name, theme in (("2x2x1", "dark"), ("softmax-three-classes", "light")):
        page = opened(file=pages(name), width=360, color_scheme=theme)
        assert page.evaluate("document.querySelector('nav').offsetHeight") <= 60
        page.click("text=All")
        assert page.evaluate("document.documentElement.scrollWidth") == 360
        wide = "[...document.querySelectorAll('.numbers, .rule')].filter(e => e.scrollWidth > e.clientWidth).length"
        assert page.evaluate(wide) == 0
        borders = "getComputedStyle(document.querySelector('#step-9 td.formula')).borderBottomWidth"
        assert page.evaluate(borders) == "0px"
        labels = "getComputedStyle(document.querySelector('#step-9 td.formula'), '::before').content"
        assert page.evaluate(labels) == '"formula"'


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Return a function that returns the file of the page of a case, or of a network of some sizes."""
    folder, files = tmp_path_factory.mktemp("pages"), {}

    def page_of(name):
        if name not in files:
            sizes = name.split("-")
            is_sizes = all(size.isdigit() for size in sizes)
            trace = built(*map(int, sizes)) if is_sizes else trace_case(load_case(name))
            files[name] = folder / f"{name}.html"
            files[name].write_text(trace.to("html"), encoding="utf-8")
        return files[name]

    return page_of


# of the current step: whether a result is in sight in its picture, and all of them if they fit; the smallest text in pixels;
# how far down picture and table begin; how many labels are cut by their frames; the width of the page
STEP = """() => {
  const step = document.querySelector(".current"), picture = step.querySelector(".picture");
  const frame = picture.getBoundingClientRect();
  const isShown = (e) => e.getClientRects().length && getComputedStyle(e).visibility !== "hidden";
  const results = [...picture.querySelectorAll(".cell.now, .label.now")].filter(isShown)
    .map((e) => (e.querySelector("rect") || e).getBoundingClientRect());
  const span = (from, to) => Math.max(...results.map((r) => r[to])) - Math.min(...results.map((r) => r[from]));
  const inside = results.filter((r) => r.left >= frame.left - .5 && r.right <= frame.right + .5
    && r.top >= frame.top - .5 && r.bottom <= frame.bottom + .5).length;
  const fit = span("left", "right") <= frame.width - 8 && span("top", "bottom") <= frame.height - 8;
  const texts = [...picture.querySelectorAll("text, tspan")].filter(isShown).filter((e) => e.textContent.trim());
  const scale = (e) => e.ownerSVGElement.getBoundingClientRect().width / e.ownerSVGElement.viewBox.baseVal.width || 1;
  const cut = [...picture.querySelectorAll(".label, .cell")].filter(isShown).filter((group) => {
    const [rect, sub] = [group.querySelector("rect"), group.querySelector(".sub")];
    return rect && sub && sub.getBoundingClientRect().bottom > rect.getBoundingClientRect().bottom;
  });
  return {
    seen: inside > 0 && (inside === results.length || !fit), cut: cut.map((e) => e.dataset.q),
    text: Math.min(...texts.map((e) => parseFloat(getComputedStyle(e).fontSize) * scale(e))),
    picture: frame.top, table: step.querySelector(".numbers").getBoundingClientRect().top,
    width: document.documentElement.scrollWidth,
  };
}"""
NETWORKS = [
    "2x2x1",
    "mazur",
    "softmax-three-classes",
    "a2-two-hidden-layers",
    "wide",
    "deep-narrow",
    "12-12-12",
    "64-32-10",
]
MOST_STEPS = 34  # of a training that is looked at, the first example of each


@pytest.mark.parametrize("width", [360, 768, 1280])
@pytest.mark.parametrize("name", NETWORKS)
def test_every_step_shows_its_results_in_letters_that_can_be_read_and_stays_at_its_place(opened, pages, name, width):
    page = opened(file=pages(name), width=width)
    count = min(MOST_STEPS, page.locator("section.step").count())
    steps = []
    for _ in range(count):
        page.wait_for_function(FRAMES)
        steps.append(page.evaluate(STEP))
        page.keyboard.press("ArrowRight")
    assert [n for n, step in enumerate(steps, start=1) if not step["seen"]] == []
    assert min(step["text"] for step in steps) >= 9
    assert {symbol for step in steps for symbol in step["cut"]} == set()
    tops = [step["picture"] for step in steps]
    assert max(tops) - min(tops) <= 2
    assert {step["width"] for step in steps} == {width}


def test_picture_and_table_begin_on_the_first_screen_of_a_laptop(opened, pages):
    page = opened(file=pages("2x2x1"))
    page.set_viewport_size({"width": 1280, "height": 720})
    tops = []
    for _ in range(14):
        page.wait_for_function(FRAMES)
        tops.append(page.evaluate(STEP)["table"])
        page.keyboard.press("ArrowRight")
    assert max(tops) <= 720
    box = ".current .picture"
    assert page.evaluate(f"document.querySelector('{box}').scrollWidth <= document.querySelector('{box}').clientWidth")


def test_an_upright_picture_shows_the_same_numbers_in_the_same_states(opened, pages):
    states = """(kind) => [...document.querySelectorAll(`.current svg.${kind} [data-q]`)]
      .map((e) => [e.dataset.q, e.getAttribute("class"), (e.querySelector(".number, .value") || {}).textContent || ""]).sort()"""
    page = opened(file=pages("2x2x1"), width=360)
    for _ in range(14):
        page.wait_for_selector(".current svg.upright")
        assert page.evaluate(states, "upright") == page.evaluate(states, "lying")
        assert page.evaluate("document.querySelector('.current .picture').scrollWidth") <= 336
        page.keyboard.press("ArrowRight")


def test_no_sign_of_a_formula_is_too_small_to_read(opened):
    page = opened("#step-3")
    sizes = "[...document.querySelectorAll('math :is(mi, mn, mo)')].map(e => parseFloat(getComputedStyle(e).fontSize))"
    assert min(page.evaluate(sizes)) >= 10
    fraction = "parseFloat(getComputedStyle(document.querySelector('#step-3 td mfrac mn')).fontSize)"
    assert page.evaluate(fraction) == pytest.approx(16.8)  # 1.05 of 16


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
        is_whole = not pictures.layouts[step.place].compact and "…" not in pictures.picture(step.number)
        assert overlaps["count"] >= len(step.rows) or not is_whole
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
