import type { Tensor } from '@tensorflow/tfjs-core'
import { mul } from '../arithmetic.ts'
import { expandDims } from '../shapes.ts'

/** The products aᵢ·bⱼ, [..., n, m], of vectors [..., n] and [..., m]; leading axes broadcast. */
export function outer(a: Tensor, b: Tensor): Tensor {
  return mul(expandDims(a, -1), expandDims(b, -2))
}
