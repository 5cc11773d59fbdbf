import type { Tensor } from '@tensorflow/tfjs-core'
import { ShapeError } from '@variate/core'
import {
  add,
  and,
  cast,
  gather,
  greaterEqual,
  less,
  mul,
  reshape,
  scatterAdd,
  slice,
  where,
} from '@variate/core/ops'
import type { TensorType } from '@variate/core/ops'
import type { Told } from '../registerKernels.ts'
import { gathered } from './part.ts'

/** Slices at places, each given by its first coordinates. */
const gatherNd: Told = ({ params, indices }) => {
  const coordinates = indices!.shape.at(-1) ?? 0
  if (indices!.rank === 0 || coordinates > params!.rank) {
    throw new ShapeError(
      `gatherND: the last axis of indices must hold up to ${params!.rank} coordinates, got shape [${indices!.shape}]`,
    )
  }
  const [front, rest] = [params!.shape.slice(0, coordinates), params!.shape.slice(coordinates)]
  const places = indices!.shape.slice(0, -1)
  const size = front.reduce((product, length) => product * length, 1)
  const flat = front.reduce((sum: Tensor | number, length, i) => {
    const begin = indices!.shape.map((_, axis) => (axis === indices!.rank - 1 ? i : 0))
    const coordinate = reshape(slice(cast(indices!, 'int32'), begin, [...places, 1]), places)
    return add(mul(sum, length), coordinate)
  }, 0)
  return gather(reshape(params!, [size, ...rest]), coordinates > 0 ? flat : reshape(indices!, places))
}

/** What is added up is below 0 or beyond the last segment in none. */
const segmentSum: Told = ({ x, segmentIds }, attributes) => {
  const count = attributes['numSegments'] as number
  const isSegment = and(greaterEqual(segmentIds!, 0), less(segmentIds!, count))
  const ids = cast(where(isSegment, segmentIds!, count), 'int32')
  const shape = [count + 1, ...x!.shape.slice(segmentIds!.rank)]
  const sums = scatterAdd(cast(x!, 'float32'), ids, shape)
  const begin = shape.map(() => 0)
  return cast(slice(sums, begin, shape.with(0, count)), x!.dtype as TensorType)
}

/** Edges are repeated in a mirror, which stands in the last element ('reflect') or behind it ('symmetric'). */
const mirrorPad: Told = ({ x }, attributes) => {
  const { paddings, mode } = attributes as { paddings: [number, number][]; mode: 'reflect' | 'symmetric' }
  const offset = mode === 'reflect' ? 0 : 1
  return paddings.reduce((rest: Tensor, [before, after], axis) => {
    if (before === 0 && after === 0) return rest
    const length = rest.shape[axis]!
    const place = (i: number): number => {
      if (i < 0) return -i - offset
      return i >= length ? 2 * (length - 1) - i + offset : i
    }
    return gathered(rest, axis, before + length + after, (i) => place(i - before))
  }, x!)
}

/** Kernels that move elements to and from places which are given. */
export const INDEXING: Readonly<Record<string, Told>> = {
  GatherNd: gatherNd,
  MirrorPad: mirrorPad,
  UnsortedSegmentSum: segmentSum,
}
