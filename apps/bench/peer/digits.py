"""PyTorch's side of the benchmark of digits: one JSON request a line, one JSON answer a line.

`digits.py 2` computes with two threads."""

import math
import platform
import sys
import time

begin = time.perf_counter()

import numpy as np
import torch

from digits_models import OneLayer, TwoLayers
from serve import memory, serve

threads = int(sys.argv[1])
torch.set_num_threads(threads)

BATCH, RATE = 128, 1e-3
# About as many numbers of logits are computed at once.
AT_ONCE = 2**22

data = {}
model = None


def versions():
    return {"python": platform.python_version(), "torch": torch.__version__}


def load(train, test):
    """Files of raw float32 numbers, a digit a row: brightnesses, and pixels of 0 and 1."""
    for name, path in {"train": train, "test": test}.items():
        data[name] = torch.from_numpy(np.fromfile(path, dtype=np.float32).reshape(-1, 784))
    return {"seconds": time.perf_counter() - begin}


def batches(images, steps):
    """Random orders that follow each other: every digit once an epoch, all batches of one size."""
    order = torch.randperm(len(images))
    for _ in range(steps):
        while len(order) < BATCH:
            order = torch.cat([order, torch.randperm(len(images))])
        brightness = images[order[:BATCH]]
        order = order[BATCH:]
        yield (torch.rand_like(brightness) < brightness).float()


def fit(epochs, seed, latents=20, particles=1, widths=None):
    """Adam from PyTorch's own start. A line is printed for each epoch, as a person would have it."""
    global model
    begin, processor = time.perf_counter(), time.process_time()
    torch.manual_seed(seed)
    model = OneLayer(latents) if widths is None else TwoLayers(widths)
    optimizer = torch.optim.Adam(model.parameters(), lr=RATE, fused=True)
    images = data["train"]
    steps = math.ceil(epochs * len(images) / BATCH)
    ends = {math.ceil((epoch + 1) * len(images) / BATCH) for epoch in range(epochs)}
    total, count, history = torch.zeros(()), 0, []
    for step, x in enumerate(batches(images, steps), 1):
        if particles == 1:
            reconstruction, kl = model.bound(x)
            value = (reconstruction - kl).mean()
        else:
            value = (torch.logsumexp(model.log_weights(x, particles), 0) - math.log(particles)).mean()
        optimizer.zero_grad(set_to_none=True)
        (-value).backward()
        optimizer.step()
        total, count = total + value.detach(), count + 1
        if step in ends:
            history.append(total.item() / count)
            total, count = torch.zeros(()), 0
            print(f"epoch {len(history)}/{epochs}: {history[-1]:.2f} nats", file=sys.stderr)
    return {
        "seconds": time.perf_counter() - begin,
        "processor": time.process_time() - processor,
        "history": history,
        "parameters": sum(p.numel() for p in model.parameters()),
    }


@torch.no_grad()
def likelihood(particles, seed):
    """log p(x) of each digit of the test set, by importance sampling from q: a part of the particles at a time."""
    begin = time.perf_counter()
    torch.manual_seed(seed)
    part = max(1, min(particles, AT_ONCE // 784 // 10))
    pointwise = []
    for x in data["test"].split(10):
        logs = [model.log_weights(x, min(part, particles - done)) for done in range(0, particles, part)]
        pointwise += (torch.logsumexp(torch.cat(logs), 0) - math.log(particles)).tolist()
    return {"seconds": time.perf_counter() - begin, "pointwise": pointwise}


serve(versions=versions, load=load, fit=fit, likelihood=likelihood, memory=memory)
