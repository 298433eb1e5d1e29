"""Mistakes in the loss that a program reports, and in the targets that it uses. Given these, the deltas are right."""

from purenet.arithmetic import log
from purenet.golden.mistakes.base import Mistake
from purenet.losses import BinaryCrossEntropy, CrossEntropy, HalfSquaredError
from purenet.training import training_step


class LossHalfMissing(Mistake):
    """The reported loss lacks the ½, although the delta is that of the halved loss."""

    wrong, right = "E = Σ_k (y_k − t_k)²", "E = ½ Σ_k (y_k − t_k)²"
    seen = "https://github.com/davisking/dlib/issues/1169"

    class loss:
        def value(self, outputs, targets):
            loss = super().value(outputs, targets)
            return 2 * loss if isinstance(self, HalfSquaredError) else loss


class LossMeanOverOutputs(Mistake):
    """The reported loss is a mean over the outputs, although the delta is that of the sum."""

    wrong, right = "E = 1/2n Σ_k (y_k − t_k)²", "E = ½ Σ_k (y_k − t_k)²"
    seen = "https://github.com/Bot-Academy/NeuralNetworkFromScratch"

    class loss:
        def value(self, outputs, targets):
            loss = super().value(outputs, targets)
            return loss / len(outputs) if isinstance(self, HalfSquaredError) else loss


class LossSquareOfSum(Mistake):
    """The errors of the outputs are added first and then squared, so that errors of opposite sign cancel."""

    wrong, right = "E = ½ (Σ_k (y_k − t_k))²", "E = ½ Σ_k (y_k − t_k)²"
    seen = "https://github.com/gokadin/ai-backpropagation"

    class loss:
        def value(self, outputs, targets):
            if not isinstance(self, HalfSquaredError):
                return super().value(outputs, targets)
            total = 0
            for y, t in zip(outputs, targets):
                total += y - t
            return total * total / 2


class BatchLossSum(Mistake):
    """The loss of a mini-batch is the sum over its examples, where the mean is asked for."""

    wrong, right = "E = Σ over examples", "E = mean over examples"
    seen = "https://github.com/karpathy/nn-zero-to-hero/pull/20"
    convention = True

    def training_step(self, network, batch, descent, gradient):
        loss = training_step(network, batch, descent, gradient)[0]
        return loss * len(batch) if gradient == "mean" else loss


class _BinaryTerms(Mistake):
    """A binary cross-entropy with other terms."""

    class loss:
        def value(self, outputs, targets):
            if not isinstance(self, BinaryCrossEntropy):
                return super().value(outputs, targets)
            total = 0
            for y, t in zip(outputs, targets):
                total += self.term(y, t)
            return total


class BceSecondTermMissing(_BinaryTerms):
    """The binary cross-entropy lacks its second term, so that a wrong yes costs nothing."""

    wrong, right = "E = −Σ_k t_k·ln(y_k)", "E = −Σ_k (t_k·ln(y_k) + (1 − t_k)·ln(1 − y_k))"
    seen = "https://github.com/deeplearning4j/nd4j/issues/1319"

    class loss(_BinaryTerms.loss):
        def term(self, y, t):
            return -t * log(y)


class BceSecondTermSign(_BinaryTerms):
    """The second term of the binary cross-entropy has the wrong sign."""

    wrong = "E = Σ_k (−t_k·ln(y_k) + (1 − t_k)·ln(1 − y_k))"
    right = "E = −Σ_k (t_k·ln(y_k) + (1 − t_k)·ln(1 − y_k))"
    seen = "https://github.com/bfortuner/ml-glossary/issues/76"

    class loss(_BinaryTerms.loss):
        def term(self, y, t):
            return (1 - t) * log(1 - y) - t * log(y)


class EpsilonInsideLog(Mistake):
    """A small number, 10^−9, is added inside the logarithm, against ln 0; it makes every loss a little too small."""

    wrong, right = "E = −Σ_k t_k·ln(y_k + 10^−9)", "E = −Σ_k t_k·ln(y_k)"
    seen = "https://github.com/tiny-dnn/tiny-dnn/issues/1030"
    convention = True

    class loss:
        epsilon = "1e-9"

        def value(self, outputs, targets):
            if not isinstance(self, (CrossEntropy, BinaryCrossEntropy)):
                return super().value(outputs, targets)
            total, epsilon = 0, type(outputs[0])(self.epsilon)
            for y, t in zip(outputs, targets):
                total -= t * log(y + epsilon)
                if isinstance(self, BinaryCrossEntropy):
                    total -= (1 - t) * log(1 - y + epsilon)
            return total


class Epsilon7InsideLog(EpsilonInsideLog):
    """A small number, 10^−7, is added inside the logarithm, against ln 0; it makes every loss a little too small."""

    wrong = "E = −Σ_k t_k·ln(y_k + 10^−7)"
    seen = "https://github.com/mkocabas/focal-loss-keras/issues/17"

    class loss(EpsilonInsideLog.loss):
        epsilon = "1e-7"


class Epsilon8InsideLog(EpsilonInsideLog):
    """A small number, 10^−8, is added inside the logarithm, against ln 0; it makes every loss a little too small."""

    wrong = "E = −Σ_k t_k·ln(y_k + 10^−8)"
    seen = ""

    class loss(EpsilonInsideLog.loss):
        epsilon = "1e-8"


class Epsilon12InsideLog(EpsilonInsideLog):
    """A small number, 10^−12, is added inside the logarithm, against ln 0; it makes every loss a little too small."""

    wrong = "E = −Σ_k t_k·ln(y_k + 10^−12)"
    seen = ""

    class loss(EpsilonInsideLog.loss):
        epsilon = "1e-12"


class LogOfZero(Mistake):
    """The logarithm is taken of a probability that has become 0."""

    wrong, right = "ln(y_k)", "x_k − max − ln(Σ_m e^(x_m − max))"
    seen = "https://github.com/sar-gupta/neural-network-from-scratch/issues/10"

    class loss:
        def value(self, outputs, targets):
            if isinstance(self, CrossEntropy):
                for y, t in zip(outputs, targets):
                    if t != 0 and float(y) == 0:
                        raise ArithmeticError("ln 0")
            return super().value(outputs, targets)


class OneHotOffByOne(Mistake):
    """The 1 among the targets is one place too far, because classes are counted from 1 on one side and from 0 on the other."""

    wrong, right = "t_(c+1) = 1", "t_c = 1"
    seen = "https://github.com/mlverse/torchvision/issues/107"

    def examples(self, examples):
        if not all(sorted(targets) == [0] * (len(targets) - 1) + [1] and len(targets) > 1 for _, targets in examples):
            return examples
        return [(inputs, targets[-1:] + targets[:-1]) for inputs, targets in examples]


class LabelsShuffledApart(Mistake):
    """Inputs and targets are put in different orders, so that each example has the targets of another; here, of the next one."""

    wrong, right = "(y of example 1, t of example 2)", "(y of example 1, t of example 1)"
    seen = "https://github.com/mlcommons/GaNDLF/pull/870"

    def batches(self, batches):
        return [[(inputs, batch[(n + 1) % len(batch)][1]) for n, (inputs, _) in enumerate(batch)] for batch in batches]
