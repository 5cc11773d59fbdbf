import { clone, keep, type Tensor } from '@tensorflow/tfjs-core'
import { valueAndGrad } from '@variate/compile'
import { leavesOf, withLeaves } from '@variate/core/internal'
import type { ObjectiveParameters, Tree } from './problem.ts'

type Node = Tensor | Tree | readonly Tree[]

interface Surrogate<More> {
  /** A scalar whose gradient is what is asked for; its value need mean nothing. */
  readonly surrogate: Tensor
  /** What else comes of it. */
  readonly more: More
}

/** The gradient of a surrogate in all parameters, and what else was computed on the way. */
export function gradientOf<More extends Node>(
  f: (parameters: ObjectiveParameters) => Surrogate<More>,
  parameters: ObjectiveParameters,
): { readonly gradients: ObjectiveParameters; readonly more: More } {
  const leaves = leavesOf(parameters as unknown as Tree)
  let more: More | undefined
  let kept: readonly Tensor[] = []
  const { grads } = valueAndGrad((...own: readonly Tensor[]) => {
    const result = f(withLeaves(parameters as unknown as Tree, own) as unknown as ObjectiveParameters)
    more = result.more
    // Step by step the tape would dispose of it with all that it passes.
    kept = leavesOf(more).map((x) => keep(clone(x)))
    return result.surrogate
  })(...leaves)
  const given = kept.map((x) => clone(x))
  for (const x of kept) x.dispose()
  return {
    gradients: withLeaves(parameters as unknown as Tree, grads) as unknown as ObjectiveParameters,
    more: withLeaves(more as More, given),
  }
}

/** The tensors of a tree, each in another's place. */
export function mapTree<Of extends Node>(tree: Of, f: (x: Tensor) => Tensor): Of {
  return withLeaves(
    tree,
    leavesOf(tree).map((x) => f(x)),
  )
}

/** Of two trees of one structure the tensors in the same places, made one. */
export function zipTrees(
  a: ObjectiveParameters,
  b: ObjectiveParameters,
  f: (x: Tensor, y: Tensor) => Tensor,
): ObjectiveParameters {
  const [xs, ys] = [leavesOf(a as unknown as Tree), leavesOf(b as unknown as Tree)]
  return withLeaves(
    a as unknown as Tree,
    xs.map((x, at) => f(x, ys[at]!)),
  ) as unknown as ObjectiveParameters
}
