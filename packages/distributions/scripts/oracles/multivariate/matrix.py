"""Writes the oracles of distributions on matrices: Wishart, inverse Wishart, LKJ on Cholesky factors."""

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
    is_positive_definite,
    log_det,
    make_case,
    solve,
    tril,
    write,
)

jax.config.update("jax_enable_x64", True)
rng = np.random.default_rng(20262)
MATRIX_KINDS = {"scaleTril": "lower", "scale": "symmetric"}


def multivariate_log_gamma(p, a):
    return p * (p - 1) * mp.log(mp.pi) / 4 + sum(mp.loggamma(a - mpf(i) / 2) for i in range(p))


def multivariate_digamma(p, a):
    return sum(mp.digamma(a - mpf(i) / 2) for i in range(p))


def scale_of(shape):
    return shape["scale"] if "scale" in shape else tril(shape["scaleTril"]) @ tril(shape["scaleTril"]).T


def log_det_of(shape):
    if "scale" in shape:
        return log_det(shape["scale"])
    return 2 * sum(mp.log(shape["scaleTril"][i, i]) for i in range(len(shape["scaleTril"])))


def trace(a):
    return sum(a[i, i] for i in range(len(a)))


# Wishart and inverse Wishart


def wishart(df, shape, x):
    p = len(x)
    return (
        (df - p - 1) / 2 * log_det(x)
        - trace(solve(scale_of(shape), x)[0]) / 2
        - df * p / 2 * mp.log(2)
        - df / 2 * log_det_of(shape)
        - multivariate_log_gamma(p, df / 2)
    )


def wishart_moments(df, shape):
    scale = scale_of(shape)
    p, d = len(scale), np.diagonal(scale)
    entropy = (
        mpf(p + 1) / 2 * log_det_of(shape)
        + mpf(p * (p + 1)) / 2 * mp.log(2)
        + multivariate_log_gamma(p, df / 2)
        - (df - p - 1) / 2 * multivariate_digamma(p, df / 2)
        + df * p / 2
    )
    return {"mean": df * scale, "variance": df * (scale**2 + np.outer(d, d)), "entropy": entropy}


def inverse_wishart(df, shape, x):
    p = len(x)
    return (
        df / 2 * log_det_of(shape)
        - df * p / 2 * mp.log(2)
        - multivariate_log_gamma(p, df / 2)
        - (df + p + 1) / 2 * log_det(x)
        - trace(solve(x, scale_of(shape))[0]) / 2
    )


def inverse_wishart_moments(df, shape):
    scale = scale_of(shape)
    p, d = len(scale), np.diagonal(scale)
    entropy = (
        multivariate_log_gamma(p, df / 2)
        + df * p / 2
        + mpf(p + 1) / 2 * (log_det_of(shape) - p * mp.log(2))
        - (df + p + 1) / 2 * multivariate_digamma(p, df / 2)
    )
    moments = {"entropy": entropy}
    if df > p + 1:
        moments["mean"] = scale / (df - p - 1)
    if df > p + 3:
        moments["variance"] = ((df - p + 1) * scale**2 + (df - p - 1) * np.outer(d, d)) / (
            (df - p) * (df - p - 1) ** 2 * (df - p - 3)
        )
    return moments


def float_scale(args):
    return scale_of({key: exact(value) for key, value in args[1].items()}).astype(float)


def well_conditioned(scale):
    return (
        np.linalg.cond(scale) < 1e5 and 1e-6 < np.abs(np.diagonal(scale)).min() and np.abs(scale).max() < 1e6
    )


def check_wishart(args, x):
    scale, x = float_scale(args), np.array(x)
    if well_conditioned(scale) and np.linalg.cond(x) < 1e6 and args[0] > len(x):
        theirs = float(npd.Wishart(args[0], scale).log_prob(x))
        assert np.isclose(stats.wishart(args[0], scale).logpdf(x), theirs, rtol=1e-7)
        return theirs
    return None


def check_inverse_wishart(args, x):
    scale, x = float_scale(args), np.array(x)
    if well_conditioned(scale) and np.linalg.cond(x) < 1e6 and args[0] > len(x):
        return stats.invwishart(args[0], scale).logpdf(x)
    return None


def check_wishart_moments(args):
    scale = float_scale(args)
    if not well_conditioned(scale) or not len(scale) <= args[0]:
        return {}
    law = stats.wishart(args[0], scale)
    return {"mean": law.mean(), "variance": law.var(), "entropy": law.entropy()}


def check_inverse_wishart_moments(args):
    scale = float_scale(args)
    p = len(scale)
    if not well_conditioned(scale) or not p <= args[0]:
        return {}
    law = stats.invwishart(args[0], scale)
    # SciPy 1.17 writes log |Psi| - log 2 where log |Psi / 2| is meant.
    moments = {"entropy": law.entropy() - (p + 1) * (p - 1) * np.log(2) / 2}
    if args[0] > p + 3:
        moments.update(mean=law.mean(), variance=law.var())
    return moments


def verify_inverse_wishart_entropy():
    """Against the mean of -log density over draws, since SciPy's closed form is wrong beyond dimension 1."""
    scale = np.array([[2, 0.5], [0.5, 1]])
    law = stats.invwishart(6.5, scale)
    draws = law.rvs(40000, random_state=rng)
    surprise = -law.logpdf(np.moveaxis(draws, 0, -1))
    ours = float(inverse_wishart_moments(mpf(6.5), {"scale": exact(scale.tolist())})["entropy"])
    error = surprise.std() / np.sqrt(len(surprise))
    assert abs(surprise.mean() - ours) < 4 * error < 0.05, (surprise.mean(), ours, error)


def symmetric(matrix):
    m = np.array(f32(matrix))
    return (np.tril(m) + np.tril(m, -1).T).tolist()


def wishart_draw(df, lower, inverted):
    """By Bartlett's decomposition, drawn again until the float32 matrix is positive definite."""
    p = len(lower)
    while True:
        a = np.tril(rng.normal(size=(p, p)), -1) + np.diag(np.sqrt(rng.chisquare(df - np.arange(p))))
        root = np.linalg.solve(a.T, np.array(lower).T).T if inverted else np.array(lower) @ a
        x = symmetric(root @ root.T)
        if np.isfinite(x).all() and is_positive_definite(x) and np.linalg.cond(x) < 1e12:
            return x


def random_tril(d, scale=1.0):
    lower = np.tril(rng.normal(0, 0.6, (d, d)), -1) + np.diag(rng.uniform(0.5, 1.5, d))
    return f32(lower * scale)


def scale_settings():
    for p in (1, 2, 3, 5):
        yield f"dimension {p}", random_tril(p), (p + 0.5, p + 4.5, 1e4)
    for p in (1, 2, 3):
        yield f"dimension {p}, df near its bound", random_tril(p), (p - 1 + 0.05,)
    yield "identity", [[1, 0], [0, 1]], (2, 3, 10)
    yield "correlation 0.999", f32(np.linalg.cholesky([[1, 0.999], [0.999, 1]])), (3.5,)
    yield "tiny scale", random_tril(2, 1e-6), (6,)
    yield "huge scale", random_tril(2, 1e6), (6,)


def not_positive_definite(p):
    if p == 1:
        return [[[-1]]]
    events = [np.eye(p), np.eye(p), np.eye(p)]
    events[0][0, 1] = events[0][1, 0] = 2
    events[1][p - 1, p - 1] = -1
    events[2][0, 1] = 0.5
    return [event.tolist() for event in events]


def write_wisharts():
    verify_inverse_wishart_entropy()
    families = [
        Family(
            "wishart",
            "wishart",
            wishart,
            wishart_moments,
            MATRIX_KINDS,
            "symmetric",
            check_wishart,
            check_wishart_moments,
        ),
        Family(
            "inverseWishart",
            "invwishart",
            inverse_wishart,
            inverse_wishart_moments,
            MATRIX_KINDS,
            "symmetric",
            check_inverse_wishart,
            check_inverse_wishart_moments,
            notes="scaleTril is the Cholesky factor of the scale matrix Psi of the density of X (as scipy's scale)",
        ),
    ]
    for family in families:
        cases = []
        for name, lower, dfs in scale_settings():
            for df in dfs:
                inverted = family.name == "inverseWishart"
                p = len(lower)
                # Draws near the bound are almost singular: events come from a larger df there.
                values = [wishart_draw(max(df, p + 1), lower, inverted) for _ in range(3)]
                if df < 100:
                    values.append(symmetric(np.array(values[0]) * 100))
                outside = not_positive_definite(p)
                shapes = [{"scaleTril": lower}, {"scale": symmetric(np.array(lower) @ np.array(lower).T)}]
                for shape in shapes:
                    kind = next(iter(shape))
                    cases.append(
                        make_case(
                            family, f"{kind}, df {df}, {name}", [df, shape], values, outside, tolerance=1e-7
                        )
                    )
        write(family, cases)


# LKJ


def lkj_orders(dimension, concentration):
    """Exponents of the diagonal: d - k + 2 (concentration - 1) for row k = 2 … d."""
    return [dimension - k + 2 * (concentration - 1) for k in range(2, dimension + 1)]


def lkj_log_normalizer(dimension, concentration):
    """Lewandowski, Kurowicka & Joe 2009, theorem 5: the integral of det(R)^(concentration - 1)."""
    top = mp.loggamma(concentration + mpf(dimension - 1) / 2)
    return sum(
        k * mp.log(mp.pi) / 2 + mp.loggamma(concentration + mpf(dimension - 1 - k) / 2) - top
        for k in range(1, dimension)
    )


def lkj_cholesky(dimension, concentration, x):
    d = len(x)
    exponents = zip(range(1, d), lkj_orders(d, concentration))
    return sum(order * mp.log(x[k, k]) for k, order in exponents) - lkj_log_normalizer(d, concentration)


def lkj_moments(dimension, concentration):
    """L[k, k]^2 is Beta(a, b); given it the row's direction is uniform on the sphere of k entries before it."""
    d = int(dimension)
    mean, variance = exact(np.zeros((d, d)).tolist()), exact(np.zeros((d, d)).tolist())
    mean[0, 0] = mpf(1)
    entropy = lkj_log_normalizer(d, concentration)
    for k, order in zip(range(1, d), lkj_orders(d, concentration)):
        a, b = order / 2 + 1, mpf(k) / 2
        mean[k, k] = mp.gammaprod([a + mpf(1) / 2, a + b], [a, a + b + mpf(1) / 2])
        variance[k, k] = a / (a + b) - mean[k, k] ** 2
        variance[k, :k] = b / (a + b) / k
        entropy -= order * (mp.digamma(a) - mp.digamma(a + b)) / 2
    return {"mean": mean, "variance": variance, "entropy": entropy}


def verify_lkj():
    """Each row's density over the ball of its strictly lower entries integrates to one in all, with the given moments."""
    for d, concentration in itertools.product((2, 3, 5), (0.5, 1, 2.5)):
        eta = mpf(concentration)
        total, moments, entropy = mpf(1), lkj_moments(d, eta), lkj_log_normalizer(d, eta)
        for k, order in zip(range(1, d), lkj_orders(d, eta)):
            area = 2 * mp.pi ** (mpf(k) / 2) / mp.gamma(mpf(k) / 2)
            # r = sin t, so that the entry on the diagonal is cos t
            weight = lambda t: area * mp.sin(t) ** (k - 1) * mp.cos(t) ** (order + 1)
            with mp.workdps(30):
                row = mp.quad(weight, [0, mp.pi / 4, mp.pi / 2])
                mean = mp.quad(lambda t: weight(t) * mp.cos(t), [0, mp.pi / 4, mp.pi / 2]) / row
                square = mp.quad(lambda t: weight(t) * mp.sin(t) ** 2, [0, mp.pi / 4, mp.pi / 2]) / row
                logs = mp.quad(lambda t: weight(t) * mp.log(mp.cos(t)), [0, mp.pi / 4, mp.pi / 2]) / row
            assert abs(mean - moments["mean"][k, k]) < 1e-12
            assert abs(square / k - moments["variance"][k, 0]) < 1e-12
            entropy -= order * logs
            total *= row
        assert abs(mp.log(total) - lkj_log_normalizer(d, eta)) < 1e-12, (d, concentration)
        assert abs(entropy - moments["entropy"]) < 1e-12


def check_lkj(args, x):
    """NumPyro wants rows of length exactly one: compared at the renormalised factor."""
    x = np.array(x) / np.linalg.norm(x, axis=1, keepdims=True)
    theirs = float(npd.LKJCholesky(args[0], args[1]).log_prob(x))
    ours = float(lkj_cholesky(args[0], mpf(args[1]), exact(x.tolist())))
    assert np.isclose(ours, theirs, rtol=1e-7, atol=1e-7), (args, x, ours, theirs)


def correlation_factor(matrix):
    return f32(np.linalg.cholesky(np.array(matrix)))


def random_factor(d, spread):
    """A Cholesky factor of a correlation matrix, rows of unit length before rounding."""
    lower = np.tril(rng.normal(0, spread, (d, d)), -1) + np.eye(d)
    return f32(lower / np.linalg.norm(lower, axis=1, keepdims=True))


def write_lkj():
    verify_lkj()
    family = Family(
        "lkjCholesky",
        "none (numpyro.distributions.LKJCholesky)",
        lkj_cholesky,
        lkj_moments,
        {0: "fixed"},
        "lower",
        check=check_lkj,
        notes="density with respect to the strictly lower entries, written in the diagonal: its derivatives in the value"
        " are those of the diagonal entries, 0 elsewhere",
    )
    cases = []
    for d, concentration in itertools.product((2, 3, 5), (0.05, 0.5, 1, 2.5, 1e4)):
        values = [np.eye(d).tolist(), random_factor(d, 0.5), random_factor(d, 3)]
        values.append(correlation_factor(np.full((d, d), 0.999) + 0.001 * np.eye(d)))
        unit, upper, negative = np.eye(d), np.eye(d), np.eye(d)
        unit[1, :2] = [0.5, 0.5]
        upper[0, 1] = 0.5
        negative[1, 1] = -1
        outside = [m.tolist() for m in (unit, upper, negative)]
        cases.append(
            make_case(
                family,
                f"dimension {d}, concentration {concentration}",
                [d, concentration],
                values,
                outside,
                tolerance=1e-7,
            )
        )
    write(family, cases)


if __name__ == "__main__":
    write_wisharts()
    write_lkj()
