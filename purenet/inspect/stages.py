"""Stages of a training, chosen by its loss: the network at the start, and where the loss has fallen by equal shares.

Stages at equal numbers of epochs would show a plateau again and again and miss the descent. Only where the loss falls too
fast for so many stages, plateaus between them are shown as well.
"""

KEPT = 32  # most copies of the network by loss, and by epochs: where a training ends is not known before
STAGES = 5  # that are chosen, without the end


class Stage:
    """A copy of a network: `number` epochs are done, and `loss` is that of the last of them; None before training."""

    def __init__(self, number, loss, network):
        self.number = number
        self.loss = loss
        self.network = network


class Stages:
    """The copies of a network that are kept during a training; `copy` is a function that makes one."""

    def __init__(self, number, network, copy):
        self.copy = copy
        self.start = Stage(number, None, copy(network))
        self.highest = None  # the loss of the first epoch
        self.falling = []  # each with a lower loss than the one before
        self.regular = []  # one every so many epochs
        self.epochs, self.every = 0, 1

    def add(self, epoch, network):
        """Keep the network after an epoch, if its loss is lower than before by a share worth seeing, or now and then."""
        stage = Stage(epoch.number, float(epoch.loss), None)
        self.highest = stage.loss if self.highest is None else self.highest
        self.epochs += 1
        lowest = self.falling[-1].loss if self.falling else self.highest
        is_lower = lowest - stage.loss > (self.highest - stage.loss) / KEPT
        is_regular = self.epochs % self.every == 0
        if is_lower or is_regular:
            stage.network = self.copy(network)
        self.falling += [stage] * is_lower
        self.regular += [stage] * is_regular
        self.drop()

    def drop(self):
        """Drop copies where there are too many: that of the smallest fall, and every other one of the regular ones."""
        if len(self.falling) > KEPT:
            losses = [self.highest, *(stage.loss for stage in self.falling)]
            del self.falling[min(range(KEPT), key=lambda n: losses[n] - losses[n + 2])]
        if len(self.regular) > KEPT:
            self.regular = self.regular[1::2]
            self.every *= 2

    def chosen(self, last):
        """Return the stages before epoch `last`, in order, the start first."""
        found = [self.start]
        for share in range(1, STAGES):
            for stage in self.falling:
                if self.highest - stage.loss >= (self.highest - self.falling[-1].loss) * share / STAGES:
                    found += [stage] if stage is not found[-1] and stage.number < last else []
                    break
        while len(found) < STAGES and self.between(found, last):
            found = sorted([*found, self.between(found, last)], key=lambda stage: stage.number)
        return found

    def between(self, found, last):
        """Return the stage nearest to the middle of the longest stretch without one, None if there is none within it."""
        numbers = [*(stage.number for stage in found), last]
        first, end = max(zip(numbers, numbers[1:]), key=lambda pair: pair[1] - pair[0])
        inside = [stage for stage in self.regular if first < stage.number < end]
        return min(inside, key=lambda stage: abs(stage.number - (first + end) / 2), default=None)
