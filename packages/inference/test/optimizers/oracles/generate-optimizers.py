"""Writes optimizers.json: parameters after each of 30 steps on the same gradients, and schedules, by optax in float64.

Run: python generate-optimizers.py  (needs jax and optax). Parameters are a vector of three and a scalar, flat in the file. The
first parameter has no gradient for five steps; gradients are of sizes from 0.01 to 100. `adagrad` adds epsilon outside of the
root, as its paper does and optax does not: it is written out here.
"""

import json
import pathlib
import re

import jax

jax.config.update("jax_enable_x64", True)

import jax.numpy as jnp
import numpy as np
import optax

STEPS = 30
random = np.random.default_rng(20261128)
start = np.array([1.5, -2.0, 0.25, 3.0])
gradients = np.round(random.normal(size=(STEPS, 4)) * 10 ** random.uniform(-2, 2, size=(STEPS, 4)), 5)
gradients[:5, 0] = 0
BAD = [3, 4, 17]


def in_float64(schedule):
    """Of int32 counts optax makes float32 rates."""
    return lambda count: schedule(jnp.asarray(count, jnp.float64))


def tree(flat):
    return {"w": jnp.array(flat[:3]), "rest": (jnp.array(flat[3]),)}


def flat(params):
    return np.concatenate([np.asarray(params["w"]), [float(params["rest"][0])]])


def trajectory(optimizer, given=gradients):
    params = tree(start)
    state = optimizer.init(params)
    rows = []
    for gradient in given:
        updates, state = optimizer.update(tree(gradient), state, params)
        params = optax.apply_updates(params, updates)
        rows.append(flat(params))
    return np.array(rows)


def adagrad(rate, epsilon, initial):
    x, squares, rows = start.copy(), np.full(4, float(initial)), []
    for g in gradients:
        squares = squares + g**2
        x = x - rate * g / (np.sqrt(squares) + epsilon)
        rows.append(x)
    return np.array(rows)


def running_mean(rows, decay):
    ema = optax.ema(decay, debias=True)
    state = ema.init(jnp.zeros(4))
    out = []
    for row in rows:
        mean, state = ema.update(jnp.array(row), state)
        out.append(np.asarray(mean))
    return np.array(out)


broken = gradients.copy()
broken[BAD, 1] = np.nan
falling = in_float64(optax.exponential_decay(0.05, 10, 0.5))
root = {"eps": 1e-8, "eps_in_sqrt": False}
descent = trajectory(optax.sgd(0.01))
trajectories = {
    "momentum": trajectory(optax.sgd(0.05, momentum=0.9)),
    "nesterov": trajectory(optax.sgd(falling, momentum=0.8, nesterov=True)),
    "adamW": trajectory(optax.adamw(falling, weight_decay=0.1)),
    "adamW of w": trajectory(optax.adamw(0.05, weight_decay=0.1, mask={"w": True, "rest": (False,)})),
    "adamax": trajectory(optax.adamax(0.05, b1=0.8, b2=0.99)),
    "rmsProp": trajectory(optax.rmsprop(0.01, decay=0.9, **root)),
    "rmsProp, momentum": trajectory(optax.rmsprop(falling, decay=0.95, momentum=0.9, **root)),
    "rmsProp, centered": trajectory(optax.rmsprop(0.01, decay=0.9, centered=True, **root)),
    "rmsProp, centered, momentum": trajectory(optax.rmsprop(0.01, decay=0.8, centered=True, momentum=0.5, **root)),
    "adagrad": adagrad(0.1, 1e-3, 0),
    "adagrad without epsilon": trajectory(optax.adagrad(falling, initial_accumulator_value=0.1, eps=0)),
    "clipByGlobalNorm": trajectory(optax.chain(optax.clip_by_global_norm(2.0), optax.adam(0.05))),
    "clipByValue": trajectory(optax.chain(optax.clip(0.5), optax.sgd(0.05, momentum=0.9))),
    "skipNonFinite": trajectory(optax.apply_if_finite(optax.adam(0.05), 1000), broken),
    "polyak": np.cumsum(descent, axis=0) / np.arange(1, STEPS + 1)[:, None],
    "polyak from 10": np.concatenate(
        [descent[:10], np.cumsum(descent[10:], axis=0) / np.arange(1, STEPS - 9)[:, None]]
    ),
    "ema": running_mean(descent, 0.9),
    "ema from 10": np.concatenate([descent[:10], running_mean(descent[10:], 0.9)]),
}

cycles = [
    dict(init_value=p, peak_value=p, warmup_steps=0, decay_steps=d, end_value=0.01)
    for p, d in [(0.2, 7), (0.1, 14), (0.05, 28), (0.025, 56)]
]
same = [dict(init_value=0.2, peak_value=0.2, warmup_steps=0, decay_steps=9) for _ in range(12)]
schedules = {
    "constant": optax.constant_schedule(0.3),
    "exponentialDecay": optax.exponential_decay(0.2, 7, 0.6),
    "exponentialDecay, staircase": optax.exponential_decay(0.2, 7, 0.6, staircase=True, end_value=0.03),
    "cosineDecay": optax.cosine_decay_schedule(0.2, 40, alpha=0.1),
    "cosineDecay, restarts": optax.sgdr_schedule(same),
    "cosineDecay, growing": optax.sgdr_schedule(cycles),
    "linear": optax.linear_schedule(0.2, 0.05, 33),
    "polynomial": optax.polynomial_schedule(0.2, 0.05, 2.5, 33),
    "piecewiseConstant": optax.piecewise_constant_schedule(0.2, {10: 0.5, 20: 0.1}),
    "warmUp": optax.join_schedules(
        [optax.linear_schedule(0.02, 0.2, 9), optax.cosine_decay_schedule(0.2, 40)], [9]
    ),
}
out = {
    "versions": {"jax": jax.__version__, "numpy": np.__version__, "optax": optax.__version__},
    "start": start.tolist(),
    "gradients": gradients.tolist(),
    "bad": BAD,
    "trajectories": {name: rows.tolist() for name, rows in trajectories.items()},
    "schedules": {name: [float(in_float64(f)(t)) for t in range(100)] for name, f in schedules.items()},
}
text = json.dumps(out, indent=1)
path = pathlib.Path(__file__).with_name("optimizers.json")
path.write_text(re.sub(r"\[\s+([^\[\]]*?)\s+\]", lambda m: "[" + re.sub(r"\s+", " ", m[1]) + "]", text) + "\n")
