from purenet.trace.step_layout import Layout
from tests.trace.test_record import trace_2x2x1
from tests.trace.test_step_pictures import built


def test_ports_of_a_neuron_are_apart_and_each_edge_ends_at_one():
    for trace in (trace_2x2x1(), built(4, 4, 3), built(12, 12, 12)):
        for column in Layout(trace.places[0]).columns:
            for box in column.boxes:
                heights = [port.y for port in box.ports]
                assert all(b - a >= 22 for a, b in zip(heights, heights[1:]))
                if box.ports:
                    assert box.cells[0].y <= heights[0] and heights[-1] <= box.cells[0].y + box.cells[0].height
                    assert {port.x for port in box.ports} == {box.cells[0].x}


def test_the_first_label_of_an_edge_names_it_and_the_others_are_short():
    k1 = Layout(trace_2x2x1().places[0]).columns[2].boxes[0]
    assert [[label.caption for label in port.labels] for port in k1.ports] == [
        ["w_j1k1", "∇w", "w⁺"],
        ["w_j2k1", "∇w", "w⁺"],
    ]
    assert [label.symbol for label in k1.ports[0].labels] == ["w_j1k1", "∇w_j1k1", "w_j1k1⁺"]
    assert [cell.symbol for cell in k1.cells + k1.under] == ["x_k1", None, "y_k1", "x_k1⁺", "δ_k1", "y_k1⁺"]
    loss = Layout(trace_2x2x1().places[0]).columns[3].boxes[0]
    assert [label.caption for label in loss.ports[0].labels] == ["t_k1", "∂E/∂y", "∂E/∂y⁺"]
