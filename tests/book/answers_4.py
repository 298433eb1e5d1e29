"""Answers to the exercises of chapters 17 to 19, worked out in plain arithmetic beside each."""

ANSWERS = {
    "17.1": {  # y_j1 0.7311, x_k1 −0.4621, y_k1 0.3865, δ_k1 −0.1455; −2·(−0.1455)·0.7311·0.2689
        "right": "0.0572",
        "wrong": {
            "0.2909": "hidden-derivative-missing",
            "0.0557": "updated-weights-in-hidden-delta",
            "0.2412": "output-derivative-missing",
            "-0.0572": "wrong sign",
        },
    },
    "17.2": {  # 1 / (1 + e^−0.3865) = 0.5954; (0.3865 − 1)·0.5954·0.4046
        "right": "-0.1478",
        "wrong": {"-0.1455": "right delta", "0.1478": "negative", "0.2409": "Multiply it", "-0.3653": "second factor"},
    },
    "17.3": {  # −0.2·0.5
        "right": "-0.1",
        "wrong": {"0.1": "true value", "-0.4": "not divided", "-0.2": "of the bias", "-0.05": "y_j1 alone"},
    },
    "17.4": {"right": "c", "wrong": {"a": "do not tell them apart", "b": "none of these is called wrong"}},
    "17.5": {"right": "b", "wrong": {"a": "nothing shows", "c": "Not with 17 digits"}},
    "18.1": {  # c = (b + 1)·a
        "right": "3",
        "wrong": {"2": "a term of the sum, too", "1": "a factor of the product, too", "4": "is b", "9": "data of c"},
    },
    "18.2": {  # 3 + 3 + 1 given, 3 + 3 + 1 computed
        "right": "14",
        "wrong": {
            "10": "with 2 inputs",
            "7": "count both",
            "13": "One is missing",
            "15": "take three sums",
            "11": "inputs are nodes",
        },
    },
    "18.3": {  # tanh 0.75 = 0.6351; (1 − 0.6351²)·(0.6351 − 1)
        "right": "-0.2177",
        "wrong": {
            "-0.5120": "tanh-derivative-plus",
            "-0.1331": "tanh-derivative-not-squared",
            "-0.3649": "output-derivative-missing",
            "-0.0845": "always-sigmoid-derivative",
            "0.2177": "wrong sign",
        },
    },
    "18.4": {"right": "b", "wrong": {"a": "changes no data", "c": "visits each node once"}},
    "19.1": {  # 8 examples, 5 neurons
        "right": "40",
        "wrong": {"15": "nothing of the examples", "24": "That is Y_I", "120": "added up", "5": "one example"},
    },
    "19.2": {  # column 2 of W_K: 2·2 + 0.5·(−1)
        "right": "3.5",
        "wrong": {
            "4": "without the weight of k2",
            "-1": "first entry",
            "-4": "third entry",
            "5.5": "row 2 of W_K",
            "4.5": "negative",
        },
    },
    "19.3": {"right": "a", "wrong": {"b": "no axis of its own", "c": "inputs of other examples"}},
    "19.4": {"right": "b", "wrong": {"a": "repeated four times", "c": "should not have been taken"}},
    "19.5": {"right": "b", "wrong": {"a": "no shape complains", "c": "move alike"}},
}
