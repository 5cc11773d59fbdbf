import { describe, expect, expectTypeOf, it } from 'vitest'
import { DomainError, FormatError, foldIn, key, split, wrapKeyData, type Key } from '../../src/index.ts'
import { oracle } from './oracle.ts'

describe('key', () => {
  it.each(oracle.seeds)('of seed $seed has the words of jax.random.key', (expected) => {
    expect(key(expected.seed)).toEqual(expected.key)
  })

  it.each([-1, 0.5, NaN, Infinity, 2 ** 53, '1', undefined])('refuses the seed %s', (seed) => {
    expect(() => key(seed as number)).toThrow(DomainError)
    expect(() => key(seed as number)).toThrow(
      `key: seed must be a whole number from 0 to 2^53 - 1, got ${seed}`,
    )
  })

  it('is frozen', () => {
    expect(Object.isFrozen(key(1))).toBe(true)
    expect(Object.isFrozen(foldIn(key(1), 2))).toBe(true)
  })

  it('survives JSON', () => {
    const made = foldIn(key(2 ** 40 + 3), 9)
    expect(wrapKeyData(JSON.parse(JSON.stringify(made)))).toEqual(made)
  })

  it('cannot be a plain pair of numbers, by its type', () => {
    expectTypeOf<[number, number]>().not.toExtend<Key>()
    expectTypeOf<Key>().toExtend<readonly [number, number]>()
  })
})

describe('split', () => {
  it.each(oracle.seeds)('of seed $seed equals jax.random.split', (expected) => {
    expect(split(key(expected.seed)).flat()).toEqual(expected.split)
    expect(split(key(expected.seed), 5).flat()).toEqual(expected.split5)
  })

  it('has the length of its literal count in its type', () => {
    expectTypeOf(split(key(0))).toEqualTypeOf<readonly [Key, Key]>()
    expectTypeOf(split(key(0), 3)).toEqualTypeOf<readonly [Key, Key, Key]>()
    expectTypeOf(split(key(0), 5000)).toEqualTypeOf<readonly Key[]>()
    expectTypeOf(split(key(0), Number('2'))).toEqualTypeOf<readonly Key[]>()
  })

  it.each([0, -1, 1.5, NaN])('refuses the count %s', (count) => {
    expect(() => split(key(0), count)).toThrow(`split: count must be a whole number >= 1, got ${count}`)
  })

  it('refuses a seed in place of a key', () => {
    expect(() => split(0 as unknown as Key)).toThrow('split: expected a key, as key(seed) gives it, got 0')
  })
})

describe('foldIn', () => {
  it.each(oracle.seeds)('into the key of seed $seed equals jax.random.fold_in', (expected) => {
    for (const [data, words] of Object.entries(expected.foldIn)) {
      expect(foldIn(key(expected.seed), Number(data))).toEqual(words)
    }
  })

  it.each([-1, 0.5, NaN, 2 ** 32])('refuses the data %s', (data) => {
    expect(() => foldIn(key(0), data)).toThrow(
      `foldIn: data must be a whole number from 0 to 2^32 - 1, got ${data}`,
    )
  })
})

describe('wrapKeyData', () => {
  it.each([null, 'key', 3, [1], [1, 2, 3], [1, -1], [1, 2 ** 32], [0.5, 1], ['0', 1]])(
    'refuses %j',
    (data) => {
      expect(() => wrapKeyData(data)).toThrow(FormatError)
    },
  )
})
