"""Pyro's score function estimator with its decaying average baseline: one JSON request a line, one JSON answer a line.

`scored.py one` computes with one thread, `scored.py all` with those that PyTorch takes."""

import sys
import time

import pyro
import pyro.distributions as dist
import torch
from pyro.infer import SVI, TraceGraph_ELBO

from serve import serve

if sys.argv[1] == "one":
    torch.set_num_threads(1)

PRIOR, RATE = 0.3, 0.01
svi = None


def prepare(x, particles):
    global svi
    x = torch.tensor(x)
    pyro.clear_param_store()
    pyro.set_rng_seed(0)

    def model():
        with pyro.plate("number", len(x)):
            z = pyro.sample("z", dist.Bernoulli(PRIOR))
            pyro.sample("x", dist.Normal(z, 1.0), obs=x)

    def guide():
        logits = pyro.param("logits", torch.zeros(len(x)))
        with pyro.plate("number", len(x)):
            pyro.sample("z", dist.Bernoulli(logits=logits), infer={"baseline": {"use_decaying_avg_baseline": True}})

    elbo = TraceGraph_ELBO(num_particles=particles, vectorize_particles=particles > 1, max_plate_nesting=1)
    svi = SVI(model, guide, pyro.optim.Adam({"lr": RATE}), loss=elbo)
    return {}


def run(steps):
    """Seconds of so many steps, and the mean of the bounds of the second half."""
    begin = time.perf_counter()
    losses = [svi.step() for _ in range(steps)]
    seconds = time.perf_counter() - begin
    later = losses[steps // 2 :]
    return {"seconds": seconds, "bound": -sum(later) / len(later)}


def versions():
    return {"pyro": pyro.__version__, "torch": torch.__version__}


serve(prepare=prepare, run=run, versions=versions)
