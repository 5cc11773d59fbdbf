/** The polynomial of CRC-32, bits reversed: ISO 3309. */
const POLYNOMIAL = 0xedb88320

/**
 * The checksum of bytes that zip, gzip and PNG have: CRC-32 of ISO 3309, which tells of damage and not of intent.
 *
 * @example
 * ```ts
 * import { crc32 } from '@variate/core'
 *
 * crc32(new TextEncoder().encode('123456789')).toString(16) // => 'cbf43926'
 * ```
 */
export function crc32(bytes: Uint8Array): number {
  const table = Int32Array.from({ length: 256 }, (_, byte) => {
    let rest = byte
    for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ POLYNOMIAL : rest >>> 1
    return rest
  })
  let sum = -1
  for (const byte of bytes) sum = table[(sum ^ byte) & 0xff]! ^ (sum >>> 8)
  return ~sum >>> 0
}
