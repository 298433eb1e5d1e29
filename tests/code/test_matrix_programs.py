"""Programs from the matrix view: what they look like, and that their values are certified."""

import contextlib
import copy
import io

import pytest

from purenet import NetworkError
from purenet.cases import Case, case_names, load_case
from purenet.code.matrix_programs import numpy_program, torch_program
from purenet.golden.diagnosis.check import Check
from purenet.golden.generate import certify_now
from purenet.golden.programs.reported import Values, parse_values
from purenet.golden.values.case_files import golden_names
from tests.cases.test_biases import case as case_with_a_shared_bias
from tests.sampling import slow

WRITERS = {"numpy": numpy_program, "torch": torch_program}
TOO_SMALL = "g-extreme-softmax"  # its first loss is infinite in floats
FAST = (
    "2x2x1",
    "b-softmax-cross-entropy",
    "momentum-batches",
    "mazur",
    "adamw",
    "nesterov",
    "relu-softmax-batch",
    "d-binary-cross-entropy",
)
GOLDEN = [name if name in FAST else slow(name) for name in golden_names() if name != TOO_SMALL]

OF_2X2X1 = """\
import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def show(name, numbers):
    print(name, *(f"{number:.17g}" for number in numbers.flatten().tolist()), sep="\\t")


# The hand-computed 2x2x1 example: 2-2-1. Each row of a matrix is an example; W_J[j][i] leads from input i to neuron j.
W_J = np.array([[0.5, 0.5], [0.5, 0.5]])
W_K = np.array([[0.5, 0.5]])
y_I = np.array([[1.0, 1.0]])
t_K = np.array([[0.5]])
eta = 0.01

print("case\\t2x2x1")
print("dtype\\tfloat64")

x_J = y_I @ W_J.T  # x_J: 1×2 = 1×2 · 2×2
y_J = sigmoid(x_J)  # y_J: 1×2 = f(1×2)
x_K = y_J @ W_K.T  # x_K: 1×1 = 1×2 · 2×1
y_K = x_K  # y_K: 1×1 = f(1×1)
E = 0.5 * np.sum((y_K - t_K) ** 2, axis=1, keepdims=True)  # E: 1×1 = ½ Σ (1×1 − 1×1)
dE_dy_K = y_K - t_K  # ∂E/∂y_K: 1×1 = 1×1 − 1×1
delta_K = dE_dy_K  # δ_K: 1×1 = 1×1
grad_W_K = delta_K.T @ y_J  # ∇W_K: 1×2 = 1×1 · 1×2
dE_dy_J = delta_K @ W_K  # ∂E/∂y_J: 1×2 = 1×1 · 1×2
delta_J = dE_dy_J * y_J * (1 - y_J)  # δ_J: 1×2 = 1×2 ⊙ 1×2 ⊙ (1 − 1×2)
grad_W_J = delta_J.T @ y_I  # ∇W_J: 2×2 = 2×1 · 1×2
W_J = W_J - eta * grad_W_J  # W_J: 2×2 = 2×2 − η·2×2
W_K = W_K - eta * grad_W_K  # W_K: 1×2 = 1×2 − η·1×2

rows = {
    "J.net_input": x_J, "J.output": y_J,
    "K.net_input": x_K, "K.output": y_K,
    "loss": E,
    "K.output_gradient": dE_dy_K, "K.delta": delta_K,
    "J.output_gradient": dE_dy_J, "J.delta": delta_J,
}
for row in range(len(y_I)):
    for name, matrix in rows.items():
        show(f"step1.example{row + 1}.{name}", matrix[row])
    show(f"step1.example{row + 1}.J.weight_gradients", np.outer(delta_J[row], y_I[row]))
    show(f"step1.example{row + 1}.K.weight_gradients", np.outer(delta_K[row], y_J[row]))
show("step1.loss", E)
show("step1.J.weight_gradients", grad_W_J)
show("step1.J.weights", W_J)
show("step1.K.weight_gradients", grad_W_K)
show("step1.K.weights", W_K)
"""
TRAINING_WITH_TORCH = """\
for part in (X_J, Y_J, X_K, Y_K):
    part.retain_grad()  # X_J.grad will be Δ_J, Y_J.grad ∂E/∂y
e = 0.5 * torch.sum((Y_K - T_K) ** 2, dim=1, keepdim=True)  # e: 4×1 = ½ Σ (4×1 − 4×1)
E = e.sum(dim=0, keepdim=True) / 4  # E: 1×1 = 1×4 · 4×1 / 4
optimizer.zero_grad()
e.sum().backward()  # W_K.grad will be ∇W_K
for parameter in (W_J, W_K, b_J, b_K,):
    parameter.grad /= 4  # as E.backward() has it; the deltas are those of each example
optimizer.step()  # W ← W − η·∇W
"""


def printed(library, case):
    """Return what the program of a case prints."""
    reason = f"{library} is not installed"
    module = pytest.importorskip(library, reason=reason)
    text, output = WRITERS[library](case), io.StringIO()
    before = module.get_default_dtype() if library == "torch" else None
    try:
        with contextlib.redirect_stdout(output):
            exec(compile(text, "program.py", "exec"), {})
    finally:
        if library == "torch":
            module.set_default_dtype(before)
    return output.getvalue()


def check(library, case):
    data = parse_values(printed(library, case), "the program")
    return Check(case, Values(case, data, "float64"))


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("library", WRITERS)
@pytest.mark.parametrize("name", GOLDEN)
def test_every_value_of_a_golden_case_is_reported_and_agrees(name, library):
    checked = check(library, load_case(name))
    assert checked.outcome == "agrees"
    assert [row.name for row in checked.unreported] == []


@pytest.mark.parametrize("library", WRITERS)
def test_a_case_that_floats_cannot_compute_is_refused(library):
    with pytest.raises(
        NetworkError, match="^g-extreme-softmax cannot be written with matrices of floats: output 3 makes"
    ):
        WRITERS[library](load_case(TOO_SMALL))


@pytest.mark.parametrize("library", WRITERS)
@pytest.mark.parametrize("batch_sizes", [[1, 1], [2]])
def test_a_shared_bias_moves_by_the_sum_of_the_deltas(library, batch_sizes):
    case = case_with_a_shared_bias(batch_sizes=batch_sizes)
    certify_now(case)
    checked = check(library, case)
    assert (checked.outcome, checked.unreported) == ("agrees", [])


def test_the_program_of_2x2x1_with_numpy():
    assert numpy_program(load_case("2x2x1")) == OF_2X2X1


def test_pytorch_goes_back_and_moves_the_weights_by_itself():
    text = torch_program(load_case("xor-batch"))
    assert TRAINING_WITH_TORCH in text
    assert "optimizer = torch.optim.SGD([W_J, W_K, b_J, b_K], lr=0.5)\n" in text
    text = torch_program(load_case("momentum-batches"))
    assert '    {"params": [W_J, W_K], "weight_decay": 0.02},\n    {"params": [b_J, b_K]},\n], lr=' in text
    assert '{"params": [b_J, b_K], "lr": 0.0}' in torch_program(load_case("mazur"))


def test_pytorch_has_the_same_descents():
    assert "optimizer = torch.optim.Adam([W_J, W_K], lr=0.01, betas=(0.9, 0.999), eps=1e-8)\n" in torch_program(
        load_case("adam")
    )
    text = torch_program(load_case("adamw"))
    assert '    {"params": [b_J, b_K]},\n], lr=0.05, betas=(0.8, 0.95), eps=0.001, weight_decay=0.0)' in text
    assert "nesterov=True" in torch_program(load_case("nesterov"))


def test_a_single_step_of_adam_has_no_number_of_steps():
    case = load_case("adam")
    case.examples, case.batch_sizes = case.examples[:1], [1]
    text = numpy_program(case)
    assert "M_hat_J = M_J / (1 - beta1 ** 1)" in text and "step}" not in text


@pytest.mark.parametrize("library", WRITERS)
def test_every_built_in_case_has_a_program_or_a_sentence(library):
    for name in case_names():
        if name != TOO_SMALL:
            compile(WRITERS[library](load_case(name)), name, "exec")


@pytest.mark.parametrize("library", WRITERS)
def test_a_case_with_only_a_way_forward_prints_this(library):
    text = WRITERS[library](load_case("brownlee-forward"))
    assert "loss" not in text and "J.output" in text and "eta" not in text and "backward" not in text


def changed(**layer):
    """Return a case with one layer of two neurons."""
    layer = {"activation": "sigmoid", "weights": [[1, 2], [3, 4]], "biases": [0, 0], **layer}
    data = {"network": {"layers": [layer]}, "examples": [{"inputs": [1, 1], "targets": [0, 1]}], "learning_rate": 1}
    return Case(data)


@pytest.mark.parametrize(
    "case, writers, words",
    [
        (changed(activation=["sigmoid", "tanh"]), WRITERS, "neurons of layer J have different activations"),
        (changed(biases=[0, None]), WRITERS, "some neurons of layer J have no bias"),
        (changed(activation="threshold"), ["torch"], "autograd has no slope for threshold units"),
    ],
)
def test_what_has_no_form_with_matrices_is_refused_in_a_sentence(case, writers, words):
    for library in writers:
        with pytest.raises(NetworkError, match=words):
            WRITERS[library](case)


def test_threshold_units_and_stated_formulas_are_written_with_numpy():
    text = numpy_program(changed(activation="threshold from 0"))
    assert "def threshold_from_0(x):\n    return np.where(x >= 0, 1, 0)\n" in text
    assert "def relu(x):\n    return np.where(x > 0, x, 0)\n" in numpy_program(load_case("e-relu"))
    assert "def relu_slope(x):\n    return np.where(x > 0, 1, 0)\n" in numpy_program(load_case("e-relu"))
    assert "def threshold_from_0_slope(x):\n    return np.ones_like(x)\n" in text
    case = changed(activation="bipolar sigmoid")
    certify_now(case)
    assert check("numpy", case).outcome == "agrees"
    assert check("torch", case).outcome == "agrees"


def test_a_descent_without_equations_is_refused():
    case = copy.copy(changed())
    descent = case.descent

    class Other(type(descent())):
        def moved(self, weight, gradient, i, memories):
            """Move as nobody else does."""
            (velocities,) = memories
            return super().moved(weight, gradient, i, velocities)

    case.descent = lambda number=float: Other(descent(number).learning_rate)
    with pytest.raises(
        NetworkError, match="^the update of Other has no equation between matrices: choose python, c or java"
    ):
        numpy_program(case)
    with pytest.raises(NetworkError, match="^the update of Other has no equation between matrices"):
        torch_program(case)
