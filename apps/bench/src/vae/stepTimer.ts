import { dispose } from '@tensorflow/tfjs-core'
import type { NdArray } from '@variate/core'
import type { Timer } from '../measurePairs.ts'
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
    const { state, outputs } = await train(sizes, images, 2 * BEFORE + steps, { ...options, onProgress })
    dispose([outputs, ...Object.values(state).flatMap((part) => Object.values(part))])
    return (steps * (end - begin)) / 1000 / (last - first)
  }
}
