"""PyTorch's and JAX's side of the benchmark of an autoencoder: one JSON request a line, one JSON answer a line.

`vae.py torch one` keeps to one thread, `vae.py torch all` to as many as there are cores, likewise `vae.py jax …`;
`vae.py compiled …` is PyTorch by torch.compile, `vae.py convolutional …` its convolutional autoencoder."""

import os
import sys

library, threads = sys.argv[1:3]
if library == "jax" and threads == "one":
    os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false"
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})

import platform
import time

import numpy as np

from serve import memory, serve

if library == "jax":
    import jax
    from vae_jax import Vae

    version = {"jax": jax.__version__}
else:
    import torch

    if library == "convolutional":
        from vae_convolutional import Vae
    else:
        from vae_torch import Vae

    torch.set_num_threads(1 if threads == "one" else os.cpu_count())
    version = {"torch": torch.__version__}

task = None


def read(path, shape):
    """Raw float32 numbers, row-major."""
    return np.fromfile(path, dtype=np.float32).reshape(shape)


def versions():
    return {"python": platform.python_version(), **version}


def prepare(images, start, batch):
    global task
    options = {"compiled": True} if library == "compiled" else {}
    task = Vae(read(**images), {name: read(**x) for name, x in start.items()}, batch, **options)
    return {}


def values(pixels, noise):
    return {"losses": task.values(read(**pixels), read(**noise))}


def run(steps):
    """Seconds of so many steps; what has to be compiled for them is compiled before."""
    task.warm(steps)
    begin = time.perf_counter()
    losses = task.run(steps)
    return {"seconds": time.perf_counter() - begin, "losses": losses}


serve(versions=versions, prepare=prepare, values=values, run=run, memory=memory)
