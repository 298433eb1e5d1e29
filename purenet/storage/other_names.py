"""The names that other texts and libraries give to activations and losses."""

import re

ACTIVATIONS = {
    "logistic": ["sigmoid"],
    "logistic sigmoid": ["sigmoid"],
    "logsig": ["sigmoid"],
    "linear": ["identity"],
    "purelin": ["identity"],
    "tansig": ["tanh"],
    "hyperbolic tangent": ["tanh"],
    "rectifier": ["relu"],
    "rectified linear": ["relu"],
    "poslin": ["relu"],
    "bipolar logistic": ["bipolar sigmoid"],
    "hardlim": ["threshold from 0"],  # defined so, as 1 for n ≥ 0; for the next ones, textbooks differ
    "hardlims": ["sign from 0"],
    **dict.fromkeys(("step", "binary step", "unit step", "heaviside"), ["threshold", "threshold from 0"]),
    **dict.fromkeys(("signum", "sgn", "bipolar step"), ["sign", "sign from 0"]),
}
SQUARES = ["half squared error", "squared error", "mean squared error"]
LOSSES = {
    **dict.fromkeys(("mse", "sse", "quadratic", "quadratic cost", "squared", "squares", "l2"), SQUARES),
    "categorical cross-entropy": ["cross-entropy"],
    "bce": ["binary cross-entropy"],
    "log loss": ["cross-entropy", "binary cross-entropy"],
}


def meanings(name, known, others):
    """Return which of the known names a name stands for: none, one, or several if texts differ in what they mean."""
    found = {
        **{simplified(other): meant for other, meant in others.items()},
        **{simplified(own): [own] for own in known},
    }
    return [name] if name in known else found.get(simplified(name), [])


def simplified(name):
    """Return a name without capitals, spaces, hyphens and underscores."""
    return re.sub(r"[\s_-]", "", name.lower())
