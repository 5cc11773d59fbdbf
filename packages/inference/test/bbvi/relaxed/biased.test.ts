import '@tensorflow/tfjs-backend-cpu'
import type { Tensor } from '@tensorflow/tfjs-core'
import { mul, sub } from '@variate/core/ops'
import { bernoulli, normal } from '@variate/distributions'
import { relaxedReparameterization, straightThrough, type Estimator } from '@variate/estimators'
import { meanField } from '@variate/families'
import { model } from '@variate/language'
import { NdArray } from '@variate/core'
import { describe, expect, test } from 'vitest'
import { estimates, moments, number, ofKey, subject, type Moments, type Numbers } from './gradientsOf.ts'
import { kinds, mixed, signs } from './subjects.ts'

const COUNT = 20_000
const [X, LOC, PRIOR, LOG_ODDS] = [0.8, 1.3, 0.3, 0.4]
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))
const Q = sigmoid(LOG_ODDS)

/** z ~ Bernoulli(0.3), x ~ N(1.3 (2z − 1), 1). */
const sign = subject(
  model('sign')
    .latent('z', bernoulli({ probs: PRIOR }))
    .observed('x', ({ z }) => normal(mul(LOC, sub(mul(2, z), 1)), 1)) as never,
  { x: X },
  meanField(),
)
const at = { model: {}, guide: { 'z.logits': number(LOG_ODDS) } }

const logit = (p: number): number => Math.log(p / (1 - p))
/** log p − log q between 0 and 1, and its slope. */
const f = (s: number): number =>
  s * (logit(PRIOR) - LOG_ODDS) +
  Math.log((1 - PRIOR) / (1 - Q)) -
  0.5 * (X - LOC * (2 * s - 1)) ** 2 -
  0.5 * Math.log(2 * Math.PI)
const slope = (s: number): number => logit(PRIOR) - LOG_ODDS + 2 * LOC * (X - LOC * (2 * s - 1))
const EXACT = Q * (1 - Q) * (f(1) - f(0))
const BOUND = Q * f(1) + (1 - Q) * f(0)

/** The mean over the noise, by the midpoint rule. */
function overNoise(of: (z: number) => number): number {
  const points = 200_000
  let total = 0
  for (let i = 0; i < points; i++) total += of(LOG_ODDS + logit((i + 0.5) / points))
  return total / points
}

const TEMPERATURES = [2, 1, 0.5, 0.25, 0.1]
const softSlope = (z: number, t: number): number => (sigmoid(z / t) * sigmoid(-z / t)) / t
const relaxedMean = (t: number): number =>
  overNoise((z) => slope(sigmoid(z / t)) * softSlope(z, t) - (sigmoid(z / t) - Q))
const throughMean = (t: number | undefined): number =>
  overNoise((z) => slope(z > 0 ? 1 : 0) * (t === undefined ? Q * (1 - Q) : softSlope(z, t)))

function gradient(estimator: Estimator): Moments {
  return moments(estimates(sign, estimator)(at, COUNT).gradients.guide)['z.logits']!
}

describe('relaxed draws', () => {
  test.each(TEMPERATURES)('temperature %d: the mean gradient is that of the bound of relaxed values', (t) => {
    const { mean, error } = gradient(relaxedReparameterization({ temperature: t }))
    expect(Math.abs(mean - relaxedMean(t))).toBeLessThan(4 * error)
  })

  test('the bias falls with the temperature, and the variance grows', () => {
    const biases = TEMPERATURES.map((t) => Math.abs(relaxedMean(t) - EXACT))
    expect(biases).toEqual(biases.toSorted((a, b) => b - a))
    const variances = TEMPERATURES.map(
      (t) => gradient(relaxedReparameterization({ temperature: t })).variance,
    )
    expect(variances).toEqual(variances.toSorted((a, b) => a - b))
  })

  test('the objective tends to the bound', () => {
    const gaps = TEMPERATURES.map((t) => Math.abs(overNoise((z) => f(sigmoid(z / t))) - BOUND))
    expect(gaps).toEqual(gaps.toSorted((a, b) => b - a))
    expect(Math.abs(overNoise((z) => f(sigmoid(z / 0.001))) - BOUND)).toBeLessThan(1e-3)
  })

  test.each([1, 0.01])('temperature %d: the objective is the bound of relaxed values', (t) => {
    const { objective } = estimates(sign, relaxedReparameterization({ temperature: t }))(at, COUNT)
    const { mean, error } = moments({ objective })['objective']!
    expect(Math.abs(mean - overNoise((z) => f(sigmoid(z / t))))).toBeLessThan(4 * error)
  })

  test.each([
    ['a Bernoulli latent', () => signs()],
    ['a one-hot latent', kinds],
    ['a mixed model', mixed],
  ] as const)('%s: the gradient is the slope of the objective for fixed noise', (_, makeCase) => {
    const own = makeCase()
    const run = estimates(own.of, relaxedReparameterization({ temperature: 0.7, particles: 3 }))
    const objective = (parameters: typeof own.at): number => run(parameters, 1).objective.data[0]!
    const { gradients } = run(own.at, 1)
    for (const part of ['model', 'guide'] as const)
      for (const [name, item] of Object.entries(own.at[part])) {
        const { data, shape } = item as NdArray<Float64Array>
        for (let i = 0; i < data.length; i++) {
          const [high, low] = [1e-5, -1e-5].map((by) => {
            const moved = new NdArray(
              data.map((x, j) => (i === j ? x + by : x)),
              shape,
            )
            return objective({ ...own.at, [part]: { ...own.at[part], [name]: moved } })
          }) as [number, number]
          const found = (gradients[part][name] as NdArray).data[i]!
          expect(Math.abs(found - (high - low) / 2e-5), name).toBeLessThan(1e-6 * (1 + Math.abs(found)))
        }
      }
  })

  test('a schedule of temperatures goes by the steps', () => {
    const temperature = (step: Tensor): Tensor => sub(1, mul(0.5, step))
    const run = estimates(sign, relaxedReparameterization({ temperature }))
    const second = run(at, 100, ofKey(run(at, 1).state))
    expect(ofKey(second.state)).toEqual({ step: number(2) })
    const expected = estimates(sign, relaxedReparameterization({ temperature: 0.5 }))(at, 100)
    expect(second.gradients).toEqual(expected.gradients)
  })
})

describe('straight through', () => {
  test.each([undefined, ...TEMPERATURES])(
    'temperature %d: the mean gradient is the mean slope at hard draws',
    (t) => {
      const { mean, error } = gradient(straightThrough(t === undefined ? {} : { temperature: t }))
      expect(Math.abs(mean - throughMean(t))).toBeLessThan(4 * error)
    },
  )

  test('the bias falls with the temperature', () => {
    const biases = TEMPERATURES.map((t) => Math.abs(throughMean(t) - EXACT))
    expect(biases).toEqual(biases.toSorted((a, b) => b - a))
  })

  test('the objective is that of hard draws', () => {
    const { objective } = estimates(sign, straightThrough({ temperature: 1 }))(at, 2000)
    for (const x of objective.data)
      expect(Math.min(Math.abs(x - f(0)), Math.abs(x - f(1)))).toBeLessThan(1e-12)
  })

  test('where log p is linear in each latent it is exact without a temperature', () => {
    const linear = model('linear')
      .latent('a', bernoulli({ probs: 0.3 }))
      .latent('b', bernoulli({ probs: 0.6 }))
      .factor('f', ({ a, b }) => sub(mul(2.5, mul(a, b)), mul(1.2, a)))
    const own = subject(linear as never, {}, meanField())
    const odds = { a: 0.4, b: -0.7 }
    const [p, q] = [sigmoid(odds.a), sigmoid(odds.b)]
    // E f = 2.5 pq − 1.2 p + p (log 0.3/0.7 − a) + q (log 0.6/0.4 − b) + …
    const exact = {
      'a.logits': p * (1 - p) * (2.5 * q - 1.2 + logit(0.3) - odds.a),
      'b.logits': q * (1 - q) * (2.5 * p + logit(0.6) - odds.b),
    }
    const parameters = {
      model: {},
      guide: { 'a.logits': number(odds.a), 'b.logits': number(odds.b) } as Numbers,
    }
    const found = moments(estimates(own, straightThrough())(parameters, COUNT).gradients.guide)
    for (const [name, { mean, error }] of Object.entries(found))
      expect(Math.abs(mean - exact[name as keyof typeof exact]), name).toBeLessThan(4 * error)
  })
})
