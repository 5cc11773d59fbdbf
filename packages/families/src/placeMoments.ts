import type { Tensor } from '@tensorflow/tfjs-core'
import { add, exp, expm1, mul } from '@variate/core/ops'
import type { RealSite } from './realSite.ts'
import type { Moments } from './variational.ts'

/**
 * The mean and the variance of a latent, number by number, of those of its normal place: of all numbers they are the same, of positive
 * ones those of the log-normal distribution; others have none in closed form.
 */
export function momentsOfPlace({ map }: RealSite, mean: Tensor, variance: Tensor): Moments | undefined {
  if (map.name === 'identity') return { mean, variance }
  if (map.name !== 'exp') return undefined
  const center = exp(add(mean, mul(0.5, variance)))
  return { mean: center, variance: mul(expm1(variance), mul(center, center)) }
}
