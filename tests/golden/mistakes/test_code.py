"""The printed code of a mistake: all of it, and each part once."""

import ast

import pytest

from purenet.golden.mistakes import CATALOGUE, base, conventions, deltas, forward, gradients, losses, updates
from purenet.golden.mistakes.code import code_of

MODULES = (base, conventions, deltas, forward, gradients, losses, updates)
DEFINED = {
    name
    for module in MODULES
    for name, thing in vars(module).items()
    if getattr(thing, "__module__", None) == module.__name__ or name.isupper()
} - {"Mistake"}


@pytest.mark.parametrize("id", CATALOGUE)
def test_every_helper_that_the_code_names_is_printed_once(id):
    tree = ast.parse(code_of(CATALOGUE[id]))
    named = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    printed = []
    for node in tree.body:
        targets = [name for target in getattr(node, "targets", ()) for name in ast.walk(target)]
        printed += [node.name] if hasattr(node, "name") else [name.id for name in targets if isinstance(name, ast.Name)]
    assert printed[-1] == type(CATALOGUE[id]).__name__
    assert named & DEFINED <= set(printed) and len(printed) == len(set(printed))


def test_the_updated_weights_come_with_the_function_that_computes_them():
    code = code_of(CATALOGUE["updated-weights-in-hidden-delta"])
    assert code.count("= new_weights(network, ") == code.count("def new_weights(network, ") == 1


def test_a_constant_and_a_helper_of_a_helper_are_printed():
    assert "OVERFLOW, UNDERFLOW = 709.78, -745.13" in code_of(CATALOGUE["softmax-no-max-shift"])
    code = code_of(CATALOGUE["batch-mean-twice"])
    assert (
        code.index("def scale_gradients(") < code.index("class _ScaledGradients(") < code.index("class BatchMeanTwice(")
    )


def test_what_the_lesson_says_in_words_is_left_out():
    assert code_of(CATALOGUE["loss-half-missing"]) == (
        "class LossHalfMissing(Mistake):\n"
        "    class loss:\n"
        "        def value(self, outputs, targets):\n"
        "            loss = super().value(outputs, targets)\n"
        "            return 2 * loss if isinstance(self, HalfSquaredError) else loss\n"
    )
