import { FormatError, ndarray, safetensors, type NdArray } from '@variate/core'

const VERSION = '1'

/**
 * Plain data (records and lists of numbers, text, flags, null and typed arrays) as bytes, bit for bit: typed arrays become tensors of a safetensors file, the rest its metadata.
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
  const structure = JSON.stringify(value, (name, item: unknown) => {
    if (item instanceof Float64Array || item instanceof Int32Array) {
      const tensor = `${Object.keys(tensors).length}.${name}`
      tensors[tensor] = ndarray(item)
      return { $tensor: tensor }
    }
    if (typeof item === 'number' && (!Number.isFinite(item) || Object.is(item, -0))) {
      return { $number: Object.is(item, -0) ? '-0' : String(item) }
    }
    return item
  })
  return safetensors.encode(tensors, { format: 'variate checkpoint', version: VERSION, kind, structure })
}

/**
 * What `encodeCheckpoint` was given.
 *
 * @throws FormatError if the bytes were cut short, or are not a checkpoint of this kind and version.
 */
export function decodeCheckpoint(kind: string, bytes: Uint8Array): unknown {
  const { tensors, metadata } = safetensors.decode(bytes)
  const { format, version, kind: found, structure } = metadata
  if (format !== 'variate checkpoint' || structure === undefined) {
    throw new FormatError('checkpoint: the file is a safetensors file, but not a checkpoint')
  }
  if (version !== VERSION)
    throw new FormatError(`checkpoint: version ${version} is not ${VERSION}, which this release reads`)
  if (found !== kind) throw new FormatError(`checkpoint: it is of ${found}, expected one of ${kind}`)
  return JSON.parse(structure, (_name, item: unknown) => revive(item, tensors)) as unknown
}

function revive(item: unknown, tensors: Record<string, NdArray>): unknown {
  if (typeof item !== 'object' || item === null) return item
  if ('$number' in item) return Number(item.$number)
  if (!('$tensor' in item)) return item
  const tensor = tensors[String(item.$tensor)]
  if (tensor === undefined) throw new FormatError(`checkpoint: tensor "${item.$tensor}" is missing`)
  return tensor.data
}
