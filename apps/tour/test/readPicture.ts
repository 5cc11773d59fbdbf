import { readFileSync } from 'node:fs'
import { inflateSync } from 'node:zlib'
import { Resvg } from '@resvg/resvg-js'

export interface Size {
  readonly width: number
  readonly height: number
}

/** @throws if the text is not well-formed, or not an SVG. */
export function readSvg(path: string): Size & { text: string } {
  const text = readFileSync(path, 'utf8')
  const { width, height } = new Resvg(text, { font: { loadSystemFonts: false } })
  return { width, height, text }
}

/**
 * The size of a PNG of 8-bit RGBA, and how many different values its bytes take: few, where it is blank.
 *
 * @throws if its pixels do not fill its size.
 */
export function readPng(path: string): Size & { bytes: number } {
  const file = readFileSync(path)
  if (file.subarray(1, 4).toString() !== 'PNG') throw new Error(`${path} is not a PNG`)
  const [width, height] = [file.readUInt32BE(16), file.readUInt32BE(20)]
  const data: Buffer[] = []
  let type = ''
  for (let at = 8; at < file.length; at += 12 + file.readUInt32BE(at)) {
    type = file.subarray(at + 4, at + 8).toString()
    if (type === 'IDAT') data.push(file.subarray(at + 8, at + 8 + file.readUInt32BE(at)))
  }
  if (type !== 'IEND') throw new Error(`${path} is cut short`)
  const pixels = inflateSync(Buffer.concat(data))
  if (pixels.length !== height * (1 + 4 * width))
    throw new Error(`${path} has ${pixels.length} bytes of pixels`)
  return { width, height, bytes: new Set(pixels).size }
}
