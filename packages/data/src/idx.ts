import { FormatError } from '@variate/core'

/** Unsigned bytes in a shape, and where the array ends in the bytes that it was read from. */
export interface IdxArray {
  readonly shape: readonly number[]
  readonly data: Uint8Array
  readonly end: number
}

const UNSIGNED_BYTE = 0x08

/**
 * An array in IDX format, the one that MNIST was published in: two zero bytes, the type of the elements (8
 * is unsigned byte), the number of axes, the length of each axis as a big-endian uint32, the elements
 * row-major. `data` is a view into `bytes`.
 *
 * @param offset where the array begins, so that several can be read from one file.
 * @param who names the file in errors.
 * @throws FormatError for bytes that are not an IDX array of unsigned bytes, or are cut short.
 */
export function readIdx(bytes: Uint8Array, offset: number, who: string): IdxArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  needBytes(bytes, offset, 4, who)
  const magic = view.getUint32(offset)
  if (magic >>> 8 !== UNSIGNED_BYTE) {
    const found = magic.toString(16).padStart(8, '0')
    throw new FormatError(
      `${who}: expected an IDX array of bytes (magic 000008..), got ${found} at ${offset}`,
    )
  }
  const rank = magic & 0xff
  needBytes(bytes, offset + 4, 4 * rank, who)
  const shape = Array.from({ length: rank }, (_, axis) => view.getUint32(offset + 4 + 4 * axis))
  const size = shape.reduce((product, length) => product * length, 1)
  const begin = offset + 4 + 4 * rank
  needBytes(bytes, begin, size, who)
  return { shape, data: bytes.subarray(begin, begin + size), end: begin + size }
}

function needBytes(bytes: Uint8Array, offset: number, count: number, who: string): void {
  const left = Math.max(0, bytes.length - offset)
  if (left < count)
    throw new FormatError(`${who} is cut short: ${count} bytes expected at ${offset}, ${left} left`)
}
