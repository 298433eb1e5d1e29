"""Learning rates that follow the epoch, by a text such as "step:10:0.5". Read training_steps.py first.

With η for the learning rate that is given, and n = 1, 2, … for the epoch, the rate of the epoch η_n is by

    step:N:F          η_n = η · F^⌊(n − 1) / N⌋    F times as large after every N epochs
    exponential:F     η_n = η · F^(n − 1)          F times as large after every epoch
    inverse:K         η_n = η / (1 + K · (n − 1))
    factors:C,C,…     η_n = η · C_n                the last factor for all later epochs, too

The first three are step, exponential and 1/t decay of "Annealing the learning rate" in the notes of the course CS231n.
Each η_n follows from n alone, so that a training can be resumed anywhere.
"""

from purenet.errors import INFINITY, NetworkError, quoted


def rate_schedule(text, learning_rate, number=float):
    """Return a function from the number of an epoch to its learning rate; `number` makes numbers of the kind of η.

    >>> rate = rate_schedule("step:10:0.5", 0.8)
    >>> [rate(epoch) for epoch in (1, 10, 11, 21)]
    [0.8, 0.8, 0.4, 0.2]
    """
    kind, *given = text.split(":")
    try:
        factor = KINDS[kind](number, *given)
    except (KeyError, TypeError, ValueError, ArithmeticError):
        forms = "step:10:0.5, exponential:0.99, inverse:0.01 or factors:1,0.5,0.1"
        raise NetworkError(f"--rate-schedule takes {forms}, with numbers of your own, not {quoted(text)}") from None

    def rate(epoch):
        try:
            found = learning_rate * factor(epoch - 1)
        except ArithmeticError:
            found = INFINITY
        if found < INFINITY:
            return found
        raise NetworkError(f"the learning rate of epoch {epoch} overflows: take a smaller factor")

    return rate


def step(number, epochs, factor):
    epochs, factor = int(epochs), positive(number, factor)
    if epochs < 1:
        raise ValueError
    return lambda done: factor ** (done // epochs)


def exponential(number, factor):
    return step(number, 1, factor)


def inverse(number, share):
    share = positive(number, share)
    return lambda done: 1 / (1 + share * done)


def factors(number, texts):
    found = [positive(number, text) for text in texts.split(",")]
    return lambda done: found[min(done, len(found) - 1)]


def positive(number, text):
    """Return a number above 0; raise ValueError for another."""
    value = number(text)
    if not 0 < value < INFINITY:
        raise ValueError
    return value


KINDS = {function.__name__: function for function in (step, exponential, inverse, factors)}
