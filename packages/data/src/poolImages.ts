import { DomainError, ndarray, ShapeError, type NdArray, type NumericArray } from '@variate/core'

export interface PoolOptions {
  /** Rows of an image, in pixels. */
  readonly height: number
  /** Columns of an image, in pixels. */
  readonly width: number
  /** The side of the square of pixels that becomes one pixel; divides `height` and `width`. */
  readonly by: number
}

/**
 * Smaller images: each square of `by` × `by` pixels becomes one pixel, its mean.
 *
 * @param images one image a row, its pixels row by row: shape [n, height · width].
 * @returns shape [n, (height / by) · (width / by)].
 * @throws DomainError if `height`, `width` or `by` is not a whole number ≥ 1, or `by` does not divide both
 * sides; ShapeError if `images` is not of shape [n, height · width].
 *
 * @example
 * ```ts
 * import { ndarray } from '@variate/core'
 * import { poolImages } from '@variate/data'
 *
 * const image = ndarray(Float32Array.of(0, 1, 0, 0, 1, 1, 0, 1), [1, 8]) // two rows of four pixels
 * poolImages(image, { height: 2, width: 4, by: 2 }).toNested() // => [[0.75, 0.25]]
 * ```
 */
export function poolImages(
  images: NdArray<NumericArray>,
  { height, width, by }: PoolOptions,
): NdArray<Float32Array> {
  for (const [name, value] of Object.entries({ height, width, by })) {
    if (!Number.isInteger(value) || value < 1) {
      throw new DomainError(`poolImages: ${name} must be a whole number ≥ 1, got ${value}`)
    }
  }
  if (height % by !== 0 || width % by !== 0) {
    throw new DomainError(`poolImages: by must divide height and width, got ${by} for ${height} × ${width}`)
  }
  const count = images.shape[0] ?? 0
  if (images.rank !== 2 || images.shape[1] !== height * width) {
    throw new ShapeError(`poolImages: images must have shape [n, ${height * width}], got [${images.shape}]`)
  }
  const columns = width / by
  const pooled = new Float32Array((count * height * columns) / by)
  for (let target = 0; target < pooled.length; target++) {
    // Counted through all images, as `by` divides their height: one strip of `by` rows makes one row.
    const strip = Math.floor(target / columns)
    const corner = strip * by * width + (target % columns) * by
    let sum = 0
    for (let row = 0; row < by; row++) {
      for (let column = 0; column < by; column++) sum += images.data[corner + row * width + column]!
    }
    pooled[target] = sum / (by * by)
  }
  return ndarray(pooled, [count, (height / by) * columns])
}
