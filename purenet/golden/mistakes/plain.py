"""A training in plain functions and tables, as most programs do it. Each mistake of the catalogue replaces a few lines of it.

It computes what the core computes, to the last bit; the core is the text to read first. Here l = 0, 1, … is a layer, and
l − 1 the one before it, -1 that of the inputs; j is a neuron of layer l, i one of the layer before, k one of the layer
after, or an output; n is an example. The tables are filled before the program is run.
"""

from purenet.arithmetic import exp, hundredth, log, sqrt, tanh

layers, last, neurons = range(0), -1, {}  # the numbers of the layers, that of the last, and neurons[l], a range
f, loss = {}, "half squared error"  # names: the activation f[l, j], and the loss
units = {}  # objects for activations that `value` and `slope` do not know, by name
w, b, t = {}, {}, {}  # w[l, j, i] leads from i to j; b[l, j] is a bias or None; t[n, k] is a target
rate, momentum, decay, mean = 0, 0, 0, True  # mean: the gradients of a step are divided by the number of its examples
descent, beta1, beta2, eps = "gradient", 0, 0, 0  # or "nesterov", "adam" or "adamw"
shared, frozen = set(), False  # layers whose neurons share one bias; whether biases stay as they are

x, y, g, d = {}, {}, {}, {}  # of [l, n, j]: net input, output (y[-1, n, i] is an input), ∂E/∂y, and delta
dw, db, gw, gb = {}, {}, {}, {}  # gradients: dw[l, n, j, i] and db[l, n, j] of an example, gw[l, j, i] of the step
v, vb, E, step_loss = {}, {}, {}, {}  # velocities, at first 0; the loss E[n] of an example, and of a step
m, mb, q, qb, clock = {}, {}, {}, {}, {}  # first and second moments, at first 0; clock[l] counts the steps of a layer
m_hat, mb_hat, q_hat, qb_hat = {}, {}, {}, {}  # the moments, corrected


def train(steps):
    for s, examples in enumerate(steps):
        step(examples)
        step_loss[s] = loss_of_step(examples)


def step(examples):
    for l in layers:
        weigh(l, examples)
        activate(l, examples)
    for n in examples:
        E[n] = loss_of_example(n)
    for l in reversed(layers):
        if l == last:
            from_loss(l, examples)
        else:
            from_next_layer(l, examples)
        find_deltas(l, examples)
        find_weight_gradients(l, examples)
        find_bias_gradients(l, examples)
    for l in layers:
        move_weights(l)
        move_biases(l)


def weigh(l, examples):
    for n in examples:
        for j in neurons[l]:
            total = 0
            for i in neurons[l - 1]:
                total += w[l, j, i] * y[l - 1, n, i]
            x[l, n, j] = total if b[l, j] is None else total + b[l, j]


def activate(l, examples):
    for n in examples:
        if f[l, 0] == "softmax":
            outputs = softmax([x[l, n, j] for j in neurons[l]])
        else:
            outputs = [value(f[l, j], x[l, n, j]) for j in neurons[l]]
        for j in neurons[l]:
            y[l, n, j] = outputs[j]


def value(name, x):
    if name == "sigmoid":
        return exp(x) / (1 + exp(x)) if x < -700 else 1 / (1 + exp(-x))
    if name == "tanh":
        return tanh(x)
    if name == "relu":
        return x if x > 0 else 0
    if name == "leaky relu":
        return x if x > 0 else hundredth(x) * x
    if name == "identity":
        return x
    return units[name].value(x)


def slope(name, x, y):
    if name == "sigmoid":
        return y * (1 - y)
    if name == "tanh":
        return 1 - y * y
    if name == "relu":
        return 1 if x > 0 else 0
    if name == "leaky relu":
        return 1 if x > 0 else hundredth(x)
    if name == "identity":
        return 1
    return units[name].derivative(x, y)


def softmax(xs):
    if any(x > 700 for x in xs) or all(x < -700 for x in xs):
        xs = [x - max(xs) for x in xs]
    powers = [exp(x) for x in xs]
    total = 0
    for power in powers:
        total += power
    return [power / total for power in powers]


def loss_of_example(n):
    total = 0
    for k in neurons[last]:
        total += loss_term(y[last, n, k], t[n, k])
    if loss == "half squared error":
        return total / 2
    if loss == "mean squared error":
        return total / len(neurons[last])
    return total if loss == "squared error" else -total


def loss_term(y, t):
    if loss == "cross-entropy":
        return t * log(y) if t != 0 else 0
    if loss == "binary cross-entropy":
        return (t * log(y) if t != 0 else 0) + ((1 - t) * log(1 - y) if t != 1 else 0)
    return (y - t) * (y - t)


def loss_slope(y, t):
    if loss == "half squared error":
        return y - t
    if loss == "squared error":
        return 2 * (y - t)
    if loss == "mean squared error":
        return 2 * (y - t) / len(neurons[last])
    if loss == "cross-entropy":
        return -(t / y) if t != 0 else 0
    return (-(t / y) if t != 0 else 0) + ((1 - t) / (1 - y) if t != 1 else 0)


def loss_of_step(examples):
    total = 0
    for n in examples:
        total += E[n]
    return total / len(examples) if mean else total


def from_loss(l, examples):
    for n in examples:
        for k in neurons[l]:
            g[l, n, k] = loss_slope(y[l, n, k], t[n, k])


def from_next_layer(l, examples):
    for n in examples:
        for j in neurons[l]:
            total = 0
            for k in neurons[l + 1]:
                total += w[l + 1, k, j] * d[l + 1, n, k]
            g[l, n, j] = total


def find_deltas(l, examples):
    for n in examples:
        for j in neurons[l]:
            if f[l, j] == "softmax":
                total = 0
                for k in neurons[l]:
                    total += y[l, n, k] * ((1 if k == j else 0) - y[l, n, j]) * g[l, n, k]
                d[l, n, j] = total
            else:
                d[l, n, j] = slope(f[l, j], x[l, n, j], y[l, n, j]) * g[l, n, j]


def find_weight_gradients(l, examples):
    for j in neurons[l]:
        for i in neurons[l - 1]:
            total = 0
            for n in examples:
                dw[l, n, j, i] = d[l, n, j] * y[l - 1, n, i]
                total += dw[l, n, j, i]
            gw[l, j, i] = total / len(examples) if mean else total


def find_bias_gradients(l, examples):
    for j in neurons[l]:
        if b[l, j] is not None:
            total = 0
            for n in examples:
                db[l, n, j] = shared_bias_gradient(l, n) if l in shared else d[l, n, j]
                total += db[l, n, j]
            gb[l, j] = total / len(examples) if mean else total


def shared_bias_gradient(l, n):
    total = 0
    for j in neurons[l]:
        total += d[l, n, j]
    return total


def move_weights(l):
    if descent == "gradient":
        weights_by_velocity(l)
    elif descent == "nesterov":
        weights_looking_ahead(l)
    else:
        weights_by_moments(l)


def weights_by_velocity(l):
    for j in neurons[l]:
        for i in neurons[l - 1]:
            v[l, j, i] = momentum * v[l, j, i] - rate * (gw[l, j, i] + decay * w[l, j, i])
            w[l, j, i] += v[l, j, i]


def move_biases(l):
    if descent == "gradient":
        biases_by_velocity(l)
    elif descent == "nesterov":
        biases_looking_ahead(l)
    else:
        biases_by_moments(l)


def biases_by_velocity(l):
    for j in neurons[l]:
        if b[l, j] is not None and not frozen:
            vb[l, j] = momentum * vb[l, j] - rate * gb[l, j]
            b[l, j] += vb[l, j]


def weights_looking_ahead(l):
    for j in neurons[l]:
        for i in neurons[l - 1]:
            gradient = gw[l, j, i] + decay * w[l, j, i]
            w[l, j, i] = looking_ahead(w[l, j, i], gradient, v, (l, j, i))


def biases_looking_ahead(l):
    for j in neurons[l]:
        if not (b[l, j] is None or frozen):
            b[l, j] = looking_ahead(b[l, j], gb[l, j], vb, (l, j))


def looking_ahead(weight, gradient, v, key):
    v[key] = momentum * v[key] - rate * gradient
    return weight + momentum * v[key] - rate * gradient


def weights_by_moments(l):
    clock[l] += 1
    for j in neurons[l]:
        for i in neurons[l - 1]:
            weight, gradient = w[l, j, i], gw[l, j, i]
            if descent == "adamw":
                weight -= rate * decay * weight
            else:
                gradient += decay * weight
            w[l, j, i] = by_moments(weight, gradient, m, q, m_hat, q_hat, (l, j, i))


def biases_by_moments(l):
    for j in neurons[l]:
        if not (b[l, j] is None or frozen):
            b[l, j] = by_moments(b[l, j], gb[l, j], mb, qb, mb_hat, qb_hat, (l, j))


def by_moments(weight, gradient, m, q, m_hat, q_hat, key):
    count = clock[key[0]]
    m[key] = beta1 * m[key] + (1 - beta1) * gradient
    q[key] = beta2 * q[key] + (1 - beta2) * (gradient * gradient)
    m_hat[key] = m[key] / (1 - beta1**count)
    q_hat[key] = q[key] / (1 - beta2**count)
    return weight - rate * m_hat[key] / (sqrt(q_hat[key]) + eps)


def reported_order(l):
    return [(l, j, i) for j in neurons[l] for i in neurons[l - 1]]
