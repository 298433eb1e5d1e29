"""Networks, layers and neurons in a notebook: `%load_ext purenet.notebook`. All else shows itself without that.

The classes of the textbook know nothing of notebooks, so what shows them is told to the notebook from here.
"""

import html

from purenet.drawing.network_diagram import picture_of
from purenet.errors import NetworkError
from purenet.inspect.structure import structure
from purenet.inspect.summary import summary
from purenet.layer import Layer
from purenet.network import Network
from purenet.neuron import Neuron

FORMATS = {"text/html": "_repr_html_", "text/markdown": "_repr_markdown_", "text/latex": "_repr_latex_"}


def load_ipython_extension(shell):
    """Tell a notebook how networks, layers and neurons are shown; `%load_ext purenet.notebook` calls this."""
    for format, method in FORMATS.items():
        formatter = shell.display_formatter.formatters[format]
        formatter.for_type(Network, lambda network, m=method: shown_network(network, m))
        for part in (Layer, Neuron):
            formatter.for_type(part, lambda part, m=method: shown(lambda: summary(part), m))


def unload_ipython_extension(shell):
    """Let a notebook show networks, layers and neurons as text again."""
    for format in FORMATS:
        for part in (Network, Layer, Neuron):
            shell.display_formatter.formatters[format].pop(part, None)


def shown_network(network, method):
    """Return a network as its table of layers and, in HTML, its picture."""
    parts = [structure] + ([picture_of] if method == "_repr_html_" else [])
    return "".join(shown(lambda p=part: p(network), method) for part in parts)


def shown(make, method):
    """Return what something says of itself for a notebook, or why it cannot be shown."""
    try:
        return getattr(make(), method)()
    except NetworkError as error:
        return f"<p>{html.escape(str(error))}</p>" if method == "_repr_html_" else str(error)
