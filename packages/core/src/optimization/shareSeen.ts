import type { Tensor } from '@tensorflow/tfjs-core'
import { expm1, mul, neg } from '../ops/index.ts'

/** 1 − βᵗ: the weight of all that was seen in t steps in a running mean that began with 0. */
export function shareSeen(beta: number, steps: Tensor): Tensor {
  return neg(expm1(mul(Math.log(beta), steps)))
}
