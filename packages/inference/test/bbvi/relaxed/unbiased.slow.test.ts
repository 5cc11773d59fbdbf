import '@tensorflow/tfjs-backend-cpu'
import { rebar, relax, type Estimator } from '@variate/estimators'
import { expect, test } from 'vitest'
import { estimates, moments, ofKey, type Parameters } from './gradientsOf.ts'
import { kinds, mixed, signs, type Case } from './subjects.ts'

const COUNT = 20_000
const still = { tune: false }

const cases: readonly (readonly [string, () => Case])[] = [
  ['a Bernoulli latent in a plate', () => signs()],
  ['a Bernoulli latent in a mini-batch', () => signs([1, 3])],
  ['a one-hot latent in a plate', kinds],
  ['continuous latents before and after a Bernoulli one', mixed],
]
const estimators: readonly (readonly [string, Estimator])[] = [
  ['rebar', rebar(still)],
  ['rebar, cold, with a scale of its own', rebar({ ...still, temperature: 0.1, scale: 0.6 })],
  ['rebar, hot, of two particles', rebar({ ...still, temperature: 2, scale: 1.7, particles: 2 })],
]

test.each(cases.flatMap(([name, of]) => estimators.map((own) => [name, own[0], of, own[1]] as const)))(
  '%s: the mean gradient of %s is the exact one',
  (_, __, makeCase, estimator) => {
    const { of, at, exact } = makeCase()
    expect(distance(estimates(of, estimator)(at, COUNT).gradients, exact)).toBeLessThan(4)
  },
)

const tunable: readonly (readonly [string, Estimator])[] = [
  ['rebar', rebar({ rate: 0.05, particles: 4 })],
  ['relax', relax({ rate: 0.05, particles: 4, surrogate: { hidden: 4 } })],
]

test.each(cases.flatMap(([name, of]) => tunable.map((own) => [name, own[0], of, own[1]] as const)))(
  '%s: tuned, %s is unbiased, and varies less than the score function',
  (_, __, makeCase, estimator) => {
    const { of, at, exact } = makeCase()
    const run = estimates(of, estimator)
    let state = ofKey(run(at, 1).state)
    for (let step = 1; step < 300; step++) state = ofKey(run(at, 1, state, step).state)
    const tuned = run(at, COUNT, state, 1000)
    expect(distance(tuned.gradients, exact)).toBeLessThan(4)
    const plain = estimates(of, rebar({ ...still, scale: 0, particles: 4 }))(at, COUNT)
    expect(variance(tuned.gradients)).toBeLessThan(variance(plain.gradients))
  },
)

/** The largest distance from the exact gradient, in standard errors; infinite where there are other entries. */
function distance(gradients: Parameters, exact: Readonly<Record<string, number>>): number {
  const found = { ...moments(gradients.model), ...moments(gradients.guide) }
  if (String(Object.keys(found).toSorted()) !== String(Object.keys(exact).toSorted())) return Infinity
  return Object.entries(found).reduce(
    (most, [name, { mean, error }]) => Math.max(most, Math.abs(mean - exact[name]!) / (error + 1e-9)),
    0,
  )
}

function variance({ guide }: Parameters): number {
  return Object.values(moments(guide)).reduce((total, own) => total + own.variance, 0)
}
