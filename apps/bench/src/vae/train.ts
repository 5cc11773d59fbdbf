import type { Tensor } from '@tensorflow/tfjs-core'
import { key, type NdArray } from '@variate/core'
import { runLoop, type LoopRun, type RunLoopOptions } from '@variate/compile'
import { ordersFor } from './ordersFor.ts'
import { startOf, type State } from './parameters.ts'
import type { Sizes } from './sizes.ts'
import { climb, stepOf } from './step.ts'

type Plain = NdArray<Float32Array>
type OwnOptions = RunLoopOptions<unknown, unknown, unknown, Tensor>

export type TrainOptions = Pick<OwnOptions, 'engine' | 'threads' | 'fastMath' | 'reproducible' | 'onProgress'>

/** What steps made of the parameters, and the loss of each. */
export type Trained = LoopRun<State<Tensor>, Tensor, 'float32'>

/** Trains an autoencoder for so many steps from keys that are always the same, and keeps every loss. */
export function train(
  sizes: Sizes,
  images: Plain,
  count: number,
  options: TrainOptions = {},
  state: State<Plain> = startOf(sizes, 0),
): Promise<Trained> {
  return runLoop(stepOf(sizes), {
    ...options,
    state,
    inputs: images,
    each: ordersFor(key(2), count, sizes.images, sizes.batch),
    random: key(1),
    count,
    collect: { every: 1 },
  })
}

/** Steps with images of 0 and 1 and noise that are given: [steps, batch, pixels] and [steps, batch, latents]. */
export function trainOn(
  sizes: Sizes,
  pixels: Plain,
  noise: Plain,
  options: TrainOptions = {},
): Promise<Trained> {
  return runLoop(
    (
      state: State<Tensor>,
      { index, each }: { readonly index: Tensor; readonly each: { pixels: Tensor; noise: Tensor } },
    ) => climb(state, index, each.pixels, each.noise),
    {
      ...options,
      state: startOf(sizes, 0),
      each: { pixels, noise },
      count: noise.shape[0]!,
      collect: { every: 1 },
    },
  )
}
