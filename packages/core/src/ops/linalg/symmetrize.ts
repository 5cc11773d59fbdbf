import type { Tensor } from '@tensorflow/tfjs-core'
import { add, mul } from '../arithmetic.ts'
import { transpose } from '../shapes.ts'

/** (A + Aᵀ)/2 of square matrices [..., n, n]. */
export function symmetrize(a: Tensor): Tensor {
  return mul(add(a, transpose(a)), 0.5)
}
