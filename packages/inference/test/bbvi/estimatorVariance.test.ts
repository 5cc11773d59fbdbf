import '@tensorflow/tfjs-backend-cpu'
import { bernoulli, normal } from '@variate/distributions'
import { add, mul, sub } from '@variate/core/ops'
import {
  automatic,
  controlVariate,
  leaveOneOut,
  movingAverage,
  perSite,
  reparameterization,
  scoreFunction,
  stickingTheLanding,
} from '@variate/estimators'
import { meanField } from '@variate/families'
import { estimatorVariance } from '@variate/inference'
import { guide, model, real } from '@variate/language'
import { expect, test } from 'vitest'
import { mergedMoments } from '../../src/bbvi/mergedMoments.ts'

const level = model('level')
  .param('theta', real())
  .latent('z', normal(0, 1))
  .observed('x', ({ z, theta }) => normal(sub(z, mul(-1, theta)), 1))
const data = { x: 1.3, theta: 0.2 }
const family = meanField()

// z = l + s·ε: the gradient in l is −z + (x − θ − z), of variance (2s)²; its own score, ε/s, is 0 in all.
test('the variance of the path derivative of a normal is the analytic one', async () => {
  const [loc, scale] = [-0.4, 0.7]
  const params = { 'z.loc': loc, 'z.logScale': Math.log(scale) }
  const result = await estimatorVariance(level, { family, estimator: reparameterization(), params }, data, {
    seed: 0,
    repeats: 20_000,
  })
  const own = result.params['z.loc']!
  const exact = 4 * scale ** 2
  // The standard error of the variance of a normal.
  expect(Math.abs(own.variance.data[0]! - exact)).toBeLessThan(4 * exact * Math.sqrt(2 / 20_000))
  expect(Math.abs(own.mean.data[0]! - (1.1 - 2 * loc))).toBeLessThan(4 * Math.sqrt(exact / 20_000))
  expect(own.signalToNoise.data[0]!).toBeCloseTo(own.mean.data[0]! / Math.sqrt(own.variance.data[0]!), 12)
  expect(result.total).toBeCloseTo(own.variance.data[0]! + result.params['z.logScale']!.variance.data[0]!, 12)
  expect(Object.keys(result.params)).toEqual(['z.loc', 'z.logScale'])
})

test('where q is the posterior, sticking the landing varies by nothing', async () => {
  const params = { 'z.loc': 0.55, 'z.logScale': 0.5 * Math.log(0.5) }
  const landed = await estimatorVariance(level, { family, estimator: stickingTheLanding(), params }, data, {
    seed: 0,
  })
  expect(landed.total).toBeLessThan(1e-20)
})

const signs = model('signs')
  .param('m', real())
  .plate('i', 'n', (i) =>
    i
      .latent('c', bernoulli({ probs: 0.3 }))
      .observed('x', ({ c, m }) => normal(mul(m, sub(mul(2, c), 1)), 1)),
  )
const seen = { x: [0.3, -1, 2.2, 8] }

test('baselines are settled before it is measured; variances are ordered as the literature says', async () => {
  const of = (estimator: ReturnType<typeof scoreFunction>, warmUp = 100) =>
    estimatorVariance(signs, { family, estimator, params: { m: 1.2 } }, seen, {
      seed: 0,
      repeats: 4000,
      warmUp,
    })
  const [whole, plain, average, unsettled, others, chosen] = await Promise.all([
    of(scoreFunction({ particles: 2, raoBlackwell: false })),
    of(scoreFunction({ particles: 2 })),
    of(scoreFunction({ particles: 2, baseline: movingAverage() })),
    of(scoreFunction({ particles: 2, baseline: movingAverage() }), 0),
    of(scoreFunction({ particles: 2, baseline: leaveOneOut() })),
    of(automatic()),
  ])
  const inQ = ({ params }: typeof plain): number =>
    params['c.logits']!.variance.data.reduce((sum, x) => sum + x, 0)
  expect(inQ(plain)).toBeLessThan(inQ(whole) / 2)
  expect(inQ(average)).toBeLessThan(inQ(plain) / 2)
  expect(inQ(unsettled)).toBe(inQ(plain))
  expect(inQ(others)).toBeLessThan(inQ(plain) / 2)
  expect(inQ(chosen)).toBe(inQ(others))
  expect(chosen.choices).toEqual([
    {
      factor: 'c',
      estimator: 'scoreFunction({ baseline: leaveOneOut() })',
      reason: 'its draws are discrete, and have no derivative; the other particles are its baseline',
    },
  ])
  expect(plain.params['m']!.variance.data[0]).toBeGreaterThan(0)
})

const [S, T] = [0.7, 0.6]
const pairOf = model('pair')
  .latent('z', normal(0, 1))
  .latent('u', ({ z }) => normal(z, 1))
  .observed('x', ({ u }) => normal(u, 1))
const drawnInTurn = guide(pairOf)
  .param('a', real())
  .param('b', real())
  .param('c', real())
  .latent('z', ({ a }) => normal(a, S))
  .latent('u', ({ b, c, z }) => normal(add(b, mul(c, z)), T))

test.each([
  ['paths', reparameterization()],
  ['scores', scoreFunction({ baseline: leaveOneOut(), particles: 4 })],
  ['scores, whole cost', scoreFunction({ particles: 4, raoBlackwell: false })],
  ['control variates', scoreFunction({ baseline: controlVariate(), particles: 4 })],
  ['a score, then a path', perSite({ z: scoreFunction() }, reparameterization())],
  ['a path, then a score', perSite({ u: scoreFunction() }, reparameterization())],
] as const)('a guide that draws in turn, by %s: the mean is the gradient', async (_, estimator) => {
  const [x, a, b, c] = [1.4, 0.5, -0.3, 0.8]
  // Of E log p(z) + E log p(u | z) + E log p(x | u), with E u = b + c·a: q's entropy is the same everywhere.
  const [step, left] = [b + (c - 1) * a, x - b - c * a]
  const exact = {
    a: -a - (c - 1) * step + c * left,
    b: -step + left,
    c: -a * step - (c - 1) * S ** 2 + a * left - c * S ** 2,
  }
  const repeats = 20_000
  const { params } = await estimatorVariance(
    pairOf,
    { guide: drawnInTurn, estimator, params: { a, b, c } },
    { x },
    { seed: 1, repeats },
  )
  for (const [name, expected] of Object.entries(exact)) {
    const { mean, variance } = params[name]!
    expect(Math.abs(mean.data[0]! - expected)).toBeLessThan(4 * Math.sqrt(variance.data[0]! / repeats))
  }
})

test('latents that are not centred are measured as their deviations, as they are fitted', async () => {
  const schools = model('schools')
    .latent('tau', normal(0, 1))
    .latent('theta', ({ tau }) => normal(tau, 2), { centered: false })
    .observed('y', ({ theta }) => normal(theta, 1))
  const { params } = await estimatorVariance(schools, {}, { y: 1 }, { seed: 0, repeats: 10 })
  expect(Object.keys(params)).toHaveLength(4)
  expect(Object.keys(params)).not.toContain('theta.loc')
})

test('what does not fit is refused before anything is computed', async () => {
  const estimator = scoreFunction()
  const run = (params: Record<string, never>, repeats = 10) =>
    estimatorVariance(signs, { family, estimator, params }, seen, { seed: 0, repeats })
  await expect(run({ tau: 1 as never })).rejects.toThrow(
    'params "tau" is no parameter that is fitted: there are "m", "c.logits"',
  )
  await expect(run({ 'c.logits': [1, 2] as never })).rejects.toThrow('must have shape [4], got [2]')
  await expect(
    estimatorVariance(pairOf, { guide: drawnInTurn, family }, { x: 1 }, { seed: 0 }),
  ).rejects.toThrow('give a family or a guide, not both')
  await expect(run({}, 1)).rejects.toThrow('repeats must be a whole number ≥ 2, got 1')
  await expect(
    // @ts-expect-error this estimator differentiates draws, and "c" is discrete
    estimatorVariance(signs, { family, estimator: reparameterization() }, seen, { seed: 0 }),
  ).rejects.toThrow('use scoreFunction() or automatic()')
})

test('moments of parts are those of the whole', () => {
  const x = [3, 1, 4, 1, 5, 9, 2, 6]
  const of = (own: readonly number[]) => {
    const mean = own.reduce((a, b) => a + b, 0) / own.length
    const squares = own.reduce((sum, at) => sum + (at - mean) ** 2, 0)
    return { count: own.length, mean: Float64Array.of(mean), squares: Float64Array.of(squares) }
  }
  const [whole, parts] = [of(x), mergedMoments(of(x.slice(0, 3)), of(x.slice(3)))]
  expect(parts.count).toBe(8)
  expect(parts.mean[0]).toBeCloseTo(whole.mean[0]!, 12)
  expect(parts.squares[0]).toBeCloseTo(whole.squares[0]!, 12)
})
