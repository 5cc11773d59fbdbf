import { dispose } from '@tensorflow/tfjs-core'
import { key, type NdArray } from '@variate/core'
import type { Timer } from '../measurePairs.ts'
import { ordersFor } from './ordersFor.ts'
import type { Sizes } from './sizes.ts'
import { train, type TrainOptions } from './train.ts'

/** Steps that are gone before those that are timed, at least: what is done once is done then, and code is warm. */
const BEFORE = 50

/** Seconds of so many steps in the midst of a run. */
export function stepTimer(sizes: Sizes, images: NdArray<Float32Array>, options: TrainOptions): Timer {
  return async (steps) => {
    if (steps === 0) return 0
    let [first, begin, last, end] = [-1, 0, 0, 0]
    const onProgress = ({ step }: { readonly step: number }): void => {
      const now = performance.now()
      if (first < 0 && step >= BEFORE) [first, begin] = [step, now]
      ;[last, end] = [step, now]
    }
    const all = 2 * BEFORE + steps
    const { state, outputs } = await train(sizes, images, all, { ...options, onProgress })
    dispose([outputs, ...Object.values(state).flatMap((part) => Object.values(part))])
    // The orders were made before the steps.
    const start = performance.now()
    ordersFor(key(2), all, sizes.images, sizes.batch)
    const orders = performance.now() - start
    return (steps * ((end - begin) / (last - first) + orders / all)) / 1000
  }
}
