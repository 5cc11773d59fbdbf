import { describe, expect, it } from 'vitest'
import { key, random, type Key } from '../../src/index.ts'
import { CHI_SQUARED_CRITICAL, chiSquared } from './goodnessOfFit.ts'
import { oracle, unpack } from './oracle.ts'

describe('random.bits', () => {
  it.each(oracle.seeds)('of seed $seed equal jax.random.bits', ({ seed, bits }) => {
    expect(random.bits(key(seed), [oracle.draws]).data).toEqual(unpack(bits, Uint32Array))
  })

  it('have every byte equally often', () => {
    const n = 100_000
    const counts = Array.from({ length: 256 }, () => 0)
    for (const byte of new Uint8Array(random.bits(key(3), [n]).data.buffer)) counts[byte]!++
    expect(
      chiSquared(
        counts,
        counts.map(() => (4 * n) / 256),
      ),
    ).toBeLessThan(CHI_SQUARED_CRITICAL[255]!)
  })

  it('do not depend on how many are drawn', () => {
    const many = random.bits(key(8), [5000]).data
    for (const n of [0, 1, 1023, 1024, 1025, 4999]) {
      expect(random.bits(key(8), [n]).data).toEqual(many.slice(0, n))
    }
  })

  it('come in any shape', () => {
    expect(random.bits(key(0), []).shape).toEqual([])
    expect(random.bits(key(0), [0]).size).toBe(0)
    expect(random.bits(key(0), [2, 0, 3]).shape).toEqual([2, 0, 3])
    expect(random.bits(key(0), [2, 3]).data).toEqual(random.bits(key(0), [6]).data)
  })

  it('refuse what is not a shape or not a key', () => {
    expect(() => random.bits(key(0), 3 as unknown as number[])).toThrow(
      'random.bits: shape must be an array of whole numbers ≥ 0, such as [3] or [], got 3',
    )
    expect(() => random.bits(key(0), [-1])).toThrow('got [-1]')
    expect(() => random.bits(7 as unknown as Key, [1])).toThrow('random.bits: expected a key')
  })
})
