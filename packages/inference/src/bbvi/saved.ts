import type { Termination } from '../run/index.ts'
import { checkLike } from '../saved/checkLike.ts'
import { decodeFit, encodeFit, type FitBytes, type SavedFit } from '../saved/fitBytes.ts'
import type { ClimbState } from './climbState.ts'

/** An ascent as far as it has come: what it goes on from, exactly. */
export interface Ascent extends SavedFit {
  /** That of the optimiser, where it was searched for. */
  readonly rate?: number | undefined
  readonly state: ClimbState
  readonly history: Float64Array
  readonly termination: Termination
}

const KIND = 'bbvi'

/** An ascent as bytes, bit for bit. */
export function toBytes(model: string, { key, rate, state, history, termination }: Ascent): Uint8Array {
  const ascent: Ascent = { key, ...(rate === undefined ? {} : { rate }), state, history, termination }
  return encodeFit(KIND, model, ascent)
}

/**
 * What `toBytes` was given.
 *
 * @throws FormatError for bytes that are damaged, or of something else or another model.
 */
export function fromBytes(bytes: FitBytes, model: string, who: string): Ascent {
  return decodeFit<Ascent>(KIND, model, bytes, who)
}

/**
 * @param like the state that a fit of this model begins with: what was saved must be of its structure.
 * @throws FormatError for an ascent of another family, optimiser or estimator.
 */
export function checkState({ state }: Ascent, like: ClimbState, who: string): void {
  const cause = 'it was saved with another family, estimator or optimizer, or for data of other sizes'
  checkLike(state, like, 'state', cause, who)
}
