import subprocess
import sys

import pytest

import purenet.bridges
from purenet.bridges.layers import imported
from purenet.errors import NetworkError


def test_a_library_that_is_not_installed_is_named_with_the_command_that_installs_it():
    with pytest.raises(NetworkError) as raised:
        imported("no_such_library", "NoSuch", "no-such")
    assert str(raised.value) == "NoSuch is not installed: pip install 'purenet[no-such]'"


def test_no_library_is_imported_before_it_is_asked_for():
    code = "import sys, purenet.bridges as b; [getattr(b, name) for name in b.__all__]; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()
    assert not {"numpy", "torch", "sklearn", "keras", "onnx"} & set(loaded)


def test_every_bridge_is_named_and_nothing_else_is_there():
    assert {"from_torch", "check_torch", "from_onnx"} <= set(dir(purenet.bridges))
    with pytest.raises(AttributeError, match="module 'purenet.bridges' has no attribute 'from_jax'"):
        purenet.bridges.from_jax
