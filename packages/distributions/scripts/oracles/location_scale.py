"""Distributions of a location and a scale on the whole line, and their halves."""

from mpmath import euler, log, log1p, mp, mpf, pi, sqrt
from scipy import stats

from common import Case, Distribution, INF, NAN, beta_cdf

CAUCHY = Distribution(
    name="cauchy",
    scipy_name="cauchy(loc, scale)",
    scipy=lambda loc, scale: stats.cauchy(loc, scale),
    log_density=lambda x, loc, scale: -log(pi * scale * (1 + ((x - loc) / scale) ** 2)),
    cdf=lambda x, loc, scale: mp.atan2(1, -(x - loc) / scale) / pi,
    icdf=lambda p, loc, scale: loc - scale * mp.cot(pi * p),
    entropy=lambda loc, scale: log(4 * pi * scale),
    cases=[
        Case("typical", [0.5, 2.0], [-20.0, -1.5, 0.0, 0.5, 0.75, 2.5, 4.0, 30.0]),
        Case("standard", [0, 1], [-5.0, -1.0, -0.1, 0.0, 1e-3, 0.4, 1.0, 7.0]),
        Case("far tails", [0, 1], [-1e30, -1e10, -1e4, -100.0, 100.0, 1e4, 1e10, 1e30]),
        Case("tiny scale", [1.0, 1e-6], [0.0, 0.99, 0.999999, 1.0, 1.000001, 1.01, 100.0]),
        Case("huge scale", [-3.0, 1e6], [-1e10, -1e6, -3.0, 0.0, 1e-6, 1e6, 1e10]),
        Case("large loc", [1e6, 1.0], [0.0, 999990.0, 1e6, 1000000.5, 1000010.0]),
    ],
)

HALF_CAUCHY = Distribution(
    name="halfCauchy",
    scipy_name="halfcauchy(scale=scale)",
    scipy=lambda scale: stats.halfcauchy(scale=scale),
    support=lambda x, scale: x >= 0,
    log_density=lambda x, scale: log(2) - log(pi * scale * (1 + (x / scale) ** 2)),
    cdf=lambda x, scale: 2 / pi * mp.atan(x / scale),
    icdf=lambda p, scale: scale * mp.tan(pi * p / 2),
    mean=lambda scale: INF,
    variance=lambda scale: INF,
    entropy=lambda scale: log(2 * pi * scale),
    cases=[
        Case("typical", [5.0], [0.1, 1.0, 5.0, 7.5, 20.0, 100.0], [-0.5, -1e-3]),
        Case("standard", [1], [0.25, 0.7, 1.0, 1.5, 3.0, 50.0], [-1.0]),
        Case("edge", [1.5], [0.0, 1e-30, 1e-10, 1e-4], [-1e-30, -1.0, -1e4]),
        Case("far tail", [1], [1e2, 1e4, 1e10, 1e30]),
        Case("tiny scale", [1e-6], [0.0, 1e-8, 1e-6, 5e-6, 1e-2, 1e4], [-1e-6]),
        Case("huge scale", [1e6], [0.0, 1e-6, 1.0, 1e5, 1e6, 1e10], [-1.0]),
    ],
)


def student_t_log_density(x, df, loc, scale):
    z = (x - loc) / scale
    normaliser = mp.loggamma((df + 1) / 2) - mp.loggamma(df / 2) - log(df * pi) / 2 - log(scale)
    return normaliser - (df + 1) / 2 * log1p(z**2 / df)


def student_t_cdf(x, df, loc, scale):
    """The incomplete beta function, or the integral of the density where its series are too long."""
    z = (x - loc) / scale
    if z > 0:
        return 1 - student_t_cdf(-z, df, 0, 1)
    if df < 1000:
        return beta_cdf(df / (df + z**2), df / 2, mpf(1) / 2) / 2
    density = lambda t: mp.exp(student_t_log_density(t, df, 0, 1))
    if z > -1:
        return mpf(1) / 2 - mp.quad(density, [z, 0])
    return mp.quad(density, [z + k / z for k in (1000, 300, 100, 30, 10, 3, 0)])


STUDENT_T = Distribution(
    name="studentT",
    scipy_name="t(df, loc, scale)",
    scipy=lambda df, loc, scale: stats.t(df, loc, scale),
    skip=("mean",),
    log_density=student_t_log_density,
    cdf=student_t_cdf,
    mean=lambda df, loc, scale: loc if df > 1 else NAN,
    variance=lambda df, loc, scale: scale**2 * df / (df - 2) if df > 2 else INF if df > 1 else NAN,
    entropy=lambda df, loc, scale: (df + 1) / 2 * (mp.digamma((df + 1) / 2) - mp.digamma(df / 2))
    + log(df) / 2
    + log(mp.beta(df / 2, mpf(1) / 2))
    + log(scale),
    cases=[
        Case("typical", [3.5, 0.5, 2.0], [-20.0, -1.5, 0.0, 0.5, 0.75, 2.5, 4.0, 30.0]),
        Case("standard", [5, 0, 1], [-5.0, -1.0, -0.1, 0.0, 1e-3, 0.4, 1.0, 7.0]),
        Case("one degree of freedom", [1, 0, 1], [-1e4, -1.0, 0.0, 0.5, 3.0, 1e4]),
        Case("two degrees of freedom", [2, 1.0, 0.5], [-1e3, 0.0, 1.0, 1.25, 1e3]),
        Case("small df", [0.05, 0, 1], [-1e4, -1.0, 0.0, 0.1, 100.0, 1e10], moderate=False, p=[0.25, 0.5, 0.9]),
        Case("df 1e4", [1e4, 0, 1], [-10.0, -3.0, -0.1, 0.0, 1.0, 5.0, 38.0, 100.0], p=[0.02, 0.25, 0.5, 0.9]),
        Case("df 1e8", [1e8, 0, 1], [-38.0, -3.0, 0.0, 0.1, 1.0, 10.0], moderate=False, p=[]),
        Case("far tails", [4, 0, 1], [-1e10, -1e4, -100.0, 100.0, 1e4, 1e10]),
        Case("tiny and huge", [10, 1e4, 1e-4], [9999.0, 1e4, 10000.001, 10001.0, 2e4], p=[]),
    ],
)

LAPLACE = Distribution(
    name="laplace",
    scipy_name="laplace(loc, scale)",
    scipy=lambda loc, scale: stats.laplace(loc, scale),
    log_density=lambda x, loc, scale: -abs(x - loc) / scale - log(2 * scale),
    cdf=lambda x, loc, scale: mp.exp((x - loc) / scale) / 2 if x < loc else 1 - mp.exp(-(x - loc) / scale) / 2,
    icdf=lambda p, loc, scale: loc + scale * (log(2 * p) if p < 0.5 else -log(2 * (1 - p))),
    mean=lambda loc, scale: loc,
    variance=lambda loc, scale: 2 * scale**2,
    entropy=lambda loc, scale: 1 + log(2 * scale),
    cases=[
        Case("typical", [0.5, 2.0], [-20.0, -1.5, 0.0, 0.5, 0.75, 2.5, 4.0, 30.0]),
        Case("standard", [0, 1], [-5.0, -1.0, -0.1, 0.0, 1e-3, 0.4, 1.0, 7.0]),
        Case("far tails", [0, 1], [-1e10, -1e4, -100.0, 100.0, 1e4, 1e10], moderate=False),
        Case("tiny scale", [1.0, 1e-6], [0.0, 0.99, 0.999999, 1.0, 1.000001, 1.01, 100.0], moderate=False),
        Case("huge scale", [-3.0, 1e6], [-1e10, -1e6, -3.0, 0.0, 1e-6, 1e6, 1e10], moderate=False),
        Case("large loc", [1e6, 1.0], [0.0, 999990.0, 1e6, 1000000.5, 1000010.0], moderate=False),
    ],
)


def sides(scale, asymmetry):
    """The scales left and right of the location."""
    return scale * asymmetry, scale / asymmetry


def asymmetric_laplace_log_density(x, loc, scale, asymmetry):
    left, right = sides(scale, asymmetry)
    return -abs(x - loc) / (left if x < loc else right) - log(left + right)


def asymmetric_laplace_cdf(x, loc, scale, asymmetry):
    left, right = sides(scale, asymmetry)
    if x < loc:
        return left / (left + right) * mp.exp((x - loc) / left)
    return 1 - right / (left + right) * mp.exp(-(x - loc) / right)


def asymmetric_laplace_icdf(p, loc, scale, asymmetry):
    left, right = sides(scale, asymmetry)
    below = left / (left + right)
    return loc + left * log(p / below) if p < below else loc - right * log((1 - p) / (1 - below))


ASYMMETRIC_LAPLACE = Distribution(
    name="asymmetricLaplace",
    scipy_name="laplace_asymmetric(kappa=asymmetry, loc, scale)",
    scipy=lambda loc, scale, asymmetry: stats.laplace_asymmetric(asymmetry, loc, scale),
    log_density=asymmetric_laplace_log_density,
    cdf=asymmetric_laplace_cdf,
    icdf=asymmetric_laplace_icdf,
    mean=lambda loc, scale, asymmetry: loc + scale / asymmetry - scale * asymmetry,
    variance=lambda loc, scale, asymmetry: (scale / asymmetry) ** 2 + (scale * asymmetry) ** 2,
    entropy=lambda loc, scale, asymmetry: 1 + log(scale / asymmetry + scale * asymmetry),
    cases=[
        Case("typical", [0.5, 2.0, 0.7], [-20.0, -1.5, 0.0, 0.5, 0.75, 2.5, 4.0, 30.0]),
        Case("leaning left", [0, 1, 3.0], [-15.0, -1.0, -0.1, 0.0, 1e-3, 0.4, 1.0, 7.0]),
        Case("symmetric", [-1.0, 0.5, 1], [-3.0, -1.25, -1.0, -0.75, 0.0, 2.0]),
        Case("far tails", [0, 1, 2.0], [-1e10, -1e4, -100.0, 100.0, 1e4, 1e10]),
        Case("extreme asymmetry", [0, 1, 1e-3], [-1.0, -1e-4, 0.0, 1.0, 1e3, 1e4]),
        Case("tiny scale", [1.0, 1e-6, 0.5], [0.0, 0.99, 0.999999, 1.0, 1.000001, 1.01], moderate=False),
        Case("huge scale", [-3.0, 1e6, 1.5], [-1e10, -1e6, -3.0, 0.0, 1e6, 1e10]),
    ],
)

LOGISTIC = Distribution(
    name="logistic",
    scipy_name="logistic(loc, scale)",
    scipy=lambda loc, scale: stats.logistic(loc, scale),
    log_density=lambda x, loc, scale: -(x - loc) / scale - log(scale) - 2 * log1p(mp.exp(-(x - loc) / scale)),
    cdf=lambda x, loc, scale: 1 / (1 + mp.exp(-(x - loc) / scale)),
    icdf=lambda p, loc, scale: loc + scale * log(p / (1 - p)),
    mean=lambda loc, scale: loc,
    variance=lambda loc, scale: (scale * pi) ** 2 / 3,
    entropy=lambda loc, scale: log(scale) + 2,
    cases=[
        Case("typical", [0.5, 2.0], [-20.0, -1.5, 0.0, 0.5, 0.75, 2.5, 4.0, 30.0]),
        Case("standard", [0, 1], [-5.0, -1.0, -0.1, 0.0, 1e-3, 0.4, 1.0, 7.0]),
        Case("far tails", [0, 1], [-1e4, -700.0, -100.0, -50.0, 50.0, 100.0, 700.0, 1e4]),
        Case("tiny scale", [1.0, 1e-6], [0.0, 0.99, 0.999999, 1.0, 1.000001, 1.01, 2.0], moderate=False),
        Case("huge scale", [-3.0, 1e6], [-1e10, -1e6, -3.0, 0.0, 1e-6, 1e6, 1e10]),
        Case("large loc", [1e6, 1.0], [999990.0, 1e6, 1000000.5, 1000010.0]),
        Case("near the mode", [0, 1], [-0.1, -1e-3, -1e-5, -1e-8, -1e-20, 1e-20, 1e-12, 1e-6, 1e-4, 0.01]),
        Case("scale 1e-20", [0, 1e-20], [-6e-19, -1e-20, 1e-26, 3e-20, 1e-17], moderate=False),
        Case("scale 1e18", [0, 1e18], [-1e20, -1e18, 1e-2, 1e12, 3e18, 1e21], moderate=False),
    ],
)

GUMBEL = Distribution(
    name="gumbel",
    scipy_name="gumbel_r(loc, scale)",
    scipy=lambda loc, scale: stats.gumbel_r(loc, scale),
    log_density=lambda x, loc, scale: -(x - loc) / scale - mp.exp(-(x - loc) / scale) - log(scale),
    cdf=lambda x, loc, scale: mp.exp(-mp.exp(-(x - loc) / scale)),
    icdf=lambda p, loc, scale: loc - scale * log(-log(p)),
    mean=lambda loc, scale: loc + euler * scale,
    variance=lambda loc, scale: (scale * pi) ** 2 / 6,
    entropy=lambda loc, scale: log(scale) + euler + 1,
    cases=[
        Case("typical", [0.5, 2.0], [-6.0, -1.5, 0.0, 0.5, 0.75, 2.5, 4.0, 30.0]),
        Case("standard", [0, 1], [-3.0, -1.0, -0.1, 0.0, 1e-3, 0.4, 1.0, 7.0]),
        Case("far right tail", [0, 1], [20.0, 50.0, 100.0, 1e3, 1e4]),
        Case("steep left tail", [0, 1], [-80.0, -50.0, -20.0, -10.0, -5.0]),
        Case("tiny scale", [1.0, 1e-6], [0.99999, 0.999999, 1.0, 1.000001, 1.01, 2.0], moderate=False),
        Case("huge scale", [-3.0, 1e6], [-1e7, -1e6, -3.0, 0.0, 1e-6, 1e6, 1e10]),
        Case("near the mode", [0, 1], [-0.1, -1e-3, -1e-5, -1e-8, -1e-20, 1e-20, 1e-12, 1e-6, 1e-4, 0.01]),
        Case("scale 1e-20", [0, 1e-20], [-3e-19, -1e-20, 1e-26, 3e-20, 1e-17], moderate=False),
        Case("scale 1e18", [0, 1e18], [-3e19, -1e18, 1e-2, 1e12, 3e18, 1e21], moderate=False),
    ],
)

DISTRIBUTIONS = [CAUCHY, HALF_CAUCHY, STUDENT_T, LAPLACE, ASYMMETRIC_LAPLACE, LOGISTIC, GUMBEL]
