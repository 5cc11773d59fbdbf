import { DomainError, ShapeError, type NdArray, type NumericArray } from '@variate/core'
import { dimensionName } from './dimensionName.ts'
import type { Figure } from './draw.ts'
import { countImages } from './grayImages.ts'
import { rowsFigure, type ImageRowsLayout } from './imageRows.ts'
import { sliceImages } from './sliceImages.ts'

export interface TraversalsOptions extends ImageRowsLayout {
  /** The decoded points of `traversalPoints`, in their order: shape [dimensions · values, height · width]. */
  readonly images: NdArray<NumericArray>
  /** The values that each dimension was given. */
  readonly values: readonly number[]
  /** What stands to the left of each row; `z₁`, `z₂`, …, if not given. */
  readonly labels?: readonly string[] | undefined
}

const WHO = 'traversals'

/**
 * A row for each dimension of a latent: what is decoded when it alone changes. Rows whose images do not are dimensions that the
 * decoder does not use.
 *
 * @throws ShapeError if `images` is empty or not of shape [dimensions · values, height · width], or `labels` are not one text a
 *   row; DomainError for values that are not finite, sizes that are not whole or too small, or a pixel that is not finite.
 *
 * @example
 * ```ts
 * import { ndarray } from '@variate/core'
 * import { renderSvg, traversalPoints, traversals } from '@variate/plot'
 *
 * const values = [-2, 0, 2]
 * const z = traversalPoints([0, 0], { values })
 * const images = ndarray(z.data.map((x) => 1 / (1 + Math.exp(-x))), [6, 2]) // a decoder to images of 1 × 2
 * const svg = await renderSvg(traversals({ images, values, height: 1, width: 2 }))
 * svg.match(/<image /g)?.length // => 6
 * ```
 */
export function traversals(options: TraversalsOptions): Figure {
  const { images, values, labels, ...layout } = options
  const bad = values.findIndex((value) => !Number.isFinite(value))
  if (bad >= 0) throw new DomainError(`${WHO}: values must be finite, got ${values[bad]} at [${bad}]`)
  const count = countImages(images, options, WHO)
  const dimensions = count / values.length
  if (!Number.isInteger(dimensions))
    throw new ShapeError(`${WHO}: images must be ${values.length} a dimension, one a value, got ${count}`)
  if (labels !== undefined && labels.length !== dimensions)
    throw new ShapeError(`${WHO}: labels must be one text a row, ${dimensions}, got ${labels.length}`)
  const rows = Array.from({ length: dimensions }, (_, row) => ({
    label: labels?.[row] ?? dimensionName(row),
    images: sliceImages(images, row * values.length, (row + 1) * values.length),
  }))
  return rowsFigure({ ...layout, rows, heads: values.map(signed) }, WHO)
}

/** Two decimals at most, a minus sign and not a hyphen. */
function signed(value: number): string {
  return String(Math.round(100 * value) / 100).replace('-', '−')
}
