import csv
import io
import json

import pytest

from purenet import History, NetworkError
from purenet.training import Epoch

EPOCHS = [Epoch(number, 1 / number, 0.5) for number in range(1, 124)]

TEXT = """\
History of 123 epochs

epoch    loss        accuracy
-------  ----------  ----------
  1      1.0         50.0 %
  2      0.5         50.0 %
  5      0.2         50.0 %
 10      0.1         50.0 %
 20      0.05        50.0 %
 50      0.02        50.0 %
100      0.01        50.0 %
123      0.00813008  50.0 %
"""


def test_a_history_is_a_list_that_prints_as_a_table():
    history = History(EPOCHS)
    assert history[4].loss == 0.2 and len(history) == 123
    assert str(history) == TEXT


def test_json_and_csv_hold_every_epoch_in_full():
    data = json.loads(History(EPOCHS).to("json"))
    assert len(data) == 123 and data[2] == {"epoch": 3, "loss": 0.3333333333333333, "accuracy": 0.5}
    rows = list(csv.DictReader(io.StringIO(History(EPOCHS).to("csv"))))
    assert len(rows) == 123 and rows[-1] == {"epoch": "123", "loss": "0.008130081300813009", "accuracy": "0.5"}


def test_other_formats_and_wrong_ones():
    assert "|" in History(EPOCHS).to("markdown") and "tabular" in History(EPOCHS).to("latex")
    with pytest.raises(NetworkError, match="unknown format 'pdf'"):
        History(EPOCHS).to("pdf")
