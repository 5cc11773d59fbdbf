import { FormatError, NdArray, type Key } from '@variate/core'
import { decodeCheckpoint, encodeCheckpoint } from '../run/index.ts'

/** What the bytes of every fit hold. */
export interface SavedFit {
  /** Where its random numbers come from. */
  readonly key: Key
}

/** A fit, or its bytes. */
export type FitBytes = Uint8Array | { toBytes(): Uint8Array }

export function isFit(from: object): from is FitBytes {
  return from instanceof Uint8Array || 'toBytes' in from
}

/**
 * A fit as bytes, bit for bit: plain data and arrays, without the data that it was fitted to.
 *
 * @param kind the algorithm.
 * @param model the model's name.
 */
export function encodeFit(kind: string, model: string, { key, ...content }: SavedFit): Uint8Array {
  return encodeCheckpoint(kind, { model, key: Uint32Array.from(key), ...(plain(content) as object) })
}

/**
 * What `encodeFit` was given.
 *
 * @throws FormatError for bytes that are damaged, of another version or algorithm, or of another model.
 */
export function decodeFit<Saved extends SavedFit>(
  kind: string,
  model: string,
  from: FitBytes,
  who: string,
): Saved {
  const bytes = from instanceof Uint8Array ? from : from.toBytes()
  const saved = decodeCheckpoint(kind, bytes) as Readonly<Record<string, unknown>>
  if (saved['model'] !== model)
    throw new FormatError(`${who}: the bytes are of model "${String(saved['model'])}", expected "${model}"`)
  const { model: _, key, ...content } = saved
  return { ...(revived(content) as object), key: Array.from(key as Uint32Array) } as unknown as Saved
}

function plain(x: unknown): unknown {
  if (x instanceof NdArray) return { shape: [...x.shape], data: x.data }
  if (Array.isArray(x)) return x.map(plain)
  if (!isRecord(x)) return x
  return Object.fromEntries(Object.entries(x).map(([name, item]) => [name, plain(item)]))
}

function revived(x: unknown): unknown {
  if (Array.isArray(x)) return x.map(revived)
  if (!isRecord(x)) return x
  const { data, shape } = x
  if (ArrayBuffer.isView(data) && Array.isArray(shape))
    return new NdArray(data as Float64Array, shape as number[])
  return Object.fromEntries(Object.entries(x).map(([name, item]) => [name, revived(item)]))
}

function isRecord(x: unknown): x is Readonly<Record<string, unknown>> {
  return typeof x === 'object' && x !== null && !ArrayBuffer.isView(x)
}
