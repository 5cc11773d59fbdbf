import { describe, expect, test } from 'vitest'
import { psis } from '@variate/inference'
import oracle from './oracles/diagnostics.json' with { type: 'json' }

test.each(oracle.weights)('of $n draws of a normal of scale $scale: what ArviZ has', (own) => {
  const { logWeights, kHat, effectiveSampleSize } = psis(own.logWeights)
  expect(kHat).toBeCloseTo(own.kHat, 10)
  expect(effectiveSampleSize / own.effectiveSampleSize).toBeCloseTo(1, 10)
  for (const [i, expected] of own.smoothed.entries()) expect(logWeights[i]).toBeCloseTo(expected, 10)
})

test('normalised weights do not depend on a constant, nor on the order of the draws', () => {
  const { logWeights: given } = oracle.weights[1]!
  const plain = psis(given)
  const shifted = psis(given.map((x) => x - 1e4))
  const turned = psis(given.toReversed())
  expect(plain.logWeights.reduce((sum, x) => sum + Math.exp(x), 0)).toBeCloseTo(1, 12)
  for (const [i, x] of plain.logWeights.entries()) {
    expect(shifted.logWeights[i]).toBeCloseTo(x, 8)
    expect(turned.logWeights[given.length - 1 - i]).toBeCloseTo(x, 10)
  }
})

test('equal weights stay equal, and weights that are 0 stay 0, in the tail as well', () => {
  const equal = psis(new Float64Array(100).fill(-3))
  expect(equal.kHat).toBe(-Infinity)
  expect(equal.effectiveSampleSize).toBeCloseTo(100, 10)
  expect(equal.reliability).toBe('good')
  const few = psis(Float64Array.from({ length: 1000 }, (_, i) => (i < 10 ? i : -Infinity)))
  expect(few.logWeights.filter((x) => x === -Infinity)).toHaveLength(990)
})

describe('what k̂ means', () => {
  /** Quantiles of weights whose tail has a Pareto shape. */
  const ofShape = (shape: number, n: number) =>
    Array.from({ length: n }, (_, i) => -shape * Math.log(1 - (i + 0.5) / n))

  test.each([
    [0.3, 2000, 'good', 'can be relied upon'],
    [0.58, 100, 'bad', /off by more than .* draw \d+ or more/],
    [0.85, 2000, 'bad', 'come nearer to the posterior'],
    [1.4, 2000, 'very bad', 'no number of draws makes up for it'],
    [0.3, 20, 'unknown', 'draw 21 or more'],
  ])('of shape %f with %i draws it is told', (shape, n, reliability, advice) => {
    const result = psis(ofShape(shape, n))
    expect(result.reliability).toBe(reliability)
    expect(result.advice).toMatch(advice)
  })

  test('the number of draws that is advised is one with which the shape is good', () => {
    const { kHat, advice } = psis(ofShape(0.58, 100))
    const enough = Number(/draw (\d+) or more/.exec(advice)![1])
    expect(kHat).toBeLessThanOrEqual(1 - 1 / Math.log10(enough))
    expect(kHat).toBeGreaterThan(1 - 1 / Math.log10(enough - 2))
  })
})

test('what is no log weight is told of', () => {
  expect(() => psis([0, NaN])).toThrow('psis: log weights must be numbers or -Infinity, got NaN at [1]')
  expect(() => psis([Infinity])).toThrow('got Infinity at [0]')
  expect(() => psis([])).toThrow('one log weight at least')
  expect(() => psis([-Infinity, -Infinity])).toThrow('all 2 weights are 0')
  expect(() => psis(undefined as never)).toThrow('must be an array of numbers')
})
