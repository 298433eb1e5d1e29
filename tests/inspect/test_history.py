import csv
import io
import json

import pytest

from purenet import History, Identity, Layer, Network, NetworkError, Neuron, train
from purenet.inspect.history import measured
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

MEASURED = """\
History of 2 epochs

epoch    loss    accuracy    held-out loss    held-out accuracy
-------  ------  ----------  ---------------  -------------------
1        0.5     0.0 %       1.125              0.0 %
2        0.125   0.0 %       0.78125          100.0 %
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


def test_what_is_held_out_is_measured_after_each_epoch_and_shown_beside_it():
    """By hand: w = 0, then 0.5 and 0.75, and E of the other example is (w − 2)² / 2."""
    network = Network([Layer([Neuron([0.0], None, Identity())])])
    history = History(measured(train(network, [([1.0], [1.0])], 0.5, 2), network, [([1.0], [2.0])]))
    assert [tuple(epoch) for epoch in history] == [(1, 0.5, 0.0, 1.125, 0.0), (2, 0.125, 0.0, 0.78125, 1.0)]
    assert str(history) == MEASURED
    assert json.loads(history.to("json"))[1] == {
        "epoch": 2, "loss": 0.125, "accuracy": 0.0, "held_out_loss": 0.78125, "held_out_accuracy": 1.0,
    }  # fmt: skip
    assert history.to("csv").splitlines()[0] == "epoch,loss,accuracy,held_out_loss,held_out_accuracy"
    assert "Held out: the loss goes from 1.125 to 0.78125, the accuracy from 0.0 % to 100.0 %." in history.picture()
    assert "held out" not in history.picture(held_out=[])
    assert list(history.pictures()) == [0]


def test_other_formats_and_wrong_ones():
    assert "|" in History(EPOCHS).to("markdown") and "tabular" in History(EPOCHS).to("latex")
    with pytest.raises(NetworkError, match="unknown format 'pdf'"):
        History(EPOCHS).to("pdf")
