"""`purenet train --picture DIR`: epochs and networks kept during a training, and drawn at its end."""

import copy
import math

from purenet.datasets import Images
from purenet.drawing.decision_regions import CLASSES, regions_series
from purenet.drawing.network_diagram import picture_of
from purenet.drawing.weight_images import mistake_images, weight_images
from purenet.errors import count
from purenet.inspect.history import History
from purenet.storage.files import check_folder, write_folder

KEPT = 32  # most copies of the network: the one halfway is drawn, and the end of a training is not known before


class Album:
    """The pictures of a run: its loss, its network, and for data that suits them regions, or weights and mistakes.

    Raises NetworkError, before the training, if the folder cannot be written into.
    """

    def __init__(self, run, folder, force):
        check_folder(folder, force)
        self.run = run
        self.folder = folder
        self.history = History()
        outputs = run.dataset.outputs
        self.has_regions = run.dataset.inputs == 2 and outputs <= len(CLASSES) and run.dataset.classified
        self.before = run.last.number if run.last else 0
        self.stages = [(self.before, in_floats(run.network))] if self.has_regions else []
        self.every = 1

    def add(self, epoch):
        """Keep an epoch, and now and then the network after it."""
        self.history.append(epoch)
        if self.has_regions and len(self.history) % self.every == 0:
            self.stages.append((epoch.number, in_floats(self.run.network)))
            if len(self.stages) > KEPT:  # drop every other one, but not the first
                self.stages = self.stages[::2]
                self.every *= 2

    def write(self):
        """Draw the pictures and write them into the folder; return a sentence that names them."""
        run, data = self.run, self.run.dataset
        pictures = {}
        if self.history:
            pictures["loss.svg"] = self.history.picture(data.classified)
        pictures["network.svg"] = picture_of(in_floats(run.network))
        if self.has_regions:
            examples = [tuple([float(y) for y in numbers] for numbers in pair) for pair in data.examples]
            pictures["regions.svg"] = regions_series(self.captioned_stages(), examples)
        side = math.isqrt(data.inputs)
        if isinstance(data.examples, Images) and side * side == data.inputs:
            pictures["weights.svg"] = weight_images(run.network, side, side)
            examples = data.held_out if len(data.held_out) else data.examples
            pictures["mistakes.svg"] = mistake_images(run.network, examples, side, side, data.labels)
        write_folder(self.folder, pictures, overwrite=True)  # checked before the training, so nothing is lost
        return f"Pictures: {', '.join(pictures)}."

    def captioned_stages(self):
        """Return the network before this training, about halfway, and after it, each with the epochs done by then."""
        last = self.history[-1].number if self.history else self.before
        stages = [self.stages[0]]
        middle = min(self.stages, key=lambda stage: abs(stage[0] - (self.before + last) / 2))
        if self.before < middle[0] < last:
            stages.append(middle)
        if last > self.before or self.run.tally.count:
            stages.append((last, in_floats(self.run.network)))
        return [(f"after {count(n, 'epoch')}" if n else "before training", network) for n, network in stages]


def in_floats(network):
    """Return a copy of a network whose weights and biases are floats, which is what drawings are made of."""
    network = copy.deepcopy(network)
    for neuron in network.neurons():
        neuron.weights = [float(weight) for weight in neuron.weights]
        neuron.bias = None if neuron.bias is None else float(neuron.bias)
    return network
