import { DomainError, ShapeError, type NdArray, type NumericArray } from '@variate/core'

/** How grey images are to be read and drawn: see `imageGrid`. */
export interface GrayImages {
  /** Rows of an image, in its own pixels. */
  readonly height: number
  /** Columns of an image, in its own pixels. */
  readonly width: number
  /** The values drawn as paper and as ink, [0, 1] if not given; `'each'` takes the least and greatest of each image. */
  readonly range?: readonly [number, number] | 'each' | undefined
  /** The colour of the lower end of the range; white, if not given. */
  readonly paper?: 'white' | 'black' | undefined
}

/**
 * How many images there are.
 *
 * @param who names the caller in errors.
 * @param what names the images in errors.
 * @throws ShapeError if there is none, or the shape is not [k, height · width]; DomainError for sides that are not whole numbers
 *   ≥ 1, or a pixel that is not finite.
 */
export function countImages(
  images: NdArray<NumericArray>,
  { height, width }: GrayImages,
  who: string,
  what = 'images',
): number {
  checkCounts({ height, width }, 1, who)
  const count = images.shape[0] ?? 0
  if (images.rank !== 2 || images.shape[1] !== height * width || count === 0) {
    const wanted = `[k, ${height * width}] with k ≥ 1`
    throw new ShapeError(`${who}: ${what} must have shape ${wanted}, got [${images.shape}]`)
  }
  const bad = images.data.findIndex((value: number) => !Number.isFinite(value))
  if (bad >= 0) {
    const place = `image ${Math.floor(bad / (height * width))}, pixel ${bad % (height * width)}`
    throw new DomainError(`${who}: ${what} must be finite, got ${images.data[bad]} at ${place}`)
  }
  return count
}

/** @throws DomainError for values that are not whole, or below `least`. */
export function checkCounts(values: Readonly<Record<string, number>>, least: number, who: string): void {
  for (const [name, value] of Object.entries(values)) {
    if (!Number.isInteger(value) || value < least)
      throw new DomainError(`${who}: ${name} must be a whole number ≥ ${least}, got ${value}`)
  }
}

/** One byte a pixel, 0 being black, of one image after the other. */
export function grayBytes(
  images: NdArray<NumericArray>,
  { height, width, range = [0, 1], paper = 'white' }: GrayImages,
): readonly Uint8Array[] {
  const pixels = height * width
  return Array.from({ length: images.shape[0]! }, (_, index) => {
    const values = images.data.subarray(index * pixels, (index + 1) * pixels)
    const [low, high] = range === 'each' ? extent(values) : range
    const span = high - low || 1
    return Uint8Array.from(values, (value) => {
      const ink = Math.round(255 * Math.min(1, Math.max(0, (value - low) / span)))
      return paper === 'white' ? 255 - ink : ink
    })
  })
}

function extent(values: NumericArray): readonly [number, number] {
  let [low, high] = [Infinity, -Infinity]
  for (const value of values) {
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  return [low, high]
}
