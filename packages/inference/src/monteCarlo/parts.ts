import { foldIn, NdArray, type Key } from '@variate/core'
import { sizeOf } from '@variate/core/internal'
import type { Bound } from '@variate/language/internal'

/** About as many numbers of values are computed with at once. */
const AT_ONCE = 2 ** 18

/**
 * Runs a program for many particles in parts of equal size, so that their intermediate values need little memory.
 *
 * @param run is given a key of its own and how many particles a part has; the last part may have some too many.
 */
export function inParts<Part>(
  { specs }: Bound,
  key: Key,
  count: number,
  run: (key: Int32Array, size: number) => Part,
): readonly Part[] {
  const numbers = Object.values(specs).reduce((total, { shape }) => total + sizeOf(shape), 1)
  const parts = Math.ceil(count / Math.max(1, Math.floor(AT_ONCE / numbers)))
  const size = Math.ceil(count / parts)
  return Array.from({ length: parts }, (_, part) => run(wordsOf(foldIn(key, part)), size))
}

export function wordsOf(key: Key): Int32Array {
  return Int32Array.from(key, (word) => word | 0)
}

/** The first rows of arrays that lie one behind the other. */
export function rowsOf(parts: readonly NdArray[], count: number): NdArray {
  const shape = [count, ...parts[0]!.shape.slice(1)]
  const data = new (parts[0]!.data.constructor as Float64ArrayConstructor)(sizeOf(shape))
  let at = 0
  for (const { data: own } of parts) {
    data.set((own as Float64Array).subarray(0, data.length - at), at)
    at += own.length
  }
  return new NdArray(data, shape)
}
