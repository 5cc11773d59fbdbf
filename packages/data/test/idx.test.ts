import { FormatError } from '@variate/core'
import { describe, expect, it } from 'vitest'
import { readIdx } from '../src/idx.ts'

// http://yann.lecun.com/exdb/mnist describes the format: magic 0x00000802 is two axes of unsigned bytes.
const matrix = Uint8Array.of(0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6)

describe('readIdx', () => {
  it('reads shape and elements, and says where the array ends', () => {
    const { shape, data, end } = readIdx(matrix, 0, 'file')
    expect(shape).toEqual([2, 3])
    expect([...data]).toEqual([1, 2, 3, 4, 5, 6])
    expect(end).toBe(18)
  })

  it('reads an array that begins later in a view of a larger buffer', () => {
    const padded = new Uint8Array([9, 9, 9, ...matrix])
    expect([...readIdx(padded.subarray(1), 2, 'file').data]).toEqual([1, 2, 3, 4, 5, 6])
  })

  it('refuses bytes cut short at any place', () => {
    for (let length = 0; length < matrix.length; length++) {
      expect(() => readIdx(matrix.subarray(0, length), 0, 'file')).toThrow(FormatError)
    }
    expect(() => readIdx(matrix.subarray(0, 15), 0, 'file')).toThrow(
      'file is cut short: 6 bytes expected at 12, 3 left',
    )
  })

  it('refuses another format or another type of element', () => {
    expect(() => readIdx(Uint8Array.of(0x3c, 0x21, 0x64, 0x6f), 0, 'file')).toThrow(
      'file: expected an IDX array of bytes (magic 000008..), got 3c21646f at 0',
    )
    const floats = Uint8Array.of(0, 0, 0x0d, 1, 0, 0, 0, 0)
    expect(() => readIdx(floats, 0, 'file')).toThrow(FormatError)
  })
})
