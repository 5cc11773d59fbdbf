import { sizeOf, type Node, type Shape } from '../../graph/node.ts'
import type { Emission } from '../emission.ts'
import type { Rule } from '../rule.ts'
import { shaped } from './movement.ts'
import { patchesOf, tapsOf, windowOf } from './patchesOf.ts'

/** A convolution, its transpose, or its derivative with respect to the filter, as a product with a matrix of patches. */
export const ofPatches: Rule = (node, e) => {
  const [a, b] = node.inputs as readonly [Node, Node]
  const filter = node.op === 'conv2dFilter' ? node.shape : b.shape
  const rows = (x: string, shape: Shape): string => shaped(e, x, [sizeOf(shape.slice(0, -1)), shape.at(-1)!])
  if (node.op === 'convTranspose2d') {
    const products = e.graph.op('Gemm', [rows(e.of(a), a.shape), rows(e.of(b), filter)], { transB: 1 })
    return spread(node, products, a.shape, filter, e)
  }
  const y = node.op === 'conv2d' ? node.shape : b.shape
  const { patches, order } = patchesOf(node, a, filter, y, e)
  const matrix = shaped(e, patches, [sizeOf(y.slice(0, -1)), sizeOf(filter.slice(0, -1))])
  if (node.op === 'conv2d')
    return shaped(e, e.graph.op('MatMul', [matrix, rows(order.of(e.of(b)), filter)]), y)
  return order.back(e.graph.op('Gemm', [matrix, rows(e.of(b), y)], { transA: 1 }))
}

/** Patches added where they lie in images: for each pixel of the filter what belongs there, with zeros between. */
function spread(node: Node, patches: string, y: Shape, filter: Shape, e: Emission): string {
  const { strides, dilations, pad } = windowOf(node)
  const [images, height, width, channels] = node.shape as [number, number, number, number]
  const [, down, across] = y as [number, number, number, number]
  const zero = e.graph.constant(0, e.precision)
  const padded = (x: string, before: Shape, after: Shape): string =>
    e.graph.op('Pad', [x, e.graph.whole([...before, ...after]), zero])
  const parts = tapsOf(filter).map((tap, i) => {
    const at = [[i * channels], [(i + 1) * channels], [1]].map((list) => e.graph.whole(list))
    const own = shaped(e, e.graph.op('Slice', [patches, ...at]), [images, down, 1, across, 1, channels])
    const none: Shape = [0, 0, 0, 0, 0, 0]
    const apart = padded(own, none, none.with(2, strides[0] - 1).with(4, strides[1] - 1))
    const [rows, columns] = [down * strides[0], across * strides[1]]
    const [top, left] = tap.map((place, axis) => place * dilations[axis]! - pad[axis + 1]![0]!) as [
      number,
      number,
    ]
    const sides: readonly [Shape, Shape] = [
      [0, top, left, 0],
      [0, height - rows - top, width - columns - left, 0],
    ]
    return padded(shaped(e, apart, [images, rows, columns, channels]), ...sides)
  })
  return parts.length === 1 ? parts[0]! : e.graph.op('Sum', parts)
}
