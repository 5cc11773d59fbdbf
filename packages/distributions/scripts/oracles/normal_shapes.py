"""The truncated and the skew normal."""

from mpmath import e, log, mp, mpf, pi, sqrt
from scipy import stats

from common import Case, Distribution, normal_cdf
from normal_family import normal_log_density


def normal_density(z):
    return mp.exp(-(z**2) / 2) / sqrt(2 * pi) if mp.isfinite(z) else mpf(0)


def normal_mass(a, b):
    """Phi(b) - Phi(a), in the tail where it does not cancel."""
    return normal_cdf(-a) - normal_cdf(-b) if a > 0 else normal_cdf(b) - normal_cdf(a)


def bounds(loc, scale, low, high):
    return (low - loc) / scale, (high - loc) / scale


def truncated_moments(a, b):
    """Mean and variance of the standard normal between a and b."""
    mass = normal_mass(a, b)
    mean = (normal_density(a) - normal_density(b)) / mass
    return mean, 1 + edge_term(a, b) - mean**2


def edge_term(a, b):
    """(a phi(a) - b phi(b)) / mass, where infinite bounds give 0."""
    at = lambda z: z * normal_density(z) if mp.isfinite(z) else mpf(0)
    return (at(a) - at(b)) / normal_mass(a, b)


TRUNCATED_NORMAL = Distribution(
    name="truncatedNormal",
    scipy_name="truncnorm(a=(low-loc)/scale, b=(high-loc)/scale, loc, scale)",
    scipy=lambda loc, scale, low, high: stats.truncnorm((low - loc) / scale, (high - loc) / scale, loc, scale),
    support=lambda x, loc, scale, low, high: low <= x <= high,
    log_density=lambda x, loc, scale, low, high: normal_log_density(x, loc, scale)
    - log(normal_mass(*bounds(loc, scale, low, high))),
    cdf=lambda x, loc, scale, low, high: normal_mass(*bounds(loc, scale, low, x))
    / normal_mass(*bounds(loc, scale, low, high)),
    mean=lambda loc, scale, low, high: loc + scale * truncated_moments(*bounds(loc, scale, low, high))[0],
    variance=lambda loc, scale, low, high: scale**2 * truncated_moments(*bounds(loc, scale, low, high))[1],
    entropy=lambda loc, scale, low, high: log(sqrt(2 * pi * e) * scale * normal_mass(*bounds(loc, scale, low, high)))
    + edge_term(*bounds(loc, scale, low, high)) / 2,
    cases=[
        Case("typical", [0.5, 2.0, -1.0, 3.0], [-0.9, -0.25, 0.0, 0.5, 1.7, 2.9], [-1.5, 3.5]),
        Case("standard", [0, 1, -2.0, 2.0], [-1.9, -1.0, 0.0, 0.3, 1.5], [-2.5, 2.5]),
        Case("edges", [0, 1, -1.0, 1.5], [-1.0, -0.9999999, 1.4999999, 1.5], [-1.0000001, 1.5000001, -1e4, 1e4]),
        Case("wide", [0, 1, -1e4, 1e4], [-1e4, -38.0, -1.0, 0.0, 2.0, 38.0, 1e4], [-10001.0, 10001.0], moderate=False),
        Case("right tail", [0, 1, 30.0, 40.0], [30.0, 30.01, 30.1, 31.0, 40.0], [29.9, 41.0], moderate=False),
        Case("left tail", [0, 1, -11.0, -10.0], [-11.0, -10.5, -10.1, -10.0], [-11.5, -9.0], moderate=False),
        Case("far tail", [0, 1, 1e3, 2e3], [1e3, 1000.001, 1000.01, 1001.0], [999.0, 2001.0], moderate=False, p=[]),
        Case("one-sided", [1.0, 2.0, 0, "Infinity"], [0.0, 0.5, 1.0, 4.0, 10.0, 100.0], [-1e-30, -1.0], moderate=False),
        Case("narrow", [0, 1, 0.5, 0.5001], [0.5, 0.50003, 0.5001], [0.49, 0.51], moderate=False),
        Case("tiny scale", [0, 1e-6, -1.0, 1.0], [-1.0, -1e-6, 0.0, 3e-6, 1e-3], [-1.5, 2.0], moderate=False),
        Case("huge scale", [0, 1e6, -1.0, 1.0], [-1.0, -0.5, 0.0, 0.7, 1.0], [-1.5, 2.0], moderate=False, p=[0.02, 0.9]),
    ],
)


def skew_normal_log_density(x, loc, scale, shape):
    return log(2) + normal_log_density(x, loc, scale) + log(normal_cdf(shape * (x - loc) / scale))


def owen_t(h, a):
    return mp.quad(lambda t: mp.exp(-(h**2) * (1 + t**2) / 2) / (1 + t**2), [0, a / 2, a]) / (2 * pi)


def delta(shape):
    return shape / sqrt(1 + shape**2)


def skew_normal_entropy(loc, scale, shape):
    with mp.workdps(30):
        f = lambda z: skew_normal_log_density(z, mpf(0), mpf(1), shape)
        points = [-mp.inf, -8, -3, -1, 0, 1, 3, 8, mp.inf]
        return log(scale) - mp.quad(lambda z: f(z) * mp.exp(f(z)) if mp.isfinite(f(z)) else mpf(0), points)


SKEW_NORMAL = Distribution(
    name="skewNormal",
    scipy_name="skewnorm(a=shape, loc, scale)",
    scipy=lambda loc, scale, shape: stats.skewnorm(shape, loc, scale),
    log_density=skew_normal_log_density,
    cdf=lambda x, loc, scale, shape: normal_cdf((x - loc) / scale) - 2 * owen_t((x - loc) / scale, shape),
    mean=lambda loc, scale, shape: loc + scale * delta(shape) * sqrt(2 / pi),
    variance=lambda loc, scale, shape: scale**2 * (1 - 2 * delta(shape) ** 2 / pi),
    entropy=lambda loc, scale, shape: skew_normal_entropy(loc, scale, shape) if abs(shape) < 50 else None,
    cases=[
        Case("typical", [0.5, 2.0, 2.5], [-3.0, -0.7, 0.0, 0.5, 1.7, 3.0, 8.0], p=[0.02, 0.25, 0.5, 0.9]),
        Case("leaning left", [0, 1, -4.0], [-4.0, -1.0, -0.2, 0.0, 0.3, 1.0], p=[0.02, 0.25, 0.5, 0.9]),
        Case("symmetric", [0, 1, 0], [-3.0, -1.0, 0.0, 0.5, 2.0], cdf=False),
        Case("tail away from the shape", [0, 1, 3.0], [-1e4, -100.0, -30.0, -10.0, -5.0], moderate=False, cdf=False),
        Case("tail along the shape", [0, 1, 3.0], [10.0, 30.0, 100.0, 1e4], cdf=False),
        Case("nearly half-normal", [0, 1, 1e4], [-1e-3, -1e-5, 0.0, 1e-5, 1e-3, 1.0], moderate=False, cdf=False),
        Case("tiny shape", [0, 1, 1e-6], [-10.0, -1.0, 0.0, 1.0, 10.0], cdf=False),
        Case("tiny scale", [1.0, 1e-6, 1.5], [0.999, 0.999999, 1.0, 1.000001, 1.001], moderate=False, cdf=False),
        Case("huge scale", [-3.0, 1e6, 1.5], [-1e7, -1e6, -3.0, 0.0, 1e6, 1e8], cdf=False),
    ],
)

DISTRIBUTIONS = [TRUNCATED_NORMAL, SKEW_NORMAL]
