import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DomainError, NdArray, ndarray, safetensors } from '../../src/index.ts'

/** By Python's safetensors: generate-safetensors.py. */
const PYTHON = new Uint8Array(readFileSync(new URL('../oracles/python.safetensors', import.meta.url)))

describe('safetensors.encode', () => {
  it('writes byte for byte what Python writes', () => {
    const { tensors, metadata } = safetensors.decode(PYTHON)
    expect(safetensors.encode(tensors, metadata)).toEqual(PYTHON)
  })

  it('gives the same bytes whatever the order of the arrays', () => {
    const [a, b] = [ndarray(Float32Array.of(1)), ndarray(Float64Array.of(2))]
    expect(safetensors.encode({ a, b })).toEqual(safetensors.encode({ b, a }))
  })

  it('keeps every name, shape and element', () => {
    const arrays = fc.oneof(
      fc.float32Array().map((data) => ndarray(data)),
      fc.float64Array().map((data) => ndarray(data, [data.length, 1])),
      fc.int32Array().map((data) => ndarray(data, [1, data.length, 1])),
      fc.uint32Array().map((data) => ndarray(data)),
      fc.uint8Array().map((data) => ndarray(data)),
    )
    const names = fc.string({ unit: 'binary' }).filter((name) => name !== '__metadata__')
    fc.assert(
      fc.property(
        fc.dictionary(names, arrays),
        fc.dictionary(fc.string(), fc.string()),
        (tensors, metadata) => {
          const decoded = safetensors.decode(safetensors.encode(tensors, metadata))
          expect({ ...decoded.tensors }).toEqual({ ...tensors })
          expect({ ...decoded.metadata }).toEqual({ ...metadata })
        },
      ),
    )
  })

  it('writes an array that is a part of a larger buffer', () => {
    const part = ndarray(new Float32Array([1, 2, 3, 4]).subarray(1, 3))
    expect(safetensors.decode(safetensors.encode({ part })).tensors['part']?.toNested()).toEqual([2, 3])
  })

  it('writes no arrays', () => {
    expect(safetensors.decode(safetensors.encode({}))).toEqual({ tensors: {}, metadata: {} })
  })

  it('refuses the reserved name and metadata that is not text', () => {
    const array = new NdArray(Uint8Array.of(1), [1])
    expect(() => safetensors.encode({ __metadata__: array })).toThrow(DomainError)
    expect(() => safetensors.encode({ array }, { epoch: 3 as unknown as string })).toThrow(
      'safetensors.encode: metadata must be text, got 3 for "epoch"',
    )
  })
})
