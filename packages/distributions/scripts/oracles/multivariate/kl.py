"""Writes kl.json: Kullback-Leibler divergences from closed forms in 80 digits.

Each closed form is compared, for every pair of parameters that float64 can integrate, with quadrature or summation of
SciPy's densities; the multivariate ones with a tensor of Gauss-Hermite nodes or a grid.
"""

import itertools
import json

import numpy as np
from common import (
    TARGET, entries, exact, f32, flatten, inverse, lgamma, log_det, mp, mpf, neighbours, plain, rebuild, moved, at,
    softmax, solve, versions, diag,
)
from gaussian import covariance_of, low_rank_covariance
from matrix import multivariate_digamma, multivariate_log_gamma, scale_of, wishart_moments
from scipy import special, stats

EULER = +mp.euler
LOG_TWO_PI = mp.log(2 * mp.pi)


# Continuous, one dimension


def normal_normal(m1, s1, m2, s2):
    return mp.log(s2 / s1) + (s1**2 + (m1 - m2) ** 2) / (2 * s2**2) - mpf(1) / 2


def laplace_laplace(m1, b1, m2, b2):
    d = abs(m1 - m2)
    return mp.log(b2 / b1) + (b1 * mp.exp(-d / b1) + d) / b2 - 1


def gumbel_gumbel(m1, b1, m2, b2):
    ratio = b1 / b2
    return -mp.log(ratio) + EULER * (ratio - 1) + mp.exp((m2 - m1) / b2) * mp.gamma(ratio + 1) - 1 + (m1 - m2) / b2


def exponential_exponential(r1, r2):
    return mp.log(r1 / r2) + r2 / r1 - 1


def gamma_gamma(a1, r1, a2, r2):
    return (
        (a1 - a2) * mp.digamma(a1) - mp.loggamma(a1) + mp.loggamma(a2) + a2 * mp.log(r1 / r2) + a1 * (r2 - r1) / r1
    )


def beta_beta(a1, b1, a2, b2):
    total = a1 + b1
    log_beta = lambda a, b: mp.loggamma(a) + mp.loggamma(b) - mp.loggamma(a + b)
    return (
        log_beta(a2, b2) - log_beta(a1, b1) + (a1 - a2) * mp.digamma(a1) + (b1 - b2) * mp.digamma(b1)
        + (a2 - a1 + b2 - b1) * mp.digamma(total)
    )


def uniform_beta(low, high, a, b):
    if low < 0 or high > 1:
        return mp.inf
    primitive = lambda x: x * mp.log(x) - x if x > 0 else mpf(0)
    mean_log = (primitive(high) - primitive(low)) / (high - low)
    mean_log_rest = (primitive(1 - low) - primitive(1 - high)) / (high - low)
    log_beta = mp.loggamma(a) + mp.loggamma(b) - mp.loggamma(a + b)
    return -mp.log(high - low) - (a - 1) * mean_log - (b - 1) * mean_log_rest + log_beta


def weibull_gamma(scale, k, a, r):
    mean_log = mp.log(scale) - EULER / k
    entropy = EULER * (1 - 1 / k) + mp.log(scale / k) + 1
    return -entropy - a * mp.log(r) + mp.loggamma(a) - (a - 1) * mean_log + r * scale * mp.gamma(1 + 1 / k)


def weibull_weibull(l1, k1, l2, k2):
    return (
        mp.log(k1) - k1 * mp.log(l1) - mp.log(k2) + k2 * mp.log(l2) + (k1 - k2) * (mp.log(l1) - EULER / k1)
        + (l1 / l2) ** k2 * mp.gamma(k2 / k1 + 1) - 1
    )


def kumaraswamy_beta(a, b, c, d):
    """E log(1 - x) has no closed form: quadrature over v = -log(1 - F(x)), which is exponential."""
    log_rest = lambda v: mp.log(-mp.expm1(mp.log1p(-mp.exp(-v / b)) / a))
    with mp.workdps(40):
        mean_log_rest = mp.quad(lambda v: mp.exp(-v) * log_rest(v), [0, mpf("0.01"), 1, 10, 40, 150])
    mean_log = -(EULER + mp.digamma(b) + 1 / b) / a
    log_beta = mp.loggamma(c) + mp.loggamma(d) - mp.loggamma(c + d)
    return (
        mp.log(a * b) + (a - 1) * mean_log - (b - 1) / b + log_beta - (c - 1) * mean_log - (d - 1) * mean_log_rest
    )


def uniform_uniform(l1, h1, l2, h2):
    return mp.log((h2 - l2) / (h1 - l1)) if l2 <= l1 and h1 <= h2 else mp.inf


def uniform_normal(low, high, m, s):
    second = ((low + high) / 2 - m) ** 2 + (high - low) ** 2 / 12
    return -mp.log(high - low) + LOG_TWO_PI / 2 + mp.log(s) + second / (2 * s**2)


def normal_laplace(m, s, loc, b):
    d = m - loc
    mean_distance = s * mp.sqrt(2 / mp.pi) * mp.exp(-(d**2) / (2 * s**2)) + d * mp.erf(d / (s * mp.sqrt(2)))
    return -(LOG_TWO_PI + 1) / 2 - mp.log(s) + mp.log(2 * b) + mean_distance / b


def laplace_normal(loc, b, m, s):
    return -1 - mp.log(2 * b) + LOG_TWO_PI / 2 + mp.log(s) + (2 * b**2 + (loc - m) ** 2) / (2 * s**2)


def half_normal_half_normal(s1, s2):
    return mp.log(s2 / s1) + s1**2 / (2 * s2**2) - mpf(1) / 2


def pareto_pareto(x1, a1, x2, a2):
    return mp.log(a1 / a2) + a2 * mp.log(x1 / x2) + a2 / a1 - 1 if x1 >= x2 else mp.inf


def pareto_exponential(x, a, r):
    return mp.log(a / x) - (1 + 1 / a) - mp.log(r) + r * a * x / (a - 1) if a > 1 else mp.inf


def von_mises_von_mises(m1, k1, m2, k2):
    mean_length = mp.besseli(1, k1) / mp.besseli(0, k1)
    log_ratio = mp.log(mp.besseli(0, k2) / mp.besseli(0, k1))
    return log_ratio + mean_length * (k1 - k2 * mp.cos(m1 - m2))


def rayleigh_rayleigh(s1, s2):
    return 2 * mp.log(s2 / s1) + s1**2 / s2**2 - 1


def cauchy_cauchy(m1, s1, m2, s2):
    """Chyzak & Nielsen 2019."""
    return mp.log(((s1 + s2) ** 2 + (m1 - m2) ** 2) / (4 * s1 * s2))


def inverse_gaussian(m1, l1, m2, l2):
    """From E x = mean and E 1/x = 1 / mean + 1 / concentration."""
    return (mp.log(l1 / l2) - 1 + l2 / l1 + l2 * (m1 - m2) ** 2 / (m1 * m2**2)) / 2


def log_odds(shape):
    return mp.log(shape["probs"] / (1 - shape["probs"])) if "probs" in shape else shape["logits"]


def continuous_bernoulli(p, q):
    def parts(shape):
        t = log_odds(shape)
        if t == 0:
            return t, mpf(1) / 2, mpf(0)
        # density exp(t x) t / (exp(t) - 1) on [0, 1]
        return t, 1 / (1 - mp.exp(-t)) - 1 / t, mp.log(t / mp.expm1(t))

    t1, mean, c1 = parts(p)
    t2, _, c2 = parts(q)
    return mean * (t1 - t2) + c1 - c2


# Discrete


def xlogy_ratio(x, a, b):
    return mpf(0) if x == 0 else mp.inf if b == 0 else x * (mp.log(a) - mp.log(b))


def both(shape):
    """(p, 1 - p)"""
    if "probs" in shape:
        return shape["probs"], 1 - shape["probs"]
    return 1 / (1 + mp.exp(-shape["logits"])), 1 / (1 + mp.exp(shape["logits"]))


def bernoulli(p, q):
    return sum(xlogy_ratio(a, a, b) for a, b in zip(both(p), both(q)))


def binomial(n1, p, n2, q):
    return n1 * bernoulli(p, q)


def poisson(r1, r2):
    return (mpf(0) if r1 == 0 else xlogy_ratio(r1, r1, r2)) + r2 - r1


def geometric(p, q):
    (s1, f1), (s2, f2) = both(p), both(q)
    return mp.log(s1 / s2) + xlogy_ratio(f1 / s1, f1, f2)


def negative_binomial(n1, p, n2, q):
    (s1, f1), (s2, f2) = both(p), both(q)
    return n1 * (mp.log(f1 / f2) + xlogy_ratio(s1 / f1, s1, s2))


def discrete_uniform(l1, h1, l2, h2):
    return mp.log((h2 - l2 + 1) / (h1 - l1 + 1)) if l2 <= l1 and h1 <= h2 else mp.inf


def probabilities(shape):
    return shape["probs"] if "probs" in shape else softmax(shape["logits"])


def categorical(p, q):
    return sum(xlogy_ratio(a, a, b) for a, b in zip(probabilities(p), probabilities(q)))


def multinomial(n1, p, n2, q):
    return n1 * categorical(p, q)


# Multivariate


def dirichlet(a, b):
    total = sum(a)
    return (
        mp.loggamma(total) - sum(lgamma(a)) - mp.loggamma(sum(b)) + sum(lgamma(b))
        + sum((x - y) * (mp.digamma(x) - mp.digamma(total)) for x, y in zip(a, b))
    )


def gaussian(loc1, covariance1, loc2, covariance2):
    d, offset = len(loc1), loc2 - loc1
    solution = solve(covariance2, np.column_stack([covariance1, offset]))[0]
    trace = sum(solution[i, i] for i in range(d))
    return (trace + offset @ solution[:, d] - d + log_det(covariance2) - log_det(covariance1)) / 2


def gaussian_parts(name, args):
    if name == "multivariateNormalDiag":
        return args[0], diag(args[1] ** 2)
    if name == "multivariateNormalLowRank":
        return args[0], low_rank_covariance(args[1], args[2])
    if name == "matrixNormal":
        row, column = (covariance_of({"scaleTril": lower}) for lower in args[1:])
        return np.ravel(args[0]), np.kron(row, column)
    return args[0], covariance_of(args[1])


def wishart(n1, v1, n2, v2):
    p = len(v1)
    mean_log_det = multivariate_digamma(p, n1 / 2) + p * mp.log(2) + log_det(v1)
    quotient = solve(v2, v1)[0]
    expected = (
        (n2 - p - 1) / 2 * mean_log_det - n1 * sum(quotient[i, i] for i in range(p)) / 2
        - n2 * p / 2 * mp.log(2) - n2 / 2 * log_det(v2) - multivariate_log_gamma(p, n2 / 2)
    )
    return -wishart_moments(n1, {"scale": v1})["entropy"] - expected


# Pairs

GAUSSIANS = ("multivariateNormal", "multivariateNormalDiag", "multivariateNormalLowRank", "matrixNormal")


def delta(v, name, args):
    """-log q(v): the divergence with respect to the counting measure at v (NumPyro's convention)."""
    if name == "normal":
        m, s = args
        return (LOG_TWO_PI + ((v - m) / s) ** 2) / 2 + mp.log(s)
    if name == "exponential":
        return mp.inf if v < 0 else args[0] * v - mp.log(args[0])
    if name == "poisson":
        return args[0] - v * mp.log(args[0]) + mp.loggamma(v + 1)
    return -mp.log(both(args[0])[0 if v == 1 else 1])


CLOSED = {
    ("normal", "normal"): normal_normal,
    ("laplace", "laplace"): laplace_laplace,
    ("gumbel", "gumbel"): gumbel_gumbel,
    ("exponential", "exponential"): exponential_exponential,
    ("gamma", "gamma"): gamma_gamma,
    ("exponential", "gamma"): lambda r, a2, r2: gamma_gamma(mpf(1), r, a2, r2),
    ("gamma", "exponential"): lambda a, r, r2: gamma_gamma(a, r, mpf(1), r2),
    ("chiSquared", "gamma"): lambda df, a2, r2: gamma_gamma(df / 2, mpf(1) / 2, a2, r2),
    ("chiSquared", "chiSquared"): lambda d1, d2: gamma_gamma(d1 / 2, mpf(1) / 2, d2 / 2, mpf(1) / 2),
    ("inverseGamma", "inverseGamma"): gamma_gamma,
    ("beta", "beta"): beta_beta,
    ("uniform", "beta"): uniform_beta,
    ("weibull", "gamma"): weibull_gamma,
    ("weibull", "weibull"): weibull_weibull,
    ("kumaraswamy", "beta"): kumaraswamy_beta,
    ("uniform", "uniform"): uniform_uniform,
    ("uniform", "normal"): uniform_normal,
    ("normal", "laplace"): normal_laplace,
    ("laplace", "normal"): laplace_normal,
    ("logNormal", "logNormal"): normal_normal,
    ("halfNormal", "halfNormal"): half_normal_half_normal,
    ("pareto", "pareto"): pareto_pareto,
    ("pareto", "exponential"): pareto_exponential,
    ("vonMises", "vonMises"): von_mises_von_mises,
    ("rayleigh", "rayleigh"): rayleigh_rayleigh,
    ("cauchy", "cauchy"): cauchy_cauchy,
    ("invGaussian", "invGaussian"): inverse_gaussian,
    ("continuousBernoulli", "continuousBernoulli"): continuous_bernoulli,
    ("bernoulli", "bernoulli"): bernoulli,
    ("binomial", "binomial"): binomial,
    ("poisson", "poisson"): poisson,
    ("geometric", "geometric"): geometric,
    ("negativeBinomial", "negativeBinomial"): negative_binomial,
    ("discreteUniform", "discreteUniform"): discrete_uniform,
    ("categorical", "categorical"): categorical,
    ("oneHotCategorical", "oneHotCategorical"): categorical,
    ("multinomial", "multinomial"): multinomial,
    ("dirichlet", "dirichlet"): dirichlet,
    ("wishart", "wishart"): lambda n1, s1, n2, s2: wishart(n1, scale_of(s1), n2, scale_of(s2)),
    # The divergence is invariant under inversion of both.
    ("inverseWishart", "inverseWishart"): lambda n1, s1, n2, s2: wishart(
        n1, inverse(scale_of(s1)), n2, inverse(scale_of(s2))
    ),
}


def divergence(p, p_args, q, q_args):
    if p in GAUSSIANS:
        return gaussian(*gaussian_parts(p, p_args), *gaussian_parts(q, q_args))
    if p == "delta":
        return delta(p_args[0], q, q_args)
    return CLOSED[p, q](*p_args, *q_args)


MIXTURE = {"probs": [0.25, 0.5, 0.25]}
PAIRS = {
    ("normal", "normal"): [([0, 1], [1, 2]), ([3, 0.1], [-2, 4]), ([1, 1e-4], [0, 1e4]), ([5, 2], [5, 2]), ([0, 3], [0, 1e-3])],
    ("laplace", "laplace"): [([0, 1], [1, 2]), ([3, 0.1], [-2, 4]), ([0, 5], [0.001, 5]), ([0, 100], [30, 1])],
    ("gumbel", "gumbel"): [([0, 1], [1, 2]), ([3, 0.5], [-2, 4]), ([0.5, 2], [0.25, 1]), ([-1, 1.5], [2, 3])],
    ("exponential", "exponential"): [([1], [2]), ([0.01], [100]), ([1e4], [0.1]), ([3], [3.0001])],
    ("gamma", "gamma"): [([2, 3], [4, 1]), ([0.1, 1], [3, 0.5]), ([1e4, 1], [1e4, 1.01]), ([50, 2], [0.5, 1e-3]), ([3, 1], [3, 1])],
    ("exponential", "gamma"): [([1], [2, 3]), ([0.1], [0.5, 4]), ([20], [30, 2])],
    ("gamma", "exponential"): [([2, 3], [1]), ([0.2, 4], [0.1]), ([300, 2], [0.01])],
    ("chiSquared", "gamma"): [([3], [2, 1]), ([0.5], [0.25, 0.5]), ([100], [40, 0.5])],
    ("chiSquared", "chiSquared"): [([3], [5]), ([0.5], [20]), ([1e4], [9990])],
    ("inverseGamma", "inverseGamma"): [([2, 3], [4, 1]), ([0.5, 1], [3, 0.5]), ([1e3, 1], [990, 1.5])],
    ("beta", "beta"): [([2, 3], [1, 1]), ([0.5, 0.5], [4, 2]), ([1e4, 1e4], [9990, 1.001e4]), ([0.05, 3], [1, 1])],
    ("uniform", "beta"): [([0, 1], [2, 3]), ([0.25, 0.5], [0.5, 0.5]), ([0, 0.75], [4, 1.5]), ([-0.5, 0.5], [2, 2])],
    ("weibull", "gamma"): [([1, 2], [2, 3]), ([3, 0.7], [1.5, 0.2]), ([0.1, 10], [50, 400])],
    ("weibull", "weibull"): [([1, 2], [2, 1]), ([3, 0.7], [1, 1.5]), ([0.1, 10], [0.12, 8])],
    ("kumaraswamy", "beta"): [([2, 3], [1, 1]), ([0.5, 0.5], [2, 4]), ([5, 1], [5, 1]), ([3, 10], [2, 0.5]), ([1, 2.5], [1, 2.5])],
    ("uniform", "uniform"): [([0, 1], [-1, 2]), ([0.5, 0.75], [0, 1]), ([0, 1], [0, 1]), ([0, 2], [0, 1]), ([0, 1], [2, 3])],
    ("uniform", "normal"): [([0, 1], [0, 1]), ([-100, 50], [3, 20]), ([2, 2.001], [0, 5])],
    ("normal", "laplace"): [([0, 1], [0, 1]), ([3, 0.1], [-2, 4]), ([0.5, 10], [0, 0.3]), ([100, 1], [0, 2])],
    ("laplace", "normal"): [([0, 1], [0, 1]), ([3, 0.1], [-2, 4]), ([0.5, 10], [0, 0.3])],
    ("logNormal", "logNormal"): [([0, 1], [1, 2]), ([3, 0.1], [-2, 4]), ([0, 3], [0.5, 3])],
    ("halfNormal", "halfNormal"): [([1], [2]), ([10], [0.1]), ([1e-3], [1e3])],
    ("pareto", "pareto"): [([2, 3], [1, 1.5]), ([1, 0.5], [1, 4]), ([10, 20], [9, 30]), ([1, 2], [1.5, 2])],
    ("pareto", "exponential"): [([2, 3], [1]), ([1, 1.25], [0.1]), ([0.1, 20], [12]), ([1, 1], [1])],
    ("vonMises", "vonMises"): [([0, 1], [1, 2]), ([3, 5], [-3, 4]), ([0.5, 100], [0.6, 90]), ([1, 0.01], [2, 700]), ([0, 1e4], [0.01, 1.1e4])],
    ("rayleigh", "rayleigh"): [([1], [2]), ([10], [0.1]), ([1e-3], [1e3])],
    ("cauchy", "cauchy"): [([0, 1], [1, 2]), ([3, 0.1], [-2, 4]), ([0, 1], [1e4, 1]), ([0, 1e-3], [0, 1e3]), ([1, 1], [1, 1])],
    ("invGaussian", "invGaussian"): [([1, 2], [2, 1]), ([0.5, 10], [0.6, 8]), ([3, 0.5], [1, 4])],
    ("continuousBernoulli", "continuousBernoulli"): [([{"probs": 0.25}], [{"probs": 0.75}]), ([{"probs": 0.5}], [{"logits": 2}]), ([{"logits": -8}], [{"logits": 5}]), ([{"probs": 0.501}], [{"probs": 0.499}])],
    ("bernoulli", "bernoulli"): [([{"probs": 0.3}], [{"probs": 0.6}]), ([{"logits": -3}], [{"logits": 2}]), ([{"probs": 0}], [{"probs": 0.25}]), ([{"probs": 1}], [{"logits": 40}]), ([{"logits": 50}], [{"logits": -60}]), ([{"probs": 0.5}], [{"probs": 0}]), ([{"probs": 0}], [{"probs": 0}]), ([{"probs": 1}], [{"probs": 0}])],
    ("binomial", "binomial"): [([10, {"probs": 0.3}], [10, {"probs": 0.6}]), ([7, {"logits": -3}], [7, {"probs": 0.5}]), ([1000, {"probs": 0}], [1000, {"probs": 0.25}]), ([5, {"probs": 0.5}], [5, {"probs": 1}]), ([0, {"probs": 0.5}], [0, {"probs": 0.75}])],
    ("poisson", "poisson"): [([1], [2]), ([0.01], [100]), ([1e4], [9900]), ([0], [3]), ([2], [0]), ([0], [0])],
    ("geometric", "geometric"): [([{"probs": 0.3}], [{"probs": 0.6}]), ([{"logits": -5}], [{"logits": 1}]), ([{"probs": 1}], [{"probs": 0.25}]), ([{"probs": 0.5}], [{"probs": 1}])],
    ("negativeBinomial", "negativeBinomial"): [([4, {"probs": 0.3}], [4, {"probs": 0.6}]), ([2.5, {"logits": -2}], [2.5, {"logits": 1}]), ([100, {"probs": 0.01}], [100, {"probs": 0.5}]), ([3, {"probs": 0.5}], [3, {"probs": 0}])],
    ("discreteUniform", "discreteUniform"): [([1, 6], [0, 9]), ([-3, -3], [-5, 5]), ([0, 4], [0, 4]), ([0, 10], [1, 10])],
    ("categorical", "categorical"): [([MIXTURE], [{"probs": [0.5, 0.375, 0.125]}]), ([MIXTURE], [{"logits": [1, -2, 0.5]}]), ([{"logits": [30, 0, -40]}], [{"logits": [0, 5, 1]}]), ([{"probs": [0, 0.75, 0.25]}], [{"probs": [0.25, 0.5, 0.25]}]), ([MIXTURE], [{"probs": [0, 0.75, 0.25]}]), ([{"probs": [0, 1, 0]}], [{"probs": [0, 0.5, 0.5]}]), ([{"probs": [1, 0]}], [{"probs": [0, 1]}])],
    ("multinomial", "multinomial"): [([10, MIXTURE], [10, {"probs": [0.5, 0.375, 0.125]}]), ([3, {"logits": [1, -2, 0.5]}], [3, MIXTURE]), ([2, {"probs": [0, 0.75, 0.25]}], [2, MIXTURE]), ([2, MIXTURE], [2, {"probs": [0, 0.75, 0.25]}])],
    ("dirichlet", "dirichlet"): [([[1, 1, 1]], [[2, 3, 4]]), ([[0.5, 0.75, 4]], [[1, 1, 1]]), ([[2, 3]], [[0.5, 0.5]]), ([[1e4, 2e4, 1]], [[9990, 2e4, 1.5]]), ([[0.05, 0.05, 0.05, 0.05, 1]], [[1, 2, 3, 4, 5]])],
}
PAIRS["oneHotCategorical", "oneHotCategorical"] = PAIRS["categorical", "categorical"]

TRIL_A, TRIL_B = [[1, 0], [0.5, 0.75]], [[2, 0], [-0.25, 1.5]]
TRIL_3, TRIL_3B = [[1, 0, 0], [0.5, 0.75, 0], [-0.3, 0.2, 1.25]], [[0.5, 0, 0], [1, 2, 0], [0.1, -0.4, 0.8]]
NEAR = np.linalg.cholesky([[1, 0.999], [0.999, 1]]).tolist()
COVARIANCE, PRECISION = [[2, 0.5], [0.5, 1]], [[3, -1], [-1, 0.75]]
LOW_RANK = [[0, 1, -1], [[1], [-0.5], [2]], [0.5, 1, 0.25]]
LOW_RANK_2 = [[0.5, 0, 1], [[1, 0.5], [0, 1], [-1, 2]], [1, 0.3, 2]]
DIAG_3 = [[1, 0, -1], [0.5, 2, 1]]
PAIRS.update({
    ("multivariateNormal", "multivariateNormal"): [
        ([[0, 0], {"scaleTril": TRIL_A}], [[1, -1], {"scaleTril": TRIL_B}]),
        ([[0, 0], {"covariance": COVARIANCE}], [[1, -1], {"precision": PRECISION}]),
        ([[3, 1], {"precision": PRECISION}], [[1, -1], {"scaleTril": TRIL_B}]),
        ([[3, 1], {"scaleTril": TRIL_A}], [[1, -1], {"covariance": COVARIANCE}]),
        ([[0, 0], {"scaleTril": NEAR}], [[0, 0], {"scaleTril": TRIL_A}]),
        ([[0, 0], {"scaleTril": TRIL_A}], [[0, 0.5], {"scaleTril": NEAR}]),
        ([[1, 2, 3], {"scaleTril": TRIL_3}], [[0, 0, 0], {"scaleTril": TRIL_3B}]),
        ([[1], {"scaleTril": [[2]]}], [[0], {"covariance": [[3]]}]),
        ([[1, 2], {"scaleTril": TRIL_A}], [[1, 2], {"scaleTril": TRIL_A}]),
    ],
    ("multivariateNormalDiag", "multivariateNormal"): [
        ([[0, 1], [0.5, 2]], [[1, -1], {"scaleTril": TRIL_B}]),
        ([[0, 1], [0.5, 2]], [[1, -1], {"covariance": COVARIANCE}]),
        (DIAG_3, [[0, 0, 0], {"scaleTril": TRIL_3}]),
    ],
    ("multivariateNormal", "multivariateNormalDiag"): [
        ([[1, -1], {"scaleTril": TRIL_B}], [[0, 1], [0.5, 2]]),
        ([[1, -1], {"precision": PRECISION}], [[0, 1], [0.5, 2]]),
        ([[0, 0, 0], {"scaleTril": TRIL_3}], DIAG_3),
    ],
    ("multivariateNormalDiag", "multivariateNormalDiag"): [
        ([[0, 1], [0.5, 2]], [[1, 1], [1, 3]]), (DIAG_3, [[0, 0, 0], [1, 1, 1]]), ([[0, 0], [0.01, 100]], [[0, 1], [1, 1]]),
    ],
    ("multivariateNormalLowRank", "multivariateNormalLowRank"): [
        (LOW_RANK, LOW_RANK_2), (LOW_RANK_2, LOW_RANK), ([[0, 0], [[3], [3]], [0.01, 0.01]], [[1, 1], [[0], [0]], [1, 2]]),
    ],
    ("multivariateNormalLowRank", "multivariateNormal"): [
        (LOW_RANK, [[0, 0, 0], {"scaleTril": TRIL_3}]), (LOW_RANK_2, [[1, 2, 3], {"scaleTril": TRIL_3B}]),
        ([[0, 0], [[3], [3]], [0.01, 0.01]], [[1, -1], {"covariance": COVARIANCE}]),
    ],
    ("multivariateNormal", "multivariateNormalLowRank"): [
        ([[0, 0, 0], {"scaleTril": TRIL_3}], LOW_RANK), ([[1, 2, 3], {"scaleTril": TRIL_3B}], LOW_RANK_2),
        ([[1, -1], {"covariance": COVARIANCE}], [[0, 0], [[3], [3]], [0.01, 0.01]]),
    ],
    ("multivariateNormalLowRank", "multivariateNormalDiag"): [(LOW_RANK, DIAG_3), (LOW_RANK_2, DIAG_3), (LOW_RANK, [[0, 0, 0], [1, 1, 1]])],
    ("multivariateNormalDiag", "multivariateNormalLowRank"): [(DIAG_3, LOW_RANK), (DIAG_3, LOW_RANK_2), ([[0, 0, 0], [1, 1, 1]], LOW_RANK)],
    ("matrixNormal", "matrixNormal"): [
        ([[[0, 1], [2, 3]], TRIL_A, TRIL_B], [[[0, 0], [0, 0]], TRIL_B, TRIL_A]),
        ([[[0, 1], [2, 3], [4, 5]], TRIL_3, TRIL_B], [[[1, 1], [1, 1], [1, 1]], TRIL_3B, TRIL_A]),
        ([[[1]], [[2]], [[0.5]]], [[[0]], [[1]], [[3]]]),
    ],
    ("wishart", "wishart"): [
        ([4, {"scaleTril": TRIL_A}], [5.5, {"scaleTril": TRIL_B}]), ([3, {"scale": COVARIANCE}], [2.5, {"scaleTril": TRIL_A}]),
        ([10, {"scaleTril": TRIL_3}], [8, {"scaleTril": TRIL_3B}]), ([3, {"scale": [[2]]}], [5, {"scaleTril": [[0.5]]}]),
        ([1e4, {"scaleTril": TRIL_A}], [9990, {"scaleTril": TRIL_A}]),
    ],
    ("inverseWishart", "inverseWishart"): [
        ([4, {"scaleTril": TRIL_A}], [5.5, {"scaleTril": TRIL_B}]), ([3, {"scale": COVARIANCE}], [2.5, {"scaleTril": TRIL_A}]),
        ([10, {"scaleTril": TRIL_3}], [8, {"scaleTril": TRIL_3B}]), ([3, {"scale": [[2]]}], [5, {"scaleTril": [[0.5]]}]),
    ],
    ("delta", "normal"): [([1], [0, 2]), ([0], [0, 1]), ([-30], [1, 0.5])],
    ("delta", "exponential"): [([1], [2]), ([0], [3]), ([-1], [2])],
    ("delta", "poisson"): [([0], [2]), ([3], [0.5]), ([100], [90])],
    ("delta", "bernoulli"): [([1], [{"probs": 0.25}]), ([0], [{"logits": 3}]), ([1], [{"logits": -4}])],
})


# Checks in float64


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
    p = float(both({k: mpf(v) for k, v in args[-1].items()})[0]) if isinstance(args[-1], dict) and np.ndim(next(iter(args[-1].values()))) == 0 else None
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
    weight = np.exp(
        stats.chi2(n1).logpdf(np.exp(s1)) + s1 + stats.chi2(n1 - 1).logpdf(np.exp(s2)) + s2 + stats.norm.logpdf(c)
    ) * (s[1] - s[0]) ** 2 * (z[1] - z[0])
    root = np.linalg.cholesky(v1)
    log_det_x = s1 + s2 + np.log(np.linalg.det(v1))
    a = np.zeros((*s1.shape, 2, 2))
    a[..., 0, 0], a[..., 1, 1], a[..., 1, 0] = np.exp(s1 / 2), np.exp(s2 / 2), c
    x = root @ a
    x = x @ np.swapaxes(x, -1, -2)

    def log_density(n, v):
        return (
            (n - 3) / 2 * log_det_x - np.einsum("ij,...ji", np.linalg.inv(v), x) / 2
            - n * np.log(2) - n / 2 * np.log(np.linalg.det(v)) - special.multigammaln(n / 2, 2)
        )

    return np.sum(weight * (log_density(n1, v1) - log_density(n2, v2)))


def check(p, p_args, q, q_args):
    """The same divergence by other means, or None."""
    if p in GAUSSIANS:
        mp_args = lambda args: [{k: exact(v) for k, v in a.items()} if isinstance(a, dict) else exact(a) for a in args]
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
        probs = [special.softmax(a[-1]["logits"]) if "logits" in a[-1] else np.array(a[-1]["probs"], float) for a in (p_args, q_args)]
        return stats.entropy(*probs) * (p_args[0] if p == "multinomial" else 1)
    if p == "kumaraswamy":
        return integral(Kumaraswamy(*p_args), (0, 1), frozen(q, q_args)[0])
    if p == "continuousBernoulli":
        return integral(ContinuousBernoulli(*p_args), (0, 1), ContinuousBernoulli(*q_args))
    if p == "delta":
        law, kind = frozen(q, q_args)
        return -(law.logpmf if kind == "count" else law.logpdf)(p_args[0])
    law, kind = frozen(p, p_args)
    return integral(law, kind, frozen(q, q_args)[0])


INTEGERS = {"binomial": (0,), "multinomial": (0,), "discreteUniform": (0, 1), "negativeBinomial": (0,)}
KINDS = {"scaleTril": "lower", "covariance": "symmetric", "precision": "symmetric", "scale": "symmetric"}


def kinds_of(name, args):
    if name == "delta":
        return ["fixed"]
    kinds = []
    for position, argument in enumerate(args):
        if isinstance(argument, dict):
            kinds.extend(KINDS.get(key, "free") for key in argument)
        elif position in INTEGERS.get(name, ()):
            kinds.append("fixed")
        else:
            kinds.append("lower" if name == "matrixNormal" and position else "free")
    return kinds


def sensitivity(f, leaves, kinds, centre):
    """Largest change when one float32 number moves by one ulp; both entries of a symmetric pair move together."""
    largest = mpf(0)
    for position, (x, kind) in enumerate(zip(leaves, kinds)):
        for index in entries(x, "lower" if kind == "symmetric" else kind):
            if at(x, index) == 0:
                continue
            for step in neighbours(at(x, index)):
                y = moved(x, index, step)
                if kind == "symmetric" and index[0] != index[1]:
                    y = moved(y, index[::-1], step)
                value = f([*leaves[:position], y, *leaves[position + 1 :]])
                if isinstance(value, mpf) and mp.isfinite(value):
                    largest = max(largest, abs(value - centre))
    return largest


def entry_of(p, p_args, q, q_args):
    rounded = [[{k: f32(v) for k, v in a.items()} if isinstance(a, dict) else f32(a) for a in args] for args in (p_args, q_args)]
    p_args, q_args = rounded
    leaves = [exact(leaf) for leaf in [*flatten(p_args), *flatten(q_args)]]
    cut = len(flatten(p_args))

    def f(inputs):
        return divergence(p, rebuild(p_args, inputs[:cut]), q, rebuild(q_args, inputs[cut:]))

    kl = f(leaves)
    kl = mpf(0) if abs(kl) < mpf("1e-28") else kl
    assert isinstance(kl, mpf) and (kl >= 0 or p == "delta"), (p, p_args, q, q_args, kl)
    theirs, verdict = None, "not checked"
    if mp.isfinite(kl):
        with np.errstate(all="ignore"):
            theirs = check(p, p_args, q, q_args)
    if theirs is not None:
        error = abs(float(kl) - theirs) / max(abs(float(kl)), 1e-2)
        verdict = f"{error:.1e}"
        if not error < 1e-6:
            verdict += f" DISAGREES: {float(kl)!r} {theirs!r}"
    print(f"{p} {p_args} || {q} {q_args}: {float(kl):.12g} ({verdict})")
    out = {"p": {"distribution": p, "args": p_args}, "q": {"distribution": q, "args": q_args}, "kl": plain(kl)}
    if mp.isfinite(kl):
        out["sensitivity"] = float(mp.nstr(sensitivity(f, leaves, [*kinds_of(p, p_args), *kinds_of(q, q_args)], kl), 8))
    return out, verdict


if __name__ == "__main__":
    found = [entry_of(p, a, q, b) for (p, q), settings in PAIRS.items() for a, b in settings]
    assert not any("DISAGREES" in verdict for _, verdict in found)
    rows = ",\n".join("  " + json.dumps(out) for out, _ in found)
    (TARGET / "kl.json").write_text(f"[\n{rows}\n]\n")
    checked = sum(verdict != "not checked" for _, verdict in found)
    print(f"{len(found)} divergences of {len(PAIRS)} pairs, {checked} checked, {json.dumps(versions())}")
