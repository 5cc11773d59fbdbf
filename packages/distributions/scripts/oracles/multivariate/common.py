"""Oracles of multivariate distributions: log densities in 80 digits, derivatives by differences, frozen as JSON.

A family is a log density written from the textbook in mpmath numbers (object arrays of mpf), the kinds of its
parameters, its moments, and a check against SciPy or NumPyro in float64. Every parameter and value is rounded to
float32 first and used exactly as rounded. First derivatives are central differences with a step of 1e-22 of the
entry, second ones with 1e-18: both are right to more than 25 digits.

Conventions of the files:
- `gradient.args` and `second.args` have one list over values for each leaf argument, in the order of `args`, objects
  opened; null for totals, dimensions and steps. `value` is absent for discrete distributions. `second` has the
  diagonal second derivatives, null for symmetric matrices and for more than nine entries.
- Every entry is free: nothing is projected to the simplex or the correlation matrices. A symmetric matrix enters as a
  full matrix (its derivative is symmetric, half of the derivative of a symmetric pair moved together off the
  diagonal); of a lower triangle only its entries are read, and derivatives are 0 above the diagonal.
- `boundary` has events on the edge of the support, without derivatives. Moments that do not exist are absent.
"""

import json
import platform
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from mpmath import mp, mpf

mp.dps = 80
FIRST_STEP = mpf("1e-22")
SECOND_STEP = mpf("1e-18")
FIRST_NOISE = mpf("1e-110")
SECOND_NOISE = mpf("1e-95")
SMALL = 9  # second derivatives are given for values and parameters of at most so many entries
TARGET = Path(__file__).parents[3] / "test" / "oracles"


def f32(x):
    """The nearest float32 numbers of a number or nested list, as Python floats."""
    if isinstance(x, (list, tuple)):
        return [f32(entry) for entry in x]
    if isinstance(x, np.ndarray):
        return f32(x.tolist())
    return x if isinstance(x, int) else float(np.float32(x))


def exact(x):
    """A number as mpf, nested lists as an object array of mpf."""
    if isinstance(x, (int, float)):
        return mpf(x)
    a = np.empty(np.shape(x), dtype=object)
    for index in np.ndindex(a.shape):
        entry = x
        for i in index:
            entry = entry[i]
        a[index] = mpf(entry)
    return a


def elementwise(function):
    return np.vectorize(function, otypes=[object])


log, exp, lgamma = elementwise(mp.log), elementwise(mp.exp), elementwise(mp.loggamma)


def eye(n):
    return exact(np.eye(n).tolist())


def diag(v):
    d = exact(np.zeros((len(v), len(v))).tolist())
    for i, entry in enumerate(v):
        d[i, i] = entry
    return d


def solve(a, b):
    """x with a x = b, and det a, by Gaussian elimination with pivoting; a need not be symmetric."""
    a, x, n = a.copy(), b.copy(), len(a)
    det = mpf(1)
    for k in range(n):
        pivot = max(range(k, n), key=lambda i: abs(a[i, k]))
        if pivot != k:
            a[[k, pivot]], x[[k, pivot]] = a[[pivot, k]], x[[pivot, k]]
            det = -det
        det *= a[k, k]
        for i in range(k + 1, n):
            factor = a[i, k] / a[k, k]
            a[i] = a[i] - factor * a[k]
            x[i] = x[i] - factor * x[k]
    for k in reversed(range(n)):
        for j in range(k + 1, n):
            x[k] = x[k] - a[k, j] * x[j]
        x[k] = x[k] / a[k, k]
    return x, det


def inverse(a):
    return solve(a, eye(len(a)))[0]


def log_det(a):
    return mp.log(solve(a, eye(len(a)))[1])


def tril(a):
    return np.where(np.tri(len(a), dtype=bool), a, mpf(0))


def is_positive_definite(a):
    """By leading principal minors, exactly enough at this precision."""
    a = exact(a)
    return all(solve(a[:k, :k], eye(k))[1] > 0 for k in range(1, len(a) + 1))


def logits_of(parameters):
    """log(probs) or logits, unnormalised."""
    return log(parameters["probs"]) if "probs" in parameters else parameters["logits"]


def softmax(logits):
    shifted = exp(logits - max(logits))
    return shifted / sum(shifted)


def log_sum_exp(logits):
    top = max(logits)
    return top + mp.log(sum(mp.exp(entry - top) for entry in logits))


def probabilities(parameters):
    """probs as they are written, or softmax(logits)."""
    return parameters["probs"] if "probs" in parameters else softmax(parameters["logits"])


def flatten(args):
    leaves = []
    for argument in args:
        leaves.extend(argument.values() if isinstance(argument, dict) else [argument])
    return leaves


def rebuild(args, leaves):
    remaining = iter(leaves)
    return [{key: next(remaining) for key in a} if isinstance(a, dict) else next(remaining) for a in args]


@dataclass
class Family:
    """kinds: per leaf argument (by alternative's name or position) 'free', 'lower', 'symmetric' or 'fixed'."""

    name: str
    counterpart: str
    log_density: Callable
    moments: Callable = lambda *args: {}
    kinds: dict = field(default_factory=dict)
    value_kind: str = "free"
    check: Callable | None = None
    check_moments: Callable = lambda args: {}
    notes: str | None = None

    def leaf_kinds(self, args):
        kinds = []
        for position, argument in enumerate(args):
            keys = argument if isinstance(argument, dict) else [position]
            kinds.extend(self.kinds.get(key, "free") for key in keys)
        return kinds


def plain(x):
    """JSON of an mpf, of arrays and of what does not exist (None)."""
    if x is None or isinstance(x, (str, int)):
        return x
    if isinstance(x, (list, tuple, np.ndarray)):
        return [plain(entry) for entry in x]
    number = float(x)
    if np.isnan(number):
        raise ValueError("NaN in an oracle")
    if number.is_integer() and abs(number) < 2**53:
        return int(number)
    return number if np.isfinite(number) else ("Infinity" if number > 0 else "-Infinity")


def entries(x, kind):
    """The indices of the entries that are free."""
    if kind == "fixed":
        return []
    if not isinstance(x, np.ndarray):
        return [()]
    indices = list(np.ndindex(x.shape))
    return [(i, j) for i, j in indices if j <= i] if kind == "lower" else indices


def moved(x, index, amount):
    if not isinstance(x, np.ndarray):
        return x + amount
    y = x.copy()
    y[index] = y[index] + amount
    return y


def at(x, index):
    return x[index] if isinstance(x, np.ndarray) else x


def without_noise(x, threshold):
    return x if abs(x) > threshold else mpf(0)


@mp.workdps(140)
def derivatives(f, x, kind):
    """Gradient of f over the entries of x, and the diagonal of the second derivatives (None unless small)."""
    if kind == "fixed":
        return None, None
    shape = x.shape if isinstance(x, np.ndarray) else ()
    first, second = exact(np.zeros(shape).tolist()), exact(np.zeros(shape).tolist())
    if shape == ():
        first, second = np.array(first, dtype=object), np.array(second, dtype=object)
    wants_second = kind != "symmetric" and int(np.prod(shape)) <= SMALL
    largest = max((abs(entry) for entry in np.ravel(x)), default=mpf(0)) or mpf(1)
    centre = f(x)
    size = max(abs(centre), 1)
    for index in entries(x, kind):
        scale = abs(at(x, index)) or largest
        h = FIRST_STEP * scale
        first[index] = without_noise(
            (f(moved(x, index, h)) - f(moved(x, index, -h))) / (2 * h), FIRST_NOISE * size / scale
        )
        if wants_second:
            h = SECOND_STEP * scale
            curvature = (f(moved(x, index, h)) - 2 * centre + f(moved(x, index, -h))) / h**2
            second[index] = without_noise(curvature, SECOND_NOISE * size / scale**2)
    squeeze = (lambda a: a[()]) if shape == () else (lambda a: a)
    return squeeze(first), squeeze(second) if wants_second else None


def neighbours(x):
    """The two float32 numbers next to x, as differences."""
    centre = np.float32(float(x))
    return [mpf(float(np.nextafter(centre, np.float32(s)))) - x for s in (-np.inf, np.inf)]


def sensitivity(f, inputs, kinds):
    """Largest change of f(*inputs) when one number moves by one float32 ulp; both of a symmetric pair move together."""
    centre, largest = f(*inputs), mpf(0)
    for position, (x, kind) in enumerate(zip(inputs, kinds)):
        for index in entries(x, "lower" if kind == "symmetric" else kind):
            for step in neighbours(at(x, index)):
                others = list(inputs)
                others[position] = moved(x, index, step)
                if kind == "symmetric" and index[0] != index[1]:
                    others[position] = moved(others[position], index[::-1], step)
                value = f(*others)
                if isinstance(value, mpf) and mp.isfinite(value):
                    largest = max(largest, abs(value - centre))
    return largest


class Disagreement(Exception):
    pass


def agree(name, ours, theirs, tolerance=1e-9):
    ours, theirs = np.asarray(plain_floats(ours), float), np.asarray(theirs, float)
    if not np.allclose(ours, theirs, rtol=tolerance, atol=tolerance):
        raise Disagreement(f"{name}: {ours} against {theirs}")


def plain_floats(x):
    return [plain_floats(entry) for entry in x] if isinstance(x, (list, tuple, np.ndarray)) else float(x)


def make_case(
    family: Family, name: str, args: list, values: list, outside=(), boundary=(), tolerance=1e-9
) -> dict[str, Any]:
    args = [{key: f32(leaf) for key, leaf in a.items()} if isinstance(a, dict) else f32(a) for a in args]
    values = [f32(value) for value in values]
    leaves, kinds = [exact(leaf) for leaf in flatten(args)], family.leaf_kinds(args)

    def log_density(*inputs):
        return family.log_density(*rebuild(args, inputs[:-1]), inputs[-1])

    out = {"name": name, "args": args, "values": values}
    log_probs, sensitivities, value_first, value_second = [], [], [], []
    args_first, args_second = [[] for _ in leaves], [[] for _ in leaves]
    for value in values:
        x = exact(value)
        log_probs.append(log_density(*leaves, x))
        if family.check:
            theirs = family.check(args, value)
            if theirs is not None:
                agree(f"{family.name} {name} {value}", log_probs[-1], theirs, tolerance)
        value_kind = "fixed" if family.value_kind == "integer" else family.value_kind
        sensitivities.append(sensitivity(log_density, [*leaves, x], [*kinds, value_kind]))
        first, second = derivatives(lambda moved_x: log_density(*leaves, moved_x), x, value_kind)
        value_first.append(first)
        value_second.append(second)
        for i, (leaf, kind) in enumerate(zip(leaves, kinds)):
            first, second = derivatives(
                lambda y: log_density(*leaves[:i], y, *leaves[i + 1 :], x), leaf, kind
            )
            args_first[i].append(first)
            args_second[i].append(second)
    out["logProb"] = plain(log_probs)
    out["sensitivity"] = [float(mp.nstr(change, 8)) for change in sensitivities]
    out["gradient"] = {"value": plain(value_first), "args": plain(args_first)}
    out["second"] = {"value": plain(value_second), "args": plain(args_second)}
    for order in ("gradient", "second"):
        if all(row is None for row in out[order]["value"]):
            del out[order]["value"]
    moments = family.moments(*rebuild(args, leaves))
    for key, theirs in family.check_moments(args).items():
        if theirs is not None:
            agree(f"{family.name} {name}: {key}", moments[key], theirs, tolerance)
    out.update(
        {key: plain(moments[key]) for key in ("mean", "variance", "covariance", "entropy") if key in moments}
    )
    out["outside"] = [f32(event) for event in outside]
    if boundary:
        events = [f32(event) for event in boundary]
        out["boundary"] = {
            "values": events,
            "logProb": plain([log_density(*leaves, exact(event)) for event in events]),
        }
    return out


def versions():
    packages = ("mpmath", "numpy", "scipy", "jax", "numpyro")
    return {"python": platform.python_version(), **{name: version(name) for name in packages}}


def one_line_per_entry(document):
    """JSON with one line for each key of a case, so that changes can be read."""
    lines = ["{"]
    for key, value in document.items():
        if key != "cases":
            lines.append(f'  "{key}": {json.dumps(value, ensure_ascii=False)},')
    rows = []
    for entry in document["cases"]:
        inner = ",\n".join(f'      "{k}": {json.dumps(v, ensure_ascii=False)}' for k, v in entry.items())
        rows.append("    {\n" + inner + "\n    }")
    return "\n".join(lines) + '\n  "cases": [\n' + ",\n".join(rows) + "\n  ]\n}\n"


def write(family: Family, cases: list):
    document = {"distribution": family.name, "versions": versions(), "scipy": family.counterpart}
    if family.notes:
        document["notes"] = family.notes
    document["cases"] = cases
    TARGET.mkdir(parents=True, exist_ok=True)
    (TARGET / f"{family.name}.json").write_text(one_line_per_entry(document))
    count = sum(len(entry["values"]) for entry in cases)
    print(f"{family.name}: {len(cases)} cases, {count} events")
