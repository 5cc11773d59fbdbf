"""Writes regressions.json: posteriors of regressions by NUTS (NumPyro) and quadrature, and scikit-learn's penalised fits.

    python generate-regressions.py

NUTS runs in float64, four chains of 10,000 draws; the file records versions, r-hat and effective sample sizes.
"""

import json
from importlib.metadata import version
from pathlib import Path

import numpyro

numpyro.set_host_device_count(1)
numpyro.enable_x64()

import jax  # noqa: E402
import jax.numpy as jnp  # noqa: E402
import numpy as np  # noqa: E402
import numpyro.distributions as dist  # noqa: E402
from numpyro.diagnostics import effective_sample_size, gelman_rubin  # noqa: E402
from numpyro.infer import MCMC, NUTS  # noqa: E402
from scipy.special import expit, logsumexp  # noqa: E402
from sklearn.datasets import load_breast_cancer  # noqa: E402
from sklearn.linear_model import LogisticRegression  # noqa: E402


def nuts(model, *data, draws=10_000):
    """Draws of the weights, [draws, d + 1], the intercept last, and how far they can be trusted."""
    chains = MCMC(NUTS(model), num_warmup=2000, num_samples=draws, num_chains=4, chain_method="vectorized", progress_bar=False)
    chains.run(jax.random.PRNGKey(0), *data)
    weights = np.asarray(chains.get_samples(group_by_chain=True)["w"])
    record = {
        "chains": 4,
        "draws": draws,
        "largestRHat": float(gelman_rubin(weights).max()),
        "smallestEss": float(effective_sample_size(weights).min()),
    }
    assert record["largestRHat"] < 1.01
    return weights.reshape(-1, weights.shape[-1]), record


def posterior(weights):
    return {"mean": weights.mean(0).tolist(), "sd": weights.std(0).tolist()}


def with_ones(x):
    return np.column_stack([x, np.ones(len(x))])


def breast_cancer():
    data = load_breast_cancer()
    x = with_ones((data.data - data.data.mean(0)) / data.data.std(0))
    y = data.target

    def model(x, y):
        w = numpyro.sample("w", dist.Normal(0, 1).expand([31]).to_event(1))
        numpyro.sample("y", dist.Bernoulli(logits=x @ w), obs=y)

    weights, record = nuts(model, jnp.asarray(x), jnp.asarray(y))
    probabilities = expit(x @ weights[::4].T)
    penalised = LogisticRegression(C=1, fit_intercept=False, tol=1e-12, max_iter=10_000).fit(x, y)
    return {
        **record,
        **posterior(weights),
        "probabilities": probabilities.mean(1).tolist(),
        "penalised": penalised.coef_[0].tolist(),
        "penalisedProbabilities": penalised.predict_proba(x)[:, 1].tolist(),
    }


def linear():
    """y = x·w + noise: weights and intercept ~ N(0, 2²), noise ~ HalfCauchy(1), by quadrature over the noise."""
    rng = np.random.default_rng(1)
    x = np.round(rng.normal(size=(40, 3)), 3)
    y = np.round(x @ [1.5, -0.7, 0.0] + 0.4 + 0.8 * rng.normal(size=40), 3)
    X = with_ones(x)
    new = with_ones(np.array([[0.5, -1.0, 2.0], [-2.0, 0.3, 0.1]]))

    def given(noise):
        precision = X.T @ X / noise**2 + np.eye(4) / 4
        covariance = np.linalg.inv(precision)
        mean = covariance @ X.T @ y / noise**2
        marginal = 4 * X @ X.T + noise**2 * np.eye(40)
        log_evidence = -0.5 * (y @ np.linalg.solve(marginal, y) + np.linalg.slogdet(marginal)[1] + 40 * np.log(2 * np.pi))
        return mean, covariance, log_evidence

    grid = np.exp(np.linspace(np.log(0.3), np.log(3), 4001))
    all_given = [given(noise) for noise in grid]
    log_weights = np.array([e for _, _, e in all_given]) + np.log(2 / np.pi) - np.log1p(grid**2) + np.log(grid)
    step = np.log(grid[1] / grid[0])
    log_evidence = logsumexp(log_weights) + np.log(step)
    weights = np.exp(log_weights - logsumexp(log_weights))
    means = np.array([m for m, _, _ in all_given])
    mean = weights @ means
    second = sum(p * (c + np.outer(m, m)) for p, (m, c, _) in zip(weights, all_given))
    covariance = second - np.outer(mean, mean)
    known_mean, known_covariance, known_evidence = given(0.8)
    noise_mean = weights @ grid
    noise_variance = weights @ grid**2 - noise_mean**2
    return {
        "x": x.tolist(),
        "y": y.tolist(),
        "new": new[:, :3].tolist(),
        "known": {
            "mean": known_mean.tolist(),
            "sd": np.sqrt(np.diag(known_covariance)).tolist(),
            "logEvidence": float(known_evidence),
            "predicted": (new @ known_mean).tolist(),
            "predictedSd": np.sqrt(np.diag(new @ known_covariance @ new.T)).tolist(),
            "observationSd": np.sqrt(np.diag(new @ known_covariance @ new.T) + 0.64).tolist(),
        },
        "unknown": {
            "mean": mean.tolist(),
            "sd": np.sqrt(np.diag(covariance)).tolist(),
            "logEvidence": float(log_evidence),
            "noise": {"mean": float(noise_mean), "sd": float(np.sqrt(noise_variance))},
            "predicted": (new @ mean).tolist(),
            "predictedSd": np.sqrt(np.diag(new @ covariance @ new.T)).tolist(),
            "observationSd": np.sqrt(np.diag(new @ covariance @ new.T) + weights @ grid**2).tolist(),
        },
    }


def counts():
    """y ~ Poisson(exposure · exp(x·w)), weights and intercept ~ N(0, 1)."""
    rng = np.random.default_rng(2)
    x = np.round(rng.normal(size=(50, 2)), 3)
    exposure = np.round(rng.uniform(0.5, 4, size=50), 2)
    y = rng.poisson(exposure * np.exp(x @ [0.6, -0.3] + 0.5))

    def model(x, exposure, y):
        w = numpyro.sample("w", dist.Normal(0, 1).expand([3]).to_event(1))
        numpyro.sample("y", dist.Poisson(exposure * jnp.exp(x @ w)), obs=y)

    weights, record = nuts(model, jnp.asarray(with_ones(x)), jnp.asarray(exposure), jnp.asarray(y))
    rates = np.exp(with_ones(x) @ weights.T)
    return {
        "x": x.tolist(),
        "y": y.tolist(),
        "exposure": exposure.tolist(),
        **record,
        **posterior(weights),
        "rates": rates.mean(1).tolist(),
        "lower": np.quantile(rates, 0.05, axis=1).tolist(),
        "upper": np.quantile(rates, 0.95, axis=1).tolist(),
    }


oracle = {
    "source": "generate-regressions.py",
    "versions": {name: version(name) for name in ["numpyro", "jax", "numpy", "scipy", "scikit-learn"]},
    "linear": linear(),
    "counts": counts(),
    "breastCancer": breast_cancer(),
}
Path(__file__).with_name("regressions.json").write_text(json.dumps(oracle) + "\n")
