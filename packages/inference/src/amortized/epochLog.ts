import type { ClimbParams } from '../bbvi/climbState.ts'
import type { AmortizedAscent } from './saved.ts'
import { Told, type EpochRecord } from './told.ts'

type Before = Pick<AmortizedAscent, 'measured' | 'epochs' | 'bestParams'>

/** What the steps and the epochs of an ascent have told, and which of its epochs is the best. */
export class EpochLog {
  readonly told: Told
  /** After how many steps each epoch ends. */
  readonly #ends: readonly number[]
  readonly #patience: number | undefined
  readonly #epochs: EpochRecord[]
  #bestParams: ClimbParams | undefined

  /**
   * @param patience after how many epochs that are no better it is over; undefined where epochs are not compared.
   * @param before what it goes on from.
   */
  constructor(ends: readonly number[], patience: number | undefined, before: Before | undefined) {
    const none = new Float64Array()
    this.told = new Told(before?.measured ?? { objective: none, reconstruction: none, kl: none })
    this.#ends = ends
    this.#patience = patience
    this.#epochs = [...(before?.epochs ?? [])]
    // Where epochs are not compared any more, the fit is of the last step again.
    this.#bestParams = patience === undefined ? undefined : before?.bestParams
  }

  get epochs(): readonly EpochRecord[] {
    return [...this.#epochs]
  }

  /** The parameters of the best epoch, where epochs are compared. */
  get bestParams(): ClimbParams | undefined {
    return this.#bestParams
  }

  /** Takes epochs that have ended, and that nothing was evaluated after. */
  catchUp(done: number): void {
    const [epochs, ends] = [this.#epochs, this.#ends]
    while (epochs.length < ends.length && ends[epochs.length]! <= done) epochs.push(this.#record())
  }

  /**
   * Takes the epoch that has ended, with the ELBO of the evaluation set.
   *
   * @returns whether there were so many that are no better.
   */
  evaluated(evaluation: number, params: ClimbParams): boolean {
    const best = Math.max(...this.#epochs.map(evaluationOf), -Infinity)
    this.#epochs.push({ ...this.#record(), evaluation })
    if (this.#patience !== undefined && evaluation > best) this.#bestParams = params
    return this.isOver
  }

  /** Whether there were as many epochs that are no better as are waited for. */
  get isOver(): boolean {
    return this.#patience !== undefined && this.#epochs.length - this.#best() >= this.#patience
  }

  /** The bound by the steps of the epoch that the fit is of: the best where epochs are compared, or else the last. */
  boundBySteps(done: number): AmortizedAscent['bound'] {
    const isBest = this.#bestParams !== undefined
    const epoch = isBest ? this.#best() : this.#epochs.length
    return this.told.bound(this.#ends[epoch - 2] ?? 0, isBest ? this.#ends[epoch - 1]! : done)
  }

  #record(): Omit<EpochRecord, 'evaluation'> {
    const at = this.#epochs.length
    const step = this.#ends[at]!
    return { epoch: at + 1, step, ...this.told.mean(this.#ends[at - 1] ?? 0, step) }
  }

  /** How many epochs there were with the best. */
  #best(): number {
    const all = this.#epochs.map(evaluationOf)
    return all.indexOf(Math.max(...all)) + 1
  }
}

/** What an epoch came to: −∞ where that is no number. */
function evaluationOf({ evaluation = -Infinity }: EpochRecord): number {
  return Number.isNaN(evaluation) ? -Infinity : evaluation
}
