import { FormatError } from '../errors.ts'
import { DTYPES, type Dtype } from './dtypes.ts'
import { duplicateKey } from './duplicateKey.ts'

/** Where a tensor is, in bytes from the end of the header. */
export interface TensorEntry {
  readonly name: string
  readonly dtype: Dtype
  readonly shape: readonly number[]
  readonly begin: number
  readonly end: number
}

interface Header {
  readonly entries: readonly TensorEntry[]
  readonly metadata: Readonly<Record<string, string>>
  /** Where the data begins in the file. */
  readonly dataStart: number
}

const LENGTH_BYTES = 8

/** @throws FormatError for a header that is cut short, is not JSON, or describes what cannot be. */
export function parseHeader(bytes: Uint8Array): Header {
  const { text, dataStart } = readHeader(bytes)
  const header = parseObject(text)
  const twice = duplicateKey(text)
  if (twice !== undefined) throw new FormatError(`safetensors: the header names "${twice}" twice`)
  const { __metadata__: metadata = {}, ...tensors } = header
  const entries = Object.entries(tensors).map(([name, entry]) => parseEntry(name, entry))
  return { entries, metadata: parseMetadata(metadata), dataStart }
}

function readHeader(bytes: Uint8Array): { text: string; dataStart: number } {
  if (bytes.length < LENGTH_BYTES) {
    throw new FormatError(
      `safetensors: the file was cut short: it begins with ${LENGTH_BYTES} bytes of length, got ${bytes.length}`,
    )
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const length = view.getBigUint64(0, true)
  if (length > BigInt(bytes.length - LENGTH_BYTES)) {
    throw new FormatError(
      `safetensors: the file was cut short or is of another kind: a header of ${length} bytes is promised, ` +
        `got ${bytes.length - LENGTH_BYTES}`,
    )
  }
  const dataStart = LENGTH_BYTES + Number(length)
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(LENGTH_BYTES, dataStart))
    return { text, dataStart }
  } catch (cause) {
    throw new FormatError('safetensors: the header is not UTF-8', { cause })
  }
}

function parseObject(text: string): Record<string, unknown> {
  let header: unknown
  try {
    header = JSON.parse(text)
  } catch (cause) {
    throw new FormatError(`safetensors: the header is not JSON: ${(cause as Error).message}`, { cause })
  }
  if (isRecord(header)) return header
  throw new FormatError(`safetensors: the header must be a JSON object, got ${text.slice(0, 40)}`)
}

function parseMetadata(metadata: unknown): Record<string, string> {
  if (isRecord(metadata) && Object.values(metadata).every((text) => typeof text === 'string')) {
    return metadata as Record<string, string>
  }
  throw new FormatError(`safetensors: __metadata__ must map names to texts, got ${JSON.stringify(metadata)}`)
}

function parseEntry(name: string, entry: unknown): TensorEntry {
  if (!isRecord(entry)) throw new FormatError(`safetensors: tensor "${name}" must be described by an object`)
  const { dtype: dtypeName, shape, data_offsets: offsets } = entry
  const dtype = DTYPES.find((candidate) => candidate.name === dtypeName)
  if (dtype === undefined) {
    const known = DTYPES.map((candidate) => candidate.name).join(', ')
    throw new FormatError(
      `safetensors: tensor "${name}" has dtype ${JSON.stringify(dtypeName)}, expected one of ${known}`,
    )
  }
  if (!areCounts(shape)) {
    throw new FormatError(
      `safetensors: tensor "${name}" has shape ${JSON.stringify(shape)}, expected whole numbers`,
    )
  }
  if (!areCounts(offsets) || offsets.length !== 2 || offsets[0]! > offsets[1]!) {
    throw new FormatError(
      `safetensors: tensor "${name}" has data_offsets ${JSON.stringify(offsets)}, expected [begin, end]`,
    )
  }
  const [begin, end] = offsets as [number, number]
  const expected = shape.reduce((size, length) => size * length, dtype.bytes)
  if (end - begin !== expected) {
    throw new FormatError(
      `safetensors: tensor "${name}" of shape [${shape}] and dtype ${dtype.name} takes ${expected} bytes, got ${end - begin}`,
    )
  }
  return { name, dtype, shape, begin, end }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function areCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && item >= 0)
}
