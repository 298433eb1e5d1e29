import csv
import io
import json

from purenet import structure
from tests.networks import example_3_2_2_1

TEXT = """\
Layers of the network

layer    neurons    activation       weights    biases    parameters
-------  ---------  ---------------  ---------  --------  ------------
I        3          inputs
J        2          relu              6         1          7
K        2          sigmoid or tanh   4         1          5
L        1          identity          2         1          3
sum                                  12         3         15
"""


def test_the_table():
    assert str(structure(example_3_2_2_1())) == TEXT


def test_json_and_csv():
    data = json.loads(structure(example_3_2_2_1()).to("json"))
    assert data["loss"] == "half squared error"
    assert data["layers"][1] == {
        "layer": "J",
        "neurons": 2,
        "activation": "relu",
        "weights": 6,
        "biases": 1,
        "parameters": 7,
    }
    rows = list(csv.DictReader(io.StringIO(structure(example_3_2_2_1()).to("csv"))))
    assert rows[-1]["parameters"] == "15"
