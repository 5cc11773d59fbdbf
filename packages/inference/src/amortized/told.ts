import type { ClimbOptions } from '../bbvi/climbState.ts'
import type { Measured } from './saved.ts'

/** What an epoch told, in nats for each example: means over its steps. */
export interface EpochRecord {
  /** From 1 on. */
  readonly epoch: number
  /** How many steps were done at its end. */
  readonly step: number
  /** reconstruction − kl. */
  readonly elbo: number
  /** E_q[log p(x | z)], and the factors of the model, if it has such. */
  readonly reconstruction: number
  readonly kl: number
  /** The ELBO of the evaluation set at its end, where there is one. */
  readonly evaluation?: number
}

/** What steps have told so far. */
export class Told {
  readonly #series: Record<keyof Measured, Float64Array>
  #count: number

  constructor({ objective, reconstruction, kl }: Measured) {
    this.#series = { objective, reconstruction, kl }
    this.#count = kl.length
  }

  get count(): number {
    return this.#count
  }

  get measured(): Measured {
    const { objective, reconstruction, kl } = this.#series
    const own = (x: Float64Array): Float64Array => x.slice(0, this.#count)
    return { objective: own(objective), reconstruction: own(reconstruction), kl: own(kl) }
  }

  readonly add: NonNullable<ClimbOptions['onOutputs']> = (outputs) => {
    const count = this.#count + outputs['kl']!.data.length
    for (const name of ['objective', 'reconstruction', 'kl'] as const) {
      if (count > this.#series[name].length) this.#series[name] = grown(this.#series[name], count)
      this.#series[name].set(outputs[name]!.data, this.#count)
    }
    this.#count = count
  }

  /** Means over steps, from one on to before another. */
  mean(
    from: number,
    to: number,
  ): { readonly elbo: number; readonly reconstruction: number; readonly kl: number } {
    const meanOf = (x: Float64Array): number => x.subarray(from, to).reduce((a, b) => a + b, 0) / (to - from)
    const [reconstruction, kl] = [meanOf(this.#series.reconstruction), meanOf(this.#series.kl)]
    return { elbo: reconstruction - kl, reconstruction, kl }
  }

  /** The bound by steps, from one on to before another; its standard error is Infinity where there is one step. */
  bound(from: number, to: number): { readonly elbo: number; readonly standardError: number } {
    const { elbo } = this.mean(from, to)
    const { reconstruction, kl } = this.#series
    let squares = 0
    for (let at = from; at < to; at++) squares += (reconstruction[at]! - kl[at]! - elbo) ** 2
    const steps = to - from
    return { elbo, standardError: steps > 1 ? Math.sqrt(squares / (steps - 1) / steps) : Infinity }
  }
}

function grown(x: Float64Array, count: number): Float64Array {
  const all = new Float64Array(2 * count)
  all.set(x)
  return all
}
