from purenet.drawing.columns import Box, Cell, Column, Label, Port
from purenet.drawing.rows import place_rows


def row(title, names, sources):
    """Return a row of neurons, each with an edge from every one of some sources, and a bias."""

    def box(name):
        symbols = [f"w_i{n + 1}{name}" for n in range(sources)]
        labels = [
            [Label(symbol, symbol, "0.5"), Label(f"∇{symbol}", f"∇{symbol}", "0.1"), Label(f"{symbol}⁺", "", "0.1")]
            for symbol in symbols
        ]
        ports = [Port(n, found) for n, found in enumerate(labels)]
        ports += [Port(None, [Label(f"b_{name}", f"b_{name}", "0.25")])] if sources else []
        cells = [
            Cell(f"x_{name}", f"x_{name}", "0.75"),
            Cell(text="tanh", name=name),
            Cell(f"y_{name}", f"y_{name}", "0.5"),
        ]
        return Box(name, cells, [], ports)

    return Column(title, [box(name) for name in names])


def test_layers_lie_below_each_other_and_their_neurons_side_by_side():
    columns = [row("Layer I", ["i1", "i2"], 0), row("Layer J", ["j1", "j2"], 2)]
    width, height = place_rows(columns)
    i1, i2 = columns[0].boxes
    j1, j2 = columns[1].boxes
    assert i1.cells[0].y == i2.cells[0].y < j1.cells[0].y == j2.cells[0].y
    assert 0 <= i1.cells[0].x and i1.cells[0].x + i1.cells[0].width <= i2.cells[0].x
    assert [cell.y for cell in j1.cells] == sorted({cell.y for cell in j1.cells})
    assert max(cell.x + cell.width for cell in j2.cells) <= width and j2.exit[1] <= height


def test_an_edge_ends_at_its_box_and_no_two_labels_overlap():
    columns = [row("Layer I", ["i1", "i2"], 0), row("Layer J", ["j1", "j2"], 2)]
    place_rows(columns)
    for box in columns[1].boxes:
        heights = [label.y for port in box.ports for label in port.labels]
        assert all(b - a >= 17 for a, b in zip(heights, heights[1:])) and heights[-1] < box.cells[0].y
        for port in box.ports:
            assert port.path.endswith(f"V{port.dot[1]:g}") and port.dot[1] == box.cells[0].y
        assert [port.arrow != "" for port in box.ports] == [True, True, False]  # none to a bias
    assert (
        columns[1]
        .boxes[0]
        .ports[0]
        .arrow.startswith("M{:g} {:g}l".format(*(columns[0].boxes[0].exit[0], columns[0].boxes[0].exit[1] + 2)))
    )
