import { describe, expect, expectTypeOf, it } from 'vitest'
import { key, random, type NdArray } from '../../src/index.ts'
import { CHI_SQUARED_CRITICAL, chiSquared, countBetween } from './goodnessOfFit.ts'
import { largestDifference, oracle, unpack } from './oracle.ts'

const TOLERANCE_32 = 1e-6
const TOLERANCE_64 = 1e-12

/** The 5 %, 10 %, …, 95 % quantiles: scipy 1.17, `norm.ppf`. */
const UPPER = [
  0.1256613469, 0.2533471031, 0.3853204664, 0.5244005127, 0.6744897502, 0.8416212336, 1.0364333895,
  1.2815515655, 1.644853627,
]
const QUANTILES = [...UPPER.map((q) => -q).toReversed(), 0, ...UPPER]

describe('random.normal', () => {
  it.each(oracle.seeds)('of seed $seed equals jax.random.normal', ({ seed, normal32, normal64 }) => {
    const shape = [oracle.draws]
    const float32 = random.normal(key(seed), shape).data
    expect(largestDifference(float32, unpack(normal32, Float32Array))).toBeLessThan(TOLERANCE_32)
    const float64 = random.normal(key(seed), shape, { dtype: 'float64' }).data
    expect(largestDifference(float64, unpack(normal64, Float64Array))).toBeLessThan(TOLERANCE_64)
  })

  it('equals jax.random.normal far along the counter and in the tails', () => {
    const { draws, every, normal32, normal64, largest } = oracle.normals
    const float32 = random.normal(key(11), [draws]).data
    const float64 = random.normal(key(11), [draws], { dtype: 'float64' }).data
    const isSeen = (_: number, i: number): boolean => i % every === 0
    expect(largestDifference(float32.filter(isSeen), unpack(normal32, Float32Array))).toBeLessThan(
      TOLERANCE_32,
    )
    expect(largestDifference(float64.filter(isSeen), unpack(normal64, Float64Array))).toBeLessThan(
      TOLERANCE_64,
    )
    const tail32 = largest['32'].places.map((place) => float32[place]!)
    expect(largestDifference(tail32, unpack(largest['32'].values, Float32Array))).toBeLessThan(TOLERANCE_32)
    const tail64 = largest['64'].places.map((place) => float64[place]!)
    expect(largestDifference(tail64, unpack(largest['64'].values, Float64Array))).toBeLessThan(TOLERANCE_64)
  })

  it.each(['float32', 'float64'] as const)(
    'falls between the quantiles as often as it should, in %s',
    (dtype) => {
      const n = 100_000
      const counts = countBetween(random.normal(key(4), [n], { dtype }).data, QUANTILES)
      expect(
        chiSquared(
          counts,
          counts.map(() => n / 20),
        ),
      ).toBeLessThan(CHI_SQUARED_CRITICAL[19]!)
    },
  )

  it('comes in any shape', () => {
    expect(random.normal(key(5), []).at()).toBeCloseTo(oracle.shapes.scalar, 6)
    expect(random.normal(key(5), [0]).size).toBe(0)
    expect(random.normal(key(5), [3, 1, 2]).shape).toEqual([3, 1, 2])
  })

  it('has the typed array of its dtype in its type', () => {
    expectTypeOf(random.normal(key(0), [1])).toEqualTypeOf<NdArray<Float32Array>>()
    expectTypeOf(random.normal(key(0), [1], { dtype: 'float64' })).toEqualTypeOf<NdArray<Float64Array>>()
  })
})
