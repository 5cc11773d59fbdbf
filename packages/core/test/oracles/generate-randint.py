"""Writes randint.json: what jax.random.randint draws, for the tests to compare with.

Run: python generate-randint.py  (needs jax and numpy).
"""

import json
import pathlib

import jax
import jax.numpy as jnp

jax.config.update("jax_enable_x64", True)
INTERVALS = [[0, 1], [0, 2], [-3, 4], [0, 10], [5, 65541], [0, 65536], [0, 65537], [-1000000, 2000000], [0, 2**31 - 1],
             [-2**31, 2**31 - 1], [-2**31, 0], [2**31 - 2, 2**31 - 1]]
SEEDS = [0, 1, 42, 2**31, 2**53 - 1]


def draws(seed, low, high):
    return jax.random.randint(jax.random.key(seed), (20,), low, high, dtype=jnp.int32).tolist()


cases = [{"seed": seed, "low": low, "high": high, "draws": draws(seed, low, high)}
         for seed in SEEDS for low, high in INTERVALS]
lows, highs = jnp.array([0, -5, 100], jnp.int32), jnp.array([[10], [2**30]], jnp.int32)
rows = jax.random.randint(jax.random.key(3), (4, 2, 3), lows - 200, highs, dtype=jnp.int32).tolist()
result = {"made": f"jax {jax.__version__}", "cases": cases, "rows": rows}
path = pathlib.Path(__file__).parent / "randint.json"
path.write_text(json.dumps(result).replace('{"seed"', '\n{"seed"') + "\n")
