import type { Tensor } from '@tensorflow/tfjs-core'
import { cast, cumsum, logSoftmax, max, mean, neg, not, softmax, sum } from '@variate/core/ops'
import type { Told } from '../registerKernels.ts'

const axesOf = (axis: unknown): readonly number[] | undefined =>
  axis === null || axis === undefined ? undefined : [axis as number | number[]].flat()

const anyOf = (x: Tensor, axes: readonly number[] | undefined, keepDims: boolean): Tensor =>
  cast(max(cast(x, 'int32'), axes, keepDims), 'bool')

/** Kernels that combine the elements along axes. */
export const REDUCTIONS: Readonly<Record<string, Told>> = {
  All: ({ x }, { axis, keepDims }) => not(anyOf(not(x!), axesOf(axis), keepDims as boolean)),
  Any: ({ x }, { axis, keepDims }) => anyOf(x!, axesOf(axis), keepDims as boolean),
  Cumsum: ({ x }, { axis, exclusive, reverse }) =>
    cumsum(x!, axis as number, { exclusive: exclusive as boolean, reverse: reverse as boolean }),
  LogSoftmax: ({ logits }, { axis }) => logSoftmax(logits!, axis as number),
  Max: ({ x }, { reductionIndices, keepDims }) => max(x!, axesOf(reductionIndices), keepDims as boolean),
  Mean: ({ x }, { axis, keepDims }) => mean(cast(x!, 'float32'), axesOf(axis), keepDims as boolean),
  Min: ({ x }, { axis, keepDims }) => neg(max(neg(x!), axesOf(axis), keepDims as boolean)),
  Softmax: ({ logits }, { dim }) => softmax(logits!, dim as number),
  Sum: ({ x }, { axis, keepDims }) => sum(x!, axesOf(axis), keepDims as boolean),
}
