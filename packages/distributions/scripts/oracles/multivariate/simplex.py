"""Writes the oracles of distributions on counts and on the simplex: Dirichlet, multinomial, one-hot, relaxed."""

import itertools

import jax
import numpy as np
import numpyro.distributions as npd
from mpmath import mp, mpf
from scipy import stats

from common import (
    Family,
    exact,
    f32,
    lgamma,
    log,
    log_sum_exp,
    logits_of,
    make_case,
    probabilities,
    write,
)

jax.config.update("jax_enable_x64", True)
rng = np.random.default_rng(20261)


def xlogy(x, y):
    """x log y, with 0 for x = 0 and any y."""
    return mpf(0) if x == 0 else -mp.inf * mp.sign(x) if y == 0 else x * mp.log(y)


def sum_xlogy(xs, ys):
    return sum((xlogy(x, y) for x, y in zip(xs, ys)), mpf(0))


# Dirichlet


def dirichlet(concentration, x):
    return sum_xlogy(concentration - 1, x) - sum(lgamma(concentration)) + mp.loggamma(sum(concentration))


def dirichlet_moments(concentration):
    total = sum(concentration)
    mean = concentration / total
    covariance = (np.diag(mean) - np.outer(mean, mean)) / (total + 1)
    digamma = [mp.digamma(a) for a in concentration]
    entropy = (
        sum(lgamma(concentration))
        - mp.loggamma(total)
        + (total - len(concentration)) * mp.digamma(total)
        - sum((a - 1) * psi for a, psi in zip(concentration, digamma))
    )
    return {"mean": mean, "variance": np.diagonal(covariance), "covariance": covariance, "entropy": entropy}


def check_dirichlet(args, x):
    """SciPy wants sums of exactly one: compared at the renormalised event, where our formula is evaluated again."""
    x = np.array(x) / np.sum(x)
    theirs = stats.dirichlet(args[0]).logpdf(x)
    ours = float(dirichlet(exact(args[0]), exact(x.tolist())))
    assert np.isclose(ours, theirs, rtol=1e-8, atol=1e-8), (args, ours, theirs)


def check_dirichlet_moments(args):
    law = stats.dirichlet(args[0])
    smallest, largest = min(args[0]), max(args[0])
    entropy = law.entropy() if 0.5 < smallest and largest < 1e3 else None
    return {"mean": law.mean(), "variance": law.var(), "covariance": law.cov(), "entropy": entropy}


def simplex_events(concentration, count):
    """Draws in float32 without zeros."""
    events = []
    while len(events) < count:
        event = np.float32(rng.dirichlet(concentration))
        if event.min() > 0 and event.max() < 1:
            events.append(event.tolist())
    return events


def write_dirichlet():
    family = Family(
        "dirichlet",
        "dirichlet",
        dirichlet,
        dirichlet_moments,
        check=check_dirichlet,
        check_moments=check_dirichlet_moments,
    )
    settings = [
        ("uniform", [1, 1, 1]),
        ("dimension 2", [2, 3]),
        ("dimension 3", [0.5, 1.5, 4]),
        ("dimension 5", [1, 2, 3, 4, 5]),
        ("concentration 0.05", [0.05, 0.05, 0.05]),
        ("concentration 1e4", [1e4, 1e4, 1e4]),
        ("unlike concentrations", [0.05, 1, 1e4]),
        ("dimension 5, small", [0.3, 0.2, 0.1, 0.4, 0.25]),
    ]
    cases = []
    for name, concentration in settings:
        d = len(concentration)
        sampled = np.maximum(concentration, 0.3)
        values = [*simplex_events(sampled, 3), [1 / d] * d, [1 - 1e-4 * (d - 1), *[1e-4] * (d - 1)]]
        if min(concentration) <= 0.3:
            values.append([*[1e-12] * (d - 1), 1])
        outside = [[0.5] * d, [-0.1, 1.1, *[0] * (d - 2)]] if d > 2 else [[0.5, 0.6], [-0.1, 1.1]]
        boundary = [[0, 1 / (d - 1), *[1 / (d - 1)] * (d - 2)]]
        cases.append(make_case(family, name, [concentration], values, outside, boundary))
    write(family, cases)


# Counts


def log_choose(total, x):
    return mp.loggamma(total + 1) - sum(lgamma(x + 1))


def log_probabilities(parameters):
    """log(probs) as written, or logits less their log sum."""
    if "probs" in parameters:
        return [mp.log(p) if p > 0 else -mp.inf for p in parameters["probs"]]
    return parameters["logits"] - log_sum_exp(parameters["logits"])


def multinomial(total, parameters, x):
    terms = zip(x, log_probabilities(parameters))
    return log_choose(total, x) + sum((n * log_p if n > 0 else mpf(0) for n, log_p in terms), mpf(0))


def compositions(total, d):
    """All events of d counts that sum to total."""
    for bars in itertools.combinations(range(total + d - 1), d - 1):
        edges = [-1, *bars, total + d - 1]
        yield exact([b - a - 1 for a, b in itertools.pairwise(edges)])


def entropy_by_enumeration(log_density, total, d):
    """Exact for small totals; None where there are too many events."""
    total = int(total)
    if mp.binomial(total + d - 1, d - 1) > 20000:
        return {}
    log_probs = [log_density(x) for x in compositions(total, d)]
    return {"entropy": -sum(mp.exp(lp) * lp for lp in log_probs if mp.isfinite(lp))}


def multinomial_moments(total, parameters):
    """Of probs divided by their sum, which is 1 only within float32."""
    p = probabilities(parameters)
    p = p / sum(p)
    covariance = total * (np.diag(p) - np.outer(p, p))
    normalised = {"probs": p}
    return {
        "mean": total * p,
        "variance": np.diagonal(covariance),
        "covariance": covariance,
        **entropy_by_enumeration(lambda x: multinomial(total, normalised, x), total, len(p)),
    }


def float_probabilities(parameters):
    p = probabilities({key: exact(value) for key, value in parameters.items()})
    return (p / sum(p)).astype(float)


def check_multinomial(args, x):
    """SciPy normalises probs; the difference is total times the log of their sum."""
    total, parameters = args
    scale = np.log(np.sum(parameters["probs"])) * total if "probs" in parameters else 0
    return stats.multinomial(total, float_probabilities(parameters)).logpmf(x) + scale


def check_multinomial_moments(args):
    law = stats.multinomial(args[0], float_probabilities(args[1]))
    return {"covariance": law.cov(), "entropy": law.entropy() if args[0] <= 20 else None}


def forms(parameters):
    """Each setting by probs and by logits that are not normalised."""
    for name, probs in parameters:
        yield f"probs, {name}", {"probs": f32(probs)}
        if min(probs) > 0:
            yield f"logits, {name}", {"logits": f32(np.log(probs) + 1.5)}


def draws_of_counts(total, p, count):
    return [x.tolist() for x in rng.multinomial(total, np.array(p, float) / np.sum(p), count)]


PROBABILITIES = [
    ("dimension 1", [1]),
    ("dimension 2", [0.3, 0.7]),
    ("dimension 3", [0.2, 0.5, 0.3]),
    ("dimension 5", [0.1, 0.3, 0.2, 0.25, 0.15]),
    ("a tiny probability", [1e-10, 0.6, 0.4]),
    ("a probability of zero", [0, 0.75, 0.25]),
]


def write_multinomial():
    family = Family(
        "multinomial",
        "multinomial",
        multinomial,
        multinomial_moments,
        {0: "fixed"},
        "integer",
        check=check_multinomial,
        check_moments=check_multinomial_moments,
        notes="probs enter the density as written (not divided by their sum); moments are those of probs / sum",
    )
    cases = []
    for (name, parameters), total in itertools.product(forms(PROBABILITIES), (1, 7, 1000, 1_000_000)):
        p = float_probabilities(parameters)
        values = draws_of_counts(total, p, 3)
        d = len(p)
        if p.min() > 0 and d > 1:
            values.append([total, *[0] * (d - 1)])
        outside = [
            [total + 1, *[0] * (d - 1)],
            [-1, total + 1, *[0] * (d - 2)][:d],
            [total - 0.5, 0.5, *[0] * (d - 2)][:d],
        ]
        boundary = [[1, total - 1, 0]] if p.min() == 0 else []
        cases.append(
            make_case(family, f"total {total}, {name}", [total, parameters], values, outside, boundary, 1e-8)
        )
    parameters = {"probs": [0.5, 0.25, 0.25]}
    cases.append(make_case(family, "total 0", [0, parameters], [[0, 0, 0]], [[1, 0, 0]]))
    write(family, cases)


def one_hot(parameters, x):
    return sum((n * lp if n else mpf(0) for n, lp in zip(x, log_probabilities(parameters))), mpf(0))


def one_hot_moments(parameters):
    p = probabilities(parameters)
    p = p / sum(p)
    entropy = -sum_xlogy(p, p)
    covariance = np.diag(p) - np.outer(p, p)
    return {"mean": p, "variance": np.diagonal(covariance), "covariance": covariance, "entropy": entropy}


def write_one_hot():
    family = Family(
        "oneHotCategorical",
        "multinomial(1, p)",
        one_hot,
        one_hot_moments,
        {},
        "integer",
        check=lambda args, x: check_multinomial([1, args[0]], x),
        check_moments=lambda args: check_multinomial_moments([1, args[0]]),
        notes="probs enter the density as written (not divided by their sum); moments are those of probs / sum",
    )
    cases = []
    extreme = [
        ("logits, far apart", {"logits": [-80, 0, 90]}),
        ("logits, huge", {"logits": [1e4, 1e4 - 1, 1e4 - 3]}),
    ]
    for name, parameters in [*forms(PROBABILITIES), *extreme]:
        p = float_probabilities(parameters)
        d = len(p)
        unit = np.eye(d, dtype=int).tolist()
        values = [unit[i] for i in range(d) if p[i] > 0]
        outside = [
            [0] * d,
            [2, *[0] * (d - 1)],
            *([[0.5, 0.5, *[0] * (d - 2)], [1, 1, *[0] * (d - 2)]] if d > 1 else []),
        ]
        boundary = [unit[i] for i in range(d) if p[i] == 0]
        cases.append(make_case(family, name, [parameters], values, outside, boundary))
    write(family, cases)


def dirichlet_multinomial(concentration, total, x):
    a = sum(concentration)
    return (
        log_choose(total, x)
        + mp.loggamma(a)
        - mp.loggamma(total + a)
        + sum(lgamma(x + concentration))
        - sum(lgamma(concentration))
    )


def dirichlet_multinomial_moments(concentration, total):
    a = sum(concentration)
    p = concentration / a
    covariance = total * (np.diag(p) - np.outer(p, p)) * (total + a) / (1 + a)
    return {
        "mean": total * p,
        "variance": np.diagonal(covariance),
        "covariance": covariance,
        **entropy_by_enumeration(lambda x: dirichlet_multinomial(concentration, total, x), total, len(p)),
    }


def check_dirichlet_multinomial_moments(args):
    law = stats.dirichlet_multinomial(args[0], args[1])
    return {"mean": law.mean(), "variance": law.var(), "covariance": law.cov()}


def write_dirichlet_multinomial():
    family = Family(
        "dirichletMultinomial",
        "dirichlet_multinomial",
        dirichlet_multinomial,
        dirichlet_multinomial_moments,
        {1: "fixed"},
        "integer",
        check=lambda args, x: stats.dirichlet_multinomial(args[0], args[1]).logpmf(np.array(x)),
        check_moments=check_dirichlet_multinomial_moments,
    )
    settings = [
        [1, 1],
        [2, 3],
        [0.5, 1.5, 4],
        [1, 2, 3, 4, 5],
        [0.05, 0.05, 0.05],
        [1e4, 1e4, 1e4],
        [0.05, 1, 1e4],
    ]
    cases = []
    for concentration, total in itertools.product(settings, (1, 7, 1000)):
        d = len(concentration)
        values = [
            *(draws_of_counts(total, rng.dirichlet(concentration), 1)[0] for _ in range(3)),
            [total, *[0] * (d - 1)],
        ]
        outside = [
            [total + 1, *[0] * (d - 1)],
            [-1, total + 1, *[0] * (d - 2)],
            [total - 0.5, 0.5, *[0] * (d - 2)],
        ]
        # float64 differences of lgamma at 1e4 lose seven digits
        tolerance = 1e-6 if max(concentration) > 1e3 else 1e-8
        cases.append(
            make_case(
                family,
                f"concentration {concentration}, total {total}",
                [concentration, total],
                values,
                outside,
                tolerance=tolerance,
            )
        )
    write(family, cases)


# Relaxed


def gumbel_softmax(temperature, parameters, x):
    """Maddison, Mnih & Teh 2017, definition 1, with probs or exp(logits) as the unnormalised alpha."""
    n, log_alpha, log_x = len(x), logits_of(parameters), log(x)
    terms = log_alpha - temperature * log_x
    return mp.loggamma(n) + (n - 1) * mp.log(temperature) + sum(terms - log_x) - n * log_sum_exp(terms)


def verify_gumbel_softmax():
    """The density integrates to one over the simplex of three entries, and has the marginal of two entries right."""
    temperature, logits = mpf("0.7"), exact([0.3, -0.5, 0.1])
    u = np.arange(-60, 60.01, 0.4)
    a, b = np.meshgrid(u, u)
    top = np.maximum(np.maximum(a, b), 0)
    log_norm = top + np.log(np.exp(a - top) + np.exp(b - top) + np.exp(-top))
    x = np.stack([a - log_norm, b - log_norm, -log_norm])  # log of the simplex point softmax([a, b, 0])
    terms = logits.astype(float)[:, None, None] - 0.7 * x
    peak = terms.max(0)
    density = (
        np.log(2) + 2 * np.log(0.7) + (terms - x).sum(0) - 3 * (peak + np.log(np.exp(terms - peak).sum(0)))
    )
    jacobian = x.sum(0)
    assert np.isclose(np.exp(density + jacobian).sum() * 0.16, 1, rtol=1e-10)
    i, j = 160, 155
    point = exact(np.exp(x[:, i, j]).tolist())
    assert np.isclose(
        float(gumbel_softmax(temperature, {"logits": logits}, point)), density[i, j], rtol=1e-10
    )
    for entry in ("0.2", "0.9"):
        pair = exact([float(mpf(entry)), float(1 - mpf(entry))])
        binary = relaxed_bernoulli(temperature, {"logits": logits[0] - logits[1]}, pair[0])
        assert abs(gumbel_softmax(temperature, {"logits": logits[:2]}, pair) - binary) < 1e-14


def relaxed_events(temperature, p, count):
    events = []
    while len(events) < count:
        z = (np.log(p) + rng.gumbel(size=len(p))) / temperature
        event = np.float32(np.exp(z - z.max()) / np.exp(z - z.max()).sum())
        if event.min() > 1e-30:
            events.append(event.tolist())
    return events


def write_gumbel_softmax():
    family = Family(
        "gumbelSoftmax",
        "none",
        gumbel_softmax,
        notes="density of Maddison, Mnih & Teh 2017 with respect to the first n - 1 entries; invariant to the scale of probs",
    )
    verify_gumbel_softmax()
    settings = [
        ("dimension 2", [0.3, 0.7]),
        ("dimension 3", [0.2, 0.5, 0.3]),
        ("dimension 5", [0.1, 0.3, 0.2, 0.25, 0.15]),
        ("a tiny probability", [1e-10, 0.6, 0.4]),
    ]
    cases = []
    for (name, parameters), temperature in itertools.product(forms(settings), (0.1, 0.5, 1, 3, 50)):
        p = float_probabilities(parameters)
        d = len(p)
        values = [
            *relaxed_events(max(temperature, 0.4), p, 3),
            [1 / d] * d,
            [1 - 1e-6 * (d - 1), *[1e-6] * (d - 1)],
        ]
        outside = [[0.5, 0.6, *[0] * (d - 2)], [-0.1, 1.1, *[0] * (d - 2)]]
        cases.append(
            make_case(
                family, f"temperature {temperature}, {name}", [temperature, parameters], values, outside
            )
        )
    write(family, cases)


def relaxed_bernoulli(temperature, parameters, x):
    """Maddison, Mnih & Teh 2017, appendix B: the logistic of (logits + Logistic(0, 1)) / temperature."""
    logits = (
        mp.log(parameters["probs"] / (1 - parameters["probs"]))
        if "probs" in parameters
        else parameters["logits"]
    )
    log_x, log_y = mp.log(x), mp.log1p(-x)
    terms = exact([0, 0]) + [logits - temperature * log_x, -temperature * log_y]
    return mp.log(temperature) + logits - (temperature + 1) * (log_x + log_y) - 2 * log_sum_exp(terms)


def check_relaxed_bernoulli(args, x):
    if not 1e-5 < x < 1 - 1e-5:
        return None
    name, parameter = next(iter(args[1].items()))
    logits = np.log(parameter / (1 - parameter)) if name == "probs" else parameter
    return float(npd.RelaxedBernoulliLogits(args[0], logits).log_prob(x))


def write_relaxed_bernoulli():
    family = Family(
        "relaxedBernoulli",
        "none (numpyro.distributions.RelaxedBernoulliLogits)",
        relaxed_bernoulli,
        check=check_relaxed_bernoulli,
    )
    parameters = [{"probs": p} for p in (0.5, 0.3, 0.999, 1e-10)] + [
        {"logits": t} for t in (0, -1.5, 20, -80)
    ]
    values = [0.5, 0.2, 0.9, 1e-6, 1 - 1e-6, 1e-20]
    write(
        family,
        [
            make_case(
                family, f"temperature {t}, {parameter}", [t, parameter], values, [-0.1, 1.1], tolerance=1e-7
            )
            for parameter in parameters
            for t in (0.1, 0.5, 1, 3, 50)
        ],
    )


if __name__ == "__main__":
    write_dirichlet()
    write_multinomial()
    write_one_hot()
    write_dirichlet_multinomial()
    write_gumbel_softmax()
    write_relaxed_bernoulli()
