"""Writes diagnostics.json: Pareto-smoothed weights, leave-one-out densities, WAIC and comparisons, as ArviZ has them.

Run: python generate-diagnostics.py  (needs arviz 0.23, numpy and scipy). The weights are of draws from normal densities that are
too narrow, right and too wide; the log likelihoods are of draws of three models of the same data.
"""

import json
import pathlib
import warnings

import arviz as az
import numpy as np
import scipy
from scipy.special import logsumexp
from scipy.stats import norm, t

warnings.simplefilter("ignore")
random = np.random.default_rng(20240)


def rounded(x):
    return np.round(x, 6)


weights = []
for n, scale in [(60, 0.8), (300, 0.5), (400, 1.3)]:
    z = scale * random.standard_normal(n)
    log_weights = rounded(norm.logpdf(z) - norm.logpdf(z, scale=scale) + 3)
    smoothed, k = az.psislw(log_weights)
    weights.append({
        "n": n, "scale": scale, "logWeights": log_weights.tolist(), "smoothed": smoothed.tolist(), "kHat": float(k),
        "effectiveSampleSize": float(1 / np.exp(2 * smoothed).sum()),
    })

# Data with an outlier, and draws of the location's posterior: normal, of wrong scale, and of heavy tails.
x = np.append(random.standard_normal(11), 4.2)
draws, points = 120, len(x)
logs = {}
for name, density, spread in [
    ("normal", lambda mu: norm.logpdf(x, mu, 1), 1 / np.sqrt(points)),
    ("wide", lambda mu: norm.logpdf(x, mu, 2), 2 / np.sqrt(points)),
    ("student", lambda mu: t.logpdf(x, 3, mu, 1), 1.2 / np.sqrt(points)),
]:
    logs[name] = rounded(np.stack([density(mu) for mu in x.mean() + spread * random.standard_normal(draws)]))
log_weights = rounded(0.5 * random.standard_normal(draws))

models, data = [], {}
for name, log in logs.items():
    data[name] = az.from_dict(posterior={"mu": np.zeros((1, draws))}, log_likelihood={"x": log[None]})
    loo = az.loo(data[name], pointwise=True, reff=1.0)
    waic = az.waic(data[name], pointwise=True)
    smoothed, k = az.psislw((log_weights[:, None] - log).T)
    corrected = logsumexp(smoothed + log.T, axis=1)
    models.append({
        "name": name,
        "logLikelihood": log.tolist(),
        "loo": {
            "elpd": float(loo["elpd_loo"]), "standardError": float(loo["se"]), "effectiveParameters": float(loo["p_loo"]),
            "pointwise": loo["loo_i"].values.tolist(), "kHat": loo["pareto_k"].values.tolist(),
        },
        "waic": {
            "elpd": float(waic["elpd_waic"]), "standardError": float(waic["se"]), "effectiveParameters": float(waic["p_waic"]),
            "pointwise": waic["waic_i"].values.tolist(),
        },
        "weighted": {"pointwise": corrected.tolist(), "kHat": k.tolist()},
    })

comparisons = []
for method in ["stacking", "pseudo-BMA"]:
    table = az.compare(data, ic="loo", method=method, scale="log")
    comparisons.append({
        "method": method,
        "rows": [
            {"name": name, "elpd": row["elpd_loo"], "difference": -row["elpd_diff"], "standardError": row["se"],
             "differenceError": row["dse"], "weight": row["weight"]}
            for name, row in table.iterrows()
        ],
    })

path = pathlib.Path(__file__).with_name("diagnostics.json")
versions = {"arviz": az.__version__, "numpy": np.__version__, "scipy": scipy.__version__}
path.write_text(
    json.dumps(
        {"versions": versions, "weights": weights, "logWeights": log_weights.tolist(), "models": models, "comparisons": comparisons}
    )
    + "\n"
)
