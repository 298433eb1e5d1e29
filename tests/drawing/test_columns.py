import pytest

from purenet.drawing.columns import (
    Box,
    Cell,
    Column,
    Gap,
    Label,
    Port,
    boxes_of,
    columns_height,
    edge_path,
    place_columns,
)


def column(neurons, weights, labels=3):
    """Return a column of neurons that each have some weights and a bias, whose edges have some labels."""

    def port(source, symbol):
        texts = [(symbol, "0.5"), (f"∇{symbol}", "0.125"), (f"{symbol}⁺", "0.4"), ("v", "0.0"), ("v⁺", "-0.03125")][
            :labels
        ]
        return Port(source, [Label(quantity, quantity, number) for quantity, number in texts])

    def box(name):
        ports = [port(i, f"w_i{i + 1}{name}") for i in range(weights)]
        return Box(name, [Cell(name=name)], [], [*ports, port(None, f"b_{name}")])

    return Column("Layer J", boxes_of([f"j{n + 1}" for n in range(neurons)], box))


def inputs(number):
    names = [f"i{n + 1}" for n in range(number)]
    return Column("Layer I", boxes_of(names, lambda name: Box(name, [Cell(name=name)], [], [])))


def test_of_thirteen_neurons_five_are_drawn_and_of_twelve_all():
    assert [box.hidden for box in boxes_of(list("abcdefghijklm"), str.upper) if isinstance(box, Gap)] == [8]
    assert boxes_of(list("abcdefghijklm"), str.upper)[:3] == ["A", "B", "C"]
    assert boxes_of(list("abcdefghijklm"), str.upper)[4:] == ["L", "M"]
    assert boxes_of(list("abcdefghijkl"), str.upper) == list("ABCDEFGHIJKL")


def test_columns_are_side_by_side_and_their_edges_are_joined():
    columns = [inputs(2), column(2, 2)]
    height = columns_height(columns)
    width = place_columns(columns, height, fan=100)
    first, second = columns
    assert first.x == 0 and second.x == first.right + 100 and width == second.right
    for box in second.boxes:
        assert [port.start for port in box.ports] == [first.boxes[0].exit, first.boxes[1].exit, None]
        assert 24 <= box.cells[0].y and box.cells[0].y + box.cells[0].height <= height


@pytest.mark.parametrize("labels", [3, 4, 5])
@pytest.mark.parametrize("neurons, weights", [(1, 1), (2, 3), (5, 9)])  # labels one below the other, and side by side
def test_no_two_labels_overlap(neurons, weights, labels):
    columns = [inputs(weights), column(neurons, weights, labels)]
    place_columns(columns, columns_height(columns), fan=70)
    labels = [label for box in columns[1].boxes for port in box.ports for label in port.labels]
    boxes = [(label.x, label.y - 12, label.x + label.width, label.y + 6) for label in labels]
    for n, (left, top, right, bottom) in enumerate(boxes):
        for x, y, end, low in boxes[n + 1 :]:
            assert x >= right or left >= end or y >= bottom or top >= low


def test_an_edge_curves_to_its_labels_and_a_bias_comes_from_nowhere():
    port = Port(0, [], ["w_i1j1"])
    port.start, port.lead, port.x, port.y = (10, 20), 50, 90, 40
    assert edge_path(port) == "M10 20C30 20 30 40 50 40H90"
    port.start = None
    assert edge_path(port) == "M50 40H90"
