"""Writes hessians.json: Hessians and third directional derivatives of functions of several arguments, by JAX in float64.

Run: python generate-hessians.py  (needs jax). The rows and columns of a Hessian are all arguments flattened, one behind the
other; `third` is the third derivative of t ↦ f(x + t·direction) at 0.
"""

import json
import pathlib

import jax
import jax.numpy as jnp
import numpy as np
from jax.scipy.special import gammaln, logsumexp

jax.config.update("jax_enable_x64", True)
random = np.random.default_rng(20260711)


def rosenbrock(x):
    return jnp.sum(100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2)


def logistic(weights, bias):
    x = jnp.sin(jnp.arange(24.0)).reshape(8, 3)
    y = jnp.arange(8) % 2
    return jnp.sum(jax.nn.softplus((1 - 2 * y) * (x @ weights + bias)))


def network(first, second):
    x = jnp.cos(jnp.arange(6.0)).reshape(3, 2)
    return jnp.sum(jnp.tanh(jnp.tanh(x @ first) @ second) ** 2)


def mixture(means, logits):
    x = jnp.linspace(-2, 2, 5)
    weights = logits - logsumexp(logits)
    return jnp.sum(logsumexp(weights - 0.5 * (x[:, None] - means) ** 2, axis=1))


def beta(a, b):
    return gammaln(a) + gammaln(b) - gammaln(a + b)


def process(length, noise):
    x = jnp.linspace(0, 1, 5)
    k = jnp.exp(-0.5 * ((x[:, None] - x) / jnp.exp(length)) ** 2) + jnp.exp(noise) * jnp.eye(5)
    factor = jnp.linalg.cholesky(k)
    z = jax.scipy.linalg.solve_triangular(factor, jnp.sin(5 * x), lower=True)
    return -0.5 * jnp.sum(z**2) - jnp.sum(jnp.log(jnp.diagonal(factor)))


def recurrence(a, x):
    state = jnp.zeros(())
    for i in range(4):
        state = jnp.tanh(a * state + x[i])
    return state**2


def pairs(x, y):
    return jnp.sum(x**3 / (1 + jnp.exp(y[:, None])) + jnp.sin(x) * y[:, None] ** 2)


CASES = {
    "rosenbrock": (rosenbrock, [[5]]),
    "logistic": (logistic, [[3], []]),
    "network": (network, [[2, 4], [4, 2]]),
    "mixture": (mixture, [[3], [3]]),
    "beta": (beta, [[], []]),
    "process": (process, [[], []]),
    "recurrence": (recurrence, [[], [4]]),
    "pairs": (pairs, [[3, 2], [3]]),
}


def case(name, f, shapes):
    draw = (lambda shape: random.uniform(0.5, 4, shape)) if name == "beta" else (lambda shape: random.normal(size=shape) * 0.7)
    args = [np.asarray(draw(shape)) for shape in shapes]
    direction = [np.asarray(random.normal(size=shape)) for shape in shapes]
    blocks = jax.hessian(f, argnums=tuple(range(len(args))))(*args)
    hessian = np.block([[np.asarray(blocks[i][j]).reshape(a.size, b.size) for j, b in enumerate(args)] for i, a in enumerate(args)])
    along = lambda t: f(*[x + t * v for x, v in zip(args, direction)])
    third = jax.grad(jax.grad(jax.grad(along)))(0.0)
    flat = lambda xs: [x.ravel().tolist() for x in xs]
    return {"name": name, "shapes": shapes, "args": flat(args), "direction": flat(direction), "hessian": hessian.tolist(), "third": float(third)}


rows = [case(name, f, shapes) for name, (f, shapes) in CASES.items()]
pathlib.Path(__file__).with_name("hessians.json").write_text(json.dumps({"jax": jax.__version__, "cases": rows}) + "\n")
