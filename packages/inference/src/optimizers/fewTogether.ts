import type { Tensor } from '@tensorflow/tfjs-core'
import { leavesOf, sizeOf, withLeaves, type TensorTree } from '@variate/core/internal'
import { concat, reshape, slice } from '@variate/core/ops'
import { finalParams, type Optimizer } from './optimizer.ts'

/** So many numbers are computed without loops, in which to take a vector apart would be to copy it. */
const FEW = 256

/**
 * An optimiser that has the parameters as one vector where they are few: a number alone takes as long as several side by side. One
 * that looks at whole tensors, or at names, has them as they are.
 */
export function fewTogether<State extends TensorTree>(optimizer: Optimizer<State>): Optimizer<State> {
  if (!optimizer.isElementwise) return optimizer
  return {
    ...optimizer,
    init: (params) => optimizer.init(areFew(params) ? vectorOf(params) : params),
    update: (grads, state, params) => {
      if (!areFew(params)) return optimizer.update(grads, state, params)
      const step = optimizer.update(vectorOf(grads, params), state, vectorOf(params))
      return { updates: takenApart(step.updates, params), state: step.state }
    },
    ...(optimizer.final && {
      final: (params, state) =>
        areFew(params)
          ? takenApart(finalParams(optimizer, vectorOf(params), state), params)
          : finalParams(optimizer, params, state),
    }),
  }
}

function areFew(params: TensorTree): boolean {
  const leaves = leavesOf(params)
  return leaves.length > 1 && leaves.reduce((total, { shape }) => total + sizeOf(shape), 0) <= FEW
}

function vectorOf(tree: TensorTree, like: TensorTree = tree): Tensor {
  return concat(
    leavesOf(tree, like, 'optimizer').map((x) => reshape(x, [sizeOf(x.shape)])),
    0,
  )
}

function takenApart<Tree extends TensorTree>(vector: Tensor, like: Tree): Tree {
  let from = 0
  const leaves = leavesOf(like).map(({ shape }) => {
    const own = reshape(slice(vector, [from], [sizeOf(shape)]), shape)
    from += sizeOf(shape)
    return own
  })
  return withLeaves(like, leaves)
}
