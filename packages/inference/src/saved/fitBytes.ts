import { FormatError, type Key } from '@variate/core'
import { shown } from '@variate/core/internal'
import { decodeCheckpoint, encodeCheckpoint } from '../run/index.ts'

/** What the bytes of every fit hold. */
export interface SavedFit {
  /** Where its random numbers come from. */
  readonly key: Key
}

/** A fit, or its bytes. */
export type FitBytes = Uint8Array | { toBytes(): Uint8Array }

/**
 * Whether a fit goes on from another or its bytes, and not from a state.
 *
 * @param part what every state has.
 */
export function isFit<State extends object>(
  from: State | FitBytes,
  part: keyof State & string,
): from is FitBytes {
  return typeof from !== 'object' || !(part in from)
}

/**
 * A fit as bytes, bit for bit: plain data and arrays, without the data that it was fitted to.
 *
 * @param kind the algorithm.
 * @param model the model's name.
 * @param nameOf what the array at a path of it is called.
 */
export function encodeFit(
  kind: string,
  model: string,
  { key, ...content }: SavedFit,
  nameOf?: (path: string) => string,
): Uint8Array {
  const saved = { model, key: Uint32Array.from(key), ...content }
  return encodeCheckpoint(kind, saved, nameOf && { nameOf })
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
  const saved = decodeCheckpoint(kind, bytesOf(from, who)) as Readonly<Record<string, unknown>>
  if (saved['model'] !== model)
    throw new FormatError(`${who}: the bytes are of model "${String(saved['model'])}", expected "${model}"`)
  const { model: _, key, ...content } = saved
  return { ...content, key: Array.from(key as Uint32Array) } as unknown as Saved
}

function bytesOf(from: FitBytes, who: string): Uint8Array {
  if (from instanceof Uint8Array) return from
  if (typeof from?.toBytes === 'function') return from.toBytes()
  const got = Object.prototype.toString.call(from) === '[object ArrayBuffer]' ? 'an ArrayBuffer' : shown(from)
  throw new FormatError(`${who}: expected a fit, or its bytes as a Uint8Array, got ${got}`)
}
