"""Oracles of the special functions, from mpmath with 50 digits and more (integrals: to 30): python special-oracles.py [name …]

Writes test/oracles/special/<name>.json: {"versions", "columns", "cases"}. Every value comes from a definition or
a method that the library does not use there (defining integrals by composite Gauss quadrature, plain differences
of lgamma with enough digits); a sample of each table is compared with scipy before it is written.
"""

import json
import math
import pathlib
import random
import struct
import sys

import mpmath
import scipy
import scipy.special
import scipy.stats
from mpmath import mp, mpf

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "test" / "oracles" / "special"
DIGITS = 50
TABLES = {}


def table(columns, scipy_of=None, tolerance=1e-9):
    """Registers a generator of cases; `scipy_of` maps the inputs of a case to scipy's values of its outputs."""

    def register(generate):
        TABLES[generate.__name__] = (columns, generate, scipy_of, tolerance)
        return generate

    return register


def short(x, digits=4):
    return float(f"%.{digits}g" % x)


def power(rng, low, high, digits=4):
    return short(10 ** rng.uniform(low, high), digits)


def real_line(rng):
    points = [power(rng, -30, 30) for _ in range(600)]
    points += [short(rng.uniform(0, 12), 6) for _ in range(600)]
    for centre in (1.0, 2.0, 1.4616321449683622, 0.5, 1.5, 2.5, 10.0):
        points += [centre + s * 10.0**-k for k in range(1, 15) for s in (-1, 1)]
    points += [n / 2 for n in range(1, 60)] + [1e300, 1e-300, 5e-324, 171.0, 1e17]
    points += [-short(rng.uniform(0, 30), 6) for _ in range(200)]
    points += [-power(rng, -20, 2) for _ in range(80)]
    points += [-n + s * 10.0**-k for n in (1, 2, 5) for k in (1, 3, 6) for s in (-1, 1)]
    return [x for x in points if not (x <= 0 and x == math.floor(x))]


@table(["x", "lgamma"], lambda x: [scipy.special.gammaln(x)] if abs(x) > 1e-300 else None, 1e-6)
def lgamma(rng):
    return [[x, mpmath.re(mpmath.loggamma(mpf(x)))] for x in real_line(rng)]


@table(["x", "digamma"], lambda x: [scipy.special.psi(x)], 1e-6)
def digamma(rng):
    return [[x, mpmath.psi(0, mpf(x))] for x in real_line(rng)]


@table(["x", "trigamma"], lambda x: [scipy.special.polygamma(1, x)] if x > 0 else None)
def trigamma(rng):
    points = [x for x in real_line(rng) if abs(x) > 1e-150]
    return [[x, mpmath.psi(1, mpf(x))] for x in points[::5]]


@table(["n", "x", "polygamma"], lambda n, x: [scipy.special.polygamma(int(n), x)] if x > 0 else None)
def polygamma(rng):
    pairs = [(rng.choice([2, 3, 4, 7, 12, 25, 60]), power(rng, -3, 4)) for _ in range(250)]
    pairs += [(rng.choice([2, 3, 4, 5]), -short(rng.uniform(0, 12), 6)) for _ in range(50)]
    return [[n, x, mpmath.psi(n, mpf(x))] for n, x in pairs]


def error_points(rng):
    return [short(rng.uniform(-6, 26.5), 6) for _ in range(160)] + [power(rng, -20, 1) for _ in range(50)] + [0.5, -0.5, 4.0]


@table(["x", "erf"], lambda x: [scipy.special.erf(x)])
def erf(rng):
    return [[x, mpmath.erf(mpf(x))] for x in error_points(rng)]


@table(["x", "erfc"], lambda x: [scipy.special.erfc(x)])
def erfc(rng):
    return [[x, mpmath.erfc(mpf(x))] for x in error_points(rng)]


@table(["x", "erfcx"], lambda x: [scipy.special.erfcx(x)])
def erfcx(rng):
    def value(x):
        if x > 200:
            return mpmath.hyperu(mpf(1) / 2, mpf(1) / 2, mpf(x) ** 2) / mpmath.sqrt(mpmath.pi)
        return mpmath.exp(mpf(x) ** 2) * mpmath.erfc(mpf(x))

    return [[x, value(x)] for x in error_points(rng) + [power(rng, 1, 10) for _ in range(50)]]


@table(["y", "erfinv"], lambda y: [scipy.special.erfinv(y)])
def erfinv(rng):
    points = [short(rng.uniform(-1, 1), 6) for _ in range(200)] + [power(rng, -20, 0) for _ in range(50)]
    points += [1 - 10.0**-k for k in range(1, 16)]
    return [[y, mpmath.erfinv(mpf(y))] for y in points if abs(y) < 1]


def normal_points(rng):
    return [short(rng.uniform(-38, 9), 6) for _ in range(160)] + [s * power(rng, -20, 0.9) for s in (-1, 1) for _ in range(30)]


def phi(x):
    return mpmath.erfc(-mpf(x) / mpmath.sqrt(2)) / 2


@table(["x", "ndtr"], lambda x: [scipy.special.ndtr(x)])
def ndtr(rng):
    return [[x, phi(x)] for x in normal_points(rng)]


@table(["x", "logNdtr"], lambda x: [scipy.special.log_ndtr(x)])
def logNdtr(rng):
    points = normal_points(rng) + [-power(rng, 1.5, 3.5) for _ in range(40)]
    with mp.workdps(100):
        return [[x, mpmath.log(phi(x))] for x in points]


@table(["p", "ndtri"], lambda p: [scipy.special.ndtri(p)])
def ndtri(rng):
    points = [short(rng.uniform(0, 1), 6) for _ in range(100)] + [power(rng, -300, -0.3) for _ in range(100)]
    points += [1 - power(rng, -15, -1) for _ in range(30)]

    def value(p):
        x = mpf(float(scipy.special.ndtri(p)))
        for _ in range(6):
            x -= (phi(x) - mpf(p)) / mpmath.npdf(x)
        return x

    with mp.workdps(380):
        return [[p, value(p)] for p in points]


def log_beta(a, b):
    return mpmath.loggamma(a) + mpmath.loggamma(b) - mpmath.loggamma(a + b)


@table(["a", "b", "lbeta"], lambda a, b: [scipy.special.betaln(a, b)] if max(a, b) < 1e6 else None)
def lbeta(rng):
    pairs = [(power(rng, -10, 8), power(rng, -10, 8)) for _ in range(200)]
    pairs += [(power(rng, -30, 30), power(rng, -30, 30)) for _ in range(100)]
    with mp.workdps(120):
        return [[a, b, log_beta(mpf(a), mpf(b))] for a, b in pairs]


@table(["x", "log1mexp"])
def log1mexp(rng):
    return [[x, mpmath.log1p(-mpmath.exp(mpf(x)))] for x in (-power(rng, -20, 2.5) for _ in range(150))]


@table(["x", "softplus"], lambda x: [scipy.special.log1p(math.exp(x))] if x < 30 else None)
def softplus(rng):
    with mp.workdps(400):
        return [[x, mpmath.log1p(mpmath.exp(mpf(x)))] for x in (short(rng.uniform(-700, 700), 5) * rng.choice([1, 0.01]) for _ in range(200))]


@table(["y", "softplusInverse"])
def softplusInverse(rng):
    with mp.workdps(400):
        return [[y, mpmath.log(mpmath.expm1(mpf(y)))] for y in (power(rng, -20, 2.8) for _ in range(200))]


@table(["a", "b", "logAddExp"])
def logAddExp(rng):
    pairs = [(short(rng.uniform(-300, 300), 5), short(rng.gauss(0, 10), 5)) for _ in range(100)]
    pairs += [(a, a + short(rng.gauss(0, 3), 5)) for a, _ in pairs]
    with mp.workdps(400):
        return [[a, b, mpmath.log(mpmath.exp(mpf(a)) + mpmath.exp(mpf(b)))] for a, b in pairs]


def bessel_points(rng):
    return [short(rng.uniform(-50, 50), 6) for _ in range(140)] + [power(rng, -10, 6) for _ in range(100)] + [8.0, -8.0]


def scaled_bessel(order, x):
    return mpmath.besseli(order, mpf(x)) * mpmath.exp(-abs(mpf(x)))


@table(["x", "i0e"], lambda x: [scipy.special.i0e(x)])
def i0e(rng):
    return [[x, scaled_bessel(0, x)] for x in bessel_points(rng)]


@table(["x", "i1e"], lambda x: [scipy.special.i1e(x)])
def i1e(rng):
    return [[x, scaled_bessel(1, x)] for x in bessel_points(rng)]


def derivative_points(rng, lowest):
    """Numbers of float32, of both signs down to `lowest`, which ops are given as they are."""
    points = [power(rng, -3, 8) for _ in range(150)] + [short(rng.uniform(0.001, 40), 6) for _ in range(100)]
    points += [s * x for x in (1e-3, 0.1, 1, 5.9, 6, 6.1, 19.9, 20, 20.1, 100, 1e4, 1e8) for s in (1, -1)]
    points += [-power(rng, -3, math.log10(-lowest)) for _ in range(60)]
    return [struct.unpack("f", struct.pack("f", x))[0] for x in points if x >= lowest]


@table(["x", "first", "second"])
def erfcxDerivatives(rng):
    """(−2)ⁿ·n!·exp(x²)·iⁿerfc(x), the repeated integral as Tricomi's U for x > 0 (DLMF 7.18.9, 7.18.12)."""

    def derivative(n, x):
        if x > 0:
            return (-1) ** n * mpmath.factorial(n) / mpmath.sqrt(mpmath.pi) * mpmath.hyperu((n + 1) / mpf(2), mpf(1) / 2, x * x)
        value = mpmath.exp(x * x) * mpmath.erfc(x)
        first = 2 * x * value - 2 / mpmath.sqrt(mpmath.pi)
        return first if n == 1 else 2 * value + 2 * x * first

    return [[x, derivative(1, mpf(x)), derivative(2, mpf(x))] for x in derivative_points(rng, -9)]


@table(["x", "i0eFirst", "i0eSecond", "i1eFirst", "i1eSecond"])
def besselDerivatives(rng):
    """Sums of exp(−|x|)·Iₙ(x) (DLMF 10.29.1), with digits to spare for what they cancel."""

    def row(x):
        with mpmath.workdps(100):
            size = abs(mpf(x))
            i = [mpmath.besseli(n, size) * mpmath.exp(-size) for n in range(4)]
            i0 = [i[1] - i[0], (i[0] + i[2]) / 2 - 2 * i[1] + i[0]]
            i1 = [(i[0] + i[2]) / 2 - i[1], (3 * i[1] + i[3]) / 4 - (i[0] + i[2]) + i[1]]
            sign = 1 if x > 0 else -1
            return [x, sign * i0[0], i0[1], i1[0], sign * i1[1]]

    return [row(x) for x in derivative_points(rng, -1e8)]


@table(["x", "p", "multivariateLgamma"], lambda x, p: [scipy.special.multigammaln(x, int(p))])
def multivariateLgamma(rng):
    cases = []
    for p in (1, 2, 3, 5, 10, 30):
        for _ in range(20):
            x = short((p - 1) / 2 + 10 ** rng.uniform(-3, 6), 8)
            total = mpf(p * (p - 1)) / 4 * mpmath.log(mpmath.pi)
            cases.append([x, p, total + sum(mpmath.loggamma(mpf(x) - mpf(j) / 2) for j in range(p))])
    return cases


def near(rng, a):
    kind = rng.randrange(4)
    if kind == 0:
        return power(rng, -5, 1) * a
    if kind == 1:
        return abs(short(a + math.sqrt(a) * rng.gauss(0, 3), 10))
    return a * power(rng, -0.5, 0.5) if kind == 2 else a * (1 + rng.gauss(0, 1e-6))


@table(["a", "x", "logGammaDensity"], lambda a, x: [scipy.stats.gamma.logpdf(x, a)] if 1e-3 < a < 1e4 else None)
def logGammaDensity(rng):
    shapes = [power(rng, -10, 8) for _ in range(230)] + [power(rng, -30, 30) for _ in range(40)]
    with mp.workdps(150):
        return [[a, x, (mpf(a) - 1) * mpmath.log(mpf(x)) - mpf(x) - mpmath.loggamma(mpf(a))] for a in shapes for x in [near(rng, a)] if x > 1e-300]


@table(
    ["x", "y", "a", "b", "logBetaDensity"],
    lambda x, y, a, b: [scipy.stats.beta.logpdf(x, a, b)] if 1e-3 < min(a, b) and max(a, b) < 1e3 and y > 0.01 else None,
)
def logBetaDensity(rng):
    cases = []
    while len(cases) < 270:
        a, b = rng.choice([(-10, 8), (3, 8), (-1, 3)]), 0
        a, b = power(rng, *a), power(rng, *a)
        mean = a / (a + b)
        sd = math.sqrt(a * b / (a + b) ** 2 / (a + b + 1))
        x = rng.choice([mean + sd * rng.gauss(0, 3), rng.random(), mean * rng.random(), mean])
        if not 1e-300 < x < 1:
            continue
        y = 1 - x
        # The smaller one of x and y is the exact one.
        exact = (mpf(x), 1 - mpf(x)) if x < y else (1 - mpf(y), mpf(y))
        with mp.workdps(150):
            value = (mpf(a) - 1) * mpmath.log(exact[0]) + (mpf(b) - 1) * mpmath.log(exact[1]) - log_beta(mpf(a), mpf(b))
        cases.append([x, y, a, b, value])
    return cases


def log_choose(n, k):
    return mpmath.loggamma(n + 1) - mpmath.loggamma(k + 1) - mpmath.loggamma(n - k + 1)


@table(
    ["k", "n", "logit", "logBinomialDensity"],
    lambda k, n, l: [scipy.stats.binom.logpmf(k, n, scipy.special.expit(l))] if k == int(k) and n == int(n) < 1e4 and abs(l) < 5 else None,
)
def logBinomialDensity(rng):
    cases = []
    with mp.workdps(350):
        for _ in range(270):
            n = rng.choice([float(int(10 ** rng.uniform(0, 8))), power(rng, -3, 8)])
            k = min(n, rng.choice([short(n * rng.random(), 8), float(int(n * rng.random())), power(rng, -5, 1)]))
            centre = math.log((k + 0.5) / (n - k + 0.5))
            spread = math.sqrt(1 / (k + 1) + 1 / (n - k + 1))
            l = short(rng.choice([rng.gauss(0, 3), centre + rng.gauss(0, 2) * spread, rng.uniform(-600, 600)]), 10)
            K, N, L = mpf(k), mpf(n), mpf(l)
            cases.append([k, n, l, log_choose(N, K) + K * L - N * mpmath.log1p(mpmath.exp(L))])
    return cases


@table(
    ["k", "r", "logit", "logNegativeBinomialDensity"],
    lambda k, r, l: [scipy.stats.nbinom.logpmf(k, r, scipy.special.expit(-l))] if k == int(k) < 1e4 and 1e-2 < r < 1e4 and abs(l) < 5 else None,
)
def logNegativeBinomialDensity(rng):
    cases = []
    with mp.workdps(350):
        for _ in range(270):
            r = power(rng, -8, 8)
            k = rng.choice([power(rng, -5, 8), float(int(10 ** rng.uniform(0, 8)))])
            centre = math.log((k + 0.5) / r)
            spread = math.sqrt(1 / (k + 1) + 1 / (r + 1))
            l = short(rng.choice([rng.gauss(0, 3), centre + rng.gauss(0, 2) * spread, rng.uniform(-600, 600)]), 10)
            K, R, L = mpf(k), mpf(r), mpf(l)
            both = mpmath.log1p(mpmath.exp(L))
            cases.append([k, r, l, mpmath.loggamma(K + R) - mpmath.loggamma(R) - mpmath.loggamma(K + 1) + K * (L - both) - R * both])
    return cases


@table(["x", "d", "digammaDifference", "trigammaDifference"])
def digammaDifference(rng):
    pairs = [(power(rng, -10, 10), power(rng, -20, 10)) for _ in range(180)]
    pairs += [(x, -short(x * rng.random(), 3)) for x, _ in pairs[:40]]
    with mp.workdps(150):
        return [[x, d] + [mpmath.psi(n, mpf(x) + mpf(d)) - mpmath.psi(n, mpf(x)) for n in (0, 1)] for x, d in pairs]


@table(["y", "x", "logMinusDigamma"])
def logMinusDigamma(rng):
    with mp.workdps(80):
        return [[y, x, mpmath.log(mpf(y)) - mpmath.psi(0, mpf(x))] for x in (power(rng, -10, 10) for _ in range(200)) for y in [near(rng, x)] if y > 0]


# --- Incomplete functions: the tail's defining integral by Gauss–Legendre quadrature in pieces ---

NODES = []


def legendre(n, x):
    """The Legendre polynomial of degree n and its derivative at x."""
    old, value = mpf(1), x
    for k in range(2, n + 1):
        old, value = value, ((2 * k - 1) * x * value - (k - 1) * old) / k
    return value, n * (x * value - old) / (x * x - 1)


def nodes():
    if not NODES:
        n = 32
        with mp.workdps(DIGITS + 40):
            for i in range(n):
                x = mpmath.cos(mpmath.pi * (i + mpf(3) / 4) / (n + mpf(1) / 2))
                for _ in range(9):
                    value, slope = legendre(n, x)
                    x -= value / slope
                slope = legendre(n, x)[1]
                NODES.append(((1 - x) / 2, 1 / ((1 - x * x) * slope * slope)))
    return NODES


def integrate(exponent, step, weights, direction, negligible, pieces=1):
    """∫ exp(exponent(s))·w(s) ds for each w, from 0 outwards, in steps that the integrand's scale sets."""
    sums = [mpf(0) for _ in weights]
    s = mpf(0)
    while not negligible(s):
        h = step(s) / pieces
        for node, weight in nodes():
            t = s + direction * h * node
            value = weight * h * mpmath.exp(exponent(t))
            for i, w in enumerate(weights):
                sums[i] += value * w(t)
        s += direction * h
    return sums, s


def gamma_tail(a, x, upper, weights=None, pieces=1):
    """∫ t^(a−1)·e^(−t)/Γ(a)·w(log t) dt over t > x or t < x, with u = log(t/x)."""
    a, x = mpf(a), mpf(x)
    prefactor = mpmath.exp(a * mpmath.log(x) - x - mpmath.loggamma(a))
    weights = weights or [lambda u: mpf(1)]
    direction = 1 if upper else -1

    def exponent(u):
        return a * u - x * mpmath.expm1(u)

    def step(u):
        rest = x * mpmath.exp(u)
        return min(mpf(2), 8 / (abs(a - rest) + mpf(10) ** -60), 4 / mpmath.sqrt(rest))

    def negligible(u):
        return exponent(u) < -90 or (not upper and x * mpmath.exp(u) < mpf(10) ** -42)

    sums, end = integrate(exponent, step, weights, direction, negligible, pieces)
    if not upper and exponent(end) >= -90:
        assert len(weights) == 1
        sums[0] += mpmath.exp(exponent(end)) / a
    return [prefactor * v for v in sums]


def beta_tail(a, b, x, y, weights=None, pieces=1):
    """∫ t^(a−1)·(1 − t)^(b−1)/B(a, b)·w dt over t < x = 1 − y in log odds, s = their distance from those of x."""
    a, b = mpf(a), mpf(b)
    prefactor = mpmath.exp(a * mpmath.log(x) + b * mpmath.log(y) - log_beta(a, b))
    weights = weights or [lambda s: mpf(1)]

    def exponent(s):
        return a * s - (a + b) * mpmath.log(y + x * mpmath.exp(s))

    def part(s):
        return x * mpmath.exp(s) / (y + x * mpmath.exp(s))

    def step(s):
        t = part(s)
        return min(mpf(2), 8 / (abs(a - (a + b) * t) + mpf(10) ** -60), 4 / mpmath.sqrt((a + b) * t * (1 - t)))

    def negligible(s):
        return exponent(s) < -90 or (a + b) * part(s) < mpf(10) ** -42

    sums, end = integrate(exponent, step, weights, -1, negligible, pieces)
    if exponent(end) >= -90:
        assert len(weights) == 1
        sums[0] += mpmath.exp(exponent(end)) / a
    return [prefactor * v for v in sums]


def digits_for(*sizes):
    return DIGITS + int(max(0, max(math.log10(s) for s in sizes)))


def gamma_series(a, x):
    """P(a, x) by its power series, for x that is small or below a."""
    term = total = mpf(1)
    n = 0
    while term > total * mpf(10) ** -(mp.dps + 2):
        n += 1
        term *= x / (a + n)
        total += term
    return mpmath.exp(a * mpmath.log(x) - x - mpmath.loggamma(a + 1)) * total


def gamma_pair(a, x):
    if x < 30 and x < 20 * a + 5:
        with mp.workdps(DIGITS + 60):
            p = gamma_series(mpf(a), mpf(x))
            return p, 1 - p
    with mp.workdps(digits_for(a, x)):
        if x > a:
            (q,) = gamma_tail(a, x, True)
            return 1 - q, q
        (p,) = gamma_tail(a, x, False)
        return p, 1 - p


@table(
    ["a", "x", "gammainc", "gammaincc"],
    lambda a, x: [scipy.special.gammainc(a, x), scipy.special.gammaincc(a, x)] if 1e-3 < a < 1e4 and x / a < 10 else None,
    1e-8,
)
def gammainc(rng):
    cases = []
    kinds = [(-10, 8, 700), (-2, 3, 500), (1.3, 2, 150), (8, 30, 60)]
    for low, high, count in kinds:
        for i in range(count):
            a = power(rng, low, high)
            x = [near(rng, a), short(abs(a + rng.gauss(0, 2) * math.sqrt(a)), 12), a * power(rng, -3, 2), power(rng, -30, 3)][i % 4]
            if not 1e-300 < x:
                continue
            p, q = gamma_pair(a, x)
            if i % 25 == 0 and abs(x - a) < 30 * math.sqrt(a) and a > 1:
                with mp.workdps(digits_for(a, x)):
                    (lower,), (upper,) = gamma_tail(a, x, False, pieces=2), gamma_tail(a, x, True)
                    assert abs(lower + upper - 1) < mpf(10) ** -30, (a, x)
                    assert abs(lower - p) < mpf(10) ** -30, (a, x)
            if min(p, q) > mpf(10) ** -290 or p < mpf(10) ** -400 or q < mpf(10) ** -400:
                cases.append([a, x, p, q])
    return cases


def beta_of(a, b, x, pieces=1):
    """I_x(a, b) by quadrature of the smaller side of the mean."""
    with mp.workdps(400):
        X, Y = mpf(x), 1 - mpf(x)
    with mp.workdps(digits_for(a, b)):
        if X * (mpf(a) + mpf(b)) <= a:
            return beta_tail(a, b, X, Y, pieces=pieces)[0]
    with mp.workdps(digits_for(a, b) + (20 if min(a, b) < 1e-3 else 0)):
        return 1 - beta_tail(b, a, Y, X, pieces=pieces)[0]


@table(
    ["a", "b", "x", "betainc"],
    lambda a, b, x: [scipy.special.betainc(a, b, x)] if 1e-3 < min(a, b) and max(a, b) < 1e4 else None,
    1e-8,
)
def betainc(rng):
    cases = []
    for low, high, count in [(-10, 8, 600), (-1, 3, 400), (3, 8, 150), (-3, 1, 150)]:
        for i in range(count):
            a, b = power(rng, low, high), power(rng, low, high)
            mean = a / (a + b)
            sd = math.sqrt(mean * (b / (a + b)) / (a + b + 1))
            x = [short(mean + sd * rng.gauss(0, 2), 12), short(rng.random(), 4), mean * power(rng, -3, 0), 1 - (1 - mean) * power(rng, -3, 0)][i % 4]
            if not (1e-300 < x < 1):
                continue
            p = beta_of(a, b, x)
            if p > mpf(10) ** -290 or p < mpf(10) ** -400:
                cases.append([a, b, x, p])
            if i % 25 == 0 and mpf(10) ** -25 < p < 1 - mpf(10) ** -25:
                with mp.workdps(digits_for(a, b)):
                    (q,) = beta_tail(b, a, 1 - mpf(x), mpf(x), pieces=2)
                    assert abs(p + q - 1) < mpf(10) ** -30, (a, b, x, p + q - 1)
    return cases


@table(["a", "x", "Da", "Daa", "sample", "sampleDa"])
def gammaincDerivatives(rng):
    cases = []
    while len(cases) < 300:
        i = len(cases)
        a = [power(rng, -10, 4), power(rng, -1, 2), short(rng.uniform(30, 60), 4), power(rng, 2, 8)][i % 4]
        x = [near(rng, a), short(abs(a + rng.gauss(0, 2) * math.sqrt(a)), 12), power(rng, -20, 2)][i % 3]
        if x < 1e-250 or (x > 30 and x < 0.02 * a):
            continue
        with mp.workdps(digits_for(a, x)):
            A, X = mpf(a), mpf(x)
            psi, psi1 = mpmath.psi(0, A), mpmath.psi(1, A)
            log_density = (A - 1) * mpmath.log(X) - X - mpmath.loggamma(A)
            log_x = mpmath.log(X)
        if x < 30:
            with mp.workdps(260):
                h = min(A, mpf(1)) * mpf(10) ** -50
                f = [gamma_series(A + j * h, X) for j in (-1, 0, 1)]
                first, second = (f[2] - f[0]) / (2 * h), (f[2] - 2 * f[1] + f[0]) / (h * h)
        else:
            with mp.workdps(digits_for(a, x)):
                weights = [lambda u: log_x + u - psi, lambda u: (log_x + u - psi) ** 2 - psi1]
                first, second = gamma_tail(a, x, x > a, weights)
                if x > a:
                    first, second = -first, -second
        with mp.workdps(DIGITS + 30):
            density = mpmath.exp(log_density)
            sample = -first / density
            cases.append([a, x, first, second, sample, -second / density - sample * (log_x - psi)])
    return cases


@table(["a", "b", "x", "Da", "Db", "Daa", "Dab", "Dbb"])
def betaincDerivatives(rng):
    cases = []
    while len(cases) < 260:
        i = len(cases)
        a, b = [(power(rng, 0, 8), power(rng, 0, 8)), (power(rng, -10, 1), power(rng, -10, 2)), (power(rng, 1, 3), power(rng, 1, 3))][i % 3]
        mean = a / (a + b)
        sd = math.sqrt(mean * (b / (a + b)) / (a + b + 1))
        x = [short(mean + sd * rng.gauss(0, 2), 12), short(rng.random(), 4)][i % 2]
        if not 1e-300 < x < 1 or (i % 3 == 1 and not 0.02 < x < 0.98):
            continue
        with mp.workdps(digits_for(a, b, 1 / x, 1 / (1 - x)) + 30):
            A, B, X = mpf(a), mpf(b), mpf(x)
            left = X * (A + B) <= A
            if i % 3 == 1:
                with mp.workdps(220):
                    row = series_derivatives(A, B, X) if left else mirrored(series_derivatives(B, A, 1 - X))
            else:
                row = tail_derivatives(A, B, X) if left else mirrored(tail_derivatives(B, A, 1 - X))
            if abs(row[0]) > mpf(10) ** -280 and abs(row[1]) > mpf(10) ** -280:
                cases.append([a, b, x] + row)
    return cases


def mirrored(row):
    return [-row[1], -row[0], -row[4], -row[3], -row[2]]


def tail_derivatives(a, b, x):
    """The derivatives of the integrand, integrated."""
    both, common = mpmath.psi(0, a + b), mpmath.psi(1, a + b)
    da, db = both - mpmath.psi(0, a), both - mpmath.psi(0, b)
    daa, dbb = common - mpmath.psi(1, a), common - mpmath.psi(1, b)
    log_x, log_y = mpmath.log(x), mpmath.log1p(-x)

    def rest(s):
        return mpmath.log1p(x * mpmath.expm1(s))

    def m(s):
        return log_x + s - rest(s) + da

    def n(s):
        return log_y - rest(s) + db

    weights = [m, n, lambda s: m(s) ** 2 + daa, lambda s: m(s) * n(s) + common, lambda s: n(s) ** 2 + dbb]
    return beta_tail(a, b, x, 1 - x, weights)


def series_derivatives(a, b, x):
    """Differences of the power series, with 220 digits."""

    def f(a, b):
        term = total = mpf(1)
        n = 0
        while term > total * mpf(10) ** -(mp.dps + 2):
            n += 1
            term *= x * (a + b + n - 1) / (a + n)
            total += term
        return mpmath.exp(a * mpmath.log(x) + b * mpmath.log1p(-x) - log_beta(a, b)) * total / a

    g, h = min(a, mpf(1)) * mpf(10) ** -40, min(b, mpf(1)) * mpf(10) ** -40
    v = {(i, j): f(a + i * g, b + j * h) for i in (-1, 0, 1) for j in (-1, 0, 1)}
    return [
        (v[1, 0] - v[-1, 0]) / (2 * g),
        (v[0, 1] - v[0, -1]) / (2 * h),
        (v[1, 0] + v[-1, 0] - 2 * v[0, 0]) / (g * g),
        (v[1, 1] - v[1, -1] - v[-1, 1] + v[-1, -1]) / (4 * g * h),
        (v[0, 1] + v[0, -1] - 2 * v[0, 0]) / (h * h),
    ]


@table(["h", "a", "owensT"], lambda h, a: [scipy.special.owens_t(h, a)], 1e-9)
def owensT(rng):
    cases = []
    for i in range(200):
        h = short([rng.gauss(0, 3), rng.uniform(0, 36), power(rng, -10, 1)][i % 3], 5)
        a = short([rng.gauss(0, 1), power(rng, -10, 3), -power(rng, -3, 3)][i % 3], 5)
        H, A = mpf(h), abs(mpf(a))
        # a = sinh v: the pieces follow the scale of 1/(1 + t²) as well as that of the exponential
        end = min(A, 16 / max(abs(H), mpf(1) / 1000))
        pieces = 60
        last = mpmath.asinh(end)
        total = mpf(0)
        for j in range(pieces):
            for node, weight in nodes():
                v = last * (j + node) / pieces
                t = mpmath.sinh(v)
                total += weight * last / pieces * mpmath.exp(-H * H * (1 + t * t) / 2) / mpmath.cosh(v)
        cases.append([h, a, total / (2 * mpmath.pi) * mpmath.sign(mpf(a))])
    return cases


@table(["x", "kappa", "vonMisesCdf"], lambda x, k: [scipy.stats.vonmises.cdf(x, k)] if k < 40 else None, 1e-8)
def vonMisesCdf(rng):
    cases = []
    for i in range(200):
        k = power(rng, *[(-5, 2), (0, 6)][i % 2])
        x = short([rng.uniform(-3.1415, 3.1415), rng.gauss(0, 2) / math.sqrt(k + 0.4), -rng.uniform(0, 3.14)][i % 3], 6)
        if abs(x) >= math.pi:
            continue
        K, X = mpf(k), abs(mpf(x))
        end = min(mpmath.pi, X + 16 / mpmath.sqrt(K))
        total = mpf(0)
        pieces = 40
        for j in range(pieces):
            for node, weight in nodes():
                t = X + (end - X) * (j + node) / pieces
                total += weight * (end - X) / pieces * mpmath.exp(K * (mpmath.cos(t) - 1))
        tail = total / (2 * mpmath.pi * mpmath.besseli(0, K) * mpmath.exp(-K))
        cases.append([x, k, tail if x < 0 else 1 - tail])
    return cases


def limits():
    """What scipy.special does at poles, at the ends of domains, at infinities and with NaN."""
    inf, nan = math.inf, math.nan
    line = [-inf, -2.0, -1.0, -0.5, -0.0, 0.0, 1.0, 2.0, inf, nan]
    s = scipy.special
    of_one = {"lgamma": s.gammaln, "digamma": s.psi, "erf": s.erf, "erfc": s.erfc, "erfcx": s.erfcx, "erfinv": s.erfinv, "ndtr": s.ndtr,
              "logNdtr": s.log_ndtr, "ndtri": s.ndtri, "i0e": s.i0e, "i1e": s.i1e}
    rows = [[name, [x], float(f(x))] for name, f in of_one.items() for x in line]
    pairs = [(x, y) for x in (0.0, 2.0, nan) for y in (-inf, -1.0, 0.0, 1.0, inf, nan)]
    for name, f in {"xlogy": s.xlogy, "xlog1py": s.xlog1py}.items():
        rows += [[name, [x, y], float(f(x, y))] for x, y in pairs]
    ends = [0.0, 1.0, inf, nan, -1.0]
    for name, f in {"gammainc": s.gammainc, "gammaincc": s.gammaincc}.items():
        rows += [[name, [a, x], float(f(a, x))] for a in ends for x in ends]
    for name, f in {"gammaincInverse": s.gammaincinv, "gammainccInverse": s.gammainccinv}.items():
        rows += [[name, [a, p], float(f(a, p))] for a in (1.0, 2.5, nan, -1.0) for p in (0.0, 1.0, -0.1, 1.1, nan)]
    for name, f in {"betainc": s.betainc, "betaincInverse": s.betaincinv}.items():
        rows += [[name, [a, b, x], float(f(a, b, x))] for a, b in ((1.0, 2.0), (nan, 1.0), (1.0, nan), (-1.0, 1.0)) for x in (0.0, 1.0, nan, -0.1, 1.1)]
    rows += [["owensT", [h, a], float(s.owens_t(h, a))] for h in (0.0, 1.0, inf, nan) for a in (0.0, 1.0, -1.0, inf, -inf, nan)]
    rows += [["lbeta", [a, b], float(s.betaln(a, b))] for a, b in ((0.0, 1.0), (1.0, 0.0), (nan, 1.0), (1.0, nan))]
    rows += [["polygamma", [float(n), x], float(s.polygamma(n, x))] for n in (1, 2, 3) for x in (0.0, -1.0, -3.0, inf, nan)]
    rows += [["logAddExp", [a, b], float(scipy.special.logsumexp([a, b]))] for a in (-inf, 0.0, inf, nan) for b in (-inf, 0.0, inf, nan)]
    return rows


def agree(name, row, inputs, scipy_of, tolerance):
    expected = scipy_of(*row[:inputs])
    for value, other in zip(row[inputs:], expected or []):
        if float(value) == float(other):
            continue
        error = abs(float(value) - float(other))
        assert error <= tolerance * max(1e-3, abs(float(value))), (name, [float(v) for v in row], float(other))


def text(value):
    if isinstance(value, str):
        return json.dumps(value)
    if isinstance(value, list):
        return "[" + ",".join(text(v) for v in value) + "]"
    x = float(value)
    if not math.isfinite(x):
        return '"NaN"' if math.isnan(x) else '"Infinity"' if x > 0 else '"-Infinity"'
    if x == 0 and math.copysign(1, x) < 0:
        return '"-0"'
    return str(int(x)) if x == int(x) and abs(x) < 1e15 else repr(x)


def write(name, columns, cases):
    versions = {"mpmath": mpmath.__version__, "scipy": scipy.__version__, "python": sys.version.split()[0]}
    head = json.dumps({"madeBy": "scripts/special-oracles.py", "versions": versions, "columns": columns})
    body = ",\n".join(text(row) for row in cases)
    (FOLDER / f"{name}.json").write_text(f'{head[:-1]}, "cases": [\n{body}\n]}}\n')
    print(name, len(cases), flush=True)


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    mp.dps = DIGITS
    wanted = sys.argv[1:] or [*TABLES, "limits"]
    for name in wanted:
        if name == "limits":
            write("limits", ["name", "arguments", "value"], limits())
            continue
        columns, generate, scipy_of, tolerance = TABLES[name]
        rows = generate(random.Random(name))
        inputs = len(rows[0]) - sum(isinstance(v, mpf) for v in rows[0])
        if scipy_of:
            for row in rows[::7]:
                agree(name, row, inputs, scipy_of, tolerance)
        write(name, columns, rows)
