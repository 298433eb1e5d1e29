"""Networks, layers and neurons in a notebook: `%load_ext purenet.notebook`. Everything else shows itself without it.

The core knows nothing of notebooks, so the notebook learns here how to show its classes.
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
    """Let a notebook show networks, layers and neurons; `%load_ext purenet.notebook` calls this."""
    for format, method in FORMATS.items():
        formatter = shell.display_formatter.formatters[format]
        formatter.for_type(Network, lambda network, m=method: network_output(network, m))
        for part in (Layer, Neuron):
            formatter.for_type(part, lambda part, m=method: output(lambda: summary(part), m))


def unload_ipython_extension(shell):
    """Let a notebook show networks, layers and neurons as text again."""
    for format in FORMATS:
        for part in (Network, Layer, Neuron):
            shell.display_formatter.formatters[format].pop(part, None)


def network_output(network, method):
    """Return the output for a network: its table of layers and, in HTML, its picture."""
    parts = [structure] + ([picture_of] if method == "_repr_html_" else [])
    return "".join(output(lambda p=part: p(network), method) for part in parts)


def output(make, method):
    """Return the output of a method of what `make` makes, or the reason why it cannot be made."""
    try:
        return getattr(make(), method)()
    except NetworkError as error:
        return f"<p>{html.escape(str(error))}</p>" if method == "_repr_html_" else str(error)
