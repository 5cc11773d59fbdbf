import { DomainError, FormatError } from '../errors.ts'
import { shown } from '../shown.ts'
import { threefry2x32 } from './threefry2x32.ts'

declare const brand: unique symbol

/**
 * Where random numbers come from: two 32-bit words, frozen. Equal keys give equal draws, so a key is used
 * once and then split. It is plain data: `JSON.stringify` writes the two words, `wrapKeyData` reads them.
 */
export type Key = readonly [high: number, low: number] & { readonly [brand]: 'Key' }

/** As many keys as the literal `Count` says, so that `const [a, b] = split(key)` needs no check. */
export type Keys<Count extends number, Made extends readonly Key[] = readonly []> = number extends Count
  ? readonly Key[]
  : Made['length'] extends Count
    ? Made
    : Made['length'] extends 16
      ? readonly Key[]
      : Keys<Count, readonly [...Made, Key]>

const UINT32_RANGE = 2 ** 32

/**
 * The key of a seed: the same as `jax.random.key(seed)`, with 64-bit seeds as under `jax_enable_x64`.
 *
 * @param seed a whole number from 0 to 2⁵³ − 1.
 * @throws DomainError for any other seed.
 *
 * @example
 * ```ts
 * import { key, random } from '@variate/core'
 *
 * JSON.stringify(key(42)) // => '[0,42]'
 * random.normal(key(42), [3]).toNested() // => [-0.028305, 0.467132, 0.295703]
 * ```
 */
export function key(seed: number): Key {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new DomainError(`key: seed must be a whole number from 0 to 2^53 - 1, got ${String(seed)}`)
  }
  return makeKey(Math.floor(seed / UINT32_RANGE), seed % UINT32_RANGE)
}

/**
 * Independent keys made from one, which is then used up: the same as `jax.random.split`.
 *
 * @param count how many, at least 1; two if not given.
 * @throws DomainError if `count` is not a whole number ≥ 1.
 *
 * @example
 * ```ts
 * import { key, random, split } from '@variate/core'
 *
 * const [forMeans, forNoise] = split(key(0))
 * random.uniform(forMeans, []).at() // => 0.842314
 * random.uniform(forNoise, []).at() // => 0.007294
 * ```
 */
export function split<const Count extends number = 2>(key: Key, count?: Count): Keys<Count>
export function split(key: Key, count = 2): readonly Key[] {
  checkKey(key, 'split')
  if (!Number.isSafeInteger(count) || count < 1) {
    throw new DomainError(`split: count must be a whole number >= 1, got ${String(count)}`)
  }
  const words = new Uint32Array(2 * count)
  threefry2x32(key[0], key[1], 0, 0, words)
  return Array.from({ length: count }, (_, i) => makeKey(words[2 * i]!, words[2 * i + 1]!))
}

/**
 * A key made from a key and a number, such as a step or the index of a restart: the same as
 * `jax.random.fold_in`.
 *
 * @param data a whole number from 0 to 2³² − 1.
 * @throws DomainError for any other `data`.
 *
 * @example
 * ```ts
 * import { foldIn, key } from '@variate/core'
 *
 * JSON.stringify(foldIn(key(0), 7)) // => '[2716826189,292468403]'
 * ```
 */
export function foldIn(key: Key, data: number): Key {
  checkKey(key, 'foldIn')
  if (!isUint32(data)) {
    throw new DomainError(`foldIn: data must be a whole number from 0 to 2^32 - 1, got ${String(data)}`)
  }
  const words = new Uint32Array(2)
  threefry2x32(key[0], key[1], 0, data, words)
  return makeKey(words[0]!, words[1]!)
}

/**
 * The key that was written as two words, in a checkpoint for one.
 *
 * @throws FormatError if `data` is not two whole numbers from 0 to 2³² − 1.
 */
export function wrapKeyData(data: unknown): Key {
  if (isKey(data)) return makeKey(data[0], data[1])
  throw new FormatError(`wrapKeyData: a key is two whole numbers from 0 to 2^32 - 1, got ${shown(data)}`)
}

/** @throws DomainError if `key` is not a key, as when a seed is passed without `key(seed)`. */
export function checkKey(key: Key, who: string): void {
  if (!isKey(key)) {
    throw new DomainError(`${who}: expected a key, as key(seed) gives it, got ${shown(key)}`)
  }
}

function makeKey(high: number, low: number): Key {
  return Object.freeze([high, low] as const) as Key
}

function isKey(value: unknown): value is Key {
  return Array.isArray(value) && value.length === 2 && value.every(isUint32)
}

function isUint32(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >>> 0 === value
}
