import { spanOf, type Window } from '@variate/core/internal'
import { sizeOf, type Node, type Shape } from '../../graph/node.ts'
import type { Emission } from '../emission.ts'
import type { Rule } from '../rule.ts'
import { ofPatches } from './patches.ts'

// ONNX has channels in front: images [N, C, H, W], filters [out, in, rows, columns], and pads as all that is before and all that
// is behind. ONNX Runtime convolves numbers in float32 only; others are products of patches.

const TO_FIRST: Shape = [0, 3, 1, 2]
const TO_LAST: Shape = [0, 2, 3, 1]
/** [rows, columns, in, out] and [out, in, rows, columns]. */
const [TO_OIHW, TO_HWIO]: readonly [Shape, Shape] = [
  [3, 2, 0, 1],
  [2, 3, 1, 0],
]

const turned = (e: Emission, x: string, perm: Shape): string => e.graph.op('Transpose', [x], { perm })

function windowOf({ attributes }: Node) {
  const { strides, dilations, pad } = attributes as unknown as Window
  const [rows, columns] = [pad[1], pad[2]]
  return { strides, dilations, rows, columns, pads: [rows[0], columns[0], rows[1], columns[1]] }
}

const conv2d: Rule = (node, e) => {
  const [x, filter] = node.inputs as readonly [Node, Node]
  const { strides, dilations, pads } = windowOf(node)
  const images = turned(e, e.of(x), TO_FIRST)
  const y = e.graph.op('Conv', [images, turned(e, e.of(filter), TO_OIHW)], { strides, dilations, pads })
  return turned(e, y, TO_LAST)
}

const convTranspose2d: Rule = (node, e) => {
  const [y, filter] = node.inputs as readonly [Node, Node]
  const { strides, dilations, pads, rows, columns } = windowOf(node)
  /** Pixels behind what the filter reaches, which strides leave out. */
  const left = [rows, columns].map(
    ([before, after], i) =>
      node.shape[i + 1]! +
      before +
      after -
      spanOf(filter.shape[i]!, dilations[i]!) -
      (y.shape[i + 1]! - 1) * strides[i]!,
  )
  const images = turned(e, e.of(y), TO_FIRST)
  // Here the first axis of a filter is that of the images that are given.
  const given = [images, turned(e, e.of(filter), TO_OIHW)]
  return turned(
    e,
    e.graph.op('ConvTranspose', given, { strides, dilations, pads, output_padding: left }),
    TO_LAST,
  )
}

/**
 * Images take the place of channels, channels that of images, and results that of filters: whose neighbours are as far apart in
 * the images as the filter moved, and which moves as far as the filter's neighbours were apart.
 */
const conv2dFilter: Rule = (node, e) => {
  const [x, y] = node.inputs as readonly [Node, Node]
  const { strides, dilations, pads } = windowOf(node)
  const [images, filter] = [x, y].map((tensor) => turned(e, e.of(tensor), [3, 0, 1, 2])) as [string, string]
  const all = e.graph.op('Conv', [images, filter], { strides: dilations, dilations: strides, pads })
  // Further places of the filter are of pixels that strides left out.
  const cut = e.graph.op('Slice', [
    all,
    e.graph.whole([0, 0]),
    e.graph.whole(node.shape.slice(0, 2)),
    e.graph.whole([2, 3]),
  ])
  return turned(e, cut, TO_HWIO.with(2, 0).with(3, 1))
}

/** With so many channels products of patches are faster: their numbers follow each other. */
const MANY = 8

const checked =
  (own: Rule): Rule =>
  (node, e) => {
    const { op, inputs, shape } = node
    if ([node, ...inputs].some((tensor) => sizeOf(tensor.shape) === 0))
      return e.graph.filled(0, e.precision, shape)
    const [, , channels] = op === 'conv2dFilter' ? shape : inputs[1]!.shape
    const isOfPatches = e.precision === 'float64' || (channels! >= MANY && op !== 'convTranspose2d')
    return isOfPatches ? ofPatches(node, e) : own(node, e)
  }

/** Convolutions of images, their transposes, and their derivatives with respect to filters. */
export const CONVOLUTIONS: Readonly<Record<string, Rule>> = {
  conv2d: checked(conv2d),
  conv2dFilter: checked(conv2dFilter),
  convTranspose2d: checked(convTranspose2d),
}
