"""The workbook of a trace, as it is written."""

import io

import pytest

from purenet import Layer, Network, Neuron, trace_step
from purenet.cases import load_case
from purenet.cases.biases import share_bias
from purenet.errors import NetworkError
from purenet.spreadsheet import cells, workbook
from purenet.spreadsheet.workbook import prepare, workbook_bytes
from purenet.trace.record import trace_case, trace_training

openpyxl = pytest.importorskip("openpyxl", reason="a spreadsheet needs openpyxl")


def book_of(name, **settings):
    trace = trace_case(load_case(name), prepare=prepare, everything=True, **settings)
    return openpyxl.load_workbook(io.BytesIO(workbook_bytes(trace)))


def cells_of(sheet):
    return {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value not in (None, "")}


def named(book, name):
    ((title, place),) = book.defined_names[name].destinations
    return book[title][place]


def test_the_first_sheet_has_what_is_given_and_the_others_a_training_step_each():
    book = book_of("f-momentum-weight-decay", steps=2, second_pass=True)
    assert book.sheetnames == ["Given", "Step 1", "Step 2", "Second pass"]
    given = [row[0].value for row in book["Given"].iter_rows() if isinstance(row[1].value, (int, float))]
    assert given[:4] == ["y_i1⁽¹⁾", "y_i2⁽¹⁾", "y_i3⁽¹⁾", "t_k1⁽¹⁾"]
    assert given[-4:] == ["v_k3", "η", "μ", "λ"]


def test_the_cells_of_a_number_that_is_rounded_by_hand():
    book = book_of("2x2x1")
    sheet = book["Step 1"]
    row = named(book, "hand_delta_j1").row
    assert [cell.value for cell in sheet[2]][:6] == [
        *("symbol", "formula", "numbers", "before rounding", "by hand", "full precision"),
    ]
    assert [sheet.cell(row, column).value for column in (1, 2, 4, 5, 6)] == [
        "δ_j1",
        "y_j1·(1 − y_j1)·(w_j1k1·δ_k1)",
        "=hand_y_j1*(1-hand_y_j1)*(w_j1k1*hand_delta_k1)",
        f"=IF(D{row}=0,0,ROUND(ROUND(D{row},2-INT(LOG10(ABS(D{row})))+9),2-INT(LOG10(ABS(D{row})))))",
        "=y_j1*(1-y_j1)*(w_j1k1*delta_k1)",
    ]


def test_a_rounded_slope_of_the_loss_has_a_row_where_a_delta_uses_it():
    book = book_of("2x2x1", rounding={"∂E/∂y_k": {"decimals": 2}})
    assert named(book, "hand_dE_dy_k1").row < named(book, "hand_delta_k1").row
    assert named(book, "hand_delta_k1").value == "=hand_dE_dy_k1"


def test_rounding_of_parts_is_left_out_and_the_first_sheet_says_so():
    book = book_of("2x2x1", rounding={"parts": {"decimals": 3}})
    assert "hand_y_j1" not in book.defined_names
    assert any("rounds parts of formulas by hand" in str(text) for text in cells_of(book["Given"]).values())


def test_a_title_is_no_formula():
    trace = trace_step(
        Network([Layer([Neuron([0.5])])]), [1.0], [0.5], learning_rate=0.1, title='=HYPERLINK("https://a.example")'
    )
    cell = openpyxl.load_workbook(io.BytesIO(workbook_bytes(trace)))["Given"]["A1"]
    assert (cell.data_type, cell.value) == ("s", '=HYPERLINK("https://a.example")')


def test_a_shared_bias_is_given_once():
    network = Network([Layer([Neuron([0.5], 0.25), Neuron([1.5], 0.25)])])
    share_bias(network.layers[0])
    trace = trace_training(network, [([1.0], [0.0, 0.0])], 0.1, prepare=prepare)
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(trace)))
    assert [named(book, name).value for name in ("b_j1", "b_j2")] == [0.25, "=b_j1"]


def test_a_training_that_is_too_large_is_refused_before_it_is_done():
    network = Network([Layer([Neuron([0.5] * 100) for _ in range(40)])])
    with pytest.raises(NetworkError, match="holds at most 5,000 computed numbers"):
        trace_training(network, [([1.0] * 100, [0.0] * 40)], 0.1, prepare=prepare)


def test_a_sum_that_is_too_long_is_refused():
    network = Network([Layer([Neuron([0.5] * 200)])])
    with pytest.raises(NetworkError, match="at most 150 terms, and this training has one of 200"):
        trace_training(network, [([1.0] * 200, [0.0])], 0.1, prepare=prepare)


def test_a_formula_that_programs_cannot_read_is_refused(monkeypatch):
    monkeypatch.setattr(cells, "MOST_SIGNS", 20)
    with pytest.raises(NetworkError, match="a formula of this network has 51 signs, and programs read 20"):
        book_of("2x2x1")


def test_openpyxl_is_asked_for_in_one_sentence(monkeypatch):
    monkeypatch.setattr(workbook.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(NetworkError, match="pip install openpyxl, or pip install purenet"):
        trace_case(load_case("2x2x1"), prepare=prepare)
