"""Writes the oracles of the multivariate normal family, Student t, matrix normal and Gaussian processes in time."""

import jax
import numpy as np
import numpyro.distributions as npd
from mpmath import mp, mpf
from scipy import stats

from common import (
    Family,
    diag,
    exact,
    eye,
    f32,
    inverse,
    log_det,
    make_case,
    solve,
    tril,
    write,
)

jax.config.update("jax_enable_x64", True)
rng = np.random.default_rng(20260)
LOG_TWO_PI = mp.log(2 * mp.pi)


# Densities


def forward_solve(lower, b):
    """x with tril(lower) x = b; reads the lower triangle only."""
    x = b.copy()
    for i in range(len(b)):
        for j in range(i):
            x[i] = x[i] - lower[i, j] * x[j]
        x[i] = x[i] / lower[i, i]
    return x


def half_log_det(lower):
    return sum(mp.log(lower[i, i]) for i in range(len(lower)))


def normal_of_quadratic(d, quadratic, half_log_det_covariance):
    return -(d * LOG_TWO_PI + quadratic) / 2 - half_log_det_covariance


def normal_by_covariance(loc, covariance, x):
    solution, det = solve(covariance, x - loc)
    return normal_of_quadratic(len(loc), (x - loc) @ solution, mp.log(det) / 2)


def mvn(loc, shape, x):
    if "scaleTril" in shape:
        z = forward_solve(shape["scaleTril"], x - loc)
        return normal_of_quadratic(len(loc), z @ z, half_log_det(shape["scaleTril"]))
    if "covariance" in shape:
        return normal_by_covariance(loc, shape["covariance"], x)
    precision = shape["precision"]
    return normal_of_quadratic(len(loc), (x - loc) @ precision @ (x - loc), -log_det(precision) / 2)


def covariance_of(shape):
    if "scaleTril" in shape:
        return tril(shape["scaleTril"]) @ tril(shape["scaleTril"]).T
    return shape["covariance"] if "covariance" in shape else inverse(shape["precision"])


def low_rank_covariance(factor, diagonal):
    return factor @ factor.T + diag(diagonal)


def normal_moments(loc, covariance):
    d = len(loc)
    return {
        "mean": loc,
        "variance": np.diagonal(covariance),
        "covariance": covariance,
        "entropy": d * (LOG_TWO_PI + 1) / 2 + log_det(covariance) / 2,
    }


def student(df, loc, shape, x):
    d, lower = len(loc), shape["scaleTril"]
    z = forward_solve(lower, x - loc)
    return (
        mp.loggamma((df + d) / 2)
        - mp.loggamma(df / 2)
        - d * mp.log(df * mp.pi) / 2
        - half_log_det(lower)
        - (df + d) / 2 * mp.log1p(z @ z / df)
    )


def student_moments(df, loc, shape):
    d, covariance = len(loc), covariance_of(shape)
    half = (df + d) / 2
    moments = {
        "entropy": half * (mp.digamma(half) - mp.digamma(df / 2))
        + mp.loggamma(df / 2)
        - mp.loggamma(half)
        + d * mp.log(df * mp.pi) / 2
        + half_log_det(shape["scaleTril"]),
    }
    if df > 1:
        moments["mean"] = loc
        moments["variance"] = np.diagonal(covariance) * df / (df - 2) if df > 2 else [mp.inf] * d
    if df > 2:
        moments["covariance"] = covariance * df / (df - 2)
    return moments


def matrix_normal(loc, row, column, x):
    n, p = loc.shape
    z = forward_solve(row, x - loc)
    w = forward_solve(column, z.T)
    quadratic = sum(entry**2 for entry in np.ravel(w))
    return normal_of_quadratic(n * p, quadratic, p * half_log_det(row) + n * half_log_det(column))


def matrix_normal_moments(loc, row, column):
    n, p = loc.shape
    u, v = covariance_of({"scaleTril": row}), covariance_of({"scaleTril": column})
    half = p * half_log_det(row) + n * half_log_det(column)
    return {
        "mean": loc,
        "variance": np.outer(np.diagonal(u), np.diagonal(v)),
        "entropy": n * p * (LOG_TWO_PI + 1) / 2 + half,
    }


def normal_log_density(x, scale):
    return -(LOG_TWO_PI + (x / scale) ** 2) / 2 - mp.log(scale)


def random_walk(scale, steps, x):
    previous = mpf(0)
    total = mpf(0)
    for entry in x:
        total += normal_log_density(entry - previous, scale)
        previous = entry
    return total


def random_walk_moments(scale, steps):
    steps = int(steps)
    covariance = exact([[min(i, j) + 1 for j in range(steps)] for i in range(steps)]) * scale**2
    return normal_moments(exact([0] * steps), covariance)


def autoregressive(coefficients, scale, steps, x):
    total = mpf(0)
    for t in range(len(x)):
        expected = sum((c * x[t - lag] for lag, c in enumerate(coefficients, 1) if t >= lag), mpf(0))
        total += normal_log_density(x[t] - expected, scale)
    return total


def autoregressive_moments(coefficients, scale, steps):
    steps = int(steps)
    whitening = eye(steps)
    for t in range(steps):
        for lag, c in enumerate(coefficients, 1):
            if t >= lag:
                whitening[t, t - lag] = -c
    root = inverse(whitening) * scale
    return normal_moments(exact([0] * steps), root @ root.T)


# Checks in float64


def check_mvn(args, x):
    loc, shape = np.array(args[0]), {k: np.array(v) for k, v in args[1].items()}
    names = {"scaleTril": "scale_tril", "covariance": "covariance_matrix", "precision": "precision_matrix"}
    theirs = float(
        npd.MultivariateNormal(loc, **{names[k]: v for k, v in shape.items()}).log_prob(np.array(x))
    )
    if "precision" not in shape:
        covariance = (
            shape["covariance"] if "covariance" in shape else shape["scaleTril"] @ shape["scaleTril"].T
        )
        if np.linalg.cond(covariance) < 1e6:
            law = stats.multivariate_normal(loc, covariance, allow_singular=True)
            assert np.isclose(law.logpdf(x), theirs, rtol=1e-8)
    return theirs


def check_diag(args, x):
    return stats.norm.logpdf(np.array(x), np.array(args[0]), np.array(args[1])).sum()


def check_low_rank(args, x):
    law = npd.LowRankMultivariateNormal(*(np.array(a) for a in args))
    return float(law.log_prob(np.array(x)))


def check_student(args, x):
    df, loc, lower = args[0], np.array(args[1]), np.array(args[2]["scaleTril"])
    theirs = float(npd.MultivariateStudentT(df, loc, lower).log_prob(np.array(x)))
    if np.linalg.cond(lower) < 1e3 and 1e-4 < lower[0, 0] < 1e4:
        law = stats.multivariate_t(loc, lower @ lower.T, df)
        assert np.isclose(law.logpdf(x), theirs, rtol=1e-8)
    return theirs


def check_matrix_normal(args, x):
    loc, row, column = (np.array(a) for a in args)
    theirs = float(npd.MatrixNormal(loc, row, column).log_prob(np.array(x)))
    if np.linalg.cond(row) < 1e3 and np.linalg.cond(column) < 1e3 and 1e-4 < row[0, 0] < 1e4:
        law = stats.matrix_normal(loc, row @ row.T, column @ column.T)
        assert np.isclose(law.logpdf(np.array(x)), theirs, rtol=1e-8)
    return theirs


def check_random_walk(args, x):
    return float(npd.GaussianRandomWalk(args[0], num_steps=args[1]).log_prob(np.array(x)))


def check_autoregressive(args, x):
    law = autoregressive_moments(exact(args[0]), mpf(args[1]), args[2])
    covariance = law["covariance"].astype(float)
    return stats.multivariate_normal(np.zeros(args[2]), covariance).logpdf(x)


def moments_of(law, entropy=None):
    return {"mean": law.mean, "variance": law.variance, "entropy": entropy}


def check_mvn_moments(args):
    loc, shape = exact(args[0]), {k: exact(v) for k, v in args[1].items()}
    covariance = covariance_of(shape).astype(float)
    entropy = (
        stats.multivariate_normal(np.zeros(len(loc)), covariance).entropy()
        if np.linalg.cond(covariance) < 1e6
        else None
    )
    law = npd.MultivariateNormal(np.array(args[0]), covariance_matrix=covariance)
    return moments_of(law, entropy)


def check_low_rank_moments(args):
    loc, factor, d = (np.array(a) for a in args)
    law = npd.LowRankMultivariateNormal(loc, factor, d)
    return moments_of(law, float(law.entropy()))


def check_student_moments(args):
    df, loc, lower = args[0], np.array(args[1]), np.array(args[2]["scaleTril"])
    law = npd.MultivariateStudentT(df, loc, lower)
    well = np.linalg.cond(lower) < 1e3 and 1e-4 < lower[0, 0] < 1e4
    entropy = stats.multivariate_t(loc, lower @ lower.T, df).entropy() if well else None
    return moments_of(law, entropy) if df > 2 else {"entropy": entropy}


def check_matrix_normal_moments(args):
    loc, row, column = (np.array(a) for a in args)
    well = np.linalg.cond(row) < 1e3 and np.linalg.cond(column) < 1e3 and 1e-4 < row[0, 0] < 1e4
    return {"entropy": stats.matrix_normal(loc, row @ row.T, column @ column.T).entropy() if well else None}


def check_random_walk_moments(args):
    return moments_of(npd.GaussianRandomWalk(args[0], num_steps=args[1]))


# Parameters


def random_tril(d, scale=1.0):
    lower = np.tril(rng.normal(0, 0.7, (d, d)), -1) + np.diag(rng.uniform(0.4, 1.6, d))
    return f32(lower * scale)


def correlated_tril(d, rho, scales):
    correlation = np.full((d, d), rho) + (1 - rho) * np.eye(d)
    return f32(np.diag(scales) @ np.linalg.cholesky(correlation))


def symmetric(matrix):
    m = np.array(f32(matrix))
    return (np.tril(m) + np.tril(m, -1).T).tolist()


def around(loc, lower, *lengths):
    """loc + lower z with |z| of the given lengths."""
    loc, lower = np.array(loc, float), np.array(lower, float)
    events = []
    for length in lengths:
        z = rng.normal(size=len(loc))
        events.append(loc + lower @ (z / np.linalg.norm(z) * length))
    return events


def loc_of(d, spread=2.0):
    return f32(rng.normal(0, spread, d))


SCALES = (0.3, 1.7, 4.0, 1e4)


def tril_settings():
    for d in (1, 2, 3, 5):
        yield f"dimension {d}", loc_of(d), random_tril(d)
    yield "standard", [0, 0], [[1, 0], [0, 1]]
    yield "correlation 0.999", [1, -1], correlated_tril(2, 0.999, [1, 1])
    yield "correlation -0.999, unlike scales", [0, 5], correlated_tril(2, -0.999, [1e-3, 1e3])
    yield "correlation 0.999, dimension 5", loc_of(5), correlated_tril(5, 0.999, [1, 2, 0.5, 1, 3])
    yield "tiny scale", [1e-10, 0], random_tril(2, 1e-10)
    yield "huge scale", [-1e10, 1e9], random_tril(2, 1e10)


def write_mvn():
    family = Family(
        "multivariateNormal",
        "multivariate_normal",
        mvn,
        lambda loc, shape: normal_moments(loc, covariance_of(shape)),
        {"scaleTril": "lower", "covariance": "symmetric", "precision": "symmetric"},
        check=check_mvn,
        check_moments=check_mvn_moments,
    )
    cases = []
    for name, loc, lower in tril_settings():
        cases.append(
            make_case(family, f"scaleTril, {name}", [loc, {"scaleTril": lower}], around(loc, lower, *SCALES))
        )
    for name, loc, lower in tril_settings():
        covariance = symmetric(np.array(lower) @ np.array(lower).T)
        if "unlike" in name:
            continue
        values = around(loc, lower, *SCALES)
        tolerance = 1e-6 if "0.999" in name else 1e-9
        cases.append(
            make_case(
                family, f"covariance, {name}", [loc, {"covariance": covariance}], values, tolerance=tolerance
            )
        )
        precision = symmetric(np.linalg.inv(np.array(covariance)))
        cases.append(
            make_case(
                family, f"precision, {name}", [loc, {"precision": precision}], values, tolerance=tolerance
            )
        )
    cases.append(make_case(family, "at the mode", [[1, 2], {"scaleTril": [[2, 0], [1, 0.5]]}], [[1, 2]]))
    write(family, cases)


def write_diag():
    family = Family(
        "multivariateNormalDiag",
        "norm",
        lambda loc, scale, x: sum(normal_log_density(a - m, s) for a, m, s in zip(x, loc, scale)),
        lambda loc, scale: normal_moments(loc, diag(scale**2)),
        check=check_diag,
    )
    settings = [(f"dimension {d}", loc_of(d), f32(rng.uniform(0.2, 3, d))) for d in (1, 2, 3, 5)]
    settings += [
        ("unlike scales", [1, -1, 0], f32([1e-6, 1, 1e6])),
        ("tiny scales", f32([1e-12, 0]), f32([1e-12, 3e-12])),
        ("huge scales", f32([1e12, -3e12]), f32([1e12, 2e12])),
    ]
    write(family, [make_case(family, n, [m, s], around(m, np.diag(s), *SCALES)) for n, m, s in settings])


def write_low_rank():
    family = Family(
        "multivariateNormalLowRank",
        "multivariate_normal",
        lambda loc, factor, d, x: normal_by_covariance(loc, low_rank_covariance(factor, d), x),
        lambda loc, factor, d: normal_moments(loc, low_rank_covariance(factor, d)),
        check=check_low_rank,
        check_moments=check_low_rank_moments,
    )
    settings = []
    for d, r in ((1, 1), (2, 1), (3, 1), (3, 2), (5, 1), (5, 2), (5, 3)):
        settings.append(
            (
                f"dimension {d}, rank {r}",
                loc_of(d),
                f32(rng.normal(0, 1, (d, r))),
                f32(rng.uniform(0.2, 2, d)),
            )
        )
    settings += [
        ("correlation near 0.999", [0, 1, 2], [[1], [1], [1]], f32([1e-3] * 3)),
        ("factor of zeros", [0, 1], [[0], [0]], [1, 2]),
        ("tiny scale", f32([1e-8, 0]), f32([[1e-8], [-2e-8]]), f32([1e-16, 2e-16])),
        ("huge scale", f32([1e8, 0]), f32([[1e8], [-2e8]]), f32([1e16, 2e16])),
    ]
    cases = []
    for name, loc, factor, d in settings:
        lower = np.linalg.cholesky(np.array(factor) @ np.array(factor).T + np.diag(d))
        cases.append(make_case(family, name, [loc, factor, d], around(loc, lower, *SCALES), tolerance=1e-7))
    write(family, cases)


def write_student():
    family = Family(
        "multivariateStudentT",
        "multivariate_t",
        student,
        student_moments,
        {"scaleTril": "lower"},
        check=check_student,
        check_moments=check_student_moments,
    )
    settings = [(df, name, loc, lower) for name, loc, lower in tril_settings() for df in (4.5,)]
    settings += [
        (df, f"dimension {d}", loc_of(d), random_tril(d))
        for d in (1, 2, 3)
        for df in (0.05, 1, 1.5, 2, 30, 1e4)
    ]
    write(
        family,
        [
            make_case(
                family,
                f"df {df}, {name}",
                [df, loc, {"scaleTril": lower}],
                around(loc, lower, *SCALES),
                tolerance=1e-7,
            )
            for df, name, loc, lower in settings
        ],
    )


def write_matrix_normal():
    family = Family(
        "matrixNormal",
        "matrix_normal",
        matrix_normal,
        matrix_normal_moments,
        {1: "lower", 2: "lower"},
        check=check_matrix_normal,
        check_moments=check_matrix_normal_moments,
    )
    settings = []
    for n, p in ((1, 1), (1, 3), (2, 1), (2, 2), (3, 2), (2, 3), (5, 2)):
        settings.append((f"{n} by {p}", f32(rng.normal(size=(n, p))), random_tril(n), random_tril(p)))
    settings += [
        (
            "correlation 0.999",
            [[0, 0], [1, 1]],
            correlated_tril(2, 0.999, [1, 1]),
            correlated_tril(2, -0.999, [1, 2]),
        ),
        ("tiny and huge scales", [[0, 0], [0, 0]], random_tril(2, 1e-8), random_tril(2, 1e10)),
    ]
    cases = []
    for name, loc, row, column in settings:
        values = []
        for length in SCALES:
            z = rng.normal(size=np.shape(loc))
            values.append(
                np.array(loc) + np.array(row) @ (z / np.linalg.norm(z) * length) @ np.array(column).T
            )
        cases.append(make_case(family, name, [loc, row, column], values, tolerance=1e-8))
    write(family, cases)


def write_processes():
    family = Family(
        "gaussianRandomWalk",
        "none (numpyro.distributions.GaussianRandomWalk)",
        random_walk,
        random_walk_moments,
        {1: "fixed"},
        check=check_random_walk,
        check_moments=check_random_walk_moments,
    )
    settings = [(scale, steps) for steps in (1, 2, 5) for scale in (1, 0.3, 1e-8, 1e8)] + [(1.5, 12)]
    cases = []
    for scale, steps in settings:
        values = [np.cumsum(rng.normal(size=steps)) * scale * factor for factor in (0.3, 1, 3, 1e4)]
        cases.append(make_case(family, f"scale {scale}, {steps} steps", [scale, steps], values))
    write(family, cases)

    family = Family(
        "autoregressive",
        "multivariate_normal with the covariance of the process",
        autoregressive,
        autoregressive_moments,
        {2: "fixed"},
        check=check_autoregressive,
        notes="x[t] = sum over lags of coefficients[lag - 1] * x[t - lag] + scale * e[t]; lags before the start count as 0",
    )
    settings = [
        ([0.5], 1, 1),
        ([0.5], 1, 2),
        ([0.9], 0.3, 5),
        ([0.6, -0.3], 2, 5),
        ([1.2, -0.5, 0.1], 0.7, 8),
        ([1.01], 1, 6),
        ([0.5, 0.2], 1e-8, 4),
        ([-0.8], 1e8, 4),
        ([0.3, 0.2, 0.1], 1, 2),
        ([0, 0], 1, 3),
    ]
    cases = []
    for coefficients, scale, steps in settings:
        root = np.linalg.cholesky(
            autoregressive_moments(exact(coefficients), mpf(scale), steps)["covariance"].astype(float)
        )
        values = around(np.zeros(steps), root, *SCALES)
        cases.append(
            make_case(
                family,
                f"coefficients {coefficients}, scale {scale}",
                [coefficients, scale, steps],
                values,
                tolerance=1e-8,
            )
        )
    write(family, cases)


if __name__ == "__main__":
    write_mvn()
    write_diag()
    write_low_rank()
    write_student()
    write_matrix_normal()
    write_processes()
