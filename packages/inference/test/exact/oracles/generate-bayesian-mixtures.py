"""Writes bayesianMixtures.json: log evidence and posterior marginals of Bayesian mixtures of normals, by all assignments.

Run: python generate-bayesian-mixtures.py  (needs numpy and scipy). mu[k] ~ N(0, 3²), c[i] uniform on K, x[i] ~ N(mu[c[i]], 1):
given an assignment x is multivariate normal, of covariance I + 9 where two points have the same component. One evidence of
each is also had by quadrature over mu, where K = 2.
"""

import itertools
import json
import pathlib

import numpy as np
import scipy
from scipy import stats
from scipy.special import logsumexp

random = np.random.default_rng(20261128)


def by_assignments(K, x):
    n = len(x)
    logs, assignments, means = [], [], []
    for c in itertools.product(range(K), repeat=n):
        same = np.equal.outer(c, c)
        covariance = np.eye(n) + 9 * same
        logs.append(stats.multivariate_normal(np.zeros(n), covariance).logpdf(x) - n * np.log(K))
        assignments.append(c)
        counts = np.array([c.count(k) for k in range(K)])
        sums = np.array([sum(x[i] for i in range(n) if c[i] == k) for k in range(K)])
        variance = 1 / (1 / 9 + counts)
        means.append((variance * sums, variance))
    logs = np.array(logs)
    evidence = logsumexp(logs)
    weights = np.exp(logs - evidence)
    c = np.array(assignments)
    probabilities = [[weights[c[:, i] == k].sum() for k in range(K)] for i in range(n)]
    together = [[weights[c[:, i] == c[:, j]].sum() for j in range(n)] for i in range(n)]
    mean = sum(w * m for w, (m, _) in zip(weights, means))
    second = sum(w * (v + m**2) for w, (m, v) in zip(weights, means))
    return evidence, probabilities, together, mean, second - mean**2


def by_quadrature(x):
    # The trapezoidal rule, which converges exponentially for what falls off on both sides.
    mu = np.linspace(-18, 18, 1441)
    prior = stats.norm(0, 3).pdf(mu)
    own = stats.norm(0, 1).pdf(np.subtract.outer(x, mu))
    density = np.multiply.outer(prior, prior)
    for row in own:
        density *= 0.5 * np.add.outer(row, row)
    return np.log(density.sum() * (mu[1] - mu[0]) ** 2)


cases = []
for K, n in [(2, 4), (2, 8), (3, 6), (2, 12)]:
    x = [-3.1, -2.6, 2.2, 3.4] if n == 4 else np.round(random.normal(0, 3, n), 2).tolist()
    evidence, probabilities, together, mean, variance = by_assignments(K, x)
    case = {
        "K": K,
        "x": x,
        "logEvidence": evidence,
        "probabilities": probabilities,
        "together": together,
        "mean": mean.tolist(),
        "variance": variance.tolist(),
    }
    if n == 4:
        case["byQuadrature"] = by_quadrature(x)
    cases.append(case)
path = pathlib.Path(__file__).with_name("bayesianMixtures.json")
made_with = {"numpy": np.__version__, "scipy": scipy.__version__}
path.write_text(json.dumps({"madeWith": made_with, "cases": cases}, indent=1) + "\n")
