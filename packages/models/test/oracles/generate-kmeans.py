"""Oracles for k-means, from scikit-learn 1.9.1 and numpy 2.4.6: python generate-kmeans.py > kmeans.json

Old Faithful and iris are read from the sources of the package of data sets beside this one.
"""

import json
import re
import sys
import warnings
from pathlib import Path

import numpy
import sklearn
from sklearn.cluster import KMeans

warnings.filterwarnings("ignore")
rng = numpy.random.default_rng(11)
DATA = Path(__file__).resolve().parents[3] / "data" / "src"


def packaged(name, columns):
    values = re.search(r"VALUES: readonly number\[\] = \[(.*?)\]", (DATA / f"{name}.ts").read_text(), re.S).group(1)
    return numpy.array([float(value) for value in values.split(",") if value.strip()]).reshape(-1, columns)


def clumps(n, d, k):
    return numpy.round(3 * rng.normal(size=(k, d))[rng.integers(0, k, n)] + rng.normal(size=(n, d)), 6)


def one_run(x, init, weights):
    """Lloyd's iteration from given centres until nothing changes: no seeding, no randomness."""
    model = KMeans(len(init), init=init, n_init=1, algorithm="lloyd", tol=0, max_iter=1000).fit(x, sample_weight=weights)
    order = numpy.lexsort(model.cluster_centers_.T[::-1])
    return {
        "init": init.tolist(),
        "centers": model.cluster_centers_[order].tolist(),
        "labels": numpy.argsort(order)[model.labels_].tolist(),
        "inertia": float(model.inertia_),
        "iterations": int(model.n_iter_),
        "score": float(model.score(x)),
        "distances": model.transform(x[:5])[:, order].tolist(),
    }


def best_of_many(x, k, weights):
    return float(KMeans(k, n_init=200, tol=0, max_iter=1000, random_state=0).fit(x, sample_weight=weights).inertia_)


def case(name, x, k, weights=None):
    starts = [x[:k], x[rng.choice(len(x), k, replace=False)]]
    return {
        "name": name, "clusters": k, "x": x.tolist(), "weights": None if weights is None else weights.tolist(),
        "runs": [one_run(x, start, weights) for start in starts],
        "bestInertia": best_of_many(x, k, weights),
    }


iris, faithful = packaged("iris", 4), packaged("oldFaithful", 2)
line, space, ten = clumps(150, 1, 3), clumps(180, 3, 4), clumps(200, 10, 5)
# Starts at the first rows of a data set in which none of them are equal, so that no cluster is ever empty.
cases = [
    case("iris", iris, 3),
    case("Old Faithful, two clusters", faithful, 2),
    case("Old Faithful, five clusters", faithful, 5),
    case("clumps on a line", line, 3),
    case("clumps in space", space, 4),
    case("clumps in ten dimensions", ten, 5),
    case("clumps in forty dimensions", clumps(120, 40, 4), 4),
    case("weighted Old Faithful", faithful, 3, numpy.round(rng.uniform(0.1, 4, len(faithful)), 3)),
    case("weighted clumps in space, some of weight 0", space, 4, rng.integers(0, 4, len(space)).astype(float)),
]
json.dump({"versions": {"numpy": numpy.__version__, "scikit-learn": sklearn.__version__}, "cases": cases}, sys.stdout)
