import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { DomainError, key, random } from '../../src/index.ts'

/** What `generate-randint.py` wrote. */
const oracle = JSON.parse(readFileSync(new URL('../oracles/randint.json', import.meta.url), 'utf8')) as {
  readonly cases: readonly { seed: number; low: number; high: number; draws: number[] }[]
  readonly rows: number[][][]
}

describe('random.randint', () => {
  it.each(oracle.cases)('of seed $seed from $low to $high equals jax.random.randint', (expected) => {
    const { seed, low, high, draws } = expected
    expect(random.randint(key(seed), [20], { low, high }).toNested()).toEqual(draws)
  })

  it('of many intervals equals jax.random.randint', () => {
    const rows = random.randint(key(3), [4, 2, 3], { low: [-200, -205, -100], high: [[10], [2 ** 30]] })
    expect(rows.toNested()).toEqual(oracle.rows)
  })

  it.each([
    [{ high: 0 }, 'low must be < high, got low 0, high 0'],
    [{ low: [0, 5], high: [1, 3] }, 'low must be < high, got low 5, high 3 at [1]'],
    [{ high: 2.5 }, 'high must be a whole number from -2^31 to 2^31 - 1, got 2.5'],
    [{ high: 2 ** 31 }, 'high must be a whole number from -2^31 to 2^31 - 1, got 2147483648'],
    [{ low: NaN, high: 1 }, 'low must be a whole number from -2^31 to 2^31 - 1, got NaN'],
  ])('refuses %o', (options, message) => {
    expect(() => random.randint(key(0), [2], options)).toThrow(DomainError)
    expect(() => random.randint(key(0), [2], options)).toThrow(`random.randint: ${message}`)
  })
})
