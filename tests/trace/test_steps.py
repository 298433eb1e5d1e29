from purenet import CrossEntropy, Network, Neuron, SoftmaxLayer, trace_step
from tests.networks import example_3_2_2_1
from tests.trace.test_record import trace_2x2x1


def test_the_steps_are_told_in_the_order_in_which_they_are_computed():
    assert [(step.number, step.title, [row.symbol for row in step.rows]) for step in trace_2x2x1().steps] == [
        (1, "The inputs", ["y_i1", "y_i2"]),
        (2, "Net inputs of layer J", ["x_j1", "x_j2"]),
        (3, "Outputs of layer J", ["y_j1", "y_j2"]),
        (4, "Net inputs of layer K", ["x_k1"]),
        (5, "Outputs of layer K", ["y_k1"]),
        (6, "The loss", ["E"]),
        (7, "Deltas of layer K", ["δ_k1"]),
        (8, "Gradients of the weights from J to K", ["∇w_j1k1", "∇w_j2k1"]),
        (9, "Deltas of layer J", ["δ_j1", "δ_j2"]),
        (10, "Gradients of the weights from I to J", ["∇w_i1j1", "∇w_i2j1", "∇w_i1j2", "∇w_i2j2"]),
        (11, "Update of the weights from I to J", ["w_i1j1⁺", "w_i2j1⁺", "w_i1j2⁺", "w_i2j2⁺"]),
        (12, "Update of the weights from J to K", ["w_j1k1⁺", "w_j2k1⁺"]),
        (13, "A second forward pass", ["x_j1⁺", "x_j2⁺", "y_j1⁺", "y_j2⁺", "x_k1⁺", "y_k1⁺"]),
        (14, "Before and after", ["∂E/∂y_k1", "∂E/∂y_k1⁺", "E", "E⁺"]),
    ]


def test_the_rules_follow_the_network():
    rules = [step.rule for step in trace_step(example_3_2_2_1(), [1.0, 1.0, 1.0], [0.25], 0.3).steps]
    assert rules[1] == "x_j = Σ_i w_ij·y_i + b_j"
    assert rules[2] == "y_j = f(x_j), f(x) = x for x > 0, else 0"
    assert rules[4] == "y_k = f(x_k), f(x) = tanh(x) or f(x) = 1 / (1 + exp(−x))"
    assert rules[7] == "E = ½ Σ_l (y_l − t_l)²"
    assert rules[8] == "δ_l = f′(x_l)·∂E/∂y_l, f′(x) = 1, ∂E/∂y_l = y_l − t_l"
    assert rules[10] == "δ_k = f′(x_k)·Σ_l w_kl·δ_l, f′(x) = 1 − y² or f′(x) = y·(1 − y)"
    assert rules[12] == "δ_j = f′(x_j)·Σ_k w_jk·δ_k, f′(x) = 1 for x > 0, else 0"
    assert rules[14] == "w_ij⁺ = w_ij − η·∇w_ij, b_j⁺ = b_j − η·∇b_j"


def test_the_rules_of_a_softmax_layer_name_its_neighbours():
    layer = SoftmaxLayer([Neuron([0.5], 0.25), Neuron([-0.5])])
    rules = [step.rule for step in trace_step(Network([layer], CrossEntropy()), [1.0], [0.0, 1.0], 0.1).steps]
    assert rules[2] == "y_j = exp(x_j) / Σ_m exp(x_m)"
    assert rules[4] == (
        "δ_j = Σ_m ∂y_m/∂x_j·∂E/∂y_m, ∂y_m/∂x_j = y_m·(1 − y_j) for m = j, else y_m·(0 − y_j), ∂E/∂y_j = −t_j / y_j"
    )
    assert rules[7] == "x_j⁺ = Σ_i w_ij⁺·y_i + b_j⁺, y_j⁺ = exp(x_j⁺) / Σ_m exp(x_m⁺)"
