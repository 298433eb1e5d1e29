"""Networks, layers and neurons in a notebook; and one notebook that a real kernel executes."""

import pytest

from purenet import structure
from purenet.notebook import load_ipython_extension, unload_ipython_extension
from tests.document.test_notebook_display import KEPT, Read
from tests.networks import example_2_3_2


class Shell:
    """As much of IPython as is needed to register how things are shown."""

    def __init__(self):
        self.display_formatter = self
        self.formatters = {name: Formatter() for name in ("text/html", "text/markdown", "text/latex", "image/svg+xml")}

    def show(self, thing, format):
        return next(show for kind, show in self.formatters[format].items() if isinstance(thing, kind))(thing)


class Formatter(dict):
    def for_type(self, kind, show):
        self[kind] = show


def test_networks_layers_and_neurons_are_shown_once_the_extension_is_loaded():
    shell, network = Shell(), example_2_3_2()
    load_ipython_extension(shell)
    read = Read(shell.show(network, "text/html"))
    assert read.tags <= KEPT and "img" in read.tags and "Layers of the network" in read.texts
    assert shell.show(network, "text/markdown") == structure(network).to("markdown")
    assert "Layer J" in Read(shell.show(network.layers[0], "text/html")).texts
    assert "Neuron k2" in Read(shell.show(network.layers[1].neurons[1], "text/html")).texts
    network.layers[0].neurons[0].weights[0] = float("nan")
    assert "w_i1j1 must be a finite number, not nan" in Read(shell.show(network, "text/html")).texts
    unload_ipython_extension(shell)
    assert not any(shell.formatters.values())


CELLS = [
    "from purenet import *\nfrom purenet.datasets import xor\n%load_ext purenet.notebook",
    "network = Network([Layer([Neuron([0.5, -0.25], 0.125)])])\nnetwork",
    "network.layers[0]",
    "trace_step(network, [1.0, 2.0], [0.5], learning_rate=0.1)",
    "structure(network)",
    "History(train(network, xor().examples, learning_rate=0.1, epochs=2))",
    "History(train(network, xor().examples, learning_rate=0.1, epochs=2)).picture()",
    "trace_step(network, [1.0, 2.0], [0.5], learning_rate=0.1).row('δ_j1')",
]


@pytest.mark.slow
def test_a_real_kernel_shows_all_of_it(tmp_path):
    nbclient = pytest.importorskip("nbclient", reason="nbclient is not installed: pip install '.[peers]'")
    pytest.importorskip("ipykernel", reason="ipykernel is not installed: pip install '.[peers]'")
    import nbformat

    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in CELLS])
    # the kernel is that of this Python, whichever others are installed for the user
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbclient.NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(tmp_path)}}).execute()
    outputs = [cell.outputs for cell in notebook.cells]
    assert outputs[0] == []
    shown = [output[0].data for output in outputs[1:]]
    html = [Read(data["text/html"]) for data in shown[:-1]]
    assert all(read.tags <= KEPT | {"iframe"} for read in html)  # the page of the trace is in a frame
    assert "img" in html[0].tags and "Layers of the network" in html[0].texts
    assert "Layer J" in html[1].texts
    assert "Step 2. Net inputs of layer J" in html[2].texts and "0.5·1.0 + (−0.25)·2.0 + 0.125" in html[2].texts
    assert "Layers of the network" in html[3].texts and "| I " in shown[3]["text/markdown"]
    assert "History of 2 epochs" in html[4].texts
    assert shown[5]["image/svg+xml"].startswith('<svg class="purenet-') and "img" in html[5].tags
    assert shown[5]["text/plain"] == "<Picture: The loss of a training of 2 epochs>"
    assert shown[6]["text/latex"].startswith(r"$\displaystyle \delta_{j1} = ") and "text/html" not in shown[6]
