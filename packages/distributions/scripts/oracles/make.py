"""Writes ../../test/oracles/<name>.json for every distribution, or for those named: python make.py [names]

Needs mpmath, numpy and scipy. Prints how long each took and where float64 scipy differs from mpmath.
"""

import importlib
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from common import oracle

HERE = Path(__file__).parent
OUT = HERE / ".." / ".." / "test" / "oracles"
NOT_DEFINITIONS = {"common", "make"}


def definitions() -> dict:
    """Every distribution of the DISTRIBUTIONS lists of the files beside this one."""
    modules = [importlib.import_module(p.stem) for p in sorted(HERE.glob("*.py")) if p.stem not in NOT_DEFINITIONS]
    return {d.name: d for module in modules for d in getattr(module, "DISTRIBUTIONS", [])}


def write(name: str) -> str:
    started = time.perf_counter()
    distribution = definitions()[name]
    try:
        text, disagreements = oracle(distribution)
    except AssertionError as error:
        return f"{name}: FAILED: {error}"
    (OUT / f"{name}.json").write_text(text)
    values = sum(len(case.values) for case in distribution.cases)
    seconds = time.perf_counter() - started
    head = f"{name}: {len(distribution.cases)} cases, {values} values, {len(text) // 1024} KiB, {seconds:.1f} s"
    return "\n  ".join([head, *disagreements])


if __name__ == "__main__":
    names = sys.argv[1:] or list(definitions())
    unknown = set(names) - set(definitions())
    if unknown:
        sys.exit(f"no such distribution: {', '.join(sorted(unknown))}")
    OUT.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        reports = []
        for report in pool.map(write, names):
            print(report, flush=True)
            reports.append(report)
    sys.exit(any("FAILED" in report for report in reports))
