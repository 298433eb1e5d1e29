"""Answers to the exercises of chapter 20, worked out beside each."""

ANSWERS = {
    "20.1": {  # 1 − e^−ln 4
        "right": "0.75",
        "wrong": {"0.25": "That is e^−y", "0.8": "the sigmoid of y", "-3": "the sign of y"},
    },
    "20.2": {  # (2.5 − 0.5) + 0.16/2
        "right": "2.08",
        "wrong": {
            "3.205": "the half squared error",
            "2.58": "The ½ is missing",
            "2.16": "not d²",
            "2.4": "squared, and halved",
        },
    },
    "20.3": {  # 0.7 / √(0.25·49)
        "right": "0.2",
        "wrong": {"0.7": "plain descent", "0.1": "half as large", "0.1155": "not β₂", "0.0571": "The root of v"},
    },
    "20.4": {"right": "c", "wrong": {"a": "faithfully", "b": "as those of the wrong code", "d": "chapter 7"}},
}
