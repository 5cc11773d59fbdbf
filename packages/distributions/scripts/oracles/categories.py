"""Distributions over categories, numbered from 0."""

import numpy
from mpmath import mp, mpf
from scipy import stats

from common import Case, Distribution, is_integer, leaves


def category(x, count):
    return is_integer(x) and 0 <= x < count


def log_sum_exp(logits):
    top = max(logits)
    return top + mp.log(mp.fsum(mp.exp(t - top) for t in logits))


def categorical_log_pmf(x, param):
    """Probabilities are taken as they are; logits are normalised."""
    if "probs" in param:
        return mp.log(param["probs"][int(x)])
    return param["logits"][int(x)] - log_sum_exp(param["logits"])


def cdf_of(x, log_probabilities):
    return mp.fsum(mp.exp(t) for t in log_probabilities[: int(x) + 1])


def entropy_of(log_probabilities):
    return -mp.fsum(mp.exp(t) * t for t in log_probabilities if mp.isfinite(t))


def categorical_logs(param):
    return [categorical_log_pmf(k, param) for k in range(len(leaves(param)))]


def discrete(probabilities):
    return stats.rv_discrete(values=(range(len(probabilities)), probabilities))


def categorical_of_scipy(param):
    if "probs" in param:
        return discrete(param["probs"])
    weights = numpy.exp(numpy.array(param["logits"]) - max(param["logits"]))
    return discrete(weights / weights.sum())


CATEGORICAL = Distribution(
    name="categorical",
    discrete=True,
    scipy_name="rv_discrete(values=(range(K), probs))",
    scipy=categorical_of_scipy,
    support=lambda x, param: category(x, len(leaves(param))),
    log_density=categorical_log_pmf,
    cdf=lambda x, param: cdf_of(x, categorical_logs(param)),
    entropy=lambda param: entropy_of(categorical_logs(param)),
    cases=[
        Case("typical", [{"probs": [0.5, 0.125, 0.25, 0.125]}], [0, 1, 2, 3], [-1, 4, 0.5, 2.999]),
        Case("typical logits", [{"logits": [0.5, -1.0, 2.0]}], [0, 1, 2], [-1, 3, 1.5]),
        Case("equal logits", [{"logits": [3.0, 3.0, 3.0, 3.0]}], [0, 3], [4]),
        Case("one category", [{"probs": [1.0]}], [0], [-1, 1], moderate=False),
        Case("zero probability", [{"probs": [0.75, 0.0, 0.25]}], [0, 1, 2], [3], moderate=False),
        Case("tiny probability", [{"probs": [1e-6, 1e-30, 0.999999]}], [0, 1, 2], [3], moderate=False),
        Case("logits 50 apart", [{"logits": [50.0, -50.0, 0.0]}], [0, 1, 2], [3], moderate=False),
        Case("logits 1e4 apart", [{"logits": [-1e4, 1e4, 9999.0]}], [0, 1, 2], [3], moderate=False),
        Case("large equal logits", [{"logits": [1e6, 1e6, 999999.0]}], [0, 1, 2], [-1]),
    ],
)


def ordered_logistic_log_pmf(x, predictor, cutpoints):
    """log (sigma(upper) - sigma(lower)) without cancelling: both bounds may be in one tail."""
    x = int(x)
    lower = cutpoints[x - 1] - predictor if x > 0 else -mp.inf
    upper = cutpoints[x] - predictor if x < len(cutpoints) else mp.inf
    softplus = lambda t: mp.log1p(mp.exp(t))
    if x == 0:
        return -softplus(-upper)
    if x == len(cutpoints):
        return -softplus(lower)
    return -lower + mp.log(-mp.expm1(lower - upper)) - softplus(-lower) - softplus(-upper)


def ordered_logistic_of_scipy(predictor, cutpoints):
    cumulative = 1 / (1 + numpy.exp(predictor - numpy.array(cutpoints)))
    return discrete(numpy.diff(numpy.concatenate([[0.0], cumulative, [1.0]])))


ORDERED_LOGISTIC = Distribution(
    name="orderedLogistic",
    discrete=True,
    scipy_name="rv_discrete(values=(range(K), diff([0, expit(cutpoints - predictor), 1])))",
    scipy=ordered_logistic_of_scipy,
    support=lambda x, predictor, cutpoints: category(x, len(cutpoints) + 1),
    log_density=ordered_logistic_log_pmf,
    cdf=lambda x, predictor, cutpoints: mpf(1) if x == len(cutpoints) else 1 / (1 + mp.exp(predictor - cutpoints[int(x)])),
    entropy=lambda predictor, cutpoints: entropy_of(
        [ordered_logistic_log_pmf(mpf(k), predictor, cutpoints) for k in range(len(cutpoints) + 1)]
    ),
    cases=[
        Case("typical", [0.5, [-1.0, 0.25, 2.0]], [0, 1, 2, 3], [-1, 4, 0.5, 2.999]),
        Case("negative predictor", [-2.0, [-3.0, -1.5, 0.0, 1.0]], [0, 1, 2, 3, 4], [-1, 5, 1.5]),
        Case("one cutpoint", [0.3, [0.0]], [0, 1], [-1, 2]),
        Case("close cutpoints", [0, [0.5, 0.50001]], [0, 1, 2], [3], moderate=False),
        Case("predictor 50", [50.0, [-1.0, 0.0, 1.0]], [0, 1, 2, 3], [4], moderate=False),
        Case("predictor -50", [-50.0, [-1.0, 0.0, 1.0]], [0, 1, 2, 3], [4], moderate=False),
        Case("predictor 1e4", [1e4, [-1.0, 0.0, 1.0]], [0, 1, 2, 3], [4], moderate=False),
        Case("wide cutpoints", [0, [-100.0, 0.0, 100.0]], [0, 1, 2, 3], [4], moderate=False),
    ],
)

DISTRIBUTIONS = [CATEGORICAL, ORDERED_LOGISTIC]
