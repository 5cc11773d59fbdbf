"""Writes coordinateAscent.json: what coordinate ascent gives, from scikit-learn and from updates written out in numpy.

Run: python generate-coordinate-ascent.py  (needs numpy, scipy and scikit-learn).

`faithful`: BayesianGaussianMixture of scikit-learn (weight_concentration_prior_type='dirichlet_distribution', reg_covar=0) on Old
Faithful, from responsibilities of 0.9 and 0.1 by whether the waiting time is above 68: after some iterations, and converged.
`topics`: latent Dirichlet allocation by coordinate ascent (Blei, Ng and Jordan 2003, section 5, with a Dirichlet prior of the
topics; Hoffman, Blei and Bach 2010), from responsibilities that are listed: topics and proportions are updated, then in each
iteration responsibilities, proportions and topics. The bound is summed up term by term.
"""

import json
import pathlib
import re
import warnings

import numpy as np
import scipy
import sklearn
from scipy.special import gammaln, psi
from sklearn.mixture import BayesianGaussianMixture

warnings.filterwarnings("ignore")
here = pathlib.Path(__file__).parent
source = (here / "../../../../data/src/oldFaithful.ts").read_text()
listed = re.search(r"VALUES: readonly number\[\] = \[(.*?)\]", source, re.S).group(1)
x = np.array([float(v) for v in listed.replace("\n", " ").split(",") if v.strip()]).reshape(-1, 2)


class Started(BayesianGaussianMixture):
    def _initialize_parameters(self, X, random_state, *args, **kwargs):
        late = X[:, 1] > 68
        self._initialize(X, np.where(late[:, None], [0.9, 0.1], [0.1, 0.9]))


def faithful(iterations):
    mixture = Started(
        n_components=2,
        covariance_type="full",
        tol=1e-12 if iterations is None else 0,
        max_iter=iterations or 10000,
        reg_covar=0,
        weight_concentration_prior_type="dirichlet_distribution",
        weight_concentration_prior=1.5,
        mean_precision_prior=0.5,
        mean_prior=[3.5, 70],
        degrees_of_freedom_prior=3,
        covariance_prior=[[1, 3], [3, 150]],
    ).fit(x)
    return {
        "iterations": iterations,
        "concentration": mixture.weight_concentration_.tolist(),
        "means": mixture.means_.tolist(),
        "meanPrecision": mixture.mean_precision_.tolist(),
        "df": mixture.degrees_of_freedom_.tolist(),
        "precisions": mixture.precisions_.tolist(),
        "covariances": mixture.covariances_.tolist(),
    }


def topics(iterations, alpha=0.3, eta=0.6, K=2, V=5, D=4, L=7):
    random = np.random.default_rng(20261128)
    words = random.integers(0, V, (D, L))
    words[:2] = words[:2] % 3
    start = random.dirichlet(np.ones(K), (D, L))
    phi = start.copy()

    def counts():
        lam = np.full((K, V), eta)
        for k in range(K):
            np.add.at(lam[k], words.ravel(), phi[..., k].ravel())
        return alpha + phi.sum(1), lam

    def logs(a):
        return psi(a) - psi(a.sum(-1, keepdims=True))

    def dirichlet_part(prior, a):
        n = a.shape[-1]
        prior_part = gammaln(n * prior) - n * gammaln(prior) + (prior - 1) * logs(a).sum(-1)
        entropy = gammaln(a).sum(-1) - gammaln(a.sum(-1)) - ((a - 1) * logs(a)).sum(-1)
        return (prior_part + entropy).sum()

    history = []
    gamma, lam = counts()
    for _ in range(iterations):
        log_phi = logs(gamma)[:, None, :] + logs(lam).T[words]
        log_phi -= log_phi.max(-1, keepdims=True)
        phi = np.exp(log_phi)
        phi /= phi.sum(-1, keepdims=True)
        gamma, lam = counts()
        of_words = (phi * (logs(gamma)[:, None, :] + logs(lam).T[words])).sum() - (phi * np.log(phi)).sum()
        history.append(of_words + dirichlet_part(alpha, gamma) + dirichlet_part(eta, lam))
    return {
        "alpha": alpha,
        "eta": eta,
        "words": words.tolist(),
        "start": start.tolist(),
        "iterations": iterations,
        "history": history,
        "gamma": gamma.tolist(),
        "lambda": lam.tolist(),
        "phi": phi.tolist(),
    }


result = {
    "versions": {"numpy": np.__version__, "scipy": scipy.__version__, "scikit-learn": sklearn.__version__},
    "x": x.tolist(),
    "faithful": [faithful(1), faithful(2), faithful(7), faithful(None)],
    "topics": topics(20),
}
(here / "coordinateAscent.json").write_text(json.dumps(result) + "\n")
