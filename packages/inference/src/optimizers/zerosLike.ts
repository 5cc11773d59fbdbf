import type { Tensor } from '@tensorflow/tfjs-core'
import { leavesOf, type TensorTree } from '@variate/core/internal'
import { fill } from '@variate/core/ops'

/** Zeros for each tensor of a tree: what running means and sums begin with. */
export function zerosLike(tree: TensorTree): readonly Tensor[] {
  return leavesOf(tree).map(({ shape }) => fill(shape, 0))
}
