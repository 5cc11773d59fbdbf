"""Oracles of expectation maximisation for declared models.

pip install numpy==2.4.6 scipy==1.17.1 scikit-learn==1.9.1 hmmlearn==0.3.3
python generate-em.py > em.json

Factor analysis: sklearn.decomposition.FactorAnalysis. Probabilistic PCA: Tipping and Bishop 1999, equations 3.7, 3.8 and 3.12. Hidden
Markov chain: hmmlearn.CategoricalHMM from a start of its own. Mixtures of regressions: EM by hand, with numpy's lstsq. Mixtures
of gamma distributions: the likelihood maximised by scipy.optimize.
"""

import json

import numpy as np
from hmmlearn.hmm import CategoricalHMM
from scipy import optimize, special, stats
from sklearn.datasets import load_iris, load_wine
from sklearn.decomposition import FactorAnalysis

rng = np.random.default_rng(20261128)
iris = load_iris().data
# Seven of its columns, each with mean 0 and variance 1.
wine = load_wine().data[:, [0, 3, 4, 5, 8, 10, 12]]
wine = np.round((wine - wine.mean(0)) / wine.std(0), 6)


def factor_analysis(q):
    fa = FactorAnalysis(n_components=q, tol=1e-12, max_iter=20000, svd_method="lapack").fit(wine)
    return {"logLikelihood": float(fa.score(wine) * len(wine)), "noise": fa.noise_variance_.tolist()}


def ppca(q):
    n, d = iris.shape
    eigen = np.linalg.eigvalsh(np.cov(iris.T, bias=True))[::-1]
    sigma2 = eigen[q:].mean()
    log_det = np.log(eigen[:q]).sum() + (d - q) * np.log(sigma2)
    return {"sigma": float(np.sqrt(sigma2)), "logLikelihood": float(-n / 2 * (d * np.log(2 * np.pi) + log_det + d))}


def hidden_markov():
    x = rng.choice(3, size=120, p=[0.5, 0.3, 0.2])
    x[40:80] = rng.choice(3, size=40, p=[0.05, 0.15, 0.8])
    start = {
        "initial": [0.6, 0.4],
        "transition": [[0.7, 0.3], [0.2, 0.8]],
        "emission": [[0.5, 0.3, 0.2], [0.2, 0.3, 0.5]],
    }
    history = []
    for n_iter in range(1, 9):
        hmm = CategoricalHMM(2, n_iter=n_iter, tol=-np.inf, init_params="", implementation="log")
        hmm.startprob_, hmm.transmat_ = np.array(start["initial"]), np.array(start["transition"])
        hmm.emissionprob_ = np.array(start["emission"])
        hmm.n_features = 3
        hmm.fit(x[:, None])
        history.append(float(hmm.score(x[:, None])))
    return {
        "x": x.tolist(),
        "start": start,
        "history": history,
        "transition": hmm.transmat_.tolist(),
        "emission": hmm.emissionprob_.tolist(),
    }


def regressions():
    n = 80
    u = rng.uniform(-2, 2, n)
    of = rng.random(n) < 0.4
    y = np.where(of, 1 + 2 * u, -1 - 0.5 * u) + 0.4 * rng.standard_normal(n)
    u, y = np.round(u, 6), np.round(y, 6)
    weights, coefficients, scale = np.array([0.5, 0.5]), np.array([[0.5, 1.0], [-0.5, 0.0]]), 1.0
    start = {"weights": weights.tolist(), "coefficients": coefficients.tolist(), "scale": scale}
    design = np.stack([np.ones(n), u], 1)
    history = []
    for _ in range(12):
        logs = np.log(weights) + stats.norm.logpdf(y[:, None], design @ coefficients.T, scale)
        total = special.logsumexp(logs, axis=1)
        r = np.exp(logs - total[:, None])
        history.append(float(total.sum()))
        weights = r.mean(0)
        coefficients = np.stack(
            [np.linalg.lstsq(design * np.sqrt(w)[:, None], y * np.sqrt(w), rcond=None)[0] for w in r.T]
        )
        scale = np.sqrt((r * (y[:, None] - design @ coefficients.T) ** 2).sum() / n)
    return {
        "u": u.tolist(),
        "y": y.tolist(),
        "start": start,
        "history": history,
        "coefficients": coefficients.tolist(),
        "scale": float(scale),
        "weights": weights.tolist(),
    }


def gammas():
    x = np.round(np.concatenate([rng.gamma(9, 1 / 3, 60), rng.gamma(30, 1 / 3, 40)]), 6)

    def free(point):
        return special.expit(point[0]), np.exp(point[1:3]), np.exp(point[3:5])

    def loss(point):
        weight, concentration, rate = free(point)
        logs = np.log([weight, 1 - weight]) + stats.gamma.logpdf(x[:, None], concentration, scale=1 / rate)
        return -special.logsumexp(logs, axis=1).sum()

    best = optimize.minimize(loss, [0, 2, 3, 1, 1], method="BFGS", options={"gtol": 1e-9})
    weight, concentration, rate = free(best.x)
    return {
        "x": x.tolist(),
        "logLikelihood": float(-best.fun),
        "weight": float(weight),
        "concentration": concentration.tolist(),
        "rate": rate.tolist(),
    }


print(
    json.dumps(
        {
            "iris": iris.tolist(),
            "wine": wine.tolist(),
            "factorAnalysis": {str(q): factor_analysis(q) for q in (1, 2)},
            "ppca": {str(q): ppca(q) for q in (1, 2)},
            "hiddenMarkov": hidden_markov(),
            "regressions": regressions(),
            "gammas": gammas(),
        },
        indent=1,
    )
)
