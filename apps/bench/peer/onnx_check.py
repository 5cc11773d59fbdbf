"""Models that toOnnx made, checked and run: one JSON request a line on stdin, one JSON answer a line on stdout."""

import platform

import numpy as np
import onnx
import onnxruntime

from serve import serve

TYPES = {"float32": np.float32, "float64": np.float64, "int32": np.int32, "bool": np.bool_}


def versions():
    return {"python": platform.python_version(), "onnx": onnx.__version__, "onnxruntime": onnxruntime.__version__}


def array(item):
    return np.array(item["data"], dtype=TYPES[item["type"]]).reshape(item["shape"])


def run(path, inputs):
    """What a model gives, after the checker has accepted it; and what it tells of itself."""
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()]
    results = session.run(names, {name: array(item) for name, item in inputs.items()})
    return {
        "producer": model.producer_name,
        "metadata": {entry.key: entry.value for entry in model.metadata_props},
        "outputs": {
            name: {"type": str(x.dtype), "shape": list(x.shape), "data": x.ravel().tolist()}
            for name, x in zip(names, results)
        },
    }


serve(versions=versions, run=run)
