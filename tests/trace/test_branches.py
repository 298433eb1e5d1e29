"""What an activation or a loss computes on every branch."""

import pytest

from purenet import BinaryCrossEntropy, CrossEntropy, HalfSquaredError, Network, Neuron, Sigmoid, SoftmaxLayer
from purenet.arithmetic.expression import Expression
from purenet.arithmetic.notation import Symbol
from purenet.errors import NetworkError
from purenet.softmax import Softmax
from purenet.spreadsheet.formulas import SPREADSHEET, cell_formula, with_branches
from purenet.trace.branches import Branched, compute_on_every_branch, on_every_branch


def quantity(value, symbol):
    return Expression(value, Symbol.parse(symbol))


def cell(result):
    return cell_formula(with_branches(result), SPREADSHEET.symbol)


def test_a_result_is_that_of_the_branch_taken():
    for x, y in ((0.0, 0.5), (-1000.0, 0.0)):
        result = on_every_branch(Sigmoid().value, quantity(x, "x_j1"))
        assert isinstance(result, Branched) and result.value == y
    assert result.formula() == "exp(x_j1) / (1 + exp(x_j1))"


def test_a_function_without_branches_is_left_as_it_is():
    result = on_every_branch(HalfSquaredError().value, [quantity(0.5, "y_k1")], [quantity(1.0, "t_k1")])
    assert not isinstance(result, Branched) and result.formula() == "(y_k1 − t_k1)² / 2"


def test_numbers_that_no_branch_taken_needs_do_not_stop_another():
    y, t = quantity(0.0, "y_k1"), quantity(0.0, "t_k1")  # ln 0 on the branch that is not taken
    assert cell(on_every_branch(BinaryCrossEntropy().value, [y], [t])) == (
        "-(IF(t_k1<>0,t_k1*LN(y_k1),0)+IF(1-t_k1<>0,(1-t_k1)*LN(1-y_k1),0))"
    )


def test_branches_of_a_function_of_ones_own():
    def huber_slope(outputs, targets):
        differences = [y - t for y, t in zip(outputs, targets)]
        return [d if abs(d) <= 1 else 1 if d > 0 else -1 for d in differences]

    (slope,) = on_every_branch(huber_slope, [quantity(3.0, "y_k1")], [quantity(0.0, "t_k1")])
    assert slope.value == 1
    assert cell(slope) == "IF(ABS(y_k1-t_k1)<=1,y_k1-t_k1,IF(y_k1-t_k1>0,1,-1))"


def test_the_largest_of_two_is_a_branch():
    result = on_every_branch(lambda x: max(x, 0), quantity(-1.0, "x_j1"))
    assert cell(result) == "IF(x_j1<0,0,x_j1)"


def outputs_and_targets(count):
    return [[quantity(1.0, f"{base}_k{k}") for k in range(1, count + 1)] for base in "yt"]


def test_the_branches_of_many_outputs_do_not_multiply():
    def distance(outputs, targets):
        total = 0
        for y, t in zip(outputs, targets):
            if y != t:
                total += y - t if y > t else t - y
        return total / len(outputs)

    terms = [f"IF(y_k{k}<>t_k{k},IF(y_k{k}>t_k{k},y_k{k}-t_k{k},t_k{k}-y_k{k}),0)" for k in range(1, 13)]
    assert cell(on_every_branch(distance, *outputs_and_targets(12))) == f"({'+'.join(terms)})/12"


def test_branches_of_outputs_that_depend_on_each_other_are_followed_together():
    def first_miss(outputs, targets):
        return next((k for k, (y, t) in enumerate(zip(outputs, targets), start=1) if y != t), 0)

    def remembered(outputs, targets):
        step = 1 if outputs[0] > targets[0] else 2
        return outputs[1] if outputs[1] > targets[1] else outputs[1] + step

    assert cell(on_every_branch(first_miss, *outputs_and_targets(3))) == (
        "IF(y_k1<>t_k1,1,IF(y_k2<>t_k2,2,IF(y_k3<>t_k3,3,0)))"
    )
    assert cell(on_every_branch(remembered, *outputs_and_targets(2))) == (
        "y_k2+IF(y_k1>t_k1,IF(y_k2>t_k2,0,1),IF(y_k2>t_k2,0,2))"
    )


def test_checks_are_true_where_a_function_accepts_its_numbers():
    checks = []
    y, t = quantity(0.5, "y_k1"), quantity(1.0, "t_k1")
    on_every_branch(CrossEntropy().value, [y], [t], checks=checks)
    assert list(map(cell, checks)) == ["IF(t_k1<>0,IF(y_k1>0,IF(y_k1<=1,IF(1/y_k1<INF,TRUE,FALSE),FALSE),FALSE),TRUE)"]


def test_too_many_branches_are_refused_in_a_sentence():
    def many(outputs):
        total = 0
        for y in outputs:
            total = total * y if y > 0 else total - y * y
        return total

    outputs = [quantity(1.0, f"y_k{k}") for k in range(1, 16)]
    with pytest.raises(NetworkError, match="has more than 64 branches, too many to write as a formula"):
        on_every_branch(many, outputs)


def test_a_softmax_of_ones_own_is_refused_in_a_sentence():
    class Sharper(Softmax):
        def values(self, net_inputs):
            return super().values([2 * x for x in net_inputs])

    layer = SoftmaxLayer([Neuron([0.5]), Neuron([-0.25])])
    for neuron in layer.neurons:
        neuron.activation = layer.softmax = Sharper()
    with pytest.raises(NetworkError, match="a softmax of one's own is not written as a formula"):
        compute_on_every_branch(Network([layer]))
