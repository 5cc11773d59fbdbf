"""The training step of a variational autoencoder in JAX: so many steps are one jitted scan."""

import jax
import jax.numpy as jnp
from jax import lax, random

RATE, DECAY, SQUARE_DECAY = 1e-3, 0.9, 0.999
# Steps of a scan; longer runs are several.
SCAN = 50


class Vae:
    def __init__(self, images, start, batch):
        self.images, self.batch = jnp.asarray(images), batch
        self.start = {k: jnp.asarray(x) for k, x in start.items()}
        self.latents = start["decoder"].shape[0]
        self.scans = {}
        self.reset()

    def reset(self):
        zeros = jax.tree.map(jnp.zeros_like, self.start)
        order = jnp.arange(len(self.images))
        self.state = (self.start, zeros, zeros, jnp.int32(0), order, random.PRNGKey(0))

    def steps(self, count):
        """The jitted scan of so many steps."""
        each = len(self.images) // self.batch

        def step(images, state, _):
            parameters, first, second, index, order, key = state
            key, of_order, of_pixels, of_noise = random.split(key, 4)
            order = lax.cond(
                index % each == 0, lambda: random.permutation(of_order, len(images)), lambda: order
            )
            rows = lax.dynamic_slice_in_dim(order, index % each * self.batch, self.batch)
            brightness = images[rows]
            pixels = (random.uniform(of_pixels, brightness.shape) < brightness).astype(jnp.float32)
            noise = random.normal(of_noise, (self.batch, self.latents))
            moved, loss = climb((parameters, first, second), index, pixels, noise)
            return (*moved, index + 1, order, key), loss

        if count not in self.scans:
            self.scans[count] = jax.jit(
                lambda images, state: lax.scan(lambda s, x: step(images, s, x), state, length=count),
                donate_argnums=1,
            )
        return self.scans[count]

    def warm(self, steps):
        kept = jax.tree.map(jnp.copy, self.state)
        for count in {SCAN if steps >= SCAN else 0, steps % SCAN} - {0}:
            jax.block_until_ready(self.steps(count)(self.images, jax.tree.map(jnp.copy, kept)))

    def run(self, steps):
        """So many more steps; their losses."""
        losses = []
        while steps > 0:
            count = min(SCAN, steps)
            # The start is kept: what is carried is given away.
            state = self.state if self.state[0] is not self.start else jax.tree.map(jnp.copy, self.state)
            self.state, own = self.steps(count)(self.images, state)
            losses.append(own)
            steps -= count
        return jnp.concatenate(losses).tolist()

    def values(self, pixels, noise):
        """Losses of steps from the start with pixels and noise that are given."""
        zeros = jax.tree.map(jnp.zeros_like, self.start)

        def step(state, given):
            index, carried = state
            moved, loss = climb(carried, index, *given)
            return (index + 1, moved), loss

        start = (jnp.int32(0), (self.start, zeros, zeros))
        return jax.jit(lambda given: lax.scan(step, start, given))((pixels, noise))[1].tolist()


def climb(carried, index, pixels, noise):
    """A step of Adam along the gradient of −ELBO."""
    parameters, first, second = carried
    loss, grads = jax.value_and_grad(negative_elbo)(parameters, pixels, noise)
    first = jax.tree.map(lambda m, g: DECAY * m + (1 - DECAY) * g, first, grads)
    second = jax.tree.map(lambda v, g: SQUARE_DECAY * v + (1 - SQUARE_DECAY) * g * g, second, grads)
    correction = jnp.sqrt(1 - SQUARE_DECAY ** (index + 1.0))
    rate = RATE * correction / (1 - DECAY ** (index + 1.0))
    move = lambda x, m, v: x - rate * m / (jnp.sqrt(v) + 1e-8 * correction)
    return (jax.tree.map(move, parameters, first, second), first, second), loss


def negative_elbo(p, pixels, noise):
    hidden = jax.nn.relu(pixels @ p["encoder"] + p["encoderBias"])
    mu, log_sigma = jnp.split(hidden @ p["code"] + p["codeBias"], 2, axis=1)
    sigma = jnp.exp(log_sigma)
    hidden = jax.nn.relu((mu + sigma * noise) @ p["decoder"] + p["decoderBias"])
    logits = hidden @ p["image"] + p["imageBias"]
    kl = 0.5 * (mu**2 + sigma**2 - 1 - 2 * log_sigma).sum()
    return ((jax.nn.softplus(logits) - pixels * logits).sum() + kl) / len(pixels)
