import { key, ndarray, type NdArray } from '@variate/core'
import { runLoop, type RunLoopOptions } from '@variate/compile'
import { convolutionalStep, networkOf, type ConvolutionalSizes } from './convolutional.ts'

type Options = Pick<RunLoopOptions<unknown>, 'engine' | 'onProgress' | 'fastMath'>

/** Trains a convolutional autoencoder for so many steps from fixed keys, and keeps every loss. */
export function trainConvolutional(
  sizes: ConvolutionalSizes,
  images: NdArray<Float32Array>,
  count: number,
  options: Options = {},
) {
  return runLoop(convolutionalStep(sizes), {
    ...options,
    state: networkOf(sizes, 0),
    inputs: { images, order: ndarray(Int32Array.of(0, 2), [2]) },
    random: key(1),
    count,
    collect: { every: 1 },
  })
}
