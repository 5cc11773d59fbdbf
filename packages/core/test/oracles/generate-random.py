"""Writes random.json: what jax.random draws for 20 seeds, for the tests to compare with.

Run: python generate-random.py  (needs jax and numpy; on a processor with fused multiply-add, as XLA uses it
for uniforms with other ends than 0 and 1). Numbers are base64 of little-endian bytes.
"""

import base64
import json
import pathlib

import jax
import numpy as np

jax.config.update("jax_enable_x64", True)
assert jax.config.jax_threefry_partitionable

SEEDS = [0, 1, 2, 3, 7, 42, 31337, 123456789, 0xDEADBEEF, 2**31 - 1, 2**31, 2**32 - 1, 2**32, 2**32 + 1,
         2**33 + 5, 2**40, 1234567890123, 2**52 + 1, 2**53 - 2, 2**53 - 1]
DRAWS = 1000
INTERVALS = [[-3.3, 7.1], [0.001, 2.7], [-1e6, 1.0], [5.0, 5.0001]]
LENGTHS = [0, 1, 2, 5, 100, 1625, 1626, 5000]
LOGITS = [0.3, -1.2, 2.0, -float("inf"), 0.0]
BATCH_LOGITS = [[0.0, 1.0, 2.0], [3.0, 0.5, -4.0]]


def pack(array, dtype):
    array = np.asarray(array)
    assert array.dtype == np.dtype(dtype) or np.array_equal(array.astype(dtype), array)
    return base64.b64encode(np.ascontiguousarray(array, np.dtype(dtype).newbyteorder("<")).tobytes()).decode()


def words(key):
    return [int(word) for word in jax.random.key_data(key).reshape(-1)]


def of_seed(seed):
    key = jax.random.key(seed)
    f32, f64 = np.float32, np.float64
    categorical = lambda logits, dtype, shape: pack(
        jax.random.categorical(key, np.array(logits, dtype), shape=shape), np.uint8)
    return {
        "seed": seed,
        "key": words(key),
        "split": words(jax.random.split(key)),
        "split5": words(jax.random.split(key, 5)),
        "foldIn": {str(data): words(jax.random.fold_in(key, data)) for data in [0, 1, 12345, 2**31, 2**32 - 1]},
        "bits": pack(jax.random.bits(key, (DRAWS,), np.uint32), np.uint32),
        "uniform32": pack(jax.random.uniform(key, (DRAWS,), f32), f32),
        "uniform64": pack(jax.random.uniform(key, (DRAWS,), f64), f64),
        "normal32": pack(jax.random.normal(key, (DRAWS,), f32), f32),
        "normal64": pack(jax.random.normal(key, (DRAWS,), f64), f64),
        "categorical32": categorical(LOGITS, f32, (500,)),
        "categorical64": categorical(LOGITS, f64, (500,)),
        "categoricalBatch": categorical(BATCH_LOGITS, f32, (50, 2)),
        "categoricalBatchOnce": categorical(BATCH_LOGITS, f32, None),
    }


def scalar_and_matrix():
    key = jax.random.key(5)
    return {
        "scalar": float(jax.random.normal(key, (), np.float32)),
        "matrix": jax.random.uniform(key, (2, 3), np.float32).astype(np.float64).tolist(),
    }


def main():
    key = jax.random.key(11)
    result = {
        "generator": "generate-random.py",
        "versions": {"jax": jax.__version__, "numpy": np.__version__},
        "draws": DRAWS,
        "seeds": [of_seed(seed) for seed in SEEDS],
        "intervals": [
            {
                "low": low,
                "high": high,
                "uniform32": pack(jax.random.uniform(key, (200,), np.float32, low, high), np.float32),
                "uniform64": pack(jax.random.uniform(key, (200,), np.float64, low, high), np.float64),
            }
            for low, high in INTERVALS
        ],
        "permutations": [
            {"seed": seed, "n": n, "indices": pack(jax.random.permutation(jax.random.key(seed), n), np.uint16)}
            for seed in [0, 2**32 + 1]
            for n in LENGTHS
        ],
        # The values around the edge of the tail polynomials and beyond a block, far along the counter.
        "normals": {
            "draws": 200_000,
            "every": 500,
            "normal32": pack(jax.random.normal(key, (200_000,), np.float32)[::500], np.float32),
            "normal64": pack(jax.random.normal(key, (200_000,), np.float64)[::500], np.float64),
            "largest": largest_normals(key),
        },
        "shapes": scalar_and_matrix(),
    }
    path = pathlib.Path(__file__).with_name("random.json")
    path.write_text(json.dumps(result, separators=(",", ":")).replace('{"seed"', '\n{"seed"') + "\n")
    print(f"{path.name}: {path.stat().st_size} bytes")


def largest_normals(key):
    """The 50 largest in absolute value of 200,000, with their places."""
    result = {}
    for name, dtype in [("32", np.float32), ("64", np.float64)]:
        draws = np.asarray(jax.random.normal(key, (200_000,), dtype))
        places = np.sort(np.argsort(-np.abs(draws))[:50])
        result[name] = {"places": places.tolist(), "values": pack(draws[places], dtype)}
    return result


main()
