from purenet.book.blocks import block_text
from purenet.document.table import Table

NARROW = """\
epoch    loss
-------  ------
1        0.5
2        0.25"""


def test_a_narrow_table_has_no_lines_between_its_rows():
    assert block_text(Table(["epoch", "loss"], [["1", "0.5"], ["2", "0.25"]], [(0,), (1,)])) == NARROW


def test_a_table_wider_than_the_page_has_columns_one_above_the_other():
    table = Table(["name", "first", "second"], [["a", "b" * 40, "c" * 40]], [(0,), (1, 2)])
    lines = block_text(table).splitlines()
    assert max(map(len, lines)) <= 80
    assert [line for line in lines if "b" * 40 in line] != [line for line in lines if "c" * 40 in line] != []
