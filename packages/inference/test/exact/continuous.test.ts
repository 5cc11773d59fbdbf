import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { affine, constant, exp, gather, mul } from '@variate/core/ops'
import { categorical, halfCauchy, multivariateNormal, normal } from '@variate/distributions'
import { enumeration } from '@variate/inference'
import { model } from '@variate/language'
import oracle from './oracles/bayesianMixtures.json' with { type: 'json' }

let tensors: number
beforeEach(() => {
  tensors = tf.memory().numTensors
})
afterEach(() => {
  // oxlint-disable-next-line vitest/no-standalone-expect
  expect(tf.memory().numTensors, 'tensors left').toBe(tensors)
})

const bayesianMixture = (K: number) =>
  model('bayesian mixture')
    .plate('component', K, (k) => k.latent('mu', normal(0, 3)))
    .plate('point', 'n', (i) =>
      i
        .latent('c', categorical({ probs: Array<number>(K).fill(1 / K) }))
        .observed('x', ({ mu, c }) => normal(gather(mu, c), 1)),
    )

describe.each(oracle.cases.map((own) => [own.K, own.x.length, own] as const))(
  'a Bayesian mixture of %i normals and %i points',
  (K, n, own) => {
    test('has the evidence and the posterior of all assignments, by SciPy', async () => {
      const { logEvidence, posterior } = await enumeration(bayesianMixture(K)).fit({ x: own.x })
      expect(Math.abs(logEvidence - own.logEvidence)).toBeLessThan(1e-10 * Math.abs(own.logEvidence))
      const close = (got: ArrayLike<number>, expected: readonly number[]): void => {
        expect(got.length).toBe(expected.length)
        for (const [i, value] of expected.entries()) expect(Math.abs(got[i]! - value)).toBeLessThan(1e-9)
      }
      close(posterior.probabilities.c.data, own.probabilities.flat())
      close(posterior.mean.mu.data, own.mean)
      close(posterior.variance.mu.data, own.variance)
    })

    test('draws of its posterior have the probabilities that points are together, and the moments', async () => {
      const { posterior } = await enumeration(bayesianMixture(K)).fit({ x: own.x })
      const count = 4000
      const { c, mu } = await posterior.sample(count, { seed: 3 })
      const z = (draws: readonly number[], expected: number, variance: number): number => {
        const mean = draws.reduce((a, b) => a + b, 0) / count
        return Math.abs(mean - expected) / Math.sqrt(variance / count + 1e-12)
      }
      const together = own.together[0]![n - 1]!
      const same = Array.from({ length: count }, (_, i) => Number(c.data[i * n] === c.data[i * n + n - 1]))
      expect(z(same, together, together * (1 - together))).toBeLessThan(4)
      const first = Array.from({ length: count }, (_, i) => mu.data[i * K]!)
      expect(z(first, own.mean[0]!, own.variance[0]!)).toBeLessThan(4)
    })
  },
)

test('two ways to the evidence agree: assignments, and quadrature over the means', () => {
  const [first] = oracle.cases
  expect(first!.logEvidence).toBeCloseTo(first!.byQuadrature!, 7)
})

test('a chain of normal states is the Kalman filter', async () => {
  const level = model('local level').markov('time', 'T', (step) =>
    step
      .latent('z', normal(0, 1), (_, { z }) => normal(mul(0.9, z), 0.3))
      .observed('x', ({ z }) => normal(z, 0.5)),
  )
  const x = Array.from({ length: 40 }, (_, t) => Math.sin(t / 3) + ((t * 7) % 5) / 10)
  const { logEvidence, posterior } = await enumeration(level).fit({ x })
  let [mean, variance, log] = [0, 1, 0]
  for (const [t, value] of x.entries()) {
    if (t > 0) [mean, variance] = [0.9 * mean, 0.81 * variance + 0.09]
    const total = variance + 0.25
    log += -0.5 * ((value - mean) ** 2 / total + Math.log(2 * Math.PI * total))
    const gain = variance / total
    ;[mean, variance] = [mean + gain * (value - mean), (1 - gain) * variance]
  }
  expect(logEvidence).toBeCloseTo(log, 9)
  expect(posterior.mean.z.data.at(-1)).toBeCloseTo(mean, 9)
  expect(posterior.variance.z.data.at(-1)).toBeCloseTo(variance, 9)
})

test('factor analysis: vectors in a plate, each integrated for itself, are normal with covariance W Wᵀ + Ψ', async () => {
  const W = [[1, 0.5], [0.3, -1], [0.8, 0.2]] // prettier-ignore
  const factors = model('factors').plate('row', 'n', (row) =>
    row.latent('z', normal([0, 0], 1)).observed('x', ({ z }) => normal(affine(constant(W), z, 0), 0.7)),
  )
  const x = [[1, 2, 0], [-1, 0.5, 2], [0.3, 0.1, -0.4]] // prettier-ignore
  const covariance = W.map((a, i) => W.map((b, j) => a[0]! * b[0]! + a[1]! * b[1]! + (i === j ? 0.49 : 0)))
  const { logEvidence } = await enumeration(factors).fit({ x })
  const logs = multivariateNormal([0, 0, 0], { covariance }).logProb(x)
  expect(logEvidence).toBeCloseTo(
    (logs.dataSync() as Float32Array).reduce((a, b) => a + b, 0),
    4,
  )
  logs.dispose()
})

test('a latent in which the log joint is not quadratic, or not conjugate, is named', async () => {
  const schools = model('schools')
    .latent('mu', normal(0, 5))
    .latent('tau', halfCauchy(5))
    .plate('school', 3, (school) => school.observed('y', ({ mu, tau }) => normal(mu, tau)))
  await expect(enumeration(schools).fit({ y: [1, 2, 3] })).rejects.toThrow(
    'the log joint is not conjugate in "tau"',
  )
  const known = await enumeration(schools.condition({ tau: 2 })).fit({ y: [1, 2, 3] })
  expect(known.posterior.mean.mu.at()).toBeCloseTo(6 / 4 / (1 / 25 + 3 / 4), 9)
  const bent = model('bent')
    .latent('z', normal(0, 1))
    .observed('x', ({ z }) => normal(exp(z), 1))
  await expect(enumeration(bent).fit({ x: 1 })).rejects.toThrow('not quadratic in "z"')
})
