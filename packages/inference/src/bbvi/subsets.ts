import { foldIn, NdArray, random, type Key } from '@variate/core'

/** Indices of the elements that each of some steps takes of a plate, [steps, count]. */
export type Subsets = NdArray<Int32Array>

/** About as many indices are made at once. */
const AT_ONCE = 2 ** 22

/** How many steps go by one list of indices, of plates that are taken in part. */
export function stepsAtOnce(taken: ReadonlyMap<string, number>): number {
  const counts = [...taken.values()]
  return counts.length === 0 ? Infinity : Math.max(1, Math.floor(AT_ONCE / Math.max(...counts)))
}

/**
 * The elements of a plate that each step takes, without replacement: those of a random order, which is another in each epoch. Where
 * the size is no multiple of their count, the last elements of an order are left out.
 *
 * @param from the first step, and `to` that after the last.
 */
export function subsetsBetween(
  size: number,
  count: number,
  { key, from, to }: { readonly key: Key; readonly from: number; readonly to: number },
): Subsets {
  const each = Math.floor(size / count)
  const rows = new Int32Array((to - from) * count)
  let order = new Int32Array(0)
  for (let step = from; step < to; step++) {
    const place = step % each
    if (step === from || place === 0)
      order = Int32Array.from(random.permutation(foldIn(key, Math.floor(step / each)), size).data)
    rows.set(order.subarray(place * count, (place + 1) * count), (step - from) * count)
  }
  return new NdArray(rows, [to - from, count])
}
