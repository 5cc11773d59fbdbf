import '@tensorflow/tfjs-backend-cpu'
import { normal } from '@variate/distributions'
import {
  analyticKl,
  importanceWeighted,
  reparameterization,
  scoreFunction,
  stickingTheLanding,
  leaveOneOut,
  weightedKl,
  type Estimator,
} from '@variate/estimators'
import { adam, amortized, bbvi, schedules } from '@variate/inference'
import { mlp, model } from '@variate/language'
import { expect, test } from 'vitest'

const [NOISE, X] = [0.5, 1.2]
const one = model('one')
  .latent('z', normal(0, 1))
  .observed('x', ({ z }) => normal(z, NOISE))
const settings = {
  optimizer: adam({ rate: schedules.cosineDecay({ start: 0.05, steps: 3000 }) }),
  steps: 3000,
  convergence: false,
} as const

// −(m − x)²/2s² − v/2s² − β(m² + v − log v)/2 is highest at m = x/(1 + βs²), v = βs²/(1 + βs²).
const BETA = 3
const optimum = { mean: X / (1 + BETA * NOISE ** 2), variance: (BETA * NOISE ** 2) / (1 + BETA * NOISE ** 2) }
const weight = { weight: BETA }
const estimators: Readonly<Record<string, Estimator<never>>> = {
  reparameterization: weightedKl(reparameterization({ particles: 8 }), weight),
  'in closed form': analyticKl(weightedKl(reparameterization({ particles: 8 }), weight)),
  'sticking the landing': weightedKl(stickingTheLanding({ particles: 8 }), weight),
  'score function': weightedKl(scoreFunction({ particles: 16, baseline: leaveOneOut() }), weight),
} as never

test.each(Object.entries(estimators))(
  'a weighted divergence has its optimum where it must: %s',
  async (_, estimator) => {
    const { posterior } = await bbvi(one, { ...settings, estimator: estimator as never }).fit(
      { x: X },
      { seed: 0 },
    )
    expect(Math.abs(posterior.mean.z.data[0]! - optimum.mean)).toBeLessThan(0.02)
    expect(Math.abs(posterior.variance.z.data[0]! - optimum.variance)).toBeLessThan(0.02)
  },
)

test('below the free bits nothing presses the divergence down', async () => {
  const FREE = 2
  const divergence = async (freeBits: number): Promise<number> => {
    const estimator = analyticKl(weightedKl(reparameterization({ particles: 8 }), { weight: BETA, freeBits }))
    const { posterior } = await bbvi(one, { ...settings, estimator }).fit({ x: X }, { seed: 0 })
    const [m, v] = [posterior.mean.z.data[0]!, posterior.variance.z.data[0]!]
    return 0.5 * (m ** 2 + v - 1 - Math.log(v))
  }
  const { mean: m, variance: v } = optimum
  expect(Math.abs((await divergence(0)) - 0.5 * (m ** 2 + v - 1 - Math.log(v)))).toBeLessThan(0.02)
  expect(Math.abs((await divergence(FREE)) - FREE)).toBeLessThan(0.05)
})

test('a warm-up ends where the fit without one does, and begins without a divergence', async () => {
  const linear = model('linear').plate('item', 'n', (item) =>
    item.latent('z', normal(0, 1)).observed('x', ({ z }) => normal(z, NOISE)),
  )
  const encoder = { z: { from: 'x', network: mlp([1, 4], { output: 'linear' }) } } as const
  const x = [0.3, -1.2, 0.8, 2.1]
  const fitOf = (warmUp: number, epochs: number) =>
    amortized(linear, {
      encoder,
      estimator: reparameterization({ particles: 8 }),
      warmUp,
      epochs,
      beta: BETA,
      optimizer: adam({ rate: schedules.cosineDecay({ start: 0.03, steps: epochs }) }),
    }).fit({ x }, { seed: 0 })
  const { mean, variance } = await (await fitOf(200, 1500)).encode(x)
  x.forEach((own, i) => {
    expect(Math.abs(mean.z.data[i]! - own / (1 + BETA * NOISE ** 2))).toBeLessThan(0.03)
    expect(Math.abs(variance.z.data[i]! - optimum.variance)).toBeLessThan(0.03)
  })
  // With β near 0 the variance falls towards 0 and the mean goes to x; the rise is as long as the fit.
  const early = await (await fitOf(30_000, 400)).encode(x)
  x.forEach((own, i) => expect(Math.abs(early.mean.z.data[i]! - own)).toBeLessThan(0.1))
  expect(Math.max(...early.variance.z.data)).toBeLessThan(0.5 * optimum.variance)
})

test('bounds of whole weights, and divergences in closed form already, are not weighed', () => {
  expect(() => weightedKl(importanceWeighted({ particles: 2 }), weight)).toThrow(
    'climbs a function of whole weights',
  )
  expect(() => weightedKl(reparameterization(), { freeBits: NaN })).toThrow(
    'freeBits must be a number ≥ 0, got NaN',
  )
})
