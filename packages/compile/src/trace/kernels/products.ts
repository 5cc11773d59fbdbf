import type { Tensor } from '@tensorflow/tfjs-core'
import { cast, concat, fill, mul, reshape } from '@variate/core/ops'
import type { TensorType } from '@variate/core/ops'
import type { Told } from '../registerKernels.ts'
import { fromStart, part } from './part.ts'

// Products have gradients without divisions, so that a factor may be 0.

/** Of truth values products are whole numbers. */
const number = (x: Tensor): Tensor => (x.dtype === 'bool' ? cast(x, 'int32') : x)

/** The product along an axis, kept at length 1: halves are multiplied until one is left. */
function product(x: Tensor, axis: number): Tensor {
  const length = x.shape[axis]!
  if (length === 1) return x
  if (length === 0) return fill(x.shape.with(axis, 1), 1, x.dtype as TensorType)
  const half = length >>> 1
  const halves = mul(part(x, axis, 0, half), part(x, axis, half, half))
  return product(length % 2 === 0 ? halves : concat([halves, part(x, axis, length - 1, 1)], axis), axis)
}

/** One in front of an axis, `by` times, instead of as many at its end. */
function shifted(x: Tensor, axis: number, by: number, isReverse: boolean): Tensor {
  const ones = fill(x.shape.with(axis, by), 1, x.dtype as TensorType)
  const rest = part(x, axis, isReverse ? by : 0, x.shape[axis]! - by)
  return concat(isReverse ? [rest, ones] : [ones, rest], axis)
}

/** Kernels that multiply elements along axes. */
export const PRODUCTS: Readonly<Record<string, Told>> = {
  // After Hillis and Steele (1986): each step doubles how many factors an element has.
  Cumprod: ({ x }, attributes) => {
    const { axis, exclusive, reverse } = attributes as { axis: number; exclusive: boolean; reverse: boolean }
    const along = fromStart(axis, x!)
    const length = x!.shape[along]!
    let out = number(x!)
    if (exclusive && length > 0) out = shifted(out, along, 1, reverse)
    for (let by = 1; by < length; by *= 2) out = mul(out, shifted(out, along, by, reverse))
    return out
  },
  Prod: ({ x }, { axis, keepDims }) => {
    const given = (axis ?? x!.shape.map((_, i) => i)) as number | readonly number[]
    const axes = [given].flat().map((i) => fromStart(i as number, x!))
    const kept = axes.reduce((rest: Tensor, i) => product(rest, i), number(x!))
    return keepDims
      ? kept
      : reshape(
          kept,
          kept.shape.filter((_, i) => !axes.includes(i)),
        )
  },
}
