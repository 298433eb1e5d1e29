"""Two starts of one network for exclusive or: from one it learns, from the other it gets stuck."""

from decimal import Decimal

LEARNS = [["0.8", "-0.65"], ["0.24", "-0.6"]], [["-0.17", "0.78"]]
IS_STUCK = [["-0.47", "0.15"], ["-0.59", "-0.08"]], [["0.6", "-0.51"]]
STARTS = {
    "xor-that-learns": ("Learned: exclusive or", LEARNS),
    "xor-that-is-stuck": ("Stuck: exclusive or", IS_STUCK),
}


def start_data(name):
    """Return the data of a start, by its name: a case of four examples, one for each step, at η = 2."""
    title, tables = STARTS[name]
    layers = [
        {
            "activation": "sigmoid",
            "weights": [[Decimal(weight) for weight in row] for row in table],
            "biases": [Decimal(0) for _ in table],
        }
        for table in tables
    ]
    return {
        "title": title,
        "network": {"layers": layers, "loss": "half squared error"},
        "examples": [{"inputs": [a, b], "targets": [a ^ b]} for a in (0, 1) for b in (0, 1)],
        "batch_sizes": [1, 1, 1, 1],
        "gradient": "mean",
        "learning_rate": 2,
        "momentum": 0,
        "weight_decay": 0,
        "trained_biases": True,
    }
