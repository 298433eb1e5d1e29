"""Answers to the exercises of chapters 0, 13 and 16, worked out in plain arithmetic beside each."""

ANSWERS = {
    "0.1": {  # (5.01² − 4.99²) / 0.02 = (25.1001 − 24.9001) / 0.02
        "right": "10",
        "wrong": {"25": "square of 5 itself", "0.2": "Divide it", "20": "twice the nudge", "10.01": "upward only"},
    },
    "0.2": {  # the output is 3, wanted 2; the slope (3 − 2)·2; 1 − 0.1·2
        "right": "0.8",
        "wrong": {"1.2": "uphill", "0.9": "weight 1", "0.6": "forgets the half", "-1": "a tenth", "1.4": "5 is wanted"},
    },
    "0.3": {  # weights 1 + 0.4·2 = 1.8 and 1 + 0.4·4 = 2.6; 1.8·1 + 2.6·2
        "right": "7",
        "wrong": {
            "4": "rate 0.1",
            "8": "rate 0.5",
            "5": "too far",
            "3.8": "Weight 2 moves",
            "6.2": "Weight 1 moves",
            "-1": "along their slopes",
        },
    },
    "0.4": {  # 2·500·60
        "right": "60000",
        "wrong": {"1000": "for one example", "30000": "both directions", "60": "takes two"},
    },
    "0.5": {"right": "b", "wrong": {"a": "Turning other knobs", "c": "a large turn"}},
    "13.1": {  # δ_k 1 and −2; ∂E/∂y_j1 = 2·1 + (−1)·(−2) = 4; ∇w = 4·2; 0.5 − 0.8. At once: 1.9·1 + (−0.8)·(−2) = 3.5
        "right": "-0.30",
        "wrong": {"-0.20": "updated-weights-in-hidden-delta", "1.30": "uphill", "-0.50": "instead of its deltas"},
    },
    "13.2": {  # 0.3589·0.1385 − 0.5113·0.0381 = 0.03022712
        "right": "0.0302",
        "wrong": {"0.0364": "That is the right one", "0.0692": "negative", "0.0073": "That is δ_j1"},
    },
    "13.3": {"right": "c", "wrong": {"a": "small learning rates", "b": "the layer before it", "d": "both orders do"}},
    "13.4": {"right": "a", "wrong": {"b": "contains η", "c": "smaller and smaller"}},
    "16.1": {  # 0.004 + 0.004 = 0.008, 1.008 to three digits
        "right": "1.01",
        "wrong": {"1.00": "each small number is lost", "1.008": "round it", "1.02": "not rounded"},
    },
    "16.2": {  # 1 / (1 + e^−40) is 1 in float64, and 1·(1 − 1)·(1 − 0) is 0
        "right": "0",
        "wrong": {"1": "That is y − t", "4.248e-18": "true slope", "0.25": "slope at 0"},
    },
    "16.3": {  # x 0.875, y 0.706, 0.706·0.294·(−0.294) = −0.061023
        "right": "-0.061",
        "wrong": {"-0.294": "output-derivative-missing", "-0.208": "derivative-is-function", "0.061": "sign"},
    },
    "16.4": {  # y is 0.53120937337375625724507144559710566705: the floats are 3.1e-17 and 1.42e-16 off
        "right": "b",
        "wrong": {"a": "need not find the nearest", "c": "exact number"},
    },
    "16.5": {"right": "b", "wrong": {"a": "So would be 0", "c": "7 digits"}},
}
