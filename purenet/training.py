"""Training: the same step again and again. Read losses.py first; chapters 5 and 6 of walkthroughs/ watch trainings.

An example is a pair of inputs and targets; a mini-batch, examples that share a step; an epoch, a pass over all of them.
"""

from collections import namedtuple

from purenet.checks import check_loss, check_training
from purenet.descent import as_descent

Epoch = namedtuple("Epoch", "number loss accuracy")  # number from 1, mean loss of its examples, share that was right


def training_step(network, mini_batch, descent, gradient="mean"):
    """Move a network one step downhill for a list of examples; return their summed loss and the outputs of each.

    `descent` is a GradientDescent or another of descent.py, and `gradient` "mean" or "sum": how the gradients of the
    examples are combined.
    """
    network.reset_gradients()
    loss, outputs = 0, []
    for inputs, targets in mini_batch:
        outputs.append(network.forward(inputs))
        loss += network.loss.value(outputs[-1], targets)
        network.backward(targets)
    check_loss(loss)
    if gradient == "mean" and len(mini_batch) > 1:
        average_gradients(network, len(mini_batch))
    descent.update(network)
    return loss, outputs


def average_gradients(network, count):
    """Divide each gradient, which is the sum over the examples of a mini-batch, by their number."""
    for neuron in network.neurons():
        neuron.weight_gradients = [gradient / count for gradient in neuron.weight_gradients]
        if neuron.bias is not None:
            neuron.bias_gradient /= count


def train(
    network, examples, learning_rate, epochs, batch_size=1, gradient="mean", shuffle=None, momentum=0, weight_decay=0
):
    """Train a network on a sequence or an iterator of examples, and yield an `Epoch` after each pass over them.

    Being a generator, it does nothing until it is looped over, and stops where the loop stops. Loss and accuracy are
    running figures: each example is scored just before its step. `shuffle`, a random.Random, reorders the examples in
    each epoch. For momentum and weight decay see descent.py; a descent such as Adam(0.001) may take the place of the
    learning rate.

    >>> from purenet import Identity, Layer, Network, Neuron
    >>> network = Network([Layer([Neuron([0.0], 0.0, Identity())])])
    >>> [epoch.loss for epoch in train(network, [([1.0], [1.0]), ([0.0], [0.0])], learning_rate=0.5, epochs=2)]
    [0.3125, 0.05078125]
    """
    examples = examples if hasattr(examples, "__getitem__") else list(examples)
    descent = as_descent(learning_rate, momentum, weight_decay)
    check_training(examples, epochs, batch_size, gradient)
    for number in range(1, epochs + 1):
        loss, right = 0, 0
        for mini_batch in mini_batches(examples, batch_size, shuffle):
            step_loss, outputs = training_step(network, mini_batch, descent, gradient)
            loss, right = loss + step_loss, right + count_right(outputs, mini_batch)
        yield Epoch(number, loss / len(examples), right / len(examples))


def mini_batches(examples, size, shuffle=None):
    """Yield the examples of one epoch in lists of a size, the last of which may be shorter."""
    order = list(range(len(examples)))
    if shuffle is not None:
        shuffle.shuffle(order)
    for start in range(0, len(order), size):
        yield [examples[n] for n in order[start : start + size]]


def count_right(outputs, mini_batch):
    """Return for how many examples the outputs, a list for each of them, are right."""
    right = 0
    for y, (_, targets) in zip(outputs, mini_batch):
        right += is_right(y, targets)
    return right


def is_right(outputs, targets):
    """Return whether the largest output is where the largest target is, or a single one on the target's side of ½."""
    if len(outputs) == 1:
        return (outputs[0] > 0.5) == (targets[0] > 0.5)
    return outputs.index(max(outputs)) == targets.index(max(targets))
