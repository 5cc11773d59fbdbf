import { FormatError, NdArray, type Key } from '@variate/core'
import type { Termination } from '../run/index.ts'
import { decodeCheckpoint, encodeCheckpoint } from '../run/index.ts'
import type { ClimbState } from './climbState.ts'

/** An ascent as far as it has come: what it goes on from, exactly. */
export interface Ascent {
  readonly key: Key
  /** That of the optimiser, where it was searched for. */
  readonly rate?: number | undefined
  readonly state: ClimbState
  readonly history: Float64Array
  readonly termination: Termination
}

const KIND = 'bbvi'

/** An ascent as bytes, bit for bit. */
export function toBytes(model: string, { key, rate, state, history, termination }: Ascent): Uint8Array {
  return encodeCheckpoint(KIND, {
    model,
    key: Uint32Array.from(key),
    ...(rate === undefined ? {} : { rate }),
    state: plain(state) as object,
    history,
    termination,
  })
}

/**
 * What `toBytes` was given.
 *
 * @param like the state that a fit of this model begins with: what was saved must be of its structure.
 * @throws FormatError for bytes of something else, of another model, or of another family, optimiser or estimator.
 */
export function fromBytes(bytes: Uint8Array, model: string, like: ClimbState, who: string): Ascent {
  const saved = decodeCheckpoint(KIND, bytes) as Readonly<Record<string, unknown>>
  if (saved['model'] !== model)
    throw new FormatError(`${who}: the bytes are of model "${String(saved['model'])}", expected "${model}"`)
  const state = revived(saved['state']) as ClimbState
  checkLike(state, like, 'state', who)
  return {
    key: keyIn(bytes),
    rate: rateIn(bytes),
    state,
    history: saved['history'] as Float64Array,
    termination: saved['termination'] as Termination,
  }
}

/** The key of a fit that was saved. */
export function keyIn(bytes: Uint8Array): Key {
  const { key } = decodeCheckpoint(KIND, bytes) as { readonly key?: Uint32Array }
  return Array.from(key ?? []) as unknown as Key
}

/** The rate of a fit that was saved, if it was searched for. */
export function rateIn(bytes: Uint8Array): number | undefined {
  return (decodeCheckpoint(KIND, bytes) as { readonly rate?: number }).rate
}

/** @throws FormatError where trees of arrays are not of the same structure and shapes. */
function checkLike(own: unknown, like: unknown, path: string, who: string): void {
  const wrong = (what: string): FormatError =>
    new FormatError(
      `${who}: ${path} ${what}: it was saved with another family, estimator or optimizer, or for data of other sizes`,
    )
  if (like instanceof NdArray) {
    if (!(own instanceof NdArray)) throw wrong('is no array')
    if (String(own.shape) !== String(like.shape))
      throw wrong(`has shape [${own.shape}], expected [${like.shape}]`)
    return
  }
  const [names, known] = [own, like].map((x) =>
    typeof x === 'object' && x !== null ? Object.keys(x).sort() : [],
  )
  if (String(names) !== String(known)) throw wrong(`holds ${String(names)}, expected ${String(known)}`)
  for (const name of known!)
    checkLike(
      (own as Record<string, unknown>)[name],
      (like as Record<string, unknown>)[name],
      `${path}.${name}`,
      who,
    )
}

function plain(x: unknown): unknown {
  if (x instanceof NdArray) return { shape: [...x.shape], data: x.data }
  if (Array.isArray(x)) return x.map(plain)
  return Object.fromEntries(Object.entries(x as object).map(([name, item]) => [name, plain(item)]))
}

function revived(x: unknown): unknown {
  if (Array.isArray(x)) return x.map(revived)
  const record = x as Readonly<Record<string, unknown>>
  if (ArrayBuffer.isView(record['data']) && Array.isArray(record['shape']))
    return new NdArray(record['data'] as Float64Array, record['shape'] as number[])
  return Object.fromEntries(Object.entries(record).map(([name, item]) => [name, revived(item)]))
}
