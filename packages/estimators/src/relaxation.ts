import type { Tensor } from '@tensorflow/tfjs-core'
import { UnsupportedError } from '@variate/core'
import type { AnyKey } from '@variate/core/ops'
import type { Distribution } from '@variate/distributions'
import { binaryRelaxation } from './binaryRelaxation.ts'
import { oneHotRelaxation } from './oneHotRelaxation.ts'

/**
 * How draws of a discrete distribution come about: b = H(z), where z is a smooth function of the parameters and noise, and H jumps.
 * In its place stands a smooth step, of z divided by a temperature.
 */
export interface Relaxation {
  /** z, of noise from a key. */
  noisy(key: AnyKey): Tensor
  /** z given that H(z) is the given value: a smooth function of the parameters and noise from a key. */
  noisyGiven(hard: Tensor, key: AnyKey): Tensor
  /** H(z), of whole numbers. */
  hard(z: Tensor): Tensor
  /** The smooth step. */
  soft(z: Tensor, temperature: Tensor): Tensor
  /** The mean of H(z). */
  mean(): Tensor
}

/** @throws UnsupportedError for a distribution with no values between those of its support. */
export function relaxationOf(distribution: Distribution, site: string): Relaxation {
  if (distribution.name === 'bernoulli') return binaryRelaxation(distribution)
  if (distribution.name === 'oneHotCategorical') return oneHotRelaxation(distribution)
  throw new UnsupportedError(
    `"${site}": a ${distribution.name} has no values between those of its support: use bernoulli or oneHotCategorical`,
  )
}
