import type { NdArray, NumericArray } from '@variate/core'
import { checkCounts, countImages, type GrayImages } from './grayImages.ts'
import { grayPng } from './grayPng.ts'
import { mosaic } from './mosaic.ts'

export interface ImagePngOptions extends GrayImages {
  /** One image a row, its pixels row by row: shape [k, height · width]. */
  readonly images: NdArray<NumericArray>
  /** How many images stand side by side; ⌈√k⌉, if not given. */
  readonly columns?: number | undefined
  /** Between images, in pixels of theirs; none, if not given. */
  readonly gap?: number | undefined
  /** How many pixels of the file are a side of one of the images'; 1, if not given. */
  readonly scale?: number | undefined
}

/**
 * Grey images side by side as the bytes of a PNG file, without words or frames: to be written to disk or sent, in Node and in
 * browsers alike. Values outside `range`, by default [0, 1], are drawn as its nearer end.
 *
 * @throws ShapeError if `images` is empty or not of shape [k, height · width]; DomainError for sides, columns, a gap or a scale
 *   that are not whole or too small, or a pixel that is not finite.
 *
 * @example
 * ```ts
 * import { ndarray } from '@variate/core'
 * import { imagePng } from '@variate/plot'
 *
 * const images = ndarray(Float32Array.of(0, 1, 1, 0, 1, 0, 0, 1), [2, 4])
 * const png = imagePng({ images, height: 2, width: 2, columns: 2, gap: 1, scale: 4 })
 * String.fromCharCode(...png.subarray(1, 4)) // => 'PNG'
 * ```
 */
export function imagePng(options: ImagePngOptions): Uint8Array {
  const { images, gap = 0, scale = 1 } = options
  const count = countImages(images, options, 'imagePng')
  const { columns = Math.ceil(Math.sqrt(count)) } = options
  checkCounts({ columns, scale }, 1, 'imagePng')
  checkCounts({ gap }, 0, 'imagePng')
  const { gray, height, width } = mosaic(images, options, Math.min(columns, count), gap)
  return grayPng(gray, height, width, scale)
}
