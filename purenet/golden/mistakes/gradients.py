"""Mistakes in the gradients of weights and biases, and in how those of several examples are put together."""

from purenet.golden.mistakes.mistake import mistake

MISTAKES = [
    mistake(
        "net-input-in-weight-gradient",
        "The delta is multiplied by the net inputs of the layer before, instead of by its outputs.",
        "∇w_ij = δ_j·x_i",
        "∇w_ij = δ_j·y_i",
        """
        -                dw[l, n, j, i] = d[l, n, j] * y[l - 1, n, i]
        +                dw[l, n, j, i] = d[l, n, j] * (x if l > 0 else y)[l - 1, n, i]
        """,
        "https://github.com/OsmanBuyuksar/NeuralNetwork",
    ),
    mistake(
        "own-output-in-weight-gradient",
        "The delta is multiplied by the outputs of its own layer, instead of by the inputs.",
        "∇w_ij = δ_j·y_j",
        "∇w_ij = δ_j·y_i",
        """
        -                dw[l, n, j, i] = d[l, n, j] * y[l - 1, n, i]
        +                dw[l, n, j, i] = d[l, n, j] * y[l, n, i if len(neurons[l]) > 1 else 0]
        """,
        "https://github.com/farzaa/SimpleMultilayerPerceptron",
    ),
    mistake(
        "inputs-in-all-weight-gradients",
        "The deltas of every layer are multiplied by the inputs of the network, instead of by those of the layer.",
        "∇w_jk = δ_k·y_i",
        "∇w_jk = δ_k·y_j",
        """
        -                dw[l, n, j, i] = d[l, n, j] * y[l - 1, n, i]
        +                dw[l, n, j, i] = d[l, n, j] * y[-1, n, i]
        """,
    ),
    mistake(
        "activation-missing-in-gradient",
        "The gradient of a weight is the delta alone, without the input.",
        "∇w_ij = δ_j",
        "∇w_ij = δ_j·y_i",
        """
        -                dw[l, n, j, i] = d[l, n, j] * y[l - 1, n, i]
        +                dw[l, n, j, i] = d[l, n, j]
        """,
        "https://github.com/Justin-Goodrich/Python-Neural-net-from-scratch",
    ),
    mistake(
        "weight-instead-of-activation",
        "The delta is multiplied by the weight itself, instead of by the input.",
        "∇w_ij = δ_j·w_ij",
        "∇w_ij = δ_j·y_i",
        """
        -                dw[l, n, j, i] = d[l, n, j] * y[l - 1, n, i]
        +                dw[l, n, j, i] = d[l, n, j] * w[l, j, i]
        """,
        "https://stats.stackexchange.com/questions/464262",
    ),
    mistake(
        "gradient-is-dot-product",
        "Deltas and outputs of a layer are multiplied as a dot product, one number, which all weights are moved by.",
        "∇w_ij = Σ_m δ_m·y_m",
        "∇w_ij = δ_j·y_i",
        """
        -                dw[l, n, j, i] = d[l, n, j] * y[l - 1, n, i]
        +                dw[l, n, j, i] = sum(d[l, n, m] * y[l, n, m] for m in neurons[l])
        """,
        "https://github.com/casper-hansen/Neural-Network-From-Scratch",
    ),
    mistake(
        "gradient-transposed",
        "The table of gradients is built with row and column exchanged.",
        "∇w_ij = δ_i·y_j",
        "∇w_ij = δ_j·y_i",
        """
        -                dw[l, n, j, i] = d[l, n, j] * y[l - 1, n, i]
        +                dw[l, n, j, i] = d[l, n, i] * y[l - 1, n, j]
        """,
        "https://github.com/iamtrask/Grokking-Deep-Learning/pull/22",
    ),
    mistake(
        "aliased-gradient-rows",
        "The rows of the table of gradients are one and the same list, so that every neuron gets the sum.",
        "∇w_ij = Σ_m δ_m·y_i",
        "∇w_ij = δ_j·y_i",
        """
        -                total += dw[l, n, j, i]
        +                for m in neurons[l]:
        +                    total += d[l, n, m] * y[l - 1, n, i]
        """,
    ),
    mistake(
        "delta-of-next-layer",
        "The gradients of a layer are computed with the deltas of the layer after it.",
        "∇w_ij = δ_k·y_i",
        "∇w_ij = δ_j·y_i",
        """
        -                dw[l, n, j, i] = d[l, n, j] * y[l - 1, n, i]
        +                after = (l, n, j) if l == last else (l + 1, n, j if len(neurons[l + 1]) > 1 else 0)
        +                dw[l, n, j, i] = d[after] * y[l - 1, n, i]

        -                db[l, n, j] = shared_bias_gradient(l, n) if l in shared else d[l, n, j]
        +                after = (l, n, j) if l == last else (l + 1, n, j if len(neurons[l + 1]) > 1 else 0)
        +                db[l, n, j] = shared_bias_gradient(l, n) if l in shared else d[after]
        """,
        "https://github.com/scikit-learn/scikit-learn/issues/8987",
    ),
    mistake(
        "bias-gradient-scalar-sum",
        "The gradient of every bias of a layer is one number, the sum over its neurons.",
        "∇b_j = Σ_m δ_m",
        "∇b_j = δ_j",
        """
        -                db[l, n, j] = shared_bias_gradient(l, n) if l in shared else d[l, n, j]
        +                db[l, n, j] = shared_bias_gradient(l, n)
        """,
        "https://github.com/cain877/mnist-nn-from-scratch",
    ),
    mistake(
        "bias-gradient-scalar-mean",
        "The gradient of every bias of a layer is one number, the mean over its neurons.",
        "∇b_j = mean of δ_m over the layer",
        "∇b_j = δ_j",
        """
        -                db[l, n, j] = shared_bias_gradient(l, n) if l in shared else d[l, n, j]
        +                db[l, n, j] = shared_bias_gradient(l, n) / len(neurons[l])
        """,
        "https://github.com/deeplearning4j/deeplearning4j/pull/364",
    ),
    mistake(
        "bias-gradient-times-inputs",
        "The gradient of a bias is multiplied by the inputs, as if it were that of a weight.",
        "∇b_j = δ_j·Σ_i y_i",
        "∇b_j = δ_j",
        """
        -                db[l, n, j] = shared_bias_gradient(l, n) if l in shared else d[l, n, j]
        +                db[l, n, j] = sum(d[l, n, j] * y[l - 1, n, i] for i in neurons[l - 1])
        """,
        "https://github.com/rust0258/Deeplearning.ai-Natural-Language-Processing-Specialization/issues/64",
    ),
    mistake(
        "bias-gradient-times-bias",
        "The gradient of a bias is multiplied by the bias.",
        "∇b_j = δ_j·b_j",
        "∇b_j = δ_j",
        """
        -                db[l, n, j] = shared_bias_gradient(l, n) if l in shared else d[l, n, j]
        +                db[l, n, j] = d[l, n, j] * b[l, j]
        """,
        "https://github.com/xnought/backprop-explainer/issues/18",
    ),
    mistake(
        "bias-gradient-without-derivative",
        "The gradient of a bias lacks the slope of the activation function, which those of the weights have.",
        "∇b_j = ∂E/∂y_j",
        "∇b_j = f′(x_j)·∂E/∂y_j",
        """
        -                db[l, n, j] = shared_bias_gradient(l, n) if l in shared else d[l, n, j]
        +                db[l, n, j] = d[l, n, j] if f[l, j] == "softmax" else g[l, n, j]
        """,
    ),
    mistake(
        "batch-sum-instead-of-mean",
        "The gradients of a mini-batch are added up, where their mean is asked for.",
        "∇w = Σ over examples",
        "∇w = mean over examples",
        """
        -            gw[l, j, i] = total / len(examples) if mean else total
        +            gw[l, j, i] = total

        -            gb[l, j] = total / len(examples) if mean else total
        +            gb[l, j] = total
        """,
        "https://github.com/haifengl/smile/issues/525",
        convention=True,
    ),
    mistake(
        "batch-mean-instead-of-sum",
        "The gradients of a mini-batch are averaged, where their sum is asked for.",
        "∇w = mean over examples",
        "∇w = Σ over examples",
        """
        -            gw[l, j, i] = total / len(examples) if mean else total
        +            gw[l, j, i] = total / len(examples)

        -            gb[l, j] = total / len(examples) if mean else total
        +            gb[l, j] = total / len(examples)
        """,
        "https://github.com/gokadin/ai-backpropagation",
        convention=True,
    ),
    mistake(
        "batch-mean-twice",
        "The gradients of a mini-batch are divided by its size twice.",
        "∇w = 1/n² Σ over examples",
        "∇w = 1/n Σ over examples",
        """
        -            gw[l, j, i] = total / len(examples) if mean else total
        +            gw[l, j, i] = total / len(examples) / len(examples) if mean else total

        -            gb[l, j] = total / len(examples) if mean else total
        +            gb[l, j] = total / len(examples) / len(examples) if mean else total
        """,
        "https://github.com/d2l-ai/d2l-en/pull/1000",
    ),
    mistake(
        "fixed-batch-size-divisor",
        "A last, shorter mini-batch is divided by the size of the others.",
        "∇w = 1/N Σ over n examples, with the N of a full batch",
        "∇w = 1/n Σ over n examples",
        """
         def train(steps):
        +    global batch_size
        +    batch_size = len(steps[0])

        -            gw[l, j, i] = total / len(examples) if mean else total
        +            gw[l, j, i] = total / batch_size if mean else total

        -            gb[l, j] = total / len(examples) if mean else total
        +            gb[l, j] = total / batch_size if mean else total
        """,
        "https://github.com/LBANN/lbann/issues/10",
    ),
    mistake(
        "bias-batch-mean-twice",
        "The gradient of a bias is divided by the size of the mini-batch twice.",
        "∇b = 1/n² Σ over examples",
        "∇b = 1/n Σ over examples",
        """
        -            gb[l, j] = total / len(examples) if mean else total
        +            gb[l, j] = total / len(examples) / len(examples) if mean else total
        """,
        "https://github.com/deeplearning4j/deeplearning4j/pull/366",
    ),
    mistake(
        "bias-batch-sum",
        "The gradients of a bias are added up over the mini-batch, while those of the weights are averaged.",
        "∇b = Σ over examples",
        "∇b = 1/n Σ over examples",
        """
        -            gb[l, j] = total / len(examples) if mean else total
        +            gb[l, j] = total
        """,
    ),
    mistake(
        "gradients-not-reset",
        "The gradients of earlier steps are never cleared and stay in the sum.",
        "∇w += … of this step",
        "∇w = 0, then ∇w += … of this step",
        """
        -            gw[l, j, i] = total / len(examples) if mean else total
        +            gw[l, j, i] = gw.get((l, j, i), 0) + (total / len(examples) if mean else total)

        -            gb[l, j] = total / len(examples) if mean else total
        +            gb[l, j] = gb.get((l, j), 0) + (total / len(examples) if mean else total)
        """,
        "https://github.com/deepjavalibrary/d2l-java/pull/202",
    ),
    mistake(
        "gradients-not-reset-sums",
        "The sums over the examples are never cleared, and what has been added up is divided by the size of each batch.",
        "∇w = 1/n Σ over examples of all steps so far",
        "∇w = 1/n Σ over examples of this step",
        """
        +            total += gw.get((l, j, i, "sum"), 0)
        +            gw[l, j, i, "sum"] = total
                     gw[l, j, i] = total / len(examples) if mean else total

        +            total += gb.get((l, j, "sum"), 0)
        +            gb[l, j, "sum"] = total
                     gb[l, j] = total / len(examples) if mean else total
        """,
    ),
    mistake(
        "gradients-not-reset-divided-again",
        "The mean gradient of earlier steps stays in the sum, and is divided by the size of the batch again.",
        "∇w = 1/n (∇w of the step before + Σ over examples)",
        "∇w = 1/n Σ over examples",
        """
        -            gw[l, j, i] = total / len(examples) if mean else total
        +            total += gw.get((l, j, i), 0)
        +            gw[l, j, i] = total / len(examples) if mean else total

        -            gb[l, j] = total / len(examples) if mean else total
        +            total += gb.get((l, j), 0)
        +            gb[l, j] = total / len(examples) if mean else total
        """,
    ),
    mistake(
        "gradients-overwritten-per-example",
        "Each example overwrites the gradients of the one before, so that only the last counts, divided by the size of the batch.",
        "∇w = 1/n·∇w of the last example",
        "∇w = 1/n Σ over examples",
        """
        -                total += dw[l, n, j, i]
        +                total = dw[l, n, j, i]

        -                total += db[l, n, j]
        +                total = db[l, n, j]
        """,
        "https://github.com/karpathy/convnetjs/issues/17",
    ),
    mistake(
        "last-example-gradient",
        "Each example overwrites the gradients of the one before, and the last are used as they are.",
        "∇w = ∇w of the last example",
        "∇w = 1/n Σ over examples",
        """
        -            gw[l, j, i] = total / len(examples) if mean else total
        +            gw[l, j, i] = dw[l, examples[-1], j, i]

        -            gb[l, j] = total / len(examples) if mean else total
        +            gb[l, j] = db[l, examples[-1], j]
        """,
    ),
    mistake(
        "online-instead-of-batch",
        "The weights change after every example, although the mini-batch is to share one step.",
        "w ← w − η·∇w for each example",
        "w ← w − η·mean of ∇w",
        """
        -        step(examples)
        +        for n in examples:
        +            step([n])
        """,
        "https://github.com/davidstutz/matlab-mnist-two-layer-perceptron/issues/3",
    ),
    mistake(
        "partial-batch-dropped",
        "The last mini-batch, shorter than the others, is never trained on.",
        "N // n steps",
        "N / n steps, rounded up",
        """
             for s, examples in enumerate(steps):
        +        if len(examples) < len(steps[0]):
        +            continue
        """,
        "https://github.com/NervanaSystems/neon/issues/9",
        convention=True,
    ),
]
