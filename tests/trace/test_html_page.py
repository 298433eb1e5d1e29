import base64
import hashlib
import html
import re
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from purenet import NetworkError, trace_step
from purenet.arithmetic.notation import MATHML
from purenet.cases import load_case
from tests.networks import INPUTS_2_3_2, TARGETS_2_3_2, example_2_3_2
from tests.trace.test_record import trace_2x2x1
from tests.trace.test_step_pictures import SPACE, built, traces

EVIL = "</title></style><script>alert(1)</script>\"'&\x00"


def tree(page):
    """Return the body of a page without its script; it is XML as well."""
    return ElementTree.fromstring(page[page.index("<body>") : page.index("<script>")] + "</body>")


def steps(page):
    return [section for section in tree(page).iter("section") if section.get("class") == "step"]


def test_every_step_is_there_with_its_picture_and_its_table():
    trace = trace_2x2x1()
    sections = steps(trace.to("html"))
    assert [section.get("id") for section in sections] == [f"step-{n}" for n in range(1, 15)]
    for step, section in zip(trace.steps, sections):
        assert section.find(".//h2").text == f"Step {step.number}. {step.title}"
        assert len(list(section.iter(f"{SPACE}svg"))) == 1
        assert [row.get("data-q") for row in section.iter("tr") if row.get("data-q")] == [r.symbol for r in step.rows]


def test_every_number_in_a_table_is_that_of_its_row():
    for trace in traces():
        for section in steps(trace.to("html")):
            for line in section.iter("tr"):
                if line.get("data-q"):
                    row = trace.row(line.get("data-q"))
                    numbers = [cell.text for cell in line.iter("td") if "number" in cell.get("class").split()]
                    assert float(numbers[-1].replace("−", "-")) == row.value
                    if row.by_hand_quantity:
                        assert numbers[0] == row.by_hand
                        assert Decimal(numbers[0][2:].replace("−", "-")) == row.shown_value


def test_formulas_are_the_same_in_mathml():
    section = steps(trace_2x2x1().to("html"))[8]
    formula, numbers = section.find(".//tr[@data-q='δ_j1']").findall("td")[:2]
    assert "".join(formula.itertext()) == "yj1·(1−yj1)·(wj1k1·δk1)"
    assert "".join(numbers.itertext()) == "0.731·(1−0.731)·(0.5·0.231)"
    assert [[child.tag for child in math] for math in formula] == [
        ["mrow", "mo"],
        ["mo", "mn"],
        ["mo", "mrow", "mo", "mo"],
        ["mo", "mrow", "mo"],
        ["mrow", "mo"],
    ]
    marked = [element.get("data-q") for element in formula.iter("mrow") if element.get("data-q")]
    assert marked == ["y_j1", "y_j1", "w_j1k1", "δ_k1"]
    assert [number.get("data-q") for number in numbers.iter("mn")] == ["y_j1", None, "y_j1", "w_j1k1", "δ_k1"]
    rule = section.find(".//div[@class='rule scroll']").findall("span")
    assert ["".join(part.itertext()) for part in rule] == ["δj=f′(xj)·Σkwjk·δk", "f′(x)=y·(1−y)"]


@pytest.mark.parametrize("trace", list(traces()), ids=lambda trace: str(len(trace.rows)))
def test_mathml_has_the_right_number_of_children(trace):
    children = {"mfrac": 2, "msub": 2, "msup": 2, "msubsup": 3}
    root = tree(trace.to("html"))
    assert len(list(root.iter("math"))) > 20
    for math in root.iter("math"):
        for element in math.iter():
            if element.tag in children:
                assert len(element) == children[element.tag]
            else:
                assert element.tag in ("math", "mrow") or (len(element) == 0 and element.text)


def test_the_policy_allows_the_page_itself_and_nothing_else():
    page = trace_2x2x1().to("html")
    policy = html.unescape(re.search('Content-Security-Policy" content="(.*?)"', page)[1])
    style = re.search("<style>(.*?)</style>", page, re.DOTALL)[1]
    script = re.search("<script>(.*?)</script>", page, re.DOTALL)[1]
    hashes = ["sha256-" + base64.b64encode(hashlib.sha256(t.encode()).digest()).decode() for t in (style, script)]
    assert policy == (
        f"default-src 'none'; style-src '{hashes[0]}'; script-src '{hashes[1]}'; base-uri 'none'; form-action 'none'"
    )
    assert page.count("<script") == page.count("<style") == 1
    assert not re.search(r"\b(src|href|style|on\w+)=", page[: page.index("<script>")])
    assert re.sub("http://www.w3.org/2000/svg", "", page).count("://") == 0


def test_the_page_is_light_or_dark_without_a_variable():
    style = re.search("<style>(.*?)</style>", trace_2x2x1().to("html"), re.DOTALL)[1]
    assert "var(" not in style and "/*" not in style
    light, dark = style.split("@media screen and (prefers-color-scheme:dark){")
    assert "color: #1b1f24; background: #ffffff;" in light
    assert "body{color: #f0f2f4;background: #14171a}" in dark and "svg .now rect{stroke:#56d364;fill:#11391d}" in dark


def test_the_title_of_a_file_is_text_and_no_markup():
    page = trace_step(example_2_3_2(), INPUTS_2_3_2, TARGETS_2_3_2, 0.1, title=EVIL).to("html")
    assert page.count("<script") == 1 and page.count("</title>") == 15 and "\x00" not in page
    assert tree(page).find("header").find("h1").text == EVIL.replace("\x00", "\ufffd")


def test_the_page_of_the_example_is_small():
    case = load_case("2x2x1")
    trace = trace_step(case.network(), [1.0, 1.0], [0.5], 0.01, case.rounding, case.published, case.title)
    page = trace.to("html")
    assert len(page.encode()) < 300_000
    assert "<p>26 of 26 published numbers agree with those above.</p>" in page
    assert "<h1>The hand-computed 2x2x1 example</h1>" in page
    assert "Weights: w<sub>i1j1</sub> = 0.5, w<sub>i2j1</sub> = 0.5" in page


@pytest.mark.slow
def test_the_page_of_wide_layers_does_not_write_every_weight_into_every_step():
    page = built(12, 12, 12).to("html")
    assert len(page.encode()) < 2_000_000  # 3.4 MB when every picture had every label
    first = page.split('<section class="step"')[1]  # the inputs: no sum is computed
    assert "data-sum" not in first and len(first.encode()) < 70_000


def test_each_step_says_its_part_and_has_the_upright_picture_of_its_example():
    root = tree(trace_2x2x1().to("html"))
    sections = [section for section in root.iter("section") if section.get("class") == "step"]
    assert [section.get("data-part") for section in sections] == (
        ["forward"] * 5 + ["loss"] + ["backward"] * 4 + ["update"] * 2 + ["forward", "loss"]
    )
    templates = [template.get("id") for template in root.iter("template")]
    used = [section.find("figure").get("data-upright") for section in sections]
    assert templates == sorted(set(used)) == ["upright-1", "upright-2", "upright-3"]


def test_the_page_of_ten_thousand_weights_is_elided():
    trace = built(100, 95, 5)
    page = trace.to("html")
    assert len(page.encode()) < 2_000_000
    update = steps(page)[10]
    rows = [row for row in update.iter("tr") if row.get("data-q")]
    assert len(rows) == 5 * 5 + 5  # five neurons with five weights and a bias each
    hidden = [int("".join(row.itertext()).split()[1]) for row in update.iter("tr") if row.get("class") == "more"]
    assert len(rows) == len(trace.steps[10].rows)
    assert len(rows) + sum(hidden) == 95 * 101


def test_ids_are_unique_and_labels_name_them():
    page = trace_2x2x1().to("html")
    root = tree(page)
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    for element in root.iter():
        for name in (element.get("aria-labelledby") or "").split():
            assert name in ids
    assert '<html lang="en">' in page


def test_some_steps_make_a_page_of_these_alone():
    page = trace_2x2x1().to("html", steps=[7, 8])
    assert [section.get("id") for section in steps(page)] == ["step-7", "step-8"]
    assert "published" not in page and "Weights:" not in page


def test_digits_shorten_the_full_precision():
    row = steps(trace_2x2x1().to("html", digits=4))[8].find(".//tr[@data-q='δ_j1']")
    assert [cell.text for cell in row.findall("td")[2:]] == ["≈ 0.0227", "0.02271"]


def test_a_page_in_ascii_says_the_same():
    trace = trace_2x2x1()
    assert html.unescape(trace.to("html", ascii=True).split("<body>")[1]) == html.unescape(
        trace.to("html").split("<body>")[1]
    )


def test_a_step_that_does_not_exist_is_named():
    with pytest.raises(NetworkError, match="^there is no step 15"):
        trace_2x2x1().to("html", steps=[15])


@pytest.mark.parametrize(
    "rule, written",
    [
        ("w_ij⁺", '<msubsup><mi>w</mi><mi mathvariant="normal">ij</mi><mo>+</mo></msubsup>'),
        ("−x", '<mo form="prefix">−</mo><mi>x</mi>'),
        ("1 − x", "<mn>1</mn><mo>−</mo><mi>x</mi>"),
        ("x for x > 0", "<mi>x</mi><mtext>\u00a0for\u00a0</mtext><mi>x</mi><mo>&gt;</mo><mn>0</mn>"),
        ("½ y²", "<mfrac><mn>1</mn><mn>2</mn></mfrac><msup><mrow><mi>y</mi></mrow><mn>2</mn></msup>"),
        (
            "Σ_k y_k",
            '<msub><mo lspace="0" rspace=".15em">Σ</mo><mi mathvariant="normal">k</mi></msub>'
            '<msub><mi>y</mi><mi mathvariant="normal">k</mi></msub>',
        ),
        (
            "1 − exp(−x)",
            '<mn>1</mn><mo>−</mo><msup><mi>e</mi><mrow><mo form="prefix">−</mo><mi>x</mi></mrow></msup>',
        ),
        (
            "ln(−y)",
            '<mi mathvariant="normal">ln</mi><mo stretchy="false">(</mo><mo form="prefix">−</mo><mi>y</mi>'
            '<mo stretchy="false">)</mo>',
        ),
        (
            "∂y_m/∂x_j",
            '<mfrac><mrow><mo>∂</mo><msub><mi>y</mi><mi mathvariant="normal">m</mi></msub></mrow>'
            '<mrow><mo>∂</mo><msub><mi>x</mi><mi mathvariant="normal">j</mi></msub></mrow></mfrac>',
        ),
        ("<&", "<mo>&lt;</mo><mo>&amp;</mo>"),
    ],
)
def test_rules_in_mathml(rule, written):
    assert MATHML.rule(rule) == written


@pytest.mark.parametrize(
    "number, written",
    [
        ("0.5", "<mn>0.5</mn>"),
        ("-0.5", '<mo form="prefix">−</mo><mn>0.5</mn>'),
        ("1/3", "<mfrac><mn>1</mn><mn>3</mn></mfrac>"),
        ("2e-07", "<mn>2</mn><mo>·</mo><msup><mn>10</mn><mrow><mo>−</mo><mn>7</mn></mrow></msup>"),
        ("2e+20", "<mn>2</mn><mo>·</mo><msup><mn>10</mn><mn>20</mn></msup>"),
    ],
)
def test_numbers_in_mathml(number, written):
    assert MATHML.number(number) == written


def test_only_parentheses_around_a_fraction_stretch_in_mathml():
    assert MATHML.parentheses("<mi>x</mi>") == (
        '<mrow><mo stretchy="false">(</mo><mi>x</mi><mo stretchy="false">)</mo></mrow>'
    )
    half = MATHML.number("1/2")
    assert MATHML.parentheses(half) == f"<mrow><mo>(</mo>{half}<mo>)</mo></mrow>"
