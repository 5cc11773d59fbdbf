"""Writes paretoShapes.json: the shapes of weights' tails, as Zhang and Stephens (2009) fit them, in NumPy.

Run: python generate-pareto-shapes.py  (needs numpy and scipy). Weights are 1 + quantiles of scipy.stats.genpareto; the fit is
the paper's section 4 with the prior of Vehtari et al. (2024), appendix C.
"""

import json
import pathlib

import numpy as np
import scipy
from scipy.stats import genpareto


def shape_of(weights):
    n = len(weights)
    count = int(np.ceil(min(0.2 * n, 3 * np.sqrt(n))))
    ordered = np.sort(weights)
    x = ordered[-count:] - ordered[-count - 1]
    m = 30 + int(np.sqrt(count))
    theta = 1 / x[-1] + (1 - np.sqrt(m / (np.arange(1, m + 1) - 0.5))) / (3 * x[int(count / 4 + 0.5) - 1])
    k = np.log1p(-np.outer(theta, x)).mean(axis=1)
    profile = count * (np.log(-theta / k) - k - 1)
    weight = 1 / np.exp(profile[None, :] - profile[:, None]).sum(axis=1)
    k = np.log1p(-(theta * weight).sum() * x).mean()
    return (count * k + 5) / (count + 10)


cases = []
for n, k in [(2000, 0.0), (2000, 0.3), (4000, 0.7), (4000, 1.1), (500, 0.5)]:
    p = (np.arange(n) + 0.5) / n
    cases.append({"n": n, "k": k, "shape": shape_of(1 + genpareto(k).ppf(p))})
path = pathlib.Path(__file__).with_name("paretoShapes.json")
path.write_text(json.dumps({"versions": {"numpy": np.__version__, "scipy": scipy.__version__}, "cases": cases}, indent=1) + "\n")
