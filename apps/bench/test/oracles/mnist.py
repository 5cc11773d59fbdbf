"""Writes mnist.json: what scikit-learn makes of the digits. Run with the Python of the benchmarks:

    apps/bench/.venv/bin/python apps/bench/test/oracles/mnist.py
"""

import gzip
import json
import sys
from pathlib import Path

import numpy as np
import sklearn

HERE = Path(__file__).parent
ROOT = HERE.parents[3]
sys.path.insert(0, str(ROOT / "apps/bench/peer"))

from mixture import fit, log_likelihood  # noqa: E402
from start import kmeans_start  # noqa: E402

COUNT, SIDE, COMPONENTS = 10_000, 28, 10
IMAGES_AT = 16
LABELS_AT = IMAGES_AT + COUNT * SIDE * SIDE + 8


def digits():
    """The two data sets of the benchmark, as float32 numbers in float64, and the labels."""
    raw = gzip.decompress((ROOT / "packages/data/assets/mnist.idx.gz").read_bytes())
    pixels = np.frombuffer(raw, np.uint8, COUNT * SIDE * SIDE, IMAGES_AT)
    images = (pixels / 255).astype(np.float32).astype(np.float64)
    pooled = images.reshape(COUNT, SIDE // 2, 2, SIDE // 2, 2).mean((2, 4)).astype(np.float32).astype(np.float64)
    labels = np.frombuffer(raw, np.uint8, COUNT, LABELS_AT)
    return images.reshape(COUNT, -1), pooled.reshape(COUNT, -1), labels


def purity(clusters, labels):
    return sum(int(np.bincount(labels[clusters == k]).max()) for k in np.unique(clusters)) / len(labels)


def task(name, x, labels, covariance, addition=1e-2):
    start = kmeans_start(x, COMPONENTS)
    model, _ = fit(x, covariance, start, iterations=300, tolerance=1e-3, regularization=addition)
    return {
        "name": name,
        "start": start,
        "iterations": model.n_iter_,
        "logLikelihood": log_likelihood(model, x),
        "purity": purity(model.predict(x), labels),
    }


images, pooled, labels = digits()
oracle = {
    "versions": {"scikit-learn": sklearn.__version__, "numpy": np.__version__},
    "tasks": [
        task("diagonal, 28 × 28", images, labels, "diagonal"),
        task("full, 14 × 14", pooled, labels, "full"),
    ],
}
(HERE / "mnist.json").write_text(json.dumps(oracle, ensure_ascii=False) + "\n")
for item in oracle["tasks"]:
    print(item["name"], item["logLikelihood"], item["purity"], item["iterations"])
