"""Oracles for linear probes, from scikit-learn 1.9.1, numpy 2.4.6 and jax 0.10.2: python generate-linear-probe.py > linearProbe.json

Splits are of each class, by the permutations of jax; weights by LogisticRegression with Newton steps:
its default, L-BFGS, stops where five digits are right.
"""

import json
import sys

import jax
import numpy
import sklearn
from jax.random import fold_in, key, permutation
from sklearn.linear_model import LogisticRegression

jax.config.update("jax_threefry_partitionable", True)
rng = numpy.random.default_rng(5)


def split(y, seed, share):
    test = []
    for k in range(y.max() + 1):
        rows = numpy.flatnonzero(y == k)
        count = min(len(rows) - 1, max(1, int(numpy.floor(share * len(rows) + 0.5))))
        test += rows[numpy.asarray(permutation(fold_in(key(seed), k), len(rows)))[:count]].tolist()
    return numpy.setdiff1d(numpy.arange(len(y)), test), numpy.sort(test)


def case(name, n, d, k, apart, seed, share, l2):
    y = rng.integers(0, k, n)
    x = numpy.round(apart * rng.normal(size=(k, d))[y] + rng.normal(size=(n, d)), 4)
    train, test = split(y, seed, share)
    model = LogisticRegression(C=1 / l2, solver="newton-cholesky", tol=1e-12).fit(x[train], y[train])
    return {
        "name": name, "x": x.tolist(), "y": y.tolist(), "seed": seed, "testShare": share, "l2": l2,
        "test": test.tolist(),
        "coefficients": model.coef_.tolist(), "intercepts": model.intercept_.tolist(),
        "trainAccuracy": float(model.score(x[train], y[train])), "testAccuracy": float(model.score(x[test], y[test])),
        "probabilities": model.predict_proba(x[test[:4]]).tolist(),
    }


cases = [
    case("five classes in the plane", 80, 2, 5, 2, 3, 0.25, 1.0),
    case("ten classes in eight dimensions, a weak penalty", 120, 8, 10, 1, 0, 0.3, 0.1),
    case("two classes", 60, 3, 2, 1, 7, 0.2, 1.0),
    case("two classes that can be told apart, a strong penalty", 30, 2, 2, 4, 1, 0.5, 20.0),
]
versions = {"numpy": numpy.__version__, "scikit-learn": sklearn.__version__, "jax": jax.__version__}
json.dump({"versions": versions, "cases": cases}, sys.stdout)
