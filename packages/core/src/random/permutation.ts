import { DomainError } from '../errors.ts'
import { ndarray, type NdArray } from '../ndarray.ts'
import { fillBits } from './fillBits.ts'
import { checkKey, split, type Key } from './key.ts'
import { sortByBits } from './sortByBits.ts'

/**
 * 0 … n − 1 in random order, or the rows of an array in that order: the same as `jax.random.permutation`.
 *
 * Sorts by random bits, as often as makes a tie in all rounds improbable (3·log n / log 2³² rounds).
 *
 * @param n how many, or the array, which is left as it is.
 * @throws DomainError if `n` is neither an array nor a whole number from 0 to 2³¹ − 1.
 *
 * @example
 * ```ts
 * import { key, random } from '@variate/core'
 *
 * random.permutation(key(0), 5).toNested() // => [0, 1, 4, 3, 2]
 * random.permutation(key(0), ['a', 'b', 'c', 'd', 'e']) // => ['a', 'b', 'e', 'd', 'c']
 * ```
 */
export function permutation(key: Key, n: number): NdArray<Int32Array>
export function permutation<Row>(key: Key, rows: readonly Row[]): Row[]
export function permutation<Row>(key: Key, n: number | readonly Row[]): NdArray<Int32Array> | Row[] {
  checkKey(key, 'random.permutation')
  if (Array.isArray(n))
    return Array.from(shuffledIndices(key, n.length), (index) => (n as readonly Row[])[index]!)
  if (typeof n !== 'number' || !Number.isInteger(n) || n < 0 || n > 2 ** 31 - 1) {
    throw new DomainError(
      `random.permutation: n must be an array or a whole number from 0 to 2^31 - 1, got ${String(n)}`,
    )
  }
  return ndarray(shuffledIndices(key, n))
}

function shuffledIndices(key: Key, n: number): Int32Array {
  let indices = new Int32Array(n)
  for (let i = 0; i < n; i++) indices[i] = i
  const rounds = Math.ceil((3 * Math.log(Math.max(1, n))) / Math.log(2 ** 32 - 1))
  const bits = new Uint32Array(n)
  for (let round = 0; round < rounds; round++) {
    const [next, current] = split(key)
    fillBits(current, bits)
    indices = sortByBits(bits, indices)
    key = next
  }
  return indices
}
