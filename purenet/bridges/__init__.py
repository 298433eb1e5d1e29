"""Bridges: networks of other libraries as networks of purenet, and back, and programs of theirs checked.

    from purenet.bridges import from_torch, to_torch, check_torch

Each library is imported only when it is asked for. A float32 is a float64, so the numbers of a float32 library are carried
over exactly; what cannot be carried over exactly is refused in a sentence. A network holds no settings of a training, such
as a learning rate or a weight decay; those of the library stay where they are.
"""

from importlib import import_module

MODULES = {
    "from_torch": "pytorch",
    "to_torch": "pytorch",
    "check_torch": "check_pytorch",
    "from_sklearn": "scikit_learn",
    "from_keras": "keras_model",
    "from_onnx": "onnx_model",
    "to_onnx": "onnx_model",
    "from_arrays": "arrays",
    "to_arrays": "arrays",
    "check_gradients": "checking",
}
__all__ = list(MODULES)


def __getattr__(name):
    """Return a bridge, importing its module."""
    if name not in MODULES:
        raise AttributeError(f"module 'purenet.bridges' has no attribute {name!r}")
    return getattr(import_module(f"purenet.bridges.{MODULES[name]}"), name)


def __dir__():
    return sorted({*globals(), *MODULES})
