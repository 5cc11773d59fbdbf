import { foldIn, NdArray, random, type Key } from '@variate/core'
import type { Subsets } from '../bbvi/subsets.ts'

/**
 * The examples that each step takes: those of a random order, which is another in each epoch. The orders follow each other, so that
 * every example is taken once in each epoch whatever their number is, and all steps take as many: where the size is no multiple of
 * the count, the step that ends an epoch begins the next.
 *
 * @param from the first step, and `to` that after the last.
 */
export function epochRows(
  size: number,
  count: number,
  { key, from, to }: { readonly key: Key; readonly from: number; readonly to: number },
): Subsets {
  const rows = new Int32Array((to - from) * count)
  const first = from * count
  let at = 0
  while (at < rows.length) {
    const epoch = Math.floor((first + at) / size)
    const place = (first + at) % size
    const order = Int32Array.from(random.permutation(foldIn(key, epoch), size).data)
    const taken = order.subarray(place, Math.min(size, place + rows.length - at))
    rows.set(taken, at)
    at += taken.length
  }
  return new NdArray(rows, [to - from, count])
}

/** After how many steps each of some epochs has taken all examples. */
export function epochEnds(size: number, count: number, epochs: number): readonly number[] {
  return Array.from({ length: epochs }, (_, epoch) => Math.ceil(((epoch + 1) * size) / count))
}
