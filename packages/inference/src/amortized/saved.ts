import type { ClimbParams } from '../bbvi/climbState.ts'
import type { Ascent } from '../bbvi/saved.ts'
import { decodeFit, encodeFit, type FitBytes } from '../saved/fitBytes.ts'
import type { Likeness } from './likeness.ts'
import type { EpochRecord } from './told.ts'

/** What is needed to make the model again without its data: shapes, and what is the same for all examples. */
export interface Outlined {
  /** Of the inputs of an example. */
  readonly inputs: Readonly<Record<string, readonly number[]>>
  /** Of plates whose sizes are names, by these. */
  readonly sizes: Readonly<Record<string, number>>
  /** As it was given. */
  readonly given: Readonly<Record<string, unknown>>
}

/** What steps have told, one number for each. */
export interface Measured {
  /** The estimate of what is climbed, in nats for all examples. */
  readonly objective: Float64Array
  readonly reconstruction: Float64Array
  readonly kl: Float64Array
}

/** A fit as far as it has come. */
export interface AmortizedAscent extends Omit<Ascent, 'history' | 'rate'> {
  /** Those that the fit is of: after the last step, or of the best epoch. */
  readonly params: ClimbParams
  readonly measured: Measured
  readonly epochs: readonly EpochRecord[]
  /** The parameters of the best epoch, where epochs are compared. */
  readonly bestParams?: ClimbParams
  readonly outlined: Outlined
  /** What it tells of an example. */
  readonly likeness: Likeness
  /** How many examples there are, in all. */
  readonly count: number
  /** What is to be feared. */
  readonly warnings: readonly string[]
  /** The bound at the end; of a checkpoint, by the steps of its last epoch. */
  readonly bound: { readonly elbo: number; readonly standardError: number }
}

const KIND = 'amortized'

/** What parameters of a fit are called as they are stored: `decoder.0.weights`, without where they stand. */
const PARAMS = /^params\.(model|guide)\./

export function toBytes(model: string, ascent: AmortizedAscent): Uint8Array {
  // What is said first has the first choice of names.
  const { key, params, ...others } = ascent
  return encodeFit(KIND, model, { key, params, ...others } as AmortizedAscent, (path) =>
    path.replace(PARAMS, ''),
  )
}

/** @throws FormatError for bytes that are damaged, or of something else or another model. */
export function fromBytes(bytes: FitBytes, model: string, who: string): AmortizedAscent {
  return decodeFit<AmortizedAscent>(KIND, model, bytes, who)
}
