"""Writes kl.json: Kullback-Leibler divergences from closed forms in 80 digits.

Each closed form is compared, for every pair of parameters that float64 can integrate, with quadrature or summation of
SciPy's densities; the multivariate ones with a tensor of Gauss-Hermite nodes or a grid. probs are used as written, 0 log 0 is
0, and delta(v) against q is -log q(v), which may be negative. `sensitivity` is the largest change when one float32
number moves by one ulp.
"""

import json

import numpy as np

from common import (
    TARGET,
    at,
    entries,
    exact,
    f32,
    flatten,
    moved,
    mp,
    mpf,
    neighbours,
    plain,
    rebuild,
    versions,
)
from kl_checks import check
from kl_closed import divergence
from kl_pairs import PAIRS

INTEGERS = {"binomial": (0,), "multinomial": (0,), "discreteUniform": (0, 1), "negativeBinomial": (0,)}
KINDS = {"scaleTril": "lower", "covariance": "symmetric", "precision": "symmetric", "scale": "symmetric"}


def kinds_of(name, args):
    if name == "delta":
        return ["fixed"]
    kinds = []
    for position, argument in enumerate(args):
        if isinstance(argument, dict):
            kinds.extend(KINDS.get(key, "free") for key in argument)
        elif position in INTEGERS.get(name, ()):
            kinds.append("fixed")
        else:
            kinds.append("lower" if name == "matrixNormal" and position else "free")
    return kinds


def sensitivity(f, leaves, kinds, centre):
    """Largest change when one float32 number moves by one ulp; both entries of a symmetric pair move together."""
    largest = mpf(0)
    for position, (x, kind) in enumerate(zip(leaves, kinds)):
        for index in entries(x, "lower" if kind == "symmetric" else kind):
            if at(x, index) == 0:
                continue
            for step in neighbours(at(x, index)):
                y = moved(x, index, step)
                if kind == "symmetric" and index[0] != index[1]:
                    y = moved(y, index[::-1], step)
                value = f([*leaves[:position], y, *leaves[position + 1 :]])
                if isinstance(value, mpf) and mp.isfinite(value):
                    largest = max(largest, abs(value - centre))
    return largest


def entry_of(p, p_args, q, q_args):
    rounded = [
        [{k: f32(v) for k, v in a.items()} if isinstance(a, dict) else f32(a) for a in args]
        for args in (p_args, q_args)
    ]
    p_args, q_args = rounded
    leaves = [exact(leaf) for leaf in [*flatten(p_args), *flatten(q_args)]]
    cut = len(flatten(p_args))

    def f(inputs):
        return divergence(p, rebuild(p_args, inputs[:cut]), q, rebuild(q_args, inputs[cut:]))

    kl = f(leaves)
    kl = mpf(0) if abs(kl) < mpf("1e-28") else kl
    assert isinstance(kl, mpf) and (kl >= 0 or p == "delta"), (p, p_args, q, q_args, kl)
    theirs, verdict = None, "not checked"
    if mp.isfinite(kl):
        with np.errstate(all="ignore"):
            theirs = check(p, p_args, q, q_args)
    if theirs is not None:
        error = abs(float(kl) - theirs) / max(abs(float(kl)), 1e-2)
        verdict = f"{error:.1e}"
        if not error < 1e-6:
            verdict += f" DISAGREES: {float(kl)!r} {theirs!r}"
    print(f"{p} {p_args} || {q} {q_args}: {float(kl):.12g} ({verdict})")
    out = {
        "p": {"distribution": p, "args": p_args},
        "q": {"distribution": q, "args": q_args},
        "kl": plain(kl),
    }
    if mp.isfinite(kl):
        out["sensitivity"] = float(
            mp.nstr(sensitivity(f, leaves, [*kinds_of(p, p_args), *kinds_of(q, q_args)], kl), 8)
        )
    return out, verdict


if __name__ == "__main__":
    found = [entry_of(p, a, q, b) for (p, q), settings in PAIRS.items() for a, b in settings]
    assert not any("DISAGREES" in verdict for _, verdict in found)
    rows = ",\n".join("  " + json.dumps(out) for out, _ in found)
    (TARGET / "kl.json").write_text(f"[\n{rows}\n]\n")
    checked = sum(verdict != "not checked" for _, verdict in found)
    print(f"{len(found)} divergences of {len(PAIRS)} pairs, {checked} checked, {json.dumps(versions())}")
