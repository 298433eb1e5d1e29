from purenet.drawing import compact
from purenet.drawing.columns import Box, Cell, Column, Label, Port


def layer(letter, neurons, sources=0):
    """Return a layer with an edge from every one of some sources to each neuron, and a bias."""

    def box(name):
        ports = [Port(n, [Label(f"w_{n}{name}", f"w_i{n + 1}{name}", "0.5")]) for n in range(sources)]
        ports += [Port(None, [Label(f"b_{name}", f"b_{name}", "0.25")])] if sources else []
        return Box(name, [Cell(f"{kind}_{name}", f"{kind}_{name}", "0.75") for kind in "xfy"], [], ports)

    column = Column(f"Layer {letter.upper()}", [box(f"{letter}{n + 1}") for n in range(neurons)])
    column.cell_widths = [80, 60, 80]
    return column


def test_boxes_are_small_and_there_is_room_for_the_labels_of_one_sum():
    columns = [layer("i", 12), layer("j", 12, 12)]
    width, height = compact.place_compact(columns)
    before, after = columns
    assert after.x - before.right == 90 + compact.label_space(after) and after.right == width
    assert height < 500
    for box in after.boxes:
        assert compact.inward(box.ports[0], box, after, columns).startswith(f"M{before.right} ")
        labels = [port.labels[0] for port in box.ports]
        for port in box.ports:
            compact.inward(port, box, after, columns)
        assert all(b.y - a.y >= 17 for a, b in zip(labels, labels[1:])) and labels[-1].y < height
        assert before.right < labels[0].x and labels[0].x + labels[0].width < after.x


def test_the_labels_of_edges_that_leave_a_neuron_are_beside_the_boxes_that_they_lead_to():
    columns = [layer("i", 3), layer("j", 4, 3)]
    compact.place_compact(columns)
    heights = []
    for box in columns[1].boxes:
        path = compact.outward(box.ports[0], box, columns[1])
        assert path.endswith(f"{columns[1].x} {box.exit[1]:g}")
        heights.append(box.ports[0].labels[0].y)
    assert all(b - a >= 17 for a, b in zip(heights, heights[1:]))


def test_in_a_stack_no_box_lies_on_another_and_edges_run_in_the_gutter():
    columns = [layer("i", 3), layer("j", 4, 3), layer("k", 1, 4)]
    width, height = compact.place_stack(columns, has_loss=True)
    cells = [cell for column in columns for box in column.boxes for cell in box.cells]
    for n, one in enumerate(cells):
        for other in cells[n + 1 :]:
            apart = one.y + one.height <= other.y or one.x + one.width <= other.x or other.x + other.width <= one.x
            assert apart or other.y + other.height <= one.y
    assert max(cell.y + cell.height for cell in cells) <= height
    j1 = columns[1].boxes[0]
    assert compact.bracket(j1.ports[0], j1) == f"M26 {columns[0].boxes[0].exit[1]:g}h-16V{j1.exit[1]:g}h16"
    assert compact.bracket(j1.ports[-1], j1) == ""  # of a bias
