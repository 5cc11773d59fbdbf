import type { Window } from '@variate/core/internal'
import { sizeOf, type Node, type Shape } from '../../graph/node.ts'
import type { Emission } from '../emission.ts'
import type { Rule } from '../rule.ts'
import { shaped } from './movement.ts'

type Pair = readonly [number, number]

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
  const matrix = shaped(e, patchesOf(node, a, filter, y, e), [
    sizeOf(y.slice(0, -1)),
    sizeOf(filter.slice(0, -1)),
  ])
  return node.op === 'conv2d'
    ? shaped(e, e.graph.op('MatMul', [matrix, rows(e.of(b), filter)]), y)
    : shaped(e, e.graph.op('Gemm', [matrix, rows(e.of(b), y)], { transA: 1 }), filter)
}

const windowOf = ({ attributes }: Node): Window => attributes as unknown as Window

/** The pixels of a filter, row by row. */
function tapsOf(filter: Shape): readonly Pair[] {
  return Array.from({ length: filter[0]! * filter[1]! }, (_, i) => [
    Math.floor(i / filter[1]!),
    i % filter[1]!,
  ])
}

/** [images, rows, columns, numbers of a patch]. */
function patchesOf(node: Node, x: Node, filter: Shape, y: Shape, e: Emission): string {
  const { strides, dilations, pad } = windowOf(node)
  const around = [0, 1].flatMap((side) => pad.map((ends) => ends[side]!))
  const zero = e.graph.constant(0, e.precision)
  const images = e.graph.op('Pad', [e.of(x), e.graph.whole(around), zero])
  const parts = tapsOf(filter).map((tap) => {
    const begin = tap.map((place, i) => place * dilations[i]!)
    const ends = begin.map((from, i) => from + (y[i + 1]! - 1) * strides[i]! + 1)
    return e.graph.op('Slice', [images, ...[begin, ends, [1, 2], strides].map((list) => e.graph.whole(list))])
  })
  return parts.length === 1 ? parts[0]! : e.graph.op('Concat', parts, { axis: 3 })
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
