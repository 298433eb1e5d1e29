import pytest

from purenet.drawing.columns import Box
from purenet.trace.step_layout import Layout, short_number
from tests.trace.test_record import trace_2x2x1
from tests.trace.test_step_pictures import built


def test_ports_of_a_neuron_are_apart_and_each_edge_ends_at_one():
    for trace in (trace_2x2x1(), built(3, 4, 2), built(13, 1)):
        for column in Layout(trace.places[0]).columns:
            for box in column.boxes:
                heights = [port.y for port in box.ports]
                assert all(b - a >= 22 for a, b in zip(heights, heights[1:]))
                if box.ports:
                    assert box.cells[0].y <= heights[0] and heights[-1] <= box.cells[0].y + box.cells[0].height
                    assert {port.x for port in box.ports} == {box.cells[0].x}


def test_every_label_of_an_edge_names_it():
    k1 = Layout(trace_2x2x1().places[0]).columns[2].boxes[0]
    assert [[label.caption for label in port.labels] for port in k1.ports] == [
        ["w_j1k1", "∇w_j1k1", "w_j1k1⁺"],
        ["w_j2k1", "∇w_j2k1", "w_j2k1⁺"],
    ]
    assert [label.symbol for label in k1.ports[0].labels] == ["w_j1k1", "∇w_j1k1", "w_j1k1⁺"]
    assert [cell.symbol for cell in k1.cells + k1.under] == ["x_k1", None, "y_k1", "x_k1⁺", "δ_k1", "y_k1⁺"]
    loss = Layout(trace_2x2x1().places[0]).columns[3].boxes[0]
    assert [label.caption for label in loss.ports[0].labels] == ["t_k1", "∂E/∂y_k1", "∂E/∂y_k1⁺"]


def test_a_long_number_by_hand_is_shortened():
    rows = trace_2x2x1().rows
    assert short_number(rows["x_k1⁺"]) == "0.728531…"  # 0.72853125218
    assert short_number(rows["w_j1k1⁺"]) == "0.49831139"


@pytest.mark.parametrize("sizes", [(1, 1), (2, 2, 1), (3, 3, 2), (5, 6, 7), (12, 12, 12), (64, 32, 10)])
def test_upright_layers_lie_below_each_other_and_fit_a_phone_if_they_have_one_or_two_neurons(sizes):
    layout = Layout(built(*sizes).places[0], upright=True)
    heights = [column.title_at[1] for column in layout.columns]
    assert heights == sorted(set(heights))
    for column, following in zip(layout.columns, layout.columns[1:]):
        boxes = [box for box in column.boxes if isinstance(box, Box)]
        assert all(cell.y + cell.height <= following.title_at[1] for box in boxes for cell in box.cells + box.under)
    if max(sizes) <= 2 or layout.compact:
        assert layout.width <= 328


def test_only_high_networks_are_compact():
    assert [Layout(built(*sizes).places[0]).compact for sizes in ((2, 2, 1), (3, 4, 2), (4, 4, 3), (12, 12, 12))] == [
        False, False, True, True,
    ]  # fmt: skip
