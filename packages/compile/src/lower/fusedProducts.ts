import { sizeOf, type Node, type Shape } from '../graph/node.ts'
import type { Precision } from '../wasm/lanes.ts'
import { instructionsOf } from './instructionsOf.ts'
import type { Kind } from './kinds.ts'
import { flat, ownPlace, type Linear } from './loops/linear.ts'
import { addReads, isVectorial, type Reads } from './loops/reads.ts'
import { writingOf, type Root } from './loops/root.ts'
import { isStacked } from './routines/products/isStacked.ts'

/** A product of matrices that is stored only once something else was computed of each of its elements. */
export interface FusedProduct {
  readonly product: Node
  /** What is stored. */
  readonly root: Root
  /** The product, and others that would lie where it does. */
  readonly unstored: ReadonlySet<Node>
  /** What is read besides, by its place for an element of the root. */
  readonly operands: readonly Operand[]
  /** The operations on the way from the product to what is stored, in their order. */
  readonly operations: readonly string[]
  /** How many instructions an element takes. */
  readonly instructions: number
}

/** A tensor in memory, and how many elements it goes on for each axis of the product. */
export interface Operand {
  readonly node: Node
  readonly at: Linear
  readonly batch: readonly number[]
  readonly row: number
  readonly column: 0 | 1
}

/** What is known of a program when its products are looked at. */
export interface Setting {
  readonly kinds: ReadonlyMap<Node, Kind>
  readonly views: ReadonlyMap<Node, Node>
  readonly takers: ReadonlyMap<Node, readonly Node[]>
  readonly outputs: readonly Node[]
  readonly precision: Precision
  isStored(node: Node): boolean
}

/** What is computed by tiles. */
const PRODUCTS = new Set(['matMul', 'conv2d'])

/** The products of matrices of which nothing is read but by operations on their elements, by what is stored of these. */
export function fusedProducts(setting: Setting): ReadonlyMap<Node, FusedProduct> {
  const found = new Map<Node, FusedProduct>()
  for (const [node, kind] of setting.kinds) {
    if (kind !== 'whole' || !PRODUCTS.has(node.op) || setting.outputs.includes(node)) continue
    const fused = fusedAt(node, setting)
    // What is made of two products is stored with the first, and reads the second.
    if (fused && !found.has(fused.root.node)) found.set(fused.root.node, fused)
  }
  return found
}

function fusedAt(product: Node, setting: Setting): FusedProduct | undefined {
  const { kinds, isStored } = setting
  if (!isTiled(product)) return undefined
  const [stored, unstored] = storedOf(product, setting)
  const [last] = stored
  if (stored.size !== 1 || kinds.get(last!) !== 'looped') return undefined
  const [root, ...others] = writingOf(last!).roots as readonly [Root, ...Root[]]
  const { domain } = root
  if (others.length > 0 || root.reduction || sizeOf(domain) !== sizeOf(product.shape)) return undefined
  const loops = domain.length
  const own = flat(domain, ownPlace(domain), loops)
  const reads: Reads = { nodes: new Set(), accesses: [], indices: [] }
  if (root.source !== root.node && isStored(root.source)) return undefined
  addReads(reads, root.source, ownPlace(domain), loops, isStored)
  if (reads.indices.length > 0 || root.node.dtype !== 'float32') return undefined
  if (![...reads.nodes].every(isVectorial)) return undefined
  const isOwn = ({ offset, coefficients }: Linear): boolean =>
    offset === 0 && coefficients.every((c, axis) => c === own.coefficients[axis] || domain[axis] === 1)
  const operands: Operand[] = []
  for (const { node, at } of reads.accesses) {
    if (unstored.has(node)) {
      if (!isOwn(at)) return undefined
      continue
    }
    const operand = node.dtype === 'int32' ? undefined : operandOf(node, at, domain, product)
    if (!operand) return undefined
    operands.push(operand)
  }
  const operations = [...reads.nodes].flatMap(({ op }) => (op === 'constant' ? [] : [op])).toReversed()
  const instructions = [...reads.nodes].reduce(
    (sum, node) => sum + instructionsOf([node], setting.precision) / sizeOf(node.shape),
    0,
  )
  return { product, root, unstored, operands, operations, instructions }
}

/** Whether a product is computed by tiles. */
function isTiled({ op, shape, inputs, attributes }: Node): boolean {
  if (op === 'conv2d') return sizeOf(shape) > 0 && inputs[1]!.shape[2]! > 0 && shape.at(-1)! > 1
  const inner = inputs[0]!.shape.at(attributes['transposeA'] ? -2 : -1)!
  if (inputs.some(({ dtype }) => dtype !== 'float32')) return false
  return sizeOf(shape) > 0 && inner > 0 && shape.at(-1)! > 1 && shape.at(-2)! > 1
}

/** What is stored of all that is computed of a node element by element, and what lies where the node does. */
function storedOf(
  product: Node,
  { kinds, views, takers, outputs, isStored }: Setting,
): readonly [stored: ReadonlySet<Node>, unstored: ReadonlySet<Node>] {
  const [stored, unstored] = [new Set<Node>(), new Set([product])]
  const seen = new Set<Node>()
  const stack = [product]
  for (let node = stack.pop(); node; node = stack.pop()) {
    for (const taker of takers.get(node)!) {
      if (seen.has(taker)) continue
      seen.add(taker)
      const isView = unstored.has(node) && views.get(taker) === node && !outputs.includes(taker)
      if (isView) unstored.add(taker)
      if (isView || (kinds.get(taker) === 'looped' && !isStored(taker))) stack.push(taker)
      else stored.add(taker)
    }
  }
  return [stored, unstored]
}

/** An operand whose elements are steps apart along the batch, the rows and the columns of a product. */
function operandOf(node: Node, at: Linear, domain: Shape, product: Node): Operand | undefined {
  const steps = at.coefficients
  const column = steps.at(-1)
  if (at.coefficients.some((c) => c < 0) || domain.at(-1) !== product.shape.at(-1)) return undefined
  if (column !== 0 && column !== 1) return undefined
  const leading = domain.slice(0, -1)
  if (product.op === 'matMul' && leading.join() === product.shape.slice(0, -1).join()) {
    const [batch, row] = [steps.slice(0, -2), steps.at(-2)!]
    return isStacked(product) && rowStep(leading, steps) === undefined
      ? undefined
      : { node, at, batch, row, column }
  }
  // In another shape the rows must be one axis.
  const row = rowStep(leading, steps)
  if (row === undefined) return undefined
  const lengths = product.shape.slice(0, -1)
  const batch = lengths.slice(0, -1).map((_, axis) => row * sizeOf(lengths.slice(axis + 1)))
  return { node, at, batch, row, column }
}

/** How far apart elements are along axes that are gone through like one; undefined if these are not. */
function rowStep(lengths: Shape, steps: readonly number[]): number | undefined {
  const long = lengths.flatMap((length, axis) => (length === 1 ? [] : [axis]))
  const step = steps[long.at(-1) ?? -1] ?? 0
  let behind = 1
  for (const axis of long.toReversed()) {
    if (steps[axis] !== step * behind) return undefined
    behind *= lengths[axis]!
  }
  return step
}
