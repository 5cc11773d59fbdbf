"""Distributions made of others."""

from mpmath import mp, mpf
from scipy import stats

from common import Case, Distribution, is_integer, leaves, normal_cdf
from counts import POISSON, natural
from normal_family import NORMAL, normal_icdf, normal_log_density

CERTAIN = {"log_density": lambda x, *args: mpf(0)}

DELTA = Distribution(
    name="delta",
    discrete=True,
    integers=(0,),
    support=lambda x, value: x == value,
    mean=lambda value: value,
    variance=lambda value: mpf(0),
    cases=[
        Case("typical", [2.5], [2.5], [2.0, 2.4999998, 2.5000002, 3.0, -2.5]),
        Case("zero", [0], [0], [1e-30, -1e-30, 1.0]),
        Case("tiny", [1e-30], [1e-30], [0, -1e-30, 2e-30]),
        Case("huge", [-1e30], [-1e30], [1e30, 0, -1.1e30]),
    ],
    **CERTAIN,
)

DELTA_OF_VECTORS = Distribution(
    name="deltaOfVectors",
    discrete=True,
    integers=(0, 1, 2),
    support=lambda x, value: x == value,
    mean=lambda value: value,
    variance=lambda value: [mpf(0)] * len(value),
    cases=[
        Case("typical", [[1.0, -2.0, 0.5]], [[1.0, -2.0, 0.5]], [[1.0, -2.0, 0.0], [0.5, 1.0, -2.0]]),
        Case("zero", [[0, 0, 0]], [[0, 0, 0]], [[0, 0, 1e-30], [1.0, 0, 0]]),
        Case("tiny and huge", [[1e-30, 1e30, -3.0]], [[1e-30, 1e30, -3.0]], [[1e-30, 1e30, 3.0]]),
    ],
    **CERTAIN,
)

IMPROPER_UNIFORM = Distribution(
    name="improperUniformAbove",
    support=lambda x, low: x > low,
    cases=[
        Case("typical", [0.5], [0.75, 1.0, 2.5, 100.0], [0.5, 0.25, -1.0]),
        Case("zero", [0], [1e-30, 1.0, 1e4, 1e30], [0, -1e-30, -1.0]),
        Case("huge", [-1e6], [-1e5, 0, 1e10], [-1e6, -1e7]),
    ],
    **CERTAIN,
)

IMPROPER_OF_SIMPLEX = Distribution(
    name="improperUniformOfSimplex",
    integers=(0,),
    support=lambda x, size: all(entry >= 0 for entry in x) and abs(mp.fsum(x) - 1) < mpf("1e-5"),
    cases=[
        Case("typical", [3], [[0.5, 0.25, 0.25], [0.125, 0.75, 0.125]], [[0.5, 0.5, 0.25], [1.5, -0.25, -0.25]]),
        Case("two", [2], [[0.5, 0.5], [0.25, 0.75]], [[0.5, 0.25], [-0.5, 1.5]]),
    ],
    **CERTAIN,
)


def censored_log_density(base, log_above, x, args, low, high):
    if x <= low:
        return mp.log(base.cdf(low, *args))
    return log_above(high, *args) if x >= high else base.log_density(x, *args)


def poisson_sum(rate, low, high):
    return mp.fsum(mp.exp(POISSON.log_density(mpf(k), rate)) for k in range(int(low), int(high) + 1))


def is_end(x, low, high):
    return x == low or x == high


CENSORED_NORMAL = Distribution(
    name="censoredNormal",
    log_density=lambda x, loc, scale, low, high: censored_log_density(
        NORMAL, lambda end, loc, scale: mp.log(normal_cdf((loc - end) / scale)), x, (loc, scale), low, high
    ),
    is_atom=lambda x, loc, scale, low, high: is_end(x, low, high),
    ends=(2, 3),
    cdf=lambda x, loc, scale, low, high: mpf(x >= high) or (x >= low) * NORMAL.cdf(x, loc, scale),
    icdf=lambda p, loc, scale, low, high: min(max(loc + scale * normal_icdf(p), low), high),
    cases=[
        Case("typical", [0.5, 2.0, -1.0, 3.0], [-1.0, -0.5, 0.25, 1.5, 2.75, 3.0], boundary=[-1e4, -3.0, 3.5, 1e4]),
        Case("standard", [0, 1, -2.0, 2.5], [-2.0, -1.0, 0.0, 0.3, 2.0, 2.5], boundary=[-3.0, 4.0]),
        Case("below only", [1.0, 1.0, 0.5, "Infinity"], [0.5, 0.75, 1.0, 2.0, 5.0], boundary=[-4.0, 0.25]),
        Case("above only", [1.0, 2.0, "-Infinity", 0.0], [-5.0, -1.0, -0.25, 0.0], boundary=[0.25, 9.0]),
        Case("far ends", [0, 1, -8.0, 9.0], [-8.0, -3.0, 0.0, 2.0, 9.0], boundary=[-12.0, 30.0]),
        Case("narrow", [0.25, 1.0, 0.0, 1e-3], [0.0, 2e-4, 5e-4, 1e-3], boundary=[-1.0, 1.0]),
        Case("tiny scale", [1.0, 1e-3, 0.999, 1.002], [0.999, 0.9995, 1.0, 1.002], boundary=[0.0, 2.0]),
        Case("huge scale", [-3.0, 1e6, -1e6, 2e6], [-1e6, -3.0, 1e5, 2e6], boundary=[-1e7, 1e8]),
    ],
)

def censored_poisson_log_pmf(x, rate, low, high):
    """Sums in all digits, which derivatives are differences of."""
    if x <= low:
        return mp.log(poisson_sum(rate, 0, low))
    return mp.log(1 - poisson_sum(rate, 0, high - 1)) if x >= high else POISSON.log_density(x, rate)


CENSORED_POISSON = Distribution(
    name="censoredPoisson",
    discrete=True,
    support=lambda x, rate, low, high: natural(x),
    integers=(1, 2),
    log_density=censored_poisson_log_pmf,
    cdf=lambda x, rate, low, high: mpf(x >= high) or (x >= low) * poisson_sum(rate, 0, x),
    cases=[
        Case("typical", [3.0, 1, 5], [1, 2, 3, 4, 5], [1.5, 3.001], boundary=[0, 6, 20]),
        Case("above only", [2.5, "-Infinity", 4], [0, 1, 2, 3, 4], [-1, -0.5, 2.5], boundary=[5, 30]),
        Case("below only", [6.0, 3, "Infinity"], [3, 4, 6, 12], [3.5], boundary=[0, 2]),
        Case("rate 30", [30.0, 20, 40], [20, 25, 30, 39, 40], [20.5], boundary=[0, 100]),
        Case("small rate", [1e-3, "-Infinity", 2], [0, 1, 2], [0.5], boundary=[3]),
    ],
)

FOLDED_NORMAL = Distribution(
    name="foldedNormal",
    scipy_name="foldnorm(|loc|/scale, scale=scale)",
    scipy=lambda loc, scale: stats.foldnorm(abs(loc) / scale, scale=scale),
    support=lambda x, loc, scale: x >= 0,
    log_density=lambda x, loc, scale: mp.log(
        mp.exp(normal_log_density(x, loc, scale)) + mp.exp(normal_log_density(-x, loc, scale))
    ),
    cases=[
        Case("typical", [1.5, 2.0], [0.0, 0.25, 1.0, 1.5, 3.0, 7.0], [-0.5, -1e-3]),
        Case("negative loc", [-0.75, 1.0], [0.1, 0.5, 0.75, 2.0, 4.0], [-0.75]),
        Case("far from 0", [10.0, 1.0], [0.5, 5.0, 9.0, 10.0, 12.0, 20.0], [-10.0]),
        Case("tiny scale", [1e-3, 1e-3], [1e-6, 5e-4, 1e-3, 4e-3], [-1e-3]),
        Case("huge scale", [3.0, 1e6], [0.5, 1e5, 1e6, 5e6], [-1.0]),
    ],
)


def weighted(weights, terms):
    return mp.fsum(w * term for w, term in zip(weights, terms))


def mixture_weights(param):
    """Probabilities as they are, or logits normalised."""
    given = leaves(param)
    return given if "probs" in param else [mp.exp(t) / mp.fsum(map(mp.exp, given)) for t in given]


def mixture_variance(param, locs, scales):
    weights = mixture_weights(param)
    mean = weighted(weights, locs)
    return weighted(weights, [scale**2 + (loc - mean) ** 2 for loc, scale in zip(locs, scales)])


MIXTURE_OF_NORMALS = Distribution(
    name="mixtureOfNormals",
    points=lambda param, locs, scales: [-mp.inf, *sorted(locs), mp.inf],
    log_density=lambda x, param, locs, scales: mp.log(
        weighted(mixture_weights(param), [mp.exp(normal_log_density(x, *pair)) for pair in zip(locs, scales)])
    ),
    cdf=lambda x, param, locs, scales: weighted(
        mixture_weights(param), [normal_cdf((x - loc) / scale) for loc, scale in zip(locs, scales)]
    ),
    mean=lambda param, locs, scales: weighted(mixture_weights(param), locs),
    variance=mixture_variance,
    cases=[
        Case(
            "typical", [{"probs": [0.25, 0.75]}, [0.0, 4.0], [1.0, 2.0]], [-3.0, 0.0, 1.0, 2.5, 4.0, 9.0]
        ),
        Case(
            "logits", [{"logits": [0.5, -1.0]}, [-2.0, 1.0], [0.5, 1.5]], [-4.0, -2.0, -0.5, 1.0, 3.0]
        ),
        Case(
            "three", [{"probs": [0.5, 0.125, 0.375]}, [-1.0, 0.5, 3.0], [1.0, 0.25, 2.0]], [-2.0, 0.5, 1.0, 3.0, 6.0]
        ),
        Case("far apart", [{"probs": [0.5, 0.5]}, [-50.0, 50.0], [1.0, 1.0]], [-51.0, -49.5, 0.0, 50.0, 52.0]),
        Case("far tail", [{"probs": [0.25, 0.75]}, [0.0, 1.0], [1.0, 2.0]], [-1e4, -100.0, 100.0, 1e4], moderate=False),
        Case("rare", [{"probs": [1e-6, 0.999999]}, [0.0, 5.0], [1.0, 0.5]], [-2.0, 0.0, 2.0, 5.0], moderate=False),
        Case("wide and narrow", [{"logits": [0.0, 0.0]}, [0.5, 0.5], [1e-3, 1e3]], [-10.0, 0.499, 0.5, 0.502, 3.0]),
    ],
)


TRUNCATED_POISSON = Distribution(
    name="truncatedPoisson",
    discrete=True,
    integers=(1, 2),
    support=lambda x, rate, low, high: is_integer(x) and low <= x <= high,
    log_density=lambda x, rate, low, high: POISSON.log_density(x, rate)
    - mp.log(poisson_sum(rate, low, high)),
    cdf=lambda x, rate, low, high: poisson_sum(rate, low, x) / poisson_sum(rate, low, high),
    cases=[
        Case("typical", [3.0, 1, 6], [1, 2, 3, 5, 6], [0, 7, 2.5, -1]),
        Case("two values", [2.0, 2, 3], [2, 3], [1, 4]),
        Case("rate 30", [30.0, 20, 40], [20, 25, 30, 40], [19, 41]),
        Case("small rate", [0.01, 0, 3], [0, 1, 2, 3], [4, 0.5]),
    ],
)

def exponential_range(rate, low, high):
    """The survival function at both ends; what is below 0 is no part of it."""
    return mp.exp(-rate * max(low, 0)), mp.exp(-rate * high)


def truncated_exponential_cdf(x, rate, low, high):
    first, last = exponential_range(rate, low, high)
    return (first - mp.exp(-rate * x)) / (first - last)


def truncated_exponential_icdf(p, rate, low, high):
    first, last = exponential_range(rate, low, high)
    return -mp.log(first - p * (first - last)) / rate


TRUNCATED_EXPONENTIAL = Distribution(
    name="truncatedExponential",
    scipy_name="truncexpon(rate (high − low), loc=low, scale=1/rate)",
    scipy=lambda rate, low, high: stats.truncexpon(rate * (high - low), loc=low, scale=1 / rate),
    support=lambda x, rate, low, high: max(low, 0) <= x <= high,
    log_density=lambda x, rate, low, high: mp.log(rate)
    - rate * x
    - mp.log(mp.fsub(*exponential_range(rate, low, high))),
    cdf=truncated_exponential_cdf,
    icdf=truncated_exponential_icdf,
    cases=[
        Case("typical", [1.0, 0.5, 2.0], [0.5, 0.75, 1.0, 1.5, 2.0], [0.25, 2.5, -1.0]),
        Case("from 0", [2.0, 0, 1.0], [0.0, 0.1, 0.5, 1.0], [-0.1, 1.5]),
        Case("slow", [0.05, 1.0, 3.0], [1.0, 1.5, 2.0, 3.0], [0.5, 3.5]),
    ],
)

DISTRIBUTIONS = [
    DELTA,
    DELTA_OF_VECTORS,
    IMPROPER_UNIFORM,
    IMPROPER_OF_SIMPLEX,
    CENSORED_NORMAL,
    CENSORED_POISSON,
    FOLDED_NORMAL,
    MIXTURE_OF_NORMALS,
    TRUNCATED_POISSON,
    TRUNCATED_EXPONENTIAL,
]
