import { ShapeError, type NdArray, type NumericArray } from '@variate/core'
import type { Figure } from './draw.ts'
import { checkCounts, countImages } from './grayImages.ts'
import { rowsFigure, type ImageRowsLayout } from './imageRows.ts'
import { sliceImages } from './sliceImages.ts'

export interface ReconstructionsOptions extends ImageRowsLayout {
  /** One image a row, its pixels row by row: shape [k, height · width]. */
  readonly originals: NdArray<NumericArray>
  /** What a model makes of each, of the same shape. */
  readonly reconstructed: NdArray<NumericArray>
  /** How many images stand side by side; 10, if not given. */
  readonly columns?: number | undefined
}

const WHO = 'reconstructions'

/**
 * Images, and below each what came back from its place in the latent space.
 *
 * @throws ShapeError if there is no image, or the two are not of the same shape [k, height · width]; DomainError for sizes that are
 *   not whole or too small, or a pixel that is not finite.
 *
 * @example
 * ```ts
 * import { ndarray } from '@variate/core'
 * import { reconstructions, renderSvg } from '@variate/plot'
 *
 * const originals = ndarray(Float32Array.of(0, 1, 1, 0, 1, 0, 0, 1), [2, 4])
 * const reconstructed = ndarray(Float32Array.of(0.1, 0.9, 0.8, 0, 1, 0.2, 0, 0.7), [2, 4])
 * const svg = await renderSvg(reconstructions({ originals, reconstructed, height: 2, width: 2 }))
 * svg.match(/<image /g)?.length // => 4
 * ```
 */
export function reconstructions(options: ReconstructionsOptions): Figure {
  const { originals, reconstructed, columns = 10, ...layout } = options
  checkCounts({ columns }, 1, WHO)
  const count = countImages(originals, options, WHO, 'originals')
  if (countImages(reconstructed, options, WHO, 'reconstructed') !== count) {
    const shapes = `[${originals.shape}] and [${reconstructed.shape}]`
    throw new ShapeError(`${WHO}: there must be as many originals as reconstructed, got shapes ${shapes}`)
  }
  const rows = Array.from({ length: Math.ceil(count / columns) }, (_, block) => {
    const [from, to] = [block * columns, (block + 1) * columns]
    return [
      { label: 'original', images: sliceImages(originals, from, to) },
      { label: 'reconstruction', images: sliceImages(reconstructed, from, to) },
    ]
  })
  return rowsFigure({ ...layout, rows: rows.flat(), group: 2 }, WHO)
}
