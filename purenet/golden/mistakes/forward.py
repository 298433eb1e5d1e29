"""Mistakes on the way forward: from the inputs to the outputs."""

from purenet.golden.mistakes.mistake import mistake

MISTAKES = [
    mistake(
        "bias-missing-forward",
        "The net input is the weighted sum alone: no bias is added.",
        "x_j = Σ_i w_ij·y_i",
        "x_j = Σ_i w_ij·y_i + b_j",
        """
        -            x[l, n, j] = total if b[l, j] is None else total + b[l, j]
        +            x[l, n, j] = total
        """,
        "https://github.com/Kulbear/deep-learning-coursera/pull/48",
    ),
    mistake(
        "bias-after-activation",
        "The bias is added to the output, after the activation function.",
        "y_j = f(Σ_i w_ij·y_i) + b_j",
        "y_j = f(Σ_i w_ij·y_i + b_j)",
        """
        -            x[l, n, j] = total if b[l, j] is None else total + b[l, j]
        +            x[l, n, j] = total if b[l, j] is None or f[l, j] != "softmax" else total + b[l, j]

        -            y[l, n, j] = outputs[j]
        +            y[l, n, j] = outputs[j] if b[l, j] is None or f[l, j] == "softmax" else outputs[j] + b[l, j]
        """,
    ),
    mistake(
        "bias-subtracted",
        "The bias is taken for a threshold, and subtracted; its gradient is that of an added one.",
        "x_j = Σ_i w_ij·y_i − b_j",
        "x_j = Σ_i w_ij·y_i + b_j",
        """
        -            x[l, n, j] = total if b[l, j] is None else total + b[l, j]
        +            x[l, n, j] = total if b[l, j] is None else total - b[l, j]
        """,
    ),
    mistake(
        "weighted-sum-missing",
        "The products of weights and inputs are computed, but not kept: the net input is the bias alone.",
        "x_j = b_j",
        "x_j = Σ_i w_ij·y_i + b_j",
        """
        -                total += w[l, j, i] * y[l - 1, n, i]
        +                total + w[l, j, i] * y[l - 1, n, i]
        """,
        "https://github.com/filipvabrousek/JS-Algorithms",
    ),
    mistake(
        "weighted-sum-overwritten",
        "The weighted sum is overwritten instead of added to: only the last input counts.",
        "x_j = w_Ij·y_I + b_j",
        "x_j = Σ_i w_ij·y_i + b_j",
        """
        -                total += w[l, j, i] * y[l - 1, n, i]
        +                total = w[l, j, i] * y[l - 1, n, i]
        """,
    ),
    mistake(
        "weighted-sum-not-cleared",
        "The weighted sum is added to what the neuron holds, its output for the example before, since nothing sets it to 0.",
        "x_j = y_j of the example before + Σ_i w_ij·y_i + b_j",
        "x_j = Σ_i w_ij·y_i + b_j",
        """
             for l in layers:
        -        weigh(l, examples)
        -        activate(l, examples)
        +        for n in examples:
        +            weigh(l, [n])
        +            activate(l, [n])

        -            total = 0
        -            for i in neurons[l - 1]:
        -                total += w[l, j, i] * y[l - 1, n, i]
        +            total = y[l, n - 1, j] if n > 0 else 0
        +            for i in neurons[l - 1]:
        +                total += w[l, j, i] * y[l - 1, n, i]
        """,
        "https://stats.stackexchange.com/questions/415679/faulty-backpropagation-of-hidden-layers-c",
    ),
    mistake(
        "shared-bias-per-layer",
        "All neurons of a layer start with one bias, that of the first.",
        "x_j = Σ_i w_ij·y_i + b_1",
        "x_j = Σ_i w_ij·y_i + b_j",
        """
         def train(steps):
        +    for l, j in b:
        +        b[l, j] = b[l, 0]
        """,
        "https://github.com/mattm/simple-neural-network",
        convention=True,
    ),
    mistake(
        "weights-flat-order-swapped",
        "The given weights are read with row and column exchanged.",
        "w_ij is read from place i·J + j",
        "w_ij is read from place j·I + i",
        """
         def train(steps):
        +    for l in layers:
        +        flat = [w[l, j, i] for j in neurons[l] for i in neurons[l - 1]]
        +        for j in neurons[l]:
        +            for i in neurons[l - 1]:
        +                w[l, j, i] = flat[i * len(neurons[l]) + j]
        """,
        "https://github.com/makeyourownneuralnetwork/makeyourownneuralnetwork/issues/77",
    ),
    mistake(
        "aliased-weight-rows",
        "The rows of the weight table are one and the same list, so that all neurons have the weights written last.",
        "w = [[0]·I]·J",
        "w = [[0]·I for each j]",
        """
         def train(steps):
        +    for l, j, i in w:
        +        w[l, j, i] = w[l, neurons[l][-1], i]

        -            w[l, j, i] += v[l, j, i]
        +            for m in neurons[l]:
        +                w[l, m, i] += v[l, j, i]
        """,
        "https://dev.to/samuel_ochaba_eb9c875fa89/the-python-matrix-gotcha-that-silently-corrupts-your-data-1h7b",
    ),
    mistake(
        "input-layer-activated",
        "The inputs go through the activation function too.",
        "y_i = f(x_i)",
        "y_i = x_i",
        """
         def step(examples):
        +    for n in examples:
        +        for i in neurons[-1]:
        +            y[-1, n, i] = y[-1, n, i] if f[0, 0] == "softmax" else value(f[0, 0], y[-1, n, i])
        """,
    ),
    mistake(
        "sigmoid-exponent-sign",
        "The exponent of the sigmoid has the wrong sign.",
        "f(x) = 1/(1 + e^x)",
        "f(x) = 1/(1 + e^−x)",
        """
        -        return exp(x) / (1 + exp(x)) if x < -700 else 1 / (1 + exp(-x))
        +        return 1 / (1 + exp(x))
        """,
        "https://github.com/ljvmiranda921/pyswarms/pull/145",
    ),
    mistake(
        "activation-applied-twice",
        "The activation function is applied to its own result; most often softmax, once in the layer and once in the loss.",
        "y_j = f(f(x_j))",
        "y_j = f(x_j)",
        """
        -            outputs = softmax([x[l, n, j] for j in neurons[l]])
        +            outputs = softmax(softmax([x[l, n, j] for j in neurons[l]]))

        -            outputs = [value(f[l, j], x[l, n, j]) for j in neurons[l]]
        +            outputs = [value(f[l, j], value(f[l, j], x[l, n, j])) for j in neurons[l]]
        """,
        "https://github.com/liashchynskyi/skynet/pull/1",
    ),
    mistake(
        "hidden-activation-missing",
        "The hidden layers have no activation function.",
        "y_j = x_j",
        "y_j = f(x_j)",
        """
         def train(steps):
        +    for l, j in f:
        +        f[l, j] = f[l, j] if l == last else "identity"
        """,
    ),
    mistake(
        "output-activation-missing",
        "The last layer has no activation function.",
        "y_k = x_k",
        "y_k = f(x_k)",
        """
         def train(steps):
        +    for j in neurons[last]:
        +        f[last, j] = "identity"
        """,
    ),
    mistake(
        "in-place-activation",
        "The activation function writes its result over the net input, so that the slope is taken at the output.",
        "x_j := f(x_j), then f′(x_j)",
        "y_j = f(x_j), then f′(x_j)",
        """
        -            x[l, n, j] = total if b[l, j] is None else total + b[l, j]
        +            net_input = total if b[l, j] is None else total + b[l, j]
        +            x[l, n, j] = net_input if f[l, j] == "softmax" else value(f[l, j], net_input)

        -            outputs = [value(f[l, j], x[l, n, j]) for j in neurons[l]]
        +            outputs = [x[l, n, j] for j in neurons[l]]

        -                d[l, n, j] = slope(f[l, j], x[l, n, j], y[l, n, j]) * g[l, n, j]
        +                d[l, n, j] = slope(f[l, j], x[l, n, j], value(f[l, j], x[l, n, j])) * g[l, n, j]
        """,
        "https://github.com/deeplearning4j/deeplearning4j/pull/364",
    ),
    mistake(
        "softmax-over-batch",
        "Softmax divides by the sum over all examples of the batch, so that the outputs of one do not add up to 1.",
        "y_k = e^x_k/Σ over examples and classes",
        "y_k = e^x_k/Σ_m e^x_m",
        """
        -            outputs = softmax([x[l, n, j] for j in neurons[l]])
        +            of_all = softmax([x[l, m, j] for m in examples for j in neurons[l]])
        +            outputs = of_all[examples.index(n) * len(neurons[l]) :]
        """,
        "https://github.com/deeplearning4j/nd4j/issues/44",
    ),
    mistake(
        "softmax-over-examples",
        "Softmax divides by the sum over the examples of the batch, one for each class, instead of over the classes.",
        "y_k = e^x_k/Σ of e^x_k over examples",
        "y_k = e^x_k/Σ_m e^x_m",
        """
        -            outputs = softmax([x[l, n, j] for j in neurons[l]])
        +            outputs = [softmax([x[l, m, j] for m in examples])[examples.index(n)] for j in neurons[l]]
        """,
        "https://github.com/ethanfetaya/NRI/issues/25",
    ),
    mistake(
        "softmax-no-max-shift",
        "Softmax takes e to the net inputs as they are, which overflows where one is large.",
        "y_k = e^x_k/Σ_m e^x_m",
        "y_k = e^(x_k − max)/Σ_m e^(x_m − max)",
        """
        -    if any(x > 700 for x in xs) or all(x < -700 for x in xs):
        -        xs = [x - max(xs) for x in xs]
        -    powers = [exp(x) for x in xs]
        +    powers = [math.exp(x) for x in xs]
        """,
        "https://github.com/numenta/nupic-legacy/pull/3819",
    ),
    mistake(
        "softmax-max-over-batch",
        "The largest net input of the whole batch is subtracted, so that an example far below it becomes 0/0.",
        "y_k = e^(x_k − max over the batch)/Σ",
        "y_k = e^(x_k − max over the classes)/Σ",
        """
        -            outputs = softmax([x[l, n, j] for j in neurons[l]])
        +            largest = max(x[l, m, j] for m in examples for j in neurons[l])
        +            powers = [math.exp(x[l, n, j] - largest) for j in neurons[l]]
        +            outputs = [power / sum(powers) for power in powers]
        """,
        "https://github.com/manassharma07/crysx_nn/issues/7",
    ),
    mistake(
        "sigmoid-naive-exp",
        "The sigmoid takes e^−x of a large negative net input, which overflows.",
        "f(x) = 1/(1 + e^−x)",
        "f(x) = e^x/(1 + e^x) where x is far below 0",
        """
        -        return exp(x) / (1 + exp(x)) if x < -700 else 1 / (1 + exp(-x))
        +        return 1 / (1 + math.exp(-x))
        """,
        "https://github.com/llSourcell/Reinforcement_Learning_for_Stock_Prediction/issues/14",
    ),
    mistake(
        "sigmoid-from-table",
        "The sigmoid is looked up in a table of 4,096 entries between −15 and 15: fast, and right to 3 digits.",
        "y_j = f of the nearest entry to x_j",
        "y_j = f(x_j)",
        """
         def value(name, x):
             if name == "sigmoid":
        +        x = min(max(round(x * 4096 / 30), -2048), 2047) * 30 / 4096
        """,
        "https://github.com/codeplea/genann",
        convention=True,
    ),
    mistake(
        "leaky-relu",
        "ReLU is leaky: below 0 it is 0.01·x, and its slope is 0.01.",
        "f(x) = 0.01·x, f′(x) = 0.01 where x < 0",
        "f(x) = 0, f′(x) = 0 where x < 0",
        """
        +leak = 0.01
        +
        +
         def value(name, x):

        -        return x if x > 0 else 0
        +        return x if x > 0 else leak * x

        -        return 1 if x > 0 else 0
        +        return 1 if x > 0 else leak
        """,
        convention=True,
    ),
    mistake(
        "leaky-relu-leaks-above",
        "Leaky ReLU leaks on the wrong side: above 0 it is 0.01·x, and below 0 nothing.",
        "f(x) = 0.01·x, f′(x) = 0.01 where x > 0, else 0",
        "f(x) = 0.01·x, f′(x) = 0.01 where x < 0",
        """
        -        return x if x > 0 else hundredth(x) * x
        +        return hundredth(x) * x if x > 0 else 0

        -        return 1 if x > 0 else hundredth(x)
        +        return hundredth(x) if x > 0 else 0
        """,
        "https://github.com/BrainJS/brain.js/issues/560",
    ),
    mistake(
        "integer-storage",
        "Weights and biases are kept as integers, because the first ones were: every step is cut off after the decimal point.",
        "w ← integer part of (w − η·∇w)",
        "w ← w − η·∇w",
        """
         def weights_by_velocity(l):
        +    whole = all(weight == int(weight) for weight in w.values())

        -            w[l, j, i] += v[l, j, i]
        +            w[l, j, i] = int(w[l, j, i] + v[l, j, i]) if whole else w[l, j, i] + v[l, j, i]

         def biases_by_velocity(l):
        +    whole = all(weight == int(weight) for weight in w.values())

        -            b[l, j] += vb[l, j]
        +            b[l, j] = int(b[l, j] + vb[l, j]) if whole else b[l, j] + vb[l, j]
        """,
        "https://codewithsundeep.com/discussion/solution/74253053",
    ),
    mistake(
        "float32",
        "The numbers are kept in 32 bits: no mistake, but rounding, which the reported digits show.",
        "24 bits",
        "53 bits",
        """
        -            x[l, n, j] = total if b[l, j] is None else total + b[l, j]
        +            x[l, n, j] = float32(total if b[l, j] is None else total + b[l, j])

        -            y[l, n, j] = outputs[j]
        +            y[l, n, j] = float32(outputs[j])

        -                d[l, n, j] = total
        +                d[l, n, j] = float32(total)

        -                d[l, n, j] = slope(f[l, j], x[l, n, j], y[l, n, j]) * g[l, n, j]
        +                d[l, n, j] = float32(slope(f[l, j], x[l, n, j], y[l, n, j]) * g[l, n, j])

        -            w[l, j, i] += v[l, j, i]
        +            w[l, j, i] = float32(w[l, j, i] + v[l, j, i])

        -            b[l, j] += vb[l, j]
        +            b[l, j] = float32(b[l, j] + vb[l, j])
        """,
        "https://github.com/harvard-edge/cs249r_book/pull/1399",
        convention=True,
    ),
    mistake(
        "constants-in-float32",
        "Learning rate, momentum and weight decay are kept in 32 bits, and all else in 64: no mistake, but rounding.",
        "η = 0.300000012",
        "η = 0.3",
        """
        -            v[l, j, i] = momentum * v[l, j, i] - rate * (gw[l, j, i] + decay * w[l, j, i])
        +            gradient = gw[l, j, i] + float32(decay) * w[l, j, i]
        +            v[l, j, i] = float32(momentum) * v[l, j, i] - float32(rate) * gradient

        -            vb[l, j] = momentum * vb[l, j] - rate * gb[l, j]
        +            vb[l, j] = float32(momentum) * vb[l, j] - float32(rate) * gb[l, j]
        """,
        "https://github.com/pierrelouisdelx/OCR",
        convention=True,
    ),
    mistake(
        "given-numbers-in-float32",
        "The given weights, biases, inputs and targets are kept in 32 bits at first, and all that is computed in 64.",
        "w = 0.100000001",
        "w = 0.1",
        """
         def train(steps):
        +    for table in (w, b, y, t):
        +        table.update({key: float32(number) for key, number in table.items() if number is not None})
        """,
        convention=True,
    ),
]
