"""Distributions made from the normal."""

from mpmath import e, log, mp, mpf, pi, sqrt
from scipy import stats

from common import Case, Distribution, normal_cdf


def normal_log_density(x, loc, scale):
    return -(((x - loc) / scale) ** 2) / 2 - log(scale) - log(2 * pi) / 2


def normal_icdf(p):
    return -sqrt(mpf(2)) * mp.erfinv(1 - 2 * p)


NORMAL = Distribution(
    name="normal",
    scipy_name="norm(loc, scale)",
    scipy=lambda loc, scale: stats.norm(loc, scale),
    log_density=normal_log_density,
    cdf=lambda x, loc, scale: normal_cdf((x - loc) / scale),
    icdf=lambda p, loc, scale: loc + scale * normal_icdf(p),
    mean=lambda loc, scale: loc,
    variance=lambda loc, scale: scale**2,
    entropy=lambda loc, scale: log(2 * pi * e) / 2 + log(scale),
    cases=[
        Case("typical", [0.5, 2.0], [-6.0, -1.25, 0.0, 0.5, 0.7, 2.0, 3.5, 9.0]),
        Case("standard", [0, 1], [-3.0, -1.0, -0.1, 0.0, 1e-3, 0.3, 1.0, 2.5]),
        Case("far tails", [0, 1], [-1e4, -100.0, -38.0, -10.0, 10.0, 38.0, 100.0, 1e4]),
        Case("tiny scale", [1.0, 1e-6], [0.0, 0.999, 0.999999, 1.0, 1.000001, 1.001, 2.0], moderate=False),
        Case("huge scale", [-3.0, 1e6], [-1e10, -1e6, -3.0, 0.0, 1e-6, 1e6, 1e10]),
        Case("large loc", [1e6, 1.0], [999990.0, 999999.0, 1e6, 1000000.5, 1000001.0, 1000010.0]),
        Case("scale 1e-30", [0, 1e-30], [-1e-26, -1e-30, 0.0, 1e-32, 2e-30, 1e-28], moderate=False),
        Case("scale 1e30", [0, 1e30], [-1e34, -1e30, 0.0, 1.0, 2e30, 1e33]),
    ],
)

HALF_NORMAL = Distribution(
    name="halfNormal",
    scipy_name="halfnorm(scale=scale)",
    scipy=lambda scale: stats.halfnorm(scale=scale),
    support=lambda x, scale: x >= 0,
    log_density=lambda x, scale: log(2) + normal_log_density(x, mpf(0), scale),
    cdf=lambda x, scale: mp.erf(x / scale / sqrt(2)),
    icdf=lambda p, scale: scale * sqrt(mpf(2)) * mp.erfinv(p),
    mean=lambda scale: scale * sqrt(2 / pi),
    variance=lambda scale: scale**2 * (1 - 2 / pi),
    entropy=lambda scale: log(pi * scale**2 / 2) / 2 + mpf(1) / 2,
    cases=[
        Case("typical", [2.0], [0.1, 0.5, 1.0, 2.0, 3.5, 8.0], [-0.5, -1e-3]),
        Case("standard", [1], [0.25, 0.7, 1.0, 1.5, 3.0, 5.0], [-1.0]),
        Case("edge", [1.5], [0.0, 1e-30, 1e-10, 1e-4], [-1e-30, -1.0, -1e4]),
        Case("far tail", [1], [10.0, 38.0, 100.0, 1e4]),
        Case("tiny scale", [1e-6], [0.0, 1e-8, 1e-6, 5e-6, 1e-4, 1e-2], [-1e-6]),
        Case("huge scale", [1e6], [0.0, 1e-6, 1.0, 1e5, 1e6, 1e10], [-1.0]),
    ],
)

LOG_NORMAL = Distribution(
    name="logNormal",
    scipy_name="lognorm(s=scale, scale=exp(loc))",
    scipy=lambda loc, scale: stats.lognorm(scale, scale=float(mp.exp(loc))),
    support=lambda x, loc, scale: x > 0,
    log_density=lambda x, loc, scale: normal_log_density(log(x), loc, scale) - log(x),
    cdf=lambda x, loc, scale: normal_cdf((log(x) - loc) / scale),
    icdf=lambda p, loc, scale: mp.exp(loc + scale * normal_icdf(p)),
    mean=lambda loc, scale: mp.exp(loc + scale**2 / 2),
    variance=lambda loc, scale: mp.expm1(scale**2) * mp.exp(2 * loc + scale**2),
    entropy=lambda loc, scale: loc + log(2 * pi * e) / 2 + log(scale),
    cases=[
        Case("typical", [0.5, 0.75], [0.1, 0.5, 1.0, 1.6, 3.0, 10.0], [-1.0, -1e-3]),
        Case("standard", [0, 1], [0.05, 0.3, 1.0, 2.0, 7.0, 50.0], [-0.5]),
        Case("edge", [0, 1], [0.0, 1e-38, 1e-20, 1e-6], [-1e-30, -1.0, -1e4]),
        Case("far tails", [0, 0.5], [1e-30, 1e-10, 1e4, 1e10, 1e30], [-1.0], moderate=False),
        Case("tiny scale", [0, 1e-3], [0.9, 0.998, 1.0, 1.001, 1.1], [-1.0]),
        Case("huge scale", [1.0, 20.0], [1e-20, 1e-5, 1.0, 2.718, 1e5, 1e20], [-1.0], moderate=False),
        Case("large loc", [50.0, 2.0], [1e18, 1e21, 5e21, 1e23, 1e26], [-1.0]),
    ],
)

DISTRIBUTIONS = [NORMAL, HALF_NORMAL, LOG_NORMAL]
