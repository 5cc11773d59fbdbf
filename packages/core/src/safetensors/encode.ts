import { DomainError } from '../errors.ts'
import type { NdArray } from '../ndarray.ts'
import { DTYPES } from './dtypes.ts'

const HEADER_ALIGNMENT = 8

/**
 * Named arrays as one file in the safetensors format, version 0.8 of its reference implementation: the
 * length of the header in 8 bytes, the header as JSON, padded by spaces, and the elements, little-endian.
 * The same arrays give the same bytes, whatever their order.
 *
 * @param metadata texts that go with the arrays, such as the settings of the model whose parameters they are.
 * @throws DomainError for an array named `__metadata__`, which the format reserves, and for metadata that
 * is not text.
 *
 * @example
 * ```ts
 * import { ndarray, safetensors } from '@variate/core'
 *
 * const bytes = safetensors.encode({ weights: ndarray(Float32Array.of(0.5, 0.5)) }, { model: 'mixture' })
 * bytes.length // => 112
 * safetensors.decode(bytes).tensors.weights?.toNested() // => [0.5, 0.5]
 * ```
 */
export function encode(
  tensors: Readonly<Record<string, NdArray>>,
  metadata?: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> {
  const ordered = Object.entries(tensors).sort(byWidthThenName)
  const header = new TextEncoder().encode(headerOf(ordered, metadata))
  const headerLength = Math.ceil(header.length / HEADER_ALIGNMENT) * HEADER_ALIGNMENT
  const dataLength = ordered.reduce((length, [, { data }]) => length + data.byteLength, 0)

  const bytes = new Uint8Array(8 + headerLength + dataLength)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerLength), true)
  bytes.fill(0x20, 8, 8 + headerLength).set(header, 8)
  let offset = 8 + headerLength
  for (const [, { data }] of ordered) {
    // Typed arrays are little-endian, like the format, on every platform that JavaScript engines run on.
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), offset)
    offset += data.byteLength
  }
  return bytes
}

function headerOf(
  ordered: readonly (readonly [string, NdArray])[],
  metadata: Readonly<Record<string, string>> | undefined,
): string {
  const entries: string[] = []
  if (metadata !== undefined) entries.push(`"__metadata__":${JSON.stringify(checkMetadata(metadata))}`)
  let begin = 0
  for (const [name, array] of ordered) {
    if (name === '__metadata__') {
      throw new DomainError('safetensors.encode: the name __metadata__ is reserved: give the array another')
    }
    const end = begin + array.data.byteLength
    const tensor = { dtype: DTYPES[widthRank(array)]!.name, shape: array.shape, data_offsets: [begin, end] }
    entries.push(`${JSON.stringify(name)}:${JSON.stringify(tensor)}`)
    begin = end
  }
  return `{${entries.join()}}`
}

function checkMetadata(metadata: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  for (const [name, text] of Object.entries(metadata)) {
    if (typeof text !== 'string') {
      throw new DomainError(
        `safetensors.encode: metadata must be text, got ${JSON.stringify(text)} for "${name}"`,
      )
    }
  }
  return metadata
}

function byWidthThenName(
  [nameA, a]: readonly [string, NdArray],
  [nameB, b]: readonly [string, NdArray],
): number {
  return widthRank(a) - widthRank(b) || (nameA < nameB ? -1 : 1)
}

function widthRank({ data }: NdArray): number {
  return DTYPES.findIndex(({ arrayType }) => data instanceof arrayType)
}
