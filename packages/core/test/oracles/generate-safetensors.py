"""Writes python.safetensors, a small file by Python's safetensors, for the tests to read and to write alike.

Run: python generate-safetensors.py  (needs safetensors and numpy; written by safetensors 0.8.0, numpy 2.4.6)
"""

import pathlib

import numpy as np
from safetensors.numpy import save_file

TENSORS = {
    "means": np.array([[2.03639, 54.47852], [4.28966, 79.96812]], np.float64),
    "weights": np.array([0.25, -0.0, np.inf], np.float32),
    "bits": np.array([0, 2**32 - 1], np.uint32),
    "labels": np.array([[-1, 2, 2**31 - 1]], np.int32),
    "pixels": np.array([0, 128, 255], np.uint8),
    "a": np.array(1.5, np.float32),
    "empty": np.zeros((2, 0), np.float64),
    'naïve "name"': np.array([7], np.uint8),
}

save_file(TENSORS, pathlib.Path(__file__).with_name("python.safetensors"), metadata={"model": "gaussian mixture"})
