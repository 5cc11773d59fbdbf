import { crc32, FormatError, NdArray, safetensors } from '@variate/core'
import { taken, type Taken } from './taken.ts'

const FORMAT = 'variate checkpoint'
const VERSION = '3'

export interface CheckpointOptions {
  /**
   * What an array is called in the file, of where it stands: `state.means`, or `layers.0.bias`. Where it stands, if not given, and for
   * a name that another array has.
   */
  readonly nameOf?: (path: string) => string
}

/**
 * Plain data (records and lists of numbers, text, flags, null, typed arrays and `NdArray`s) as bytes, bit for bit: arrays become tensors
 * of a safetensors file, the rest its metadata. A checksum tells of damage. An array that stands in several places is stored once.
 *
 * @param kind what it is a checkpoint of; `decodeCheckpoint` asks for the same.
 * @throws UnsupportedError for what would not come back as it was, such as functions and classes.
 *
 * @example
 * ```ts
 * import { decodeCheckpoint, encodeCheckpoint } from '@variate/inference'
 *
 * const bytes = encodeCheckpoint('example', { step: 3, best: -Infinity, means: Float64Array.of(1, 2) })
 * decodeCheckpoint('example', bytes) // => { step: 3, best: -Infinity, means: [1, 2] }
 * ```
 */
export function encodeCheckpoint(
  kind: string,
  value: object,
  { nameOf = (path) => path }: CheckpointOptions = {},
): Uint8Array {
  const { tensors, tree } = taken(value, nameOf)
  const structure = JSON.stringify(tree)
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

function revive(item: unknown, tensors: Taken['tensors']): unknown {
  if (typeof item !== 'object' || item === null || item instanceof NdArray) return item
  if ('$number' in item) return Number(item.$number)
  const [mark] = ['$tensor', '$array'].filter((own) => own in item)
  if (mark === undefined) return item
  const name = String((item as Record<string, unknown>)[mark])
  const tensor = Object.hasOwn(tensors, name) ? tensors[name] : undefined
  if (tensor === undefined) throw new FormatError(`checkpoint: tensor "${name}" is missing`)
  return mark === '$array' ? tensor : tensor.data
}
