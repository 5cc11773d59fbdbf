"""Writes minima.json: minima of smooth functions by scipy.optimize.

Run: python generate-minima.py  (needs numpy and scipy). `logistic` is the negative log-likelihood of a logistic regression
with a ridge, whose minimum has no formula; `rosenbrock` is scipy.optimize.rosen in ten dimensions, from a start in the basin of ones.
"""

import json
import pathlib

import numpy as np
import scipy
from scipy import optimize

random = np.random.default_rng(20261128)
n, d = 40, 4
X = np.round(random.normal(size=(n, d)) * np.array([1, 10, 0.1, 3]), 4)
y = (X @ np.array([1, -0.3, 5, 0.2]) + random.logistic(size=n) > 0).astype(float)


def logistic(w):
    margins = X @ w
    return np.sum(np.logaddexp(0, margins) - y * margins) + 0.05 * w @ w


def logistic_gradient(w):
    return X.T @ (1 / (1 + np.exp(-X @ w)) - y) + 0.1 * w


fit = optimize.minimize(logistic, np.zeros(d), jac=logistic_gradient, method="BFGS", options={"gtol": 1e-10})
start = np.array([1.3, 0.7, 0.8, 1.9, 1.2, 0.5, 1.1, 0.9, 1.4, 0.6])
rosen = optimize.minimize(optimize.rosen, start, jac=optimize.rosen_der, method="BFGS", options={"gtol": 1e-10})
out = {
    "versions": {"numpy": np.__version__, "scipy": scipy.__version__},
    "logistic": {"X": X.tolist(), "y": y.tolist(), "x": fit.x.tolist(), "value": fit.fun},
    "rosenbrock": {"start": start.tolist(), "x": rosen.x.tolist(), "value": rosen.fun},
}
path = pathlib.Path(__file__).with_name("minima.json")
path.write_text(json.dumps(out, indent=1) + "\n")
