import { Tensor } from '@tensorflow/tfjs-core'
import { valueAndGrad } from '@variate/compile'
import type { ObjectiveParameters, Tree } from './problem.ts'

type Node = Tensor | Tree | readonly Tree[]

interface Surrogate<More> {
  /** A scalar whose gradient is what is asked for; its value need mean nothing. */
  readonly surrogate: Tensor
  /** What else comes of it. */
  readonly more: More
}

/** The gradient of a surrogate in all parameters, and what else was computed on the way. */
export function gradientOf<More>(
  f: (parameters: ObjectiveParameters) => Surrogate<More>,
  parameters: ObjectiveParameters,
): { readonly gradients: ObjectiveParameters; readonly more: More } {
  const leaves = leavesOf(parameters as unknown as Tree)
  let more: More | undefined
  const { grads } = valueAndGrad((...own: readonly Tensor[]) => {
    const result = f(withLeaves(parameters as unknown as Tree, own) as unknown as ObjectiveParameters)
    more = result.more
    return result.surrogate
  })(...leaves)
  return {
    gradients: withLeaves(parameters as unknown as Tree, grads) as unknown as ObjectiveParameters,
    more: more as More,
  }
}

/** The tensors of a tree, in the order of its names. */
export function leavesOf(tree: Node): readonly Tensor[] {
  return tree instanceof Tensor ? [tree] : Object.values(tree as Tree).flatMap((item) => leavesOf(item))
}

/** A tree of the same structure with other tensors. */
function withLeaves<Of extends Node>(tree: Of, leaves: readonly Tensor[]): Of {
  let next = 0
  const rebuilt = (at: Node): Node => {
    if (at instanceof Tensor) return leaves[next++]!
    if (Array.isArray(at)) return at.map(rebuilt) as readonly Tree[]
    return Object.fromEntries(Object.entries(at as Tree).map(([name, item]) => [name, rebuilt(item)])) as Tree
  }
  return rebuilt(tree) as Of
}

/** The tensors of a tree, each in another's place. */
export function mapTree<Of extends Node>(tree: Of, f: (x: Tensor) => Tensor): Of {
  return withLeaves(
    tree,
    leavesOf(tree).map((x) => f(x)),
  )
}
