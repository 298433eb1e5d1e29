"""Training: the same step again and again, over many examples. Read network.py first; nothing new is computed here.

An example is a pair of inputs and targets. A mini-batch is a list of examples that share one step; an epoch is a pass
over all the examples.
"""

from collections import namedtuple

from purenet.errors import INFINITY, NetworkError, check_number

Step = namedtuple("Step", "epoch loss right examples ends_epoch")
Epoch = namedtuple("Epoch", "number loss accuracy")


def train(
    network,
    examples,
    learning_rate,
    epochs,
    batch_size=1,
    gradient="mean",
    shuffle=None,
    momentum=0,
    weight_decay=0,
    stop_loss=None,
    stop_accuracy=None,
):
    """Train a network, and yield an `Epoch` after each pass over the examples: its number, mean loss and accuracy.

    Being a generator, it does nothing until it is looped over, and stops where the loop stops.
    Loss and accuracy are those met on the way, each before the step that its example belongs to. Training ends after
    `epochs` passes, or once the loss is below `stop_loss` or the accuracy at least `stop_accuracy`, a share from 0 to
    1. For momentum and weight decay see `GradientDescent`, for the others `training_steps`. Raises NetworkError for
    options that do not exist and for a loss that overflows.

    >>> from purenet import Identity, Layer, Network, Neuron
    >>> network = Network([Layer([Neuron([0.0], 0.0, Identity())])])
    >>> [epoch.loss for epoch in train(network, [([1.0], [1.0]), ([0.0], [0.0])], learning_rate=0.5, epochs=2)]
    [0.3125, 0.05078125]
    """
    descent = GradientDescent(learning_rate, momentum, weight_decay)
    tally = Tally()
    for step in training_steps(network, examples, descent, epochs, batch_size, gradient, shuffle):
        epoch = tally.add(step)
        if epoch is not None:
            yield epoch
            if is_good(epoch, stop_loss, stop_accuracy):
                return


class Tally:
    """Adds up the steps of an epoch: their loss, how many outputs were right, and of how many examples."""

    def __init__(self):
        self.loss, self.right, self.count = 0, 0, 0

    def add(self, step):
        """Count a step; return the Epoch if the step ends one, and begin the next, otherwise None."""
        self.loss, self.right, self.count = self.loss + step.loss, self.right + step.right, self.count + step.examples
        if not step.ends_epoch:
            return None
        epoch = Epoch(step.epoch, self.loss / self.count, self.right / self.count)
        self.loss, self.right, self.count = 0, 0, 0
        return epoch


def is_good(epoch, stop_loss, stop_accuracy):
    """Tell whether the loss of an epoch is below one goal, or its accuracy has reached another; None is no goal."""
    good_loss = stop_loss is not None and epoch.loss < stop_loss
    return good_loss or (stop_accuracy is not None and epoch.accuracy >= stop_accuracy)


def training_steps(network, examples, descent, epochs, batch_size=1, gradient="mean", shuffle=None, skip=0):
    """Train a network, and yield a `Step` after each mini-batch: its summed loss and how many outputs were right.

    `examples` is a list or the like, or a generator, which is then kept as a list. `shuffle` is a random.Random that
    puts them into a new order in each epoch, or None. `gradient` is "mean" or "sum": what a mini-batch makes of the
    gradients of its examples. `skip` counts steps done before, by a training that is taken up again.
    """
    if not hasattr(examples, "__getitem__"):
        examples = list(examples)
    check_options(examples, epochs, batch_size, gradient)
    done = 0
    for epoch in range(1, epochs + 1):
        order = list(range(len(examples)))
        if shuffle is not None:
            shuffle.shuffle(order)
        for start in range(0, len(order), batch_size):
            done += 1
            if done > skip:
                batch = [examples[n] for n in order[start : start + batch_size]]
                loss, right = training_step(network, batch, descent, gradient)
                yield Step(epoch, loss, right, len(batch), start + batch_size >= len(order))


def training_step(network, batch, descent, gradient="mean"):
    """Move a network one step downhill for a list of examples; return their summed loss and how many were right."""
    network.reset_gradients()
    loss, right = 0, 0
    for inputs, targets in batch:
        outputs = network.forward(inputs)
        loss += network.loss.value(outputs, targets)
        right += is_right(outputs, targets)
        network.backward(targets)
    if not loss < INFINITY:
        raise NetworkError(f"the loss has become {loss}: lower the learning rate, the momentum or the starting weights")
    if gradient == "mean" and len(batch) > 1:
        average_gradients(network, len(batch))
    descent.update(network)
    return loss, right


def average_gradients(network, count):
    """Divide each gradient, which is the sum over the examples of a mini-batch, by their number."""
    for layer in network.layers:
        for neuron in layer.neurons:
            neuron.weight_gradients = [gradient / count for gradient in neuron.weight_gradients]
            if neuron.bias is not None:
                neuron.bias_gradient /= count


class GradientDescent:
    """The rule by which weights move: plain, or with a momentum μ and a weight decay λ.

    Plain, w ← w − η · ∇w. Otherwise each weight has a velocity v, at first 0, and

        v ← μ · v − η · (∇w + λ · w),   w ← w + v

    so that steps in one direction gather speed, and weights that nothing holds up sink to 0. Biases do not decay.
    """

    def __init__(self, learning_rate, momentum=0, weight_decay=0):
        for name, value in (("learning rate", learning_rate), ("momentum", momentum), ("weight decay", weight_decay)):
            check_number(value, f"the {name}")
            if value < 0:
                raise NetworkError(f"the {name} must not be negative, not {value}")
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.weight_decay = weight_decay
        self.velocities = None

    def update(self, network):
        """Move every weight and bias of a network by one step."""
        if self.momentum == 0 and self.weight_decay == 0:
            network.update(self.learning_rate)
            return
        neurons = [neuron for layer in network.layers for neuron in layer.neurons]
        if self.velocities is None:
            self.velocities = [[0] * (len(neuron.weights) + 1) for neuron in neurons]
        for neuron, velocities in zip(neurons, self.velocities):
            self.move(neuron, velocities)

    def move(self, neuron, velocities):
        """Move the weights and the bias of one neuron; its velocities are in the same order, that of the bias last."""
        weights, gradients = neuron.weights, neuron.weight_gradients
        for i in range(len(weights)):
            gradient = gradients[i] + self.weight_decay * weights[i]
            velocities[i] = self.momentum * velocities[i] - self.learning_rate * gradient
            weights[i] += velocities[i]
        if neuron.bias is not None:
            velocities[-1] = self.momentum * velocities[-1] - self.learning_rate * neuron.bias_gradient
            neuron.bias += velocities[-1]


def is_right(outputs, targets):
    """Tell whether the largest output stands where the largest target does, or a single one on the same side of ½."""
    if len(outputs) == 1:
        return (outputs[0] > 0.5) == (targets[0] > 0.5)
    return outputs.index(max(outputs)) == targets.index(max(targets))


def accuracy(network, examples):
    """Return the share of the examples, from 0 to 1, for which the network's output is right; nothing is learned."""
    right, count = 0, 0
    for inputs, targets in examples:
        right, count = right + is_right(network.forward(inputs), targets), count + 1
    if count == 0:
        raise NetworkError("there are no examples to test on")
    return right / count


def check_options(examples, epochs, batch_size, gradient):
    """Raise NetworkError for an empty list of examples and for options that do not exist."""
    if len(examples) == 0:
        raise NetworkError("there are no examples to train on")
    for name, number in (("number of epochs", epochs), ("batch size", batch_size)):
        if type(number) is not int or number < 1:
            raise NetworkError(f"the {name} must be a whole number of at least 1, not {number!r}")
    if gradient not in ("mean", "sum"):
        raise NetworkError(f"the gradient of a mini-batch is its 'mean' or 'sum', not {gradient!r}")
