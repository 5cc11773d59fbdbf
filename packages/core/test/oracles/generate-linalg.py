"""Oracles for linalg and special, from numpy, scipy and mpmath: python generate-linalg.py > linalg.json"""

import json
import sys

import mpmath
import numpy
import scipy
from scipy.linalg import cholesky, eigh, solve_triangular
from scipy.special import logsumexp

rng = numpy.random.default_rng(20)
mpmath.mp.dps = 50


def positive_definite(n, condition):
    q, _ = numpy.linalg.qr(rng.normal(size=(n, n)))
    a = q @ numpy.diag(numpy.geomspace(1, condition, n)) @ q.T
    return (a + a.T) / 2


def matrix_case(n, condition):
    a = positive_definite(n, condition)
    l = cholesky(a, lower=True)
    b = rng.normal(size=(n, 3))
    return {
        "a": a.tolist(),
        "b": b.tolist(),
        "condition": condition,
        "cholesky": l.tolist(),
        "solved": solve_triangular(l, b, lower=True).tolist(),
        "solvedTransposed": solve_triangular(l, b, lower=True, trans="T").tolist(),
        "logDeterminant": float(mpmath.log(mpmath.det(mpmath.matrix(a.tolist())))),
        "eigenvalues": eigh(a, eigvals_only=True).tolist(),
    }


def log_sum_exp_case(x):
    return {"x": x, "value": float(logsumexp(x))}


x = numpy.concatenate([rng.uniform(-708, 0, 200), rng.uniform(-1, 1, 100), rng.uniform(0, 709, 100), [0.0, 1e-300, -1e-17]])
json.dump(
    {
        "versions": {"numpy": numpy.__version__, "scipy": scipy.__version__, "mpmath": mpmath.__version__},
        "matrices": [matrix_case(n, c) for n, c in [(1, 1), (2, 10), (3, 1e6), (8, 100), (8, 1e10), (25, 1e3)]],
        "exp": [[float(v), float(mpmath.exp(mpmath.mpf(float(v))))] for v in x],
        "logSumExp": [log_sum_exp_case(v) for v in [[0.0], [1000.0, 1000.0], [-1e5, -1e5 + 1], rng.normal(size=20).tolist()]],
    },
    sys.stdout,
)
