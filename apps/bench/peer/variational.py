"""NumPyro's stochastic variational inference, with a mean-field guide over all latents as one vector.

AutoDiagonalNormal is faster than AutoNormal, which draws each site apart. Its scale is exp of what is optimised, as ours."""

import jax
import jax.numpy as jnp
import numpyro
import numpyro.distributions as dist
from numpyro.distributions import constraints
from numpyro.handlers import substitute
from numpyro.infer import SVI, Trace_ELBO
from numpyro.infer.autoguide import AutoDiagonalNormal

INITIAL_SCALE = 0.1
RATE = 0.01


class MeanField(AutoDiagonalNormal):
    scale_constraint = constraints.positive


def eight_schools(y, errors, **_):
    mu = numpyro.sample("mu", dist.Normal(0, 5))
    tau = numpyro.sample("tau", dist.HalfCauchy(5))
    with numpyro.plate("schools", len(y)):
        eta = numpyro.sample("z", dist.Normal(0, 1))
        numpyro.sample("y", dist.Normal(mu + tau * eta, errors), obs=y)


def logistic_regression(x, y, **_):
    weights = numpyro.sample("weights", dist.Normal(0, 1).expand([x.shape[1]]).to_event(1))
    with numpyro.plate("rows", len(y)):
        numpyro.sample("y", dist.Bernoulli(logits=x @ weights), obs=y)


MODELS = {"eightSchools": eight_schools, "logisticRegression": logistic_regression}


def inference(model, particles=1):
    guide = MeanField(model, init_scale=INITIAL_SCALE)
    return SVI(model, guide, numpyro.optim.Adam(RATE), Trace_ELBO(num_particles=particles))


class Variational:
    def __init__(self, model, given, particles):
        self.model, self.given, self.noise = model, given, given["noise"]
        self.svi = inference(model, particles)
        self.state = self.svi.init(jax.random.PRNGKey(0), **given)
        self.programs = {}

    def warm(self, steps):
        """`svi.run` for this number of steps as one program, compiled: called as it is, it compiles again each time."""
        if steps in self.programs:
            return

        def whole(state):
            result = self.svi.run(
                None, steps, progress_bar=False, stable_update=False, init_state=state, **self.given
            )
            return result.params, result.losses

        self.programs[steps] = jax.jit(whole)
        self.run(steps)

    def run(self, steps):
        jax.block_until_ready(self.programs[steps](self.state))

    def values(self):
        """Losses and parameters of steps with the noise that is given: [steps, particles, dimension]."""
        dimension = self.noise.shape[-1]
        start = {"auto_loc": jnp.zeros(dimension), "auto_scale": jnp.full(dimension, jnp.log(INITIAL_SCALE))}
        optimizer, unused = self.svi.optim, jax.random.PRNGKey(0)

        def loss(parameters, noise):
            params = self.svi.constrain_fn(parameters)

            def one(eps):
                z = params["auto_loc"] + params["auto_scale"] * eps
                guide = substitute(self.svi.guide, {"_auto_latent": z})
                return Trace_ELBO().loss(unused, params, self.model, guide, **self.given)

            return jax.vmap(one)(noise).mean()

        def step(state, noise):
            value, grads = jax.value_and_grad(loss)(optimizer.get_params(state), noise)
            return optimizer.update(grads, state), value

        state, losses = jax.lax.scan(step, optimizer.init(start), self.noise)
        end = optimizer.get_params(state)
        return jnp.concatenate([losses, end["auto_loc"], end["auto_scale"]]).tolist()
