"""Shows that ArviZ reads inferenceData.json, written by toInferenceData, to the numbers, types and names it was written from.

Run: python check-inference-data.py  (needs arviz 0.12 to 0.23, or arviz-base for the layout of arviz 1). The numbers are those of
../inferenceDataGroups.ts.
"""

import json
import pathlib
import warnings

import numpy as np

warnings.simplefilter("ignore", FutureWarning)
warnings.simplefilter("error", UserWarning)
path = pathlib.Path(__file__).with_name("inferenceData.json")
groups = [
    "posterior", "posterior_predictive", "log_likelihood", "prior", "prior_predictive", "sample_stats", "observed_data", "constant_data",
]
try:
    import arviz

    version = f"arviz {arviz.__version__}"
    data = arviz.from_json(path)
except (ImportError, AttributeError):
    import arviz_base

    version = f"arviz-base {arviz_base.__version__}"
    content = json.loads(path.read_text())
    arrays = {group: {name: np.asarray(x) for name, x in content[group].items()} for group in groups}
    data = arviz_base.from_dict(arrays, coords=content["coords"], dims=content["dims"])

S = 5


def numbers(scale, *shape):
    return scale * np.sin(np.arange(S * int(np.prod(shape)))).reshape(1, S, *shape)


def check(group, site, expected, dims, dtype=np.float64):
    got = data[group][site]
    assert got.dims == dims, (group, site, got.dims)
    assert got.dtype == dtype, (group, site, got.dtype)
    np.testing.assert_allclose(got.values, expected, rtol=1e-12, atol=1e-12, err_msg=f"{group} {site}")


draws = ("chain", "draw")
check("posterior", "mu", numbers(1), draws)
check("posterior", "theta", numbers(2, 3), (*draws, "school"))
check("posterior", "kind", (np.arange(S * 3) % 2).reshape(1, S, 3), (*draws, "school"), np.int64)
check("posterior_predictive", "y", numbers(3, 3), (*draws, "school"))
check("posterior_predictive", "pair", numbers(4, 3, 2), (*draws, "school", "pair_dim_0"))
check("log_likelihood", "y", numbers(5, 3), (*draws, "school"))
pair = numbers(6, 3)
pair[0, 1, 1] = -np.inf
check("log_likelihood", "pair", pair, (*draws, "school"))
check("prior", "mu", numbers(7), draws)
check("prior_predictive", "y", numbers(8, 3), (*draws, "school"))
check("sample_stats", "log_weight", numbers(9), draws)
check("observed_data", "y", [28, np.nan, -3], ("school",))
check("observed_data", "pair", [[1, 2], [3, 4], [5, 6]], ("school", "pair_dim_0"), np.int64)
check("constant_data", "sigma", [15, 10, 16], ("school",), np.int64)
assert data["posterior"]["school"].values.tolist() == [0, 1, 2]
print(f"{version} reads {path.name} as it was written")
