import type { Tensor } from '@tensorflow/tfjs-core'
import { add, exp, mul, neg, slice, sub, sum } from '@variate/core/ops'
import { boundedLog } from './boundedLog.ts'
import type { Elementwise } from './coupling.ts'
import { back } from './layer.ts'

/** y = m + x·exp(s), with s bounded. */
export const affineMap: Elementwise = {
  shapes: 2,
  forward: (shape, x) => {
    const { shift, logScale } = partsOf(shape)
    return { vector: add(shift, mul(x, exp(logScale))), logDet: sum(logScale) }
  },
  inverse: (shape, y) => {
    const { shift, logScale } = partsOf(shape)
    return back(mul(sub(y, shift), exp(neg(logScale))), sum(logScale))
  },
}

function partsOf(shape: Tensor) {
  const count = shape.shape[0]! / 2
  return { shift: slice(shape, [0], [count]), logScale: boundedLog(slice(shape, [count], [count])) }
}
