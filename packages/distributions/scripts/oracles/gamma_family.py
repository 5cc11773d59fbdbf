"""Distributions on the positive half-line."""

from mpmath import e, euler, log, mp, mpf, pi, sqrt
from scipy import stats

from common import Case, Distribution, INF, beta_cdf, lbeta, normal_cdf, xlogy

EXPONENTIAL = Distribution(
    name="exponential",
    scipy_name="expon(scale=1/rate)",
    scipy=lambda rate: stats.expon(scale=1 / rate),
    support=lambda x, rate: x >= 0,
    log_density=lambda x, rate: log(rate) - rate * x,
    cdf=lambda x, rate: -mp.expm1(-rate * x),
    icdf=lambda p, rate: -mp.log1p(-p) / rate,
    mean=lambda rate: 1 / rate,
    variance=lambda rate: 1 / rate**2,
    entropy=lambda rate: 1 - log(rate),
    cases=[
        Case("typical", [0.5], [0.1, 0.7, 1.0, 2.0, 5.0, 20.0], [-0.5, -1e-3]),
        Case("standard", [1], [0.05, 0.3, 1.0, 1.5, 3.0, 8.0], [-1.0]),
        Case("edge", [2.0], [0.0, 1e-38, 1e-20, 1e-6], [-1e-30, -1.0, -1e4]),
        Case("far tail", [1], [20.0, 100.0, 700.0, 1e4, 1e6]),
        Case("tiny rate", [1e-6], [0.0, 1.0, 1e5, 1e6, 1e10], [-1.0]),
        Case("huge rate", [1e6], [0.0, 1e-10, 1e-6, 1e-5, 1e-2, 1.0], [-1e-6]),
    ],
)


def gamma_log_density(x, concentration, rate):
    a = concentration
    return a * log(rate) + xlogy(a - 1, x) - rate * x - mp.loggamma(a)


GAMMA = Distribution(
    name="gamma",
    scipy_name="gamma(a=concentration, scale=1/rate)",
    scipy=lambda concentration, rate: stats.gamma(concentration, scale=1 / rate),
    support=lambda x, concentration, rate: x >= 0,
    log_density=gamma_log_density,
    cdf=lambda x, concentration, rate: mp.gammainc(concentration, 0, rate * x, regularized=True),
    mean=lambda concentration, rate: concentration / rate,
    variance=lambda concentration, rate: concentration / rate**2,
    entropy=lambda a, rate: a - log(rate) + mp.loggamma(a) + (1 - a) * mp.digamma(a),
    cases=[
        Case("typical", [2.5, 3.0], [0.01, 0.3, 0.5, 0.8, 1.5, 4.0, 10.0], [-0.5, -1e-3]),
        Case("small concentration", [0.5, 2.0], [1e-10, 0.01, 0.25, 1.0, 3.0, 12.0], [-1.0]),
        Case("edge, concentration below 1", [0.5, 1], [0.0, 1e-38, 1e-20, 1e-6], [-1e-30, -1.0]),
        Case("edge, concentration 1", [1, 3.0], [0.0, 1e-38, 1e-6, 0.5], [-1e-30, -1e4]),
        Case("edge, concentration above 1", [3, 1], [0.0, 1e-30, 1e-6, 1.0], [-1e-30, -1e4]),
        Case("concentration 1e4", [1e4, 1], [9000.0, 9900.0, 9999.0, 1e4, 10001.0, 10100.0, 11000.0]),
        Case("concentration 1e6", [1e6, 1e3], [990.0, 999.0, 1000.0, 1000.5, 1005.0], [-1.0], p=[0.02, 0.25, 0.5, 0.9]),
        Case("concentration 1e-6", [1e-6, 1], [1e-30, 1e-10, 1e-3, 1.0, 10.0], [-1.0], p=[]),
        Case("far tails", [2.5, 1], [1e-30, 1e-10, 100.0, 700.0, 1e4, 1e6], p=[]),
        Case("tiny rate", [5, 1e-6], [1e4, 1e6, 5e6, 2e7, 1e8], [-1.0]),
        Case("huge rate", [0.75, 1e6], [1e-12, 1e-8, 1e-6, 3e-6, 1e-4], [-1e-6]),
    ],
)

CHI_SQUARED = Distribution(
    name="chiSquared",
    scipy_name="chi2(df)",
    scipy=lambda df: stats.chi2(df),
    support=lambda x, df: x >= 0,
    log_density=lambda x, df: xlogy(df / 2 - 1, x) - x / 2 - df / 2 * log(2) - mp.loggamma(df / 2),
    cdf=lambda x, df: mp.gammainc(df / 2, 0, x / 2, regularized=True),
    mean=lambda df: df,
    variance=lambda df: 2 * df,
    entropy=lambda df: df / 2 + log(2) + mp.loggamma(df / 2) + (1 - df / 2) * mp.digamma(df / 2),
    cases=[
        Case("typical", [4], [0.01, 0.5, 1.5, 2.0, 3.0, 8.0, 25.0], [-0.5, -1e-3]),
        Case("fractional df", [2.5], [0.05, 0.5, 1.0, 2.0, 6.0], [-1.0]),
        Case("edge, df 1", [1], [0.0, 1e-38, 1e-20, 1e-6, 1.0], [-1e-30, -1.0]),
        Case("edge, df 2", [2], [0.0, 1e-38, 1e-6, 2.0], [-1e-30]),
        Case("edge, df 3", [3], [0.0, 1e-38, 1e-6, 2.0], [-1e-30, -1e4]),
        Case("df 1e4", [1e4], [9000.0, 9900.0, 9998.0, 1e4, 10100.0, 11000.0]),
        Case("df 1e6", [1e6], [99e4, 999e3, 1e6, 1001e3, 101e4], p=[0.02, 0.25, 0.5, 0.9]),
        Case("df 1e-3", [1e-3], [1e-30, 1e-10, 1e-3, 1.0, 10.0], [-1.0], p=[]),
        Case("far tail", [4], [1e-30, 100.0, 700.0, 1e4, 1e6], p=[]),
    ],
)

INVERSE_GAMMA = Distribution(
    name="inverseGamma",
    scipy_name="invgamma(a=concentration, scale=rate)",
    scipy=lambda concentration, rate: stats.invgamma(concentration, scale=rate),
    support=lambda x, concentration, rate: x > 0,
    log_density=lambda x, a, rate: a * log(rate) - mp.loggamma(a) - (a + 1) * log(x) - rate / x,
    cdf=lambda x, a, rate: mp.gammainc(a, rate / x, INF, regularized=True) if x > 0 else mpf(0),
    mean=lambda a, rate: rate / (a - 1) if a > 1 else INF,
    variance=lambda a, rate: rate**2 / ((a - 1) ** 2 * (a - 2)) if a > 2 else INF,
    entropy=lambda a, rate: a + log(rate) + mp.loggamma(a) - (1 + a) * mp.digamma(a),
    cases=[
        Case("typical", [2.5, 3.0], [0.2, 0.5, 0.85, 1.5, 4.0, 30.0], [-0.5, -1e-3]),
        Case("variance infinite", [1.5, 1], [0.1, 0.4, 1.0, 3.0, 100.0], [-1.0]),
        Case("mean infinite", [0.5, 2.0], [0.1, 1.0, 4.0, 100.0, 1e6], [-1.0]),
        Case("edge", [3, 1], [0.0, 1e-2, 1e-1], [-1e-30, -1.0, -1e4]),
        Case("concentration 1e4", [1e4, 1e4], [0.9, 0.99, 1.0, 1.01, 1.1], [-1.0]),
        Case("far tails", [2.5, 1], [1e-6, 1e-3, 1e2, 1e4, 1e10], moderate=False, p=[]),
        Case("tiny rate", [3, 1e-6], [1e-8, 1e-7, 2.5e-7, 1e-6, 1e-3, 10.0], [-1e-6]),
        Case("huge rate", [3, 1e6], [1e4, 1e5, 2.5e5, 1e6, 1e9], [-1.0]),
        Case("rate 1e20", [2.5, 1e20], [1e19, 3e19, 1e20, 1e21, 1e24, 1e28], moderate=False, p=[]),
        Case("rate 1e-17", [0.5, 1e-17], [1e-18, 1e-17, 3e-17, 1e-14, 1e-10, 1e10, 1e18], moderate=False, p=[]),
        Case("values beyond 1e19", [0.25, 1], [1e19, 1e24, 1e30, 1e37], moderate=False, p=[]),
    ],
)


def weibull_moment(scale, concentration, order):
    return scale**order * mp.gamma(1 + order / concentration)


WEIBULL = Distribution(
    name="weibull",
    scipy_name="weibull_min(c=concentration, scale=scale)",
    scipy=lambda scale, concentration: stats.weibull_min(concentration, scale=scale),
    support=lambda x, scale, concentration: x >= 0,
    log_density=lambda x, scale, k: log(k / scale) + xlogy(k - 1, x / scale) - (x / scale) ** k,
    cdf=lambda x, scale, k: -mp.expm1(-((x / scale) ** k)),
    icdf=lambda p, scale, k: scale * (-mp.log1p(-p)) ** (1 / k),
    mean=lambda scale, k: weibull_moment(scale, k, 1),
    variance=lambda scale, k: weibull_moment(scale, k, 2) - weibull_moment(scale, k, 1) ** 2,
    entropy=lambda scale, k: euler * (1 - 1 / k) + log(scale / k) + 1,
    cases=[
        Case("typical", [2.0, 1.5], [0.01, 0.5, 1.0, 2.0, 3.5, 8.0], [-0.5, -1e-3]),
        Case("heavy tail", [1, 0.5], [1e-6, 0.1, 1.0, 5.0, 100.0], [-1.0]),
        Case("edge, concentration below 1", [1, 0.75], [0.0, 1e-38, 1e-20, 1e-6], [-1e-30, -1.0]),
        Case("edge, concentration 1", [2.0, 1], [0.0, 1e-38, 1e-6, 0.5], [-1e-30, -1e4]),
        Case("edge, concentration above 1", [2.0, 3], [0.0, 1e-30, 1e-6, 1.0], [-1e-30]),
        Case("peaked", [1, 100.0], [0.5, 0.9, 0.99, 1.0, 1.01, 1.05], [-1.0], moderate=False),
        Case("far tail", [1, 1.25], [1e-30, 100.0, 1e3, 1e4], [-1.0]),
        Case("tiny scale", [1e-6, 2.0], [1e-9, 1e-7, 1e-6, 3e-6, 1e-4], [-1e-6]),
        Case("huge scale", [1e6, 2.0], [1.0, 1e5, 1e6, 3e6, 1e8], [-1.0]),
    ],
)

RAYLEIGH = Distribution(
    name="rayleigh",
    scipy_name="rayleigh(scale=scale)",
    scipy=lambda scale: stats.rayleigh(scale=scale),
    support=lambda x, scale: x >= 0,
    log_density=lambda x, scale: log(x) - 2 * log(scale) - (x / scale) ** 2 / 2,
    cdf=lambda x, scale: -mp.expm1(-((x / scale) ** 2) / 2),
    icdf=lambda p, scale: scale * sqrt(-2 * mp.log1p(-p)),
    mean=lambda scale: scale * sqrt(pi / 2),
    variance=lambda scale: (2 - pi / 2) * scale**2,
    entropy=lambda scale: 1 + log(scale / sqrt(mpf(2))) + euler / 2,
    cases=[
        Case("typical", [2.0], [0.01, 0.5, 1.0, 2.0, 3.5, 8.0], [-0.5, -1e-3]),
        Case("standard", [1], [0.1, 0.7, 1.0, 1.3, 3.0], [-1.0]),
        Case("edge", [1.5], [0.0, 1e-38, 1e-20, 1e-6], [-1e-30, -1.0, -1e4]),
        Case("far tail", [1], [10.0, 38.0, 100.0, 1e4], [-1.0]),
        Case("tiny scale", [1e-6], [1e-9, 1e-7, 1e-6, 3e-6, 1e-4], [-1e-6]),
        Case("huge scale", [1e6], [1e-3, 1.0, 1e5, 1e6, 1e10], [-1.0]),
    ],
)

PARETO = Distribution(
    name="pareto",
    scipy_name="pareto(b=alpha, scale=scale)",
    scipy=lambda scale, alpha: stats.pareto(alpha, scale=scale),
    support=lambda x, scale, alpha: x >= scale,
    log_density=lambda x, scale, alpha: log(alpha) + alpha * log(scale) - (alpha + 1) * log(x),
    cdf=lambda x, scale, alpha: -mp.expm1(alpha * log(scale / x)),
    icdf=lambda p, scale, alpha: scale * mp.exp(-mp.log1p(-p) / alpha),
    mean=lambda scale, alpha: alpha * scale / (alpha - 1) if alpha > 1 else INF,
    variance=lambda scale, a: scale**2 * a / ((a - 1) ** 2 * (a - 2)) if a > 2 else INF,
    entropy=lambda scale, alpha: log(scale / alpha) + 1 / alpha + 1,
    cases=[
        Case("typical", [1.5, 2.5], [1.6, 2.0, 3.0, 10.0, 100.0], [1.4, 1.0, 0.0]),
        Case("variance infinite", [1, 1.5], [1.1, 1.5, 4.0, 50.0], [0.5]),
        Case("mean infinite", [2.0, 0.75], [2.1, 5.0, 100.0, 1e6], [1.0]),
        Case("edge", [1.5, 3.0], [1.5, 1.5000001, 1.5001], [1.4999999, 0.0, -1.0]),
        Case("far tail", [1, 3.0], [1e2, 1e4, 1e10, 1e30], [-1e4]),
        Case("tiny alpha", [1, 1e-3], [1.0, 2.0, 1e4, 1e30], [0.5], p=[]),
        Case("huge alpha", [1, 1e6], [1.0, 1.000001, 1.00001, 1.5], [0.999999], moderate=False),
        Case("tiny scale", [1e-6, 2.0], [1e-6, 1.5e-6, 1e-3, 1e4], [1e-7]),
        Case("huge scale", [1e6, 4.0], [1e6, 1000001.0, 2e6, 1e10], [999999.0]),
    ],
)


def inv_gaussian_log_density(x, mean, concentration):
    return log(concentration / (2 * pi * x**3)) / 2 - concentration * (x - mean) ** 2 / (2 * mean**2 * x)


def inv_gaussian_cdf(x, mean, concentration):
    if x == 0:
        return mpf(0)
    root = sqrt(concentration / x)
    mirrored = mp.exp(2 * concentration / mean) * normal_cdf(-root * (x / mean + 1))
    return normal_cdf(root * (x / mean - 1)) + mirrored


def inv_gaussian_entropy(mean, concentration):
    """E log x = log mean - exp(2 r) E1(2 r) with r = concentration / mean."""
    r = concentration / mean
    mean_log = log(mean) - mp.exp(2 * r) * mp.e1(2 * r)
    return log(2 * pi * e / concentration) / 2 + 3 * mean_log / 2


INV_GAUSSIAN = Distribution(
    name="invGaussian",
    scipy_name="invgauss(mu=mean/concentration, scale=concentration)",
    scipy=lambda mean, concentration: stats.invgauss(mean / concentration, scale=concentration),
    support=lambda x, mean, concentration: x > 0,
    log_density=inv_gaussian_log_density,
    cdf=inv_gaussian_cdf,
    mean=lambda mean, concentration: mean,
    variance=lambda mean, concentration: mean**3 / concentration,
    entropy=inv_gaussian_entropy,
    cases=[
        Case("typical", [1.5, 2.0], [0.1, 0.5, 0.8, 1.5, 3.0, 10.0], [-0.5, -1e-3]),
        Case("standard", [1, 1], [0.05, 0.3, 1.0, 2.0, 6.0], [-1.0]),
        Case("edge", [1, 2.0], [0.0, 1e-2, 1e-1], [-1e-30, -1.0, -1e4]),
        Case("nearly normal", [1, 1e4], [0.9, 0.99, 1.0, 1.01, 1.1], [-1.0]),
        Case("heavy tail", [1, 0.01], [1e-4, 1e-2, 1.0, 10.0, 1e3], [-1.0], p=[0.02, 0.25, 0.5, 0.9]),
        Case("far tails", [1, 1], [1e-6, 1e-3, 1e2, 1e4], moderate=False, p=[]),
        Case("tiny", [1e-6, 1e-6], [1e-8, 1e-7, 1e-6, 3e-6, 1e-4], [-1e-6]),
        Case("huge", [1e6, 2e6], [1e4, 1e5, 1e6, 3e6, 1e7], [-1.0]),
        Case("far beyond the mean", [1e-3, 1e2], [1e-3, 0.1, 1.0, 10.0], moderate=False, p=[]),
    ],
)


def beta_prime_entropy(a, b):
    """E log x = psi(a) - psi(b); E log (1 + x) = psi(a + b) - psi(b)."""
    psi = mp.digamma
    return lbeta(a, b) - (a - 1) * (psi(a) - psi(b)) + (a + b) * (psi(a + b) - psi(b))


BETA_PRIME = Distribution(
    name="betaPrime",
    scipy_name="betaprime(a=concentration1, b=concentration0)",
    scipy=lambda a, b: stats.betaprime(a, b),
    support=lambda x, a, b: x >= 0,
    log_density=lambda x, a, b: xlogy(a - 1, x) - (a + b) * mp.log1p(x) - lbeta(a, b),
    cdf=lambda x, a, b: beta_cdf(x / (1 + x), a, b),
    mean=lambda a, b: a / (b - 1) if b > 1 else INF,
    variance=lambda a, b: a * (a + b - 1) / ((b - 2) * (b - 1) ** 2) if b > 2 else INF,
    entropy=beta_prime_entropy,
    cases=[
        Case("typical", [2.5, 3.5], [0.05, 0.4, 0.7, 1.0, 2.5, 20.0], [-0.5, -1e-3]),
        Case("variance infinite", [1.25, 1.5], [0.01, 0.2, 1.0, 5.0, 100.0], [-1.0]),
        Case("mean infinite", [2.0, 0.5], [0.1, 1.0, 10.0, 1e4], [-1.0], moderate=False),
        Case("edge, concentration1 below 1", [0.5, 2.0], [0.0, 1e-38, 1e-20, 1e-6], [-1e-30, -1.0], moderate=False),
        Case("edge, concentration1 1", [1, 2.0], [0.0, 1e-38, 1e-6, 0.5], [-1e-30, -1e4], moderate=False),
        Case("edge, concentration1 above 1", [3.0, 2.0], [0.0, 1e-30, 1e-6, 0.5], [-1e-30]),
        Case("concentrations 1e4", [1e4, 1e4], [0.95, 0.99, 1.0, 1.01, 1.05], [-1.0], moderate=False, p=[]),
        Case("concentrations 0.01", [0.01, 0.01], [1e-30, 1e-10, 1.0, 1e10, 1e30], moderate=False, p=[]),
        Case("far tail", [2.5, 4.5], [1e-10, 1e2, 1e4, 1e8], moderate=False, p=[]),
    ],
)

DISTRIBUTIONS = [
    EXPONENTIAL,
    GAMMA,
    CHI_SQUARED,
    INVERSE_GAMMA,
    WEIBULL,
    RAYLEIGH,
    PARETO,
    INV_GAUSSIAN,
    BETA_PRIME,
]
