"""Distributions on an interval or on the circle."""

from mpmath import euler, log, log1p, mp, mpf, pi
from scipy import stats

from common import Case, Distribution, NAN, beta_cdf, lbeta, log_of, xlog1py, xlogy

UNIFORM = Distribution(
    name="uniform",
    scipy_name="uniform(loc=low, scale=high-low)",
    scipy=lambda low, high: stats.uniform(low, high - low),
    support=lambda x, low, high: low <= x <= high,
    log_density=lambda x, low, high: -log(high - low),
    cdf=lambda x, low, high: (x - low) / (high - low),
    icdf=lambda p, low, high: low + p * (high - low),
    mean=lambda low, high: (low + high) / 2,
    variance=lambda low, high: (high - low) ** 2 / 12,
    entropy=lambda low, high: log(high - low),
    cases=[
        Case("typical", [-1.0, 3.0], [-0.9, -0.25, 0.0, 0.5, 1.7, 2.9], [-1.5, 3.5]),
        Case("unit", [0, 1], [1e-30, 0.1, 0.5, 0.999], [-0.5, 1.5]),
        Case("edges", [0.25, 1.5], [0.25, 0.25000003, 1.4999999, 1.5], [0.24999999, 1.5000001, -1e4, 1e4]),
        Case("narrow", [1.0, 1.000001], [1.0, 1.0000005, 1.000001], [0.999, 1.001], moderate=False),
        Case("tiny", [0, 1e-30], [0.0, 1e-36, 5e-31, 1e-30], [-1e-30, 1e-20]),
        Case("huge", [-1e30, 1e30], [-1e30, -1.0, 0.0, 1e10, 1e30], [-1e31, 1e31]),
    ],
)


def log_uniform_variance(low, high):
    width = log(high / low)
    return (high**2 - low**2) / (2 * width) - ((high - low) / width) ** 2


LOG_UNIFORM = Distribution(
    name="logUniform",
    scipy_name="loguniform(low, high)",
    scipy=lambda low, high: stats.loguniform(low, high),
    support=lambda x, low, high: low <= x <= high,
    log_density=lambda x, low, high: -log(x) - log(log(high / low)),
    cdf=lambda x, low, high: log(x / low) / log(high / low),
    icdf=lambda p, low, high: low * (high / low) ** p,
    mean=lambda low, high: (high - low) / log(high / low),
    variance=log_uniform_variance,
    entropy=lambda low, high: log(low * high) / 2 + log(log(high / low)),
    cases=[
        Case("typical", [0.5, 20.0], [0.6, 1.0, 2.0, 7.0, 19.0], [0.4, 21.0, 0.0, -1.0]),
        Case("decades", [1e-4, 1e4], [2e-4, 1e-2, 1.0, 100.0, 9e3], [1e-5, 2e4]),
        Case("edges", [0.25, 1.5], [0.25, 0.25000003, 1.4999999, 1.5], [0.24999999, 1.5000001, -1e4, 1e4]),
        Case("narrow", [1.0, 1.000001], [1.0, 1.0000005, 1.000001], [0.999, 1.001], moderate=False),
        Case("tiny", [1e-30, 1e-20], [1e-30, 1e-28, 1e-25, 1e-20], [0.0, 1.0]),
        Case("whole range", [1e-30, 1e30], [1e-30, 1e-10, 1.0, 1e10, 1e30], [0.0, 1e31]),
    ],
)


def triangular_log_density(x, low, high, peak):
    if not low <= peak <= high:
        return NAN
    if x == peak:
        return log(2 / (high - low))
    side = (x - low) / (peak - low) if x < peak else (high - x) / (high - peak)
    return log(2 / (high - low)) + log(side)


def triangular_cdf(x, low, high, peak):
    if x <= peak and peak > low:
        return (x - low) ** 2 / ((high - low) * (peak - low))
    return 1 - (high - x) ** 2 / ((high - low) * (high - peak))


def triangular_icdf(p, low, high, peak):
    if p * (high - low) < peak - low:
        return low + mp.sqrt(p * (high - low) * (peak - low))
    return high - mp.sqrt((1 - p) * (high - low) * (high - peak))


TRIANGULAR = Distribution(
    name="triangular",
    scipy_name="triang(c=(peak-low)/(high-low), loc=low, scale=high-low)",
    scipy=lambda low, high, peak: stats.triang((peak - low) / (high - low), low, high - low),
    support=lambda x, low, high, peak: low <= x <= high,
    log_density=triangular_log_density,
    cdf=triangular_cdf,
    icdf=triangular_icdf,
    mean=lambda low, high, peak: (low + high + peak) / 3,
    variance=lambda a, b, c: (a**2 + b**2 + c**2 - a * b - a * c - b * c) / 18,
    entropy=lambda low, high, peak: mpf(1) / 2 + log((high - low) / 2),
    cases=[
        Case("typical", [-1.0, 3.0, 0.5], [-0.9, -0.25, 0.0, 0.5, 1.7, 2.9], [-1.5, 3.5]),
        Case("unit", [0, 1, 0.75], [1e-30, 0.1, 0.5, 0.75, 0.999], [-0.5, 1.5]),
        Case("edges", [0.25, 1.5, 1.0], [0.25, 0.25000003, 1.4999999, 1.5], [0.24999999, 1.5000001, -1e4, 1e4], moderate=False),
        Case("peak at low", [0, 2.0, 0], [0.0, 1e-10, 0.5, 1.5, 2.0], [-1e-30, 2.5]),
        Case("peak at high", [0, 2.0, 2.0], [0.0, 1e-10, 0.5, 1.5, 2.0], [-1e-30, 2.5]),
        Case("narrow", [1.0, 1.001, 1.0004], [1.0, 1.0003, 1.0004, 1.0008, 1.001], [0.9, 1.1], moderate=False),
        Case("tiny", [0, 1e-30, 5e-31], [0.0, 1e-36, 5e-31, 9e-31, 1e-30], [-1e-30, 1e-20], moderate=False),
        Case("huge", [-1e30, 1e30, 1e29], [-1e30, -1.0, 0.0, 1e29, 1e30], [-1e31, 1e31], moderate=False),
    ],
)

BETA = Distribution(
    name="beta",
    scipy_name="beta(a=concentration1, b=concentration0)",
    scipy=lambda a, b: stats.beta(a, b),
    support=lambda x, a, b: 0 <= x <= 1,
    log_density=lambda x, a, b: xlogy(a - 1, x) + xlog1py(b - 1, -x) - lbeta(a, b),
    cdf=beta_cdf,
    mean=lambda a, b: a / (a + b),
    variance=lambda a, b: a * b / ((a + b) ** 2 * (a + b + 1)),
    entropy=lambda a, b: lbeta(a, b)
    - (a - 1) * mp.digamma(a)
    - (b - 1) * mp.digamma(b)
    + (a + b - 2) * mp.digamma(a + b),
    cases=[
        Case("typical", [2.5, 1.5], [0.01, 0.2, 0.5, 0.75, 0.9, 0.999], [-0.1, 1.1]),
        Case("both below 1", [0.5, 0.25], [1e-10, 0.01, 0.3, 0.7, 0.99], [-1.0, 2.0]),
        Case("edges, below 1", [0.5, 0.75], [0.0, 1e-38, 1e-6, 0.99999994, 1.0], [-1e-30, 1.0000001]),
        Case("edges, at 1", [1, 1], [0.0, 1e-30, 0.5, 0.99999994, 1.0], [-1e-30, 1.0000001, -1e4, 1e4]),
        Case("edges, mixed", [1, 3.0], [0.0, 1e-30, 0.5, 0.99999994, 1.0], [-1e-30, 1.0000001]),
        Case("edges, above 1", [3.0, 2.0], [0.0, 1e-30, 0.5, 0.99999994, 1.0], [-1e-30, 1.0000001]),
        Case("concentrations 1e4", [1e4, 1e4], [0.4, 0.48, 0.499, 0.5, 0.505, 0.52], [-0.1, 1.1], p=[]),
        Case("concentrations 1e6 and 1", [1e6, 1], [0.5, 0.9, 0.99999, 0.999999, 1.0], [1.0000001], moderate=False, p=[]),
        Case("concentrations 0.01", [0.01, 0.01], [1e-30, 1e-10, 1e-3, 0.5, 0.999], [-0.1, 1.1], p=[]),
        Case("concentrations 1e-6", [1e-6, 1e-6], [1e-30, 1e-3, 0.5, 0.999], [-0.1, 1.1], moderate=False, p=[]),
        Case("unequal", [0.01, 1e4], [1e-30, 1e-10, 1e-5, 1e-4, 1e-3], [-0.1, 1.1], moderate=False, p=[]),
    ],
)


def kumaraswamy_moment(a, b, order):
    return b * mp.beta(1 + order / a, b)


KUMARASWAMY = Distribution(
    name="kumaraswamy",
    support=lambda x, a, b: 0 <= x <= 1,
    points=lambda a, b: [0, 0.25, 0.5, 0.75, 1],
    log_density=lambda x, a, b: log(a) + log(b) + xlogy(a - 1, x) + xlog1py(b - 1, -(x**a)),
    cdf=lambda x, a, b: -mp.expm1(xlog1py(b, -(x**a))),
    icdf=lambda p, a, b: (-mp.expm1(log1p(-p) / b)) ** (1 / a),
    mean=lambda a, b: kumaraswamy_moment(a, b, 1),
    variance=lambda a, b: kumaraswamy_moment(a, b, 2) - kumaraswamy_moment(a, b, 1) ** 2,
    entropy=lambda a, b: 1 - 1 / b + (1 - 1 / a) * (mp.digamma(b + 1) + euler) - log(a * b),
    cases=[
        Case("typical", [2.5, 1.5], [0.01, 0.2, 0.5, 0.75, 0.9, 0.999], [-0.1, 1.1]),
        Case("both below 1", [0.75, 0.5], [1e-10, 0.01, 0.3, 0.7, 0.99], [-1.0, 2.0], moderate=False),
        Case("edges, below 1", [0.5, 0.75], [0.0, 1e-38, 1e-6, 0.99999994, 1.0], [-1e-30, 1.0000001], moderate=False),
        Case("edges, at 1", [1, 1], [0.0, 1e-30, 0.5, 0.99999994, 1.0], [-1e-30, 1.0000001, -1e4, 1e4]),
        Case("edges, above 1", [3.0, 2.0], [0.0, 1e-30, 0.5, 0.99999994, 1.0], [-1e-30, 1.0000001]),
        Case("concentrations 100", [100.0, 100.0], [0.5, 0.9, 0.95, 0.96, 0.99], [-0.1, 1.1]),
        Case("concentrations 0.01", [0.01, 0.01], [1e-30, 1e-10, 1e-3, 0.5, 0.999], [-0.1, 1.1], moderate=False, p=[]),
        Case("unequal", [0.1, 1e4], [1e-30, 1e-20, 1e-10, 1e-3, 0.5], [-0.1, 1.1], moderate=False, p=[]),
        Case("near 0, concentration1 1", [1, 30.0], [1e-30, 1e-10, 1e-5], p=[]),
        Case("near 1", [2.5, 1.5], [0.99, 0.999, 0.9999, 0.99999, 0.999999, 0.9999999, 0.99999994]),
        Case("near 1, concentration0 below 1", [3.0, 0.5], [0.99, 0.9999, 0.999999, 0.9999999, 0.99999994], moderate=False),
        Case("near 1, concentration1 1e-4", [1e-4, 2.0], [0.99, 0.999999, 0.9999999, 0.99999994], moderate=False, p=[]),
        Case("near 1, concentrations 1e5 and 1e3", [1e5, 1e3], [0.9999, 0.99993, 0.99999, 0.99999994], moderate=False, p=[]),
    ],
)


def log_odds(param):
    log_p, log_q = log_of(param)
    return log_p - log_q


def exp_mean(t):
    """(exp(t) - 1) / t: the integral of exp(t x) over [0, 1]."""
    return mp.expm1(t) / t if t != 0 else mpf(1)


def continuous_bernoulli_mean(param):
    t = log_odds(param)
    return 1 / -mp.expm1(-t) - 1 / t if t != 0 else mpf(1) / 2


def continuous_bernoulli_variance(param):
    t = log_odds(param)
    return 1 / t**2 - mp.exp(t) / mp.expm1(t) ** 2 if t != 0 else mpf(1) / 12


GREY = [0.0, 1e-6, 0.1, 0.5, 0.75, 0.99, 1.0]
OFF = [-0.1, 1.1]
CONTINUOUS_BERNOULLI = Distribution(
    name="continuousBernoulli",
    support=lambda x, param: 0 <= x <= 1,
    points=lambda param: [0, 0.25, 0.5, 0.75, 1],
    log_density=lambda x, param: x * log_odds(param) - log(exp_mean(log_odds(param))),
    cdf=lambda x, param: x * exp_mean(log_odds(param) * x) / exp_mean(log_odds(param)),
    icdf=lambda p, param: log1p(p * mp.expm1(log_odds(param))) / log_odds(param) if log_odds(param) != 0 else p,
    mean=continuous_bernoulli_mean,
    variance=continuous_bernoulli_variance,
    entropy=lambda param: log(exp_mean(log_odds(param))) - log_odds(param) * continuous_bernoulli_mean(param),
    cases=[
        Case("typical", [{"probs": 0.3}], GREY, [*OFF, -1e-30, 1.0000001, -1e4, 1e4]),
        Case("typical logits", [{"logits": 1.5}], GREY, OFF),
        Case("probs 0.5", [{"probs": 0.5}], GREY, OFF),
        Case("logits 0", [{"logits": 0.0}], GREY, OFF),
        Case("probs near 0.5", [{"probs": 0.50000006}], GREY, OFF, moderate=False),
        Case("probs 0.499", [{"probs": 0.499}], GREY, OFF),
        Case("probs 0.501", [{"probs": 0.501}], GREY, OFF),
        Case("logits 1e-6", [{"logits": 1e-6}], GREY, OFF, moderate=False),
        Case("small probs", [{"probs": 1e-6}], GREY, OFF),
        Case("large probs", [{"probs": 0.999999}], GREY, OFF),
        Case("logits -50", [{"logits": -50.0}], GREY, OFF),
        Case("logits 50", [{"logits": 50.0}], GREY, OFF),
        Case("logits 1e3", [{"logits": 1e3}], GREY, OFF, moderate=False),
    ],
)


def von_mises_cdf(x, loc, concentration):
    """From -pi to x, in pieces around the mode that the width 1 / sqrt(concentration) tells."""
    width = 1 / mp.sqrt(concentration)
    inner = [loc + k * width for k in (-30, -10, -3, 0, 3, 10, 30)]
    points = [-pi, *(t for t in inner if -pi < t < x), x]
    return mp.quad(lambda t: mp.exp(concentration * mp.cos(t - loc)), points) / (2 * pi * mp.besseli(0, concentration))


def von_mises_log_density(x, loc, concentration):
    return concentration * mp.cos(x - loc) - log(2 * pi * mp.besseli(0, concentration))


def bessel_ratio(concentration):
    return mp.besseli(1, concentration) / mp.besseli(0, concentration)


def principal(angle):
    return angle - 2 * pi * mp.floor((angle + pi) / (2 * pi))


PI = 3.1415927
CIRCLE = [3.2, -3.2, 10.0, -1e4]
VON_MISES = Distribution(
    name="vonMises",
    scipy_name="vonmises(kappa=concentration, loc), periodic; its cdf starts at loc - pi, its variance is linear",
    scipy=lambda loc, concentration: stats.vonmises(concentration, loc),
    skip=("outside", "cdf", "icdf", "mean", "variance"),
    support=lambda x, loc, concentration: abs(x) <= mpf(3.1415927410125732),
    log_density=von_mises_log_density,
    cdf=von_mises_cdf,
    mean=lambda loc, concentration: principal(loc),
    variance=lambda loc, concentration: 1 - bessel_ratio(concentration),
    entropy=lambda loc, k: log(2 * pi * mp.besseli(0, k)) - k * bessel_ratio(k),
    cases=[
        Case("typical", [0.5, 2.0], [-3.0, -1.25, 0.0, 0.5, 1.0, 2.5], CIRCLE, p=[0.02, 0.25, 0.5, 0.9]),
        Case("around the cut", [3.0, 4.0], [-3.1, -2.5, 0.0, 2.0, 3.0, 3.1], CIRCLE, cdf=False),
        Case("edges", [0, 1], [-PI, -3.1415925, 0.0, 3.1415925, PI], CIRCLE, cdf=False),
        Case("loc outside the circle", [7.0, 1.5], [-3.0, -1.0, 0.7168147, 2.0, 3.0], CIRCLE, cdf=False),
        Case("concentration 1e-6", [0, 1e-6], [-3.0, -1.0, 0.0, 0.5, 3.0], CIRCLE, cdf=False),
        Case("concentration 100", [-1.0, 100.0], [-3.0, -1.2, -1.0, -0.9, 0.0, 2.0], CIRCLE, p=[0.02, 0.25, 0.5, 0.9]),
        Case("concentration 1e5", [0, 1e5], [-3.0, -0.01, -1e-4, 0.0, 0.003, 0.1, 3.0], CIRCLE, moderate=False, cdf=False),
        Case("concentration 1e8", [0, 1e8], [-1.0, -1e-4, 0.0, 1e-4, 1e-2], CIRCLE, moderate=False, cdf=False),
    ],
)

DISTRIBUTIONS = [UNIFORM, LOG_UNIFORM, TRIANGULAR, BETA, KUMARASWAMY, CONTINUOUS_BERNOULLI, VON_MISES]
