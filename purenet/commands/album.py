"""`purenet train --picture DIR`: epochs and networks kept during a training, and drawn at its end."""

import copy
import math

from purenet.datasets import Images
from purenet.drawing.decision_regions import CLASSES, regions_series
from purenet.drawing.network_diagram import picture_of
from purenet.drawing.text import shown_number
from purenet.drawing.weight_images import mistake_images, weight_images
from purenet.errors import count
from purenet.inspect.history import History
from purenet.inspect.stages import Stage, Stages
from purenet.storage.files import check_folder, write_folder


class Album:
    """The pictures of a run: its loss, its network, and for data that suits them regions, or weights and mistakes.

    `finish` makes files of pictures, a dictionary from names. Raises NetworkError, before the training, if the folder
    cannot be written into.
    """

    def __init__(self, run, folder, force, finish):
        check_folder(folder, force)
        self.run = run
        self.folder = folder
        self.finish = finish
        self.history = History()
        outputs = run.dataset.outputs
        has_regions = run.dataset.inputs == 2 and outputs <= len(CLASSES) and run.dataset.classified
        self.before = run.last.number if run.last else 0
        self.stages = Stages(self.before, run.network, in_floats) if has_regions else None

    def add(self, epoch):
        """Keep an epoch, and now and then the network after it."""
        self.history.append(epoch)
        if self.stages:
            self.stages.add(epoch, self.run.network)

    def write(self):
        """Draw the pictures and write them into the folder; return a sentence that names them."""
        run, data = self.run, self.run.dataset
        pictures = {}
        if self.history:
            pictures["loss"] = self.history.picture(data.classified)
        pictures["network"] = picture_of(in_floats(run.network))
        if self.stages:
            examples = [tuple([float(y) for y in numbers] for numbers in pair) for pair in data.examples]
            pictures["regions"] = regions_series(self.captioned_stages(), examples)
        side = math.isqrt(data.inputs)
        if isinstance(data.examples, Images) and side * side == data.inputs:
            pictures["weights"] = weight_images(run.network, side, side)
            examples = data.held_out if len(data.held_out) else data.examples
            pictures["mistakes"] = mistake_images(run.network, examples, side, side, data.labels)
        files = self.finish(pictures)
        write_folder(self.folder, files, overwrite=True)  # checked before the training, so nothing is lost
        return f"Pictures: {', '.join(files)}."

    def captioned_stages(self):
        """Return the network before this training, at stages of its loss, and after it, each with a caption."""
        last = self.history[-1].number if self.history else self.before
        stages = self.stages.chosen(last)
        if last > self.before or self.run.tally.count:
            loss = float(self.history[-1].loss) if self.history else None
            stages.append(Stage(last, loss, in_floats(self.run.network)))
        return [(caption(stage), stage.network) for stage in stages]


def caption(stage):
    """Return in words which stage of a training it is."""
    words = f"after {count(stage.number, 'epoch')}" if stage.number else "before training"
    return words if stage.loss is None else f"{words}, loss {shown_number(float(f'{stage.loss:.3g}'))}"


def in_floats(network):
    """Return a copy of a network whose weights and biases are floats, which is what drawings are made of."""
    network = copy.deepcopy(network)
    for neuron in network.neurons():
        neuron.weights = [float(weight) for weight in neuron.weights]
        neuron.bias = None if neuron.bias is None else float(neuron.bias)
    return network
