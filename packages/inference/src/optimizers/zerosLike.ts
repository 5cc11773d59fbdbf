import type { Tensor } from '@tensorflow/tfjs-core'
import { fill } from '@variate/core/ops'
import { leavesOf, type TensorTree } from './tensorTree.ts'

/** Zeros for each tensor of a tree: what running means and sums begin with. */
export function zerosLike(tree: TensorTree): readonly Tensor[] {
  return leavesOf(tree).map(({ shape }) => fill(shape, 0))
}
