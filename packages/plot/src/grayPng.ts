import { encode } from 'fast-png'

/**
 * A grey image as the bytes of a PNG file, each pixel a square of `scale` × `scale`: what draws the picture may
 * smooth an image that it enlarges, and not every renderer heeds `image-rendering`.
 *
 * @param gray one byte a pixel, row by row, 0 is black.
 */
export function grayPng(gray: Uint8Array, height: number, width: number, scale: number): Uint8Array {
  const size = { height: height * scale, width: width * scale }
  const data = new Uint8Array(size.height * size.width)
  for (let index = 0; index < data.length; index++) {
    const [row, column] = [Math.floor(index / size.width), index % size.width]
    data[index] = gray[Math.floor(row / scale) * width + Math.floor(column / scale)]!
  }
  return encode({ ...size, data, depth: 8, channels: 1 })
}

/** A PNG file as what an image of an SVG refers to. */
export function dataUri(png: Uint8Array): string {
  const binary = Array.from(png, (byte) => String.fromCharCode(byte)).join('')
  return `data:image/png;base64,${btoa(binary)}`
}
