import '@tensorflow/tfjs-backend-cpu'
import type { Tensor } from '@tensorflow/tfjs-core'
import { compile } from '@variate/compile'
import { key as keyOf, NdArray, split } from '@variate/core'
import { constant } from '@variate/core/ops'
import {
  controlVariate,
  gradientVariance,
  leaveOneOut,
  movingAverage,
  scoreFunction,
  type Estimator,
  type ObjectiveParameters,
} from '@variate/estimators'
import { expect, test } from 'vitest'
import { outcomes, overAllDraws } from './oracles.ts'
import { signs } from './problems.ts'
import { arraysOf, momentsOf, sampled } from './sampled.ts'

const [X, M, LOG_ODDS] = [0.7, 1.2, 0.4]
const KEYS = 20_000
const parameters = { model: { m: M }, guide: { z: LOG_ODDS } }

function measured(estimator: Estimator, state?: unknown) {
  return momentsOf(sampled(signs(X), estimator, parameters, KEYS, { state })['guide.z']!)
}

function exactly(particles: number, baseline: (costs: readonly number[], at: number) => number) {
  return overAllDraws(X, M, LOG_ODDS, particles, baseline).variance
}

const others = (costs: readonly number[], at: number): number =>
  (costs.reduce((a, b) => a + b, 0) - costs[at]!) / (costs.length - 1)

// E[fh]/E[h²] over the other particles, of the scores that their costs tell.
const weighed = (costs: readonly number[], at: number): number => {
  const rest = costs.filter((_, i) => i !== at)
  const squares = rest.map((cost) => outcomes(X, M, LOG_ODDS).find((of) => of.cost === cost)!.score ** 2)
  return rest.reduce((sum, cost, i) => sum + squares[i]! * cost, 0) / squares.reduce((a, b) => a + b, 0)
}

// Sums over all draws, in plain TypeScript.
test.each([
  ['plain', scoreFunction(), exactly(1, () => 0), undefined],
  ['plain, 3 particles', scoreFunction({ particles: 3 }), exactly(3, () => 0), undefined],
  ['moving average', scoreFunction({ baseline: movingAverage() }), exactly(1, () => -2.5), -2.5],
  ['leave one out, 2', scoreFunction({ baseline: leaveOneOut() }), exactly(2, others), undefined],
  [
    'leave one out, 4',
    scoreFunction({ baseline: leaveOneOut(), particles: 4 }),
    exactly(4, others),
    undefined,
  ],
  ['control variate, 2', scoreFunction({ baseline: controlVariate() }), exactly(2, weighed), undefined],
  [
    'control variate, 4',
    scoreFunction({ baseline: controlVariate(), particles: 4 }),
    exactly(4, weighed),
    undefined,
  ],
] as const)('%s: the variance of the gradient is that of all draws', (_, estimator, exact, average) => {
  const state = average === undefined ? undefined : { z: { total: average, weight: 1 } }
  const { variance, varianceError } = measured(estimator, state)
  expect(Math.abs(variance - exact), `${variance}, expected ${exact} ± ${varianceError}`).toBeLessThan(
    4 * varianceError,
  )
})

test('with the same number of particles, leave-one-out and control variates vary less than plain scores', () => {
  const plain = exactly(4, () => 0)
  expect(exactly(4, others)).toBeLessThan(plain / 4)
  expect(exactly(4, weighed)).toBeLessThan(plain / 4)
})

test('Rao-Blackwellised gradients vary less in a plate: as the sums over its elements tell', () => {
  const data = Array.from({ length: 20 }, (_, i) => Math.sin(i) + 0.1 * i)
  const logOdds = data.map((_, i) => Math.cos(i))
  const elements = data.map((x, i) => outcomes(x, M, logOdds[i]!))
  const mean = (i: number, f: (of: (typeof elements)[number][number]) => number): number =>
    elements[i]!.reduce((total, of) => total + of.probability * f(of), 0)
  const costs = elements.map((_, i) => mean(i, ({ cost }) => cost))
  const spreads = elements.map((_, i) => mean(i, ({ cost }) => cost ** 2) - costs[i]! ** 2)
  const [all, spread] = [costs, spreads].map((own) => own.reduce((a, b) => a + b, 0)) as [number, number]
  const problem = signs(() => constant(Float64Array.from(data)), data.length)
  const given = { model: { m: M }, guide: { z: new NdArray(Float64Array.from(logOdds), [20]) } }
  for (const raoBlackwell of [true, false]) {
    const samples = sampled(problem, scoreFunction({ raoBlackwell }), given, KEYS)
    for (let i = 0; i < data.length; i++) {
      // What the whole cost adds is independent of the element, and of it mean and variance are known.
      const [shift, more] = raoBlackwell ? [0, 0] : [all - costs[i]!, spread - spreads[i]!]
      const first = mean(i, ({ score, cost }) => score * cost)
      const second = mean(i, ({ score, cost }) => score ** 2 * ((cost + shift) ** 2 + more))
      const got = momentsOf(samples[`guide.z[${i}]`]!)
      expect(Math.abs(got.mean - first)).toBeLessThan(4 * got.meanError)
      expect(Math.abs(got.variance - (second - first ** 2))).toBeLessThan(4 * got.varianceError)
      const own = mean(i, (of) => (of.score * of.cost) ** 2)
      expect(got.variance / own < 20).toBe(raoBlackwell)
    }
  }
})

test('gradientVariance gives the moments of the gradients at its keys', () => {
  const estimator = scoreFunction({ baseline: leaveOneOut() })
  const count = 300
  const keys = Int32Array.from(
    split(keyOf(0), count).flatMap((own) => [...own]),
    (word) => word | 0,
  )
  const { mean, variance, signalToNoise } = compile(
    (own: ObjectiveParameters, all: Tensor) => gradientVariance(signs(X), estimator, own, all, {}) as never,
    { precision: 'float64' },
  )(arraysOf(parameters) as never, new NdArray(keys, [count, 2]) as never) as unknown as Record<
    'mean' | 'variance' | 'signalToNoise',
    { guide: { z: NdArray }; model: { m: NdArray } }
  >
  const all = sampled(signs(X), estimator, parameters, count)
  for (const [at, name] of [
    ['guide', 'z'],
    ['model', 'm'],
  ] as const) {
    const expected = momentsOf(all[`${at}.${name}`]!)
    const entry = (of: Record<string, Record<string, NdArray>>): number => of[at]![name]!.data[0]!
    expect(entry(mean as never)).toBeCloseTo(expected.mean, 10)
    expect(entry(variance as never)).toBeCloseTo(expected.variance, 10)
    expect(entry(signalToNoise as never)).toBeCloseTo(
      Math.abs(expected.mean) / Math.sqrt(expected.variance),
      10,
    )
  }
})
