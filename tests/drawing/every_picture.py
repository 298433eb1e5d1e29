"""A picture of every kind, with everything that such a picture can show."""

import random

from purenet import (
    CrossEntropy,
    Softmax,
    build_network,
    mistake_images,
    picture_of,
    regions,
    trace_step,
    weight_images,
)
from purenet.datasets import xor
from purenet.drawing.operations import Operation, operations_picture
from purenet.inspect.history import History
from purenet.training import Epoch
from tests.networks import INPUTS_2_3_2, TARGETS_2_3_2, example_2_3_2

TRACE = trace_step(example_2_3_2(), INPUTS_2_3_2, TARGETS_2_3_2, 0.1)
CLASSIFIER = build_network([2, 4], last=Softmax, loss=CrossEntropy(), source=random.Random(1), bias=0.0)
PIXELS = build_network([6, 2], source=random.Random(3), bias=0.5)
PICTURES = {
    "first step": TRACE.picture(1),
    "deltas": TRACE.picture(9),
    "update": TRACE.picture(12),
    "dense step": trace_step(build_network([13, 12], source=random.Random(1)), [1.0] * 13, [0.0] * 12, 0.1).picture(4),
    "network": picture_of(example_2_3_2()),
    "wide network": picture_of(build_network([20, 20, 2], source=random.Random(1), bias=0.0)),
    "loss": History([Epoch(1, 0.5, 0.5), Epoch(2, 0.25, 0.75)]).picture(),
    "regions": regions(build_network([2, 3, 1], source=random.Random(4)), xor().examples),
    "four regions": regions(CLASSIFIER, [([0, 0], [1, 0, 0, 0]), ([0, 1], [0, 1, 0, 0]), ([1, 0], [0, 0, 1, 0])]),
    "operations": operations_picture(
        "A product", ["Words."], [Operation("w_i1j1", "", 2.0, 3.0), Operation("p", "×", 4.0, 1.0, (0, 0))]
    ),
    "weights": weight_images(PIXELS, 3, 2),
    "mistakes": mistake_images(PIXELS, [([1, 0, 2, 0, 3, 4], [1, 0]), ([1, 0, 2, 0, 3, 4], [0, 1])], 3, 2),
}
