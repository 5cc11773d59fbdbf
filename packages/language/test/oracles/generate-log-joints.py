"""Writes logJoints.json: values of models' sites and the log probability of each, by NumPyro in float64.

Run: python generate-log-joints.py  (needs numpyro). The models are those of models.ts, written with NumPyro's plates.
"""

import json
import pathlib

import jax
import jax.numpy as jnp
import numpy as np
import numpyro
import numpyro.distributions as dist
from numpyro.handlers import seed, substitute, trace

jax.config.update("jax_enable_x64", True)
random = np.random.default_rng(20261128)


def eight_schools(sigma):
    mu = numpyro.sample("mu", dist.Normal(0, 5))
    tau = numpyro.sample("tau", dist.HalfCauchy(5))
    with numpyro.plate("school", 8):
        theta = numpyro.sample("theta", dist.Normal(mu, tau))
        numpyro.sample("y", dist.Normal(theta, sigma))


def bayesian_mixture(K, n):
    with numpyro.plate("component", K):
        mu = numpyro.sample("mu", dist.Normal(0, 3))
    with numpyro.plate("point", n):
        c = numpyro.sample("c", dist.Categorical(probs=jnp.full(K, 1 / K)))
        numpyro.sample("x", dist.Normal(mu[c], 1))


def poisson_mixture(weights, rate, n):
    with numpyro.plate("count", n):
        c = numpyro.sample("c", dist.Categorical(probs=weights))
        numpyro.sample("x", dist.Poisson(rate[c]))


def item_response(students, items):
    with numpyro.plate("student", students, dim=-2):
        ability = numpyro.sample("ability", dist.Normal(0, 1))
    with numpyro.plate("item", items, dim=-1):
        difficulty = numpyro.sample("difficulty", dist.Normal(0, 2))
        discrimination = numpyro.sample("discrimination", dist.LogNormal(0, 0.5))
    with numpyro.plate("student", students, dim=-2), numpyro.plate("item", items, dim=-1):
        logits = discrimination * (ability - difficulty)
        numpyro.sample("correct", dist.Bernoulli(logits=logits))


def nested(schools, classes):
    mu = numpyro.sample("mu", dist.Normal(0, 10))
    with numpyro.plate("school", schools, dim=-2):
        school = numpyro.sample("schoolMean", dist.Normal(mu, 2))
        with numpyro.plate("class", classes, dim=-1):
            mean = numpyro.sample("classMean", dist.Normal(school, 1))
            numpyro.sample("score", dist.StudentT(4, mean, 3))


def topics(documents, words):
    with numpyro.plate("topic", 2):
        topic = numpyro.sample("topicWords", dist.Dirichlet(jnp.full(4, 0.5)))
    with numpyro.plate("document", documents):
        weights = numpyro.sample("weights", dist.Dirichlet(jnp.ones(2)))
        numpyro.sample("counts", dist.Multinomial(total_count=words, probs=weights @ topic))


def local_level(steps):
    z = None
    for t in range(steps):
        z = numpyro.sample(f"z{t}", dist.Normal(0, 1) if z is None else dist.Normal(0.9 * z, 0.3))
        numpyro.sample(f"x{t}", dist.Normal(z, 0.5))


def correlated(n):
    scale = numpyro.sample("scale", dist.Gamma(2, 1))
    with numpyro.plate("point", n):
        numpyro.sample(
            "x",
            dist.MultivariateNormal(jnp.array([1.0, -1.0]), covariance_matrix=scale * jnp.array([[1, 0.3], [0.3, 2]])),
        )


def log_probs(model, args, values):
    sites = trace(substitute(seed(model, 0), values)).get_trace(*args)
    return {
        name: np.asarray(site["fn"].log_prob(site["value"])).tolist()
        for name, site in sites.items()
        if site["type"] == "sample"
    }


def steps(logs, name):
    return [logs[f"{name}{t}"] for t in range(len([k for k in logs if k.startswith(name)]))]


def case(model, args, values, given=None):
    values = {name: np.asarray(x) for name, x in values.items()}
    logs = log_probs(model, args, {name: jnp.asarray(x) for name, x in values.items()})
    listed = {name: x.tolist() for name, x in values.items()}
    return {"given": {**listed, **(given or {})}, "logProbs": logs}


sigma = [15.0, 10, 16, 11, 9, 11, 10, 18]
cases = {
    "eightSchools": case(
        eight_schools,
        (jnp.array(sigma),),
        {
            "mu": 4.4,
            "tau": 6.5,
            "theta": random.normal(4, 5, 8),
            "y": [28.0, 8, -3, 7, -1, 1, 18, 12],
        },
        {"sigma": sigma},
    ),
    "bayesianMixture": case(
        bayesian_mixture,
        (3, 6),
        {"mu": random.normal(0, 3, 3), "c": random.integers(0, 3, 6), "x": random.normal(0, 3, 6)},
    ),
    "poissonMixture": case(
        poisson_mixture,
        (jnp.array([0.3, 0.7]), jnp.array([1.5, 9.0]), 5),
        {"c": [0, 1, 1, 0, 1], "x": [0, 8, 12, 2, 5]},
        {"weights": [0.3, 0.7], "rate": [1.5, 9.0]},
    ),
    "itemResponse": case(
        item_response,
        (4, 3),
        {
            "ability": random.normal(0, 1, (4, 1)),
            "difficulty": random.normal(0, 2, 3),
            "discrimination": random.lognormal(0, 0.5, 3),
            "correct": random.integers(0, 2, (4, 3)),
        },
    ),
    "nested": case(
        nested,
        (3, 4),
        {
            "mu": 2.0,
            "schoolMean": random.normal(2, 2, (3, 1)),
            "classMean": random.normal(2, 2, (3, 4)),
            "score": random.normal(2, 5, (3, 4)),
        },
    ),
    "topics": case(
        topics,
        (3, 20),
        {
            "topicWords": random.dirichlet(np.ones(4), 2),
            "weights": random.dirichlet(np.ones(2), 3),
            "counts": random.multinomial(20, np.full(4, 0.25), 3).astype(float),
        },
    ),
    "correlated": case(correlated, (4,), {"scale": 1.7, "x": random.normal(0, 1, (4, 2))}),
}
for name in ("ability",):
    own = cases["itemResponse"]["given"][name]
    cases["itemResponse"]["given"][name] = [row[0] for row in own]
    cases["itemResponse"]["logProbs"][name] = [row[0] for row in cases["itemResponse"]["logProbs"][name]]
own = cases["nested"]
own["given"]["schoolMean"] = [row[0] for row in own["given"]["schoolMean"]]
own["logProbs"]["schoolMean"] = [row[0] for row in own["logProbs"]["schoolMean"]]

z, x = random.normal(0, 1, 5), random.normal(0, 1, 5)
logs = log_probs(
    local_level, (5,), {**{f"z{t}": z[t] for t in range(5)}, **{f"x{t}": x[t] for t in range(5)}}
)
cases["localLevel"] = {
    "given": {"z": z.tolist(), "x": x.tolist()},
    "logProbs": {"z": steps(logs, "z"), "x": steps(logs, "x")},
}
made_with = {"numpyro": numpyro.__version__, "jax": jax.__version__}
path = pathlib.Path(__file__).with_name("logJoints.json")
path.write_text(json.dumps({"madeWith": made_with, "cases": cases}, indent=1) + "\n")
