"""`purenet train --case`: the training of a case, from its own weights, its examples in their order in each epoch."""

import hashlib

from purenet.arithmetic.notation import number_text
from purenet.cases import load_case
from purenet.cases.descents import ALL_SETTINGS
from purenet.commands.training_run import TrainingRun
from purenet.commands.training_settings import CASE_SETTINGS, check_classes, check_end, check_useful, option_word
from purenet.datasets import Dataset
from purenet.document.formats import SHOWN_DIGITS
from purenet.errors import NetworkError, count
from purenet.inspect.summary import HEADERS, Summary
from purenet.inspect.training_steps import Tally, case_examples
from purenet.storage.saved_network import load_saved, network_text

MOST_NEURONS = 16  # of a network whose weights are shown at the end
EPOCHS = 10_000  # unless --epochs says otherwise


class CaseTraining(TrainingRun):
    """A training of a case in progress; settings that the case has too take the place of its own."""

    def __init__(self, settings, case):
        case.learning_rate, case.gradient = settings["learning_rate"], settings["gradient"]
        case.settings = {name: settings[name] for name in case.settings}
        examples = case_examples(case)
        content = network_text(case.network()) + repr([examples, case.batch_sizes, case.trained_biases])
        digest = hashlib.sha256(content.encode()).hexdigest()[:16]
        self.number = case.number
        dataset = Dataset(case.title, case.pairs(self.number), digest=digest)
        super().__init__(settings, dataset, case.network(self.number), case.descent(self.number))
        check_end(settings)
        check_classes(settings, self.dataset)
        self.case = case
        self.tally = Tally(case.gradient)

    def order(self):
        return {"batches": self.case.batches()}

    def batches(self):
        return self.case.batches()

    def figures(self):
        """Return the last complete Epoch: the sum over a part of an epoch says little."""
        return self.last

    def sentences(self):
        sizes = "-".join(map(str, self.case.network_data.sizes))
        examples = self.dataset.examples
        steps = count(len(self.case.batch_sizes), "step")
        sentences = [f"Network {sizes}, {count(len(examples), 'example')} in the order of the case, {steps} an epoch."]
        if self.last is None:
            return sentences
        kind, now = self.case.gradient, self.summed_loss(examples)
        if kind == "mean":
            now /= len(examples)
        accuracy = f" Accuracy: {100 * self.last.accuracy:.1f} %." if self.dataset.classified else ""
        loss, now = number_text(self.last.loss, SHOWN_DIGITS), number_text(now, SHOWN_DIGITS)
        sentences.append(f"Epochs: {self.last.number}. Loss: {loss}.{accuracy}")
        sentences.append(
            f"The loss is the {kind} over the examples, each scored before its step; after the last: {now}."
        )
        sentences += self.on_rate()
        if self.reached:
            sentences.append(f"Reached {' or '.join(self.goals())} after {count(self.last.number, 'epoch')}.")
        return sentences

    def report(self, ascii, more=()):
        """Return the result as sections, for a small network with its weights."""
        sections = super().report(ascii, more)
        if len(self.network.neurons()) <= MOST_NEURONS:
            sections += weights_of(self.network).sections("text", ascii)
        return sections


def weights_of(network):
    """Return the tables of the weights and biases of a network."""

    def row(neuron):
        return {**dict.fromkeys(HEADERS), "neuron": neuron.name, "weights": neuron.weights, "bias": neuron.bias}

    return Summary(
        [(f"Layer {layer.letter.upper()}", [*map(row, layer.neurons)], SHOWN_DIGITS) for layer in network.layers]
    )


def started_case(given):
    """Return a new run of a case; raise NetworkError for a setting that the case leaves no room for."""
    for name in given:
        if name not in CASE_SETTINGS:
            word = option_word(name, given)
            raise NetworkError(f"leave out {word}: a case has its own network and examples, and keeps their order")
    case = load_case(given["case"])
    check_useful(case.descent_name, given)
    numbers = {"learning_rate": case.learning_rate, **dict.fromkeys(ALL_SETTINGS), **case.settings}
    numbers = {name: None if value is None else float(value) for name, value in numbers.items()}
    numbers["gradient"] = case.gradient
    settings = {**numbers, "epochs": EPOCHS, "stop_loss": None, "stop_accuracy": None, "rate_schedule": None, **given}
    return CaseTraining({name: settings[name] for name in CASE_SETTINGS}, case)


def resumed_case(path, state, given):
    """Return the run of a case that a file saved, with a state, and the settings that are given now."""
    for name in given:
        if name not in CASE_SETTINGS:
            raise NetworkError(f"leave out {option_word(name, given)}: {path} is the training of a case")
    settings = {**state["settings"], **given}
    run = CaseTraining(settings, load_case(settings["case"]))
    run.restore(state)
    neurons, saved = run.network.neurons(), load_saved(path, run.number)[0].neurons()
    if [len(neuron.weights) for neuron in neurons] != [len(neuron.weights) for neuron in saved]:
        raise NetworkError(f"the network in {path} is not that of {settings['case']}")
    for neuron, other in zip(neurons, saved):
        neuron.weights, neuron.bias = other.weights, other.bias
    return run
