import { describe, expect, expectTypeOf, it } from 'vitest'
import { DomainError, key, random, type NdArray } from '../../src/index.ts'
import { KOLMOGOROV_CRITICAL, kolmogorov } from './goodnessOfFit.ts'
import { oracle, unpack } from './oracle.ts'

describe('random.uniform', () => {
  it.each(oracle.seeds)('of seed $seed equals jax.random.uniform', ({ seed, uniform32, uniform64 }) => {
    const shape = [oracle.draws]
    expect(random.uniform(key(seed), shape).data).toEqual(unpack(uniform32, Float32Array))
    expect(random.uniform(key(seed), shape, { dtype: 'float64' }).data).toEqual(
      unpack(uniform64, Float64Array),
    )
  })

  it.each(oracle.intervals)(
    'on [$low, $high) equals jax.random.uniform',
    ({ low, high, uniform32, uniform64 }) => {
      expect(random.uniform(key(11), [200], { low, high }).data).toEqual(unpack(uniform32, Float32Array))
      const draws = random.uniform(key(11), [200], { low, high, dtype: 'float64' })
      expect(draws.data).toEqual(unpack(uniform64, Float64Array))
    },
  )

  it('passes the Kolmogorov–Smirnov test', () => {
    expect(kolmogorov(random.uniform(key(1), [100_000]).data)).toBeLessThan(KOLMOGOROV_CRITICAL)
    const draws = random.uniform(key(2), [100_000], { dtype: 'float64' })
    expect(kolmogorov(draws.data)).toBeLessThan(KOLMOGOROV_CRITICAL)
  })

  it('comes in any shape', () => {
    expect(random.uniform(key(5), [2, 3]).toNested()).toEqual(oracle.shapes.matrix)
    expect(random.uniform(key(5), []).rank).toBe(0)
    expect(random.uniform(key(5), [0]).toNested()).toEqual([])
  })

  it('has the typed array of its dtype in its type', () => {
    expectTypeOf(random.uniform(key(0), [1])).toEqualTypeOf<NdArray<Float32Array>>()
    expectTypeOf(random.uniform(key(0), [1], { low: -1 })).toEqualTypeOf<NdArray<Float32Array>>()
    expectTypeOf(random.uniform(key(0), [1], { dtype: 'float64' })).toEqualTypeOf<NdArray<Float64Array>>()
  })

  it.each([
    { low: 1, high: 1 },
    { low: 2, high: 1 },
    { low: NaN, high: 1 },
    { low: 0, high: Infinity },
    { low: -1.7e308, high: 1.7e308 },
  ])('refuses low $low with high $high', ({ low, high }) => {
    expect(() => random.uniform(key(0), [1], { low, high })).toThrow(DomainError)
    expect(() => random.uniform(key(0), [1], { low, high })).toThrow(`got low ${low}, high ${high}`)
  })

  it('refuses another dtype', () => {
    expect(() => random.uniform(key(0), [1], { dtype: 'int32' as 'float32' })).toThrow(
      "random.uniform: dtype must be 'float32' or 'float64', got int32",
    )
  })
})

it.each([
  [{ low: 0, high: 1e39 }, 'finite in float32'],
  [{ low: -3e38, high: 3e38 }, 'finite in float32'],
  [{ low: -1e308, high: 1e308, dtype: 'float64' as const }, 'finite in float64'],
])('ends that float cannot hold, or whose distance it cannot, are refused: %o', (options, message) => {
  expect(() => random.uniform(key(0), [1], options)).toThrow(message)
})
