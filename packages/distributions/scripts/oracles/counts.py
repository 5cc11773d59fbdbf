"""Distributions on whole numbers."""

from mpmath import log, mp, mpf
import numpy
from scipy import special, stats

from common import Case, Distribution, beta_cdf, is_integer, lbeta, log_binomial, log_of, probability, xlogy


def times(count, log_probability):
    """count * log_probability, where no occurrence of the impossible is certain."""
    return mpf(0) if count == 0 else count * log_probability


def tail_sum(log_pmf, x, step, low, high):
    """The sum of the probabilities from x by steps of 1 or -1 to the end of the support."""
    total = mpf(0)
    falling = False
    previous = mpf(0)
    while low <= x <= high:
        term = mp.exp(log_pmf(x))
        falling = term < previous
        total += term
        if falling and term < total * mpf(10) ** -30:
            break
        previous = term
        x += step
    return total


def unimodal_cdf(log_pmf, x, mode, low, high):
    """The cdf of a unimodal distribution, summed on the side that does not cancel."""
    with mp.workdps(35):
        if x <= mode:
            return tail_sum(log_pmf, x, -1, low, high)
        return 1 - tail_sum(log_pmf, x + 1, 1, low, high)


def summed_entropy(log_pmf, mode, low, high):
    """Entropy summed from the mode outwards."""
    with mp.workdps(30):
        total = mpf(0)
        for x, step in ((mode, 1), (mode - 1, -1)):
            while low <= x <= high:
                logp = log_pmf(x)
                total -= mp.exp(logp) * logp if mp.isfinite(logp) else 0
                if logp < -60:
                    break
                x += step
        return total


def float64_entropy(log_pmf, low, high):
    """Entropy summed in float64 where there are too many counts for mpmath."""
    total = mpf(0)
    for start in range(int(low), int(high), 1000000):
        logp = log_pmf(numpy.arange(start, min(start + 1000000, int(high)), dtype=float))
        total -= mpf(float(numpy.sum(numpy.exp(logp) * logp)))
    return total


def whole(low, high):
    """The support of whole numbers between bounds that depend on the arguments."""
    return lambda x, *args: is_integer(x) and low(*args) <= x <= high(*args)


def natural(x, *args):
    return is_integer(x) and x >= 0


NOT_NATURAL = [-1, 0.5, 2.5, -0.5]


def binary_entropy(param):
    p, q = probability(param)
    return -xlogy(p, p) - xlogy(q, q)


BERNOULLI = Distribution(
    name="bernoulli",
    discrete=True,
    scipy_name="bernoulli(p=probs)",
    scipy=lambda param: stats.bernoulli(float(probability(param)[0])),
    support=whole(lambda param: 0, lambda param: 1),
    log_density=lambda x, param: log_of(param)[0] if x == 1 else log_of(param)[1],
    cdf=lambda x, param: mpf(1) if x == 1 else probability(param)[1],
    mean=lambda param: probability(param)[0],
    variance=lambda param: probability(param)[0] * probability(param)[1],
    entropy=binary_entropy,
    cases=[
        Case("typical", [{"probs": 0.3}], [0, 1], [-1, 2, 0.5, 1e-6, 0.999]),
        Case("typical logits", [{"logits": 1.5}], [0, 1], [-1, 2, 0.5]),
        Case("logits 0", [{"logits": 0.0}], [0, 1], [2]),
        Case("probs 0", [{"probs": 0.0}], [0, 1], [2], moderate=False, p=[]),
        Case("probs 1", [{"probs": 1.0}], [0, 1], [2], moderate=False, p=[]),
        Case("small probs", [{"probs": 1e-6}], [0, 1], [0.5]),
        Case("large probs", [{"probs": 0.99999994}], [0, 1], [0.5], moderate=False),
        Case("probs 1e-30", [{"probs": 1e-30}], [0, 1], [0.5]),
        Case("logits -50", [{"logits": -50.0}], [0, 1], [0.5]),
        Case("logits 50", [{"logits": 50.0}], [0, 1], [0.5], moderate=False),
        Case("logits -1e4", [{"logits": -1e4}], [0, 1], [0.5], moderate=False, p=[]),
        Case("logits 1e4", [{"logits": 1e4}], [0, 1], [0.5], moderate=False, p=[]),
    ],
)


def binomial_log_pmf(x, total, param):
    log_p, log_q = log_of(param)
    return log_binomial(total, x) + times(x, log_p) + times(total - x, log_q)


def binomial_mode(total, param):
    return min(total, mp.floor((total + 1) * probability(param)[0]))


BINOMIAL = Distribution(
    name="binomial",
    discrete=True,
    integers=(0,),
    scipy_name="binom(n=total, p=probs)",
    scipy=lambda total, param: stats.binom(int(total), float(probability(param)[0])),
    support=whole(lambda total, param: 0, lambda total, param: total),
    log_density=binomial_log_pmf,
    cdf=lambda x, total, param: beta_cdf(probability(param)[1], total - x, x + 1) if x < total else mpf(1),
    mean=lambda total, param: total * probability(param)[0],
    variance=lambda total, param: total * probability(param)[0] * probability(param)[1],
    entropy=lambda total, param: summed_entropy(
        lambda x: binomial_log_pmf(x, total, param), binomial_mode(total, param), 0, total
    ) if total <= 1e5 else None,
    cases=[
        Case("typical", [10, {"probs": 0.3}], [0, 1, 2, 3, 5, 9, 10], [-1, 11, 0.5, 2.5]),
        Case("typical logits", [25, {"logits": 1.5}], [0, 5, 15, 20, 21, 25], [-1, 26, 0.5]),
        Case("total 1", [1, {"probs": 0.75}], [0, 1], [-1, 2, 0.5]),
        Case("total 0", [0, {"probs": 0.75}], [0], [-1, 1], p=[]),
        Case("probs 0", [5, {"probs": 0.0}], [0, 1, 5], [6], p=[]),
        Case("probs 1", [5, {"probs": 1.0}], [0, 4, 5], [6], p=[]),
        Case("total 1e6", [1000000, {"probs": 0.5}], [490000, 499000, 499999, 500000, 500500, 502000], [1000001]),
        Case("total 1e6, rare", [1000000, {"probs": 1e-6}], [0, 1, 2, 5, 20], [0.5], moderate=False),
        Case("total 1e4, far off", [10000, {"probs": 0.3}], [0, 1, 100, 2900, 3000, 3100, 9999, 10000], [10001], moderate=False),
        Case("logits -50", [10, {"logits": -50.0}], [0, 1, 5, 10], [11], moderate=False),
        Case("logits 50", [10, {"logits": 50.0}], [0, 5, 9, 10], [11], moderate=False, p=[]),
    ],
)


def geometric_entropy(param):
    p, q = probability(param)
    return -(xlogy(q, q) + xlogy(p, p)) / p


GEOMETRIC = Distribution(
    name="geometric",
    discrete=True,
    scipy_name="geom(p=probs, loc=-1)",
    scipy=lambda param: stats.geom(float(probability(param)[0]), loc=-1),
    support=natural,
    log_density=lambda x, param: times(x, log_of(param)[1]) + log_of(param)[0],
    cdf=lambda x, param: -mp.expm1(times(x + 1, log_of(param)[1])),
    mean=lambda param: probability(param)[1] / probability(param)[0],
    variance=lambda param: probability(param)[1] / probability(param)[0] ** 2,
    entropy=geometric_entropy,
    cases=[
        Case("typical", [{"probs": 0.3}], [0, 1, 2, 5, 10, 40], NOT_NATURAL),
        Case("typical logits", [{"logits": 0.5}], [0, 1, 3, 8, 20], NOT_NATURAL),
        Case("probs 1", [{"probs": 1.0}], [0, 1, 5], [-1], moderate=False, p=[]),
        Case("large probs", [{"probs": 0.999999}], [0, 1, 2, 5], [-1], moderate=False, p=[]),
        Case("small probs", [{"probs": 1e-6}], [0, 1000, 1000000, 10000000], [0.5]),
        Case("far tail", [{"probs": 0.5}], [100, 1000, 10000, 1000000], [-1e4], moderate=False),
        Case("logits -50", [{"logits": -50.0}], [0, 1, 1000, 1000000], [0.5], moderate=False, p=[]),
        Case("logits 50", [{"logits": 50.0}], [0, 1, 5], [0.5], moderate=False, p=[]),
    ],
)


def poisson_log_pmf(x, rate):
    return xlogy(x, rate) - rate - mp.loggamma(x + 1)


POISSON = Distribution(
    name="poisson",
    discrete=True,
    scipy_name="poisson(mu=rate)",
    scipy=lambda rate: stats.poisson(float(rate)),
    support=natural,
    log_density=poisson_log_pmf,
    cdf=lambda x, rate: unimodal_cdf(lambda k: poisson_log_pmf(k, rate), x, mp.floor(rate), 0, mp.inf),
    mean=lambda rate: rate,
    variance=lambda rate: rate,
    entropy=lambda rate: summed_entropy(lambda k: poisson_log_pmf(k, rate), mp.floor(rate), 0, mp.inf)
    if rate <= 1e5
    else None,
    cases=[
        Case("typical", [2.5], [0, 1, 2, 3, 6, 12], NOT_NATURAL),
        Case("rate 30", [30.0], [0, 15, 25, 30, 31, 45, 80], NOT_NATURAL),
        Case("small rate", [1e-6], [0, 1, 2, 10], [-1], moderate=False),
        Case("rate 1e-30", [1e-30], [0, 1, 2], [0.5], moderate=False, p=[]),
        Case("rate 1e4", [1e4], [9000, 9900, 9999, 10000, 10001, 10100, 11000], [9999.5], moderate=False),
        Case("rate 1e6", [1e6], [990000, 999000, 999999, 1000000, 1001000, 1010000], [-1], p=[0.25, 0.9]),
        Case("far off", [3.0], [50, 100, 1000, 10000, 1000000], [-1e4], moderate=False),
    ],
)


def negative_binomial_log_pmf(x, total, param):
    log_p, log_q = log_of(param)
    ways = mp.loggamma(x + total) - mp.loggamma(x + 1) - mp.loggamma(total)
    return ways + times(x, log_p) + total * log_q


def negative_binomial_entropy(total, param):
    """Summed over all counts: in 30 digits where they are few. scipy's agrees, but stops at probabilities of 1e-10."""
    p, q = probability(param)
    mean = total * p / q
    spread = mp.sqrt(mean / q)
    if p == 0 or spread > 1e6:
        return mpf(0) if p == 0 else None
    if spread < 300:
        mode = mp.floor(max(0, (total - 1) * p / q))
        return summed_entropy(lambda x: negative_binomial_log_pmf(x, total, param), mode, 0, mp.inf)
    r, log_p, log_q = float(total), *map(float, log_of(param))

    def log_pmf(k):
        ways = special.gammaln(k + r) - special.gammaln(k + 1) - special.gammaln(r)
        return ways + k * log_p + r * log_q

    return float64_entropy(log_pmf, max(0, mean - 40 * spread), mean + 40 * spread + 60 / q)


NEGATIVE_BINOMIAL = Distribution(
    name="negativeBinomial",
    discrete=True,
    scipy_name="nbinom(n=total, p=1-probs)",
    scipy=lambda total, param: stats.nbinom(float(total), float(probability(param)[1])),
    support=natural,
    log_density=negative_binomial_log_pmf,
    cdf=lambda x, total, param: beta_cdf(probability(param)[1], total, x + 1),
    mean=lambda total, param: total * probability(param)[0] / probability(param)[1],
    variance=lambda total, param: total * probability(param)[0] / probability(param)[1] ** 2,
    entropy=negative_binomial_entropy,
    skip=("entropy",),
    cases=[
        Case("typical", [3, {"probs": 0.4}], [0, 1, 2, 5, 10, 25], NOT_NATURAL),
        Case("typical logits", [2.5, {"logits": 1.0}], [0, 1, 4, 7, 15, 40], NOT_NATURAL),
        Case("total 1", [1, {"probs": 0.75}], [0, 1, 3, 10], [-1]),
        Case("small total", [0.01, {"probs": 0.5}], [0, 1, 3, 10], [-1], p=[0.9999]),
        Case("probs 0", [3, {"probs": 0.0}], [0, 1, 5], [-1], moderate=False, p=[]),
        Case("nearly Poisson", [1e6, {"probs": 1e-5}], [0, 5, 10, 11, 20, 50], [0.5], moderate=False),
        Case("total 1e4", [1e4, {"probs": 0.5}], [9000, 9900, 10000, 10001, 10100, 11000], [0.5]),
        Case("large probs", [2, {"probs": 0.9999}], [0, 1000, 10000, 20000, 100000], [0.5], moderate=False, p=[]),
        Case("far off", [3, {"probs": 0.25}], [50, 1000, 10000, 1000000], [-1e4], moderate=False, p=[]),
        Case("logits -50", [5, {"logits": -50.0}], [0, 1, 2], [0.5], moderate=False, p=[]),
        Case("logits 50", [5, {"logits": 50.0}], [0, 1, 1000, 1000000], [0.5], moderate=False, cdf=False),
    ],
)


def by_mean(mean, concentration):
    """Total and the logits of a success that give this mean."""
    return concentration, {"logits": log(mean) - log(concentration)}


NEGATIVE_BINOMIAL_2 = Distribution(
    name="negativeBinomial2",
    discrete=True,
    scipy_name="nbinom(n=concentration, p=concentration/(mean+concentration))",
    scipy=lambda mean, concentration: stats.nbinom(concentration, concentration / (mean + concentration)),
    support=natural,
    log_density=lambda x, mean, concentration: negative_binomial_log_pmf(x, *by_mean(mean, concentration)),
    cdf=lambda x, mean, concentration: beta_cdf(concentration / (mean + concentration), concentration, x + 1),
    mean=lambda mean, concentration: mean,
    variance=lambda mean, concentration: mean + mean**2 / concentration,
    entropy=lambda mean, concentration: negative_binomial_entropy(*by_mean(mean, concentration)),
    skip=("entropy",),
    cases=[
        Case("typical", [4.5, 3.0], [0, 1, 2, 5, 10, 25], NOT_NATURAL),
        Case("mean 100", [100.0, 12.5], [0, 50, 90, 100, 150, 400], NOT_NATURAL),
        Case("overdispersed", [10.0, 0.1], [0, 1, 10, 100, 1000], [-1], p=[0.9, 0.999]),
        Case("nearly Poisson", [10.0, 1e6], [0, 5, 10, 11, 20, 50], [0.5], moderate=False),
        Case("Poisson to float32", [10.0, 1e10], [0, 5, 10, 20], [0.5], moderate=False, p=[]),
        Case("mean 1e4", [1e4, 1e4], [9000, 9900, 10000, 10001, 10100, 11000], [0.5]),
        Case("mean 1e6", [1e6, 5.0], [0, 1000, 500000, 1000000, 3000000], [0.5], moderate=False, cdf=False),
        Case("tiny mean", [1e-6, 2.0], [0, 1, 2, 10], [0.5], moderate=False, p=[]),
        Case("far off", [3.0, 2.0], [100, 1000, 10000, 1000000], [-1e4], moderate=False, p=[]),
    ],
)


DISCRETE_UNIFORM = Distribution(
    name="discreteUniform",
    discrete=True,
    integers=(0, 1),
    scipy_name="randint(low, high+1)",
    scipy=lambda low, high: stats.randint(int(low), int(high) + 1),
    support=whole(lambda low, high: low, lambda low, high: high),
    log_density=lambda x, low, high: -log(high - low + 1),
    cdf=lambda x, low, high: (x - low + 1) / (high - low + 1),
    mean=lambda low, high: (low + high) / 2,
    variance=lambda low, high: ((high - low + 1) ** 2 - 1) / 12,
    entropy=lambda low, high: log(high - low + 1),
    cases=[
        Case("typical", [1, 6], [1, 2, 3, 5, 6], [0, 7, 1.5, 5.999]),
        Case("negative", [-5, 3], [-5, -1, 0, 1, 3], [-6, 4, -0.5]),
        Case("one value", [4, 4], [4], [3, 5, 4.5], p=[0.25, 0.9]),
        Case("two values", [0, 1], [0, 1], [-1, 2, 0.5], p=[0.25, 0.9]),
        Case("wide", [-1000000, 1000000], [-1000000, -1, 0, 999999, 1000000], [1000001, 0.5], p=[0.02, 0.25, 0.9]),
        Case("far", [16777000, 16777215], [16777000, 16777100, 16777215], [16776999, 16777216], p=[0.02, 0.25, 0.9]),
    ],
)


def beta_binomial_log_pmf(x, a, b, total):
    return log_binomial(total, x) + lbeta(x + a, total - x + b) - lbeta(a, b)


def whole_sum(log_pmf, low, high):
    return mp.fsum(mp.exp(log_pmf(mpf(k))) for k in range(int(low), int(high) + 1))


BETA_BINOMIAL = Distribution(
    name="betaBinomial",
    discrete=True,
    integers=(2,),
    scipy_name="betabinom(n=total, a=concentration1, b=concentration0)",
    scipy=lambda a, b, total: stats.betabinom(int(total), float(a), float(b)),
    support=whole(lambda a, b, total: 0, lambda a, b, total: total),
    log_density=beta_binomial_log_pmf,
    cdf=lambda x, a, b, total: whole_sum(lambda k: beta_binomial_log_pmf(k, a, b, total), 0, x),
    mean=lambda a, b, total: total * a / (a + b),
    variance=lambda a, b, total: total * a * b * (a + b + total) / ((a + b) ** 2 * (a + b + 1)),
    entropy=lambda a, b, total: -mp.fsum(
        mp.exp(t) * t for t in (beta_binomial_log_pmf(mpf(k), a, b, total) for k in range(int(total) + 1))
    ) if total <= 100 else None,
    cases=[
        Case("typical", [2.5, 1.5, 10], [0, 1, 5, 6, 9, 10], [-1, 11, 0.5]),
        Case("both below 1", [0.5, 0.25, 20], [0, 1, 10, 19, 20], [-1, 21, 0.5]),
        Case("uniform", [1, 1, 8], [0, 4, 8], [-1, 9]),
        Case("total 0", [2, 3, 0], [0], [-1, 1], p=[]),
        Case("total 1", [2, 3, 1], [0, 1], [-1, 2]),
        Case("nearly binomial", [1e6, 1e6, 10], [0, 3, 5, 7, 10], [11], moderate=False),
        Case("concentrations 1e-3", [1e-3, 1e-3, 10], [0, 1, 5, 10], [11], p=[0.25, 0.9]),
        Case("concentrations 1e4", [1e4, 2e4, 100], [0, 20, 33, 50, 100], [101], moderate=False),
        Case("total 1e4", [3.0, 2.0, 10000], [0, 1, 1000, 6000, 9999, 10000], [10001], moderate=False, cdf=False),
        Case("total 1e6", [20.0, 30.0, 1000000], [0, 100000, 400000, 600000, 1000000], [1000001], moderate=False, cdf=False),
    ],
)


def hypergeometric_log_pmf(x, total, successes, draws):
    return log_binomial(successes, x) + log_binomial(total - successes, draws - x) - log_binomial(total, draws)


def hypergeometric_range(total, successes, draws):
    return max(mpf(0), draws - (total - successes)), min(draws, successes)


def hypergeometric_mode(total, successes, draws):
    low, high = hypergeometric_range(total, successes, draws)
    return max(low, min(high, mp.floor((draws + 1) * (successes + 1) / (total + 2))))


def hypergeometric_variance(total, successes, draws):
    if total == 1:
        return mpf(0)
    share = successes / total
    return draws * share * (1 - share) * (total - draws) / (total - 1)


HYPERGEOMETRIC = Distribution(
    name="hypergeometric",
    discrete=True,
    integers=(0, 1, 2),
    scipy_name="hypergeom(M=total, n=successes, N=draws)",
    scipy=lambda total, successes, draws: stats.hypergeom(int(total), int(successes), int(draws)),
    support=whole(lambda *args: hypergeometric_range(*args)[0], lambda *args: hypergeometric_range(*args)[1]),
    log_density=hypergeometric_log_pmf,
    cdf=lambda x, *args: unimodal_cdf(
        lambda k: hypergeometric_log_pmf(k, *args), x, hypergeometric_mode(*args), *hypergeometric_range(*args)
    ),
    mean=lambda total, successes, draws: draws * successes / total,
    variance=hypergeometric_variance,
    entropy=lambda *args: summed_entropy(
        lambda k: hypergeometric_log_pmf(k, *args), hypergeometric_mode(*args), *hypergeometric_range(*args)
    ),
    cases=[
        Case("typical", [20, 7, 12], [0, 2, 4, 5, 7], [-1, 8, 0.5]),
        Case("cards", [52, 13, 5], [0, 1, 2, 3, 5], [-1, 6, 1.5]),
        Case("all but few", [10, 8, 6], [4, 5, 6], [3, 7, 4.5]),
        Case("all drawn", [10, 4, 10], [4], [3, 5], p=[]),
        Case("none drawn", [10, 4, 0], [0], [-1, 1], p=[]),
        Case("no success", [10, 0, 3], [0], [-1, 1], p=[]),
        Case("total 1e4", [10000, 3000, 1000], [200, 280, 300, 301, 330, 400], [1001], moderate=False),
        Case("total 1e6", [1000000, 500000, 1000], [300, 450, 500, 550, 700], [1001], moderate=False),
        Case("half of 1e6", [1000000, 500000, 500000], [249000, 249900, 250000, 250100], [0.5], moderate=False, p=[]),
    ],
)


def zero_inflated_poisson_log_pmf(x, gate, rate):
    if x == 0:
        return log(gate + (1 - gate) * mp.exp(-rate))
    return mp.log1p(-gate) + poisson_log_pmf(x, rate)


ZERO_INFLATED_POISSON = Distribution(
    name="zeroInflatedPoisson",
    discrete=True,
    points=lambda gate, rate: range(200),
    support=natural,
    log_density=zero_inflated_poisson_log_pmf,
    cdf=lambda x, gate, rate: gate + (1 - gate) * POISSON.cdf(x, rate),
    mean=lambda gate, rate: (1 - gate) * rate,
    variance=lambda gate, rate: (1 - gate) * rate * (1 + gate * rate),
    cases=[
        Case("typical", [0.3, 2.5], [0, 1, 2, 3, 6, 12], NOT_NATURAL),
        Case("rate 30", [0.75, 30.0], [0, 15, 25, 30, 45, 80], NOT_NATURAL),
        Case("gate 0", [0.0, 2.0], [0, 1, 2, 5], [-1]),
        Case("gate 1", [1.0, 2.0], [0, 1, 2, 5], [-1]),
        Case("small gate", [1e-6, 20.0], [0, 1, 20, 40], [-1]),
        Case("large gate", [0.999999, 4.0], [0, 1, 4, 10], [-1]),
        Case("small rate", [0.5, 1e-6], [0, 1, 2], [0.5]),
        Case("rate 1e4", [0.1, 1e4], [0, 9000, 10000, 10001, 11000], [0.5], moderate=False),
    ],
)

DISTRIBUTIONS = [
    BERNOULLI,
    BINOMIAL,
    GEOMETRIC,
    POISSON,
    NEGATIVE_BINOMIAL,
    NEGATIVE_BINOMIAL_2,
    DISCRETE_UNIFORM,
    BETA_BINOMIAL,
    HYPERGEOMETRIC,
    ZERO_INFLATED_POISSON,
]
