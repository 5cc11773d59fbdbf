import type { Tensor } from '@tensorflow/tfjs-core'
import {
  bernoulli,
  biject,
  binomial,
  categorical,
  cauchy,
  censored,
  delta,
  dirichlet,
  expand,
  exponential,
  folded,
  gamma,
  independent,
  masked,
  mixture,
  multinomial,
  multivariateNormal,
  normal,
  oneHotCategorical,
  poisson,
  transformed,
  truncated,
  uniform,
  vonMises,
  wishart,
  zeroInflated,
  type Distribution,
  type Normal,
  type Poisson,
  type Transformed,
} from '../src/index.ts'

declare const any: Distribution
declare const tensor: Tensor
const halves = { probs: [0.5, 0.5] }
const eye = [
  [1, 0],
  [0, 1],
]
const vector = multivariateNormal([0, 0], { scaleTril: eye })

// Ordinary programs compile, and their types are inferred.
const base: Normal = transformed(normal(0, 1), biject.exp).base
const counts: Poisson = zeroInflated(poisson(1), { gate: 0.5 }).base
const maps: Transformed<Normal, readonly [typeof biject.exp, typeof biject.tanh]> = transformed(
  normal(0, 1),
  [biject.exp, biject.tanh],
)
transformed(masked(normal(0, 1), true), biject.exp).cdf(1)
transformed(any, biject.exp)
transformed(delta(1), biject.exp)
transformed(mixture(halves, [normal(0, 1), cauchy(0, 1)]), biject.exp)
truncated(poisson(1), { low: 1 }).icdf(0.5)
truncated(normal(0, 1), { low: undefined, high: tensor }).cdf(0)
censored(exponential(1), { low: 0, high: [1, 2] })
folded(any).logProb(0)
folded(expand(normal(0, 1), [2])).cdf(0)
mixture(halves, [delta(0), poisson(1)])
mixture(halves, [any, vector])
mixture(halves, [normal(0, 1), uniform(0, 1)]).mean()
mixture(halves, vector)
mixture(categorical(halves), [independent(normal([0, 1], 1)), vector])
categorical({ probs: tensor })
categorical({ logits: [[0, 1]] })
normal(new Float32Array(2), [[1]])
  .fit([1, 2])
  .cdf(0)
void [base, counts, maps]

// @ts-expect-error counts have no density
transformed(poisson(1), biject.exp)
// @ts-expect-error nor have those that are made of counts
transformed(expand(masked(truncated(poisson(1), { low: 1 }), true), [2]), biject.exp)
// @ts-expect-error nor have mixtures of them
transformed(mixture(halves, [poisson(1), binomial(2, { probs: 0.5 })]), biject.exp)
// @ts-expect-error nor have vectors of them
transformed(multinomial(3, halves), [biject.exp])
// @ts-expect-error nor have grey pixels
transformed(bernoulli({ probs: 0.5, soft: true }), biject.sigmoid)

// @ts-expect-error an end is needed
truncated(normal(0, 1), {})
// @ts-expect-error an end is needed
censored(normal(0, 1), { low: undefined })
// @ts-expect-error ends are named
truncated(normal(0, 1), 0)
// @ts-expect-error folded has no icdf
truncated(folded(normal(0, 1)), { low: 1 })
// @ts-expect-error vectors have no cdf
censored(vector, { low: 0 })
// @ts-expect-error zeroInflated has no quantiles
truncated(zeroInflated(poisson(1), { gate: 0.5 }), { low: 1 })

// @ts-expect-error vectors have no absolute value
folded(vector)
// @ts-expect-error nor have mixtures of them
folded(mixture(halves, [dirichlet([1, 1]), dirichlet([1, 2])]))
// @ts-expect-error nor have matrices
folded(wishart(3, { scale: eye }))
// @ts-expect-error densities have no probability of 0 to add to
zeroInflated(normal(0, 1), { gate: 0.5 })
// @ts-expect-error vectors of counts are not inflated
zeroInflated(multinomial(3, halves), { gate: 0.5 })

// @ts-expect-error numbers and vectors are not mixed
mixture(halves, [normal(0, 1), vector])
// @ts-expect-error vectors and matrices are not mixed
mixture(halves, [vector, wishart(3, { scale: eye })])
// @ts-expect-error counts and densities are not mixed
mixture(halves, [normal(0, 1), poisson(1)])
// @ts-expect-error a mixture has components
mixture(halves, [])
// @ts-expect-error weights have an axis
mixture({ probs: 0.5 }, normal([0, 1], 1))

// @ts-expect-error one number is no vector of probabilities
categorical({ probs: 0.5 })
// @ts-expect-error one number is no vector of logits
oneHotCategorical({ logits: 0 })
// @ts-expect-error probabilities stand in an object
categorical([0.5, 0.5])
// @ts-expect-error one of the two
bernoulli({})
// @ts-expect-error not both
bernoulli({ probs: 0.5, logits: 0 })
// @ts-expect-error a vector
multivariateNormal(0, { scaleTril: eye })
// @ts-expect-error a matrix
multivariateNormal([0], { covariance: 1 })
// @ts-expect-error a matrix is needed
multivariateNormal([0, 0], {})
// @ts-expect-error a vector
dirichlet(1)
// @ts-expect-error strings are no numbers
normal('0', 1)
// @ts-expect-error nor is null
normal(null, 1)

// What a distribution cannot do is absent from its type.
// @ts-expect-error not an exponential family
cauchy(0, 1).fit([1, 2])
// @ts-expect-error nor is what is made of one
masked(normal(0, 1), true).fit([1, 2])
// @ts-expect-error no mean
cauchy(0, 1).mean()
// @ts-expect-error the integral has no inverse in closed form
mixture(halves, normal([0, 1], 1)).icdf(0.5)
// @ts-expect-error vectors are not ordered
vector.cdf([0, 0])
// @ts-expect-error made of what has none
expand(vector, [2]).cdf([0, 0])
// @ts-expect-error an inverse of `survival` is within
gamma(1, 1).isf(0.5)
// @ts-expect-error draws of counts do not move with parameters
poisson(1).reparameterized satisfies true
// @ts-expect-error circular distributions have no entropy of a list
vonMises(0, 1).enumerateSupport()
