"""Log densities that are compared alone: far out in tails, and at parameters that draws have no digits for."""

from dataclasses import replace

from mpmath import log, mp, mpf

from common import Case, Distribution, normal_cdf
from gamma_family import WEIBULL, gamma_log_density
from normal_family import LOG_NORMAL, normal_log_density


def of_standard(lower, upper):
    """The tails of a location-scale family from those of its standard member."""
    at = lambda x, loc, scale: (x - loc) / scale
    return (lambda x, *p: lower(at(x, *p)), lambda x, *p: upper(at(x, *p)))


def of_survival(survival):
    return (lambda x, *p: 1 - survival(x, *p), survival)


def laplace_cdf(z):
    return mp.exp(z) / 2 if z < 0 else 1 - mp.exp(-z) / 2


def logistic_cdf(z):
    return 1 / (1 + mp.exp(-z))


def symmetric(cdf):
    return of_standard(cdf, lambda z: cdf(-z))


def gumbel_density(z):
    return -z - mp.exp(-z)


# By name: the log density, P(X <= x) and P(X > x) at a finite x.
BASES = {
    "normal": (normal_log_density, *symmetric(normal_cdf)),
    "logNormal": (
        lambda x, loc, scale: normal_log_density(log(x), loc, scale) - log(x),
        lambda x, loc, scale: normal_cdf((log(x) - loc) / scale) if x > 0 else mpf(0),
        lambda x, loc, scale: normal_cdf((loc - log(x)) / scale) if x > 0 else mpf(1),
    ),
    "halfNormal": (
        lambda x, scale: log(2) + normal_log_density(x, mpf(0), scale),
        lambda x, scale: mp.erf(x / scale / mp.sqrt(2)),
        lambda x, scale: mp.erfc(x / scale / mp.sqrt(2)),
    ),
    "logistic": (
        lambda x, loc, scale: log(logistic_cdf((x - loc) / scale) * logistic_cdf((loc - x) / scale) / scale),
        *symmetric(logistic_cdf),
    ),
    "laplace": (lambda x, loc, scale: -abs(x - loc) / scale - log(2 * scale), *symmetric(laplace_cdf)),
    "gumbel": (
        lambda x, loc, scale: gumbel_density((x - loc) / scale) - log(scale),
        *of_standard(lambda z: mp.exp(-mp.exp(-z)), lambda z: -mp.expm1(-mp.exp(-z))),
    ),
    "exponential": (lambda x, rate: log(rate) - rate * x, *of_survival(lambda x, rate: mp.exp(-rate * x))),
    "weibull": (
        lambda x, scale, k: log(k / scale) + (k - 1) * log(x / scale) - (x / scale) ** k,
        *of_survival(lambda x, scale, k: mp.exp(-((x / scale) ** k))),
    ),
    "rayleigh": (
        lambda x, scale: log(x) - 2 * log(scale) - (x / scale) ** 2 / 2,
        *of_survival(lambda x, scale: mp.exp(-((x / scale) ** 2) / 2)),
    ),
    "pareto": (
        lambda x, scale, alpha: log(alpha) + alpha * log(scale) - (alpha + 1) * log(x),
        *of_survival(lambda x, scale, alpha: (scale / x) ** alpha),
    ),
    "gamma": (
        gamma_log_density,
        lambda x, a, rate: mp.gammainc(a, 0, rate * x, regularized=True),
        lambda x, a, rate: mp.gammainc(a, rate * x, mp.inf, regularized=True),
    ),
}


def parts(base):
    """(log density, cdf, survival) with the parameters filled in, and right at infinity."""
    [(name, p)] = base.items()
    density, cdf, survival = BASES[name]
    tail = lambda f, at_infinity: lambda x: f(x, *p) if mp.isfinite(x) else mpf(x > 0 if at_infinity else x < 0)
    return lambda x: density(x, *p), tail(cdf, 1), tail(survival, 0)


def truncated_log_density(x, base, low, high):
    density, cdf, survival = parts(base)
    mass = survival(low) - survival(high) if survival(low) < cdf(low) else cdf(high) - cdf(low)
    return density(x) - log(mass)


def censored_log_density(x, base, low, high):
    density, cdf, survival = parts(base)
    return log(cdf(low)) if x <= low else log(survival(high)) if x >= high else density(x)


NONE = "Infinity"
LESS = "-Infinity"

TRUNCATED = Distribution(
    name="tailsOfTruncated",
    support=lambda x, base, low, high: low <= x <= high,
    log_density=truncated_log_density,
    cases=[
        Case("bulk of a normal, no upper end", [{"normal": [0.5, 2.0]}, 0, NONE], [0.25, 1.0, 4.0]),
        Case("bulk of a normal, no lower end", [{"normal": [0.5, 2.0]}, LESS, 1.0], [-5.0, 0.0, 0.75]),
        Case("normal beyond 6 scales", [{"normal": [0.5, 2.0]}, 12.5, NONE], [12.75, 13.0, 15.0]),
        Case("normal beyond 14 scales", [{"normal": [0.5, 2.0]}, 28.5, NONE], [28.75, 29.0, 31.0]),
        Case("normal below -14 scales", [{"normal": [0.5, 2.0]}, LESS, -27.5], [-30.0, -28.0, -27.75]),
        Case("normal between 20 and 21 scales", [{"normal": [0, 1.0]}, 20.0, 21.0], [20.125, 20.5, 20.75]),
        Case("normal between -21 and -20 scales", [{"normal": [0, 1.0]}, -21.0, -20.0], [-20.75, -20.125]),
        Case("normal beyond 1000 scales", [{"normal": [0, 1.0]}, 1000.0, NONE], [1000.001, 1000.01]),
        Case("logNormal", [{"logNormal": [0, 0.25]}, 64.0, NONE], [65.0, 70.0]),
        Case("logNormal, near 0", [{"logNormal": [0, 0.25]}, 0, 0.015625], [0.015, 0.0125]),
        Case("halfNormal", [{"halfNormal": [2.0]}, 30.0, 40.0], [30.25, 31.0]),
        Case("logistic", [{"logistic": [1.0, 0.5]}, 60.0, NONE], [60.5, 62.0]),
        Case("logistic, below", [{"logistic": [1.0, 0.5]}, -60.0, -50.0], [-50.5, -55.0]),
        Case("laplace", [{"laplace": [1.0, 0.5]}, 60.0, 62.0], [60.5, 61.0]),
        Case("laplace, below", [{"laplace": [1.0, 0.5]}, LESS, -50.0], [-50.5, -55.0]),
        Case("gumbel", [{"gumbel": [1.0, 0.5]}, 60.0, NONE], [60.5, 62.0]),
        Case("gumbel, below", [{"gumbel": [1.0, 0.5]}, LESS, -2.0], [-2.0625, -2.25]),
        Case("exponential", [{"exponential": [0.5]}, 250.0, 300.0], [251.0, 260.0]),
        Case("exponential, with its edge", [{"exponential": [0.5]}, 0, 3.0], [0.5, 1.0]),
        Case("weibull", [{"weibull": [2.0, 1.5]}, 64.0, NONE], [64.25, 66.0]),
        Case("rayleigh", [{"rayleigh": [2.0]}, 32.0, NONE], [32.25, 33.0]),
        Case("pareto", [{"pareto": [1.5, 30.0]}, 64.0, NONE], [65.0, 80.0]),
        Case("gamma beyond 10 scales", [{"gamma": [2.5, 3.0]}, 6.0, NONE], [6.125, 7.0]),
    ],
)

CENSORED = Distribution(
    name="tailsOfCensored",
    log_density=censored_log_density,
    cases=[
        Case("normal", [{"normal": [0.5, 2.0]}, -30.0, 30.0], [-31.0, 0.25, 31.0]),
        Case("normal in the bulk", [{"normal": [0.5, 2.0]}, -1.0, 3.0], [-2.0, 0.25, 4.0]),
        Case("normal beyond 1000 scales", [{"normal": [0, 1.0]}, -1000.0, 1000.0], [-1001.0, 0.25, 1001.0]),
        Case("logNormal", [{"logNormal": [0, 0.25]}, 0.015625, 64.0], [0.01, 0.5, 65.0]),
        Case("halfNormal", [{"halfNormal": [2.0]}, 0.25, 30.0], [0.125, 0.5, 31.0]),
        Case("logistic", [{"logistic": [1.0, 0.5]}, -60.0, 60.0], [-61.0, 0.5, 61.0]),
        Case("laplace", [{"laplace": [1.0, 0.5]}, -60.0, 60.0], [-61.0, 0.5, 61.0]),
        Case("laplace in the bulk", [{"laplace": [1.0, 0.5]}, 1.25, 1.5], [1.0, 1.375, 1.625]),
        Case("gumbel", [{"gumbel": [1.0, 0.5]}, -2.0, 60.0], [-3.0, 0.5, 61.0]),
        Case("gumbel in the bulk", [{"gumbel": [1.0, 0.5]}, 0.5, 4.0], [0.25, 0.75, 5.0]),
        Case("exponential", [{"exponential": [0.5]}, 0.25, 250.0], [0.125, 0.5, 251.0]),
        Case("weibull", [{"weibull": [2.0, 1.5]}, 0.25, 64.0], [0.125, 0.5, 65.0]),
        Case("rayleigh", [{"rayleigh": [2.0]}, 0.25, 32.0], [0.125, 0.5, 33.0]),
        Case("pareto", [{"pareto": [1.5, 30.0]}, 1.625, 64.0], [1.5625, 2.0, 65.0]),
        Case("gamma", [{"gamma": [2.5, 3.0]}, 0.25, 8.0], [0.125, 0.5, 9.0]),
    ],
)

EXTREME_LOG_NORMAL = replace(
    LOG_NORMAL,
    name="extremesOfLogNormal",
    cases=[
        Case(f"loc {loc}", [loc, 1e-3], [float(mp.exp(loc + z / 1000)) for z in (-3.0, -0.25, 1e-3, 1.0, 10.0)], moderate=False, cdf=False)
        for loc in (-40.0, 40.0)
    ],
)

EXTREME_WEIBULL = replace(
    WEIBULL,
    name="extremesOfWeibull",
    cases=[
        Case(f"concentration 1e5, scale {scale}", [scale, 1e5], [scale * z for z in (0.9999, 0.99999, 1.0, 1.00001)], moderate=False, cdf=False)
        for scale in (1e-10, 1.0, 1e10)
    ],
)

DISTRIBUTIONS = [TRUNCATED, CENSORED, EXTREME_LOG_NORMAL, EXTREME_WEIBULL]
