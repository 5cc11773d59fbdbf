import { describe, expect, it } from 'vitest'
import { key, random } from '../../src/index.ts'
import { CHI_SQUARED_CRITICAL, chiSquared } from './goodnessOfFit.ts'
import { oracle, unpack } from './oracle.ts'

describe('random.permutation', () => {
  it.each(oracle.permutations)(
    'of $n with seed $seed equals jax.random.permutation',
    ({ seed, n, indices }) => {
      const expected = Int32Array.from(unpack(indices, Uint16Array))
      expect(random.permutation(key(seed), n).data).toEqual(expected)
    },
  )

  it('has every order of five equally often', () => {
    const n = 24_000
    const counts = new Map<string, number>()
    for (let seed = 0; seed < n; seed++) {
      const order = random.permutation(key(seed), 5).data.join()
      counts.set(order, (counts.get(order) ?? 0) + 1)
    }
    expect(counts.size).toBe(120)
    const observed = [...counts.values()]
    expect(
      chiSquared(
        observed,
        observed.map(() => n / 120),
      ),
    ).toBeLessThan(CHI_SQUARED_CRITICAL[119]!)
  })

  it('puts the rows of an array in the order of the indices, and leaves the array as it was', () => {
    const rows = [
      [1, 2],
      [3, 4],
      [5, 6],
      [7, 8],
    ]
    const permuted = random.permutation(key(6), rows)
    expect(permuted).toEqual([...random.permutation(key(6), 4).data].map((i) => rows[i]))
    expect(rows[0]).toEqual([1, 2])
    expect(random.permutation(key(6), [])).toEqual([])
  })

  it.each([-1, 1.5, NaN, 2 ** 31])('refuses n = %s', (n) => {
    expect(() => random.permutation(key(0), n)).toThrow(
      `random.permutation: n must be an array or a whole number from 0 to 2^31 - 1, got ${n}`,
    )
  })
})
