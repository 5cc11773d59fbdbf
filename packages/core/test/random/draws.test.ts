import { describe, expect, expectTypeOf, it } from 'vitest'
import { DomainError, key, ndarray, random, ShapeError, type NdArray } from '../../src/index.ts'
import { fillBeta } from '../../src/random/fillBeta.ts'
import { fillBinomial } from '../../src/random/fillBinomial.ts'
import { fillDirichlet } from '../../src/random/fillDirichlet.ts'
import { fillExponential } from '../../src/random/fillExponential.ts'
import { fillGamma } from '../../src/random/fillGamma.ts'
import { fillPoisson } from '../../src/random/fillPoisson.ts'
import { fillTruncatedNormal } from '../../src/random/fillTruncatedNormal.ts'
import { fillVonMises } from '../../src/random/fillVonMises.ts'

const of = (...x: readonly number[]): Float64Array => Float64Array.from(x)
const filled = <Data>(out: Data, fill: (out: Data) => void): Data => {
  fill(out)
  return out
}

describe('draws from distributions', () => {
  it('are those of the samplers, in float32 if not told otherwise', () => {
    const float = (fill: (out: Float32Array) => void): Float32Array => filled(new Float32Array(6), fill)
    const int = (fill: (out: Int32Array) => void): Int32Array => filled(new Int32Array(6), fill)
    const k = key(5)
    const shape = [2, 3]
    expect(random.gamma(k, shape, { concentration: 2 }).data).toEqual(
      float((out) => fillGamma(k, of(2), out)),
    )
    expect(random.exponential(k, shape).data).toEqual(float((out) => fillExponential(k, of(1), out)))
    expect(random.beta(k, shape, { concentration1: 2, concentration0: 3 }).data).toEqual(
      float((out) => fillBeta(k, of(2), of(3), out)),
    )
    expect(random.dirichlet(k, [2], { concentration: [1, 2, 3] }).data).toEqual(
      float((out) => fillDirichlet(k, of(1, 2, 3), 3, out)),
    )
    expect(random.vonMises(k, shape, { concentration: 2 }).data).toEqual(
      float((out) => fillVonMises(k, of(2), out)),
    )
    expect(random.truncatedNormal(k, shape, { low: 1 }).data).toEqual(
      float((out) => fillTruncatedNormal(k, of(1), of(Infinity), out)),
    )
    expect(random.poisson(k, shape, { rate: 20 }).data).toEqual(int((out) => fillPoisson(k, of(20), out)))
    expect(random.binomial(k, shape, { total: 9, probs: 0.3 }).data).toEqual(
      int((out) => fillBinomial(k, of(9), of(0.3), out)),
    )
  })

  it('come in any shape', () => {
    expect(random.gamma(key(0), [], { concentration: 2 }).rank).toBe(0)
    expect(random.gamma(key(0), [2, 3, 1], { concentration: 2 }).shape).toEqual([2, 3, 1])
    expect(random.poisson(key(0), [0, 3], { rate: [1, 2, 3] }).shape).toEqual([0, 3])
    expect(random.dirichlet(key(0), [4, 2], { concentration: [1, 1, 1] }).shape).toEqual([4, 2, 3])
    expect(random.dirichlet(key(0), [], { concentration: [1, 1] }).shape).toEqual([2])
  })

  it('broadcast parameters to their shape', () => {
    const counts = random.binomial(key(0), [2, 3], { total: [[10], [1000]], probs: [0, 0.5, 1] })
    expect(counts.at(0, 0)).toBe(0)
    expect(counts.at(1, 0)).toBe(0)
    expect(counts.at(0, 2)).toBe(10)
    expect(counts.at(1, 2)).toBe(1000)
    const expected = filled(new Int32Array(6), (out) =>
      fillBinomial(key(0), of(10, 10, 10, 1000, 1000, 1000), of(0, 0.5, 1), out),
    )
    expect(counts.data).toEqual(expected)
    const concentration = [
      [1e-9, 1, 1e9],
      [1e9, 1, 1e-9],
    ]
    const rows = random.dirichlet(key(0), [5, 2], { concentration })
    for (let i = 0; i < 5; i++) {
      expect(rows.at(i, 0, 2)).toBeCloseTo(1, 6)
      expect(rows.at(i, 1, 0)).toBeCloseTo(1, 6)
    }
  })

  it('take parameters as nested arrays, typed arrays, plain data and tensors', () => {
    const draws = random.gamma(key(0), [2, 3], { concentration: [1, 2, 3] }).data
    for (const concentration of [
      of(1, 2, 3),
      ndarray(of(1, 2, 3)),
      { shape: [3], dataSync: () => of(1, 2, 3) },
    ]) {
      expect(random.gamma(key(0), [2, 3], { concentration }).data).toEqual(draws)
    }
  })

  it('have the typed array of their dtype in their type', () => {
    expectTypeOf(random.gamma(key(0), [1], { concentration: 1 })).toEqualTypeOf<NdArray<Float32Array>>()
    const float64 = random.beta(key(0), [1], { concentration1: 1, concentration0: 1, dtype: 'float64' })
    expectTypeOf(float64).toEqualTypeOf<NdArray<Float64Array>>()
    expectTypeOf(random.exponential(key(0), [1])).toEqualTypeOf<NdArray<Float32Array>>()
    expectTypeOf(random.poisson(key(0), [1], { rate: 1 })).toEqualTypeOf<NdArray<Int32Array>>()
  })

  it('of a beta distribution near 0 and 1 are numbers', () => {
    const options = { concentration1: 1e-300, concentration0: 1e-300, dtype: 'float64' } as const
    const draws = random.beta(key(0), [1000], options).data
    expect(new Set(draws)).toEqual(new Set([0, 1]))
  })

  it.each<[string, () => unknown, string]>([
    [
      'gamma',
      () => random.gamma(key(0), [2], { concentration: -1 }),
      'concentration must be > 0 and finite, got -1',
    ],
    [
      'gamma',
      () => random.gamma(key(0), [2], { concentration: [1, 0] }),
      'concentration must be > 0 and finite, got 0 at [1]',
    ],
    [
      'gamma',
      () =>
        random.gamma(key(0), [2, 2], {
          concentration: [
            [1, 2],
            [3, NaN],
          ],
        }),
      'concentration must be > 0 and finite, got NaN at [1,1]',
    ],
    [
      'gamma',
      () => random.gamma(key(0), [2], { concentration: 1, dtype: 'int8' as 'float32' }),
      "dtype must be 'float32' or 'float64', got int8",
    ],
    ['gamma', () => random.gamma(0 as never, [2], { concentration: 1 }), 'expected a key'],
    [
      'gamma',
      () => random.gamma(key(0), [2], { concentration: 'a' as never }),
      'concentration must be a number',
    ],
    [
      'exponential',
      () => random.exponential(key(0), [2], { rate: Infinity }),
      'rate must be > 0 and finite, got Infinity',
    ],
    [
      'beta',
      () => random.beta(key(0), [2], { concentration1: 1, concentration0: 0 }),
      'concentration0 must be > 0 and finite, got 0',
    ],
    [
      'dirichlet',
      () => random.dirichlet(key(0), [2], { concentration: [1, -2] }),
      'concentration must be > 0 and finite, got -2 at [1]',
    ],
    [
      'vonMises',
      () => random.vonMises(key(0), [2], { concentration: -0.5 }),
      'concentration must be >= 0 and finite, got -0.5',
    ],
    [
      'truncatedNormal',
      () => random.truncatedNormal(key(0), [2], { low: 1, high: 1 }),
      'low must be < high, got low 1, high 1',
    ],
    [
      'truncatedNormal',
      () => random.truncatedNormal(key(0), [2], { low: [0, 2], high: 1 }),
      'low must be < high, got low 2, high 1 at [1]',
    ],
    [
      'truncatedNormal',
      () => random.truncatedNormal(key(0), [2], { low: NaN }),
      'low must be a number, got NaN',
    ],
    ['truncatedNormal', () => random.truncatedNormal(key(0), [2], { low: Infinity }), 'low must be < high'],
    [
      'poisson',
      () => random.poisson(key(0), [2], { rate: 3e9 }),
      'rate must be from 0 to 2e9, got 3000000000',
    ],
    [
      'binomial',
      () => random.binomial(key(0), [2], { total: 2.5, probs: 0.5 }),
      'total must be a whole number from 0 to 2^31 - 1, got 2.5',
    ],
    [
      'binomial',
      () => random.binomial(key(0), [2], { total: 2, probs: [0.5, 1.5] }),
      'probs must be from 0 to 1, got 1.5 at [1]',
    ],
  ])('of random.%s are refused with %#', (name, draw, message) => {
    expect(draw).toThrow(DomainError)
    expect(draw).toThrow(`random.${name}: ${message}`)
  })

  it.each<[string, () => unknown, string]>([
    ['gamma', () => random.gamma(key(0), [2], { concentration: [1, 2, 3] }), 'do not broadcast'],
    [
      'gamma',
      () => random.gamma(key(0), [2], { concentration: [[1], [2]] }),
      'concentration of shape [2,1] does not broadcast to draws of shape [2]',
    ],
    [
      'gamma',
      () => random.gamma(key(0), [], { concentration: [1, 2] }),
      'concentration of shape [2] does not broadcast to draws of shape []',
    ],
    ['dirichlet', () => random.dirichlet(key(0), [2], { concentration: 1 }), 'at least one category'],
    ['dirichlet', () => random.dirichlet(key(0), [2], { concentration: [] }), 'at least one category'],
  ])('of random.%s whose shapes do not fit are refused, %#', (name, draw, message) => {
    expect(draw).toThrow(ShapeError)
    expect(draw).toThrow(new RegExp(`random\\.${name}.*${message.replace(/[[\]]/g, '\\$&')}`))
  })
})
