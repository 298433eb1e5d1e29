"""Answers to the exercises of chapters 1 to 8, worked out with a calculator, apart from purenet (see test_answers.py)."""

ANSWERS = {
    # 0.5·2 − 0.25·1 + 0.125, and 1 / (1 + exp(−0.875)) = 0.705785
    "1.1": {
        "right": "0.875",
        "wrong": {
            "0.7058": "That is y_j1",
            "0.125": "the first input is 2.0",
            "0.75": "The bias is missing",
            "1.375": "The second weight is negative",
            "-0.875": "has the wrong sign",
        },
    },
    "1.2": {
        "right": "0.7058",
        "wrong": {
            "0.5312": "for the inputs 1.0 and 2.0",
            "0.2942": "The exponent of the sigmoid has the wrong sign",
            "0.6792": "no bias is added",
            "0.71": "too few",
        },
    },
    "1.3": {"right": "0", "wrong": {"0.5": "f(0.5) is 0.6225"}},
    "1.4": {"right": "b", "wrong": {"a": "the bias does not", "c": "x_j1 comes before it"}},
    # y·(1 − y)·(y − 0) with y = 0.705785 is 0.146558; 0.5 − 0.5·0.146558·2 is 0.353442
    "2.1": {
        "right": "0.1466",
        "wrong": {
            "-0.0611": "The target is 0.0 now",
            "-0.1167": "of the chapter",
            "0.2076": "the slope f′",
            "0.7058": "lacks the slope of the activation",
            "-0.1466": "wrong sign",
        },
    },
    "2.2": {
        "right": "0.3534",
        "wrong": {"0.2069": "learning rate is missing", "0.6466": "move uphill", "0.5": "The weights stay"},
    },
    "2.3": {
        "right": "0.081",
        "wrong": {"0.9": "That is ∂E/∂y", "0.09": "That is the slope", "0.405": "the loss E", "-0.081": "wrong sign"},
    },
    "2.4": {"right": "b", "wrong": {"a": "its slope is smaller", "c": "the deltas differ"}},
    # y_k2 − 1 is −1.221961; 0.705785·0.294215·(−0.5·0.428317 + 0.25·(−1.221961)) is −0.107906
    "3.1": {
        "right": "-1.2220",
        "wrong": {"-0.2220": "That is y_k2", "-0.4720": "the target of the chapter", "1.2220": "wrong sign"},
    },
    "3.2": {
        "right": "-0.1079",
        "wrong": {
            "-0.0445": "by way of k2 is missing",
            "0.3349": "or δ_j1",
            "-0.0171": "targets of the chapter",
            "0.0190": "δ_k2 is below 0",
            "-0.1301": "row and column exchanged",
            "-0.5196": "lacks the slope",
            "0.1079": "wrong sign",
        },
    },
    "3.3": {"right": "b", "wrong": {"a": "in its net input", "c": "all shares count", "d": "already"}},
    "3.4": {"right": "b", "wrong": {"a": "still there", "c": "A hidden neuron has none"}},
    # y = 1 / (1 + exp(−0.6)) = 0.645656, which is δ_k1 too; 0.645656² is 0.416872
    # δ_j1 = 0.645656·0.354344·0.5·0.645656 is 0.073858; 0.5 − 0.5·0.2·0.073858 is 0.492614
    "4.1": {
        "right": "0.4169",
        "wrong": {
            "0.6457": "δ_k1",
            "-0.4169": "wrong sign",
            "0.42": "too few digits",
            "0.3874": "net inputs of the layer before",
        },
    },
    "4.2": {
        "right": "0.4926",
        "wrong": {
            "0.4631": "w_i1j1⁺",
            "0.5074": "move uphill",
            "0.4957": "has already changed",
        },
    },
    "4.3": {"right": "c", "wrong": {"a": "does not know the target", "b": "no target", "d": "two numbers before it"}},
    "4.4": {"right": "d", "wrong": {"a": "equal gradients", "b": "by the same amount", "c": "the same two weights"}},
    # (2·½·0.25² + 2·½·0.75²) / 4
    "5.1": {
        "right": "0.15625",
        "wrong": {
            "0.3125": "half the squared",
            "0.625": "the sum",
            "0.125": "answering ½",
            "0.03125": "two examples the target is 1",
            "0.28125": "two examples the target is 0",
        },
    },
    "5.2": {"right": "0.9", "wrong": {"0": "no choice", "1.1": "Count it once", "1.3": "already"}},
    "5.3": {"right": "-2", "wrong": {"-1": "2 − 1 = 1", "2": "2 + 2 = 4", "0": "j1 alone"}},
    "5.4": {"right": "b", "wrong": {"a": "y_i is 0", "c": "an input that is always 1"}},
    # −0.5·(0.2 − 0.4 + 0.6 + 0.8) / 4; 15 mini-batches an epoch; 0.9 + 0.9·(−0.1) − 0.1·0.9
    "6.1": {
        "right": "-0.15",
        "wrong": {
            "-0.6": "the sum",
            "-0.3": "learning rate",
            "-0.25": "negative",
            "0.3": "against it",
            "0.15": "wrong sign",
        },
    },
    "6.2": {
        "right": "30",
        "wrong": {
            "28": "make a mini-batch, too",
            "29": "never reaches",
            "28.76": "no parts of steps",
            "15": "one epoch",
            "14": "without its last 38",
            "2876": "for each example",
        },
    },
    "6.3": {
        "right": "0.72",
        "wrong": {
            "0.81": "without momentum",
            "0.76": "μ = 0.5",
            "0.71": "not of 1",
            "-0.18": "the second v",
            "0.9": "first step",
        },
    },
    "6.4": {"right": "c", "wrong": {"a": "Any η", "b": "multiplied by the slope", "d": "the same net inputs"}},
    # f(0.9) = 0.710950, and 0.710950·0.289050·0.9 is 0.184950
    "7.1": {
        "right": "0.1850",
        "wrong": {
            "0.081": "the right δ",
            "0.2055": "Multiply it by y − t",
            "0.1461": "The last factor",
            "0.0640": "both factors",
        },
    },
    "7.2": {"right": "a", "wrong": {"b": "factor of both", "c": "right sign", "d": "positive even where"}},
    "7.3": {
        "right": "0.96",
        "wrong": {"24": "sum of the products", "4.8": "both lengths", "1": "not quite", "0.48": "= 24"},
    },
    "7.4": {"right": "b", "wrong": {"a": "94.2 %", "c": "a larger η", "d": "let the loss rise"}},
    # e² / (e² + e + 1) is 0.665241; 0.8·0.2·0.8 + 0.2·0.8·0.8 is 0.256
    "8.1": {
        "right": "0.6652",
        "wrong": {
            "0.6667": "shares of the net inputs",
            "0.7311": "not 0",
            "0.8808": "the sigmoid of 2",
            "7.3891": "divided by the sum",
            "0.2447": "y_k2",
            "0.67": "too few digits",
        },
    },
    "8.2": {
        "right": "0.6652",
        "wrong": {"0.3636": "shares of the net inputs", "0.9999": "about 1", "1": "grow as well"},
    },
    "8.3": {
        "right": "0.256",
        "wrong": {"0.8": "cross-entropy alone", "0.128": "the diagonal", "0": "two minus signs", "0.16": "∂y_k1/∂x_k1"},
    },
    "8.4": {"right": "b", "wrong": {"a": "stays long", "c": "the slope is missing", "d": "depends on the loss"}},
}
