import type { Window } from '@variate/core/internal'
import type { Node, Shape } from '../../graph/node.ts'
import type { Emission } from '../emission.ts'
import { shaped } from './movement.ts'

type Pair = readonly [number, number]

export const windowOf = ({ attributes }: Node): Window => attributes as unknown as Window

/** The pixels of a filter, row by row. */
export function tapsOf([rows, columns]: Shape): readonly Pair[] {
  return Array.from({ length: rows! * columns! }, (_, i) => [Math.floor(i / columns!), i % columns!])
}

/** In which order patches have the pixels of a filter. */
interface Order {
  /** A filter in it, and one that is in it as filters are. */
  of(filter: string): string
  back(filter: string): string
}

/** What each pixel of results is made of: [images, rows, columns, numbers of a patch]. */
export interface Patches {
  readonly patches: string
  readonly order: Order
}

/** The patches of images `x` that a convolution takes, with a filter of a shape, to results of a shape. */
export function patchesOf(node: Node, x: Node, filter: Shape, y: Shape, e: Emission): Patches {
  const { strides, dilations } = windowOf(node)
  const isInSteps = strides.some((step) => step > 1) && dilations.every((step) => step === 1)
  return isInSteps && strides.every((step, i) => filter[i]! % step === 0)
    ? inBlocks(node, x, filter, y, e)
    : tapByTap(node, x, filter, y, e)
}

function tapByTap(node: Node, x: Node, filter: Shape, y: Shape, e: Emission): Patches {
  const { strides, dilations, pad } = windowOf(node)
  const around = [0, 1].flatMap((side) => pad.map((ends) => ends[side]!))
  const images = padded(e, e.of(x), around)
  const parts = tapsOf(filter).map((tap) => {
    const begin = tap.map((place, i) => place * dilations[i]!)
    const ends = begin.map((from, i) => from + (y[i + 1]! - 1) * strides[i]! + 1)
    return e.graph.op('Slice', [images, ...[begin, ends, [1, 2], strides].map((list) => e.graph.whole(list))])
  })
  return { patches: joined(e, parts), order: { of: (w) => w, back: (w) => shaped(e, w, filter) } }
}

/**
 * Where a filter has whole steps: images in blocks of a step, of which the numbers follow each other, so that a patch has few and
 * long parts.
 */
function inBlocks(node: Node, x: Node, filter: Shape, y: Shape, e: Emission): Patches {
  const { strides, pad } = windowOf(node)
  const [images, , , channels] = x.shape as [number, number, number, number]
  const [down, across] = strides as unknown as Pair
  const blocks = [filter[0]! / down, filter[1]! / across] as const
  const [rows, columns] = blocks.map((count, i) => y[i + 1]! + count - 1) as [number, number]
  // What steps leave out is cut off.
  const ends = [rows * down, columns * across].map((length, i) => length - x.shape[i + 1]! - pad[i + 1]![0]!)
  const around = [0, pad[1]![0]!, pad[2]![0]!, 0, 0, ends[0]!, ends[1]!, 0]
  const apart = shaped(e, padded(e, e.of(x), around), [images, rows, down, columns, across, channels])
  const turned = e.graph.op('Transpose', [apart], { perm: [0, 1, 3, 2, 4, 5] })
  const inRows = shaped(e, turned, [images, rows, columns, down * across * channels])
  const parts = tapsOf(blocks).map((begin) => {
    const last = begin.map((from, i) => from + y[i + 1]!)
    return e.graph.op('Slice', [inRows, ...[begin, last, [1, 2]].map((list) => e.graph.whole(list))])
  })
  const swapped = (w: string, [a, b, c, d]: Shape): string =>
    e.graph.op('Transpose', [shaped(e, w, [a!, b!, c!, d!, ...filter.slice(2)])], {
      perm: [0, 2, 1, 3, 4, 5],
    })
  const order: Order = {
    of: (w) => swapped(w, [blocks[0], down, blocks[1], across]),
    back: (w) => shaped(e, swapped(w, [blocks[0], blocks[1], down, across]), filter),
  }
  return { patches: joined(e, parts), order }
}

function padded(e: Emission, x: string, around: Shape): string {
  return e.graph.op('Pad', [x, e.graph.whole(around), e.graph.constant(0, e.precision)])
}

function joined(e: Emission, parts: readonly string[]): string {
  return parts.length === 1 ? parts[0]! : e.graph.op('Concat', parts, { axis: 3 })
}
