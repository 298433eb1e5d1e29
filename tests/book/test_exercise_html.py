"""An exercise on a page: its parts, and exercise.js, which judges as Python does, with the same words."""

import json
import os
import random
import re
import shutil
import subprocess

import pytest

import purenet.book
from purenet.book.exercise_html import exercise_html
from purenet.book.exercises import ByHand, Choice, Code, Number
from purenet.errors import NetworkError

SCRIPT = os.path.join(os.path.dirname(purenet.book.__file__), "exercise.js")
EXERCISES = {
    "by hand": ByHand("What is δ_j1?", "2x2x1", "δ_j1"),
    "decimals": Number("?", -0.1172, decimals=3, wrong={"-0.2": "Not <half> & half."}),
    "significant": Number("?", 12345, significant=3),
    "exact": Number("?", 9, exact=True, wrong={"6": "Count the biases, too."}),
    "choice": Choice("Is it?", {"</script><b>": "No </script>.", "so": True}, right="so", hint="Think of δ_j1."),
}
ANSWERS = [
    "",
    "abc",
    "0,1",
    "−60,000.",
    ",",
    "−0.117",
    "-.1171",
    "0.117",
    "-0.1",
    "1e-1",
    "-1.17e-1",
    "0.1156",
    "0.02",
    "5",
    "9",
    "9.0",
    "6",
]
ANSWERS += [
    "-9",
    "12300",
    "12400",
    "1.2e4",
    "1e400",
    "-1e9999",
    "9" * 99,
    "δ" * 99,
    "0.0228",
    "0.0229",
    " 0.0227 ",
    "+0.02",
]
ANSWERS += [
    "0.25",
    "-0.2",
    "0",
    "-0",
    "1e-400",
    "0x1",
    "1_0",
    "NaN",
    "Infinity",
    "٣",
    "-0.118",
    "-0.119",
    "a",
    "b",
    "c",
]


def data_in(html):
    return json.loads(re.search('<script type="application/json">(.*?)</script>', html, re.DOTALL)[1])


def judged_by_script(questions):
    """Return what exercise.js says of pairs of data and an answer."""
    with open(SCRIPT, encoding="utf-8") as file:
        script = file.read() + "\nconst all = JSON.parse(require('fs').readFileSync(0, 'utf8'));\n"
    script += "console.log(JSON.stringify(all.map(([data, text]) => judged(data, text))));"
    words = ["node", "-e", script]
    done = subprocess.run(
        words, input=json.dumps(questions), capture_output=True, check=True, timeout=60, encoding="utf-8"
    )
    return json.loads(done.stdout)


def judged_by_python(exercise, text):
    try:
        return list(exercise.judge(text))
    except NetworkError as error:
        return [False, str(error)]


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("node") is None, reason="Node.js is not installed")
def test_the_script_says_what_python_says():
    source = random.Random(7)
    near = [f"{source.uniform(-0.3, 0.3):.{source.randrange(6)}f}" for _ in range(300)]
    near += [f"{value:.4f}" for value, *_ in EXERCISES["by hand"].answers.mistakes]
    asked = [(each, text) for name, each in EXERCISES.items() for text in ANSWERS + near if name != "choice"]
    asked += [(EXERCISES["choice"], letter) for letter in ("", "a", "b", "c")]  # what radio buttons can give
    found = judged_by_script([(data_in(exercise_html(each)), text) for each, text in asked])
    for (each, text), said in zip(asked, found):
        assert said == judged_by_python(each, text), (each.question, text)
    assert sum("It may be this" in words for _, words in found) > 20


def test_the_script_is_short_and_computes_no_number_of_a_network():
    with open(SCRIPT, encoding="utf-8") as file:
        script = file.read()
    assert len(script.splitlines()) <= 90
    assert not re.search(r"\beval\b|Function|innerHTML|\bexp\b|fetch|https?:", script)


def test_an_exercise_has_a_field_a_button_a_live_region_and_a_folded_solution():
    exercise = Number("What is x_j1?", 9, exact=True)
    exercise.name = "3.2"
    html = exercise_html(exercise)
    assert html.startswith(
        '<section class="exercise" aria-labelledby="exercise-3.2">\n<h3 id="exercise-3.2">Exercise 3.2</h3>'
    )
    for part in (
        '<label>Answer with a number, exactly: <input type="text" name="answer"',
        '<button type="submit" hidden>Check</button>\n<p role="status" class="verdict"></p>',
        "<noscript><p>In a terminal, <code>purenet exercise 3.2 ANSWER</code> judges an answer.</p></noscript>",
        "<details>\n<summary>Solution</summary>\n<p>The answer is 9.</p>\n</details>",
    ):
        assert part in html
    assert "x<sub>j1</sub>" in html and "<summary>Hint" not in html


def test_options_are_radio_buttons_in_a_group_and_nothing_ends_the_data():
    html = exercise_html(EXERCISES["choice"])
    assert (
        '<fieldset>\n<legend>Answer with a letter, a to b:</legend>\n<label><input type="radio" name="answer" value="a"> a) &lt;/script&gt;'
        in html
    )
    assert html.count("</script>") == 1 and data_in(html)["words"] == {
        "a": "a is not right. No </script>.",
        "b": "b is right.",
    }
    assert "<summary>Hint</summary>\n<p>Think of δ<sub>j1</sub>.</p>" in html


def test_code_has_the_commands_to_type_and_the_solution_in_one_piece():
    exercise = Code("Write `Layer.input_gradients` again.", "layer.py", "Layer.input_gradients")
    exercise.name = "3.5"
    html = exercise_html(exercise, {"Layer.input_gradients": "source.html#a"}.get)
    assert "<pre>purenet exercise 3.5 -o layer.py\npurenet exercise 3.5 layer.py</pre>" in html
    assert '<a href="source.html#a"><code>Layer.input_gradients</code></a>' in html
    assert "<pre>def input_gradients(self):\n    &quot;&quot;&quot;Return" in html and html.count("<pre>") == 2
    assert "<script" not in html and "<form" not in html
