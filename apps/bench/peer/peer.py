"""scikit-learn's side of the benchmarks: one JSON request a line on stdin, one JSON answer a line on stdout."""

import platform
import time

import numpy as np
import scipy
import sklearn
from threadpoolctl import threadpool_info

from mixture import fit, log_likelihood
from serve import serve
from start import kmeans_start

data = {}


def versions():
    np.ones((2, 2)) @ np.ones((2, 2))
    blas = sorted({f"{pool['internal_api']} {pool['version']}" for pool in threadpool_info() if pool["user_api"] == "blas"})
    return {
        "python": platform.python_version(),
        "scikit-learn": sklearn.__version__,
        "numpy": np.__version__,
        "scipy": scipy.__version__,
        "blas": ", ".join(blas),
    }


def load(name, path, shape):
    """Raw float64 numbers, row-major."""
    data[name] = np.fromfile(path, dtype=np.float64).reshape(shape)
    return {}


def start(name, components):
    return kmeans_start(data[name], components)


def mixture(name, evaluate=False, **options):
    x = data[name]
    model, seconds = fit(x, **options)
    answer = {"seconds": seconds, "iterations": model.n_iter_}
    if evaluate:
        answer["logLikelihood"] = log_likelihood(model, x)
        answer["labels"] = model.predict(x).tolist()
    return answer


def draw(distribution, parameters, count, seed):
    """The seconds that NumPy's generator takes for an array of draws."""
    generator = np.random.default_rng(seed)
    begin = time.perf_counter()
    draws = getattr(generator, distribution)(*parameters, size=count)
    return {"seconds": time.perf_counter() - begin, "mean": float(draws.mean())}


serve(versions=versions, load=load, start=start, mixture=mixture, draw=draw)
