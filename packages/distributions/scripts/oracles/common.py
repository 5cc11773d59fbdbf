"""What the definitions share: a distribution is a log density in mpmath with cases; `oracle` turns it into JSON.

A density is written from its textbook definition and evaluated in 60 digits at inputs that are exact in float32;
its derivatives are central differences in 240 digits with steps of 1e-60. Where scipy has the distribution, every
number of a moderate case must agree with scipy to 1e-9, or nothing is written.
"""

import json
import math
import platform
import warnings
from dataclasses import dataclass, field
from typing import Any, Callable, Optional

import mpmath
import numpy
import scipy
from mpmath import mp, mpf

DIGITS = 60
DIFFERENCE_DIGITS = 240
STEP = mpf(10) ** -60
INF = mpf("inf")
NAN = mpf("nan")
PROBABILITIES = [1e-4, 0.02, 0.25, 0.5, 0.9, 0.999]
mp.dps = DIGITS


@dataclass
class Case:
    """`args` are those of the TypeScript factory; `outside` are values that the support excludes.

    A case that is not `moderate` may disagree with scipy's float64; the disagreement is reported. `p` are the
    arguments of the quantiles, and `cdf` is False where even mpmath would take too long. `boundary` are values of
    which only the log density is wanted.
    """

    name: str
    args: list
    values: list
    outside: list = field(default_factory=list)
    moderate: bool = True
    cdf: bool = True
    p: list = field(default_factory=lambda: PROBABILITIES)
    boundary: list = field(default_factory=list)


@dataclass
class Distribution:
    """Functions take mpmath numbers in the nesting of `args`; None as a moment means that there is none.

    `log_density(x, *args)` is asked only where `support(x, *args)` holds and is -inf elsewhere. `scipy` takes floats
    and gives a frozen scipy distribution, or None where scipy lacks these arguments. `integers` are the numeric
    leaves without derivatives (totals); `skip` names what scipy defines otherwise. `points`, for what scipy
    lacks: the ends of the support and what lies between, or the whole discrete support, to check moments by.
    `is_atom(x, *args)`, where a single value has a probability: there neither it nor the numeric leaves `ends` move.
    """

    name: str
    log_density: Callable
    cases: list
    support: Callable = lambda x, *args: True
    discrete: bool = False
    integers: tuple = ()
    scipy: Optional[Callable] = None
    scipy_name: Optional[str] = None
    skip: tuple = ()
    points: Optional[Callable] = None
    cdf: Optional[Callable] = None
    icdf: Optional[Callable] = None
    mean: Optional[Callable] = None
    variance: Optional[Callable] = None
    entropy: Optional[Callable] = None
    is_atom: Callable = lambda x, *args: False
    ends: tuple = ()


# Trees of numbers


def f32(tree: Any) -> Any:
    """The same tree with every float rounded to float32; integers and strings stay."""
    return map_leaves(lambda x: float(numpy.float32(x)) if isinstance(x, float) else x, tree)


def map_leaves(f: Callable, tree: Any) -> Any:
    if isinstance(tree, (list, tuple)):
        return [map_leaves(f, child) for child in tree]
    if isinstance(tree, dict):
        return {name: map_leaves(f, child) for name, child in tree.items()}
    return f(tree)


def leaves(tree: Any) -> list:
    if isinstance(tree, (list, tuple)):
        return [leaf for child in tree for leaf in leaves(child)]
    if isinstance(tree, dict):
        return [leaf for child in tree.values() for leaf in leaves(child)]
    return [tree]


def with_leaf(tree: Any, index: int, value: Any) -> Any:
    """The tree with its leaf of that number, depth first, replaced."""
    counter = iter(range(len(leaves(tree))))
    return map_leaves(lambda x: value if next(counter) == index else x, tree)


def with_leaves(tree: Any, values: list) -> Any:
    rest = iter(values)
    return map_leaves(lambda _: next(rest), tree)


def exact(tree: Any) -> Any:
    """The tree in mpmath numbers, which hold every float exactly; "Infinity" is a number."""
    return map_leaves(lambda x: mpf(float(x)) if isinstance(x, str) else mpf(x), tree)


def floats(tree: Any) -> Any:
    return map_leaves(float, tree)


# Formulas


def xlogy(x, y):
    """x log y with 0 log 0 = 0."""
    return mpf(0) if x == 0 else x * mp.log(y)


def xlog1py(x, y):
    """x log (1 + y) with 0 log 0 = 0."""
    return mpf(0) if x == 0 else x * mp.log1p(y)


def lbeta(a, b):
    return mp.loggamma(a) + mp.loggamma(b) - mp.loggamma(a + b)


def log_binomial(n, k):
    return mp.loggamma(n + 1) - mp.loggamma(k + 1) - mp.loggamma(n - k + 1)


def beta_cdf(x, a, b):
    """The regularized incomplete beta function by a series of positive terms (DLMF 8.17.8).

    mpmath's betainc does not converge for concentrations such as 1e4.
    """
    if x == 0 or x == 1:
        return x
    if x > 0.5:
        lower = 1 - beta_cdf(1 - x, b, a)
        if lower > mpf(10) ** -20 or x > 0.999:
            return lower
    total = term = mpf(1)
    n = 0
    while term > total * mpf(10) ** -DIGITS or (a + b + n) * x > a + 1 + n:
        term *= (a + b + n) * x / (a + 1 + n)
        total += term
        n += 1
    return mp.exp(a * mp.log(x) + b * mp.log1p(-x) - lbeta(a, b)) / a * total


def is_integer(x):
    return x == mp.floor(x)


def normal_cdf(z):
    return mp.erfc(-z / mp.sqrt(2)) / 2


def log_of(probs_or_logits):
    """(log p, log (1 - p)) from { probs } or { logits }."""
    if "probs" in probs_or_logits:
        p = probs_or_logits["probs"]
        return (mp.log(p), mp.log1p(-p)) if 0 <= p <= 1 else (NAN, NAN)
    logits = probs_or_logits["logits"]
    return (-mp.log1p(mp.exp(-logits)), -mp.log1p(mp.exp(logits)))


def probability(probs_or_logits):
    """(p, 1 - p) from { probs } or { logits }."""
    if "probs" in probs_or_logits:
        return probs_or_logits["probs"], 1 - probs_or_logits["probs"]
    logits = probs_or_logits["logits"]
    return 1 / (1 + mp.exp(-logits)), 1 / (1 + mp.exp(logits))


def density(distribution: Distribution, x, args):
    """The log density as a real number: -inf outside the support, NaN where the formula leaves the reals."""
    if not distribution.support(x, *args):
        return -INF
    value = distribution.log_density(x, *args)
    return NAN if isinstance(value, mpmath.mpc) else mpf(value)


# Derivatives and sensitivity


def differences(f: Callable, x, scale=mpf(1)):
    """(f'(x), f''(x)), or (None, None) at an edge or a kink; the step is relative to x, or to `scale` at 0."""
    with mp.workdps(DIFFERENCE_DIGITS):
        unit = abs(x) if x != 0 else scale
        h = unit * STEP
        below, here, above = f(x - h), f(x), f(x + h)
        if not all(mp.isfinite(y) for y in (below, here, above)):
            return None, None
        left, right = (here - below) / h, (above - here) / h
        if abs(left - right) * unit > mpf(10) ** -12:
            return None, None
        noise = max(abs(here), 1) * mpf(10) ** -115
        first, second = (above - below) / (2 * h), (above - 2 * here + below) / h**2
        return (
            first if abs(first) * unit > noise + abs(second) * unit**2 * mpf(10) ** -90 else mpf(0),
            second if abs(second) * unit**2 > noise else mpf(0),
        )


def derivatives(distribution: Distribution, x, args):
    """Lists over the leaves of the value and over those of the arguments, of pairs (first, second)."""
    scale = min((abs(leaf) for leaf in leaves([x, args]) if leaf != 0), default=mpf(1))
    of_value = [] if distribution.discrete else [
        differences(lambda t: density(distribution, with_leaf(x, i, t), args), leaf, scale)
        for i, leaf in enumerate(leaves(x))
    ]
    of_args = [
        (None, None)
        if i in distribution.integers or not mp.isfinite(leaf)
        else differences(lambda t: density(distribution, x, with_leaf(args, i, t)), leaf, scale)
        for i, leaf in enumerate(leaves(args))
    ]
    return of_value, of_args


def neighbours(x):
    here = numpy.float32(float(x))
    return [mpf(float(numpy.nextafter(here, numpy.float32(to)))) for to in (-numpy.inf, numpy.inf)]


def sensitivity(distribution: Distribution, x, args):
    """The largest change of a finite log density when one float32 input moves by one ulp."""
    here = density(distribution, x, args)
    if not mp.isfinite(here):
        return None
    held = distribution.ends if distribution.is_atom(x, *args) else ()
    moved = [] if distribution.discrete or distribution.is_atom(x, *args) else [
        density(distribution, with_leaf(x, i, t), args) for i, leaf in enumerate(leaves(x)) for t in neighbours(leaf)
    ]
    moved += [
        density(distribution, x, with_leaf(args, i, t))
        for i, leaf in enumerate(leaves(args))
        if i not in distribution.integers and i not in held and mp.isfinite(leaf)
        for t in neighbours(leaf)
    ]
    return max((abs(y - here) for y in moved if mp.isfinite(y)), default=mpf(0))


# Quantiles


def quantile(distribution: Distribution, p, args, start):
    """The inverse of the cdf at p: closed form, or from scipy's value by Newton's steps until the cdf agrees.

    None for a p so near a step of a discrete cdf that rounding decides.
    """
    if distribution.icdf:
        x = distribution.icdf(p, *args)
    elif distribution.discrete:
        x = mpf(start)
        while distribution.cdf(x, *args) < p:
            x += 1
        while distribution.support(x - 1, *args) and distribution.cdf(x - 1, *args) >= p:
            x -= 1
        steps = distribution.cdf(x, *args), distribution.cdf(x - 1, *args) if distribution.support(x - 1, *args) else 0
        return None if any(abs(step - p) < min(p, 1 - p) * mpf(10) ** -5 for step in steps) else x
    else:
        x = mpf(start)
        for _ in range(12):
            step = (distribution.cdf(x, *args) - p) / mp.exp(density(distribution, x, args))
            x -= step
            if abs(step) < mpf(10) ** -25 * abs(x):
                break
    if not distribution.discrete and not distribution.is_atom(x, *args):
        assert abs(distribution.cdf(x, *args) - p) < mpf(10) ** -20 * p, (distribution.name, args, p, x)
    return x


# Checks of the definitions against themselves


def check_cdf(distribution: Distribution, x, args):
    """The derivative of the cdf is the density, unless that is lost among the digits of a cdf near 1."""
    if distribution.is_atom(x, *args):
        return
    log_density = density(distribution, x, args)
    h = abs(x) * mpf(10) ** -18
    inside = all(mp.isfinite(density(distribution, t, args)) for t in (x - h, x, x + h))
    if not inside or h * mp.exp(log_density) < mpf(10) ** -40:
        return
    slope = (distribution.cdf(x + h, *args) - distribution.cdf(x - h, *args)) / (2 * h)
    ratio = slope / mp.exp(log_density)
    assert abs(ratio - 1) < mpf(10) ** -12, (distribution.name, args, x, ratio)


def check_moments(distribution: Distribution, args, result: dict):
    """Total, mean, variance and entropy by quadrature between the points, or by a sum over them."""
    with mp.workdps(30):
        points = distribution.points(*args)
        f = lambda x: mp.exp(density(distribution, x, args))
        total = lambda g: mp.fsum(map(g, points)) if distribution.discrete else mp.quad(g, points)
        expected = {"total": total(f), "mean": total(lambda x: x * f(x))}
        expected["variance"] = total(lambda x: (x - expected["mean"]) ** 2 * f(x))
        expected["entropy"] = total(lambda x: -f(x) * density(distribution, x, args) if f(x) > 0 else mpf(0))
    for name, value in {"total": 1, **result}.items():
        assert agree(value, expected[name]), (distribution.name, args, name, value, expected[name])


# Writing


def number(x: Any) -> Any:
    """A JSON number with the digits of a float64, a string for what JSON lacks, null for None."""
    if x is None:
        return None
    if isinstance(x, mpf):
        with mp.workprec(53):
            x = float(+x)
    if math.isnan(x) or math.isinf(x):
        return "NaN" if math.isnan(x) else "Infinity" if x > 0 else "-Infinity"
    return int(x) if x == int(x) and abs(x) < 2**53 and math.copysign(1, x) * x >= 0 else x


def brief(x):
    return None if x is None else number(mpf(mp.nstr(x, 8)))


def agree(ours, theirs, tolerance=1e-9) -> bool:
    ours, theirs = float(ours), float(theirs)
    if math.isnan(ours) or math.isnan(theirs) or math.isinf(ours) or math.isinf(theirs):
        return ours == theirs or (math.isnan(ours) and math.isnan(theirs))
    return abs(ours - theirs) <= tolerance * max(abs(ours), abs(theirs)) + 1e-12


def compare(distribution: Distribution, case: Case, args, result: dict) -> list:
    """Disagreements with scipy as lines of text; a moderate case may have none."""
    frozen = distribution.scipy and distribution.scipy(*floats(args))
    if not frozen:
        return []
    log_density = frozen.logpmf if distribution.discrete else frozen.logpdf
    pairs = [("logProb", x, a, log_density(x)) for x, a in zip(floats(result["values"]), result["logProb"])]
    pairs += [("outside", x, "-Infinity", log_density(x)) for x in floats(result["outside"])]
    if "cdf" in result:
        pairs += [("cdf", x, a, frozen.cdf(x)) for x, a in zip(floats(result["values"]), result["cdf"])]
    if "icdf" in result:
        pairs += [("icdf", p, a, frozen.ppf(p)) for p, a in zip(result["icdf"]["p"], result["icdf"]["x"])]
    moments = {"mean": frozen.mean, "variance": frozen.var, "entropy": frozen.entropy}
    pairs += [(name, "", result[name], f()) for name, f in moments.items() if name in result]
    lines = [
        f"{distribution.name} / {case.name}: {what} {at}: {float(ours)!r}, scipy {float(theirs)!r}"
        for what, at, ours, theirs in pairs
        if what not in distribution.skip and not agree(ours, theirs)
    ]
    assert not (case.moderate and lines), "\n".join(lines)
    return lines


def evaluate(distribution: Distribution, case: Case) -> tuple:
    """The JSON object of a case, and its disagreements with scipy."""
    args, values, outside, p = f32(case.args), f32(case.values), f32(case.outside), f32(case.p)
    theta, xs = exact(args), exact(values)
    assert all(density(distribution, x, theta) == -INF for x in exact(outside)), (distribution.name, case.name)
    log_prob = [density(distribution, x, theta) for x in xs]
    assert not any(mp.isnan(y) for y in log_prob), (distribution.name, case.name, values, log_prob)
    pairs = [derivatives(distribution, x, theta) for x in xs]
    result = {
        "name": case.name,
        "args": map_leaves(lambda x: x if isinstance(x, str) else number(x), args),
        "values": map_leaves(number, values),
        "logProb": [number(y) for y in log_prob],
        "sensitivity": [brief(sensitivity(distribution, x, theta)) for x in xs],
    }
    for order, name in enumerate(["gradient", "second"]):
        result[name] = {} if distribution.discrete else {
            "value": [with_leaves(x, [number(d[order]) for d in of_value]) for x, (of_value, _) in zip(xs, pairs)]
        }
        result[name]["args"] = [[number(of_args[i][order]) for _, of_args in pairs] for i in range(len(leaves(args)))]
    if distribution.cdf and case.cdf:
        if not distribution.discrete:
            for x in xs:
                check_cdf(distribution, x, theta)
        result["cdf"] = [number(distribution.cdf(x, *theta)) for x in xs]
        frozen = distribution.scipy and distribution.scipy(*floats(theta))
        if p and (frozen or distribution.icdf):
            start = [None if distribution.icdf else float(frozen.ppf(q)) for q in p]
            found = [(q, quantile(distribution, mpf(q), theta, s)) for q, s in zip(p, start)]
            found = [(q, number(x)) for q, x in found if x is not None]
            result["icdf"] = {"p": [q for q, _ in found], "x": [x for _, x in found]}
    for name in ["mean", "variance", "entropy"]:
        moment = getattr(distribution, name) and getattr(distribution, name)(*theta)
        if moment is not None:
            result[name] = map_leaves(number, moment)
    result["outside"] = map_leaves(number, outside)
    if case.boundary:
        boundary = f32(case.boundary)
        log_prob = [number(density(distribution, x, theta)) for x in exact(boundary)]
        result["boundary"] = {"values": map_leaves(number, boundary), "logProb": log_prob}
    if distribution.points and case.moderate:
        check_moments(distribution, theta, {k: result[k] for k in ("mean", "variance", "entropy") if k in result})
    return result, compare(distribution, case, theta, result)


def oracle(distribution: Distribution) -> tuple:
    """The text of the JSON file, one line a case, and the disagreements with scipy."""
    with warnings.catch_warnings(), numpy.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        evaluated = [evaluate(distribution, case) for case in distribution.cases]
    versions = {"python": platform.python_version(), "mpmath": mpmath.__version__, "scipy": scipy.__version__}
    head = {"distribution": distribution.name, "versions": versions, "scipy": distribution.scipy_name}
    lines = [f'"{name}": {json.dumps(value)}' for name, value in head.items()]
    cases = ",\n".join(json.dumps(result, allow_nan=False) for result, _ in evaluated)
    text = "{\n" + ",\n".join(lines) + ',\n"cases": [\n' + cases + "\n]\n}\n"
    return text, [line for _, disagreements in evaluated for line in disagreements]
