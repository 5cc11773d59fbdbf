"""Writes student-t.json: the quantiles of Student's t distribution and how they move with its degrees of freedom.

Run: python generate-student-t.py  (needs mpmath). A row is p, ν, the z with P(T ≤ z) = p, dz/dν and d²z/dν², the
last two by mpmath's numerical differentiation of the quantile at 80 digits.
"""

import json
import pathlib

import mpmath as mp

mp.mp.dps = 80
# Numbers that float32 has.
LEVELS = [2**-30, 2**-10, 0.0625, 0.3125, 0.484375, 0.625, 0.875, 1 - 2**-13]
DEGREES = [0.25, 1, 2.5, 7, 30, 150, 1e4]


def quantile(p, df):
    if p > 0.5:
        return -quantile(1 - p, df)
    cdf = lambda z: mp.betainc(df / 2, mp.mpf(0.5), 0, df / (df + z * z), regularized=True) / 2
    # Of log |z|, which is near linear in log p in the tail.
    low, high = mp.mpf(-30), mp.mpf(60)
    for _ in range(30):
        middle = (low + high) / 2
        low, high = (middle, high) if cdf(-mp.e**middle) > p else (low, middle)
    start = (low + high) / 2
    return -mp.e ** mp.findroot(lambda u: mp.log(cdf(-mp.e**u) / p), start)


def row(p, df):
    at = mp.mpf(df)
    of = lambda n: quantile(mp.mpf(p), n)
    step = at * mp.mpf(10) ** -20
    return [p, df, *(float(mp.diff(of, at, order, h=step)) for order in (0, 1, 2))]


rows = [row(p, df) for df in DEGREES for p in LEVELS]
path = pathlib.Path(__file__).parent / "student-t.json"
text = json.dumps({"made": f"mpmath {mp.__version__}", "rows": rows})
path.write_text(text.replace("], [", "],\n[") + "\n")
