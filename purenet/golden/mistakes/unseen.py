"""Mistakes that the values of a training step cannot show, and why."""

UNSEEN = {
    "initialisation-all-equal": (
        "All weights start equal, so that hidden neurons stay copies of each other.",
        "a case prescribes the starting weights: look at those that the program draws itself",
        "https://github.com/HomericIntelligence/Mnemosyne/pull/1987",
    ),
    "random-default-argument": (
        "A random number is drawn once, as a default argument, and every neuron gets the same one.",
        "a case prescribes the starting weights and biases",
        "https://github.com/TheoVasile/neural-network",
    ),
    "one-sided-or-wide-initialisation": (
        "Starting weights come from [0, 1) or [−1, 1), however many inputs a neuron has.",
        "it takes statistics of the program's own starting weights",
        "https://github.com/Justin-Goodrich/Python-Neural-net-from-scratch",
    ),
    "shuffle-duplicates-rows": (
        "Shuffling a table of examples repeats some of its rows and loses others.",
        "a case prescribes the order: compare the examples before and after shuffling",
        "https://github.com/mnielsen/neural-networks-and-deep-learning/issues/50",
    ),
    "own-values-pinned-as-tests": (
        "A test expects the wrong number, because the program itself once printed it.",
        "only values from elsewhere show it, such as these",
        "https://github.com/TheoVasile/neural-network",
    ),
}
