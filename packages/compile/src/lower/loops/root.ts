import { sizeOf, type Node, type Shape } from '../../graph/node.ts'
import { isReduction, type Reduction } from '../combine.ts'
import { flat, ownPlace, scaled, sum, type Linear } from './linear.ts'
import { thinProduct } from './thinProduct.ts'

/** Something that loops over `domain` write to memory: elements of `source`, to a place in `node`. */
export interface Root {
  readonly node: Node
  readonly source: Node
  /** Loops go over the axes of the source. */
  readonly domain: Shape
  readonly to: Linear
  /** What elements with the same place are combined by. */
  readonly reduction?: Reduction
}

/** How a node is written by loops, once it holds `fill` throughout where that is given. */
export interface Writing {
  readonly roots: readonly Root[]
  readonly fill?: number
}

/** Operations whose result is written part by part, for consumers could not read it linearly. */
const PARTS: Readonly<Record<string, (node: Node) => Writing>> = {
  pad: (node) => {
    const paddings = node.attributes['paddings'] as readonly Shape[]
    return {
      fill: node.attributes['constantValue'] as number,
      roots: [part(node, node.inputs[0]!, (axis) => paddings[axis]![0]!)],
    }
  },
  concat: (node) => {
    const along = node.attributes['axis'] as number
    let start = 0
    const roots = node.inputs.map((input) => {
      const begin = start
      start += input.shape[along]!
      return part(node, input, (axis) => (axis === along ? begin : 0))
    })
    return { roots }
  },
  diag: (node) => {
    const [v] = node.inputs as readonly [Node]
    const own = ownPlace(v.shape)
    const to = flat(node.shape, [...own, own.at(-1)!], v.shape.length)
    return { fill: 0, roots: [{ node, source: v, domain: v.shape, to }] }
  },
}

/** An input that is copied to the elements of a node from `begin` on along each axis. */
function part(node: Node, source: Node, begin: (axis: number) => number): Root {
  const place = ownPlace(source.shape).map(({ coefficients }, axis) => ({
    coefficients,
    offset: begin(axis),
  }))
  return { node, source, domain: source.shape, to: flat(node.shape, place, source.shape.length) }
}

/** How a node is written by loops that compute its elements from those of its inputs. */
export function writingOf(node: Node): Writing {
  const { op, inputs, attributes, shape } = node
  const parts = PARTS[op]
  if (parts) return parts(node)
  const thin = thinProduct(node)
  if (thin) {
    const { products, axis } = thin
    const to = along(products.shape, [axis])
    return { roots: [{ node, source: products, domain: products.shape, to, reduction: 'sum' }] }
  }
  const [x] = inputs as readonly [Node]
  // What is written in another shape can be written by the loops over its own.
  if (op === 'reshape') return { roots: [{ node, source: x, domain: x.shape, to: along(x.shape, []) }] }
  if (!isReduction(op)) return { roots: [{ node, source: node, domain: shape, to: along(shape, []) }] }
  const axes = attributes[op === 'sum' ? 'axis' : 'reductionIndices'] as Shape
  return { roots: [{ node, source: x, domain: x.shape, to: along(x.shape, axes), reduction: op }] }
}

/** Whether nodes of the operation are written by loops of their own, and never computed as they are read. */
export function isWritten(node: Node): boolean {
  return isReduction(node.op) || node.op in PARTS || thinProduct(node) !== undefined
}

/** The place among the elements that are left when some axes are reduced. */
function along(shape: Shape, reduced: Shape): Linear {
  const kept = shape.map((length, axis) => (reduced.includes(axis) ? 1 : length))
  const terms = ownPlace(shape).map((index, axis) =>
    scaled(index, reduced.includes(axis) ? 0 : sizeOf(kept.slice(axis + 1))),
  )
  return sum(terms, shape.length)
}
