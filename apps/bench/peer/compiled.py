"""NumPyro's and JAX's side of the benchmark of compiled programs: one JSON request a line, one JSON answer a line.

`compiled.py one` keeps to one core and one thread, which small programs are fastest with; `compiled.py all` leaves JAX
its threads. JAX_ENABLE_X64 in the environment makes it compute in float64."""

import os
import sys

if sys.argv[1] == "one":
    os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false"
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})

import platform
import time

import jax
import jax.numpy as jnp
import numpy as np
import numpyro

from gradients import GRADIENTS, Gradient
from serve import serve
from variational import MODELS, Variational

task = None


class Normals:
    """NumPy's generator: so many arrays of float32 draws."""

    def __init__(self, count):
        self.count = int(count[0])
        self.generator = np.random.default_rng(0)

    def run(self, repeats):
        for _ in range(repeats):
            self.generator.standard_normal(self.count, dtype=np.float32)

    def values(self):
        draws = self.generator.standard_normal(self.count, dtype=np.float32).astype(np.float64)
        return [float(draws.mean()), float(draws.std())]


def versions():
    return {
        "python": platform.python_version(),
        "numpyro": numpyro.__version__,
        "jax": jax.__version__,
        "numpy": np.__version__,
    }


def prepare(name, inputs, particles=1):
    """The task that the next requests are about; lists in the precision of the process."""
    global task
    given = {key: jnp.asarray(np.array(x["data"]).reshape(x["shape"]), dtype=float) for key, x in inputs.items()}
    if name == "normals":
        task = Normals(given["count"])
    elif name in MODELS:
        task = Variational(MODELS[name], given, particles)
    else:
        task = Gradient(GRADIENTS[name], given)
    return {}


def values():
    return {"values": task.values()}


def run(repeats):
    """Seconds of so many steps or calls; what has to be compiled for them is compiled before."""
    if hasattr(task, "warm"):
        task.warm(repeats)
    begin = time.perf_counter()
    task.run(repeats)
    return {"seconds": time.perf_counter() - begin}


serve(versions=versions, prepare=prepare, values=values, run=run)
