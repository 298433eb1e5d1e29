"""A training in progress: it counts its steps, stops at its goal, and can be saved and resumed."""

import random

from purenet.arithmetic.notation import number_text
from purenet.checks import check_parameters, check_training
from purenet.code.gain import compiled_if_faster, number_of_parameters
from purenet.commands.common import say
from purenet.commands.held_out import HeldOut
from purenet.commands.training_progress import Interruption
from purenet.document.colour import GREEN
from purenet.document.formats import Section, notation_for
from purenet.document.table import Table
from purenet.errors import NetworkError, count
from purenet.inspect.accuracy import accuracy
from purenet.inspect.history import MeasuredEpoch
from purenet.inspect.rate_schedule import rate_schedule
from purenet.inspect.training_steps import Tally, training_steps
from purenet.training import Epoch, mini_batches


class TrainingRun:
    """A training in progress; `state()` is everything that must be saved to resume it."""

    number = float  # the kind of number that it computes with

    def __init__(self, settings, dataset, network, descent):
        self.settings = settings
        self.dataset = dataset
        self.network = network
        self.descent = descent
        schedule = settings["rate_schedule"]  # if there is one, `rate` is a function from an epoch to its learning rate
        self.rate = schedule and rate_schedule(schedule, self.number(settings["learning_rate"]), self.number)
        self.steps = 0  # steps done
        self.epoch = 1  # the epoch of the last step
        self.tally = Tally()  # sums over this epoch so far
        self.last = None  # the last complete Epoch
        self.reached = False
        self.verbose = False
        self.held_out = HeldOut(network, dataset.held_out)
        self.patience = settings.get("patience")  # for how many epochs the loss on these may not fall, or None
        self.impatient = False  # whether it has not fallen for so many
        self.album = None  # an Album that keeps the epochs, if pictures are wanted

    def state(self):
        """Return the state from which a training can be resumed, as a dictionary for JSON."""
        return {
            "settings": self.settings,
            "examples": len(self.dataset.examples),
            "digest": self.dataset.digest,
            "steps": self.steps,
            "epoch": self.epoch,
            "loss": self.number(self.tally.loss),
            "right": self.tally.right,
            "count": self.tally.count,
            "last": self.last,
            "best": self.held_out.best,
            "memories": self.as_numbers(self.descent.memories),
            "labels": self.dataset.labels,
        }

    def restore(self, state):
        """Go back to a saved state; raise NetworkError if the data is not that of the saved training."""
        if (state["examples"], state["digest"]) != (len(self.dataset.examples), self.dataset.digest):
            raise NetworkError(f"{self.dataset.name} is not the data that this training began with")
        self.steps, self.epoch = state["steps"], state["epoch"]
        self.tally.loss, self.tally.right, self.tally.count = self.number(state["loss"]), state["right"], state["count"]
        self.last = state["last"] and Epoch(state["last"][0], self.number(state["last"][1]), state["last"][2])
        memories, needed = state["memories"], [len(zeros) for zeros in self.descent.zeros(self.network)]
        kinds = () if self.descent.is_plain or self.steps == 0 else self.descent.kinds
        for kind in {**dict.fromkeys(kinds), **(memories or {})}:
            if kind not in kinds or [len(row) for row in (memories or {}).get(kind, [])] != needed:
                raise NetworkError(f"the {kind.replace('_', ' ')} of the saved training do not fit its network")
        self.descent.memories, self.descent.steps = self.as_numbers(memories), self.steps
        self.held_out.best = state["best"] and MeasuredEpoch(*state["best"])
        self.held_out.unmeasured = self.last.number if self.last else 0
        self.check_goal()

    def as_numbers(self, memories):
        """Return what a descent remembers in the kind of number that is computed with, or None if it is nothing."""
        return memories and {
            kind: [[self.number(number) for number in row] for row in rows] for kind, rows in memories.items()
        }

    def go(self, progress):
        """Train to the end; return whether Ctrl-C ended it after a step instead."""
        if self.reached or self.impatient or (self.last is not None and self.last.number >= self.settings["epochs"]):
            say("purenet: this training is already complete")
            return False
        steps = training_steps(
            self.network,
            self.dataset.examples,
            self.descent,
            self.settings["epochs"],
            gradient=self.settings["gradient"],
            skip=self.steps,
            compiled=self.compiled(),
            rate=self.rate,
            **self.order(),
        )
        try:
            with Interruption() as interruption:
                for step in steps:
                    self.add(step)
                    progress.show(step)
                    if self.reached or self.impatient or interruption.came:
                        break
        finally:
            progress.end()
        return interruption.came

    def order(self):
        """Return the arguments of `training_steps` that say how the examples of an epoch make steps."""
        shuffle = random.Random(f"order {self.settings['seed']}")
        return {"batch_size": self.settings["batch_size"], "shuffle": shuffle}

    def compiled(self):
        """Return the compiled formulas of this training where they are faster, otherwise None; they change no number."""
        sizes = [len(batch) for batch in self.batches()]
        compiled = compiled_if_faster(
            self.network, self.descent, self.settings["gradient"], sizes, self.settings["epochs"]
        )
        if compiled is not None and self.verbose:
            parameters = count(number_of_parameters(self.network), "number")
            say(
                f"purenet: the formulas of a step are compiled, with {parameters} to learn: faster, to the same last digit"
            )
        return compiled

    def batches(self):
        """Return the mini-batches of an epoch, in any order."""
        examples, settings = range(len(self.dataset.examples)), self.settings
        check_training(examples, settings["epochs"], settings["batch_size"], settings["gradient"])
        return mini_batches(examples, settings["batch_size"])

    def figures(self):
        """Return loss and accuracy as an Epoch: of this one so far or, at its beginning, the last; None at first."""
        return self.tally.epoch(self.epoch) if self.tally.count else self.last

    def check_numbers(self):
        """Raise NetworkError if a weight is no finite number after the last step."""
        for neuron in self.network.neurons():
            check_parameters(neuron)

    def add(self, step):
        """Count one step, or all steps of an epoch."""
        self.steps += step.steps
        self.epoch = step.epoch
        epoch = self.tally.add(step)
        if epoch is not None:
            self.last = epoch
            if len(self.dataset.held_out):
                epoch = self.held_out.add(epoch) if self.measures else self.held_out.skip(epoch)
            self.check_goal()
            if self.album is not None:
                self.album.add(epoch)

    def check_goal(self):
        """Note whether the last complete epoch has reached the loss or the accuracy at which to stop, or ended patience."""
        if self.last is not None:
            self.impatient = self.patience is not None and self.held_out.waited(self.last.number) >= self.patience
            self.reached = meets_goal(self.last, self.settings["stop_loss"], self.settings["stop_accuracy"])

    @property
    def measures(self):
        """Whether the network is measured after each epoch on what is held out: if it is asked for, as that takes time."""
        return bool(self.settings["hold_out"] or self.patience or self.held_out.keeps or self.album)

    @property
    def missed(self):
        """A sentence about the goal that was not reached, or None."""
        goals = self.goals()
        if self.reached or not goals or self.last is None:
            return None
        return f"{count(self.last.number, 'epoch')} did not reach {' or '.join(goals)}"

    def goals(self):
        """Return the loss and the accuracy at which to stop, those that were given, in words."""
        goals = {"a loss below": self.settings["stop_loss"], "an accuracy of": self.settings["stop_accuracy"]}
        return [f"{words} {goal}" for words, goal in goals.items() if goal is not None]

    def report(self, ascii, more=()):
        """Return the result as a list of one section, with more sentences at the end."""
        few = len(self.dataset.examples) <= 16
        table = self.outputs(notation_for("text", ascii)) if few else None
        return [Section(f"Trained on {self.dataset.name}", [*self.sentences(), *more], table=table, level=1)]

    def sentences(self):
        """Return the sentences of the result."""
        layers = self.settings["layers"].replace(",", "-")
        examples, rest = self.dataset.examples, self.dataset.held_out
        sentences = [f"Network {layers}, {count(len(examples), 'example')}, seed {self.settings['seed']}."]
        if self.last is not None:
            sentences.append(f"Epochs: {self.last.number}. Loss: {number_text(self.last.loss, 6)}.")
            if self.dataset.classified:
                sentences[-1] += f" Accuracy: {100 * self.last.accuracy:.1f} %."
            sentences += self.on_rate()
        if len(rest):
            sentences.append(f"Held out: {count(len(rest), 'example')}, " + self.on_held_out(rest))
        return sentences + self.on_best()

    def on_rate(self):
        """Return a sentence about a learning rate that follows the epoch, in a list, which is empty for another."""
        if self.rate is None:
            return []
        first, last = (number_text(self.rate(epoch), 6) for epoch in (1, self.last.number))
        return [f"Learning rate: {first} in epoch 1, {last} in epoch {self.last.number}."]

    def on_best(self):
        """Return sentences about the epoch with the lowest loss on what is held out, if that is asked for."""
        best, sentences = self.held_out.best, []
        if best is not None and (self.patience or self.held_out.keeps):
            lowest = number_text(best.held_out_loss, 6)
            sentences.append(f"The loss on what is held out was lowest after epoch {best.number}: {lowest}.")
        if self.impatient:
            epochs = count(self.held_out.waited(self.last.number), "epoch")
            sentences.append(f"Stopped after epoch {self.last.number}: that loss had not been lower for {epochs}.")
        return sentences

    def on_held_out(self, examples):
        """Return the end of a sentence about examples that were held out."""
        if self.dataset.classified:
            return f"accuracy {100 * accuracy(self.network, examples):.1f} %."
        return f"loss {number_text(self.summed_loss(examples) / len(examples), 6)}."

    def summed_loss(self, examples):
        """Return the loss of the network as it is now, the sum over some examples."""
        total = 0
        for inputs, targets in examples:
            total += self.network.loss.value(self.network.forward(inputs), targets)
        return total

    def outputs(self, notation):
        """Return the table of the network's outputs for a few examples."""
        rows = []
        for inputs, targets in self.dataset.examples:
            columns = (inputs, targets, self.network.forward(inputs))
            rows.append([", ".join(notation.number(number_text(value, 6)) for value in column) for column in columns])
        headers = ["inputs", "targets", "outputs"]
        return Table(headers, rows, [(0,), (1,), (2,)], wraps=headers, colours={"outputs": GREEN})


def meets_goal(epoch, stop_loss, stop_accuracy):
    """Return whether an epoch has a loss below `stop_loss` or an accuracy of at least `stop_accuracy`; None is no goal."""
    good_loss = stop_loss is not None and epoch.loss < stop_loss
    return good_loss or (stop_accuracy is not None and epoch.accuracy >= stop_accuracy)
