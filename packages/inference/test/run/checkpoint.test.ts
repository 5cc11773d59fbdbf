import { expect, test } from 'vitest'
import { FormatError, ndarray, safetensors } from '@variate/core'
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

test('what would not come back as it was is refused by name', () => {
  expect(() => encodeCheckpoint('test', { a: new Map() })).toThrow('"a" is a Map')
  expect(() => encodeCheckpoint('test', { a: ndarray(Float64Array.of(1)) })).toThrow('"a" is a NdArray')
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
  const newer = safetensors.encode(tensors, { ...metadata, version: '2' })
  expect(() => decodeCheckpoint('test', newer)).toThrow('checkpoint: version 2 is not 1')
  expect(() => decodeCheckpoint('test', safetensors.encode({}))).toThrow('not a checkpoint')
  const garbled = safetensors.encode(tensors, { ...metadata, structure: '{' })
  expect(() => decodeCheckpoint('test', garbled)).toThrow('its structure is damaged')
  const damaged = safetensors.encode({}, metadata)
  expect(() => decodeCheckpoint('test', damaged)).toThrow('is missing')
})
