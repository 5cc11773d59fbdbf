import { foldIn, NdArray, random, type Key } from '@variate/core'

/**
 * Which of so many elements each step takes, int32 [steps, count], without replacement: in each epoch another order, in which what
 * is left of the size is left out.
 *
 * @param key of all epochs.
 */
export function ordersFor(key: Key, steps: number, size: number, count: number): NdArray<Int32Array> {
  const each = Math.floor(size / count)
  const rows = new Int32Array(steps * count)
  for (let step = 0; step < steps; step += each) {
    const order = random.permutation(foldIn(key, step / each), size).data
    rows.set(order.subarray(0, count * Math.min(each, steps - step)), step * count)
  }
  return new NdArray(rows, [steps, count])
}
