import '@tensorflow/tfjs-backend-cpu'
import type { Tensor } from '@tensorflow/tfjs-core'
import { valueAndGrad } from '@variate/compile'
import { add, cast, exp, fill, mul, sub, sum } from '@variate/core/ops'
import { bernoulli, categorical, gamma, normal, poisson } from '@variate/distributions'
import { reparameterization, scoreFunction, stickingTheLanding, type Estimator } from '@variate/estimators'
import { fullRank, meanField, point } from '@variate/families'
import { adam, averaged, bbvi, em, enumeration, schedules } from '@variate/inference'
import { model, positive, real } from '@variate/language'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const oracle = JSON.parse(
  readFileSync(new URL('../laplace/oracles/laplace.json', import.meta.url), 'utf8'),
) as { x: number[][]; y: number[]; penalized: { mode: number[]; logJoint: number } }

const X = [
  [1, 0.3, -1.2],
  [1, -0.8, 0.4],
  [1, 1.9, 0.7],
  [1, 0.1, 1.5],
  [1, -1.4, -0.6],
  [1, 0.6, 0.2],
]
const regression = model('regression')
  .latent('beta', normal([0, 0, 0], 2))
  .plate('i', 'n', (i) => i.input('x').observed('y', ({ beta, x }) => normal(sum(mul(x, beta)), 0.7)))
const data = { x: X, y: [1.1, -0.4, 3.2, 2.7, -2.5, 1.4] }

type Nine = [number, number, number, number, number, number, number, number, number]

/** The posterior of the weights of a linear regression: precision XᵀX/σ² + I/s², and its inverse times Xᵀy/σ². */
function closedForm(): { precision: number[][]; covariance: number[][]; mean: number[] } {
  const precision = [0, 1, 2].map((i) =>
    [0, 1, 2].map((j) => X.reduce((total, x) => total + (x[i]! * x[j]!) / 0.49, i === j ? 0.25 : 0)),
  )
  const [a, b, c, , d, e, , , f] = precision.flat() as Nine
  const minor = [
    [d * f - e * e, c * e - b * f, b * e - c * d],
    [c * e - b * f, a * f - c * c, b * c - a * e],
    [b * e - c * d, b * c - a * e, a * d - b * b],
  ]
  const det = a * minor[0]![0]! + b * minor[0]![1]! + c * minor[0]![2]!
  const covariance = minor.map((row) => row.map((x) => x / det))
  const right = [0, 1, 2].map((i) => X.reduce((total, x, row) => total + (x[i]! * data.y[row]!) / 0.49, 0))
  return {
    precision,
    covariance,
    mean: covariance.map((row) => row.reduce((t, x, j) => t + x * right[j]!, 0)),
  }
}

const settings = {
  estimator: stickingTheLanding({ particles: 2 }),
  optimizer: adam({ rate: schedules.cosineDecay({ start: 0.05, steps: 6000 }) }),
  steps: 6000,
  convergence: false,
} as const

test('full rank: mean, covariance and evidence of a linear regression are recovered', async () => {
  const { covariance, mean } = closedForm()
  const exact = await enumeration(regression).fit(data)
  const fit = await bbvi(regression, { ...settings, family: fullRank() }).fit(data, { seed: 0 })
  mean.forEach((own, i) => expect(Math.abs(fit.posterior.mean.beta.data[i]! - own)).toBeLessThan(1e-3))
  const found = fit.posterior.covariance('beta')
  covariance.flat().forEach((own, i) => expect(Math.abs(found.data[i]! - own)).toBeLessThan(1e-3))
  expect(Math.abs(fit.elbo - exact.logEvidence)).toBeLessThan(1e-3)
})

test('mean field: variances are the reciprocals of the precisions', async () => {
  const { precision, mean } = closedForm()
  const fit = await bbvi(regression, {
    ...settings,
    family: meanField(),
    optimizer: averaged(settings.optimizer, { kind: 'polyak', from: 4000 }),
    estimator: stickingTheLanding({ particles: 64 }),
  }).fit(data, { seed: 0 })
  mean.forEach((own, i) => expect(Math.abs(fit.posterior.mean.beta.data[i]! - own)).toBeLessThan(1e-3))
  precision.forEach((row, i) =>
    expect(Math.abs(fit.posterior.variance.beta.data[i]! - 1 / row[i]!)).toBeLessThan(1e-3),
  )
  expect(fit.posterior.covariance('beta').data[1]).toBe(0)
})

const quick = { optimizer: adam({ rate: 0.05 }), steps: 3000, convergence: false } as const

test('a point: the maximum a posteriori, as scipy finds it, by either estimator', async () => {
  const logistic = model('logistic')
    .latent('w', normal([0, 0, 0], 1))
    .plate('i', 'n', (i) => i.input('x').observed('y', ({ w, x }) => bernoulli({ logits: sum(mul(x, w)) })))
  const { mode, logJoint } = oracle.penalized
  const given = { x: oracle.x.map((row) => [1, ...row]), y: oracle.y }
  for (const estimator of [reparameterization(), stickingTheLanding({ particles: 2 })]) {
    const fit = await bbvi(logistic, { ...quick, family: point(), estimator }).fit(given, { seed: 0 })
    mode.forEach((own, i) => expect(fit.posterior.mean.w.data[i]).toBeCloseTo(own, 6))
    expect(fit.elbo).toBeCloseTo(logJoint, 8)
    expect(fit.standardError).toBeLessThan(1e-12)
    expect([...fit.posterior.variance.w.data].every((x) => x < 1e-20)).toBe(true)
    expect(fit.diagnostics.kHat).toBe(Infinity)
    expect(fit.warnings).toEqual([expect.stringMatching(/"w": q is a single point.*kHat says nothing/)])
    expect((await fit.posterior.sample(2, { seed: 1 })).w.shape).toEqual([2, 3])
  }
})

// Of a gamma density the mode is (a − 1)/b; of the density of its logarithm a/b.
test('a point: the density is that of the latents as declared, or that of numbers without bounds', async () => {
  const counts = model('counts')
    .latent('rate', gamma(3, 2))
    .plate('i', 'n', (i) => i.observed('x', ({ rate }) => poisson(rate)))
  const x = [1, 4, 2, 0]
  const mode = async (unconstrained: boolean) =>
    (await bbvi(counts, { ...quick, family: point({ unconstrained }) }).fit({ x }, { seed: 0 })).posterior
      .mean.rate
  expect((await mode(false)).at()).toBeCloseTo(9 / 6, 6)
  expect((await mode(true)).at()).toBeCloseTo(10 / 6, 6)
})

test('a point of no latents: maximum likelihood', async () => {
  const plain = model('plain')
    .param('level', real())
    .param('spread', positive())
    .plate('i', 'n', (i) => i.observed('x', ({ level, spread }) => normal(level, spread)))
  const exact = await em(plain).fit({ x: [1, 2, 4, 7] }, { tolerance: 1e-12 })
  const fit = await bbvi(plain, { ...quick, family: point() }).fit({ x: [1, 2, 4, 7] }, { seed: 0 })
  expect(fit.params.level.at()).toBeCloseTo(3.5, 6)
  expect(fit.params.spread.at()).toBeCloseTo(exact.params.spread.at(), 6)
  expect(fit.elbo).toBeCloseTo(exact.logLikelihood, 8)
  expect(fit.warnings).toEqual([])
})

const mixture = model('mixture')
  .latent('mu', normal(0, 3))
  .latent('c', categorical({ probs: [0.3, 0.7] }))
  .observed('x', ({ mu, c }) => normal(add(mu, mul(2, cast(c, 'float32'))), 1))

test('a point of a discrete latent is refused, and says what to use', async () => {
  await expect(
    bbvi(mixture as never, { family: point() }).fit({ x: 1 } as never, { seed: 0 }),
  ).rejects.toThrow(/"c" is discrete.*use em\(\).*structured\(\)/)
})

const { probs, x } = { probs: [0.5, 0.2, 0.3], x: [1.2, 1.9] }
const sign = model('sign').plate('i', 'n', (i) =>
  i.latent('c', categorical({ probs })).observed('x', ({ c }) => normal(cast(c, 'float32'), 1)),
)

/** The exact bound of `sign`, Σ q(c) (log p(c, x) − log q(c)), in place of an estimate. */
const enumerated: Estimator = {
  name: 'enumerated',
  needs: ['discrete'],
  particles: 1,
  isUnbiased: true,
  init: () => ({}),
  estimate: (problem, parameters, _, state) => {
    const bound = (logits: Tensor): Tensor =>
      [0, 1, 2]
        .map((k) => {
          const values = { c: fill([2], k, 'int32') }
          const own = { ...parameters, guide: { 'c.logits': logits } }
          const logQ = problem.logQ(own, values)['c']!
          const logP = Object.values(problem.logP(own, values)).reduce((a, b) => add(a, b))
          return sum(mul(exp(logQ), sub(logP, logQ)))
        })
        .reduce((a, b) => add(a, b))
    const { value, grads } = valueAndGrad(bound)(parameters.guide['c.logits'] as Tensor)
    return { objective: value, gradients: { model: {}, guide: { 'c.logits': grads[0]! } }, state }
  },
}

test('discrete latents: the probabilities of their values, and moments of these', async () => {
  const exact = await enumeration(sign).fit({ x })
  const fit = await bbvi(sign, { ...quick, estimator: enumerated }).fit({ x }, { seed: 0 })
  exact.posterior.probabilities.c.data.forEach((own, i) =>
    expect(fit.posterior.probabilities.c!.data[i]).toBeCloseTo(own, 4),
  )
  expect([...fit.posterior.values.c!.data]).toEqual([0, 1, 2])
  const [, one, two] = exact.posterior.probabilities.c.data
  expect(fit.posterior.mean.c.data[0]).toBeCloseTo(one! + 2 * two!, 4)
  expect(fit.posterior.variance.c.data[0]).toBeCloseTo(one! + 4 * two! - (one! + 2 * two!) ** 2, 4)
})

test('a point has no score: the estimator of it is refused', async () => {
  const one = model('one')
    .latent('z', normal(0, 1))
    .observed('x', ({ z }) => normal(z, 1))
  await expect(
    bbvi(one, { family: point(), estimator: scoreFunction() }).fit({ x: 1 }, { seed: 0 }),
  ).rejects.toThrow(/q is a single point in "z", which has no score.*reparameterization\(\)/)
})
