"""Functions whose value and gradient jax.jit computes; `parameters` is what the gradient is in."""

import jax
import jax.numpy as jnp
from jax.scipy.linalg import cho_solve
from jax.scipy.stats import norm

HALF_LOG_TWO_PI = 0.9189385332046727


def softmax_classifier(parameters, x, labels):
    hidden = jnp.tanh(x @ parameters["hidden"] + parameters["hiddenBias"])
    logits = hidden @ parameters["output"] + parameters["outputBias"]
    return -(labels * jax.nn.log_softmax(logits)).sum(1).mean()


def gaussian_process(parameters, x, y):
    """log N(y; 0, a² exp(−(xᵢ − xⱼ)² / 2ℓ²) + s² I), of log a, log ℓ and log s."""
    amplitude, length, noise = jnp.exp(parameters["logs"])
    distances = (x[:, None] - x) ** 2
    covariance = amplitude**2 * jnp.exp(-0.5 * distances / length**2) + noise**2 * jnp.eye(len(x))
    factor = jnp.linalg.cholesky(covariance)
    quadratic = y @ cho_solve((factor, True), y)
    return -0.5 * quadratic - jnp.log(jnp.diag(factor)).sum() - len(x) * HALF_LOG_TWO_PI


def kalman_filter(parameters, y, loading):
    """log p(y) of xₜ = A xₜ₋₁ + N(0, q I), yₜ = h·xₜ + N(0, r), x₀ ~ N(0, I), of A and log q, log r."""
    a, (q, r) = parameters["transition"], jnp.exp(parameters["logs"])
    identity = jnp.eye(len(loading))

    def step(state, y):
        mean, covariance = a @ state[0], a @ state[1] @ a.T + q * identity
        cross = covariance @ loading
        variance, residual = loading @ cross + r, y - loading @ mean
        gain = cross / variance
        log_density = -0.5 * (residual**2 / variance + jnp.log(variance)) - HALF_LOG_TWO_PI
        return (mean + gain * residual, covariance - jnp.outer(gain, cross)), log_density

    return jax.lax.scan(step, (jnp.zeros(len(loading)), identity), y)[1].sum()


def item_response(parameters, y):
    """Two parameters an item: logit p = exp(log discrimination)·(ability − difficulty), N(0, 1) for all."""
    ability, log_slope, difficulty = (parameters[name] for name in ("ability", "logSlope", "difficulty"))
    logits = jnp.exp(log_slope) * (ability[:, None] - difficulty)
    likelihood = (y * logits - jax.nn.softplus(logits)).sum()
    return likelihood + sum(norm.logpdf(x).sum() for x in (ability, log_slope, difficulty))


GRADIENTS = {
    "softmaxClassifier": (softmax_classifier, ["hidden", "hiddenBias", "output", "outputBias"]),
    "gaussianProcess": (gaussian_process, ["logs"]),
    "kalmanFilter": (kalman_filter, ["transition", "logs"]),
    "itemResponse": (item_response, ["ability", "logSlope", "difficulty"]),
}


class Gradient:
    def __init__(self, definition, given):
        f, self.names = definition
        self.parameters = {name: given[name] for name in self.names}
        self.data = {name: x for name, x in given.items() if name not in self.names}
        self.program = jax.jit(jax.value_and_grad(f))
        jax.block_until_ready(self.program(self.parameters, **self.data))

    def run(self, calls):
        for _ in range(calls):
            jax.block_until_ready(self.program(self.parameters, **self.data))

    def values(self):
        value, grads = self.program(self.parameters, **self.data)
        return [float(value), *(x for name in self.names for x in grads[name].ravel().tolist())]
