"""The same divergences in float64 by quadrature, summation and cubature of SciPy's densities."""

import itertools

import numpy as np
from scipy import special, stats

from common import exact, mpf
from kl_closed import GAUSSIANS, both, gaussian_parts, log_odds
from matrix import scale_of


class Laplace:
    """SciPy's log density underflows in the tails."""

    def __init__(self, loc, scale):
        self.loc, self.scale = loc, scale

    def median(self):
        return self.loc

    def ppf(self, p):
        return stats.laplace(self.loc, self.scale).ppf(p)

    def logpdf(self, x):
        return -np.abs(x - self.loc) / self.scale - np.log(2 * self.scale)


class Pareto:
    """SciPy's log density underflows in the tail."""

    def __init__(self, scale, alpha):
        self.scale, self.alpha = scale, alpha

    def logpdf(self, x):
        return np.log(self.alpha) + self.alpha * np.log(self.scale) - (self.alpha + 1) * np.log(x)


def frozen(name, args):
    """SciPy's distribution, and the kind of its support."""
    p = (
        float(both({k: mpf(v) for k, v in args[-1].items()})[0])
        if isinstance(args[-1], dict) and np.ndim(next(iter(args[-1].values()))) == 0
        else None
    )
    table = {
        "normal": lambda m, s: (stats.norm(m, s), "real"),
        "laplace": lambda m, s: (Laplace(m, s), "real"),
        "gumbel": lambda m, s: (stats.gumbel_r(m, s), "real"),
        "cauchy": lambda m, s: (stats.cauchy(m, s), "real"),
        "exponential": lambda r: (stats.expon(scale=1 / r), "positive"),
        "gamma": lambda a, r: (stats.gamma(a, scale=1 / r), "positive"),
        "chiSquared": lambda df: (stats.chi2(df), "positive"),
        "inverseGamma": lambda a, r: (stats.invgamma(a, scale=r), "positive"),
        "beta": lambda a, b: (stats.beta(a, b), (0, 1)),
        "weibull": lambda s, k: (stats.weibull_min(k, scale=s), "positive"),
        "uniform": lambda a, b: (stats.uniform(a, b - a), (a, b)),
        "logNormal": lambda m, s: (stats.lognorm(s, scale=np.exp(m)), "positive"),
        "halfNormal": lambda s: (stats.halfnorm(scale=s), "positive"),
        "pareto": lambda x, a: (Pareto(x, a), x),
        "vonMises": lambda m, k: (stats.vonmises(k, m), (m - np.pi, m + np.pi)),
        "logistic": lambda m, s: (stats.logistic(m, s), "real"),
        "kumaraswamy": lambda a, b: (Kumaraswamy(a, b), (0, 1)),
        "continuousBernoulli": lambda shape: (ContinuousBernoulli(shape), (0, 1)),
        "rayleigh": lambda s: (stats.rayleigh(scale=s), "positive"),
        "invGaussian": lambda m, c: (stats.invgauss(m / c, scale=c), "positive"),
        "bernoulli": lambda _: (stats.bernoulli(p), "count"),
        "binomial": lambda n, _: (stats.binom(n, p), "count"),
        "poisson": lambda r: (stats.poisson(r), "count"),
        "geometric": lambda _: (stats.geom(p, loc=-1), "count"),
        "negativeBinomial": lambda n, _: (stats.nbinom(n, 1 - p), "count"),
        "discreteUniform": lambda a, b: (stats.randint(a, b + 1), "count"),
    }
    return table[name](*args) if name in table else (None, None)


class Kumaraswamy:
    def __init__(self, a, b):
        self.a, self.b = a, b

    def logpdf(self, x):
        return np.log(self.a * self.b) + (self.a - 1) * np.log(x) + (self.b - 1) * np.log1p(-(x**self.a))


class ContinuousBernoulli:
    def __init__(self, shape):
        self.t = float(log_odds({k: mpf(v) for k, v in shape.items()}))

    def logpdf(self, x):
        return self.t * x + (np.log(self.t / np.expm1(self.t)) if self.t else 0)


def integral(p, kind, q):
    """Of p (log p - log q), by the trapezoidal rule in a variable in which both tails vanish."""
    if kind == "count":
        k = np.arange(-10, 40001)
        log_p, log_q = p.logpmf(k), q.logpmf(k)
        here = np.isfinite(log_p)
        return np.sum(np.exp(log_p[here]) * (log_p[here] - log_q[here]))
    t = np.linspace(-60, 60, 4000001)
    if kind == "real":
        middle, width = p.median(), p.ppf(0.75) - p.ppf(0.25)
        x, slope = middle + width * np.sinh(t), width * np.cosh(t)
    elif kind == "positive":
        t = np.linspace(-300, 300, 2000001)
        x = np.exp(t)
        slope = x
    elif isinstance(kind, tuple):
        low, high = kind
        t = np.linspace(-600, 40, 2000001)
        x, slope = low + (high - low) * special.expit(t), (high - low) * special.expit(t) * special.expit(-t)
    else:
        x, slope = kind + np.exp(t), np.exp(t)
    inside = slope > 1e-300
    if isinstance(kind, tuple):
        inside &= (x > kind[0]) & (x < kind[1])
    x, slope = x[inside], slope[inside]
    log_p, log_q = p.logpdf(x), q.logpdf(x)
    here = log_p + np.log(slope) > -700
    return np.sum(np.exp(log_p[here]) * slope[here] * (log_p[here] - log_q[here])) * (t[1] - t[0])


def float_parts(name, args):
    loc, covariance = gaussian_parts(name, args)
    return loc.astype(float), covariance.astype(float)


def gaussian_cubature(p, q):
    """Exact up to rounding for the quadratic log ratio of two normals."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(2)
    weights = weights / weights.sum()
    law_p, law_q = stats.multivariate_normal(*p), stats.multivariate_normal(*q)
    root, total = np.linalg.cholesky(p[1]), 0
    for index in itertools.product(range(2), repeat=len(p[0])):
        x = p[0] + root @ nodes[list(index)]
        total += np.prod(weights[list(index)]) * (law_p.logpdf(x) - law_q.logpdf(x))
    return total


def dirichlet_grid(a, b):
    t = np.arange(-150, 150, 0.2)
    u, v = np.meshgrid(t, t)
    log_x = np.stack([u, v, 0 * u]) - np.logaddexp(np.logaddexp(u, v), 0)

    def log_density(c):
        return ((c - 1)[:, None, None] * log_x).sum(0) + special.gammaln(c.sum()) - special.gammaln(c).sum()

    log_p = log_density(a)
    return np.sum(np.exp(log_p + log_x.sum(0)) * (log_p - log_density(b))) * 0.04


def wishart_grid(n1, v1, n2, v2):
    """Dimension 2, by Bartlett's decomposition; log of the chi-squared variables as coordinates."""
    s, z = np.linspace(-40, 8, 241), np.linspace(-9, 9, 121)
    s1, s2, c = np.meshgrid(s, s, z, indexing="ij")
    weight = (
        np.exp(
            stats.chi2(n1).logpdf(np.exp(s1))
            + s1
            + stats.chi2(n1 - 1).logpdf(np.exp(s2))
            + s2
            + stats.norm.logpdf(c)
        )
        * (s[1] - s[0]) ** 2
        * (z[1] - z[0])
    )
    root = np.linalg.cholesky(v1)
    log_det_x = s1 + s2 + np.log(np.linalg.det(v1))
    a = np.zeros((*s1.shape, 2, 2))
    a[..., 0, 0], a[..., 1, 1], a[..., 1, 0] = np.exp(s1 / 2), np.exp(s2 / 2), c
    x = root @ a
    x = x @ np.swapaxes(x, -1, -2)

    def log_density(n, v):
        return (
            (n - 3) / 2 * log_det_x
            - np.einsum("ij,...ji", np.linalg.inv(v), x) / 2
            - n * np.log(2)
            - n / 2 * np.log(np.linalg.det(v))
            - special.multigammaln(n / 2, 2)
        )

    return np.sum(weight * (log_density(n1, v1) - log_density(n2, v2)))


def check(p, p_args, q, q_args):
    """The same divergence by other means, or None."""
    if p in GAUSSIANS:
        mp_args = lambda args: [
            {k: exact(v) for k, v in a.items()} if isinstance(a, dict) else exact(a) for a in args
        ]
        return gaussian_cubature(float_parts(p, mp_args(p_args)), float_parts(q, mp_args(q_args)))
    if p == "dirichlet" and len(p_args[0]) == 3 and max(p_args[0]) < 100:
        return dirichlet_grid(np.array(p_args[0], float), np.array(q_args[0], float))
    if p == "dirichlet" and len(p_args[0]) == 2:
        return check("beta", p_args[0], "beta", q_args[0])
    if p == "dirichlet":
        return None
    if p in ("wishart", "inverseWishart"):
        scales = [scale_of({k: exact(v) for k, v in a[1].items()}).astype(float) for a in (p_args, q_args)]
        if p == "inverseWishart":
            scales = [np.linalg.inv(scale) for scale in scales]
        if len(scales[0]) == 2 and p_args[0] < 100:
            return wishart_grid(p_args[0], scales[0], q_args[0], scales[1])
        if len(scales[0]) == 1:
            scale = [float(s[0, 0]) for s in scales]
            return check("gamma", [p_args[0] / 2, 0.5 / scale[0]], "gamma", [q_args[0] / 2, 0.5 / scale[1]])
        return None
    if p in ("categorical", "oneHotCategorical", "multinomial"):
        probs = [
            special.softmax(a[-1]["logits"]) if "logits" in a[-1] else np.array(a[-1]["probs"], float)
            for a in (p_args, q_args)
        ]
        return stats.entropy(*probs) * (p_args[0] if p == "multinomial" else 1)
    if p == "delta":
        law, kind = frozen(q, q_args)
        return -(law.logpmf if kind == "count" else law.logpdf)(p_args[0])
    law, kind = frozen(p, p_args)
    return integral(law, kind, frozen(q, q_args)[0])
