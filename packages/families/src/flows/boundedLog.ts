import type { Tensor } from '@tensorflow/tfjs-core'
import { mul, tanh } from '@variate/core/ops'

/** The most that the logarithm of a factor can be: factors between e⁻² and e², smoothly. */
const BOUND = 2

/** The logarithm of a factor, of any number. */
export function boundedLog(x: Tensor): Tensor {
  return mul(BOUND, tanh(mul(1 / BOUND, x)))
}
