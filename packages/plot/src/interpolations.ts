import { ShapeError, type NdArray, type NumericArray } from '@variate/core'
import type { Figure } from './draw.ts'
import { checkCounts, countImages } from './grayImages.ts'
import { rowsFigure, type ImageRowsLayout } from './imageRows.ts'
import { sliceImages } from './sliceImages.ts'

export interface InterpolationsOptions extends ImageRowsLayout {
  /** The decoded points of `interpolationPoints`, in their order: shape [pairs · steps, height · width]. */
  readonly images: NdArray<NumericArray>
  /** How many images lead from one end to the other, both ends included. */
  readonly steps: number
  /** What stands to the left of each row; nothing, if not given. */
  readonly labels?: readonly string[] | undefined
}

const WHO = 'interpolations'

/**
 * A row for each pair of points in a latent space: what is decoded on the way from the one to the other, with the share of the way
 * above.
 *
 * @throws ShapeError if `images` is empty or not of shape [pairs · steps, height · width], or `labels` are not one text a row;
 *   DomainError for fewer than two steps, sizes that are not whole or too small, or a pixel that is not finite.
 *
 * @example
 * ```ts
 * import { ndarray } from '@variate/core'
 * import { interpolationPoints, interpolations, renderSvg } from '@variate/plot'
 *
 * const z = interpolationPoints([[-2, 0]], [[2, 1]], { steps: 5 })
 * const images = ndarray(z.data.map((x) => 1 / (1 + Math.exp(-x))), [5, 2]) // a decoder to images of 1 × 2
 * const svg = await renderSvg(interpolations({ images, steps: 5, height: 1, width: 2 }))
 * svg.includes('>75 %<') // => true
 * ```
 */
export function interpolations(options: InterpolationsOptions): Figure {
  const { images, steps, labels, ...layout } = options
  checkCounts({ steps }, 2, WHO)
  const count = countImages(images, options, WHO)
  const pairs = count / steps
  if (!Number.isInteger(pairs))
    throw new ShapeError(`${WHO}: images must be ${steps} a pair, one a step, got ${count}`)
  if (labels !== undefined && labels.length !== pairs)
    throw new ShapeError(`${WHO}: labels must be one text a row, ${pairs}, got ${labels.length}`)
  const rows = Array.from({ length: pairs }, (_, row) => ({
    label: labels?.[row] ?? '',
    images: sliceImages(images, row * steps, (row + 1) * steps),
  }))
  const heads = Array.from({ length: steps }, (_, step) => `${Math.round((100 * step) / (steps - 1))} %`)
  return rowsFigure({ ...layout, rows, heads }, WHO)
}
