import type { Tensor } from '@tensorflow/tfjs-core'
import { DomainError, ShapeError, type NdArray, type NumericArray } from '@variate/core'
import type { AnyKey, cast, drawUniform, less } from '@variate/core/ops'

/** Operations of `@variate/core/ops` that a draw is handed: this package brings no TensorFlow.js along. */
export interface DrawOperations {
  readonly cast: typeof cast
  readonly drawUniform: typeof drawUniform
  readonly less: typeof less
}

/** How data are drawn of what is there, such as `binarize`: a pure function of tensors, which keeps the shape. */
export interface Resampling {
  (key: AnyKey, values: Tensor, operations: DrawOperations): Tensor
  /** What the least and the greatest value may be. */
  readonly range?: readonly [low: number, high: number]
}

/** Data that are drawn afresh in each step of a fit. */
export interface Resampled {
  readonly kind: 'resampled'
  /** What they are drawn of: an example a row. */
  readonly values: NdArray
  /** The data of some examples: traced into the step, whose key it is given. */
  draw(key: AnyKey, values: Tensor, operations: DrawOperations): Tensor
}

/**
 * Data that a fit draws afresh whenever it looks at them, such as pixels of grey images: no two epochs see the same noise, which
 * keeps a model from learning it by heart. The draw is a part of the compiled step, with a key of the fit's.
 *
 * @param values an example a row.
 * @param draw what makes data of them.
 * @throws ShapeError for no examples; DomainError for lists, for no draw, and for values that are NaN or outside of what `draw` takes,
 *   which names the row.
 *
 * @example
 * ```ts
 * import { ndarray } from '@variate/core'
 * import { binarize, resampled } from '@variate/data'
 *
 * const grey = ndarray(Float32Array.of(0, 0.5, 1, 1.5), [2, 2])
 * resampled(grey, binarize) // => throws 'row 1 has 1.5 at [1], expected numbers from 0 to 1'
 * ```
 */
export function resampled(values: NdArray<NumericArray>, draw: Resampling): Resampled {
  if (typeof values !== 'object' || values === null || !('shape' in values))
    throw new DomainError(
      `resampled: values must be an NdArray, an example a row, such as ndarray(data, [rows, numbers])`,
    )
  if (typeof draw !== 'function')
    throw new DomainError(`resampled: draw must be a function, such as binarize, got ${String(draw)}`)
  const { data, shape } = values
  const rows = shape[0] ?? 0
  if (rows === 0) throw new ShapeError(`resampled: there must be an example at least, got shape [${shape}]`)
  const [low, high] = draw.range ?? [-Infinity, Infinity]
  const size = data.length / rows
  for (let at = 0; at < data.length; at++) {
    const x = data[at]!
    if (x >= low && x <= high) continue
    const what = Number.isNaN(x) ? 'a number in each place' : `numbers from ${low} to ${high}`
    throw new DomainError(
      `resampled: row ${Math.floor(at / size)} has ${x} at [${at % size}], expected ${what}`,
    )
  }
  return { kind: 'resampled', values: values as NdArray, draw }
}
