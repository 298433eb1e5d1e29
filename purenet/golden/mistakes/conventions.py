"""Not mistakes: other ways to say the same, which give other numbers. They are looked for before any mistake is."""

from purenet.golden.mistakes.mistake import mistake

MISTAKES = [
    mistake(
        "convention-se-no-half",
        "The loss is the squared error without the ½; deltas and gradients are twice as large.",
        "E = Σ_k (y_k − t_k)²",
        "E = ½ Σ_k (y_k − t_k)²",
        """
        -        return total / 2
        +        return total

        -        return y - t
        +        return 2 * (y - t)
        """,
        "https://github.com/jcjohnson/pytorch-examples",
        convention=True,
    ),
    mistake(
        "convention-mse-over-outputs",
        "The loss is the mean of the squared errors over the outputs.",
        "E = 1/n Σ_k (y_k − t_k)²",
        "E = ½ Σ_k (y_k − t_k)²",
        """
        -        return total / 2
        +        return total / len(neurons[last])

        -        return y - t
        +        return 2 * (y - t) / len(neurons[last])
        """,
        "https://github.com/acids-ircam/creative_ml/pull/6",
        convention=True,
    ),
    mistake(
        "convention-half-mse-over-outputs",
        "The loss is half the mean of the squared errors over the outputs.",
        "E = 1/2n Σ_k (y_k − t_k)²",
        "E = ½ Σ_k (y_k − t_k)²",
        """
        -        return total / 2
        +        return total / 2 / len(neurons[last])

        -        return y - t
        +        return (y - t) / len(neurons[last])
        """,
        "https://github.com/kuleshov-group/aml-book/issues/17",
        convention=True,
    ),
    mistake(
        "convention-bce-mean-over-outputs",
        "The binary cross-entropy is a mean over the outputs; deltas and gradients are divided by their number.",
        "E = −1/n Σ_k (t_k·ln(y_k) + (1 − t_k)·ln(1 − y_k))",
        "E = −Σ_k (t_k·ln(y_k) + (1 − t_k)·ln(1 − y_k))",
        """
        -    return total if loss == "squared error" else -total
        +    if loss == "binary cross-entropy":
        +        return -total / len(neurons[last])
        +    return total if loss == "squared error" else -total

        -    return (-(t / y) if t != 0 else 0) + ((1 - t) / (1 - y) if t != 1 else 0)
        +    return ((-(t / y) if t != 0 else 0) + ((1 - t) / (1 - y) if t != 1 else 0)) / len(neurons[last])
        """,
        "https://docs.pytorch.org/docs/stable/generated/torch.nn.BCELoss.html",
        convention=True,
    ),
    mistake(
        "convention-output-shortcut",
        "The delta of a cross-entropy is computed in one step, without slopes of activation and loss: right, but for rounding.",
        "δ_k = y_k − t_k",
        "δ_k = Σ_m ∂y_m/∂x_k·∂E/∂y_m",
        """
         def find_deltas(l, examples):
        +    if l == last and "entropy" in loss:
        +        for n in examples:
        +            for k in neurons[l]:
        +                d[l, n, k] = y[l, n, k] - t[n, k]
        +        return
        """,
        "https://github.com/mnielsen/neural-networks-and-deep-learning/issues/45",
        convention=True,
    ),
    mistake(
        "convention-delta-sign",
        "Deltas and gradients have the other sign, and are added to the weights instead of subtracted.",
        "δ_k = f′(x_k)·(t_k − y_k), w ← w + η·δ·y",
        "δ_k = f′(x_k)·(y_k − t_k), w ← w − η·δ·y",
        """
        -            g[l, n, k] = loss_slope(y[l, n, k], t[n, k])
        +            g[l, n, k] = -loss_slope(y[l, n, k], t[n, k])

        -            v[l, j, i] = momentum * v[l, j, i] - rate * (gw[l, j, i] + decay * w[l, j, i])
        +            v[l, j, i] = momentum * v[l, j, i] + rate * (gw[l, j, i] - decay * w[l, j, i])

        -            vb[l, j] = momentum * vb[l, j] - rate * gb[l, j]
        +            vb[l, j] = momentum * vb[l, j] + rate * gb[l, j]
        """,
        "https://github.com/makeyourownneuralnetwork/makeyourownneuralnetwork/issues/66",
        convention=True,
    ),
    mistake(
        "convention-weights-transposed",
        "Tables of weights and of their gradients are reported as [input][neuron].",
        "weights[i][j]",
        "weights[j][i]",
        """
        -    return [(l, j, i) for j in neurons[l] for i in neurons[l - 1]]
        +    return [(l, j, i) for i in neurons[l - 1] for j in neurons[l]]
        """,
        "https://keras.io/api/layers/core_layers/dense/",
        convention=True,
    ),
    mistake(
        "convention-threshold-subtracted",
        "Each neuron has a threshold, which is subtracted where a bias is added; its gradient has the other sign.",
        "x_j = Σ_i w_ij·y_i − b_j, ∇b_j = −δ_j",
        "x_j = Σ_i w_ij·y_i + b_j, ∇b_j = δ_j",
        """
        -            x[l, n, j] = total if b[l, j] is None else total + b[l, j]
        +            x[l, n, j] = total if b[l, j] is None else total - b[l, j]

        -                db[l, n, j] = shared_bias_gradient(l, n) if l in shared else d[l, n, j]
        +                db[l, n, j] = -(shared_bias_gradient(l, n) if l in shared else d[l, n, j])
        """,
        "https://stackoverflow.com/questions/15432283",
        convention=True,
    ),
    mistake(
        "convention-decay-in-gradient",
        "The weight decay is added to the gradients of the step, as they are reported; the weights move as they should.",
        "∇w = mean of δ_j·y_i + λ·w",
        "∇w = mean of δ_j·y_i, w ← w − η·(∇w + λ·w)",
        """
        -            gw[l, j, i] = total / len(examples) if mean else total
        +            gw[l, j, i] = (total / len(examples) if mean else total) + decay * w[l, j, i]

        -            v[l, j, i] = momentum * v[l, j, i] - rate * (gw[l, j, i] + decay * w[l, j, i])
        +            v[l, j, i] = momentum * v[l, j, i] - rate * gw[l, j, i]
        """,
        "https://github.com/stephencwelch/Neural-Networks-Demystified/issues/15",
        convention=True,
    ),
]
