import { DomainError, NdArray } from '@variate/core'
import { shown, sizeOf } from '@variate/core/internal'
import { add, div, mean, mul, sqrt, square, sub } from '@variate/core/ops'
import type { Network } from './network.ts'
import { checkShape, leadingOf } from './shapes.ts'

export interface LayerNormOptions {
  /** Over how many of the last axes; over all if not given, as PyTorch does. Flax and Keras take 1. */
  readonly axes?: number
  /** Added to the variance; 1e-5 if not given. */
  readonly epsilon?: number
}

/** What is multiplied with, and added, of the shape of the last axes. */
export type LayerNormParams = {
  readonly scale: NdArray<Float32Array>
  readonly bias: NdArray<Float32Array>
}

/**
 * Layer normalisation: scale · (x − mean)/√(variance + ε) + bias, with the mean and the variance (that divides by the count) of the
 * numbers of an element, so that elements stay independent. There is no batch normalisation: it would make each element's
 * density depend on which others a step takes.
 *
 * @param shape of what it takes and gives.
 * @throws DomainError for other numbers of axes and an ε that is not positive.
 * @see Ba, Kiros and Hinton, Layer Normalization (2016).
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { constant } from '@variate/core/ops'
 * import { layerNorm } from '@variate/language'
 *
 * const norm = layerNorm([2])
 * const params = { scale: constant([1, 1]), bias: constant([0, 10]) }
 * norm.apply(params, constant([3, 5])).dataSync() // => [-0.999995, 10.999995]
 * ```
 */
export function layerNorm(
  shape: readonly number[],
  { axes = shape.length, epsilon = 1e-5 }: LayerNormOptions = {},
): Network<LayerNormParams> {
  checkShape('layerNorm', shape)
  if (!(Number.isInteger(axes) && axes >= 1 && axes <= shape.length))
    throw new DomainError(
      `layerNorm: axes must be a whole number 1 … ${shape.length}, of the last of [${shape}], got ${shown(axes)}`,
    )
  if (!(epsilon > 0)) throw new DomainError(`layerNorm: epsilon must be > 0, got ${shown(epsilon)}`)
  const own = shape.slice(-axes)
  const over = own.map((_, i) => i - axes)
  const filled = (value: number): NdArray<Float32Array> =>
    new NdArray(new Float32Array(sizeOf(own)).fill(value), own)
  return {
    input: shape,
    output: shape,
    init: () => ({ scale: filled(1), bias: filled(0) }),
    apply: ({ scale, bias }, x) => {
      leadingOf('layerNorm', x, shape)
      const centred = sub(x, mean(x, over, true))
      const variance = mean(square(centred), over, true)
      return add(mul(div(centred, sqrt(add(variance, epsilon))), scale), bias)
    },
  }
}
