import type { Tensor } from '@tensorflow/tfjs-core'
import {
  and,
  cast,
  constant,
  cumsum,
  equal,
  greater,
  isNaN,
  logSoftmax,
  max,
  mean,
  neg,
  not,
  or,
  reshape,
  softmax,
  sub,
  sum,
  where,
} from '@variate/core/ops'
import type { Told } from '../registerKernels.ts'
import { fromStart } from './part.ts'

const axesOf = (axis: unknown): readonly number[] | undefined =>
  axis === null || axis === undefined ? undefined : [axis as number | number[]].flat()

const anyOf = (x: Tensor, axes: readonly number[] | undefined, keepDims: boolean): Tensor =>
  // The largest of nothing is below 0.
  greater(max(cast(x, 'int32'), axes, keepDims), 0) as Tensor

/** −1 − x: turns the order of whole numbers, also of the least, whose negative is none. */
const complement = (x: Tensor): Tensor => sub(-1, x)

/** The place of the first largest along an axis. As tfjs has it, NaN is passed over, unless it is the first. */
function firstLargest(x: Tensor, axis: number): Tensor {
  const along = fromStart(axis, x)
  const length = x.shape[along]!
  const shape = x.shape.map((_, i) => (i === along ? length : 1))
  const places = reshape(
    constant(
      Int32Array.from({ length }, (_, i) => i),
      'int32',
    ),
    shape,
  )
  const known = x.dtype === 'int32' ? x : where(isNaN(x), -Infinity, cast(x, 'float32'))
  const isFirst = and(isNaN(x), equal(places, 0))
  const isLargest = or(equal(known, max(known, along, true)), isFirst)
  return neg(max(where(isLargest, neg(places), -length), along))
}

/** Kernels that combine the elements along axes. */
export const REDUCTIONS: Readonly<Record<string, Told>> = {
  All: ({ x }, { axis, keepDims }) => {
    // Of nothing it is false in tfjs.
    const turned = x!.size === 0 ? (y: Tensor) => y : not
    return turned(anyOf(turned(x!), axesOf(axis), keepDims as boolean))
  },
  Any: ({ x }, { axis, keepDims }) => anyOf(x!, axesOf(axis), keepDims as boolean),
  ArgMax: ({ x }, { axis }) => firstLargest(x!, axis as number),
  ArgMin: ({ x }, { axis }) =>
    firstLargest(x!.dtype === 'float32' ? neg(x!) : complement(cast(x!, 'int32')), axis as number),
  Cumsum: ({ x }, { axis, exclusive, reverse }) =>
    cumsum(x!.dtype === 'bool' ? cast(x!, 'int32') : x!, axis as number, {
      exclusive: exclusive as boolean,
      reverse: reverse as boolean,
    }),
  LogSoftmax: ({ logits }, { axis }) => logSoftmax(logits!, axis as number),
  Max: ({ x }, { reductionIndices, keepDims }) =>
    (x!.dtype === 'bool' ? anyOf : max)(x!, axesOf(reductionIndices), keepDims as boolean),
  Mean: ({ x }, { axis, keepDims }) =>
    // Of nothing it is 0 in tfjs.
    (x!.size === 0 ? sum : mean)(cast(x!, 'float32'), axesOf(axis), keepDims as boolean),
  Min: ({ x }, { axis, keepDims }) => {
    const { dtype } = x!
    const turned = dtype === 'bool' ? not : dtype === 'int32' ? complement : neg
    return turned((dtype === 'bool' ? anyOf : max)(turned(x!), axesOf(axis), keepDims as boolean))
  },
  Softmax: ({ logits }, { dim }) => softmax(logits!, dim as number),
  Sum: ({ x }, { axis, keepDims }) => sum(x!, axesOf(axis), keepDims as boolean),
}
