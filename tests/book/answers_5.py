"""Answers to the exercises of chapters 9 to 12, worked out beside each."""

ANSWERS = {
    "9.1": {  # y = 1 / (1 + e) = 0.2689, and δ = y − t
        "right": "-0.7311",
        "wrong": {"-0.1437": "ce-extra-derivative", "0.7311": "the wrong sign"},
    },
    "9.2": {  # 2·(0.2689 − 1)·0.2689·0.7311 = −1.4622·0.1966
        "right": "-0.2875",
        "wrong": {"-1.4622": "output-derivative-missing", "-0.1437": "not right"},
    },
    "9.3": {  # ln 2
        "right": "0.6931",
        "wrong": {
            "0.5": "natural logarithm of ½",
            "0.3010": "decimal logarithm",
            "1.3863": "Only one of the two terms",
        },
    },
    "9.4": {"right": "b", "wrong": {"a": "as large as it can be", "c": "nearly 1"}},
    "10.1": {  # 784·30 + 30 + 30·10 + 10
        "right": "23860",
        "wrong": {"23820": "the weights", "23850": "The 10 neurons", "24644": "The 784 inputs"},
    },
    "10.2": {  # ln 10
        "right": "2.3026",
        "wrong": {"1": "decimal logarithm", "0.1": "Take −ln", "23.0259": "one term, not ten"},
    },
    "10.3": {"right": "b", "wrong": {"a": "may have remembered", "c": "something else"}},
    "11.1": {"right": "b", "wrong": {"a": "follow from δ_j1", "c": "The outputs are right"}},
    "11.2": {  # 0.4·0.6·0.4 = 0.096, times 0.5
        "right": "0.048",
        "wrong": {"0.200": "the slope is left out", "0.096": "This is δ_k", "0.120": "both factors"},
    },
    "11.3": {"right": "a", "wrong": {"b": "four times too large", "c": "in the same direction"}},
    "12.1": {  # x = 0, so y = 0 and Δb = 1
        "right": "-1",
        "wrong": {"-2": "not above 0", "-3": "the bias rises", "0": "once"},
    },
    "12.2": {  # (w_1, w_2, b): 0, 1, 1; then 0, 1, 0; then 1, 1, 1; then 1, 1, 0
        "right": "4",
        "wrong": {"1": "another step follows", "2": "inputs 1, 0", "3": "third epoch"},
    },
    "12.3": {"right": "c", "wrong": {"a": "A line parts 0, 0", "b": "wherever they lie"}},
    "12.4": {"right": "b", "wrong": {"a": "are enough", "c": "a hidden one has none"}},
}
