import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, test } from 'vitest'
import { FormatError, UnsupportedError } from '@variate/core'
import { crc32 } from '@variate/core'
import { decodeProgram } from '../../src/bytes/decodeProgram.ts'
import { encodeProgram } from '../../src/bytes/encodeProgram.ts'
import { compile, fromBytes } from '../../src/index.ts'

const f = compile((x: tf.Tensor) => tf.mul(x, tf.tensor1d([1, 2, 3])))
const bytes = f.toBytes(new Float32Array(3))

/** @throws what reading them throws. */
const read = (data: Uint8Array): unknown => fromBytes(data)

test('the checksum is that of zip: the check value of CRC-32/ISO-HDLC', () => {
  // https://reveng.sourceforge.io/crc-catalogue/17plus.htm#crc.cat.crc-32-iso-hdlc
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926)
})

test('bytes are read wherever they lie', () => {
  const among = new Uint8Array(bytes.length + 20)
  among.set(bytes, 7)
  const restored = fromBytes<typeof f>(among.subarray(7, 7 + bytes.length), { plain: true })
  expect(restored(Float32Array.of(1, 1, 1)).data).toEqual(Float32Array.of(1, 2, 3))
})

test('equal calls give equal bytes, and what was read is written as it was', () => {
  expect(f.toBytes(Float32Array.of(7, 8, 9))).toEqual(bytes)
  expect(encodeProgram(decodeProgram(bytes))).toEqual(bytes)
})

describe('refused are', () => {
  test.each([
    ['nothing', new Uint8Array(0), 'they begin with nothing'],
    ['other bytes', Uint8Array.of(1, 2, 3), 'they begin with 01 02 03'],
    [
      'a zip file',
      Uint8Array.from({ length: 900 }, (_, i) => [0x50, 0x4b][i] ?? 0),
      'are no compiled program',
    ],
    ['a head that was cut', bytes.slice(0, 20), 'was cut short: its head has 24 bytes, got 20'],
    ['a program that was cut', bytes.slice(0, -1), `promises ${bytes.length} bytes, got ${bytes.length - 1}`],
    ['a program with more behind it', Uint8Array.of(...bytes, 1, 2), '2 bytes follow the program'],
    ['another version', bytes.with(8, 2), 'has version 2 of the format, and version 1 is read here'],
  ])('%s', (_, data, message) => {
    expect(() => read(data)).toThrow(FormatError)
    expect(() => read(data)).toThrow(message)
  })

  test('programs with any bit turned', () => {
    for (let at = 16; at < bytes.length; at++) {
      const bit = 1 << (at % 8)
      expect(() => read(bytes.with(at, bytes[at]! ^ bit)), `byte ${at}`).toThrow('the program is damaged')
    }
  })

  test('instructions that WebAssembly does not have here', () => {
    const { program, ...rest } = decodeProgram(bytes)
    const { code } = program.module
    const module = { ...program.module, code: code.with(code.length - 1, 0xff) }
    const data = encodeProgram({ ...rest, program: { ...program, module } })
    expect(() => read(data)).toThrow(UnsupportedError)
    expect(() => read(data)).toThrow('instructions that WebAssembly lacks here')
  })
})
