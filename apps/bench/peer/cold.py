"""A process of its own, `cold.py <steps>`: seconds of its first `svi.run` of eight schools, imports apart."""

import os
import sys
import time

os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false"
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})

import jax
import jax.numpy as jnp

from variational import eight_schools, inference

y = jnp.array([28.0, 8, -3, 7, -1, 1, 18, 12])
errors = jnp.array([15.0, 10, 16, 11, 9, 11, 10, 18])

begin = time.perf_counter()
svi = inference(eight_schools)
result = svi.run(
    jax.random.PRNGKey(0), int(sys.argv[1]), progress_bar=False, stable_update=False, y=y, errors=errors
)
jax.block_until_ready(result.losses)
print(time.perf_counter() - begin)
