import { key, ndarray, type NdArray } from '@variate/core'
import { runLoop, type LoopRun, type RunLoopOptions } from '@variate/compile'
import type { Tensor } from '@tensorflow/tfjs-core'
import { convolutionalStep } from './convolutional.ts'
import { networkOf, type ConvolutionalSizes, type NetworkState } from './network.ts'

type Options = Pick<RunLoopOptions<unknown>, 'engine' | 'fastMath' | 'reproducible'>

/** Trains a convolutional autoencoder for so many steps from fixed keys, and keeps every loss. */
export function trainConvolutional(
  sizes: ConvolutionalSizes,
  images: NdArray<Float32Array>,
  count: number,
  options: Options = {},
): Promise<LoopRun<NetworkState<Tensor>, Tensor, 'float32'>> {
  return runLoop(convolutionalStep(sizes), {
    ...options,
    state: networkOf(sizes, 0),
    inputs: { images, order: ndarray(Int32Array.of(0, 2), [2]) },
    random: key(1),
    count,
    collect: { every: 1 },
  })
}
