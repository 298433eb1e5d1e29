"""Mistakes in the deltas: of the last layer, and on the way back through the hidden ones."""

from purenet.golden.mistakes.mistake import mistake

MISTAKES = [
    mistake(
        "output-derivative-missing",
        "The delta of the last layer lacks the slope of the activation function, with a squared error as the loss.",
        "δ_k = y_k − t_k",
        "δ_k = f′(x_k)·(y_k − t_k)",
        """
        -            if f[l, j] == "softmax":
        +            if l == last and "squared error" in loss:
        +                d[l, n, j] = g[l, n, j]
        +            elif f[l, j] == "softmax":
        """,
        "https://github.com/jiexunsee/Neural-Network-with-Python/issues/1",
    ),
    mistake(
        "derivative-of-activated",
        "The slope, a formula in the net input, is given the output.",
        "δ_j = f′(y_j)·∂E/∂y_j",
        "δ_j = f′(x_j)·∂E/∂y_j",
        """
        -                d[l, n, j] = slope(f[l, j], x[l, n, j], y[l, n, j]) * g[l, n, j]
        +                d[l, n, j] = slope(f[l, j], y[l, n, j], value(f[l, j], y[l, n, j])) * g[l, n, j]
        """,
        "https://github.com/farzaa/SimpleMultilayerPerceptron",
    ),
    mistake(
        "derivative-of-activated-output",
        "The slope, a formula in the net input, is given the output, in the last layer only.",
        "δ_k = f′(y_k)·∂E/∂y_k",
        "δ_k = f′(x_k)·∂E/∂y_k",
        """
        +            elif l == last:
        +                d[l, n, j] = slope(f[l, j], y[l, n, j], value(f[l, j], y[l, n, j])) * g[l, n, j]
                     else:
                         d[l, n, j] = slope(f[l, j], x[l, n, j], y[l, n, j]) * g[l, n, j]
        """,
        "https://github.com/OsmanBuyuksar/NeuralNetwork",
    ),
    mistake(
        "derivative-of-activated-hidden",
        "The slope, a formula in the net input, is given the output, in the hidden layers only.",
        "δ_j = f′(y_j)·∂E/∂y_j",
        "δ_j = f′(x_j)·∂E/∂y_j",
        """
        +            elif l != last:
        +                d[l, n, j] = slope(f[l, j], y[l, n, j], value(f[l, j], y[l, n, j])) * g[l, n, j]
                     else:
                         d[l, n, j] = slope(f[l, j], x[l, n, j], y[l, n, j]) * g[l, n, j]
        """,
        "https://github.com/OsmanBuyuksar/NeuralNetwork",
    ),
    mistake(
        "output-form-on-net-input",
        "The slope, a formula in the output, is given the net input.",
        "f′ = x_j·(1 − x_j)",
        "f′ = y_j·(1 − y_j)",
        """
        -                d[l, n, j] = slope(f[l, j], x[l, n, j], y[l, n, j]) * g[l, n, j]
        +                d[l, n, j] = slope(f[l, j], x[l, n, j], x[l, n, j]) * g[l, n, j]
        """,
        "https://github.com/BoltzmannEntropy/interviews.ai/issues/4",
    ),
    mistake(
        "output-form-on-net-input-output",
        "The slope, a formula in the output, is given the net input, in the last layer only.",
        "f′ = x_k·(1 − x_k)",
        "f′ = y_k·(1 − y_k)",
        """
        +            elif l == last:
        +                d[l, n, j] = slope(f[l, j], x[l, n, j], x[l, n, j]) * g[l, n, j]
                     else:
                         d[l, n, j] = slope(f[l, j], x[l, n, j], y[l, n, j]) * g[l, n, j]
        """,
    ),
    mistake(
        "output-form-on-net-input-hidden",
        "The slope, a formula in the output, is given the net input, in the hidden layers only.",
        "f′ = x_j·(1 − x_j)",
        "f′ = y_j·(1 − y_j)",
        """
        +            elif l != last:
        +                d[l, n, j] = slope(f[l, j], x[l, n, j], x[l, n, j]) * g[l, n, j]
                     else:
                         d[l, n, j] = slope(f[l, j], x[l, n, j], y[l, n, j]) * g[l, n, j]
        """,
        "https://github.com/OsmanBuyuksar/NeuralNetwork",
    ),
    mistake(
        "derivative-is-function",
        "The derivative returns the value of the function itself.",
        "δ_j = f(x_j)·∂E/∂y_j",
        "δ_j = f′(x_j)·∂E/∂y_j",
        """
        -                d[l, n, j] = slope(f[l, j], x[l, n, j], y[l, n, j]) * g[l, n, j]
        +                d[l, n, j] = y[l, n, j] * g[l, n, j]
        """,
        "https://github.com/andersbll/nnet/issues/4",
    ),
    mistake(
        "sigmoid-derivative-one-minus",
        "The slope of the sigmoid is taken for 1 − y.",
        "f′ = 1 − y_j",
        "f′ = y_j·(1 − y_j)",
        """
        -        return y * (1 - y)
        +        return 1 - y
        """,
    ),
    mistake(
        "sigmoid-derivative-sign",
        "The slope of the sigmoid has the wrong sign, y·(y − 1).",
        "f′ = y_j·(y_j − 1)",
        "f′ = y_j·(1 − y_j)",
        """
        -        return y * (1 - y)
        +        return y * (y - 1)
        """,
    ),
    mistake(
        "slope-of-clipped-output",
        "The slope of the sigmoid is taken at an output clipped to between 0.01 and 0.99, so that it never vanishes.",
        "f′ = y·(1 − y), with y = min(max(y_j, 0.01), 0.99)",
        "f′ = y_j·(1 − y_j)",
        """
        +margin = 0.01
        +
        +
         def slope(name, x, y):
             if name == "sigmoid":
        +        y = min(max(y, margin), 1 - margin)
        """,
        "https://github.com/libfann/fann",
        convention=True,
    ),
    mistake(
        "identity-derivative-is-x",
        "The derivative of the identity returns x instead of 1.",
        "f(x) = x, f′(x) = x",
        "f(x) = x, f′(x) = 1",
        """
             if name == "identity":
        -        return 1
        +        return x
        """,
        "https://github.com/gokadin/ai-backpropagation",
    ),
    mistake(
        "always-sigmoid-derivative",
        "The slope of the sigmoid is used, whatever the activation function is.",
        "f′ = y_j·(1 − y_j)",
        "f′ of that layer",
        """
        -                d[l, n, j] = slope(f[l, j], x[l, n, j], y[l, n, j]) * g[l, n, j]
        +                d[l, n, j] = y[l, n, j] * (1 - y[l, n, j]) * g[l, n, j]
        """,
        "https://github.com/ttezel/nn/issues/8",
    ),
    mistake(
        "always-tanh-derivative",
        "The slope of tanh is used, whatever the activation function is.",
        "f′ = 1 − y_j²",
        "f′ of that layer",
        """
        -                d[l, n, j] = slope(f[l, j], x[l, n, j], y[l, n, j]) * g[l, n, j]
        +                d[l, n, j] = (1 - y[l, n, j] * y[l, n, j]) * g[l, n, j]
        """,
    ),
    mistake(
        "delta-factor-two",
        "The delta is doubled, although the loss is halved.",
        "∂E/∂y_k = 2·(y_k − t_k)",
        "∂E/∂y_k = y_k − t_k",
        """
        -        return y - t
        +        return 2 * (y - t)
        """,
        "https://github.com/patrickloeber/MLfromscratch/issues/18",
    ),
    mistake(
        "delta-sign-flipped",
        "The delta has the other sign, and the weights are still lowered by it: the loss rises.",
        "δ_k = f′(x_k)·(t_k − y_k), w ← w − η·δ·y",
        "δ_k = f′(x_k)·(y_k − t_k), w ← w − η·δ·y",
        """
        -            g[l, n, k] = loss_slope(y[l, n, k], t[n, k])
        +            g[l, n, k] = -loss_slope(y[l, n, k], t[n, k])
        """,
        "https://github.com/udacity/deep-learning-v2-pytorch/pull/14",
    ),
    mistake(
        "loss-value-as-error",
        "The loss itself is sent back in place of its slope, so that the sign is lost.",
        "∂E/∂y_k = ½ (y_k − t_k)²",
        "∂E/∂y_k = y_k − t_k",
        """
        -        return y - t
        +        return (y - t) * (y - t) / 2
        """,
        "https://github.com/MatthieuHernandez/StraightforwardNeuralNetwork/pull/18",
    ),
    mistake(
        "rounded-output-error",
        "The error is taken from the output rounded to a class, 0 or 1, instead of the output itself.",
        "∂E/∂y_k = round(y_k) − t_k",
        "∂E/∂y_k = y_k − t_k",
        """
        -            g[l, n, k] = loss_slope(y[l, n, k], t[n, k])
        +            g[l, n, k] = loss_slope(round(y[l, n, k]) if "squared error" in loss else y[l, n, k], t[n, k])
        """,
    ),
    mistake(
        "ce-extra-derivative",
        "The delta of a cross-entropy, y − t, is multiplied by y·(1 − y) once more.",
        "δ_k = (y_k − t_k)·y_k·(1 − y_k)",
        "δ_k = y_k − t_k",
        """
             if loss == "cross-entropy":
        -        return -(t / y) if t != 0 else 0
        -    return (-(t / y) if t != 0 else 0) + ((1 - t) / (1 - y) if t != 1 else 0)
        +        return y - t
        +    return y - t

        -            if f[l, j] == "softmax":
        +            if l == last and loss == "cross-entropy":
        +                d[l, n, j] = g[l, n, j] * y[l, n, j] * (1 - y[l, n, j])
        +            elif f[l, j] == "softmax":
        """,
        "https://github.com/mnielsen/neural-networks-and-deep-learning/pull/77",
    ),
    mistake(
        "ce-squared-error-delta",
        "The loss is the cross-entropy, and the delta that of the squared error.",
        "δ_j = Σ_k ∂y_k/∂x_j·(y_k − t_k)",
        "δ_j = y_j − t_j",
        """
        -        return -(t / y) if t != 0 else 0
        +        return y - t
        """,
        "https://github.com/bpjsincl/coursera-neural-net/issues/14",
    ),
    mistake(
        "softmax-ce-diagonal-chain",
        "Of the slopes of softmax only those on the diagonal are used, with cross-entropy: only the right class learns.",
        "δ_j = −t_j·(1 − y_j)",
        "δ_j = y_j − t_j",
        """
        -            if f[l, j] == "softmax":
        +            if f[l, j] == "softmax" and loss == "cross-entropy":
        +                d[l, n, j] = y[l, n, j] * (1 - y[l, n, j]) * g[l, n, j]
        +            elif f[l, j] == "softmax":
        """,
        "https://github.com/deeplearning4j/libnd4j/issues/440",
    ),
    mistake(
        "softmax-diagonal-derivative",
        "Of the slopes of softmax only those on the diagonal are used, with a squared error.",
        "δ_j = y_j·(1 − y_j)·(y_j − t_j)",
        "δ_j = Σ_k ∂y_k/∂x_j·(y_k − t_k)",
        """
        -            if f[l, j] == "softmax":
        +            if f[l, j] == "softmax" and "squared error" in loss:
        +                d[l, n, j] = y[l, n, j] * (1 - y[l, n, j]) * g[l, n, j]
        +            elif f[l, j] == "softmax":
        """,
        "https://github.com/Justin-Goodrich/Python-Neural-net-from-scratch",
    ),
    mistake(
        "softmax-derivative-one-minus",
        "The slope of softmax is taken for 1 − y.",
        "δ_j = (1 − y_j)·(y_j − t_j)",
        "δ_j = Σ_k ∂y_k/∂x_j·(y_k − t_k)",
        """
        -            if f[l, j] == "softmax":
        +            if f[l, j] == "softmax" and "squared error" in loss:
        +                d[l, n, j] = (1 - y[l, n, j]) * g[l, n, j]
        +            elif f[l, j] == "softmax":
        """,
        "https://github.com/neuroph/neuroph/issues/37",
    ),
    mistake(
        "ce-divided-by-outputs",
        "The delta of a cross-entropy is divided by the number of outputs.",
        "δ_k = (y_k − t_k)/n",
        "δ_k = y_k − t_k",
        """
        -        return -(t / y) if t != 0 else 0
        -    return (-(t / y) if t != 0 else 0) + ((1 - t) / (1 - y) if t != 1 else 0)
        +        return -(t / y) / len(neurons[last]) if t != 0 else 0
        +    return ((-(t / y) if t != 0 else 0) + ((1 - t) / (1 - y) if t != 1 else 0)) / len(neurons[last])
        """,
        "https://github.com/oysteijo/simd_neuralnet/issues/1",
    ),
    mistake(
        "delta-divided-by-outputs",
        "The delta is divided by the number of outputs, although the loss is half the sum of the squared errors.",
        "∂E/∂y_k = (y_k − t_k)/n",
        "∂E/∂y_k = y_k − t_k",
        """
        -        return y - t
        +        return (y - t) / len(neurons[last])
        """,
    ),
    mistake(
        "last-example-delta",
        "The deltas of the last example of a mini-batch are used for all of its examples.",
        "∇w_ij = mean of δ_j(last example)·y_i",
        "∇w_ij = mean of δ_j·y_i",
        """
        -                dw[l, n, j, i] = d[l, n, j] * y[l - 1, n, i]
        +                dw[l, n, j, i] = d[l, examples[-1], j] * y[l - 1, n, i]

        -                db[l, n, j] = shared_bias_gradient(l, n) if l in shared else d[l, n, j]
        +                db[l, n, j] = shared_bias_gradient(l, examples[-1]) if l in shared else d[l, examples[-1], j]
        """,
    ),
    mistake(
        "batch-mean-error-last-example",
        "The errors of a mini-batch are averaged and sent back once, through the outputs of its last example.",
        "δ_k = f′(x_k of the last)·mean of (y_k − t_k)",
        "δ_k = f′(x_k)·(y_k − t_k) for each example",
        """
                     from_loss(l, examples)
        +            examples = examples[-1:]

        -    for n in examples:
        -        for k in neurons[l]:
        -            g[l, n, k] = loss_slope(y[l, n, k], t[n, k])
        +    for k in neurons[l]:
        +        total = sum(loss_slope(y[l, n, k], t[n, k]) for n in examples)
        +        g[l, examples[-1], k] = total / len(examples) if mean else total
        """,
    ),
    mistake(
        "learning-rate-in-delta",
        "The learning rate is multiplied into the delta before it is sent on, so that earlier layers get a power of it.",
        "δ_j = η·f′(x_j)·Σ_k w_jk·δ_k",
        "δ_j = f′(x_j)·Σ_k w_jk·δ_k",
        """
        -                d[l, n, j] = total
        +                d[l, n, j] = rate * total

        -                d[l, n, j] = slope(f[l, j], x[l, n, j], y[l, n, j]) * g[l, n, j]
        +                d[l, n, j] = rate * slope(f[l, j], x[l, n, j], y[l, n, j]) * g[l, n, j]

        -            v[l, j, i] = momentum * v[l, j, i] - rate * (gw[l, j, i] + decay * w[l, j, i])
        +            v[l, j, i] = momentum * v[l, j, i] - (gw[l, j, i] + decay * w[l, j, i])

        -            vb[l, j] = momentum * vb[l, j] - rate * gb[l, j]
        +            vb[l, j] = momentum * vb[l, j] - gb[l, j]
        """,
        "https://github.com/CanKorkut/Backpropagation-for-XOR-Using-Python",
    ),
    mistake(
        "hidden-derivative-missing",
        "The delta of a hidden layer lacks the slope of the activation function.",
        "δ_j = Σ_k w_jk·δ_k",
        "δ_j = f′(x_j)·Σ_k w_jk·δ_k",
        """
        +            elif l != last:
        +                d[l, n, j] = g[l, n, j]
                     else:
                         d[l, n, j] = slope(f[l, j], x[l, n, j], y[l, n, j]) * g[l, n, j]
        """,
        "https://github.com/makeyourownneuralnetwork/makeyourownneuralnetwork/issues/88",
    ),
    mistake(
        "tanh-derivative-plus",
        "The slope of tanh is taken for 1 + y².",
        "f′(x) = 1 + y²",
        "f′(x) = 1 − y²",
        """
        -        return 1 - y * y
        +        return 1 + y * y
        """,
        "https://github.com/nicodjimenez/lstm/issues/41",
    ),
    mistake(
        "tanh-derivative-not-squared",
        "The slope of tanh lacks the square.",
        "f′(x) = 1 − y",
        "f′(x) = 1 − y²",
        """
        -        return 1 - y * y
        +        return 1 - y
        """,
    ),
    mistake(
        "tanh-derivative-doubled",
        "The slope of tanh takes twice the output, instead of its square.",
        "f′(x) = 1 − 2·y",
        "f′(x) = 1 − y²",
        """
        -        return 1 - y * y
        +        return 1 - y * 2
        """,
        "https://github.com/squee72564/CPP_Neural_Network",
    ),
    mistake(
        "relu-derivative-ge-on-activated",
        "The slope of ReLU asks whether the output is at least 0, which it always is.",
        "f′(x) = 1 where y ≥ 0",
        "f′(x) = 1 where x > 0",
        """
        -        return 1 if x > 0 else 0
        +        return 1 if y >= 0 else 0
        """,
        "https://github.com/iamtrask/Grokking-Deep-Learning/issues/9",
    ),
    mistake(
        "relu-derivative-is-x",
        "The slope of ReLU is taken for ReLU itself.",
        "f′(x) = max(0, x)",
        "f′(x) = 1 where x > 0",
        """
        -        return 1 if x > 0 else 0
        +        return x if x > 0 else 0
        """,
    ),
    mistake(
        "relu-derivative-from-upstream",
        "ReLU passes ∂E/∂y back where ∂E/∂y is positive, instead of where the net input was positive.",
        "δ_j = max(0, ∂E/∂y_j)",
        "δ_j = ∂E/∂y_j where x_j > 0",
        """
                         d[l, n, j] = total
        +            elif f[l, j] == "relu":
        +                d[l, n, j] = g[l, n, j] if g[l, n, j] > 0 else 0
                     else:
        """,
    ),
    mistake(
        "leaky-relu-derivative-of-relu",
        "The slope of leaky ReLU is that of ReLU: 0 below 0.",
        "f′(x) = 0 where x < 0",
        "f′(x) = 0.01 where x < 0",
        """
        -        return 1 if x > 0 else hundredth(x)
        +        return 1 * (x > 0)
        """,
        "https://github.com/scientific-computing/FKB/issues/15",
    ),
    mistake(
        "leaky-relu-derivative-from-upstream",
        "The slope of leaky ReLU asks whether ∂E/∂y is positive, instead of whether the net input was.",
        "f′(x_j) = 1 where ∂E/∂y_j > 0, else 0.01",
        "f′(x_j) = 1 where x_j > 0, else 0.01",
        """
                         d[l, n, j] = total
        +            elif f[l, j] == "leaky relu":
        +                d[l, n, j] = g[l, n, j] if g[l, n, j] > 0 else hundredth(g[l, n, j]) * g[l, n, j]
                     else:
        """,
        "https://github.com/Sarvesh810/NeuralNetworksDIY",
    ),
    mistake(
        "upstream-gradient-discarded",
        "A hidden layer passes back its slope alone and forgets the gradients from the layer after it.",
        "δ_j = f′(x_j)",
        "δ_j = f′(x_j)·Σ_k w_jk·δ_k",
        """
        +            elif l != last:
        +                d[l, n, j] = slope(f[l, j], x[l, n, j], y[l, n, j])
                     else:
                         d[l, n, j] = slope(f[l, j], x[l, n, j], y[l, n, j]) * g[l, n, j]
        """,
        "https://github.com/haifengl/smile/issues/528",
    ),
    mistake(
        "derivative-at-backpropagated-error",
        "The slope is taken at the error that comes back, instead of at the net input.",
        "δ_j = f′(∂E/∂y_j)·∂E/∂y_j",
        "δ_j = f′(x_j)·∂E/∂y_j",
        """
        +            elif l != last:
        +                d[l, n, j] = slope(f[l, j], g[l, n, j], value(f[l, j], g[l, n, j])) * g[l, n, j]
                     else:
                         d[l, n, j] = slope(f[l, j], x[l, n, j], y[l, n, j]) * g[l, n, j]
        """,
        "https://github.com/farzaa/SimpleMultilayerPerceptron",
    ),
    mistake(
        "derivative-of-previous-layer",
        "The slope of a hidden neuron is taken at the net input of the layer before it.",
        "δ_j = f′(x_i)·∂E/∂y_j",
        "δ_j = f′(x_j)·∂E/∂y_j",
        """
        +            elif l != last:
        +                before = (x if l > 0 else y)[l - 1, n, j if len(neurons[l - 1]) > 1 else 0]
        +                d[l, n, j] = slope(f[l, j], before, value(f[l, j], before)) * g[l, n, j]
                     else:
                         d[l, n, j] = slope(f[l, j], x[l, n, j], y[l, n, j]) * g[l, n, j]
        """,
        "https://github.com/dennybritz/nn-from-scratch/pull/3",
    ),
    mistake(
        "raw-error-backpropagated",
        "The error at the outputs goes back through the weights, not the delta: the slope is left out on the way.",
        "∂E/∂y_j = Σ_k w_jk·(y_k − t_k)",
        "∂E/∂y_j = Σ_k w_jk·δ_k",
        """
        -                total += w[l + 1, k, j] * d[l + 1, n, k]
        +                error = d if l + 1 == last and "squared error" not in loss else g
        +                total += w[l + 1, k, j] * error[l + 1, n, k]
        """,
        "https://github.com/makeyourownneuralnetwork/makeyourownneuralnetwork",
    ),
    mistake(
        "updated-weights-in-hidden-delta",
        "The deltas of a hidden layer are computed with weights of the next one that this step has already changed.",
        "δ_j = f′(x_j)·Σ_k w_jk⁺·δ_k",
        "δ_j = f′(x_j)·Σ_k w_jk·δ_k",
        """
                 find_bias_gradients(l, examples)
        -    for l in layers:
                 move_weights(l)
        """,
        "https://github.com/joelgrus/data-science-from-scratch/issues/31",
    ),
    mistake(
        "weights-transposed-backward",
        "The weights are read with row and column exchanged on the way back.",
        "∂E/∂y_j = Σ_k w_kj·δ_k",
        "∂E/∂y_j = Σ_k w_jk·δ_k",
        """
        -                total += w[l + 1, k, j] * d[l + 1, n, k]
        +                total += w[l + 1, j, k] * d[l + 1, n, k]
        """,
        "https://github.com/PrincetonUniversity/PsyNeuLink/pull/15",
    ),
    mistake(
        "weights-missing-in-backprop",
        "The deltas go back to the hidden neurons without the weights on the way.",
        "∂E/∂y_j = Σ_k δ_k",
        "∂E/∂y_j = Σ_k w_jk·δ_k",
        """
        -                total += w[l + 1, k, j] * d[l + 1, n, k]
        +                total += d[l + 1, n, k]
        """,
        "https://whosebug.com/question/2948401",
    ),
    mistake(
        "weight-index-of-next-layer",
        "The weight on the way back has the index of the next layer twice, so that all neurons get the same error.",
        "∂E/∂y_j = Σ_k w_kk·δ_k",
        "∂E/∂y_j = Σ_k w_jk·δ_k",
        """
        -                total += w[l + 1, k, j] * d[l + 1, n, k]
        +                total += w[l + 1, k, k] * d[l + 1, n, k]
        """,
        "https://github.com/antoinedray/ocr",
    ),
    mistake(
        "outputs-backpropagated",
        "The outputs of the next layer go back through the weights, instead of its deltas.",
        "∂E/∂y_j = Σ_k w_jk·y_k",
        "∂E/∂y_j = Σ_k w_jk·δ_k",
        """
        -                total += w[l + 1, k, j] * d[l + 1, n, k]
        +                total += w[l + 1, k, j] * y[l + 1, n, k]
        """,
        "https://huggingface.co/datasets/nvidia/Nemotron-CC-Math-v1",
    ),
    mistake(
        "hidden-error-mean",
        "The errors that come back to a hidden neuron are averaged over the next layer, instead of added up.",
        "∂E/∂y_j = 1/K Σ_k w_jk·δ_k",
        "∂E/∂y_j = Σ_k w_jk·δ_k",
        """
        -            g[l, n, j] = total
        +            g[l, n, j] = total / len(neurons[l + 1])
        """,
    ),
    mistake(
        "delta-divided-by-weight",
        "On the way back the deltas are divided by the weights, and averaged.",
        "∂E/∂y_j = mean over k of δ_k/w_jk",
        "∂E/∂y_j = Σ_k w_jk·δ_k",
        """
        -                total += w[l + 1, k, j] * d[l + 1, n, k]
        +                total += d[l + 1, n, k] / w[l + 1, k, j] / len(neurons[l + 1])
        """,
        "https://github.com/DangermonK/NeuralNetwork",
    ),
    mistake(
        "error-split-by-weights",
        "An error goes back in proportion to the weights: each is divided by the sum of the weights into its neuron.",
        "∂E/∂y_j = Σ_k w_jk/Σ_m w_mk·δ_k",
        "∂E/∂y_j = Σ_k w_jk·δ_k",
        """
        -                total += w[l + 1, k, j] * d[l + 1, n, k]
        +                total += w[l + 1, k, j] / sum(w[l + 1, k, m] for m in neurons[l]) * d[l + 1, n, k]
        """,
        "https://makeyourownneuralnetwork.blogspot.co.uk/2016_07_01_archive.html",
    ),
    mistake(
        "error-split-equally",
        "An error goes back in equal shares to all neurons before it, whatever their weights are.",
        "∂E/∂y_j = 1/J Σ_k δ_k",
        "∂E/∂y_j = Σ_k w_jk·δ_k",
        """
        -                total += w[l + 1, k, j] * d[l + 1, n, k]
        +                total += d[l + 1, n, k] / len(neurons[l])
        """,
        "https://makeyourownneuralnetwork.blogspot.co.uk/2016_07_01_archive.html",
    ),
    mistake(
        "hidden-error-divided-by-neurons",
        "The errors that come back to a hidden layer are divided by the number of its neurons.",
        "∂E/∂y_j = 1/J Σ_k w_jk·δ_k",
        "∂E/∂y_j = Σ_k w_jk·δ_k",
        """
        -            g[l, n, j] = total
        +            g[l, n, j] = total / len(neurons[l])
        """,
        "https://makeyourownneuralnetwork.blogspot.co.uk/2016_07_01_archive.html",
    ),
    mistake(
        "hidden-sum-overwritten",
        "The sum over the neurons of the next layer is overwritten instead of added to: only the last one counts.",
        "∂E/∂y_j = w_jK·δ_K",
        "∂E/∂y_j = Σ_k w_jk·δ_k",
        """
        -                total += w[l + 1, k, j] * d[l + 1, n, k]
        +                total = w[l + 1, k, j] * d[l + 1, n, k]
        """,
        "https://github.com/karpathy/micrograd/issues/2",
    ),
    mistake(
        "bias-column-misaligned",
        "The bias is kept as a column of the weights, and the wrong column is left out on the way back.",
        "∂E/∂y_j = Σ_k w_(j+1)k·δ_k, with b_k as the last",
        "∂E/∂y_j = Σ_k w_jk·δ_k",
        """
        -                total += w[l + 1, k, j] * d[l + 1, n, k]
        +                row = [w[l + 1, k, m] for m in neurons[l]] + [b[l + 1, k]]
        +                total += row[j if b[l + 1, k] is None else j + 1] * d[l + 1, n, k]
        """,
        "https://github.com/louisjc/mnist-neural-network/issues/1",
    ),
    mistake(
        "relu-derivative-one-at-zero",
        "The slope of ReLU at the corner, where the net input is 0, is taken to be 1.",
        "f′(0) = 1",
        "f′(0) = 0",
        """
        -        return 1 if x > 0 else 0
        +        return 1 if x >= 0 else 0
        """,
        "https://github.com/uptake/numpynet/pull/35",
        convention=True,
    ),
    mistake(
        "layers-updated-in-forward-order",
        "The layers are updated from the first to the last, each after a fresh pass through what has changed already.",
        "∇w of a layer, at new weights of those before it",
        "∇w of all layers, at the old weights",
        """
        -        step(examples)
        +        for l in layers:
        +            step(examples, [l])

        -def step(examples):
        +def step(examples, moving):

        -    for l in layers:
        +    for l in moving:
                 move_weights(l)
        """,
    ),
]
