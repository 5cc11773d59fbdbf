import { key, NdArray, random, split } from '@variate/core'
import { mnist } from '@variate/data'

type Plain = NdArray<Float32Array>

/** Digits to fit to, and others to judge by. */
export interface DigitSplit {
  /** Brightnesses, [digits, 784]: pixels are drawn of them afresh whenever a digit is taken. */
  readonly train: Plain
  /** Pixels of 0 and 1, drawn once, [digits, 784]. */
  readonly test: Plain
}

const TEST = 1000

/**
 * The 10,000 digits in two parts, by a key that is always the same: 9,000 to fit to and 1,000 to judge by.
 *
 * @param share of both parts that is kept.
 */
export async function digitSplit(share = 1): Promise<DigitSplit> {
  const { images } = await mnist()
  const [ofOrder, ofPixels] = split(key(2026))
  const order = random.permutation(ofOrder!, images.shape[0]!).data
  const [test, train] = [order.subarray(0, TEST), order.subarray(TEST)].map((rows) =>
    rowsOf(images, rows.subarray(0, Math.round(share * rows.length))),
  )
  return { train: train!, test: binary(test!, random.uniform(ofPixels!, test!.shape).data) }
}

function rowsOf({ data, shape }: Plain, rows: Int32Array): Plain {
  const size = shape[1]!
  const taken = new Float32Array(rows.length * size)
  for (const [at, row] of rows.entries()) taken.set(data.subarray(row * size, (row + 1) * size), at * size)
  return new NdArray(taken, [rows.length, size])
}

function binary({ data, shape }: Plain, uniform: ArrayLike<number>): Plain {
  return new NdArray(
    data.map((brightness, i) => (uniform[i]! < brightness ? 1 : 0)),
    shape,
  )
}
