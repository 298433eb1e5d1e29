"""Answers to the exercises of chapters 14 and 15 and to two of chapter 10, worked out beside each in plain arithmetic."""

ANSWERS = {
    "10.4": {
        "right": "154",
        "wrong": {"1846": "read rightly", "770": "of 10,000", "616": "of the 8,000"},
    },  # 0.077·2000
    "10.5": {"right": "b", "wrong": {"a": "There are 15", "c": "the same 10,000"}},
    "14.1": {  # all slopes ¼: ¼·(½ − 1) = −0.125, ¼·(−6)·(−0.125) = 0.1875, ¼·2·0.1875 = 0.09375
        "right": "0.0938",
        "wrong": {
            "0.3750": "output-derivative-missing",
            "1.5000": "hidden-derivative-missing",
            "-0.0078": "weights-missing-in-backprop",
            "0.7500": "returns the value of the function itself",
        },
    },
    "14.2": {  # (2/4)⁵ = 1/32
        "right": "0.0313",
        "wrong": {
            "0.0010": "brings its weight",
            "32": "brings a slope",
            "0.0625": "five factors",
            "0.0156": "five factors",
            "2.5": "multiplied and not added",
        },
    },
    "14.3": {  # √(6/150) = √0.04
        "right": "0.20",
        "wrong": {"0.04": "square root", "0.24": "outputs count", "0.14": "for He", "0.35": "inputs count"},
    },
    "14.4": {"right": "b", "wrong": {"a": "within ±4", "c": "no part in a delta", "d": "x on the weights"}},
    "15.1": {  # ½·(1/9 + 1/9 + 4/9) / 4 = 1/12
        "right": "0.0833",
        "wrong": {
            "0.3333": "Divide it by 4",
            "0.1667": "half the squared",
            "0.1111": "over all four",
            "0.0417": "the third is off by ⅔",
            "0.0278": "its target is 0",
            "0.0625": "two at ½",
        },
    },
    "15.2": {  # (y − 1) + (y − 1) + y = 0 at y = 2/3
        "right": "0.667",
        "wrong": {"0.5": "one 1 and one 0", "1": "try 0.9", "0.333": "share of the zeros"},
    },
    "15.3": {  # y_j1 0.982014, y_j2 0.622459, y_k1 0.584571, δ_k1 0.141962; 0.982014·0.017986·2·0.141962 = 0.005015
        "right": "0.0050",
        "wrong": {
            "0.2839": "hidden-derivative-missing",
            "0.0025": "weights-missing-in-backprop",
            "-0.0050": "sign",
            "0.0016": "bias-missing-forward",
        },
    },
    "15.4": {"right": "b", "wrong": {"a": "the steepest there is", "c": "more starts fail", "d": "They are ½"}},
    "15.5": {"right": "c", "wrong": {"a": "Both look like that", "b": "any loss", "d": "a saddle between"}},
}
