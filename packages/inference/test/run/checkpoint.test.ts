import { expect, test } from 'vitest'
import { crc32, FormatError, ndarray, safetensors } from '@variate/core'
import { decodeCheckpoint, encodeCheckpoint } from '@variate/inference'

const state = {
  steps: 3,
  best: -Infinity,
  missing: NaN,
  zero: -0,
  note: 'μ "quoted"',
  flag: true,
  nothing: null,
  key: [1, 4294967295],
  parameters: { means: Float64Array.of(0.1, -0, NaN, 5e-324), labels: Int32Array.of(-1, 2) },
  history: [{ elbo: 1 / 3 }, { elbo: 0.1 + 0.2 }],
  empty: new Float64Array(0),
}

test('a checkpoint gives back what it was given, bit for bit', () => {
  const back = decodeCheckpoint('test', encodeCheckpoint('test', state)) as typeof state
  expect(back).toEqual(state)
  expect(Object.is(back.zero, -0)).toBe(true)
  expect(Object.is(back.parameters.means[1], -0)).toBe(true)
})

test('typed arrays of every kind come back as they were', () => {
  const arrays = {
    float32: Float32Array.of(0.1, -0),
    uint32: Uint32Array.of(1, 4294967295),
    uint8: Uint8Array.of(0, 255),
    int32: Int32Array.of(-7),
    nested: [[Float64Array.of(1)]],
  }
  expect(decodeCheckpoint('test', encodeCheckpoint('test', arrays))).toEqual(arrays)
})

test('arrays come back with their shapes, and are called by where they stand', () => {
  const weights = ndarray(Float32Array.of(1, 2, 3, 4), [2, 2])
  const value = {
    layers: [{ weights, bias: Float32Array.of(5) }],
    'layers.0': { bias: Int32Array.of(6) },
    again: weights,
  }
  const bytes = encodeCheckpoint('test', value)
  expect(decodeCheckpoint('test', bytes)).toEqual(value)
  const { tensors } = safetensors.decode(bytes)
  expect(tensors).toEqual({
    'layers.0.weights': weights,
    'layers.0.bias': ndarray(Float32Array.of(5)),
    // What stands elsewhere by the same name; `again` is stored once.
    "layers.0.bias'": ndarray(Int32Array.of(6)),
  })
})

test('arrays have names that are asked for, where these are free', () => {
  const value = { params: { a: Float64Array.of(1), b: Float64Array.of(2) }, a: Float64Array.of(3), b: 'text' }
  const bytes = encodeCheckpoint('test', value, { nameOf: (path) => path.replace('params.', '') })
  expect(decodeCheckpoint('test', bytes)).toEqual(value)
  const { tensors } = safetensors.decode(bytes)
  expect(Object.keys(tensors)).toEqual(['a', "a'", 'b'])
})

test('what would not come back as it was is refused by name', () => {
  expect(() => encodeCheckpoint('test', { a: new Map() })).toThrow('"a" is a Map')
  expect(() => encodeCheckpoint('test', { a: 1n })).toThrow('"a" is a bigint')
  expect(() => encodeCheckpoint('test', { a: () => 1 })).toThrow('"a" is a function')
  expect(() => encodeCheckpoint('test', { $number: 'a' })).toThrow('a name cannot start with $')
})

test('a checkpoint that was cut short anywhere is refused', () => {
  const bytes = encodeCheckpoint('test', state)
  for (let length = 0; length < bytes.length; length++) {
    expect(() => decodeCheckpoint('test', bytes.subarray(0, length))).toThrow(FormatError)
  }
})

test('a checkpoint of another kind, of another version, and another file are refused by name', () => {
  const bytes = encodeCheckpoint('test', state)
  expect(() => decodeCheckpoint('other', bytes)).toThrow('checkpoint: it is of test, expected one of other')
  const { tensors, metadata } = safetensors.decode(bytes)
  const newer = safetensors.encode(tensors, { ...metadata, version: '1000' })
  expect(() => decodeCheckpoint('test', newer)).toThrow('checkpoint: version 1000 is not 3')
  expect(() => decodeCheckpoint('test', safetensors.encode({}))).toThrow('not a checkpoint')
})

test('a checkpoint with a byte that has changed anywhere is refused', () => {
  const bytes = encodeCheckpoint('test', state)
  for (let at = 0; at < bytes.length; at++) {
    for (const bits of [0xff, 0x01]) {
      const damaged = bytes.slice()
      damaged[at]! ^= bits
      expect(() => decodeCheckpoint('test', damaged)).toThrow(FormatError)
    }
  }
  const last = bytes.slice()
  last[last.length - 1]! ^= 1
  expect(() => decodeCheckpoint('test', last)).toThrow(/the bytes are damaged: the checksum is [0-9a-f]{8}/)
})

test('what does not fit together is refused, though its checksum is right', () => {
  const { tensors, metadata } = safetensors.decode(encodeCheckpoint('test', state))
  const { format, version, kind, structure } = metadata
  const signed = (own: typeof tensors, text: string): Uint8Array => {
    const told = { format: format!, version: version!, kind: kind!, structure: text }
    const checksum = crc32(safetensors.encode(own, told)).toString(16).padStart(8, '0')
    return safetensors.encode(own, { ...told, checksum })
  }
  expect(decodeCheckpoint('test', signed(tensors, structure!))).toEqual(state)
  expect(() => decodeCheckpoint('test', signed(tensors, '{'))).toThrow('its structure is damaged')
  expect(() => decodeCheckpoint('test', signed({}, structure!))).toThrow('is missing')
  const without = safetensors.encode(tensors, {
    format: format!,
    version: version!,
    kind: kind!,
    structure: structure!,
  })
  expect(() => decodeCheckpoint('test', without)).toThrow('there is no checksum')
})
