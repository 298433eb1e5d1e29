"""Judge a file that somebody wrote in place of one of the core's: is it right, and if not, which mistake is it?

The core that is installed may be the very file that is judged. So nothing here uses it: a process of its own runs some
golden cases with the file in place (own_code_child.py), certified values are compared as the files of the cases hold them,
and mistakes are tried with the plain program as a text (own_mistakes.py).
"""

import json
import os
import sys
from collections import namedtuple
from decimal import Decimal

from purenet.arithmetic.notation import UNICODE
from purenet.book.own_mistakes import same_mistakes, shows_all_of
from purenet.book.source import PACKAGE, function_in, is_unwritten, parsed
from purenet.book.verdict import Verdict
from purenet.cases import FOLDER
from purenet.errors import NetworkError, reason
from purenet.golden.diagnosis.first_difference import where_to_read
from purenet.golden.programs.adapter import Process
from purenet.golden.programs.signals import later_signals, raising_signals
from purenet.golden.values.certified import Certified, ratio_of
from purenet.storage.files import read_json, read_text
from purenet.trace.quantities import quantities_of

CASES = (  # small ones, the simplest first; what each adds
    "2x2x1",  # one example, no biases
    "sigmoid-2-2-1",  # biases, two steps
    "a3-not-square",  # layers of different sizes, several examples in a step
    "e-relu",
    "b-softmax-cross-entropy",
    "c-softmax-half-squared-error",
    "d-binary-cross-entropy",
    "batch-sum",  # gradients that are added
    "f-momentum-weight-decay",
)
START = "import sys\nsys.path[:] = filter(None, sys.path)\n"  # the current folder may hold a file named random.py
TIMEOUT = 10.0  # seconds for all cases
MOST_MISTAKES = 3  # in a verdict

Difference = namedtuple("Difference", "task name place number true")  # number: the own one; true: the right one


def judge(path, file, function):
    """Return the `Verdict` on a file in place of a file of purenet, "layer.py", in which a function is written again.

    Raises NetworkError if there is no such file, or it is not a copy of that file.
    """
    name, path = os.path.basename(path), os.path.abspath(path)
    source = source_of(path)
    try:
        node = function_in(parsed(source, path), function)
    except SyntaxError as error:
        return Verdict(
            False, f"{name} is not Python: {error.msg}{f', in line {error.lineno}' if error.lineno else ''}."
        )
    except (ValueError, RecursionError, MemoryError) as error:
        return Verdict(False, f"{name} is not Python: {error}.")
    if node is None:
        raise NetworkError(f"{name} does not define {function}: it must be a copy of purenet/{file}")
    if is_unwritten(node):
        return Verdict(False, f"Nothing is written in {function} yet.")
    return verdict_of_run(path, file, function, node)


def verdict_of_run(path, file, function, node):
    """Return the `Verdict` on what a file computes, or on how it fails; `node` is that of the function in it."""
    name = os.path.basename(path)
    try:
        found = run_apart(path, file)
    except NetworkError as error:
        return Verdict(False, ending(name, str(error)))
    if found["fault"]:
        verdict = Verdict(False, fault_words(found, name, node, function))
    else:
        verdict = verdict_on(found["values"], name, function)
    return verdict._replace(words=verdict.words + " What it prints is left out." * found["printed"])


def source_of(path):
    """Return the bytes of a file; raise NetworkError if it cannot be read."""
    try:
        if os.path.exists(path) and not os.path.isfile(path):
            raise NetworkError(f"{path} is not a file")
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise NetworkError(f"cannot read {path}: {reason(error)}") from None


def run_apart(path, file):
    """Return what the other process found; raise NetworkError if it hangs, or ends without an answer."""
    module = "purenet." + file[: -len(".py")].replace("/", ".")
    text = START + read_text(os.path.join(PACKAGE, "book", "own_code_child.py"))
    with raising_signals():
        with later_signals():
            process = Process([sys.executable, "-B", "-c", text, PACKAGE, module, path, *CASES])
        try:
            return json.loads(process.line(TIMEOUT))
        finally:
            process.kill()


def ending(name, problem):
    """Return what is said of a file whose process gives no answer."""
    if "within" in problem:
        return f"{name} did not end within {TIMEOUT:g} s: is there a loop without an end?"
    return f"{name} gave no numbers: {problem}."


def fault_words(found, name, node, function):
    """Return what is said of an exception: the line in the file or, if it is outside the function, what was wrong before."""
    fault = found["fault"]
    if fault["type"] == "NotImplementedError":
        return f"{name} raises NotImplementedError: something is not written yet."
    what = fault["type"] + (f": {' '.join(fault['message'].split())[:200]}" if fault["message"] else "")
    line = fault["lines"][-1] if fault["lines"] else None
    inside = any(node.lineno <= each <= node.end_lineno for each in fault["lines"])
    if inside:
        return f"{name} raises {what}, in line {line}."
    for task in map(task_of, found["values"]):  # those of the cases that were over
        for difference in first_difference(task, found["values"][task["id"]]):
            return f"{name} is not right. {difference_words(difference, function)}"
    where = f"in line {line} of {name}" if line else "in " + "{}, line {}".format(*place_words(fault["place"]))
    return f"Python raises {what}, {where}, with what {function} returned or set: does it do what its docstring says?"


def place_words(place):
    path, line = place
    inside = path.startswith(os.path.join(PACKAGE, ""))
    return (os.path.relpath(path, os.path.dirname(PACKAGE)) if inside else os.path.basename(path)), line


# comparing


def verdict_on(values, name, function):
    """Return the `Verdict` on values, a dictionary from the names of cases to their numbers by name."""
    tasks = [task_of(case) for case in CASES]
    count, differences = 0, []
    for task in tasks:
        found = values[task["id"]]
        count += sum(map(len, found.values()))
        differences += first_difference(task, found)
    if not differences:
        return Verdict(True, f"{name} is right: it computes {count:,} numbers of {len(tasks)} cases as certified.")
    concerned = [task for task in tasks if shows_all_of(function, task)]
    return Verdict(False, f"{name} is not right. " + explanation(differences, concerned, values, function))


def explanation(differences, tasks, values, function):
    """Return the sentence about the mistakes that give all these values or, if none does, about the first difference."""
    wrong = [difference.task for difference in differences if difference.task in tasks]
    found = list(same_mistakes(wrong, tasks, values)) if wrong else []
    if not found:
        return difference_words(differences[0], function)
    sentences = " Or this: ".join(mistake.sentence for mistake in found[:MOST_MISTAKES])
    which = (
        "It makes this mistake" if len(found) == 1 else "It makes one of these mistakes, which give the same numbers"
    )
    return f"{which}: {sentences} `purenet mistakes {found[0].id}` explains it."


def task_of(name):
    """Return the data of a golden case, as a program is asked about it, with its certified values."""
    data = read_json(os.path.join(FOLDER, f"{name}.json"))
    data.setdefault("batch_sizes", [1] * len(data["examples"]))
    for field, usual in (("gradient", "mean"), ("momentum", 0), ("weight_decay", 0), ("trained_biases", True)):
        data.setdefault(field, usual)
    return data


def first_difference(task, found):
    """Return a list of the first `Difference` of a case, in the order of computation; an empty one if there is none."""
    for certified in map(Certified, task["certified"]):
        row = found.get(certified.name) or [None] * len(certified.true)
        for place, (true, tolerance) in enumerate(zip(certified.true, certified.tolerance["float64"])):
            if tolerance is not None and not is_within(row[place], true, tolerance):
                return [Difference(task, certified.name, place, row[place], true)]
    return []


def is_within(number, true, tolerance):
    return isinstance(number, float) and ratio_of(number, true, Decimal(tolerance)) <= 1


def difference_words(difference, function):
    """Return what is said of the first wrong number, to somebody who wrote a function."""
    task, name, place, number, true = difference
    quantity = next(each for each in quantities_of_task(task) if each.name == name)
    yours = f"{number:.6g}" if isinstance(number, float) else "missing" if number is None else number
    right = f"{float(true):.6g}"
    where = where_to_read(quantity)
    if quantity.layer is not None and quantity.layer < len(task["network"]["layers"]) - 1:
        where = where.partition("; for ")[0]  # the rest is about last layers
    if yours == right:
        yours, right = str(number), str(float(true))
    yours, right = map(UNICODE.number, (yours, right))
    from_it = "" if function in where else f", with what {function} hands on, and when it does"
    return (
        f"The first wrong number is {quantity.symbol(place)} of {task['id']}: it is {yours}, and right is {right}. "
        f"It is computed by {where}{from_it}."
    )


def quantities_of_task(task):
    """Return the quantities of a case, in the order of computation."""
    layers = task["network"]["layers"]
    sizes = (len(task["examples"][0]["inputs"]), *[len(layer["weights"]) for layer in layers])
    return quantities_of(
        sizes, tuple(bool(layer["biases"]) for layer in layers), tuple(task["batch_sizes"]), True, False
    ).list
