import type { Tensor } from '@tensorflow/tfjs-core'
import { key, type NdArray } from '@variate/core'
import { runLoop, type LoopRun } from '@variate/compile'
import { climbNetwork, convolutionalStep } from './convolutional.ts'
import type { Given } from './given.ts'
import { networkOf, type ConvolutionalSizes, type NetworkState } from './network.ts'
import { ordersFor } from './ordersFor.ts'
import type { TrainOptions } from './train.ts'

type Trained = LoopRun<NetworkState<Tensor>, Tensor, 'float32'>

/** Trains a convolutional autoencoder for so many steps from keys that are always the same, and keeps every loss. */
export function trainConvolutional(
  sizes: ConvolutionalSizes,
  images: NdArray<Float32Array>,
  count: number,
  options: TrainOptions = {},
): Promise<Trained> {
  return runLoop(convolutionalStep(sizes), {
    ...options,
    state: networkOf(sizes, 0),
    inputs: images,
    each: ordersFor(key(2), count, sizes.images, sizes.batch),
    random: key(1),
    count,
    collect: { every: 1 },
  })
}

/** Steps with images of 0 and 1 and noise that are given. */
export function trainConvolutionalOn(
  sizes: ConvolutionalSizes,
  { pixels, noise }: Given,
  options: TrainOptions = {},
): Promise<Trained> {
  return runLoop(
    (
      state: NetworkState<Tensor>,
      { index, each }: { readonly index: Tensor; readonly each: { pixels: Tensor; noise: Tensor } },
    ) => climbNetwork(state, index, each.pixels, each.noise),
    {
      ...options,
      state: networkOf(sizes, 0),
      each: { pixels, noise },
      count: noise.shape[0]!,
      collect: { every: 1 },
    },
  )
}
