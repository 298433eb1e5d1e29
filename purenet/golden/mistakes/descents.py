"""Mistakes in other descents: Nesterov's momentum, Adam and AdamW. Read purenet/descent.py first, then updates.py.

In the plain program, `q` is v of Adam, the second moment.
"""

from purenet.golden.mistakes.mistake import mistake

AHEAD = """
-    return weight + momentum * v[key] - rate * gradient
+    return {}
"""
MOVED = """
-    return weight - rate * m_hat[key] / (sqrt(q_hat[key]) + eps)
+    return {}
"""
CORRECTED = """
-    m_hat[key] = m[key] / (1 - beta1**count)
-    q_hat[key] = q[key] / (1 - beta2**count)
+    m_hat[key] = {}
+    q_hat[key] = {}
"""
ALL_MOMENTS = """
-    m[key] = beta1 * m[key] + (1 - beta1) * gradient
-    q[key] = beta2 * q[key] + (1 - beta2) * (gradient * gradient)
-    m_hat[key] = m[key] / (1 - beta1**count)
-    q_hat[key] = q[key] / (1 - beta2**count)
+    m[key] = {}
+    q[key] = {}
+    m_hat[key] = {}
+    q_hat[key] = {}
"""
MOMENTS = """
-    m[key] = beta1 * m[key] + (1 - beta1) * gradient
-    q[key] = beta2 * q[key] + (1 - beta2) * (gradient * gradient)
+    m[key] = {}
+    q[key] = {}
"""
BY_VELOCITY, LOOKING_AHEAD = "w ← w + v", "w ← w + μ·v − η·∇w"
STEP, M_HAT = "w ← w − η·m̂ / (√v̂ + ε)", "m̂ = m / (1 − β₁ᵗ), v̂ = v / (1 − β₂ᵗ)"
M = "m ← β₁·m + (1 − β₁)·∇w, v ← β₂·v + (1 − β₂)·∇w²"

MISTAKES = [
    mistake(
        "nesterov-ignored",
        "Nesterov's momentum was asked for, and plain momentum is done.",
        BY_VELOCITY,
        LOOKING_AHEAD,
        AHEAD.format("weight + v[key]"),
        "https://github.com/bitsandbytes-foundation/bitsandbytes/pull/2085",
    ),
    mistake(
        "nesterov-velocity-twice",
        "The velocity is updated twice, by the same gradient, and is kept so.",
        "v ← μ·(μ·v − η·∇w) − η·∇w, w ← w + v",
        "v ← μ·v − η·∇w, w ← w + μ·v − η·∇w",
        """
        -    return weight + momentum * v[key] - rate * gradient
        +    v[key] = momentum * v[key] - rate * gradient
        +    return weight + v[key]
        """,
        "https://github.com/patrikeh/go-deep/issues/17",
    ),
    mistake(
        "nesterov-sign",
        "The look ahead has the wrong sign: it is taken back instead of added.",
        "w ← w − μ·v − η·∇w",
        LOOKING_AHEAD,
        AHEAD.format("weight - momentum * v[key] - rate * gradient"),
        "https://github.com/PaddlePaddle/Paddle/pull/12231",
    ),
    mistake(
        "nesterov-momentum-squared",
        "The formula for the old velocity, with μ² and 1 + μ, is used with the new one.",
        "w ← w + μ²·v − (1 + μ)·η·∇w",
        LOOKING_AHEAD,
        AHEAD.format("weight + momentum * momentum * v[key] - (1 + momentum) * rate * gradient"),
        "https://github.com/chainer/chainer/issues/4274",
    ),
    mistake(
        "adam-no-correction",
        "The moments are used as they are, without the correction for their start at 0.",
        "w ← w − η·m / (√v + ε)",
        STEP,
        CORRECTED.format("m[key]", "q[key]"),
        "https://github.com/oxiglade/mlx-rs/issues/301",
    ),
    mistake(
        "adam-second-moment-not-corrected",
        "Only the first moment is corrected: v is used in the place of v̂.",
        "w ← w − η·m̂ / (√v + ε)",
        STEP,
        """
        -    q_hat[key] = q[key] / (1 - beta2**count)
        +    q_hat[key] = q[key]
        """,
        "https://github.com/Gurupradeep/deeplearning.ai-Assignments/pull/1",
    ),
    mistake(
        "adam-correction-without-power",
        "The correction is the same in every step: β is not raised to the power t, or t stays 1.",
        "m̂ = m / (1 − β₁), v̂ = v / (1 − β₂)",
        M_HAT,
        CORRECTED.format("m[key] / (1 - beta1)", "q[key] / (1 - beta2)"),
        "https://github.com/eriklindernoren/ML-From-Scratch/issues/35",
    ),
    mistake(
        "adam-correction-multiplied",
        "The correction multiplies instead of dividing.",
        "m̂ = m·(1 − β₁ᵗ), v̂ = v·(1 − β₂ᵗ)",
        M_HAT,
        CORRECTED.format("m[key] * (1 - beta1**count)", "q[key] * (1 - beta2**count)"),
        "https://github.com/karpathy/convnetjs/pull/70",
    ),
    mistake(
        "adam-correction-kept",
        "The corrected moments take the place of the moments, so that the corrections of all steps add up.",
        "m ← m / (1 − β₁ᵗ), v ← v / (1 − β₂ᵗ)",
        M_HAT,
        CORRECTED.format("m[key] = m[key] / (1 - beta1**count)", "q[key] = q[key] / (1 - beta2**count)"),
        "https://github.com/frgfm/holocron/issues/1",
    ),
    mistake(
        "adam-step-from-two",
        "The count of the steps is 1 at first, and is raised before it is used: the first step has t = 2.",
        "t = 2, 3, …",
        "t = 1, 2, …",
        """
        -    count = clock[key[0]]
        +    count = clock[key[0]] + 1
        """,
        "https://github.com/cs231n/cs231n.github.io/issues/179",
    ),
    mistake(
        "adam-step-from-zero",
        "The count of the steps is 0 at first and is used before it is raised: the first step divides by 0.",
        "t = 0, 1, …",
        "t = 1, 2, …",
        """
        -    count = clock[key[0]]
        +    count = clock[key[0]] - 1
        """,
        "https://github.com/deeplearning4j/nd4j/pull/1227",
    ),
    mistake(
        "adam-step-counted-per-table",
        "The step is counted again for the weights and for the biases of each layer.",
        "t ← t + 1 for each table of weights or biases",
        "t ← t + 1 for each step",
        """
        -    clock[l] += 1
        +    clock[0] += 1

         def biases_by_moments(l):
        +    clock[0] += any(b[l, j] is not None for j in neurons[l])

        -    count = clock[key[0]]
        +    count = clock[0]
        """,
        "https://github.com/DiffSharp/DiffSharp/issues/292",
    ),
    mistake(
        "adam-moments-reset",
        "The moments are 0 again at the beginning of each step.",
        "m = (1 − β₁)·∇w, v = (1 − β₂)·∇w²",
        M,
        MOMENTS.format("(1 - beta1) * gradient", "(1 - beta2) * (gradient * gradient)"),
        "https://github.com/dngfra/Restricted-Boltzmann-Machines/issues/2",
    ),
    mistake(
        "adam-betas-exchanged",
        "The two rates β₁ and β₂ are exchanged.",
        "m ← β₂·m + (1 − β₂)·∇w, v ← β₁·v + (1 − β₁)·∇w²",
        M,
        ALL_MOMENTS.format(
            "beta2 * m[key] + (1 - beta2) * gradient",
            "beta1 * q[key] + (1 - beta1) * (gradient * gradient)",
            "m[key] / (1 - beta2**count)",
            "q[key] / (1 - beta1**count)",
        ),
    ),
    mistake(
        "adam-betas-from-one",
        "The rates β₁ and β₂ are the shares of the new gradient instead of those of the old moments.",
        "m ← (1 − β₁)·m + β₁·∇w, m̂ = m / (1 − (1 − β₁)ᵗ), v likewise",
        "m ← β₁·m + (1 − β₁)·∇w, m̂ = m / (1 − β₁ᵗ), v likewise",
        ALL_MOMENTS.format(
            "(1 - beta1) * m[key] + beta1 * gradient",
            "(1 - beta2) * q[key] + beta2 * (gradient * gradient)",
            "m[key] / (1 - (1 - beta1) ** count)",
            "q[key] / (1 - (1 - beta2) ** count)",
        ),
        "https://github.com/mila-iqia/blocks/issues/1159",
        convention=True,
    ),
    mistake(
        "adam-betas-from-one-in-moments",
        "The rates β₁ and β₂ are the shares of the new gradient in the moments, but not in their correction.",
        "m ← (1 − β₁)·m + β₁·∇w, v ← (1 − β₂)·v + β₂·∇w²",
        M,
        MOMENTS.format(
            "(1 - beta1) * m[key] + beta1 * gradient", "(1 - beta2) * q[key] + beta2 * (gradient * gradient)"
        ),
        "https://github.com/ryankiros/skip-thoughts/issues/82",
    ),
    mistake(
        "adam-sign",
        "Weights and biases move uphill: the step of Adam is added.",
        "w ← w + η·m̂ / (√v̂ + ε)",
        STEP,
        MOVED.format("weight + rate * m_hat[key] / (sqrt(q_hat[key]) + eps)"),
        "https://github.com/torch/optim/pull/52",
    ),
    mistake(
        "adam-root-missing",
        "The step is divided by the mean of the squares, without its root.",
        "w ← w − η·m̂ / (v̂ + ε)",
        STEP,
        MOVED.format("weight - rate * m_hat[key] / (q_hat[key] + eps)"),
    ),
    mistake(
        "adam-square-for-root",
        "The second moment is squared where its root belongs.",
        "w ← w − η·m̂ / (v̂² + ε)",
        STEP,
        MOVED.format("weight - rate * m_hat[key] / (q_hat[key] * q_hat[key] + eps)"),
        "https://github.com/torch/optim/pull/48",
    ),
    mistake(
        "adam-root-multiplied",
        "The step is multiplied by the root of the second moment instead of divided.",
        "w ← w − η·m̂·(√v̂ + ε)",
        STEP,
        MOVED.format("weight - rate * m_hat[key] * (sqrt(q_hat[key]) + eps)"),
        "https://github.com/oracle/tribuo/pull/401",
    ),
    mistake(
        "adam-epsilon-inside-root",
        "The ε is added inside the root, where it counts for more.",
        "w ← w − η·m̂ / √(v̂ + ε)",
        STEP,
        MOVED.format("weight - rate * m_hat[key] / sqrt(q_hat[key] + eps)"),
        "https://github.com/FluxML/Flux.jl/pull/448",
    ),
    mistake(
        "adam-epsilon-before-correction",
        "The ε is added to the root of v, before its correction, as TensorFlow does and the paper proposes for speed.",
        "w ← w − η·m̂·√(1 − β₂ᵗ) / (√v + ε)",
        STEP,
        MOVED.format("weight - rate * m_hat[key] * sqrt(1 - beta2**count) / (sqrt(q[key]) + eps)"),
        "https://github.com/tensorflow/tensorflow/issues/35102",
        convention=True,
    ),
    mistake(
        "adam-decay-decoupled",
        "The weights decay beside Adam, as in AdamW, where the decay belongs to the gradient.",
        "w ← w − η·λ·w, then the step of ∇w",
        "the step of ∇w + λ·w",
        """
        -                gradient += decay * weight
        +                weight -= rate * decay * weight
        """,
        "https://github.com/flagos-ai/FlagGems/pull/4989",
    ),
    mistake(
        "adamw-decay-coupled",
        "The decay is added to the gradient, as in Adam, where the weights decay by themselves.",
        "the step of ∇w + λ·w",
        "w ← w − η·λ·w, then the step of ∇w",
        """
        -                weight -= rate * decay * weight
        +                gradient += decay * weight
        """,
        "https://github.com/nntrainer/nntrainer/pull/3565",
    ),
    mistake(
        "adamw-decay-without-learning-rate",
        "The decay is not multiplied by the learning rate: the paper has another rate there.",
        "w ← w − λ·w",
        "w ← w − η·λ·w",
        """
        -                weight -= rate * decay * weight
        +                weight -= decay * weight
        """,
        "https://github.com/pytorch/pytorch/issues/38853",
        convention=True,
    ),
    mistake(
        "adamw-decay-without-weight",
        "The decay is not multiplied by the weight.",
        "w ← w − η·λ",
        "w ← w − η·λ·w",
        """
        -                weight -= rate * decay * weight
        +                weight -= rate * decay
        """,
        "https://github.com/e-sensing/torchopt/pull/14",
    ),
    mistake(
        "adamw-decay-after-step",
        "The weights decay after their step instead of before.",
        "the step of ∇w, then w ← w − η·λ·w",
        "w ← w − η·λ·w, then the step of ∇w",
        """
        -                weight -= rate * decay * weight
        +                pass

        -            w[l, j, i] = by_moments(weight, gradient, m, q, m_hat, q_hat, (l, j, i))
        +            w[l, j, i] = by_moments(weight, gradient, m, q, m_hat, q_hat, (l, j, i))
        +            if descent == "adamw":
        +                w[l, j, i] -= rate * decay * w[l, j, i]
        """,
        "https://github.com/stanford-cs336/assignment1-basics/issues/54",
        convention=True,
    ),
]
