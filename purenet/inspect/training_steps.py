"""Trainings step by step, and the training of a case: its own starting weights, its examples in their order."""

from collections import namedtuple

from purenet.checks import check_training
from purenet.errors import NetworkError
from purenet.training import Epoch, count_right, mini_batches, training_step

Step = namedtuple("Step", "epoch loss right examples ends_epoch steps", defaults=[1])  # several steps: a whole epoch


def trained(case, epochs, number=None):
    """Train the network of a case, and yield it after each epoch, with the `Epoch`; it is one network, that changes.

    Each epoch has the steps of the case, in their order. Its loss is a running figure, each example scored just before
    its step: the mean over the examples or, if the case has the gradient "sum", their sum. By default, numbers are of
    the kind of the case.

    >>> from purenet.cases import load_case
    >>> for network, epoch in trained(load_case("2x2x1"), epochs=2):
    ...     print(f"{epoch.number}: E = {epoch.loss:.6f}, then w_j1k1 = {network.layers[1].neurons[0].weights[0]:.6f}")
    1: E = 0.026694, then w_j1k1 = 0.498311
    2: E = 0.026106, then w_j1k1 = 0.496641
    """
    number = number or case.number
    network, examples, tally = case.network(number), case_examples(case, number), Tally(case.gradient)
    descent, batches = case.descent(number), case.batches()
    for step in training_steps(network, examples, descent, epochs, gradient=case.gradient, batches=batches):
        epoch = tally.add(step)
        if epoch is not None:
            yield network, epoch


def case_examples(case, number=float):
    """Return the examples of a case, pairs, in a kind of number; raise NetworkError if they have no targets."""
    if case.examples[0][1] is None:
        raise NetworkError(f"{case.id} has no targets, so nothing can be trained: `purenet walkthrough` shows it")
    return case.pairs(number)


def training_steps(
    network,
    examples,
    descent,
    epochs,
    batch_size=1,
    gradient="mean",
    shuffle=None,
    skip=0,
    batches=None,
    rate=None,
    compiled=None,
):
    """Train a network, and yield a `Step` after each mini-batch: its summed loss and how many outputs were right.

    `skip` is the number of steps done before an interruption: for them only the order of the examples is drawn again.
    `batches` takes the place of `batch_size` and `shuffle`: for each step of an epoch the numbers of its examples.
    `rate`, a function from the number of an epoch to a learning rate, gives the descent another one for each epoch.
    `compiled`, a `CompiledTraining` of this network and descent, does the steps of an epoch together, and they are one `Step`.
    """
    check_training(examples, epochs, batch_size, gradient)
    done = 0
    for epoch in range(1, epochs + 1):
        if rate is not None:
            descent.learning_rate = rate(epoch)
        left = len(examples)
        order = batches or mini_batches(range(len(examples)), batch_size, shuffle)
        if compiled is not None and done >= skip:
            order = list(order)
            result = compiled.steps([[examples[n] for n in numbers] for numbers in order])
            if result is not None:
                done += len(order)
                yield Step(epoch, *result, left, True, len(order))
                continue
        for numbers in order:
            done, left = done + 1, left - len(numbers)
            if done > skip:
                batch = [examples[n] for n in numbers]
                loss, outputs = training_step(network, batch, descent, gradient)
                yield Step(epoch, loss, count_right(outputs, batch), len(batch), left == 0)


class Tally:
    """Adds up the steps of an epoch: their loss, how many outputs were right, and of how many examples.

    The loss of an epoch is the mean over its examples or, with `gradient` "sum", the sum.
    """

    def __init__(self, gradient="mean"):
        self.gradient = gradient
        self.loss, self.right, self.count = 0, 0, 0

    def add(self, step):
        """Count a step; return the Epoch if the step ends one, and begin the next, otherwise None."""
        self.loss, self.right, self.count = self.loss + step.loss, self.right + step.right, self.count + step.examples
        if not step.ends_epoch:
            return None
        epoch = self.epoch(step.epoch)
        self.loss, self.right, self.count = 0, 0, 0
        return epoch

    def epoch(self, number):
        """Return what was counted as the Epoch of a number."""
        loss = self.loss if self.gradient == "sum" else self.loss / self.count
        return Epoch(number, loss, self.right / self.count)
