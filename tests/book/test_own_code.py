"""A file that somebody wrote in place of one of the core's: which are right, which mistakes are named, and hostile ones.

Each wrong file is the one of purenet with one piece replaced. What is said of values is a literal: those of 2x2x1 are its
published digits.
"""

import os
import re
import shutil
import subprocess
import sys

import pytest

import purenet
from purenet.book import own_code
from purenet.book.own_code import judge
from purenet.errors import NetworkError
from tests.book.tested_chapter import SCRIPT, TEXT
from tests.sampling import slow

PACKAGE = os.path.dirname(purenet.__file__)
SUM = "neuron.weights[i] * neuron.delta"
DELTA = "self.activation.derivative(self.net_input, self.output) * output_gradient"
BODY = "        gradients = []\n"
OF = {"layer.py": "Layer.input_gradients", "neuron.py": "Neuron.backward"}


def broken(tmp_path, file, old, new):
    """Write a copy of a file of purenet in which a piece is replaced, and return its path."""
    with open(os.path.join(PACKAGE, file), encoding="utf-8") as source:
        text = source.read()
    assert text.count(old) >= 1
    path = tmp_path / file
    path.write_text(text.replace(old, new), encoding="utf-8")
    return str(path)


def verdict(tmp_path, file, old, new, function=None):
    return judge(broken(tmp_path, file, old, new), file, function or OF[file])


@pytest.mark.parametrize("file, function", [*OF.items(), ("descent.py", "GradientDescent.move")])
def test_the_files_of_purenet_are_right(tmp_path, file, function):
    found = verdict(tmp_path, file, "", "", function)
    assert found.is_right
    assert re.fullmatch(
        rf"{file} is right: it computes [0-9],[0-9]{{3}} numbers of 9 cases as certified\.", found.words
    )


def test_another_way_to_write_it_is_right(tmp_path):
    # in another order of the sum, and f' of the output, from which the core's functions compute it as well
    assert verdict(tmp_path, "layer.py", "for neuron in self.neurons:\n                total", "for neuron in reversed(self.neurons):\n                total").is_right  # fmt: skip
    assert verdict(tmp_path, "neuron.py", DELTA, f"output_gradient * {DELTA.rpartition(' * ')[0]}").is_right


@pytest.mark.parametrize(
    "file, old, new, function, id",
    [
        ("layer.py", SUM, "neuron.delta", None, "weights-missing-in-backprop"),
        ("layer.py", SUM, "neuron.weights[i] * neuron.output", None, "outputs-backpropagated"),
        ("layer.py", SUM, f"{SUM} / len(self.neurons)", None, "hidden-error-mean"),
        ("layer.py", f"total += {SUM}", f"total = {SUM}", None, "hidden-sum-overwritten"),
        ("neuron.py", DELTA, "self.output * output_gradient", None, "derivative-is-function"),
        ("neuron.py", DELTA, "self.output * (1 - self.output) * output_gradient", None, "always-sigmoid-derivative"),
        ("neuron.py", DELTA, DELTA.replace("output)", "net_input)"), None, "output-form-on-net-input"),
        ("neuron.py", "total if self.bias is None else total + self.bias", "total", "Neuron.weigh", "bias-missing-forward"),
        ("neuron.py", "            self.bias -= learning_rate * self.bias_gradient", "            pass", "Neuron.update", "bias-never-updated"),
        ("descent.py", "gradients[i] + self.weight_decay", "gradients[i] - self.weight_decay", "GradientDescent.move", "l2-sign"),
    ],
)  # fmt: skip
def test_a_mistake_that_gives_all_values_is_named(tmp_path, file, old, new, function, id):
    found = verdict(tmp_path, file, old, new, function)
    assert not found.is_right
    assert f"It makes this mistake: {purenet_mistake(id)} `purenet mistakes {id}` explains it." in found.words


def purenet_mistake(id):
    from purenet.golden.mistakes import CATALOGUE

    return CATALOGUE[id].sentence


@pytest.mark.parametrize(
    "file, old, new, function, words",
    [
        ("layer.py", SUM, "neuron.weights[i]", None, "∂E/∂y_j1 of 2x2x1: it is 0.5, and right is 0.115529. It is computed by Layer.input_gradients in purenet/layer.py."),
        ("layer.py", SUM, f"-{SUM}", None, "∂E/∂y_j1 of 2x2x1: it is −0.115529, and right is 0.115529. It is computed by Layer.input_gradients in purenet/layer.py."),
        ("neuron.py", DELTA, "output_gradient", None, "δ_j1 of 2x2x1: it is 0.115529, and right is 0.0227144. It is computed by Neuron.backward in purenet/neuron.py."),
        ("neuron.py", "self.delta * y for y", "self.delta * self.output for y", "Neuron.accumulate_gradients", "∇w_i1j1 of 2x2x1: it is 0.0166056, and right is 0.0227144. It is computed by Neuron.accumulate_gradients in purenet/neuron.py."),
        ("neuron.py", DELTA, f"float('nan') * {DELTA}", None, "δ_k1 of 2x2x1: it is nan, and right is 0.231059. It is computed by Neuron.backward in purenet/neuron.py; for softmax SoftmaxLayer.backward in purenet/softmax.py."),
        ("neuron.py", DELTA, f"{DELTA} * (1 + 1e-11)", None, "δ_k1 of 2x2x1: it is 0.2310585786323155, and right is 0.23105857863000487. It is computed by Neuron.backward in "),
    ],
)  # fmt: skip
def test_what_no_mistake_gives_is_said_without_a_guess(tmp_path, file, old, new, function, words):
    found = verdict(tmp_path, file, old, new, function)
    assert not found.is_right
    assert f"{file} is not right. The first wrong number is {words}" in found.words


@pytest.mark.parametrize(
    "new, words",
    [
        ("        raise NotImplementedError\n", "layer.py raises NotImplementedError: something is not written yet."),
        ("        1 / 0\n", "layer.py raises ZeroDivisionError: division by zero, in line 55."),
        ("        raise KeyError\n", "layer.py raises KeyError, in line 55."),
        ("        raise SystemExit(0)\n", "layer.py raises SystemExit: 0, in line 55."),
        ("        return self.input_gradients()\n", "layer.py raises RecursionError: maximum recursion depth exceeded"),
        ("        return None\n", "Python raises TypeError: 'NoneType' object is not iterable, in purenet/trace/recording.py"),
        ("        return []\n", "Python raises IndexError: list index out of range, in line 42 of layer.py"),
        ("        return ['a' for _ in self.neurons[0].weights]\n", "Python raises TypeError: "),
        ("        return [1] * 99\n", "with what Layer.input_gradients returned or set: does it do what its docstring says?"),
        ("        import os; os._exit(0)\n", "layer.py gave no numbers: it ended, with exit code 0."),
        ("        import os; os.abort()\n", "layer.py gave no numbers: it ended, by signal 6."),
        ("        gradients = [\n", "layer.py is not Python: '[' was never closed, in line 55."),
    ],
)  # fmt: skip
def test_hostile_code_is_told_in_a_sentence(tmp_path, new, words):
    if new.startswith("        gradients = [\n") and sys.version_info < (3, 10):
        pytest.skip("Python 3.9 has other words")
    found = verdict(tmp_path, "layer.py", BODY, new + BODY)
    assert not found.is_right
    assert words in found.words and "Traceback" not in found.words and "\n" not in found.words


@pytest.mark.slow
def test_a_loop_without_an_end_is_ended(tmp_path, monkeypatch):
    monkeypatch.setattr(own_code, "TIMEOUT", 2.0)
    found = verdict(tmp_path, "layer.py", BODY, "        while True:\n            print('here')\n" + BODY)
    assert found == (False, "layer.py did not end within 2 s: is there a loop without an end?")


def test_what_is_printed_does_not_matter(tmp_path):
    printing = "        import os\n        print(self)\n        os.write(1, b'{}\\n')\n"
    found = verdict(tmp_path, "layer.py", BODY, printing + BODY)
    assert found.is_right and found.words.endswith(" as certified. What it prints is left out.")


def test_files_in_the_current_folder_take_no_part(tmp_path, monkeypatch):
    for name in ("json.py", "random.py", "purenet.py"):
        (tmp_path / name).write_text("1 / 0\n")
    monkeypatch.chdir(tmp_path)
    assert verdict(tmp_path, "layer.py", "", "").is_right


@pytest.mark.parametrize("body", ["raise NotImplementedError", "pass", "...", '"""What it returns."""'])
def test_nothing_is_written_yet(tmp_path, body):
    path = tmp_path / "mine.py"
    path.write_text(f"class Layer:\n    def input_gradients(self):\n        {body}\n")
    assert judge(str(path), "layer.py", "Layer.input_gradients") == (
        False,
        "Nothing is written in Layer.input_gradients yet.",
    )


def test_files_that_are_no_copy_are_refused(tmp_path):
    for name, data, words in [
        ("a.py", b"x = 1\n", "a.py does not define Layer.input_gradients: it must be a copy of purenet/layer.py"),
        ("missing.py", None, f"cannot read {tmp_path / 'missing.py'}: no such file or directory"),
        ("", None, f"{tmp_path} is not a file"),
    ]:
        if data is not None:
            (tmp_path / name).write_bytes(data)
        with pytest.raises(NetworkError) as error:
            judge(str(tmp_path / name), "layer.py", "Layer.input_gradients")
        assert str(error.value) == words


@pytest.mark.parametrize("data", [b"\0", b"\xff\xfe", b"def f(:\n", b"(" * 300, b"x" * 1000 + b"="])
def test_what_is_not_python_is_told(tmp_path, data):
    (tmp_path / "a.py").write_bytes(data)
    found = judge(str(tmp_path / "a.py"), "layer.py", "Layer.input_gradients")
    assert not found.is_right and found.words.startswith("a.py is not Python: ") and "\n" not in found.words


def test_a_file_without_its_other_names_is_told(tmp_path):
    path = tmp_path / "mine.py"
    path.write_text("class Layer:\n    def input_gradients(self):\n        return 1\n")
    found = judge(str(path), "layer.py", "Layer.input_gradients")
    assert not found.is_right and found.words.startswith("Python raises ")


@pytest.fixture
def copied(tmp_path):
    """Return a folder with a copy of the package, in which the tested chapter is the only one."""
    package = tmp_path / "purenet"
    shutil.copytree(PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__", "*.gz"))
    (package / "walkthroughs").mkdir(exist_ok=True)
    for name in os.listdir(package / "walkthroughs"):
        os.unlink(package / "walkthroughs" / name)
    (package / "walkthroughs" / SCRIPT).write_text(TEXT, encoding="utf-8")
    return tmp_path


def in_place(folder, file, old, new):
    """Break a file of a copied package and judge it there; return the exit code, standard output and standard error."""
    path = broken(folder / "purenet", file, old, new)
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONIOENCODING": "utf-8"}
    words = [sys.executable, "-m", "purenet", "exercise", "77.5", path]
    done = subprocess.run(words, cwd=folder, env=environment, capture_output=True, encoding="utf-8", timeout=60)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize(
    "new, code, words",
    [
        (SUM, 0, "layer.py is right: it computes "),
        slow("neuron.delta", 1, "`purenet mistakes weights-missing-in-backprop` explains it.\n"),
        slow("1 / 0", 1, "layer.py raises ZeroDivisionError: division by zero, in line 59.\n"),
        slow("neuron.weights[i]", 1, "The first wrong number is ∂E/∂y_j1 of 2x2x1: it is 0.5, and right is 0.115529."),
    ],
)
def test_the_core_in_place_is_judged_without_using_it(copied, new, code, words):
    found = in_place(copied, "layer.py", SUM, new)
    assert found[0] == code and words in found[1] and found[2] == ""


def test_source_that_python_cannot_read_is_told_in_a_sentence(copied):
    line = "                total += neuron.weights[i] *\n"
    code, out, err = in_place(copied, "layer.py", f"                total += {SUM}\n", line)
    assert (code, out) == (2, "")
    message = (
        "purenet: the command cannot start: purenet/layer.py, line 5[89]: .+; write this again, or restore the file\n"
    )
    assert re.fullmatch(message, err)


@pytest.mark.parametrize("file", ["neuron.py", "perceptron.py"])  # the second is imported by the command alone
def test_source_that_fails_at_import_is_told_in_a_sentence(copied, file):
    code, out, err = in_place(copied, file, "\nclass ", "\nnothing\n\n\nclass ")
    assert (code, out) == (2, "")
    message = (
        r"purenet: the command cannot start: purenet/\w+.py, line [0-9]+: NameError: name 'nothing' is not defined; "
    )
    assert re.fullmatch(message + "write this again, or restore the file\n", err)


def test_a_program_that_imports_broken_source_gets_the_exception(copied):
    broken(copied / "purenet", "layer.py", "\nclass ", "\nclass class ")
    code = "try:\n    import purenet\nexcept SyntaxError:\n    print('as usual')\n"
    done = subprocess.run([sys.executable, "-c", code], cwd=copied, capture_output=True, text=True, timeout=60)
    assert (done.stdout, done.stderr) == ("as usual\n", "")
