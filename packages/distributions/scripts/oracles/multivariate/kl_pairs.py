"""The parameters whose divergences are frozen: for each pair of distributions, the arguments of both."""

import numpy as np

# One line a pair of distributions, as long as it may be.
# fmt: off
MIXTURE = {"probs": [0.25, 0.5, 0.25]}
PAIRS = {
    ("normal", "normal"): [([0, 1], [1, 2]), ([3, 0.1], [-2, 4]), ([1, 1e-4], [0, 1e4]), ([5, 2], [5, 2]), ([0, 3], [0, 1e-3])],
    ("laplace", "laplace"): [([0, 1], [1, 2]), ([3, 0.1], [-2, 4]), ([0, 5], [0.001, 5]), ([0, 100], [30, 1])],
    ("gumbel", "gumbel"): [([0, 1], [1, 2]), ([3, 0.5], [-2, 4]), ([0.5, 2], [0.25, 1]), ([-1, 1.5], [2, 3])],
    ("exponential", "exponential"): [([1], [2]), ([0.01], [100]), ([1e4], [0.1]), ([3], [3.0001])],
    ("gamma", "gamma"): [([2, 3], [4, 1]), ([0.1, 1], [3, 0.5]), ([1e4, 1], [1e4, 1.01]), ([50, 2], [0.5, 1e-3]), ([3, 1], [3, 1])],
    ("exponential", "gamma"): [([1], [2, 3]), ([0.1], [0.5, 4]), ([20], [30, 2])],
    ("gamma", "exponential"): [([2, 3], [1]), ([0.2, 4], [0.1]), ([300, 2], [0.01])],
    ("chiSquared", "gamma"): [([3], [2, 1]), ([0.5], [0.25, 0.5]), ([100], [40, 0.5])],
    ("chiSquared", "chiSquared"): [([3], [5]), ([0.5], [20]), ([1e4], [9990])],
    ("inverseGamma", "inverseGamma"): [([2, 3], [4, 1]), ([0.5, 1], [3, 0.5]), ([1e3, 1], [990, 1.5])],
    ("beta", "beta"): [([2, 3], [1, 1]), ([0.5, 0.5], [4, 2]), ([1e4, 1e4], [9990, 1.001e4]), ([0.05, 3], [1, 1])],
    ("uniform", "beta"): [([0, 1], [2, 3]), ([0.25, 0.5], [0.5, 0.5]), ([0, 0.75], [4, 1.5]), ([-0.5, 0.5], [2, 2])],
    ("weibull", "gamma"): [([1, 2], [2, 3]), ([3, 0.7], [1.5, 0.2]), ([0.1, 10], [50, 400])],
    ("weibull", "weibull"): [([1, 2], [2, 1]), ([3, 0.7], [1, 1.5]), ([0.1, 10], [0.12, 8])],
    ("kumaraswamy", "beta"): [([2, 3], [1, 1]), ([0.5, 0.5], [2, 4]), ([5, 1], [5, 1]), ([3, 10], [2, 0.5]), ([1, 2.5], [1, 2.5])],
    ("uniform", "uniform"): [([0, 1], [-1, 2]), ([0.5, 0.75], [0, 1]), ([0, 1], [0, 1]), ([0, 2], [0, 1]), ([0, 1], [2, 3])],
    ("uniform", "normal"): [([0, 1], [0, 1]), ([-100, 50], [3, 20]), ([2, 2.001], [0, 5])],
    ("normal", "laplace"): [([0, 1], [0, 1]), ([3, 0.1], [-2, 4]), ([0.5, 10], [0, 0.3]), ([100, 1], [0, 2])],
    ("laplace", "normal"): [([0, 1], [0, 1]), ([3, 0.1], [-2, 4]), ([0.5, 10], [0, 0.3])],
    ("beta", "normal"): [([2, 3], [0, 1]), ([0.5, 0.5], [3, 0.25]), ([1e4, 1e4], [0.5, 0.01])],
    ("continuousBernoulli", "normal"): [([{"probs": 0.25}], [0, 1]), ([{"logits": -8}], [0.5, 0.25]), ([{"probs": 0.5}], [-2, 4])],
    ("exponential", "normal"): [([1], [1, 1]), ([0.01], [50, 200]), ([100], [3, 0.5])],
    ("gamma", "normal"): [([2, 3], [1, 2]), ([0.1, 1], [0, 0.5]), ([1e4, 100], [100, 1])],
    ("gumbel", "normal"): [([0, 1], [0, 1]), ([3, 0.5], [-2, 4]), ([-1, 1.5], [20, 3])],
    ("logistic", "normal"): [([0, 1], [0, 1.8]), ([3, 0.1], [-2, 4]), ([0.5, 10], [0, 0.3])],
    ("pareto", "normal"): [([2, 3], [3, 1]), ([1, 2.5], [0, 4]), ([10, 20], [9, 30]), ([1, 2], [0, 1]), ([1, 0.5], [0, 1])],
    ("beta", "exponential"): [([2, 3], [1]), ([0.5, 0.5], [0.1]), ([30, 4], [20])],
    ("continuousBernoulli", "exponential"): [([{"probs": 0.25}], [1]), ([{"logits": -8}], [8]), ([{"probs": 0.5}], [0.1])],
    ("halfNormal", "exponential"): [([1], [1]), ([10], [0.01]), ([1e-3], [500])],
    ("logNormal", "exponential"): [([0, 1], [1]), ([3, 0.1], [0.1]), ([-5, 2], [30])],
    ("uniform", "exponential"): [([0, 1], [1]), ([2, 2.001], [0.4]), ([5, 100], [3]), ([-0.1, 1], [1])],
    ("weibull", "exponential"): [([1, 2], [1]), ([3, 0.7], [0.2]), ([0.1, 10], [12])],
    ("beta", "gamma"): [([2, 3], [1, 1]), ([0.5, 0.5], [2, 4]), ([30, 4], [40, 50])],
    ("logNormal", "gamma"): [([0, 1], [2, 3]), ([3, 0.1], [100, 5]), ([-5, 2], [0.5, 1])],
    ("pareto", "gamma"): [([2, 3], [2, 0.5]), ([1, 1.25], [0.5, 0.1]), ([0.1, 20], [3, 12]), ([1, 1], [2, 1])],
    ("uniform", "gamma"): [([0, 1], [2, 3]), ([2, 2.5], [8, 4]), ([0.25, 100], [0.5, 0.1]), ([-0.1, 1], [2, 1])],
    ("beta", "uniform"): [([2, 3], [0, 1]), ([0.5, 0.5], [-1, 3]), ([1e4, 1e4], [0, 1]), ([1, 1], [0, 1]), ([2, 3], [0.25, 1]), ([2, 3], [0, 0.75])],
    ("continuousBernoulli", "uniform"): [([{"probs": 0.25}], [0, 1]), ([{"logits": -8}], [-1, 3]), ([{"logits": 2}], [0.25, 1])],
    ("beta", "continuousBernoulli"): [([2, 3], [{"probs": 0.25}]), ([0.5, 0.5], [{"logits": -8}]), ([30, 4], [{"probs": 0.5}])],
    ("uniform", "continuousBernoulli"): [([0, 1], [{"probs": 0.25}]), ([0.25, 0.5], [{"logits": -8}]), ([0, 1], [{"probs": 0.5}]), ([0.5, 1.5], [{"probs": 0.5}])],
    ("exponential", "gumbel"): [([1], [0, 1]), ([0.01], [50, 20]), ([100], [3, 0.5])],
    ("gamma", "gumbel"): [([2, 3], [1, 2]), ([0.1, 1], [0, 0.5]), ([100, 10], [10, 1])],
    ("normal", "gumbel"): [([0, 1], [0, 1]), ([3, 0.1], [-2, 4]), ([-1, 2], [0.5, 3])],
    ("uniform", "gumbel"): [([0, 1], [0, 1]), ([-100, 50], [3, 20]), ([2, 2.001], [0, 5])],
    ("bernoulli", "poisson"): [([{"probs": 0.3}], [0.5]), ([{"logits": -3}], [2]), ([{"probs": 1}], [1]), ([{"probs": 0}], [3]), ([{"probs": 0.5}], [0])],
    ("logNormal", "logNormal"): [([0, 1], [1, 2]), ([3, 0.1], [-2, 4]), ([0, 3], [0.5, 3])],
    ("halfNormal", "halfNormal"): [([1], [2]), ([10], [0.1]), ([1e-3], [1e3])],
    ("pareto", "pareto"): [([2, 3], [1, 1.5]), ([1, 0.5], [1, 4]), ([10, 20], [9, 30]), ([1, 2], [1.5, 2])],
    ("pareto", "exponential"): [([2, 3], [1]), ([1, 1.25], [0.1]), ([0.1, 20], [12]), ([1, 1], [1])],
    ("vonMises", "vonMises"): [([0, 1], [1, 2]), ([3, 5], [-3, 4]), ([0.5, 100], [0.6, 90]), ([1, 0.01], [2, 700]), ([0, 1e4], [0.01, 1.1e4])],
    ("rayleigh", "rayleigh"): [([1], [2]), ([10], [0.1]), ([1e-3], [1e3])],
    ("cauchy", "cauchy"): [([0, 1], [1, 2]), ([3, 0.1], [-2, 4]), ([0, 1], [1e4, 1]), ([0, 1e-3], [0, 1e3]), ([1, 1], [1, 1])],
    ("invGaussian", "invGaussian"): [([1, 2], [2, 1]), ([0.5, 10], [0.6, 8]), ([3, 0.5], [1, 4])],
    ("continuousBernoulli", "continuousBernoulli"): [([{"probs": 0.25}], [{"probs": 0.75}]), ([{"probs": 0.5}], [{"logits": 2}]), ([{"logits": -8}], [{"logits": 5}]), ([{"probs": 0.501}], [{"probs": 0.499}])],
    ("bernoulli", "bernoulli"): [([{"probs": 0.3}], [{"probs": 0.6}]), ([{"logits": -3}], [{"logits": 2}]), ([{"probs": 0}], [{"probs": 0.25}]), ([{"probs": 1}], [{"logits": 40}]), ([{"logits": 50}], [{"logits": -60}]), ([{"probs": 0.5}], [{"probs": 0}]), ([{"probs": 0}], [{"probs": 0}]), ([{"probs": 1}], [{"probs": 0}])],
    ("binomial", "binomial"): [([10, {"probs": 0.3}], [10, {"probs": 0.6}]), ([7, {"logits": -3}], [7, {"probs": 0.5}]), ([1000, {"probs": 0}], [1000, {"probs": 0.25}]), ([5, {"probs": 0.5}], [5, {"probs": 1}]), ([0, {"probs": 0.5}], [0, {"probs": 0.75}])],
    ("poisson", "poisson"): [([1], [2]), ([0.01], [100]), ([1e4], [9900]), ([0], [3]), ([2], [0]), ([0], [0])],
    ("geometric", "geometric"): [([{"probs": 0.3}], [{"probs": 0.6}]), ([{"logits": -5}], [{"logits": 1}]), ([{"probs": 1}], [{"probs": 0.25}]), ([{"probs": 0.5}], [{"probs": 1}])],
    ("negativeBinomial", "negativeBinomial"): [([4, {"probs": 0.3}], [4, {"probs": 0.6}]), ([2.5, {"logits": -2}], [2.5, {"logits": 1}]), ([100, {"probs": 0.01}], [100, {"probs": 0.5}]), ([3, {"probs": 0.5}], [3, {"probs": 0}])],
    ("discreteUniform", "discreteUniform"): [([1, 6], [0, 9]), ([-3, -3], [-5, 5]), ([0, 4], [0, 4]), ([0, 10], [1, 10])],
    ("categorical", "categorical"): [([MIXTURE], [{"probs": [0.5, 0.375, 0.125]}]), ([MIXTURE], [{"logits": [1, -2, 0.5]}]), ([{"logits": [30, 0, -40]}], [{"logits": [0, 5, 1]}]), ([{"probs": [0, 0.75, 0.25]}], [{"probs": [0.25, 0.5, 0.25]}]), ([MIXTURE], [{"probs": [0, 0.75, 0.25]}]), ([{"probs": [0, 1, 0]}], [{"probs": [0, 0.5, 0.5]}]), ([{"probs": [1, 0]}], [{"probs": [0, 1]}])],
    ("multinomial", "multinomial"): [([10, MIXTURE], [10, {"probs": [0.5, 0.375, 0.125]}]), ([3, {"logits": [1, -2, 0.5]}], [3, MIXTURE]), ([2, {"probs": [0, 0.75, 0.25]}], [2, MIXTURE]), ([2, MIXTURE], [2, {"probs": [0, 0.75, 0.25]}])],
    ("dirichlet", "dirichlet"): [([[1, 1, 1]], [[2, 3, 4]]), ([[0.5, 0.75, 4]], [[1, 1, 1]]), ([[2, 3]], [[0.5, 0.5]]), ([[1e4, 2e4, 1]], [[9990, 2e4, 1.5]]), ([[0.05, 0.05, 0.05, 0.05, 1]], [[1, 2, 3, 4, 5]])],
}

PAIRS["oneHotCategorical", "oneHotCategorical"] = PAIRS["categorical", "categorical"]

TRIL_A, TRIL_B = [[1, 0], [0.5, 0.75]], [[2, 0], [-0.25, 1.5]]
TRIL_3, TRIL_3B = [[1, 0, 0], [0.5, 0.75, 0], [-0.3, 0.2, 1.25]], [[0.5, 0, 0], [1, 2, 0], [0.1, -0.4, 0.8]]
NEAR = np.linalg.cholesky([[1, 0.999], [0.999, 1]]).tolist()
COVARIANCE, PRECISION = [[2, 0.5], [0.5, 1]], [[3, -1], [-1, 0.75]]
LOW_RANK = [[0, 1, -1], [[1], [-0.5], [2]], [0.5, 1, 0.25]]
LOW_RANK_2 = [[0.5, 0, 1], [[1, 0.5], [0, 1], [-1, 2]], [1, 0.3, 2]]
DIAG_3 = [[1, 0, -1], [0.5, 2, 1]]
PAIRS.update({
    ("multivariateNormal", "multivariateNormal"): [
        ([[0, 0], {"scaleTril": TRIL_A}], [[1, -1], {"scaleTril": TRIL_B}]),
        ([[0, 0], {"covariance": COVARIANCE}], [[1, -1], {"precision": PRECISION}]),
        ([[3, 1], {"precision": PRECISION}], [[1, -1], {"scaleTril": TRIL_B}]),
        ([[3, 1], {"scaleTril": TRIL_A}], [[1, -1], {"covariance": COVARIANCE}]),
        ([[0, 0], {"scaleTril": NEAR}], [[0, 0], {"scaleTril": TRIL_A}]),
        ([[0, 0], {"scaleTril": TRIL_A}], [[0, 0.5], {"scaleTril": NEAR}]),
        ([[1, 2, 3], {"scaleTril": TRIL_3}], [[0, 0, 0], {"scaleTril": TRIL_3B}]),
        ([[1], {"scaleTril": [[2]]}], [[0], {"covariance": [[3]]}]),
        ([[1, 2], {"scaleTril": TRIL_A}], [[1, 2], {"scaleTril": TRIL_A}]),
    ],
    ("multivariateNormalDiag", "multivariateNormal"): [
        ([[0, 1], [0.5, 2]], [[1, -1], {"scaleTril": TRIL_B}]),
        ([[0, 1], [0.5, 2]], [[1, -1], {"covariance": COVARIANCE}]),
        (DIAG_3, [[0, 0, 0], {"scaleTril": TRIL_3}]),
    ],
    ("multivariateNormal", "multivariateNormalDiag"): [
        ([[1, -1], {"scaleTril": TRIL_B}], [[0, 1], [0.5, 2]]),
        ([[1, -1], {"precision": PRECISION}], [[0, 1], [0.5, 2]]),
        ([[0, 0, 0], {"scaleTril": TRIL_3}], DIAG_3),
    ],
    ("multivariateNormalDiag", "multivariateNormalDiag"): [
        ([[0, 1], [0.5, 2]], [[1, 1], [1, 3]]), (DIAG_3, [[0, 0, 0], [1, 1, 1]]), ([[0, 0], [0.01, 100]], [[0, 1], [1, 1]]),
    ],
    ("multivariateNormalLowRank", "multivariateNormalLowRank"): [
        (LOW_RANK, LOW_RANK_2), (LOW_RANK_2, LOW_RANK), ([[0, 0], [[3], [3]], [0.01, 0.01]], [[1, 1], [[0], [0]], [1, 2]]),
    ],
    ("multivariateNormalLowRank", "multivariateNormal"): [
        (LOW_RANK, [[0, 0, 0], {"scaleTril": TRIL_3}]), (LOW_RANK_2, [[1, 2, 3], {"scaleTril": TRIL_3B}]),
        ([[0, 0], [[3], [3]], [0.01, 0.01]], [[1, -1], {"covariance": COVARIANCE}]),
    ],
    ("multivariateNormal", "multivariateNormalLowRank"): [
        ([[0, 0, 0], {"scaleTril": TRIL_3}], LOW_RANK), ([[1, 2, 3], {"scaleTril": TRIL_3B}], LOW_RANK_2),
        ([[1, -1], {"covariance": COVARIANCE}], [[0, 0], [[3], [3]], [0.01, 0.01]]),
    ],
    ("multivariateNormalLowRank", "multivariateNormalDiag"): [(LOW_RANK, DIAG_3), (LOW_RANK_2, DIAG_3), (LOW_RANK, [[0, 0, 0], [1, 1, 1]])],
    ("multivariateNormalDiag", "multivariateNormalLowRank"): [(DIAG_3, LOW_RANK), (DIAG_3, LOW_RANK_2), ([[0, 0, 0], [1, 1, 1]], LOW_RANK)],
    ("matrixNormal", "matrixNormal"): [
        ([[[0, 1], [2, 3]], TRIL_A, TRIL_B], [[[0, 0], [0, 0]], TRIL_B, TRIL_A]),
        ([[[0, 1], [2, 3], [4, 5]], TRIL_3, TRIL_B], [[[1, 1], [1, 1], [1, 1]], TRIL_3B, TRIL_A]),
        ([[[1]], [[2]], [[0.5]]], [[[0]], [[1]], [[3]]]),
    ],
    ("wishart", "wishart"): [
        ([4, {"scaleTril": TRIL_A}], [5.5, {"scaleTril": TRIL_B}]), ([3, {"scale": COVARIANCE}], [2.5, {"scaleTril": TRIL_A}]),
        ([10, {"scaleTril": TRIL_3}], [8, {"scaleTril": TRIL_3B}]), ([3, {"scale": [[2]]}], [5, {"scaleTril": [[0.5]]}]),
        ([1e4, {"scaleTril": TRIL_A}], [9990, {"scaleTril": TRIL_A}]),
    ],
    ("inverseWishart", "inverseWishart"): [
        ([4, {"scaleTril": TRIL_A}], [5.5, {"scaleTril": TRIL_B}]), ([3, {"scale": COVARIANCE}], [2.5, {"scaleTril": TRIL_A}]),
        ([10, {"scaleTril": TRIL_3}], [8, {"scaleTril": TRIL_3B}]), ([3, {"scale": [[2]]}], [5, {"scaleTril": [[0.5]]}]),
    ],
    ("delta", "normal"): [([1], [0, 2]), ([0], [0, 1]), ([-30], [1, 0.5])],
    ("delta", "exponential"): [([1], [2]), ([0], [3]), ([-1], [2])],
    ("delta", "poisson"): [([0], [2]), ([3], [0.5]), ([100], [90])],
    ("delta", "bernoulli"): [([1], [{"probs": 0.25}]), ([0], [{"logits": 3}]), ([1], [{"logits": -4}])],
})
