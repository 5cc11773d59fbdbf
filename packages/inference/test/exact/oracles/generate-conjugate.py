"""Writes conjugate.json: log evidence and posterior moments of conjugate models, by the closed forms of the literature.

Run: python generate-conjugate.py  (needs numpy and scipy). Compound distributions are those of scipy.stats where it has them
(beta-binomial, Dirichlet-multinomial, negative binomial, Lomax, multivariate t; Murphy 2007, "Conjugate Bayesian analysis of
the Gaussian distribution"); discrete latents are summed over by all assignments.
"""

import itertools
import json
import pathlib

import numpy as np
import scipy
from scipy import stats
from scipy.special import betaln, gammaln, logsumexp

log2pi = np.log(2 * np.pi)
cases = {}


def moments(distribution):
    return {"mean": distribution.mean(), "variance": distribution.var()}


# Beta and counts.
x = [1, 0, 1, 1, 0, 1, 1]
post = stats.beta(2 + 5, 3 + 2)
cases["bernoulli"] = {"x": x, "logEvidence": betaln(7, 5) - betaln(2, 3), **moments(post)}
cases["binomial"] = {"n": 12, "x": 9, "logEvidence": stats.betabinom(12, 0.5, 1.5).logpmf(9), **moments(stats.beta(9.5, 4.5))}
x = [0, 3, 1, 7]
cases["geometric"] = {"x": x, "logEvidence": betaln(2 + 4, 3 + 11) - betaln(2, 3), **moments(stats.beta(6, 14))}
x = [4, 0, 6]
choose = sum(gammaln(k + 2.5) - gammaln(2.5) - gammaln(k + 1) for k in x)
# The probability of the negative binomial is that of a success; 2.5 failures stop it.
cases["negativeBinomial"] = {
    "x": x,
    "logEvidence": choose + betaln(2 + 10, 3 + 7.5) - betaln(2, 3),
    **moments(stats.beta(12, 10.5)),
}
cases["uniform"] = {"x": [1, 1, 0], "logEvidence": betaln(3, 2), **moments(stats.beta(3, 2))}


# Gamma and what it is the rate of.
def gamma_normalizer(a, b):
    return gammaln(a) - a * np.log(b)


x = [3, 0, 5, 2, 4]
evidence = gamma_normalizer(2.5 + 14, 1.5 + 5) - gamma_normalizer(2.5, 1.5) - sum(gammaln(k + 1) for k in x)
cases["poisson"] = {"x": x, "logEvidence": evidence, **moments(stats.gamma(16.5, scale=1 / 6.5))}
cases["poissonOnce"] = {"x": 4, "logEvidence": stats.nbinom(2.5, 1.5 / 2.5).logpmf(4), **moments(stats.gamma(6.5, scale=1 / 2.5))}
x = [0.3, 1.7, 0.02, 4.1]
cases["exponential"] = {
    "x": x,
    "logEvidence": gamma_normalizer(6, 2 + sum(x)) - gamma_normalizer(2, 2),
    **moments(stats.gamma(6, scale=1 / (2 + sum(x)))),
}
cases["lomax"] = {"x": 0.7, "logEvidence": stats.lomax(3, scale=2).logpdf(0.7), **moments(stats.gamma(4, scale=1 / 2.7))}
own = sum(2 * np.log(k) for k in x) - 4 * gammaln(3)
cases["gammaRate"] = {
    "x": x,
    "logEvidence": own + gamma_normalizer(2 + 12, 2 + sum(x)) - gamma_normalizer(2, 2),
    **moments(stats.gamma(14, scale=1 / (2 + sum(x)))),
}
# An exponential prior is a gamma of concentration 1; half of chi-squared of 3 a gamma of 1.5.
cases["exponentialPrior"] = {
    "x": [3, 1],
    "logEvidence": gamma_normalizer(5, 2.5) - gamma_normalizer(1, 0.5) - gammaln(4) - gammaln(2),
    **moments(stats.gamma(5, scale=1 / 2.5)),
}
# A factor of 1.5·log(rate) − 0.25·rate.
cases["factor"] = {
    "x": [3, 1],
    "logEvidence": gamma_normalizer(2 + 1.5 + 4, 1 + 0.25 + 2) - gamma_normalizer(2, 1) - gammaln(4) - gammaln(2),
    **moments(stats.gamma(7.5, scale=1 / 3.25)),
}
# Counts in thousands, and a rate that is known to be small: scales that are far apart.
x = [10432, 9877, 10013]
cases["large"] = {
    "x": x,
    "logEvidence": gamma_normalizer(0.01 + sum(x), 0.001 + 3) - gamma_normalizer(0.01, 0.001) - sum(gammaln(k + 1) for k in x),
    **moments(stats.gamma(0.01 + sum(x), scale=1 / 3.001)),
}


# Dirichlet.
def dirichlet_normalizer(a):
    return sum(gammaln(a)) - gammaln(sum(a))


def dirichlet_moments(a):
    return {"mean": stats.dirichlet(a).mean().tolist(), "variance": stats.dirichlet(a).var().tolist()}


prior = np.array([0.5, 1.0, 2.5])
x = [0, 2, 2, 1, 2, 2]
after = prior + [1, 1, 4]
cases["categorical"] = {
    "x": x,
    "logEvidence": dirichlet_normalizer(after) - dirichlet_normalizer(prior),
    **dirichlet_moments(after),
}
x = [3, 1, 6]
cases["multinomial"] = {
    "x": x,
    "logEvidence": stats.dirichlet_multinomial(prior, 10).logpmf(x),
    **dirichlet_moments(prior + x),
}

# Normal data of known mean and unknown variance, or precision.
x = np.array([1.2, -0.7, 2.9, 0.1])
ss = ((x - 0.5) ** 2).sum()
evidence = -2 * log2pi + gamma_normalizer(3 + 2, 2 + ss / 2) - gamma_normalizer(3, 2)
cases["variance"] = {"x": x.tolist(), "logEvidence": evidence, **moments(stats.invgamma(5, scale=2 + ss / 2))}
cases["precision"] = {"x": x.tolist(), "logEvidence": evidence, **moments(stats.gamma(5, scale=1 / (2 + ss / 2)))}


# Normal-inverse-gamma: v ~ IG(a, b), the vector x given v normal of mean m and covariance v·C; z given x and v normal of
# mean M and covariance v·S.
def evidence_of(x, m, C, a, b):
    return float(stats.multivariate_t(m, b / a * C, df=2 * a).logpdf(x))


def scale_after(x, m, C, a, b):
    d = x - m
    return a + len(x) / 2, b + 0.5 * d @ np.linalg.solve(C, d)


def common_variance(x, prior_mean, prior_cov, design, noise, a, b):
    """z ~ N(prior_mean, v·prior_cov), x ~ N(design·z, v·noise·I)."""
    m = design @ prior_mean
    C = design @ prior_cov @ design.T + noise * np.eye(len(x))
    an, bn = scale_after(x, m, C, a, b)
    gain = prior_cov @ design.T @ np.linalg.inv(C)
    M = prior_mean + gain @ (x - m)
    S = prior_cov - gain @ design @ prior_cov
    return {
        "x": x.tolist(),
        "logEvidence": evidence_of(x, m, C, a, b),
        "variances": moments(stats.invgamma(an, scale=bn)),
        "precisions": moments(stats.gamma(an, scale=1 / bn)),
        "mean": M.tolist(),
        "variance": (np.diag(S) * bn / (an - 1)).tolist(),
    }


random = np.random.default_rng(20261129)
for n in [1, 5, 40]:
    x = np.round(random.normal(3, 2, n), 2)
    cases[f"normalInverseGamma{n}"] = common_variance(
        x, np.array([1.0]), np.array([[2.0]]), np.ones((n, 1)), 1, 3, 4
    )
T = 6
x = np.round(random.normal(0, 1, T), 2)
steps = np.array([[0.9 ** (t - s) if s <= t else 0 for s in range(T)] for t in range(T)])
states = steps @ np.diag([1.0] + [0.09] * (T - 1)) @ steps.T
cases["chain"] = common_variance(x, np.zeros(T), states, np.eye(T), 0.25, 2.5, 1)
design = np.array([[1, -1.5], [1, -0.5], [1, 0.25], [1, 1], [1, 2]])
x = np.round(random.normal(1, 1, 5), 2)
cases["regression"] = common_variance(x, np.zeros(2), 4 * np.eye(2), design, 1, 2.5, 1.5)
cases["regression"]["design"] = design.tolist()


# Mixtures, by all assignments.
def mixture_of(weights, means, seconds):
    mean = sum(w * m for w, m in zip(weights, means))
    return {"mean": mean.tolist(), "variance": (sum(w * s for w, s in zip(weights, seconds)) - mean**2).tolist()}


def poissons(K, x):
    n = len(x)
    logs, rates, rates2, pis, pis2, assigned = [], [], [], [], [], []
    for c in itertools.product(range(K), repeat=n):
        counts = np.array([c.count(k) for k in range(K)])
        sums = np.array([sum(x[i] for i in range(n) if c[i] == k) for k in range(K)])
        a, b, alpha = 2 + sums, 0.5 + counts, 1.5 + counts
        log = sum(gamma_normalizer(a[k], b[k]) - gamma_normalizer(2, 0.5) for k in range(K))
        log += dirichlet_normalizer(alpha) - dirichlet_normalizer(np.full(K, 1.5))
        logs.append(log - sum(gammaln(i + 1) for i in x))
        assigned.append(c)
        rates.append(a / b)
        rates2.append(a / b**2 + (a / b) ** 2)
        pi = stats.dirichlet(alpha)
        pis.append(pi.mean())
        pis2.append(pi.var() + pi.mean() ** 2)
    logs = np.array(logs)
    w = np.exp(logs - logsumexp(logs))
    c = np.array(assigned)
    return {
        "K": K,
        "x": x,
        "logEvidence": float(logsumexp(logs)),
        "rate": mixture_of(w, rates, rates2),
        "weights": mixture_of(w, pis, pis2),
        "together": float(w[c[:, 0] == c[:, -1]].sum()),
    }


cases["poissons"] = [poissons(2, [1, 4, 0, 9]), poissons(3, [2, 7, 0, 11]), poissons(2, [5, 1, 0, 2, 8, 6])]


def normals(x):
    K, n = 2, len(x)
    logs, mus, mus2, vs, vs2 = [], [], [], [], []
    for c in itertools.product(range(K), repeat=n):
        log, mu, mu2, v, v2 = -n * np.log(K), [], [], [], []
        for k in range(K):
            own = np.array([x[i] for i in range(n) if c[i] == k])
            m, C = np.zeros(len(own)), 5 + np.zeros((len(own), len(own))) + np.eye(len(own))
            a, b = 4.0, 2.0
            if len(own) > 0:
                log += evidence_of(own, m, C, a, b)
                a, b = scale_after(own, m, C, a, b)
            precision = 1 / 5 + len(own)
            mu.append(own.sum() / precision)
            mu2.append(b / (a - 1) / precision + mu[-1] ** 2)
            v.append(b / (a - 1))
            v2.append(b**2 / ((a - 1) * (a - 2)))
        logs.append(log)
        for all_, one in [(mus, mu), (mus2, mu2), (vs, v), (vs2, v2)]:
            all_.append(np.array(one))
    logs = np.array(logs)
    w = np.exp(logs - logsumexp(logs))
    return {
        "x": x,
        "logEvidence": float(logsumexp(logs)),
        "mu": mixture_of(w, mus, mus2),
        "v": mixture_of(w, vs, vs2),
    }


cases["normals"] = normals([-2.1, -1.7, 2.4, 3.0, 0.2])


def chain_of_states(x):
    """A hidden Markov chain of 2 states, whose rows of probabilities are Dirichlet and whose first state is uniform."""
    K, T = 2, len(x)
    prior = np.array([[3.0, 1.0], [1.0, 2.0]])
    logs, rows, rows2, states = [], [], [], []
    for z in itertools.product(range(K), repeat=T):
        log = -np.log(K) + sum(stats.norm(3 * z[t], 1).logpdf(x[t]) for t in range(T))
        after = prior.copy()
        for s, t in zip(z, z[1:]):
            after[s, t] += 1
        log += sum(dirichlet_normalizer(after[k]) - dirichlet_normalizer(prior[k]) for k in range(K))
        each = [stats.dirichlet(row) for row in after]
        logs.append(log)
        states.append(z)
        rows.append(np.array([row.mean() for row in each]))
        rows2.append(np.array([row.var() + row.mean() ** 2 for row in each]))
    logs = np.array(logs)
    w = np.exp(logs - logsumexp(logs))
    z = np.array(states)
    return {
        "x": x,
        "logEvidence": float(logsumexp(logs)),
        "rows": mixture_of(w, rows, rows2),
        "second": [float(w[z[:, t] == 1].sum()) for t in range(T)],
    }


cases["states"] = chain_of_states([0.3, 2.6, 3.4, 1.4, 0.1])

path = pathlib.Path(__file__).with_name("conjugate.json")
made_with = {"numpy": np.__version__, "scipy": scipy.__version__}
text = json.dumps({"madeWith": made_with, "cases": cases}, indent=1, default=lambda x: x.item())
path.write_text(text + "\n")
