"""Oracles for Gaussian mixtures, from scikit-learn and scipy: python generate-mixtures.py > mixtures.json"""

import json
import sys
import warnings

import numpy
import scipy
import sklearn
from scipy.special import logsumexp
from scipy.stats import multivariate_normal
from sklearn.mixture import GaussianMixture

warnings.filterwarnings("ignore")
rng = numpy.random.default_rng(7)
FORMS = {"full": "full", "tied": "tied", "diagonal": "diag", "spherical": "spherical"}


def problem(n, d, k):
    centers = 3 * rng.normal(size=(k, d))
    scales = [numpy.tril(rng.normal(size=(d, d)) * 0.3) + numpy.eye(d) * rng.uniform(0.5, 1.5) for _ in range(k)]
    z = rng.integers(0, k, n)
    x = numpy.stack([centers[j] + scales[j] @ rng.normal(size=d) for j in z])
    return numpy.round(x, 6)


def initial_precisions(form, k, d):
    return {
        "full": numpy.stack([numpy.eye(d)] * k),
        "tied": numpy.eye(d),
        "diagonal": numpy.ones((k, d)),
        "spherical": numpy.ones(k),
    }[form]


def em(x, form, k, iterations):
    weights = numpy.arange(1, k + 1) / (k * (k + 1) / 2)
    means = x[:k]
    model = GaussianMixture(
        k, covariance_type=FORMS[form], tol=0, reg_covar=0, max_iter=iterations,
        weights_init=weights, means_init=means, precisions_init=initial_precisions(form, k, x.shape[1]),
    ).fit(x)
    return model, weights, means


def log_density(model, form, x):
    d = x.shape[1]
    def covariance(j):
        c = model.covariances_
        return {"full": lambda: c[j], "tied": lambda: c, "diagonal": lambda: numpy.diag(c[j]), "spherical": lambda: c[j] * numpy.eye(d)}[form]()
    terms = [numpy.log(w) + multivariate_normal(m, covariance(j)).logpdf(x).reshape(-1) for j, (w, m) in enumerate(zip(model.weights_, model.means_))]
    return logsumexp(terms, axis=0)


def case(n, d, k, form, iterations):
    x = problem(n, d, k)
    model, weights, means = em(x, form, k, iterations)
    return {
        "form": form, "iterations": iterations, "x": x.tolist(),
        "init": {"weights": weights.tolist(), "means": means.tolist(), "precisions": initial_precisions(form, k, d).tolist()},
        "weights": model.weights_.tolist(), "means": model.means_.tolist(), "covariances": model.covariances_.tolist(),
        "logLikelihood": float(log_density(model, form, x).sum()),
        "logProb": log_density(model, form, x[:10]).tolist(),
        "responsibilities": model.predict_proba(x[:10]).tolist(),
        "labels": model.predict(x[:10]).tolist(),
        "bic": float(model.bic(x)), "aic": float(model.aic(x)),
    }


SIZES = [(60, 1, 2), (80, 2, 3), (90, 3, 2), (100, 4, 3), (120, 5, 2), (140, 9, 2)]
json.dump(
    {
        "versions": {"numpy": numpy.__version__, "scipy": scipy.__version__, "scikit-learn": sklearn.__version__},
        "cases": [case(n, d, k, form, iterations) for form in FORMS for n, d, k in SIZES for iterations in ([1, 7] if d < 4 else [4])],
    },
    sys.stdout,
)
