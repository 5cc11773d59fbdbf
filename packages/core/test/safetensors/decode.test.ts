import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { FormatError, NdArray, safetensors } from '../../src/index.ts'

/** By Python's safetensors: generate-safetensors.py. */
const PYTHON = new Uint8Array(readFileSync(new URL('../oracles/python.safetensors', import.meta.url)))

describe('safetensors.decode', () => {
  it('reads what Python wrote', () => {
    const { tensors, metadata } = safetensors.decode(PYTHON)
    expect(metadata).toEqual({ model: 'gaussian mixture' })
    expect(tensors).toEqual({
      means: new NdArray(Float64Array.of(2.03639, 54.47852, 4.28966, 79.96812), [2, 2]),
      weights: new NdArray(Float32Array.of(0.25, -0, Infinity), [3]),
      bits: new NdArray(Uint32Array.of(0, 2 ** 32 - 1), [2]),
      labels: new NdArray(Int32Array.of(-1, 2, 2 ** 31 - 1), [1, 3]),
      pixels: new NdArray(Uint8Array.of(0, 128, 255), [3]),
      a: new NdArray(Float32Array.of(1.5), []),
      empty: new NdArray(new Float64Array(0), [2, 0]),
      'naïve "name"': new NdArray(Uint8Array.of(7), [1]),
    })
  })

  it('reads bytes that lie anywhere in a buffer', () => {
    const buffer = new Uint8Array(PYTHON.length + 3)
    buffer.set(PYTHON, 3)
    expect(safetensors.decode(buffer.subarray(3))).toEqual(safetensors.decode(PYTHON))
  })

  it('reads what Node read of a file, whose own slices are no copies', () => {
    // Its memory is shared with others, and begins anywhere in it.
    const buffer = Buffer.concat([Buffer.from([1, 2, 3]), PYTHON]).subarray(3)
    const { tensors } = safetensors.decode(buffer)
    expect(tensors).toEqual(safetensors.decode(PYTHON).tensors)
    buffer.fill(0)
    expect(tensors).toEqual(safetensors.decode(PYTHON).tensors)
  })

  it('refuses the file cut short at every length', () => {
    for (let length = 0; length < PYTHON.length; length++) {
      expect(() => safetensors.decode(PYTHON.subarray(0, length))).toThrow(FormatError)
      expect(() => safetensors.decode(PYTHON.subarray(0, length))).toThrow('the file was cut short')
    }
  })

  it('says how many bytes were promised, and how many there are', () => {
    const cut = PYTHON.subarray(0, PYTHON.length - 5)
    expect(() => safetensors.decode(cut)).toThrow(
      `safetensors: the file was cut short: the header promises ${PYTHON.length} bytes, got ${cut.length}`,
    )
  })

  const tensor = (dtype: string, shape: unknown, offsets: unknown): string =>
    `{"dtype":"${dtype}","shape":${JSON.stringify(shape)},"data_offsets":${JSON.stringify(offsets)}}`
  const a = tensor('F32', [2], [0, 8])

  it.each([
    { header: '{', message: 'the header is not JSON' },
    { header: '[]', message: 'the header must be a JSON object, got []' },
    { header: 'null', message: 'the header must be a JSON object, got null' },
    { header: `{"a":${a}}`, extra: 1, message: '1 bytes follow the last tensor, expected none' },
    { header: `{"a":${a},"a":${a}}`, message: 'the header names "a" twice' },
    { header: `{"a":${a},"\\u0061":${a}}`, message: 'the header names "a" twice' },
    { header: '{"__metadata__":{"m":"1","m":"2"}}', message: 'the header names "m" twice' },
    { header: '{"__metadata__":{"m":1}}', message: '__metadata__ must map names to texts, got {"m":1}' },
    { header: '{"__metadata__":[]}', message: '__metadata__ must map names to texts, got []' },
    { header: '{"a":3}', message: 'tensor "a" must be described by an object' },
    {
      header: `{"a":${tensor('BF16', [1], [0, 2])}}`,
      message: 'tensor "a" has dtype "BF16", expected one of F64, F32',
    },
    { header: '{"a":{"shape":[],"data_offsets":[0,0]}}', message: 'tensor "a" has dtype undefined' },
    {
      header: `{"a":${tensor('F32', [-1], [0, 4])}}`,
      message: 'tensor "a" has shape [-1], expected whole numbers',
    },
    { header: `{"a":${tensor('F32', 2, [0, 8])}}`, message: 'tensor "a" has shape 2' },
    {
      header: `{"a":${tensor('F32', [2], [8, 0])}}`,
      message: 'tensor "a" has data_offsets [8,0], expected [begin, end]',
    },
    { header: `{"a":${tensor('F32', [2], [0])}}`, message: 'tensor "a" has data_offsets [0]' },
    {
      header: `{"a":${tensor('F32', [3], [0, 8])}}`,
      message: 'tensor "a" of shape [3] and dtype F32 takes 12 bytes, got 8',
    },
    {
      header: `{"a":${a},"b":${tensor('U8', [4], [6, 10])}}`,
      message: 'tensor "b" overlaps the one before it: it begins at 6, expected 8',
    },
    {
      header: `{"a":${a},"b":${tensor('U8', [4], [9, 13])}}`,
      message: 'tensor "b" leaves a gap before it: it begins at 9, expected 8',
    },
    {
      header: `{"a":${tensor('F32', [1e9, 1e9], [0, 4])}}`,
      message: 'takes 4000000000000000000 bytes, got 4',
    },
  ])('refuses a file with “$message”', ({ header, message, extra = 0 }) => {
    const text = new TextEncoder().encode(header)
    const bytes = new Uint8Array(8 + text.length + (header.includes('"a"') ? 8 : 0) + extra)
    bytes[0] = text.length
    bytes.set(text, 8)
    expect(() => safetensors.decode(bytes)).toThrow(FormatError)
    expect(() => safetensors.decode(bytes)).toThrow(message)
  })

  it('refuses a header that is not UTF-8', () => {
    const bytes = Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0, 0xff)
    expect(() => safetensors.decode(bytes)).toThrow('safetensors: the header is not UTF-8')
  })

  it('refuses a file of another kind', () => {
    expect(() => safetensors.decode(new TextEncoder().encode('{"weights": [0.5, 0.5]}'))).toThrow(
      'the file was cut short or is of another kind',
    )
  })

  it('does not take a name twice in different objects, or as text, for a duplicate', () => {
    const header = `{"__metadata__":{"a":"{\\"a\\":1,\\"a\\":2}","dtype":"a"},"a":${a}}`
    const text = new TextEncoder().encode(header)
    const bytes = new Uint8Array(8 + text.length + 8)
    bytes[0] = text.length
    bytes.set(text, 8)
    expect(safetensors.decode(bytes).metadata).toEqual({ a: '{"a":1,"a":2}', dtype: 'a' })
  })

  it('gives a tensor called __proto__ as any other', () => {
    const tensors = Object.fromEntries([['__proto__', new NdArray(Uint8Array.of(1), [1])]])
    const decoded = safetensors.decode(safetensors.encode(tensors)).tensors
    expect(Object.keys(decoded)).toEqual(['__proto__'])
  })
})
