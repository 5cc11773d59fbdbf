"""Writes samplers.json and samplers-slow.json: how probable it is that a draw falls between edges, for the tests of
the samplers: many cases of few draws, and few cases of many, which tell small biases.

Run: python generate-samplers.py  (needs numpy, scipy and mpmath). A case has edges e₀ < e₁ < …, about quantiles, and
the probabilities of (−∞, e₀], (e₀, e₁], …, (eₖ, ∞), exact to 1e-9 at least: continuous ones by scipy's incomplete
functions or by mpmath at 50 digits, discrete ones by the ratios of neighbouring probabilities, summed over all that
matter. Critical values share one failure budget.
"""

import json
import pathlib

import mpmath as mp
import numpy as np
import scipy
from scipy import special, stats

mp.mp.dps = 50
DRAWS = 100_000
BUDGET = 1e-6
# Outer bins hold 50 draws or more, so that Pearson's statistic has its distribution.
LEVELS = np.concatenate([[5e-4, 2e-3, 1e-2], np.arange(1, 40) / 40, [0.99, 0.998, 0.9995]])
# Above this kurtosis, the mean of squares of so many draws is not yet normal.
LARGEST_KURTOSIS = 50


def case(sampler, parameters, edges, probs, moments=None):
    """Bins that would hold fewer than 50 draws are joined to their neighbours."""
    edges, probs = [float(e) for e in edges], [float(p) for p in probs]
    assert abs(sum(probs) - 1) < 1e-9, (sampler, parameters, sum(probs))
    i = 0
    while i < len(probs) and len(probs) > 1:
        if probs[i] * DRAWS >= 50:
            i += 1
            continue
        j = i if i < len(edges) else i - 1
        del edges[j]
        probs[j:j + 2] = [probs[j] + probs[j + 1]]
        i = max(0, j)
    assert len(probs) > 1, (sampler, parameters)
    found = {"sampler": sampler, "parameters": parameters, "edges": edges, "probs": probs}
    if moments is not None:
        mean, variance, kurtosis = (float(m) for m in moments)
        found["mean"] = mean
        found["variance"] = variance
        found["kurtosis"] = kurtosis if kurtosis < LARGEST_KURTOSIS else None
    return found


def continuous(sampler, parameters, quantile, cdf, moments=None):
    edges = np.unique([float(quantile(level)) for level in LEVELS])
    cumulated = [mp.mpf(0), *[mp.mpf(cdf(edge)) for edge in edges], mp.mpf(1)]
    return case(sampler, parameters, edges, np.diff(np.array(cumulated, object)), moments)


def discrete(sampler, parameters, log_ratio, low, high):
    """log_ratio(k) = log p(k + 1)/p(k), for k = low … high − 1."""
    k = np.arange(low, high, dtype=np.float64)
    logs = np.concatenate([[0], np.cumsum(log_ratio(k), dtype=np.longdouble)])
    p = np.exp(logs - logs.max())
    p /= p.sum()
    values = np.concatenate([k, [high]]).astype(np.longdouble)
    cumulated = np.cumsum(p)
    at = np.unique(np.searchsorted(cumulated, LEVELS))
    at = at[at < len(p) - 1]
    mean = (values * p).sum()
    variance = ((values - mean) ** 2 * p).sum()
    kurtosis = ((values - mean) ** 4 * p).sum() / variance**2
    probs = np.diff(np.concatenate([[0], cumulated[at], [1]]))
    return case(sampler, parameters, values[at], probs, (mean, variance, kurtosis))


def around(mean, deviation, low, high, width=14):
    return (max(low, int(mean - width * deviation - 150)), min(high, int(mean + width * deviation + 150)))


def gamma(a):
    moments = (a, a, 3 + 6 / a)
    if a < 1e-3:
        return None
    return continuous("gamma", [a], lambda q: special.gammaincinv(a, q), lambda x: special.gammainc(a, x), moments)


def log_gamma(a):
    small = mp.mpf(a)

    def quantile(q):
        log = (mp.log(q) + mp.loggamma(small + 1)) / small
        return log if log < -30 else mp.log(max(special.gammaincinv(a, q), 5e-324))

    def cdf(t):
        x = mp.e**mp.mpf(t)
        return mp.e**(small * mp.mpf(t) - mp.loggamma(small + 1)) * mp.hyp1f1(small, small + 1, -x)

    moments = (mp.digamma(small), mp.polygamma(1, small), 3 + mp.polygamma(3, small) / mp.polygamma(1, small) ** 2)
    return continuous("logGamma", [a], quantile, cdf, moments)


def beta(a, b):
    mean, variance, excess = stats.beta.stats(a, b, moments="mvk")
    return continuous("beta", [a, b], lambda q: special.betaincinv(a, b, q), lambda x: special.betainc(a, b, x),
                      (mean, variance, 3 + excess))


def exponential(rate):
    return continuous("exponential", [rate], lambda q: -np.log1p(-q) / rate, lambda x: -np.expm1(-rate * x),
                      (1 / rate, rate**-2, 9))


def von_mises(kappa):
    density = lambda t: mp.e**(-2 * kappa * mp.sin(t / 2)**2)
    reach = min(np.pi, 8 / np.sqrt(max(kappa, 1e-9)))
    mp.mp.dps = 20
    grid = [mp.mpf(reach) * i / 64 for i in range(-64, 65)]
    pieces = [mp.quad(density, [a, b]) for a, b in zip(grid, grid[1:])]
    whole = sum(pieces)
    edges = [0.97 * reach * i / 64 for i in range(-63, 64)]
    cumulated = [mp.mpf(0)]
    for edge in edges:
        i = max(j for j, start in enumerate(grid) if start <= edge)
        cumulated.append((sum(pieces[:i]) + mp.quad(density, [grid[i], edge])) / whole)
    variance = sum(mp.quad(lambda t: t**2 * density(t), [a, b]) for a, b in zip(grid, grid[1:])) / whole
    fourth = sum(mp.quad(lambda t: t**4 * density(t), [a, b]) for a, b in zip(grid, grid[1:])) / whole
    mp.mp.dps = 50
    probs = np.diff(np.array([*cumulated, mp.mpf(1)], object))
    return case("vonMises", [kappa], edges, probs, (0, variance, fourth / variance**2))


def truncated_normal(low, high):
    number = lambda x: mp.mpf(x) if np.isfinite(x) else (mp.inf if x > 0 else -mp.inf)
    # On the side where both tails are small: ncdf(b) − ncdf(a) keeps its digits.
    flip = low > 0
    a, b = (-number(high), -number(low)) if flip else (number(low), number(high))
    mp.mp.dps = 400
    whole = mp.ncdf(b) - mp.ncdf(a)

    def cdf(x):
        z = -mp.mpf(x) if flip else mp.mpf(x)
        part = (mp.ncdf(z) - mp.ncdf(a)) / whole
        return 1 - part if flip else part

    ends = [e if np.isfinite(e) else np.sign(e) * 6 for e in (low, high)]
    if low > 0:
        ends[1] = min(high, low + 12 / max(low, 1) + (6 if low < 1 else 0))
    if high < 0:
        ends[0] = max(low, high - 12 / max(-high, 1) - (6 if high > -1 else 0))
    edges = np.unique(np.linspace(*ends, 100)[1:-1])
    cumulated = [mp.mpf(0), *[cdf(edge) for edge in edges], mp.mpf(1)]
    probs = np.diff(np.array(cumulated, object))
    mp.mp.dps = 50
    return case("truncatedNormal", [low, high], edges, probs)


def inverse_gaussian(mean, concentration):
    m, c = mp.mpf(mean), mp.mpf(concentration)

    def cdf(x):
        root = mp.sqrt(c / mp.mpf(x))
        return mp.ncdf(root * (mp.mpf(x) / m - 1)) + mp.e**(2 * c / m) * mp.ncdf(-root * (mp.mpf(x) / m + 1))

    variance, kurtosis = mean**3 / concentration, 3 + 15 * mean / concentration
    deviation = np.sqrt(variance)
    low, high = max(mean - 6 * deviation, min(mean, concentration) / 40), mean + 12 * deviation
    edges = np.geomspace(low, high, 100)
    cumulated = [mp.mpf(0), *[cdf(edge) for edge in edges], mp.mpf(1)]
    probs = np.diff(np.array(cumulated, object))
    return case("inverseGaussian", [mean, concentration], edges, probs, (mean, variance, kurtosis))


def poisson(rate):
    low, high = around(rate, np.sqrt(rate), 0, 2**53)
    return discrete("poisson", [rate], lambda k: np.log(np.longdouble(rate)) - np.log(k + 1), low, high)


def binomial(n, p):
    low, high = around(n * p, np.sqrt(n * p * (1 - p)), 0, n)
    odds = np.longdouble(p) / (1 - np.longdouble(p))
    return discrete("binomial", [n, p], lambda k: np.log(odds * (n - k) / (k + 1)), low, high)


def geometric(p):
    high = int(min(60 / p, 4e6))
    return discrete("geometric", [p], lambda k: np.full(len(k), np.log1p(-np.longdouble(p))), 0, high)


def hypergeometric(good, bad, sampled):
    total = good + bad
    mean = sampled * good / total
    deviation = np.sqrt(mean * bad / total * (total - sampled) / (total - 1))
    low, high = around(mean, deviation, max(0, sampled - bad), min(sampled, good))

    def log_ratio(k):
        k = k.astype(np.longdouble)
        return np.log((good - k) / (k + 1) * ((sampled - k) / (bad - sampled + k + 1)))

    return discrete("hypergeometric", [good, bad, sampled], log_ratio, low, high)


INF = float("inf")


def many_cases():
    return [
        *[gamma(a) for a in [0.01, 0.1, 0.5, 0.999, 1, 1.001, 1.5, 2, 5, 30, 1e3, 1e6, 1e12]],
        *[log_gamma(a) for a in [1e-10, 1e-6, 1e-3, 0.1, 0.7, 1, 4, 50]],
        *[exponential(rate) for rate in [1e-6, 1, 1e9]],
        *[beta(*ab) for ab in [(0.01, 0.02), (0.5, 0.5), (1, 1), (1, 3), (2, 5), (30, 0.3), (1e4, 2e4)]],
        *[von_mises(kappa) for kappa in [0, 1e-8, 0.1, 1, 4, 30, 1e3, 1e6, 1e9]],
        *[truncated_normal(*ends) for ends in [
            (-INF, INF), (0, INF), (-INF, 0), (-0.3, INF), (-1, 1), (-1.2, 1.4), (-2, 3), (0.5, 1), (1, INF), (3, 3.5),
            (-INF, -2), (5, INF), (8, 8.1), (-38, -30), (30, INF), (1e3, INF), (-1e-3, 1e-3), (6, 6 + 1e-6)]],
        *[inverse_gaussian(*p) for p in [(1, 1), (1, 10), (2, 0.1), (1, 1e6), (100, 3), (1e-3, 1)]],
        *[poisson(rate) for rate in [0.01, 0.7, 3, 9.99, 10, 11.5, 25, 100, 1e4, 1e6, 1e9]],
        *[binomial(*np_) for np_ in [
            (1, 0.3), (5, 0.5), (20, 0.04), (20, 0.5), (21, 0.5), (30, 0.9), (100, 0.0999), (100, 0.1), (1000, 0.37),
            (10**6, 3e-6), (10**6, 0.999), (10**9, 1e-8), (10**9, 0.25), (2**31 - 1, 0.5), (10**12, 0.3)]],
        *[geometric(p) for p in [1e-4, 0.03, 0.5, 0.9, 0.999]],
        *[hypergeometric(*p) for p in [
            (3, 4, 5), (20, 30, 10), (30, 20, 10), (30, 20, 40), (25, 25, 25), (50, 50, 40), (500, 3000, 400),
            (3000, 500, 3200), (10**5, 9 * 10**5, 10**4), (3 * 10**8, 5 * 10**8, 10**8)]],
    ]


def slow_cases():
    return [
        *[gamma(a) for a in [0.3, 1, 1.2, 2.5, 40]],
        *[von_mises(kappa) for kappa in [0.1, 1, 4, 100]],
        *[truncated_normal(*ends) for ends in [(-INF, INF), (-1, 1), (-2, 3), (0.5, 1), (1, INF), (3, 3.5)]],
        *[inverse_gaussian(*p) for p in [(1, 1), (2, 0.1), (1, 50)]],
        *[poisson(rate) for rate in [10, 12.3, 100, 1e6]],
        *[binomial(*np_) for np_ in [(20, 0.5), (40, 0.3), (1000, 0.37), (10**9, 0.25)]],
        *[hypergeometric(*p) for p in [(25, 25, 25), (500, 3000, 400), (3 * 10**8, 5 * 10**8, 10**8)]],
    ]


def without_infinity(x):
    return x if np.isfinite(x) else ("Infinity" if x > 0 else "-Infinity")


def write(name, cases, statistics):
    """`statistics`: how many checks share the budget."""
    for found in cases:
        found["parameters"] = [without_infinity(x) for x in found["parameters"]]
    alpha = BUDGET / statistics
    degrees = sorted({len(found["probs"]) - 1 for found in cases})
    result = {
        "made": f"scipy {scipy.__version__}, mpmath {mp.__version__}, numpy {np.__version__}",
        "draws": DRAWS,
        "alpha": alpha,
        "normal": stats.norm.isf(alpha / 2),
        "kolmogorov": stats.kstwobign.isf(alpha),
        "chiSquared": {str(df): stats.chi2.isf(alpha, df) for df in degrees},
        "cases": cases,
    }
    path = pathlib.Path(__file__).parent / name
    path.write_text(json.dumps(result, indent=None, allow_nan=False).replace('{"sampler"', '\n{"sampler"') + "\n")
    print(len(cases), "cases, alpha", alpha, path.stat().st_size, "bytes")


# Of each case: Pearson, Kolmogorov, mean, variance, neighbours; and of ten more that the tests derive from these.
many = many_cases()
write("samplers.json", many, 5 * (len(many) + 10))

DRAWS = 20_000_000
LEVELS = np.arange(1, 200) / 200
# Of each case: Pearson and Kolmogorov.
slow = slow_cases()
write("samplers-slow.json", slow, 2 * len(slow))
