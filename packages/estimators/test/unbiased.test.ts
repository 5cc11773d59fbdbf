import '@tensorflow/tfjs-backend-cpu'
import { ndarray } from '@variate/core'
import {
  automatic,
  controlVariate,
  leaveOneOut,
  movingAverage,
  networkBaseline,
  perSite,
  reparameterization,
  scoreFunction,
  stickingTheLanding,
  type Estimator,
  type Problem,
} from '@variate/estimators'
import { expect, test } from 'vitest'
import { mixedBound, signGradient } from './oracles.ts'
import { level, mixed, signs } from './problems.ts'
import { momentsOf, sampled, type Given } from './sampled.ts'

const KEYS = 20_000

const scores: Readonly<Record<string, Estimator>> = {
  'score function': scoreFunction(),
  'score function, whole cost': scoreFunction({ raoBlackwell: false }),
  'score function, moving average': scoreFunction({ baseline: movingAverage() }),
  'score function, moving average, whole cost': scoreFunction({
    baseline: movingAverage(),
    raoBlackwell: false,
  }),
  'score function, network': scoreFunction({ baseline: networkBaseline({ hidden: 3 }), particles: 2 }),
  'score function, leave one out, 2': scoreFunction({ baseline: leaveOneOut() }),
  'score function, leave one out, 4': scoreFunction({ baseline: leaveOneOut(), particles: 4 }),
  'score function, control variate, 2': scoreFunction({ baseline: controlVariate() }),
  'score function, control variate, 5': scoreFunction({ baseline: controlVariate(), particles: 5 }),
  automatic: automatic(),
  'automatic, 1 particle': automatic({ particles: 1 }),
}
const paths: Readonly<Record<string, Estimator>> = {
  reparameterization: reparameterization(),
  'sticking the landing': stickingTheLanding({ particles: 2 }),
}
const perSites: Readonly<Record<string, Estimator>> = {
  'per site': perSite({
    z: reparameterization({ particles: 2 }),
    c: scoreFunction({ baseline: leaveOneOut() }),
    u: stickingTheLanding({ particles: 2 }),
  }),
  'per site, scores around a path': perSite(
    { u: reparameterization({ particles: 2 }) },
    scoreFunction({ baseline: leaveOneOut() }),
  ),
  'per site, control variates': perSite({ c: scoreFunction({ baseline: controlVariate(), particles: 3 }) }),
}

const MIDWAY = { total: -2.3, weight: 0.9 }

/** States as they are in the middle of a fit: baselines of 0 would show nothing. */
function midway(problem: Problem, estimator: Estimator): unknown {
  const begun = estimator.init(problem, 'test') as Record<string, Record<string, object>>
  return Object.fromEntries(
    Object.entries(begun).map(([name, state]) => [
      name,
      'total' in state
        ? MIDWAY
        : 'average' in state
          ? {
              ...state,
              average: MIDWAY,
              weights: { ...state['weights'], outerBias: ndarray(Float64Array.of(-0.7), [1]) },
            }
          : state,
    ]),
  )
}

/** How many standard errors means are from what they should be, the largest of all. */
function farthest(
  problem: Problem,
  estimator: Estimator,
  parameters: Given,
  exact: Readonly<Record<string, number>>,
): number {
  const all = sampled(problem, estimator, parameters, KEYS, { state: midway(problem, estimator) })
  const errors = Object.entries(exact).map(([name, expected]) => {
    const { mean, meanError } = momentsOf(all[name]!)
    return Math.abs(mean - expected) / (meanError + 1e-10)
  })
  return Math.max(...errors)
}

test.each(Object.entries(scores))('%s: unbiased for a Bernoulli latent', (_, estimator) => {
  const { z, m } = signGradient(0.7, 1.2, 0.4)
  const parameters = { model: { m: 1.2 }, guide: { z: 0.4 } }
  expect(farthest(signs(0.7), estimator, parameters, { 'guide.z': z, 'model.m': m })).toBeLessThan(4)
})

test.each(Object.entries({ ...scores, ...paths }))('%s: unbiased for a normal latent', (_, estimator) => {
  const [x, theta, loc, logScale] = [1.3, 0.2, -0.4, -0.3]
  const exact = {
    'model.theta': x - theta - loc,
    'guide.loc': x - theta - 2 * loc,
    'guide.logScale': 1 - 2 * Math.exp(2 * logScale),
  }
  const parameters = { model: { theta }, guide: { loc, logScale } }
  expect(farthest(level(x), estimator, parameters, exact)).toBeLessThan(4)
})

test.each(Object.entries({ ...scores, ...perSites }))(
  '%s: unbiased where discrete latents depend on continuous ones, and these on them',
  (_, estimator) => {
    const guide = { loc: 0.3, logScale: -0.5, a: -0.2, b: 0.8, d: -0.4, e: 1.1, s: -0.6 }
    const exact = Object.fromEntries(
      Object.entries(guide).map(([name, at]) => {
        const bound = (moved: number): number => mixedBound(0.9, { ...guide, [name]: moved })
        return [`guide.${name}`, (bound(at + 1e-4) - bound(at - 1e-4)) / 2e-4]
      }),
    )
    expect(farthest(mixed(0.9), estimator, { model: {}, guide }, exact)).toBeLessThan(4)
  },
)
