"""Writes maths.json: values of elementary functions and of those of the normal distribution, rounded to float64.

Run: python generate-maths.py  (needs mpmath). A row is the arguments, which float64 has, and the value, computed with 60
digits. Angles are random ones and neighbours of multiples of π/2, bases of powers near 1 and far from it.
"""

import json
import pathlib
import random

import mpmath as mp

mp.mp.dps = 60
random.seed(20110711)
COUNT = 200
ROOT_TWO = mp.sqrt(2)


def uniform(low, high):
    return [random.uniform(low, high) for _ in range(COUNT)]


def sizes(low, high):
    return [random.choice([-1, 1]) * 10 ** random.uniform(low, high) for _ in range(COUNT)]


def quarters():
    return [float(mp.pi / 2 * round(10 ** random.uniform(0, 8.8))) for _ in range(COUNT)]


def bases_and_powers():
    rows = []
    for _ in range(COUNT):
        for base in [10 ** random.uniform(-30, 30), 1 + random.uniform(-1, 1) * 10 ** random.uniform(-9, -1)]:
            most = min(700 / abs(mp.log(base)), mp.mpf(10) ** 15)
            rows.append((base, float(most * random.uniform(-1, 1))))
    return rows


def tail(x):
    """Φ(−x)."""
    return mp.erfc(x / ROOT_TWO) / 2


def inverse_tail(p):
    """The x with Φ(−x) = p, for p < ½."""
    start = mp.sqrt(-2 * mp.log(p))
    x = start - (mp.mpf("2.515517") + start * 0.802853) / (1 + start * 1.432788)
    for _ in range(12):
        density = mp.exp(-x * x / 2) / mp.sqrt(2 * mp.pi)
        x += (mp.log(tail(x)) - mp.log(p)) * tail(x) / density
    return x


def mills(x):
    return mp.exp(-x * x / 2) / mp.sqrt(2 * mp.pi) / tail(-x)


def ndtri(p):
    return -inverse_tail(p) if p < 0.5 else inverse_tail(1 - p) if p > 0.5 else mp.mpf(0)


def erfinv(y):
    return ndtri((1 + y) / 2) / ROOT_TWO


ANGLES = uniform(-10, 10) + sizes(-8, 9) + quarters()
REALS = uniform(-3, 3) + uniform(-26, 26) + sizes(-8, 1)
NORMALS = uniform(-3, 3) + uniform(-37, 30) + sizes(-8, 1)
FUNCTIONS = {
    "sin": (mp.sin, ANGLES),
    "cos": (mp.cos, ANGLES),
    "tan": (mp.tan, ANGLES),
    "erf": (mp.erf, REALS),
    "erfc": (mp.erfc, REALS),
    "erfcx": (lambda x: mp.exp(x * x) * mp.erfc(x), REALS),
    "erfinv": (erfinv, uniform(-1, 1) + uniform(0.6, 0.9) + sizes(-8, -1)),
    "ndtr": (lambda x: tail(-x), NORMALS),
    "logNdtr": (lambda x: mp.log(tail(-x)) if x < 0 else mp.log1p(-tail(x)), NORMALS),
    "inverseMillsRatio": (mills, NORMALS),
    "inverseMillsSlope": (lambda x: -mills(x) * (mills(x) + x), NORMALS),
    "ndtri": (ndtri, uniform(0, 1) + [10 ** random.uniform(-300, -1) for _ in range(COUNT)]),
}

functions = {
    name: [[x, float(f(mp.mpf(x)))] for x in points] for name, (f, points) in FUNCTIONS.items()
}
functions["pow"] = [[a, b, float(mp.power(mp.mpf(a), mp.mpf(b)))] for a, b in bases_and_powers()]
text = json.dumps({"made": f"mpmath {mp.__version__}", "functions": functions})
path = pathlib.Path(__file__).parent / "maths.json"
path.write_text(text.replace("], [", "],\n[").replace("]], ", "]],\n") + "\n")
