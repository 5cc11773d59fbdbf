"""Writes bijectors.json: images and log-determinants of bijectors in 80 digits.

Each log-determinant is that of a numeric Jacobian, and the closed form must agree with it; images and
log-determinants are compared with NumPyro's transforms in float64.

`lowerCholesky` takes the strictly lower entries row by row, then the diagonal, which goes through exp or softplus;
`correlationCholesky` takes strictly lower entries row by row. Coordinates of the image, for the determinant: the lower
triangle, the strictly lower triangle, and all but the last entry for `stickBreaking`.
"""

import json

import jax
import numpy as np
import numpyro.distributions.transforms as npt

from common import (
    FIRST_STEP,
    TARGET,
    agree,
    at,
    diag,
    entries,
    exact,
    f32,
    moved,
    mp,
    mpf,
    neighbours,
    plain,
    solve,
    tril,
    versions,
)

jax.config.update("jax_enable_x64", True)
rng = np.random.default_rng(20263)


def softplus(x):
    return mp.log1p(mp.exp(x)) if x < 0 else x + mp.log1p(mp.exp(-x))


def sigmoid(x):
    return 1 / (1 + mp.exp(-x))


# Each: forward(args, x), log-determinant in closed form (args, x), and what of y is counted as coordinates.


def lower_from(off_diagonal, diagonal):
    """A lower triangle from its strictly lower entries, row by row, and its diagonal."""
    d = len(diagonal)
    matrix, rest = diag(diagonal), iter(off_diagonal)
    for i in range(d):
        for j in range(i):
            matrix[i, j] = next(rest)
    return matrix


def split_triangle(x):
    d = int((mp.sqrt(8 * len(x) + 1) - 1) / 2 + mpf("0.25"))
    return x[: len(x) - d], x[len(x) - d :]


def lower_cholesky(transform):
    def forward(options, x):
        off_diagonal, diagonal = split_triangle(x)
        return lower_from(off_diagonal, [transform(t) for t in diagonal])

    return forward


def correlation_cholesky(x):
    """Row i: entry j is tanh(x) times what the entries before it leave of the unit length."""
    d = int((mp.sqrt(8 * len(x) + 1) + 1) / 2 + mpf("0.25"))
    matrix, rest = exact(np.zeros((d, d)).tolist()), iter(x)
    for i in range(d):
        left = mpf(1)
        for j in range(i):
            partial = mp.tanh(next(rest))
            matrix[i, j] = partial * mp.sqrt(left)
            left *= (1 - partial) * (1 + partial)
        matrix[i, i] = mp.sqrt(left)
    return matrix


def correlation_cholesky_log_det(x):
    """Sum of log(1 - tanh^2) and of half the logs of what was left before each entry."""
    d = int((mp.sqrt(8 * len(x) + 1) + 1) / 2 + mpf("0.25"))
    total, rest = mpf(0), iter(x)
    for i in range(d):
        log_left = mpf(0)
        for _ in range(i):
            log_rest = -2 * mp.log(mp.cosh(next(rest)))
            total += log_rest + log_left / 2
            log_left += log_rest
    return total


def ordered(x):
    return np.cumsum([x[0], *(mp.exp(t) for t in x[1:])])


def stick_breaking(x):
    """z[k] = sigmoid(x[k] - log(K - 1 - k)) of the rest of the stick, k = 0 … K - 2."""
    y, rest = [], mpf(1)
    for k, t in enumerate(x):
        shifted = t - mp.log(len(x) - k)
        y.append(rest * sigmoid(shifted))
        rest *= sigmoid(-shifted)
    return np.array([*y, rest], dtype=object)


def stick_breaking_log_det(x):
    total, log_rest = mpf(0), mpf(0)
    for k, t in enumerate(x):
        shifted = t - mp.log(len(x) - k)
        total += log_rest - softplus(-shifted) - softplus(shifted)
        log_rest -= softplus(shifted)
    return total


def strictly_lower(y):
    return [y[i, j] for i in range(len(y)) for j in range(i)]


def lower(y):
    return [y[i, j] for i in range(len(y)) for j in range(i + 1)]


def whole(y):
    return list(np.ravel(y)) if isinstance(y, np.ndarray) else [y]


SCALAR = [-100, -20, -5, -1.5, -0.1, -1e-5, 0, 1e-3, 0.3, 1, 2.5, 8, 20, 80]


def vectors(d, *spreads):
    return [[0] * d, *(rng.normal(0, s, d).tolist() for s in spreads)]


TRIL = [[1.5, 0, 0], [-0.5, 0.25, 0], [2, -1, 3]]
BIJECTORS = {}


def bijector(name, settings, forward, log_det, reference, coordinates=whole, fixed=(), kinds=None):
    BIJECTORS[name] = (settings, forward, log_det, reference, coordinates, fixed, kinds or {})


bijector("exp", [([], SCALAR)], lambda x: mp.exp(x), lambda x: x, lambda: npt.ExpTransform())
bijector("softplus", [([], SCALAR)], softplus, lambda x: -softplus(-x), lambda: npt.SoftplusTransform())
bijector("sigmoid", [([], SCALAR)], sigmoid, lambda x: -softplus(-x) - softplus(x), None)
bijector("tanh", [([], SCALAR)], mp.tanh, lambda x: -2 * mp.log(mp.cosh(x)), None)
bijector(
    "affine",
    [([0, 1], SCALAR), ([3, 0.5], SCALAR), ([-1, -2], SCALAR), ([1e4, 1e-4], SCALAR)],
    lambda loc, scale, x: loc + scale * x,
    lambda loc, scale, x: mp.log(abs(scale)),
    lambda loc, scale: npt.AffineTransform(loc, scale),
)
bijector(
    "power",
    [
        ([2], [1e-6, 0.3, 1, 2.5, 1e4]),
        ([0.5], [1e-6, 0.3, 1, 2.5, 1e4]),
        ([-1], [1e-6, 0.3, 1, 2.5, 1e4]),
        ([-1.5], [0.3, 1, 40]),
    ],
    lambda k, x: x**k,
    lambda k, x: mp.log(abs(k)) + (k - 1) * mp.log(x),
    lambda k: npt.PowerTransform(k),
)
bijector(
    "scaleTril",
    [
        ([[0], [[2]]], vectors(1, 1, 30)),
        ([[1, -2], [[1, 0], [0.5, 0.75]]], vectors(2, 1, 30)),
        ([[1, 0, -1], TRIL], vectors(3, 1, 30)),
        ([[0, 0], [[1, 0], [0.999, 0.0447]]], vectors(2, 1, 30)),
    ],
    lambda loc, scale, x: loc + tril(scale) @ x,
    lambda loc, scale, x: sum(mp.log(scale[i, i]) for i in range(len(x))),
    lambda loc, scale: npt.LowerCholeskyAffine(np.array(loc), np.array(scale)),
    kinds={1: "lower"},
)
bijector(
    "lowerCholesky",
    [([{"diagonal": "exp"}], [x for d in (1, 2, 3, 5) for x in vectors(d * (d + 1) // 2, 1, 4)])],
    lower_cholesky(mp.exp),
    lambda options, x: sum(split_triangle(x)[1]),
    lambda options: npt.LowerCholeskyTransform(),
    lower,
)
bijector(
    "lowerCholeskySoftplus",
    [([{"diagonal": "softplus"}], [x for d in (1, 2, 3, 5) for x in vectors(d * (d + 1) // 2, 1, 10)])],
    lower_cholesky(softplus),
    lambda options, x: -sum(softplus(-t) for t in split_triangle(x)[1]),
    lambda options: npt.SoftplusLowerCholeskyTransform(),
    lower,
)
bijector(
    "correlationCholesky",
    [([], [x for d in (2, 3, 5) for x in vectors(d * (d - 1) // 2, 0.5, 2)])],
    correlation_cholesky,
    correlation_cholesky_log_det,
    lambda: npt.CorrCholeskyTransform(),
    strictly_lower,
)
bijector(
    "ordered",
    [([], [x for d in (1, 2, 3, 5) for x in vectors(d, 1, 4)])],
    ordered,
    lambda x: sum(x[1:], mpf(0)),
    lambda: npt.OrderedTransform(),
)
bijector(
    "stickBreaking",
    [([], [x for d in (1, 2, 4, 9) for x in vectors(d, 1, 5)])],
    stick_breaking,
    stick_breaking_log_det,
    lambda: npt.StickBreakingTransform(),
    lambda y: list(y[:-1]),
)
bijector(
    "permute",
    [([[2, 0, 1]], vectors(3, 1)), ([[0, 1]], vectors(2, 1)), ([[4, 3, 2, 1, 0]], vectors(5, 1))],
    lambda p, x: x[[int(i) for i in p]],
    lambda p, x: mpf(0),
    lambda p: npt.PermuteTransform(np.array(p)),
    fixed=(0,),
)


def numeric_log_det(f, x):
    indices = entries(x, "free")
    columns = []
    for index in indices:
        h = FIRST_STEP * (abs(at(x, index)) or 1)
        above, below = f(moved(x, index, h)), f(moved(x, index, -h))
        columns.append([(a - b) / (2 * h) for a, b in zip(above, below)])
    return mp.log(abs(solve(exact(columns), exact(np.eye(len(indices)).tolist()))[1]))


def evaluate(name, args, x):
    _, forward, log_det, reference, coordinates, fixed, kinds = BIJECTORS[name]
    leaves = args if any(isinstance(a, dict) for a in args) else [exact(a) for a in args]
    point = exact(x)
    y, ours = forward(*leaves, point), log_det(*leaves, point)
    with mp.workdps(400):
        jacobian = numeric_log_det(lambda moved_x: coordinates(forward(*leaves, moved_x)), point)
    assert abs(ours - jacobian) < mpf("1e-12"), (name, args, x, ours, jacobian)
    if reference:
        theirs = reference(*args)
        image = theirs(np.array(x, float))
        agree(f"{name} {args} {x}", y, image, 1e-8)
        theirs_log_det = np.asarray(theirs.log_abs_det_jacobian(np.array(x, float), image))
        if np.max(np.abs(x)) < 8:
            agree(f"{name} {args} {x}: log det", ours, theirs_log_det, 1e-7)

    inputs = [
        point,
        *(leaf for i, leaf in enumerate(leaves) if i not in fixed and not isinstance(leaf, dict)),
    ]
    movable = [i for i, leaf in enumerate(leaves) if i not in fixed and not isinstance(leaf, dict)]

    def both(values):
        full = list(leaves)
        for i, value in zip(movable, values[1:]):
            full[i] = value
        return [*whole(forward(*full, values[0])), log_det(*full, values[0])]

    centre, largest = both(inputs), None
    largest = [mpf(0)] * len(centre)
    for position, value in enumerate(inputs):
        kind = "free" if position == 0 else kinds.get(movable[position - 1], "free")
        for index in entries(value, kind):
            if at(value, index) == 0:
                continue
            for step in neighbours(at(value, index)):
                changed = both([*inputs[:position], moved(value, index, step), *inputs[position + 1 :]])
                largest = [max(m, abs(a - b)) for m, a, b in zip(largest, changed, centre)]
    brief = [float(mp.nstr(change, 8)) for change in largest]
    y_sensitivity = np.reshape(brief[:-1], np.shape(y)).tolist()
    return plain(y), plain(ours), y_sensitivity, brief[-1]


if __name__ == "__main__":
    out, count = [], 0
    for name, (settings, *_) in BIJECTORS.items():
        for args, xs in settings:
            args, xs = [a if isinstance(a, dict) else f32(a) for a in args], [f32(x) for x in xs]
            rows = [evaluate(name, args, x) for x in xs]
            y, log_det, y_sensitivity, log_det_sensitivity = (list(column) for column in zip(*rows))
            out.append(
                {
                    "bijector": "lowerCholesky" if name == "lowerCholeskySoftplus" else name,
                    "args": args,
                    "x": xs,
                    "y": y,
                    "forwardLogDet": log_det,
                    "sensitivity": {"y": y_sensitivity, "forwardLogDet": log_det_sensitivity},
                }
            )
            count += len(xs)
    body = ",\n".join(
        "  {" + ",\n   ".join(f'"{k}": {json.dumps(v)}' for k, v in entry.items()) + "}" for entry in out
    )
    (TARGET / "bijectors.json").write_text(f"[\n{body}\n]\n")
    print(f"{len(out)} settings, {count} points, {json.dumps(versions())}")
