import * as Plot from '@observablehq/plot'
import type { NdArray, NumericArray } from '@variate/core'
import { grayBytes, type GrayImages } from './grayImages.ts'
import { dataUri, grayPng } from './grayPng.ts'
import { GRID } from './theme.ts'

/** An image and its upper left corner, in pixels. */
export interface ImageCell {
  readonly x: number
  readonly y: number
  readonly src: string
}

/** Each image as a data URI, enlarged by whole pixels to at least twice the width that it is drawn with. */
export function imageSources(
  images: NdArray<NumericArray>,
  options: GrayImages,
  cellWidth: number,
): readonly string[] {
  const { height, width } = options
  const scale = Math.ceil((2 * cellWidth) / width)
  return grayBytes(images, options).map((gray) => dataUri(grayPng(gray, height, width, scale)))
}

/** Images at their places, each in a thin frame. */
export function imageMarks(cells: readonly ImageCell[], width: number, height: number): Plot.Markish[] {
  return [
    Plot.image([...cells], {
      x: ({ x }: ImageCell) => x + width / 2,
      y: ({ y }: ImageCell) => y + height / 2,
      width,
      height,
      src: 'src',
      preserveAspectRatio: 'none',
      imageRendering: 'pixelated',
      ariaDescription: 'images',
    }),
    Plot.rect([...cells], {
      x1: 'x',
      x2: ({ x }: ImageCell) => x + width,
      y1: 'y',
      y2: ({ y }: ImageCell) => y + height,
      stroke: GRID,
      fill: 'none',
    }),
  ]
}
