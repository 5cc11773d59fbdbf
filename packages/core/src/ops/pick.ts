import type { Tensor } from '@tensorflow/tfjs-core'
import { broadcastShapes, offsetsIn } from './broadcast.ts'
import { fill } from './constant.ts'
import { newValues, runKernel, type Kernel, type Values } from './kernel.ts'

/** For each element of the result: the offset in `x` of the row, and the offset of the index. */
function layout(shape: readonly number[], indices: Values) {
  const batch = shape.slice(0, -1)
  const out = broadcastShapes([batch, indices.shape], 'pick')
  const size = out.reduce((product, length) => product * length, 1)
  return {
    out,
    rows: offsetsIn(batch, out, size),
    at: offsetsIn(indices.shape, out, size),
    width: shape.at(-1)!,
  }
}

const pickKernel: Kernel = {
  compute: ([x, indices]) => {
    const { out, rows, at, width } = layout(x!.shape, indices!)
    const picked = newValues(out, x!.dtype)
    for (let i = 0; i < rows.length; i++) {
      const index = indices!.data[at[i]!]!
      picked.data[i] = index >= 0 && index < width ? x!.data[rows[i]! * width + Math.trunc(index)]! : NaN
    }
    return picked
  },
  gradient: (index, dy, [x, indices]) =>
    index === 0 ? unpick(dy, indices!, x!.shape) : fill(indices!.shape, 0),
}

/**
 * One element of the last axis for each index: out[…] = x[…, indices[…]]. The other axes of `x`, of shape [..., K],
 * broadcast against those of `indices`. NaN for an index outside 0 … K − 1.
 */
export function pick(x: Tensor, indices: Tensor): Tensor {
  return runKernel('variate.pick', pickKernel, [x, indices])
}

const unpickKernel: Kernel = {
  compute: ([dy, indices], attributes) => {
    const sums = newValues(attributes['shape'] as readonly number[], 'float32')
    const { rows, at, width } = layout(sums.shape, indices!)
    for (let i = 0; i < rows.length; i++) {
      const index = indices!.data[at[i]!]!
      if (index >= 0 && index < width) sums.data[rows[i]! * width + Math.trunc(index)]! += dy!.data[i]!
    }
    return sums
  },
  gradient: (index, dy, [, indices]) => (index === 0 ? pick(dy, indices!) : fill(indices!.shape, 0)),
}

/** Zeros of `shape` with each element of `dy` added where `pick` took it from. */
function unpick(dy: Tensor, indices: Tensor, shape: readonly number[]): Tensor {
  return runKernel('variate.unpick', unpickKernel, [dy, indices], { shape: [...shape] })
}
