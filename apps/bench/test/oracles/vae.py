"""Writes vae.json: the losses of a small autoencoder with images and noise that are given, by PyTorch and by JAX. Run with the
Python of the benchmarks:

    apps/bench/.venv/bin/python apps/bench/test/oracles/vae.py
"""

import json
import subprocess
import sys
from pathlib import Path

import jax
import numpy as np
import torch

HERE = Path(__file__).parent
BENCH = HERE.parents[1]
sys.path.insert(0, str(BENCH / "peer"))

import vae_jax  # noqa: E402
import vae_torch  # noqa: E402

INPUTS = """
import { givenFor } from './src/vae/given.ts'
import { imagesFor } from './src/vae/imagesFor.ts'
import { startOf } from './src/vae/parameters.ts'
import { SMALL } from './src/vae/sizes.ts'
const nested = (record) => Object.fromEntries(Object.entries(record).map(([name, x]) => [name, x.toNested()]))
const images = await imagesFor(SMALL)
const given = givenFor(SMALL, images, 10)
console.log(JSON.stringify({
  images: images.toNested(),
  start: nested(startOf(SMALL, 0).parameters),
  given: nested(given),
  batch: SMALL.batch,
}))
"""

command = ["node", "--conditions=@variate/source", "--import", "tsx", "--input-type=module", "--eval", INPUTS]
made = json.loads(subprocess.run(command, cwd=BENCH, check=True, capture_output=True).stdout.splitlines()[-1])


def array(x):
    return np.array(x, dtype=np.float32)


images, batch = array(made["images"]), made["batch"]
start = {name: array(x) for name, x in made["start"].items()}
given = [array(made["given"][name]) for name in ("pixels", "noise")]
losses = {
    "torch": vae_torch.Vae(images, start, batch).values(*given),
    "jax": vae_jax.Vae(images, start, batch).values(*given),
}
versions = {"torch": torch.__version__, "jax": jax.__version__, "numpy": np.__version__}
(HERE / "vae.json").write_text(json.dumps({"versions": versions, **losses}, indent=2) + "\n")
