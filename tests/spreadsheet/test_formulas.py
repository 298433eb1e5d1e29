"""Formulas of cells."""

from decimal import Decimal

from purenet.arithmetic.expression import Expression
from purenet.arithmetic.notation import Symbol
from purenet.cases import load_case
from purenet.spreadsheet.formulas import (
    SPREADSHEET,
    cell_formula,
    cell_text,
    computed_tree,
    number_as_text,
    numbers_text,
    quoted,
    rounded,
    symbols_text,
)
from purenet.trace.branches import compute_on_every_branch
from purenet.trace.record import trace_case

# worked out from the formulas that `purenet walkthrough 2x2x1` prints
FORMULAS_OF_2X2X1 = {
    "x_j1": "w_i1j1*y_i1+w_i2j1*y_i2",
    "y_j1": "IF(x_j1<-700,EXP(x_j1)/(1+EXP(x_j1)),1/(1+EXP(-x_j1)))",
    "x_j2": "w_i1j2*y_i1+w_i2j2*y_i2",
    "y_j2": "IF(x_j2<-700,EXP(x_j2)/(1+EXP(x_j2)),1/(1+EXP(-x_j2)))",
    "x_k1": "w_j1k1*y_j1+w_j2k1*y_j2",
    "y_k1": "x_k1",
    "E": "(y_k1-t_k1)*(y_k1-t_k1)/2",
    "dE_dy_k1": "y_k1-t_k1",
    "delta_k1": "y_k1-t_k1",
    "grad_w_j1k1": "delta_k1*y_j1",
    "grad_w_j2k1": "delta_k1*y_j2",
    "dE_dy_j1": "w_j1k1*delta_k1",
    "dE_dy_j2": "w_j2k1*delta_k1",
    "delta_j1": "y_j1*(1-y_j1)*(w_j1k1*delta_k1)",
    "grad_w_i1j1": "delta_j1*y_i1",
    "grad_w_i2j1": "delta_j1*y_i2",
    "delta_j2": "y_j2*(1-y_j2)*(w_j2k1*delta_k1)",
    "grad_w_i1j2": "delta_j2*y_i1",
    "grad_w_i2j2": "delta_j2*y_i2",
    "w_i1j1_new": "w_i1j1-eta*grad_w_i1j1",
    "w_i2j1_new": "w_i2j1-eta*grad_w_i2j1",
    "w_i1j2_new": "w_i1j2-eta*grad_w_i1j2",
    "w_i2j2_new": "w_i2j2-eta*grad_w_i2j2",
    "w_j1k1_new": "w_j1k1-eta*grad_w_j1k1",
    "w_j2k1_new": "w_j2k1-eta*grad_w_j2k1",
    "x_j1_new": "w_i1j1_new*y_i1+w_i2j1_new*y_i2",
    "y_j1_new": "IF(x_j1_new<-700,EXP(x_j1_new)/(1+EXP(x_j1_new)),1/(1+EXP(-x_j1_new)))",
    "x_j2_new": "w_i1j2_new*y_i1+w_i2j2_new*y_i2",
    "y_j2_new": "IF(x_j2_new<-700,EXP(x_j2_new)/(1+EXP(x_j2_new)),1/(1+EXP(-x_j2_new)))",
    "x_k1_new": "w_j1k1_new*y_j1_new+w_j2k1_new*y_j2_new",
    "y_k1_new": "x_k1_new",
    "E_new": "(y_k1_new-t_k1)*(y_k1_new-t_k1)/2",
    "dE_dy_k1_new": "y_k1_new-t_k1",
}


def formulas_of(name, **settings):
    """Return the formulas of all cells of a case by their names."""
    trace = trace_case(
        load_case(name), prepare=lambda training: compute_on_every_branch(training.network), everything=True, **settings
    )
    quantities = [row.quantity for row in trace.rows.values() if row.quantity.operands]
    return {
        SPREADSHEET.symbol(each.symbol): cell_formula(computed_tree(each), SPREADSHEET.symbol) for each in quantities
    }


def test_all_formulas_of_2x2x1():
    assert formulas_of("2x2x1") == FORMULAS_OF_2X2X1


def test_a_relu_decides_in_its_cell_and_in_that_of_its_delta():
    formulas = formulas_of("relu-two-steps", steps=1)
    assert formulas["y_j1"] == "IF(x_j1>0,x_j1,0)"
    assert formulas["delta_j1"] == "IF(x_j1>0,1,0)*(w_j1k1*delta_k1+w_j1k2*delta_k2)"


def test_a_cross_entropy_decides_term_by_term_which_targets_are_zero():
    formulas = formulas_of("b-softmax-cross-entropy", steps=1)
    assert formulas["E_ex1"] == (
        "-(IF(t_k1_ex1<>0,t_k1_ex1*LN(y_k1_ex1),0)+IF(t_k2_ex1<>0,t_k2_ex1*LN(y_k2_ex1),0)"
        "+IF(t_k3_ex1<>0,t_k3_ex1*LN(y_k3_ex1),0))"
    )
    assert formulas["E"] == "(E_ex1+E_ex2+E_ex3+E_ex4)/4"


def test_softmax_shifts_its_net_inputs_where_they_are_too_large():
    assert formulas_of("cs231n-softmax")["y_j1"] == (
        "IF(ABS(MAX(x_j1,x_j2,x_j3))>700,EXP(x_j1-MAX(x_j1,x_j2,x_j3))/(EXP(x_j1-MAX(x_j1,x_j2,x_j3))"
        "+EXP(x_j2-MAX(x_j1,x_j2,x_j3))+EXP(x_j3-MAX(x_j1,x_j2,x_j3))),EXP(x_j1)/(EXP(x_j1)+EXP(x_j2)+EXP(x_j3)))"
    )


def test_a_second_step_begins_with_the_new_weights_of_the_first():
    formulas = formulas_of("f-momentum-weight-decay", steps=2)
    assert formulas["w_i1j1_new2"] == "w_i1j1_new+v_i1j1_new2"
    assert formulas["v_i1j1_new2"] == "mu*v_i1j1_new-eta*(grad_w_i1j1_ex2+lambda_*w_i1j1_new)"


def test_a_name_is_one_that_programs_accept():
    names = [("∂E/∂y", "k1", 0, None), ("λ", "", 0, None), ("y", "j1", 2, 3), ("δ", "k1", 0, 2)]
    written = [SPREADSHEET.symbol(Symbol(*name)) for name in names]
    assert written == ["dE_dy_k1", "lambda_", "y_j1_ex3_new2", "delta_k1_ex2"]


def test_a_square_with_a_minus_is_not_the_square_of_a_negative_number():
    y = Expression(3.0, Symbol("y", "k1"))
    assert cell_formula(-(y * y), SPREADSHEET.symbol) == "-y_k1*y_k1"
    assert cell_formula(1 - y * y, SPREADSHEET.symbol) == "1-y_k1*y_k1"


def test_the_text_of_a_formula_follows_its_branches():
    trace = trace_case(load_case("relu-two-steps"), prepare=lambda training: compute_on_every_branch(training.network))
    tree = computed_tree(trace.row("y_j1", step=1).quantity)
    assert cell_text(tree, symbols_text, SPREADSHEET.symbol).replace("_ex1", "").replace("⁽¹⁾", "") == (
        'IF(x_j1>0,"x_j1","0")'
    )


def test_a_number_alone_in_its_parentheses_has_none_of_its_own():
    x = Expression(-2.0, Symbol("x", "j1"))
    bare = 'SUBSTITUTE(SUBSTITUTE(D7,"(",""),")","")'
    assert numbers_text(x.exp(), lambda symbol: "D7") == f'"exp("&{bare}&")"'
    assert numbers_text(x + x, lambda symbol: "D7") == f'{bare}&" + "&D7'
    assert numbers_text((-x).exp(), lambda symbol: "D7") == '"exp(−"&D7&")"'


def test_a_long_text_is_written_in_pieces_that_programs_read():
    assert quoted("a" * 251) == f'"{"a" * 250}"&"a"'


def test_rules_of_a_pencil_as_formulas():
    assert rounded("D7", "decimals", 4, "half up") == "ROUND(ROUND(D7,4+9),4)"
    assert rounded("D7", "decimals", 2, "cut off") == "TRUNC(ROUND(D7,2+9),2)"
    assert rounded("D7", "significant_digits", 3, "half up") == (
        "IF(D7=0,0,ROUND(ROUND(D7,2-INT(LOG10(ABS(D7)))+9),2-INT(LOG10(ABS(D7)))))"
    )
    assert rounded("D7", "decimals", 2, "half even") == (
        "IF(ROUND(MOD(ABS(D7)*10^(2),1),9)=0.5,2*ROUND(ROUND(D7,2+9)*10^(2)/2,0)/10^(2),ROUND(ROUND(D7,2+9),2))"
    )


def test_a_negative_number_is_in_parentheses_in_a_text():
    assert number_as_text("w_i1j1", None) == 'IF(w_i1j1<0,"("&SUBSTITUTE(w_i1j1,"-","−")&")",w_i1j1&"")'


def test_a_constant_has_the_exponent_that_programs_read():
    assert cell_formula(Expression(1, Symbol("y", "k1")) * Decimal("1E-7"), SPREADSHEET.symbol) == "y_k1*1E-7"
