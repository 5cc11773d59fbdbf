import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { key } from '@variate/core'
import { eliminate } from '../../src/exact/eliminate.ts'
import { eliminationPlan } from '../../src/exact/eliminationPlan.ts'
import { combinations, type Factor } from '../../src/exact/factor.ts'

/** All combinations of values with the logarithm of their product, one by one. */
function enumerated(cardinalities: readonly number[], factors: readonly Factor[]) {
  const count = cardinalities.reduce((a, b) => a * b, 1)
  return Array.from({ length: count }, (_, at) => {
    const values: number[] = []
    let rest = at
    for (const cardinality of cardinalities.toReversed()) {
      values.unshift(rest % cardinality)
      rest = Math.floor(rest / cardinality)
    }
    const placeOf = ({ variables }: Factor): number =>
      variables.reduce((place, variable) => place * cardinalities[variable]! + values[variable]!, 0)
    const places = factors.map(placeOf)
    const log = factors.reduce((sum, { table }, i) => sum + table[places[i]!]!, 0)
    return { values, places, log }
  })
}

const problem = fc
  .array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 6 })
  .chain((cardinalities) => {
    const scope = fc.subarray(
      cardinalities.map((_, variable) => variable),
      { maxLength: Math.min(3, cardinalities.length) },
    )
    const factor = scope.chain((variables) =>
      fc
        .array(fc.oneof(fc.double({ min: -4, max: 4, noNaN: true }), fc.constant(-Infinity)), {
          minLength: combinations(variables, cardinalities),
          maxLength: combinations(variables, cardinalities),
        })
        .map((table): Factor => ({ variables, table: Float64Array.from(table) })),
    )
    return fc.record({
      cardinalities: fc.constant(cardinalities),
      factors: fc.array(factor, { maxLength: 6 }),
    })
  })

describe('what is summed out one by one is what the sum over all combinations is', () => {
  test('in total, for the probabilities of each factor, and for the mode', () => {
    fc.assert(
      fc.property(problem, ({ cardinalities, factors }) => {
        const all = enumerated(cardinalities, factors)
        const total = all.reduce((sum, { log }) => sum + Math.exp(log), 0)
        const found = eliminate(cardinalities, factors)
        // Where nothing is possible both are −∞, and there are no probabilities.
        expect(total === 0).toBe(found.logTotal === -Infinity)
        if (total === 0) return
        expect(Math.abs(Math.expm1(found.logTotal - Math.log(total)))).toBeLessThan(1e-11)
        for (const [i, own] of found.weights().entries()) {
          const expected = new Float64Array(own.length)
          for (const { places, log } of all) expected[places[i]!]! += Math.exp(log) / total
          for (const [at, p] of own.entries()) expect(Math.abs(p - expected[at]!)).toBeLessThan(1e-12)
        }
        const best = Math.max(...all.map(({ log }) => log))
        const mode = [...found.mode()]
        const ofMode = all.find(({ values }) => String(values) === String(mode))!.log
        expect(Math.abs(ofMode - best)).toBeLessThan(1e-12)
      }),
      { numRuns: 300, seed: 1 },
    )
  })

  test('draws have the probabilities of combinations', () => {
    const cardinalities = [2, 3, 2]
    const factors: Factor[] = [
      { variables: [0, 1], table: Float64Array.of(0, 1, -1, 0.5, -Infinity, 2) },
      { variables: [2, 1], table: Float64Array.of(1, 0, 0, -1, 2, 1) },
    ]
    const all = enumerated(cardinalities, factors)
    const total = all.reduce((sum, { log }) => sum + Math.exp(log), 0)
    const count = 20_000
    const draws = eliminate(cardinalities, factors).sample(key(0), count)
    let chi = 0
    for (const { values, log } of all) {
      const expected = (count * Math.exp(log)) / total
      const seen = draws.filter((draw) => String(draw) === String(values)).length
      chi += expected === 0 ? seen * Infinity || 0 : (seen - expected) ** 2 / expected
    }
    // 9 degrees of freedom: the quantile of 1 − 1e-6.
    expect(chi).toBeLessThan(46)
  })
})

test('a chain is summed out in products of two steps, a tree likewise, and what is apart one by one', () => {
  const steps = 1000
  const chain = Array.from({ length: steps - 1 }, (_, t) => ({ variables: [t, t + 1] }))
  expect(eliminationPlan(new Int32Array(steps).fill(8), chain)).toMatchObject({ largest: 64 })
  const star = Array.from({ length: 50 }, (_, leaf) => ({ variables: [leaf + 1, 0] }))
  expect(eliminationPlan(new Int32Array(51).fill(3), star)).toMatchObject({ largest: 9 })
  const apart = Array.from({ length: 10_000 }, (_, i) => ({ variables: [i] }))
  expect(eliminationPlan(new Int32Array(10_000).fill(5), apart)).toMatchObject({ largest: 5, total: 50_000 })
})
