import { spanOf, type Window } from '@variate/core/internal'
import { sizeOf, type Node, type Shape } from '../../../graph/node.ts'

/** Lengths of images, of a filter and of what it makes of them; of rows and columns in this order. */
export interface Geometry {
  readonly images: number
  readonly image: readonly [number, number]
  readonly filter: readonly [number, number]
  readonly result: readonly [number, number]
  readonly ins: number
  readonly outs: number
  readonly strides: readonly [number, number]
  readonly dilations: readonly [number, number]
  /** How many rows and columns of zeros there are before the image. */
  readonly before: readonly [number, number]
  /** Numbers of a patch: what one pixel of the result is made of. */
  readonly patch: number
}

/** @param shapes of images, filter and result. */
export function geometryOf({ attributes }: Node, x: Shape, filter: Shape, y: Shape): Geometry {
  const { strides, dilations, pad } = attributes as unknown as Window
  return {
    images: x[0]!,
    image: [x[1]!, x[2]!],
    filter: [filter[0]!, filter[1]!],
    result: [y[1]!, y[2]!],
    ins: filter[2]!,
    outs: filter[3]!,
    strides,
    dilations,
    before: [pad[1][0], pad[2][0]],
    patch: sizeOf(filter.slice(0, 3)),
  }
}

/** The pixels of a line of the result whose patches lie wholly within lines of the image, side by side: from … to. */
export function inside({
  image,
  filter,
  result,
  strides,
  dilations,
  before,
}: Geometry): readonly [number, number] {
  const [, across] = result
  if (dilations[1] > 1) return [across, across]
  const from = Math.min(across, Math.ceil(before[1] / strides[1]))
  const last = Math.floor((image[1] + before[1] - spanOf(filter[1], 1)) / strides[1])
  return [from, Math.max(from, Math.min(across, last + 1))]
}
