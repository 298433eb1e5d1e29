"""Mistakes in the update: how weights and biases move, with and without momentum and weight decay."""

from purenet.golden.mistakes.mistake import mistake

MISTAKES = [
    mistake(
        "bias-never-updated",
        "The biases stay as they are.",
        "b_j ← b_j",
        "b_j ← b_j − η·∇b_j",
        """
        -            b[l, j] += vb[l, j]
        """,
        "https://github.com/mattm/simple-neural-network/issues/5",
        convention=True,
    ),
    mistake(
        "hidden-biases-never-updated",
        "The biases of hidden layers stay as they are; those of the last layer move.",
        "b_j ← b_j",
        "b_j ← b_j − η·∇b_j",
        """
        -        if b[l, j] is not None and not frozen:
        +        if b[l, j] is not None and not frozen and l == last:
        """,
        "https://github.com/antoinedray/ocr",
    ),
    mistake(
        "weights-never-updated",
        "The weights stay as they are; only the biases move.",
        "w_ij ← w_ij",
        "w_ij ← w_ij − η·∇w_ij",
        """
        -            w[l, j, i] += v[l, j, i]
        """,
        "https://github.com/pierrelouisdelx/OCR",
    ),
    mistake(
        "weights-assigned",
        "Weights and biases are set to their change, instead of changed by it.",
        "w ← −η·∇w",
        "w ← w − η·∇w",
        """
        -            w[l, j, i] += v[l, j, i]
        +            w[l, j, i] = v[l, j, i]

        -            b[l, j] += vb[l, j]
        +            b[l, j] = vb[l, j]
        """,
        "https://stackoverflow.com/questions/9169280/implementing-a-perceptron-with-backpropagation-algorithm",
    ),
    mistake(
        "bias-learning-rate-missing",
        "The biases move by their whole gradient, without the learning rate.",
        "b_j ← b_j − ∇b_j",
        "b_j ← b_j − η·∇b_j",
        """
        -            vb[l, j] = momentum * vb[l, j] - rate * gb[l, j]
        +            vb[l, j] = momentum * vb[l, j] - gb[l, j]
        """,
    ),
    mistake(
        "bias-update-sign-flipped",
        "The biases move uphill.",
        "b_j ← b_j + η·∇b_j",
        "b_j ← b_j − η·∇b_j",
        """
        -            vb[l, j] = momentum * vb[l, j] - rate * gb[l, j]
        +            vb[l, j] = momentum * vb[l, j] + rate * gb[l, j]
        """,
    ),
    mistake(
        "bias-updated-once-per-input",
        "The step of the bias is inside the loop over the inputs, and is done once for each.",
        "b_j ← b_j − I·η·∇b_j, for I inputs",
        "b_j ← b_j − η·∇b_j",
        """
        -            vb[l, j] = momentum * vb[l, j] - rate * gb[l, j]
        -            b[l, j] += vb[l, j]
        +            for i in neurons[l - 1]:
        +                vb[l, j] = momentum * vb[l, j] - rate * gb[l, j]
        +                b[l, j] += vb[l, j]
        """,
        "https://github.com/TheoVasile/neural-network",
    ),
    mistake(
        "update-sign-flipped",
        "Weights and biases move uphill: the loss rises.",
        "w ← w + η·∇w",
        "w ← w − η·∇w",
        """
        -            v[l, j, i] = momentum * v[l, j, i] - rate * (gw[l, j, i] + decay * w[l, j, i])
        +            v[l, j, i] = momentum * v[l, j, i] + rate * (gw[l, j, i] + decay * w[l, j, i])

        -            vb[l, j] = momentum * vb[l, j] - rate * gb[l, j]
        +            vb[l, j] = momentum * vb[l, j] + rate * gb[l, j]
        """,
        "https://github.com/pytorch/pytorch/issues/1871",
    ),
    mistake(
        "learning-rate-missing",
        "Weights and biases move by their whole gradient; the same as a learning rate of 1.",
        "w ← w − ∇w",
        "w ← w − η·∇w",
        """
        -            v[l, j, i] = momentum * v[l, j, i] - rate * (gw[l, j, i] + decay * w[l, j, i])
        +            v[l, j, i] = momentum * v[l, j, i] - (gw[l, j, i] + decay * w[l, j, i])

        -            vb[l, j] = momentum * vb[l, j] - rate * gb[l, j]
        +            vb[l, j] = momentum * vb[l, j] - gb[l, j]
        """,
        "https://github.com/llSourcell/Make_a_neural_network",
        convention=True,
    ),
    mistake(
        "learning-rate-applied-twice",
        "The learning rate is multiplied in twice.",
        "w ← w − η²·∇w",
        "w ← w − η·∇w",
        """
        -            v[l, j, i] = momentum * v[l, j, i] - rate * (gw[l, j, i] + decay * w[l, j, i])
        +            v[l, j, i] = momentum * v[l, j, i] - rate * rate * (gw[l, j, i] + decay * w[l, j, i])

        -            vb[l, j] = momentum * vb[l, j] - rate * gb[l, j]
        +            vb[l, j] = momentum * vb[l, j] - rate * rate * gb[l, j]
        """,
    ),
    mistake(
        "first-layer-never-updated",
        "The loop over the layers stops one early: the first layer never learns.",
        "for layers K to last",
        "for layers J to last",
        """
        -    for l in layers:
        +    for l in layers[1:]:
                 move_weights(l)
        """,
    ),
    mistake(
        "last-layer-never-updated",
        "The loop over the layers stops one early: the last layer never learns.",
        "for layers J to the last but one",
        "for layers J to last",
        """
        -    for l in layers:
        +    for l in layers[:-1]:
                 move_weights(l)
        """,
    ),
    mistake(
        "momentum-velocity-reset",
        "The velocities are created again at every step.",
        "v = −η·∇w",
        "v ← μ·v − η·∇w",
        """
        -            v[l, j, i] = momentum * v[l, j, i] - rate * (gw[l, j, i] + decay * w[l, j, i])
        +            v[l, j, i] = -rate * (gw[l, j, i] + decay * w[l, j, i])

        -            vb[l, j] = momentum * vb[l, j] - rate * gb[l, j]
        +            vb[l, j] = -rate * gb[l, j]
        """,
        "https://github.com/keras-team/keras/issues/7502",
    ),
    mistake(
        "momentum-not-accumulated",
        "The momentum remembers the last gradient only, not the velocity.",
        "w ← w − η·∇w − μ·η·∇w of the step before",
        "v ← μ·v − η·∇w, w ← w + v",
        """
        -            v[l, j, i] = momentum * v[l, j, i] - rate * (gw[l, j, i] + decay * w[l, j, i])
        -            w[l, j, i] += v[l, j, i]
        +            before, v[l, j, i] = v[l, j, i], -rate * (gw[l, j, i] + decay * w[l, j, i])
        +            w[l, j, i] += v[l, j, i] + momentum * before

        -            vb[l, j] = momentum * vb[l, j] - rate * gb[l, j]
        -            b[l, j] += vb[l, j]
        +            before, vb[l, j] = vb[l, j], -rate * gb[l, j]
        +            b[l, j] += vb[l, j] + momentum * before
        """,
        "https://github.com/dfdx/Boltzmann.jl/issues/16",
    ),
    mistake(
        "momentum-of-last-gradient",
        "The momentum is multiplied by the last gradient itself, without the learning rate.",
        "w ← w − η·∇w − μ·∇w of the step before",
        "v ← μ·v − η·∇w, w ← w + v",
        """
        -            v[l, j, i] = momentum * v[l, j, i] - rate * (gw[l, j, i] + decay * w[l, j, i])
        -            w[l, j, i] += v[l, j, i]
        +            before, v[l, j, i] = v[l, j, i], -(gw[l, j, i] + decay * w[l, j, i])
        +            w[l, j, i] += rate * v[l, j, i] + momentum * before

        -            vb[l, j] = momentum * vb[l, j] - rate * gb[l, j]
        -            b[l, j] += vb[l, j]
        +            before, vb[l, j] = vb[l, j], -gb[l, j]
        +            b[l, j] += rate * vb[l, j] + momentum * before
        """,
        "https://github.com/rasbt/mlxtend",
    ),
    mistake(
        "momentum-sign",
        "The momentum has the wrong sign: each step takes back a part of the one before.",
        "v ← −μ·v − η·∇w",
        "v ← μ·v − η·∇w",
        """
        -            v[l, j, i] = momentum * v[l, j, i] - rate * (gw[l, j, i] + decay * w[l, j, i])
        +            v[l, j, i] = -momentum * v[l, j, i] - rate * (gw[l, j, i] + decay * w[l, j, i])

        -            vb[l, j] = momentum * vb[l, j] - rate * gb[l, j]
        +            vb[l, j] = -momentum * vb[l, j] - rate * gb[l, j]
        """,
    ),
    mistake(
        "momentum-on-gradient",
        "The momentum multiplies the gradient instead of the velocity, which never decays.",
        "v ← v − μ·η·∇w",
        "v ← μ·v − η·∇w",
        """
        -            v[l, j, i] = momentum * v[l, j, i] - rate * (gw[l, j, i] + decay * w[l, j, i])
        +            v[l, j, i] -= momentum * rate * (gw[l, j, i] + decay * w[l, j, i])

        -            vb[l, j] = momentum * vb[l, j] - rate * gb[l, j]
        +            vb[l, j] -= momentum * rate * gb[l, j]
        """,
        "https://github.com/ooples/AiDotNet/issues/2008",
    ),
    mistake(
        "momentum-times-learning-rate",
        "The momentum is multiplied by the learning rate too.",
        "v ← η·(μ·v − ∇w)",
        "v ← μ·v − η·∇w",
        """
        -            v[l, j, i] = momentum * v[l, j, i] - rate * (gw[l, j, i] + decay * w[l, j, i])
        +            v[l, j, i] = rate * (momentum * v[l, j, i] - (gw[l, j, i] + decay * w[l, j, i]))

        -            vb[l, j] = momentum * vb[l, j] - rate * gb[l, j]
        +            vb[l, j] = rate * (momentum * vb[l, j] - gb[l, j])
        """,
        "https://github.com/dfdx/Boltzmann.jl/issues/14",
    ),
    mistake(
        "momentum-dampened",
        "The gradient is multiplied by 1 − μ.",
        "v ← μ·v − (1 − μ)·η·∇w",
        "v ← μ·v − η·∇w",
        """
        -            v[l, j, i] = momentum * v[l, j, i] - rate * (gw[l, j, i] + decay * w[l, j, i])
        +            v[l, j, i] = momentum * v[l, j, i] - (1 - momentum) * rate * (gw[l, j, i] + decay * w[l, j, i])

        -            vb[l, j] = momentum * vb[l, j] - rate * gb[l, j]
        +            vb[l, j] = momentum * vb[l, j] - (1 - momentum) * rate * gb[l, j]
        """,
        "https://github.com/pjreddie/darknet/issues/2203",
        convention=True,
    ),
    mistake(
        "momentum-stale-velocity",
        "The step uses the velocity from before this gradient, so that the first step moves nothing.",
        "w ← w + v of the step before",
        "w ← w + v",
        """
        -            v[l, j, i] = momentum * v[l, j, i] - rate * (gw[l, j, i] + decay * w[l, j, i])
        -            w[l, j, i] += v[l, j, i]
        +            before, v[l, j, i] = v[l, j, i], momentum * v[l, j, i] - rate * (gw[l, j, i] + decay * w[l, j, i])
        +            w[l, j, i] += before

        -            vb[l, j] = momentum * vb[l, j] - rate * gb[l, j]
        -            b[l, j] += vb[l, j]
        +            before, vb[l, j] = vb[l, j], momentum * vb[l, j] - rate * gb[l, j]
        +            b[l, j] += before
        """,
        "https://github.com/mdenil/dropout/issues/4",
    ),
    mistake(
        "momentum-first-step-without-lr",
        "The first velocity is the gradient itself, without the learning rate.",
        "v = −∇w at first",
        "v = −η·∇w at first",
        """
        -            v[l, j, i] = momentum * v[l, j, i] - rate * (gw[l, j, i] + decay * w[l, j, i])
        +            factor = 1 if v[l, j, i] == 0 else rate
        +            v[l, j, i] = momentum * v[l, j, i] - factor * (gw[l, j, i] + decay * w[l, j, i])

        -            vb[l, j] = momentum * vb[l, j] - rate * gb[l, j]
        +            factor = 1 if vb[l, j] == 0 else rate
        +            vb[l, j] = momentum * vb[l, j] - factor * gb[l, j]
        """,
        "https://github.com/zc911/MatrixSlow/pull/17",
    ),
    mistake(
        "momentum-velocity-sign",
        "The velocity is kept with the opposite sign of that in which it is used.",
        "v ← μ·v + η·∇w, w ← w + μ·v − η·∇w",
        "v ← μ·v − η·∇w, w ← w + v",
        """
        -            v[l, j, i] = momentum * v[l, j, i] - rate * (gw[l, j, i] + decay * w[l, j, i])
        -            w[l, j, i] += v[l, j, i]
        +            v[l, j, i] = momentum * v[l, j, i] + rate * (gw[l, j, i] + decay * w[l, j, i])
        +            w[l, j, i] += momentum * v[l, j, i] - rate * (gw[l, j, i] + decay * w[l, j, i])

        -            vb[l, j] = momentum * vb[l, j] - rate * gb[l, j]
        -            b[l, j] += vb[l, j]
        +            vb[l, j] = momentum * vb[l, j] + rate * gb[l, j]
        +            b[l, j] += momentum * vb[l, j] - rate * gb[l, j]
        """,
        "https://github.com/fchollet/deep-learning-with-python-notebooks/issues/19",
    ),
    mistake(
        "momentum-nesterov",
        "Nesterov's form of momentum, which looks ahead: another algorithm.",
        "w ← w + μ·v − η·∇w",
        "w ← w + v",
        """
        -            w[l, j, i] += v[l, j, i]
        +            w[l, j, i] += momentum * v[l, j, i] - rate * (gw[l, j, i] + decay * w[l, j, i])

        -            b[l, j] += vb[l, j]
        +            b[l, j] += momentum * vb[l, j] - rate * gb[l, j]
        """,
        "https://github.com/fchollet/deep-learning-with-python-notebooks/issues/289",
        convention=True,
    ),
    mistake(
        "l2-sign",
        "The weight decay has the wrong sign, and the weights grow.",
        "∇w − λ·w",
        "∇w + λ·w",
        """
        -            v[l, j, i] = momentum * v[l, j, i] - rate * (gw[l, j, i] + decay * w[l, j, i])
        +            v[l, j, i] = momentum * v[l, j, i] - rate * (gw[l, j, i] - decay * w[l, j, i])
        """,
        "https://github.com/andersbll/deeppy/issues/17",
    ),
    mistake(
        "l2-factor-two",
        "The weight decay is twice as large: the slope of λ·w² instead of ½·λ·w².",
        "∇w + 2·λ·w",
        "∇w + λ·w",
        """
        -            v[l, j, i] = momentum * v[l, j, i] - rate * (gw[l, j, i] + decay * w[l, j, i])
        +            v[l, j, i] = momentum * v[l, j, i] - rate * (gw[l, j, i] + 2 * decay * w[l, j, i])
        """,
        "https://github.com/titu1994/DenseNet/issues/57",
        convention=True,
    ),
    mistake(
        "l2-without-learning-rate",
        "The weight decay is not multiplied by the learning rate.",
        "w ← w − η·∇w − λ·w",
        "w ← w − η·(∇w + λ·w)",
        """
        -            v[l, j, i] = momentum * v[l, j, i] - rate * (gw[l, j, i] + decay * w[l, j, i])
        +            v[l, j, i] = momentum * v[l, j, i] - rate * gw[l, j, i] - decay * w[l, j, i]
        """,
        "https://github.com/leondgarse/Keras_insightface/issues/5",
        convention=True,
    ),
    mistake(
        "l2-beside-momentum",
        "The weights decay beside the momentum: the velocity does not remember it.",
        "v ← μ·v − η·∇w, w ← w + v − η·λ·w",
        "v ← μ·v − η·(∇w + λ·w), w ← w + v",
        """
        -            v[l, j, i] = momentum * v[l, j, i] - rate * (gw[l, j, i] + decay * w[l, j, i])
        -            w[l, j, i] += v[l, j, i]
        +            v[l, j, i] = momentum * v[l, j, i] - rate * gw[l, j, i]
        +            w[l, j, i] += v[l, j, i] - rate * decay * w[l, j, i]
        """,
        "https://arxiv.org/abs/1711.05101",
        convention=True,
    ),
    mistake(
        "l2-divided-by-batch",
        "The weight decay is divided by the number of examples in the mini-batch.",
        "∇w = 1/n (Σ over examples + λ·w)",
        "∇w = 1/n Σ over examples, w ← w − η·(∇w + λ·w)",
        """
        -            gw[l, j, i] = total / len(examples) if mean else total
        +            total += decay * w[l, j, i]
        +            gw[l, j, i] = total / len(examples) if mean else total

        -            v[l, j, i] = momentum * v[l, j, i] - rate * (gw[l, j, i] + decay * w[l, j, i])
        +            v[l, j, i] = momentum * v[l, j, i] - rate * gw[l, j, i]
        """,
        "https://scikit-learn.org/stable/modules/generated/sklearn.neural_network.MLPClassifier.html",
        convention=True,
    ),
    mistake(
        "l2-missing",
        "The weight decay that was asked for has no effect.",
        "∇w",
        "∇w + λ·w",
        """
        -            v[l, j, i] = momentum * v[l, j, i] - rate * (gw[l, j, i] + decay * w[l, j, i])
        +            v[l, j, i] = momentum * v[l, j, i] - rate * gw[l, j, i]
        """,
        "https://github.com/aigamedev/scikit-neuralnetwork/issues/175",
    ),
    mistake(
        "l2-on-bias",
        "The biases decay too.",
        "∇b + λ·b",
        "∇b",
        """
        -            vb[l, j] = momentum * vb[l, j] - rate * gb[l, j]
        +            vb[l, j] = momentum * vb[l, j] - rate * (gb[l, j] + decay * b[l, j])
        """,
        "https://github.com/lciernik/similarity_consistency/pull/40",
        convention=True,
    ),
]
