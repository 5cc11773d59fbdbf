"""Writes vae.json: what Python's safetensors reads from vae.safetensors, and what NumPy makes of its networks.

Run: python generate.py  (needs safetensors and numpy; written by safetensors 0.8.0, numpy 2.4.6)
"""

import json
import pathlib

import numpy as np
from safetensors import safe_open

HERE = pathlib.Path(__file__).parent

with safe_open(HERE / "vae.safetensors", framework="numpy") as file:
    tensors = {name: file.get_tensor(name) for name in file.keys()}
    metadata = file.metadata()


def dense(x, name):
    return x @ tensors[f"{name}.weights"].T + tensors[f"{name}.bias"]


z = np.array([[0, 0], [1, -1], [-0.5, 2]], np.float64)
x = np.array([[1, 0, 1, 1, 0, 0], [0, 0.25, 0.5, 0.75, 1, 0]], np.float64)
features = np.maximum(dense(x, "z.network.0"), 0)
report = {
    "metadata": sorted(metadata),
    "kind": metadata["kind"],
    "structure": json.loads(metadata["structure"]),
    "tensors": {name: {"dtype": str(own.dtype), "shape": list(own.shape)} for name, own in tensors.items()},
    "weights": tensors["decoder.0.weights"].astype(np.float64).tolist(),
    "z": z.tolist(),
    "decoded": (1 / (1 + np.exp(-dense(np.tanh(dense(z, "decoder.0")), "decoder.1")))).tolist(),
    "x": x.tolist(),
    "mean": dense(features, "z.loc").tolist(),
    "variance": np.exp(2 * dense(features, "z.scale")).tolist(),
}
(HERE / "vae.json").write_text(json.dumps(report, indent=1) + "\n")
