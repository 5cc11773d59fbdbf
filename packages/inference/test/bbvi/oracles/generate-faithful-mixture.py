"""Writes faithfulMixture.json: a Bayesian mixture of two normals on the waiting times of Old Faithful, by scikit-learn.

Run: python generate-faithful-mixture.py  (needs numpy and scikit-learn). The waiting times are less 70, over 15. Weights are Dirichlet(1, 1); means and precisions have weak priors, so that the posterior means hang on the data. The
evidence bound of variational Bayes is that of scikit-learn up to constants, and is not compared.
"""

import json
import pathlib
import re

import numpy as np
import sklearn
from sklearn.mixture import BayesianGaussianMixture

here = pathlib.Path(__file__).parent
source = (here / "../../../../data/src/oldFaithful.ts").resolve().read_text()
numbers = re.search(r"VALUES: readonly number\[\] = \[(.*?)\]", source, re.S).group(1)
values = np.array([float(x) for x in numbers.replace("\n", " ").split(",") if x.strip()]).reshape(-1, 2)
x = ((values[:, 1] - 70) / 15).reshape(-1, 1)
fit = BayesianGaussianMixture(
    n_components=2,
    weight_concentration_prior_type="dirichlet_distribution",
    weight_concentration_prior=1.0,
    mean_precision_prior=0.01,
    mean_prior=[0.0],
    degrees_of_freedom_prior=1.0,
    covariance_prior=[[0.1]],
    max_iter=5000,
    tol=1e-9,
    n_init=5,
    random_state=0,
).fit(x)
order = np.argsort(fit.means_[:, 0])
(here / "faithfulMixture.json").write_text(
    json.dumps(
        {
            "versions": {"numpy": np.__version__, "scikit-learn": sklearn.__version__},
            "x": [round(float(own), 12) for own in x[:, 0]],
            "weights": fit.weights_[order].tolist(),
            "means": fit.means_[order, 0].tolist(),
            "scales": np.sqrt(fit.covariances_[order, 0, 0]).tolist(),
            "ones": int((fit.predict(x) == order[1]).sum()),
        },
        indent=1,
    )
    + "\n"
)
