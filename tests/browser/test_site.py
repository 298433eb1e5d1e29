"""The site in a real browser, opened as files: wide and narrow, light and dark, with axe-core for accessibility."""

import pytest

axe_module = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-core is not installed")

from tests.site.conftest import site  # noqa: F401

pytestmark = pytest.mark.slow

PAGES = [
    "index.html",
    "cases/index.html",
    "cases/mazur.html",
    "cases/wide.html",
    "chapters/index.html",
    "chapters/03.html",
    "chapters/12.html",
    "chapters/13.html",
    "golden/index.html",
    "golden/matrix.html",
    "golden/protocol.html",
    "guides/index.html",
    "guides/testing.html",
    "guides/vocabulary.html",
    "mistakes/index.html",
    "mistakes/hidden-derivative-missing.html",
    "mistakes/softmax-over-batch.html",
    "mistakes/random-default-argument.html",
    "reference/index.html",
    "reference/neuron.html",
    "search.html#momentum",
    "source/index.html",
    "source/neuron.html",
    "steps/mazur.html",
]


@pytest.fixture
def opened(browser, site):  # noqa: F811
    """Return a function that opens a page; afterwards, nothing may have left the site and no error be in the console."""
    contexts, troubles = [], []

    def open_page(name, width=1280, **options):
        context = browser.new_context(viewport={"width": width, "height": 800}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: troubles.append(f"{name}: {message.text}"))
        page.on("pageerror", lambda error: troubles.append(f"{name}: {error}"))
        page.on("request", lambda request: troubles.append(request.url) if request.url[:5] != "file:" else None)
        page.on("requestfailed", lambda request: troubles.append(request.url))
        page.goto(f"{site.as_uri()}/{name}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert troubles == []


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_scrolls_sideways(opened, name, width):
    page = opened(name, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width, scheme", [(1280, "light"), (360, "dark")])
def test_axe_has_nothing_to_say(opened, name, width, scheme):
    page = opened(name, width, color_scheme=scheme)
    found = axe_module.Axe().run(page, options={"preload": False}).response["violations"]
    assert [f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in found] == []


def test_the_colours_follow_the_screen(opened):
    colours = [
        opened("index.html", color_scheme=scheme).evaluate("getComputedStyle(document.body).backgroundColor")
        for scheme in ("light", "dark")
    ]
    assert colours == ["rgb(255, 255, 255)", "rgb(20, 23, 26)"]


def test_the_first_stop_of_the_tab_key_leads_to_the_content(opened):
    page = opened("cases/mazur.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.url.endswith("#content")


def test_a_line_of_the_source_has_an_address(opened):
    page = opened("source/neuron.html#L43")
    assert page.locator("#L43").is_visible() and "def forward" in page.inner_text("#L43")


@pytest.mark.parametrize(
    "words, first",
    [
        ("momentum", "momentum"),
        ("δ_j1", "δ_j1"),
        ("delta_j1", "δ_j1"),
        ("softmax jacobian", "jacobian"),
        ("Mazur", "mazur"),
        ("Neuron.backward", "neuron.backward"),
        ("hidden-derivative-missing", "hidden-derivative-missing"),
    ],
)
def test_the_search_finds_words_symbols_and_names(opened, words, first):
    page = opened("search.html")
    page.fill("#words", words)
    assert " found" in page.inner_text("#found")
    assert first in page.inner_text("#results li:first-child").lower()


def test_the_search_says_when_nothing_is_found(opened):
    page = opened("search.html")
    page.fill("#words", "xyzzy")
    assert page.inner_text("#found") == "Nothing is found for “xyzzy”."
    assert page.locator("#results li").count() == 0


def test_the_search_is_done_with_the_keyboard(opened):
    page = opened("search.html")
    page.keyboard.type("hidden-derivative-missing")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == "hidden-derivative-missing"
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "words"
    page.keyboard.press("Enter")
    page.wait_for_url("**/mistakes/hidden-derivative-missing.html")


def test_a_search_has_an_address(opened):
    page = opened("search.html#delta_j1")
    assert page.input_value("#words") == "delta_j1" and page.locator("#results li").count() > 0


def test_a_page_with_steps_steps(opened):
    page = opened("steps/2x2x1.html#step-9")
    assert page.inner_text(".place") == "9 of 14\nbackward"
    page.keyboard.press("ArrowRight")
    assert page.url.endswith("#step-10")


def test_a_chapter_judges_answers_to_its_exercises(opened):
    page = opened("chapters/01.html")
    first = page.locator("section.exercise").first
    for answer, verdict in (("0.125", "wrong"), ("0.875", "right")):  # 2·0.5 − 1·0.25 + 0.125
        first.locator("input").fill(answer)
        first.locator("button").click()
        assert first.locator(".verdict").get_attribute("data-verdict") == verdict


def test_a_chapter_leads_to_the_lines_of_the_source(opened):
    page = opened("chapters/01.html")
    page.click("main a:has-text('Neuron.weigh')")
    assert "def weigh" in page.inner_text(f".line{page.evaluate('location.hash')}")
