"""Closed forms of Kullback-Leibler divergences in mpmath, by pair of distributions."""

import numpy as np

from common import diag, inverse, lgamma, log_det, mp, mpf, probabilities, solve
from gaussian import covariance_of, low_rank_covariance
from matrix import (
    multivariate_digamma,
    multivariate_log_gamma,
    scale_of,
    wishart_moments,
)

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
    return (
        -mp.log(ratio)
        + EULER * (ratio - 1)
        + mp.exp((m2 - m1) / b2) * mp.gamma(ratio + 1)
        - 1
        + (m1 - m2) / b2
    )


def exponential_exponential(r1, r2):
    return mp.log(r1 / r2) + r2 / r1 - 1


def gamma_gamma(a1, r1, a2, r2):
    return (
        (a1 - a2) * mp.digamma(a1)
        - mp.loggamma(a1)
        + mp.loggamma(a2)
        + a2 * mp.log(r1 / r2)
        + a1 * (r2 - r1) / r1
    )


def beta_beta(a1, b1, a2, b2):
    total = a1 + b1
    log_beta = lambda a, b: mp.loggamma(a) + mp.loggamma(b) - mp.loggamma(a + b)
    return (
        log_beta(a2, b2)
        - log_beta(a1, b1)
        + (a1 - a2) * mp.digamma(a1)
        + (b1 - b2) * mp.digamma(b1)
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
        mp.log(k1)
        - k1 * mp.log(l1)
        - mp.log(k2)
        + k2 * mp.log(l2)
        + (k1 - k2) * (mp.log(l1) - EULER / k1)
        + (l1 / l2) ** k2 * mp.gamma(k2 / k1 + 1)
        - 1
    )


def kumaraswamy_beta(a, b, c, d):
    """E log(1 - x) has no closed form: quadrature over v = -log(1 - F(x)), which is exponential."""
    log_rest = lambda v: mp.log(-mp.expm1(mp.log1p(-mp.exp(-v / b)) / a))
    with mp.workdps(40):
        mean_log_rest = mp.quad(lambda v: mp.exp(-v) * log_rest(v), [0, mpf("0.01"), 1, 10, 40, 150])
    mean_log = -(EULER + mp.digamma(b) + 1 / b) / a
    log_beta = mp.loggamma(c) + mp.loggamma(d) - mp.loggamma(c + d)
    return (
        mp.log(a * b)
        + (a - 1) * mean_log
        - (b - 1) / b
        + log_beta
        - (c - 1) * mean_log
        - (d - 1) * mean_log_rest
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


def primitive(x):
    """Of log x."""
    return x * mp.log(x) - x if x > 0 else mpf(0)


def moments(name, args):
    """(mean, variance, entropy, E log x or None where it is not used) by the formulas of textbooks."""
    if name == "normal":
        return args[0], args[1] ** 2, (LOG_TWO_PI + 1) / 2 + mp.log(args[1]), None
    if name == "logistic":
        return args[0], (mp.pi * args[1]) ** 2 / 3, mp.log(args[1]) + 2, None
    if name == "gumbel":
        m, s = args
        return m + EULER * s, (mp.pi * s) ** 2 / 6, mp.log(s) + EULER + 1, None
    if name in ("exponential", "gamma"):
        a, r = (mpf(1), args[0]) if name == "exponential" else args
        entropy = a - mp.log(r) + mp.loggamma(a) + (1 - a) * mp.digamma(a)
        return a / r, a / r**2, entropy, mp.digamma(a) - mp.log(r)
    if name == "beta":
        a, b = args
        total = a + b
        entropy = (
            mp.loggamma(a) + mp.loggamma(b) - mp.loggamma(total)
            - (a - 1) * mp.digamma(a) - (b - 1) * mp.digamma(b) + (total - 2) * mp.digamma(total)
        )  # fmt: skip
        return a / total, a * b / total**2 / (total + 1), entropy, mp.digamma(a) - mp.digamma(total)
    if name == "uniform":
        low, high = args
        mean_log = (primitive(high) - primitive(low)) / (high - low) if low >= 0 else None
        return (low + high) / 2, (high - low) ** 2 / 12, mp.log(high - low), mean_log
    if name == "pareto":
        x, a = args
        mean = a * x / (a - 1) if a > 1 else mp.inf
        variance = x**2 * a / (a - 1) ** 2 / (a - 2) if a > 2 else mp.inf
        return mean, variance, mp.log(x / a) + 1 / a + 1, mp.log(x) + 1 / a
    if name == "logNormal":
        m, s = args
        return mp.exp(m + s**2 / 2), None, (LOG_TWO_PI + 1) / 2 + mp.log(s) + m, m
    if name == "halfNormal":
        return args[0] * mp.sqrt(2 / mp.pi), None, mp.log(mp.pi * args[0] ** 2 / 2) / 2 + mpf(1) / 2, None
    if name == "weibull":
        scale, k = args
        entropy = EULER * (1 - 1 / k) + mp.log(scale / k) + 1
        return scale * mp.gamma(1 + 1 / k), None, entropy, mp.log(scale) - EULER / k
    t = log_odds(args[0])
    if t == 0:
        return mpf(1) / 2, mpf(1) / 12, mpf(0), None
    mean = 1 / (1 - mp.exp(-t)) - 1 / t
    variance = 1 / t**2 - 1 / (4 * mp.sinh(t / 2) ** 2)
    return mean, variance, -t * mean - mp.log(t / mp.expm1(t)), None


def mean_exp(name, args, s):
    """E exp(-x/s)."""
    if name == "normal":
        return mp.exp(-args[0] / s + args[1] ** 2 / (2 * s**2))
    if name == "uniform":
        return s * (mp.exp(-args[0] / s) - mp.exp(-args[1] / s)) / (args[1] - args[0])
    a, r = (mpf(1), args[0]) if name == "exponential" else args
    return (1 + 1 / (s * r)) ** -a


def cross(p, p_args, q, q_args):
    """KL where E log q follows from a few expectations of p; infinite where p has values that q has not."""
    mean, variance, entropy, mean_log = moments(p, p_args)
    if q == "normal":
        m, s = q_args
        return -entropy + LOG_TWO_PI / 2 + mp.log(s) + (variance + (mean - m) ** 2) / (2 * s**2)
    if q == "gumbel":
        m, s = q_args
        return -entropy + mp.log(s) + (mean - m) / s + mp.exp(m / s) * mean_exp(p, p_args, s)
    if p == "uniform" and (p_args[0] < 0 or (q == "continuousBernoulli" and p_args[1] > 1)):
        return mp.inf
    if q == "exponential":
        return -entropy - mp.log(q_args[0]) + q_args[0] * mean
    if q == "gamma":
        a, r = q_args
        return -entropy - a * mp.log(r) + mp.loggamma(a) - (a - 1) * mean_log + r * mean
    if q == "uniform":
        low, high = q_args
        return -entropy + mp.log(high - low) if low <= 0 and high >= 1 else mp.inf
    t = log_odds(q_args[0])
    return -entropy - t * mean - (mp.log(t / mp.expm1(t)) if t else 0)


def bernoulli_poisson(p, rate):
    success, failure = both(p)
    return xlogy_ratio(success, success, rate) + xlogy_ratio(failure, failure, mpf(1)) + rate


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


def categorical(p, q):
    return sum(xlogy_ratio(a, a, b) for a, b in zip(probabilities(p), probabilities(q)))


def multinomial(n1, p, n2, q):
    return n1 * categorical(p, q)


# Multivariate


def dirichlet(a, b):
    total = sum(a)
    return (
        mp.loggamma(total)
        - sum(lgamma(a))
        - mp.loggamma(sum(b))
        + sum(lgamma(b))
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
        (n2 - p - 1) / 2 * mean_log_det
        - n1 * sum(quotient[i, i] for i in range(p)) / 2
        - n2 * p / 2 * mp.log(2)
        - n2 / 2 * log_det(v2)
        - multivariate_log_gamma(p, n2 / 2)
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
    ("bernoulli", "poisson"): bernoulli_poisson,
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
    return CLOSED[p, q](*p_args, *q_args) if (p, q) in CLOSED else cross(p, p_args, q, q_args)
