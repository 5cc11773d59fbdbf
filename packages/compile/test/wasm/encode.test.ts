import fc from 'fast-check'
import { expect, test } from 'vitest'
import { signed, unsigned } from '../../src/wasm/encode.ts'

/** The number that bytes in LEB128 say; https://webassembly.github.io/spec/core/binary/values.html#integers. */
function decoded(bytes: readonly number[], isSigned: boolean): bigint {
  const bits = bytes.map((byte, i) => BigInt(byte & 0x7f) << BigInt(7 * i)).reduce((a, b) => a + b)
  const isNegative = isSigned && (bytes.at(-1)! & 0x40) !== 0
  return isNegative ? bits - (1n << BigInt(7 * bytes.length)) : bits
}

/** Whether all but the last byte say that there are more. */
function isChained(bytes: readonly number[]): boolean {
  return bytes.every((byte, i) => byte < 0x80 === (i === bytes.length - 1))
}

test('whole numbers are written in LEB128, in as few bytes as they take', () => {
  fc.assert(
    fc.property(fc.oneof(fc.integer(), fc.integer({ min: -200, max: 200 })), (x) => {
      for (const bytes of [signed(x), signed(BigInt(x))]) {
        expect(decoded(bytes, true)).toBe(BigInt(x))
        expect(isChained(bytes)).toBe(true)
      }
      expect(signed(x)).toEqual(signed(BigInt(x)))
    }),
  )
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (x) => {
      expect(decoded(signed(x), true)).toBe(x)
    }),
  )
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (x) => {
      expect(decoded(unsigned(x), false)).toBe(BigInt(x))
    }),
  )
  for (const x of [0, -1, 63, 64, -64, -65, 2 ** 31 - 1, -(2 ** 31), 2 ** 31])
    expect(decoded(signed(x), true)).toBe(BigInt(x))
})
