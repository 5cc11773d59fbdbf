"""Laplace approximation of a logistic regression with a scale of its weights.

pip install numpyro==0.22.0 jax==0.10.2 numpy==2.4.6 scipy==1.17.1
python generate-laplace.py > laplace.json

The guide is numpyro's AutoLaplaceApproximation; its location is found by NumPyro's own loss, to a gradient of 1e-10, and its covariance is
that of guide.get_posterior. The latents in the order of their names are bias, scale (through exp) and weights. The mode of
a logistic regression with fixed scales is found by
scipy.optimize, and so is that of eight schools, with jax's derivatives.
"""

import json
import sys

import jax
import jax.numpy as jnp
import numpy as np
import numpyro
import numpyro.distributions as dist
from numpyro.infer import SVI, Trace_ELBO
from numpyro.infer.autoguide import AutoLaplaceApproximation
from scipy import optimize, stats

jax.config.update("jax_enable_x64", True)
numpyro.enable_x64()

rng = np.random.default_rng(20261128)
x = np.round(rng.normal(size=(30, 2)), 3)
y = (rng.random(30) < 1 / (1 + np.exp(-(0.5 + x @ [1.5, -1.0])))).astype(int)


def model():
    bias = numpyro.sample("bias", dist.Normal(0, 2))
    scale = numpyro.sample("scale", dist.HalfNormal(1))
    weights = numpyro.sample("weights", dist.Normal(0, scale).expand([2]).to_event(1))
    numpyro.sample("y", dist.Bernoulli(logits=bias + x @ weights), obs=y)


guide = AutoLaplaceApproximation(model)
svi = SVI(model, guide, numpyro.optim.Adam(0.1), Trace_ELBO())
state = svi.init(jax.random.PRNGKey(0))


@jax.jit
def loss(loc):
    return Trace_ELBO().loss(jax.random.PRNGKey(0), {"auto_loc": loc}, model, guide)


loc = np.asarray(svi.get_params(state)["auto_loc"])
loc = optimize.minimize(loss, loc, jac=jax.grad(loss), method="BFGS", options={"gtol": 1e-8}).x
for _ in range(5):
    loc = loc - np.linalg.solve(jax.hessian(loss)(loc), jax.grad(loss)(loc))
assert np.abs(jax.grad(loss)(loc)).max() < 1e-10
posterior = guide.get_posterior({"auto_loc": jnp.asarray(loc)})
covariance = np.asarray(posterior.covariance_matrix)
mode = -float(loss(loc))


def penalized(z):
    """−log joint of a logistic regression with weights and bias that are normal with the standard deviation 1."""
    logits = z[0] + x @ z[1:]
    return -(stats.norm.logpdf(z).sum() + stats.bernoulli.logpmf(y, 1 / (1 + np.exp(-logits))).sum())


def slope(z):
    p = 1 / (1 + np.exp(-(z[0] + x @ z[1:])))
    return z + np.append((p - y).sum(), x.T @ (p - y))


found = optimize.minimize(penalized, np.zeros(3), jac=slope, method="BFGS", options={"gtol": 1e-10})
assert np.abs(slope(found.x)).max() < 1e-8

Y = np.array([28, 8, -3, 7, -1, 1, 18, 12.0])
SIGMA = np.array([15, 10, 16, 11, 9, 11, 10, 18.0])


def schools(z):
    """−log joint of eight schools in mu, log tau and the deviations."""
    mu, tau, deviations = z[0], jnp.exp(z[1]), z[2:]
    return -(
        jax.scipy.stats.norm.logpdf(mu, 0, 5)
        + jnp.log(2 / (jnp.pi * 5 * (1 + (tau / 5) ** 2)))
        + z[1]
        + jax.scipy.stats.norm.logpdf(deviations).sum()
        + jax.scipy.stats.norm.logpdf(Y, mu + tau * deviations, SIGMA).sum()
    )


far = optimize.minimize(schools, np.zeros(10), jac=jax.grad(schools), method="BFGS")
for _ in range(5):
    far.x = far.x - np.linalg.solve(jax.hessian(schools)(far.x), jax.grad(schools)(far.x))
assert np.abs(jax.grad(schools)(far.x)).max() < 1e-10

json.dump(
    {
        "x": x.tolist(),
        "y": y.tolist(),
        "loc": loc.tolist(),
        "covariance": covariance.tolist(),
        "logEvidence": mode + 2 * np.log(2 * np.pi) + 0.5 * np.linalg.slogdet(covariance)[1],
        "penalized": {"mode": found.x.tolist(), "logJoint": -found.fun},
        "schools": {"mode": far.x.tolist(), "covariance": np.linalg.inv(jax.hessian(schools)(far.x)).tolist()},
    },
    sys.stdout,
    indent=1,
)
