"""purenet: feed-forward neural networks and backpropagation in plain Python, to be read, traced and tested against."""

from purenet.activations import Identity, ReLU, Sigmoid, Tanh
from purenet.errors import NetworkError
from purenet.layer import Layer
from purenet.losses import HalfSquaredError
from purenet.network import Network
from purenet.neuron import Neuron
from purenet.trace import Trace, summary, trace_step

__version__ = "0.1.0"
