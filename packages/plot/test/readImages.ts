import { decode } from 'fast-png'
import { expect } from 'vitest'
import { readSvg } from './readSvg.ts'

/** An image of a figure: where it is drawn, and the grey value of each of its own pixels, row by row. */
export interface DrawnImage {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly gray: readonly number[]
}

/** The images of an SVG, of so many pixels of their own, each enlarged by whole pixels. */
export function readImages(
  svg: string,
  size: { readonly height: number; readonly width: number },
): DrawnImage[] {
  return readSvg(svg)
    .all('image')
    .map((image) => {
      const number = (name: string): number => Number(image.getAttribute(name))
      const base64 = image.getAttribute('href')!.replace('data:image/png;base64,', '')
      const gray = grayOf(Buffer.from(base64, 'base64'), size)
      return { x: number('x'), y: number('y'), width: number('width'), height: number('height'), gray }
    })
}

/** The pixels of a PNG file of one byte a pixel, taken back to so many rows and columns. */
export function grayOf(png: Uint8Array, { height, width }: { height: number; width: number }): number[] {
  const decoded = decode(png)
  const scale = decoded.width / width
  expect(decoded.height).toBe(height * scale)
  return Array.from({ length: height * width }, (_, pixel) => {
    const [row, column] = [Math.floor(pixel / width), pixel % width]
    const block = Array.from({ length: scale * scale }, (__, i) => {
      return decoded.data[
        (row * scale + Math.floor(i / scale)) * decoded.width + column * scale + (i % scale)
      ]!
    })
    expect(new Set(block).size).toBe(1)
    return block[0]!
  })
}
