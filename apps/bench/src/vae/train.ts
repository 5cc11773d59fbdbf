import { key, ndarray, type NdArray } from '@variate/core'
import { runLoop, type LoopRun, type RunLoopOptions } from '@variate/compile'
import type { Tensor } from '@tensorflow/tfjs-core'
import { startOf, type State } from './parameters.ts'
import type { Sizes } from './sizes.ts'
import { stepOf } from './step.ts'

type Options = Pick<RunLoopOptions<unknown>, 'engine' | 'fastMath' | 'reproducible'>

/** Trains an autoencoder for so many steps from keys that are always the same, and keeps every loss. */
export function train(
  sizes: Sizes,
  images: NdArray<Float32Array>,
  count: number,
  options: Options = {},
): Promise<LoopRun<State<Tensor>, Tensor, 'float32'>> {
  return runLoop(stepOf(sizes), {
    ...options,
    state: startOf(sizes, 0),
    inputs: { images, order: ndarray(Int32Array.of(0, 2), [2]) },
    random: key(1),
    count,
    collect: { every: 1 },
  })
}
