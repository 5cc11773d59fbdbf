import type { NdArray, NumericArray } from '@variate/core'
import { grayBytes, type GrayImages } from './grayImages.ts'

/** One grey image that others are part of: a byte a pixel, 0 being black. */
export interface Mosaic {
  readonly gray: Uint8Array
  readonly height: number
  readonly width: number
}

/** Images side by side in one, row by row, with `gap` white pixels between them; what is left of the last row is white. */
export function mosaic(
  images: NdArray<NumericArray>,
  options: GrayImages,
  columns: number,
  gap: number,
): Mosaic {
  const tiles = grayBytes(images, options)
  const [stepDown, stepRight] = [options.height + gap, options.width + gap]
  const height = Math.ceil(tiles.length / columns) * stepDown - gap
  const width = columns * stepRight - gap
  const gray = new Uint8Array(height * width).fill(255)
  for (const [index, tile] of tiles.entries()) {
    const [top, left] = [Math.floor(index / columns) * stepDown, (index % columns) * stepRight]
    for (let row = 0; row < options.height; row++) {
      const line = tile.subarray(row * options.width, (row + 1) * options.width)
      gray.set(line, (top + row) * width + left)
    }
  }
  return { gray, height, width }
}
