"""Writes compile.json: what NumPyro and JAX make of the small cases of the benchmark. Run with the Python of the benchmarks:

    apps/bench/.venv/bin/python apps/bench/test/oracles/compile.py
"""

import json
import subprocess
import sys
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import numpyro

HERE = Path(__file__).parent
BENCH = HERE.parents[1]
sys.path.insert(0, str(BENCH / "peer"))

from gradients import GRADIENTS, Gradient  # noqa: E402
from variational import MODELS, Variational  # noqa: E402

INPUTS = """
import '@tensorflow/tfjs-backend-cpu'
import { cases } from './src/compile/cases.ts'
const nested = (inputs) => Object.fromEntries(Object.entries(inputs).map(([name, x]) => [name, x.toNested()]))
const made = cases.map(({ peer, precision, ours }) => ({ ...peer, precision, inputs: ours(true).inputs }))
console.log(JSON.stringify(made.map((item) => ({ ...item, inputs: nested(item.inputs) }))))
"""


def inputs():
    """The cases with their numbers, as our side makes them."""
    command = ["node", "--conditions=@variate/source", "--import", "tsx", "--input-type=module", "--eval", INPUTS]
    return json.loads(subprocess.run(command, cwd=BENCH, check=True, capture_output=True).stdout.splitlines()[-1])


def frozen(name, precision, inputs, particles=1):
    jax.config.update("jax_enable_x64", precision == "float64")
    given = {key: jnp.asarray(np.array(x), dtype=float) for key, x in inputs.items()}
    if name in MODELS:
        task = Variational(MODELS[name], given, particles)
    else:
        task = Gradient(GRADIENTS[name], given)
    return {"name": name, "precision": precision, "particles": particles, "values": task.values()}


cases = [frozen(**case) for case in inputs() if case["name"] != "normals"]
versions = {"numpyro": numpyro.__version__, "jax": jax.__version__}
(HERE / "compile.json").write_text(json.dumps({"versions": versions, "cases": cases}) + "\n")
