import { Tensor } from '@tensorflow/tfjs-core'
import { ShapeError } from '../errors.ts'

/** Tensors, in records and tuples as deep as they are nested. */
export type TensorTree = Tensor | readonly TensorTree[] | { readonly [name: string]: TensorTree }

/**
 * The tensors of a tree, in the order of their names.
 *
 * @param like another tree, whose structure it must have.
 * @param who names it in errors.
 */
export function leavesOf(tree: TensorTree, like: TensorTree = tree, who = ''): readonly Tensor[] {
  if (like instanceof Tensor) {
    if (tree instanceof Tensor && String(tree.shape) === String(like.shape)) return [tree]
    const got = tree instanceof Tensor ? `shape [${tree.shape}]` : 'no tensor'
    throw new ShapeError(`${who}: expected a tensor of shape [${like.shape}], got ${got}`)
  }
  return Object.entries(like).flatMap(([name, item]: [string, TensorTree]) => {
    const own = (tree as Readonly<Record<string, TensorTree>> | undefined)?.[name]
    if (own === undefined) throw new ShapeError(`${who}: "${name}" is missing`)
    return leavesOf(own, item, `${who}.${name}`)
  })
}

/** A tree of the same structure with other tensors, in the order of its own. */
export function withLeaves<Tree extends TensorTree>(tree: Tree, leaves: readonly Tensor[]): Tree {
  let next = 0
  const rebuilt = (at: TensorTree): TensorTree => {
    if (at instanceof Tensor) return leaves[next++]!
    if (Array.isArray(at)) return at.map(rebuilt)
    return Object.fromEntries(Object.entries(at).map(([name, item]) => [name, rebuilt(item)]))
  }
  return rebuilt(tree) as Tree
}
