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
]
