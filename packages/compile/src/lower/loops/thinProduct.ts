import type { Kernel } from '@variate/core/internal'
import type { Node, Shape } from '../../graph/node.ts'

/** Matrix products as sums of products of elements, where one side has a single row or column. */
export interface ThinProduct {
  /** [..., rows, inner] or [..., inner, rows] of products, in the order in which the larger matrix lies in memory. */
  readonly products: Node
  /** The axis of it that is summed up; none if there is one term each. */
  readonly axis: number
}

/** Of the elementwise kernel of products all that code is made from is that it is one. */
const kernel = {
  elementwise: { f: (a: number, b: number) => a * b, typeOf: () => 'float32' },
} as unknown as Kernel

/** Numbers for nodes that are in no graph. */
let nextId = -1

/**
 * A product of a matrix and a vector, which may be the left or the right one, as a sum over an axis of a product of
 * elements: loops can then do with it what they do with other sums.
 */
export function thinProduct(node: Node): ThinProduct | undefined {
  if (node.op !== 'matMul') return undefined
  const [a, b] = node.inputs as readonly [Node, Node]
  const { transposeA, transposeB } = node.attributes as { transposeA: boolean; transposeB: boolean }
  const [rows, columns] = node.shape.slice(-2) as [number, number]
  if (a.shape.length !== 2 && b.shape.length !== 2) return undefined
  if (a.shape.length !== b.shape.length) return undefined
  if (columns === 1) {
    // b is [inner, 1] or [1, inner]: along the rows of a, or down its columns.
    const inner = b.shape[transposeB ? 1 : 0]!
    const vector = reshaped(b, transposeA ? [inner, 1] : [1, inner])
    return { products: product([a, vector], a.shape), axis: transposeA ? 0 : 1 }
  }
  if (rows === 1) {
    const inner = a.shape[transposeA ? 0 : 1]!
    const vector = reshaped(a, transposeB ? [1, inner] : [inner, 1])
    return { products: product([vector, b], b.shape), axis: transposeB ? 1 : 0 }
  }
  return undefined
}

function product(inputs: readonly Node[], shape: Shape): Node {
  const attributes = { constants: [null, null] }
  return { id: nextId--, op: 'mul', inputs, attributes, shape, dtype: 'float32', kernel }
}

function reshaped(x: Node, shape: Shape): Node {
  return { id: nextId--, op: 'reshape', inputs: [x], attributes: { shape }, shape, dtype: x.dtype }
}
