"""Mistakes in the loss that a program reports, and in the targets that it uses. Given these, the deltas are right."""

from purenet.golden.mistakes.mistake import mistake

INSIDE_LOG = """
    +epsilon = {epsilon}
    +
    +
     def loss_term(y, t):
         if loss == "cross-entropy":
    -        return t * log(y) if t != 0 else 0
    +        return t * log(y + epsilon)
         if loss == "binary cross-entropy":
    -        return (t * log(y) if t != 0 else 0) + ((1 - t) * log(1 - y) if t != 1 else 0)
    +        return t * log(y + epsilon) + (1 - t) * log(1 - y + epsilon)
    """
CLIPPED = """
    +epsilon = {epsilon}
    +
    +
     def loss_term(y, t):
    +    if "entropy" in loss:
    +        y = min(max(y, epsilon), 1 - epsilon)
    """

MISTAKES = [
    mistake(
        "loss-half-missing",
        "The reported loss lacks the ½, although the delta is that of the halved loss.",
        "E = Σ_k (y_k − t_k)²",
        "E = ½ Σ_k (y_k − t_k)²",
        """
        -        return total / 2
        +        return total
        """,
        "https://github.com/davisking/dlib/issues/1169",
    ),
    mistake(
        "loss-mean-over-outputs",
        "The reported loss is a mean over the outputs, although the delta is that of the sum.",
        "E = 1/2n Σ_k (y_k − t_k)²",
        "E = ½ Σ_k (y_k − t_k)²",
        """
        -        return total / 2
        +        return total / 2 / len(neurons[last])
        """,
        "https://github.com/Bot-Academy/NeuralNetworkFromScratch",
    ),
    mistake(
        "loss-mean-without-half",
        "The reported loss is the mean of the squared errors, although the delta is that of half their sum.",
        "E = 1/n Σ_k (y_k − t_k)²",
        "E = ½ Σ_k (y_k − t_k)²",
        """
        -        return total / 2
        +        return total / len(neurons[last])
        """,
        "https://github.com/patrikeh/go-deep",
    ),
    mistake(
        "mean-loss-with-gradient-of-sum",
        "The loss is the mean of the squared errors, and the delta is not divided by the number of outputs.",
        "E = 1/n Σ_k (y_k − t_k)², ∂E/∂y_k = 2·(y_k − t_k)",
        "E = ½ Σ_k (y_k − t_k)², ∂E/∂y_k = y_k − t_k",
        """
        -        return total / 2
        +        return total / len(neurons[last])

        -        return y - t
        +        return 2 * (y - t)
        """,
        "https://github.com/pavomod/Neural-network-from-scratch",
    ),
    mistake(
        "loss-mean-absolute-error",
        "The reported loss is the mean of the absolute errors, although the delta is that of half the squared error.",
        "E = 1/n Σ_k |y_k − t_k|",
        "E = ½ Σ_k (y_k − t_k)²",
        """
        -        return total / 2
        +        return total / len(neurons[last])

        -    return (y - t) * (y - t)
        +    return abs(y - t) if loss == "half squared error" else (y - t) * (y - t)
        """,
        "https://iamtrask.github.io/2015/07/12/basic-python-network/",
        convention=True,
    ),
    mistake(
        "loss-half-mean-square-of-sum",
        "The errors of the outputs are added first, and then squared, halved and divided by the number of outputs.",
        "E = 1/2n (Σ_k (y_k − t_k))²",
        "E = ½ Σ_k (y_k − t_k)²",
        """
        -        return total / 2
        +        errors = [y[last, n, k] - t[n, k] for k in neurons[last]]
        +        return sum(errors) * sum(errors) / 2 / len(errors)
        """,
        "https://github.com/gokadin/ai-backpropagation",
    ),
    mistake(
        "ce-loss-mean-over-outputs",
        "The reported cross-entropy is a mean over the outputs, although the delta is that of the sum.",
        "E = −1/n Σ_k t_k·ln(y_k)",
        "E = −Σ_k t_k·ln(y_k)",
        """
        -    return total if loss == "squared error" else -total
        +    return total if loss == "squared error" else -total / len(neurons[last])
        """,
        "https://github.com/maxmatkovski/Sports",
    ),
    mistake(
        "loss-square-of-sum",
        "The errors of the outputs are added first and then squared, so that errors of opposite sign cancel.",
        "E = ½ (Σ_k (y_k − t_k))²",
        "E = ½ Σ_k (y_k − t_k)²",
        """
        -        return total / 2
        +        errors = [y[last, n, k] - t[n, k] for k in neurons[last]]
        +        return sum(errors) * sum(errors) / 2
        """,
        "https://github.com/gokadin/ai-backpropagation",
    ),
    mistake(
        "batch-loss-sum",
        "The loss of a mini-batch is the sum over its examples, where the mean is asked for.",
        "E = Σ over examples",
        "E = mean over examples",
        """
        -    return total / len(examples) if mean else total
        +    return total
        """,
        "https://github.com/karpathy/nn-zero-to-hero/pull/20",
        convention=True,
    ),
    mistake(
        "batch-loss-mean",
        "The loss of a mini-batch is the mean over its examples, where their sum is asked for.",
        "E = mean over examples",
        "E = Σ over examples",
        """
        -    return total / len(examples) if mean else total
        +    return total / len(examples)
        """,
        convention=True,
    ),
    mistake(
        "batch-loss-of-last-example",
        "The loss of a mini-batch is that of its last example.",
        "E = E of the last example",
        "E = mean over examples",
        """
        -    return total / len(examples) if mean else total
        +    return E[examples[-1]]
        """,
    ),
    mistake(
        "bce-second-term-missing",
        "The binary cross-entropy lacks its second term, so that a wrong yes costs nothing.",
        "E = −Σ_k t_k·ln(y_k)",
        "E = −Σ_k (t_k·ln(y_k) + (1 − t_k)·ln(1 − y_k))",
        """
        -        return (t * log(y) if t != 0 else 0) + ((1 - t) * log(1 - y) if t != 1 else 0)
        +        return t * log(y) if t != 0 else 0
        """,
        "https://github.com/deeplearning4j/nd4j/issues/1319",
    ),
    mistake(
        "bce-second-term-sign",
        "The second term of the binary cross-entropy has the wrong sign.",
        "E = Σ_k (−t_k·ln(y_k) + (1 − t_k)·ln(1 − y_k))",
        "E = −Σ_k (t_k·ln(y_k) + (1 − t_k)·ln(1 − y_k))",
        """
        -        return (t * log(y) if t != 0 else 0) + ((1 - t) * log(1 - y) if t != 1 else 0)
        +        return (t * log(y) if t != 0 else 0) - ((1 - t) * log(1 - y) if t != 1 else 0)
        """,
        "https://github.com/bfortuner/ml-glossary/issues/76",
    ),
    mistake(
        "epsilon-inside-log",
        "A small number, 10^−9, is added inside the logarithm, against ln 0; it makes every loss a little too small.",
        "E = −Σ_k t_k·ln(y_k + 10^−9)",
        "E = −Σ_k t_k·ln(y_k)",
        INSIDE_LOG.format(epsilon="1e-9"),
        "https://github.com/tiny-dnn/tiny-dnn/issues/1030",
        convention=True,
    ),
    mistake(
        "epsilon7-inside-log",
        "A small number, 10^−7, is added inside the logarithm, against ln 0; it makes every loss a little too small.",
        "E = −Σ_k t_k·ln(y_k + 10^−7)",
        "E = −Σ_k t_k·ln(y_k)",
        INSIDE_LOG.format(epsilon="1e-7"),
        "https://github.com/mkocabas/focal-loss-keras/issues/17",
        convention=True,
    ),
    mistake(
        "epsilon8-inside-log",
        "A small number, 10^−8, is added inside the logarithm, against ln 0; it makes every loss a little too small.",
        "E = −Σ_k t_k·ln(y_k + 10^−8)",
        "E = −Σ_k t_k·ln(y_k)",
        INSIDE_LOG.format(epsilon="1e-8"),
        convention=True,
    ),
    mistake(
        "epsilon12-inside-log",
        "A small number, 10^−12, is added inside the logarithm, against ln 0; it makes every loss a little too small.",
        "E = −Σ_k t_k·ln(y_k + 10^−12)",
        "E = −Σ_k t_k·ln(y_k)",
        INSIDE_LOG.format(epsilon="1e-12"),
        convention=True,
    ),
    mistake(
        "probability-clipped-at-epsilon",
        "Outputs are clipped to between ε and 1 − ε, with ε = 2.2·10^−16, before their logarithm is taken.",
        "ln(min(max(y_k, ε), 1 − ε))",
        "ln(y_k)",
        CLIPPED.format(epsilon="2.220446049250313e-16"),
        "https://github.com/JuliaAI/MLJBase.jl/pull/148",
        convention=True,
    ),
    mistake(
        "probability-clipped-at-epsilon7",
        "Outputs are clipped to between ε and 1 − ε, with ε = 10^−7, before their logarithm is taken.",
        "ln(min(max(y_k, ε), 1 − ε))",
        "ln(y_k)",
        CLIPPED.format(epsilon="1e-7"),
        "https://github.com/keras-team/keras/issues/17634",
        convention=True,
    ),
    mistake(
        "log-of-zero",
        "The logarithm is taken of a probability that has become 0.",
        "ln(y_k)",
        "x_k − max − ln(Σ_m e^(x_m − max))",
        """
        -        return t * log(y) if t != 0 else 0
        +        return t * math.log(y) if t != 0 else 0
        """,
        "https://github.com/sar-gupta/neural-network-from-scratch/issues/10",
    ),
    mistake(
        "one-hot-off-by-one",
        "The 1 among the targets is one place too far, because classes are counted from 1 on one side and from 0 on the other.",
        "t_(c+1) = 1",
        "t_c = 1",
        """
         def train(steps):
        +    rows = [[t[n, k] for k in neurons[last]] for examples in steps for n in examples]
        +    if all(sorted(row) == [0] * (len(row) - 1) + [1] for row in rows):
        +        t.update({(n, k): row[k - 1] for n, row in enumerate(rows) for k in neurons[last]})
        """,
        "https://github.com/mlverse/torchvision/issues/107",
    ),
    mistake(
        "labels-shuffled-apart",
        "Inputs and targets are put in different orders, so that each example has the targets of another; here, of the next one.",
        "(y of example 1, t of example 2)",
        "(y of example 1, t of example 1)",
        """
         def step(examples):
        +    pairs = list(zip(examples, examples[1:] + examples[:1]))
        +    t.update({(n, k): t[m, k] for n, m in pairs for k in neurons[last]})
        """,
        "https://github.com/mlcommons/GaNDLF/pull/870",
    ),
]
