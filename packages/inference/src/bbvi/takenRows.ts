import { Tensor } from '@tensorflow/tfjs-core'
import { add, gather, scatterAdd, sub } from '@variate/core/ops'
import type { ParamTree, Variational } from '@variate/families'

type Rows = Readonly<Record<string, Tensor>>
type Item = ParamTree[string]

/** An axis of which some elements are taken. */
interface Along {
  readonly axis: number
  readonly indices: Tensor
}

/**
 * The parameters of q for the elements that are taken.
 *
 * @param rows for plates of which not all elements are taken: their indices.
 */
export function takenRows(params: ParamTree, variational: Variational, rows: Rows): ParamTree {
  return named(params, (item, name) =>
    axesOf(variational, name, rows).reduce(
      (own, { axis, indices }) => leafwise(own, (x) => gather(x, indices, axis)),
      item,
    ),
  )
}

/** The parameters of all elements, with those of some in the place of their own. */
export function putBack(all: ParamTree, some: ParamTree, variational: Variational, rows: Rows): ParamTree {
  return named(all, (item, name) => {
    const axes = axesOf(variational, name, rows)
    return axes.length === 0 ? some[name]! : leafwise(item, (x, own) => withRows(x, own, axes), some[name]!)
  })
}

function withRows(all: Tensor, some: Tensor, axes: readonly Along[]): Tensor {
  const before = axes.reduce((x, { axis, indices }) => gather(x, indices, axis), all)
  const change = axes.reduceRight(
    (x, { axis, indices }) => scatterAdd(x, indices, x.shape.with(axis, all.shape[axis]!), axis),
    sub(some, before),
  )
  return add(all, change)
}

function axesOf({ plates }: Variational, name: string, rows: Rows): readonly Along[] {
  return (plates[name] ?? []).flatMap((plate, axis) => (rows[plate] ? [{ axis, indices: rows[plate] }] : []))
}

function named(params: ParamTree, f: (item: Item, name: string) => Item): ParamTree {
  return Object.fromEntries(Object.entries(params).map(([name, item]) => [name, f(item, name)]))
}

/** What a function makes of each tensor, and of that in its place in another tree of the same structure. */
function leafwise(tree: Item, f: (x: Tensor, other: Tensor) => Tensor, other: Item = tree): Item {
  if (tree instanceof Tensor) return f(tree, other as Tensor)
  return Object.fromEntries(
    Object.entries(tree as ParamTree).map(([name, x]) => [name, leafwise(x, f, (other as ParamTree)[name]!)]),
  )
}
