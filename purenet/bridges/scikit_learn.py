"""scikit-learn: a fitted MLPClassifier or MLPRegressor as a network.

scikit-learn's `coefs_[l][i][j]` leads from input i to neuron j: purenet's `weights[j][i]`, so the tables are turned.
"""

from purenet.bridges.layers import LayersRead, imported, kinds_in
from purenet.errors import NetworkError
from purenet.losses import BinaryCrossEntropy, CrossEntropy, HalfSquaredError

LOSSES = {  # by the loss and the activation of the last layer
    ("log_loss", "logistic"): BinaryCrossEntropy,
    ("log_loss", "softmax"): CrossEntropy,
    ("squared_error", "identity"): HalfSquaredError,
}


def from_sklearn(estimator):
    """Return a fitted MLPClassifier or MLPRegressor as a network, its numbers carried over exactly.

    The outputs are in the order of `classes_`; for two classes there is one, the probability of the second. The loss is the
    one whose gradients scikit-learn follows: for several targets of an MLPRegressor, `loss_` is E divided by their number,
    and its gradients are those of E. The penalty `alpha` is a setting of the training, and stays behind. Raises
    NetworkError for another estimator, and for one that is not fitted.
    """
    neural_network = imported("sklearn.neural_network", "scikit-learn", "scikit-learn")
    name = type(estimator).__name__
    if not isinstance(estimator, (neural_network.MLPClassifier, neural_network.MLPRegressor)):
        raise NetworkError(f"{name} is not supported: MLPClassifier and MLPRegressor of scikit-learn are")
    if not hasattr(estimator, "coefs_"):
        raise NetworkError(f"the {name} has no weights yet: call fit first")
    loss = LOSSES.get((estimator.loss, estimator.out_activation_))
    if loss is None:
        raise NetworkError(f"the loss {estimator.loss!r} is none of purenet's: squared_error and log_loss are")
    read, last = LayersRead(), len(estimator.coefs_) - 1
    for number, (weights, biases) in enumerate(zip(estimator.coefs_, estimator.intercepts_)):
        activation = estimator.out_activation_ if number == last else estimator.activation
        read.add_sum(weights.T.tolist(), biases.tolist())
        read.add_activation(kinds_in("sklearn")[activation], activation)
    return read.network(loss())
