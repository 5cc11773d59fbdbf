"""scikit-learn's mixture of Gaussians, from parameters that are given: no k-means of its own runs."""

import time
import warnings

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.mixture import GaussianMixture
from threadpoolctl import threadpool_limits

FORMS = {"full": "full", "tied": "tied", "diagonal": "diag", "spherical": "spherical"}


def precisions(covariance, precision, components, dimension):
    """One precision for every component and axis, in the shape of a covariance form."""
    return precision * {
        "full": np.tile(np.eye(dimension), (components, 1, 1)),
        "tied": np.eye(dimension),
        "diagonal": np.ones((components, dimension)),
        "spherical": np.ones(components),
    }[covariance]


def fit(x, covariance, start, iterations, tolerance=0.0, regularization=0.0, threads=None):
    """A fitted mixture and the seconds that the fit took. With tolerance 0 it does all the iterations."""
    means = np.array(start["means"])
    model = GaussianMixture(
        n_components=len(means),
        covariance_type=FORMS[covariance],
        tol=tolerance,
        reg_covar=regularization,
        max_iter=iterations,
        n_init=1,
        weights_init=np.array(start["weights"]),
        means_init=means,
        precisions_init=precisions(covariance, start["precision"], *means.shape),
    )
    with threadpool_limits(limits=threads), warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        begin = time.perf_counter()
        model.fit(x)
        seconds = time.perf_counter() - begin
    return model, seconds


def log_likelihood(model, x):
    """log p(x) in nats under the parameters that the last M-step left (`lower_bound_` belongs to those before)."""
    return float(model.score_samples(x).sum())
