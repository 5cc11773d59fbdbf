import {
  crc32,
  FormatError,
  ndarray,
  safetensors,
  UnsupportedError,
  type NdArray,
  type NumericArray,
} from '@variate/core'

const FORMAT = 'variate checkpoint'
const VERSION = '2'

/**
 * Plain data (records and lists of numbers, text, flags, null and typed arrays) as bytes, bit for bit: typed arrays become tensors of a safetensors
 * file, the rest its metadata. A checksum tells of damage.
 *
 * @param kind what it is a checkpoint of; `decodeCheckpoint` asks for the same.
 *
 * @example
 * ```ts
 * import { decodeCheckpoint, encodeCheckpoint } from '@variate/inference'
 *
 * const bytes = encodeCheckpoint('example', { step: 3, best: -Infinity, means: Float64Array.of(1, 2) })
 * decodeCheckpoint('example', bytes) // => { step: 3, best: -Infinity, means: [1, 2] }
 * ```
 */
export function encodeCheckpoint(kind: string, value: object): Uint8Array {
  const tensors: Record<string, NdArray> = {}
  const markers = new WeakSet<object>()
  const marker = (content: object): object => {
    markers.add(content)
    return content
  }
  const structure = JSON.stringify(value, function (this: Record<string, unknown>, name: string) {
    // What stands in the record itself, before a toJSON of its own has turned it into something else.
    const item = this[name]
    if (markers.has(this)) return item
    if (isNumericArray(item)) {
      const tensor = `${Object.keys(tensors).length}.${name}`
      tensors[tensor] = ndarray(item)
      return marker({ $tensor: tensor })
    }
    if (typeof item === 'number' && (!Number.isFinite(item) || Object.is(item, -0))) {
      return marker({ $number: Object.is(item, -0) ? '-0' : String(item) })
    }
    refuseUnknown(name, item)
    return item
  })
  const metadata = { format: FORMAT, version: VERSION, kind, structure }
  return safetensors.encode(tensors, { ...metadata, checksum: checksumOf(tensors, metadata) })
}

/** The CRC-32 of the file without it, in hexadecimal: the same arrays and texts are the same bytes. */
function checksumOf(
  tensors: Readonly<Record<string, NdArray>>,
  metadata: Readonly<Record<'format' | 'version' | 'kind' | 'structure', string>>,
): string {
  return crc32(safetensors.encode(tensors, metadata)).toString(16).padStart(8, '0')
}

function isNumericArray(item: unknown): item is NumericArray {
  return (
    item instanceof Float64Array ||
    item instanceof Float32Array ||
    item instanceof Int32Array ||
    item instanceof Uint32Array ||
    item instanceof Uint8Array
  )
}

/** Only what comes back as it was is stored: no class, no function, no name that stands for something here. */
function refuseUnknown(name: string, item: unknown): void {
  if (name.startsWith('$'))
    throw new UnsupportedError(`checkpoint: a name cannot start with $, got "${name}"`)
  if (typeof item === 'bigint' || typeof item === 'function' || typeof item === 'symbol') {
    throw new UnsupportedError(`checkpoint: "${name}" is a ${typeof item}, which cannot be stored`)
  }
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return
  const prototype = Object.getPrototypeOf(item) as unknown
  if (prototype !== Object.prototype && prototype !== null) {
    const type = item.constructor?.name ?? 'class'
    throw new UnsupportedError(
      `checkpoint: "${name}" is a ${type}, only records, lists and typed arrays can be stored`,
    )
  }
}

/**
 * What `encodeCheckpoint` was given.
 *
 * @throws FormatError if the bytes were cut short or damaged, or are not a checkpoint of this kind and version.
 */
export function decodeCheckpoint(kind: string, bytes: Uint8Array): unknown {
  const { tensors, metadata } = safetensors.decode(bytes)
  const { format, version, kind: found, structure, checksum } = metadata
  if (format !== FORMAT || structure === undefined || found === undefined) {
    throw new FormatError('checkpoint: the file is a safetensors file, but not a checkpoint')
  }
  if (version !== VERSION)
    throw new FormatError(`checkpoint: version ${version} is not ${VERSION}, which this release reads`)
  const sum = checksumOf(tensors, { format, version, kind: found, structure })
  if (checksum !== sum) {
    const told = checksum === undefined ? 'there is no checksum' : `the checksum is ${checksum}`
    throw new FormatError(`checkpoint: the bytes are damaged: ${told}, theirs is ${sum}`)
  }
  if (found !== kind) throw new FormatError(`checkpoint: it is of ${found}, expected one of ${kind}`)
  try {
    return JSON.parse(structure, (_name, item: unknown) => revive(item, tensors)) as unknown
  } catch (cause) {
    if (cause instanceof FormatError) throw cause
    throw new FormatError('checkpoint: its structure is damaged', { cause })
  }
}

function revive(item: unknown, tensors: Record<string, NdArray>): unknown {
  if (typeof item !== 'object' || item === null) return item
  if ('$number' in item) return Number(item.$number)
  if (!('$tensor' in item)) return item
  const tensor = tensors[String(item.$tensor)]
  if (tensor === undefined) throw new FormatError(`checkpoint: tensor "${item.$tensor}" is missing`)
  return tensor.data
}
