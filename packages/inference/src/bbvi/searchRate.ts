import { DomainError, type Key } from '@variate/core'
import { shown } from '@variate/core/internal'
import { fewTogether } from '../optimizers/fewTogether.ts'
import type { Optimizer } from '../optimizers/optimizer.ts'
import { climb, startOf } from './climb.ts'
import type { ClimbOptions } from './climbState.ts'
import type { Setting } from './problemOf.ts'

export interface SearchRateOptions {
  /** The rates that are tried; 0.1, 0.03, 0.01, 0.003 and 0.001, if not given. */
  readonly rates?: readonly number[]
  /** How many steps each is tried for; 200, if not given. */
  readonly steps?: number
}

/** An optimiser whose rate is searched for before a fit. */
export interface RateSearch {
  readonly make: (rate: number) => Optimizer
  readonly rates: readonly number[]
  readonly steps: number
}

const RATES = [0.1, 0.03, 0.01, 0.003, 0.001]

/**
 * An optimiser with the rate, of some, that climbs highest in a short ascent from the same start, as an option of `bbvi`. The fit
 * then begins anew with it, and `fit.rate` tells which it is.
 *
 * @param make the optimiser of a rate.
 * @throws DomainError for rates that are not > 0, none, or steps that are not a whole number ≥ 10.
 * @see Kucukelbir et al., Automatic Differentiation Variational Inference (JMLR 2017), section 3.3.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { normal } from '@variate/distributions'
 * import { adam, bbvi, searchRate } from '@variate/inference'
 * import { model } from '@variate/language'
 *
 * const far = model('far')
 *   .latent('z', normal(0, 100))
 *   .observed('x', ({ z }) => normal(z, 1))
 * const optimizer = searchRate((rate) => adam({ rate }), { rates: [1, 0.1, 0.01] })
 * const fit = await bbvi(far, { optimizer, steps: 1000 }).fit({ x: 50 }, { seed: 0 })
 * fit.rate // => 1
 * ```
 */
export function searchRate(
  make: (rate: number) => Optimizer,
  { rates = RATES, steps = 200 }: SearchRateOptions = {},
): RateSearch {
  if (typeof make !== 'function')
    throw new DomainError(
      `searchRate: make must be a function, such as (rate) => adam({ rate }), got ${shown(make)}`,
    )
  const bad = rates.find((rate) => !(rate > 0 && rate < Infinity))
  if (bad !== undefined || rates.length === 0)
    throw new DomainError(`searchRate: rates must be numbers > 0, one at least, got ${shown(bad ?? rates)}`)
  if (!(Number.isInteger(steps) && steps >= 10))
    throw new DomainError(`searchRate: steps must be a whole number ≥ 10, got ${shown(steps)}`)
  return { make, rates, steps }
}

export function isRateSearch(optimizer: Optimizer | RateSearch): optimizer is RateSearch {
  return 'rates' in optimizer
}

/** The rate whose objective is highest in the second half of its trial; the smallest, where all diverge; none, if it is aborted. */
export async function bestRate(
  { make, rates, steps }: RateSearch,
  setting: Setting,
  options: ClimbOptions,
  [start, random]: readonly [Key, Key],
  who: string,
): Promise<number | undefined> {
  const trials: { readonly rate: number; readonly score: number }[] = []
  for (const rate of rates) {
    const own = {
      ...options,
      optimizer: fewTogether(make(rate)),
      steps,
      convergence: undefined,
      onProgress: undefined,
    }
    const { history, termination } = await climb(setting, startOf(setting, own, start, who), own, random)
    if (termination.kind === 'aborted') return undefined
    const late = history.subarray(Math.floor(steps / 2))
    const mean = late.reduce((sum, x) => sum + x, 0) / late.length
    trials.push({ rate, score: termination.kind === 'diverged' || Number.isNaN(mean) ? -Infinity : mean })
  }
  const highest = Math.max(...trials.map(({ score }) => score))
  if (highest === -Infinity) return Math.min(...rates)
  return trials.find(({ score }) => score === highest)!.rate
}
