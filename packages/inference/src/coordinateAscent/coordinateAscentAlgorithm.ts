import { DomainError, NumericalError, type Key } from '@variate/core'
import type { Algorithm } from '../run/index.ts'
import { copyOf, meanFieldOf, type MeanFieldState } from './meanField.ts'
import type { Plan } from './plan.ts'
import { started, type Start } from './started.ts'

/** q and its bound. */
export interface AscentState {
  readonly q: MeanFieldState
  /** In nats. */
  readonly elbo: number
}

/** What an iteration told. */
export interface CoordinateAscentInfo {
  /** E log p(x, z) − E log q(z), in nats: never above log p(x). */
  readonly elbo: number
  /** By how much the iteration raised it. */
  readonly gain: number
  /** What broke down, where something did. */
  readonly breakdown?: string
}

/** How much of what is added up for it the ELBO may fall by rounding. */
const ROUNDING = 1e-11

/**
 * Coordinate ascent on the ELBO over factors of exponential families: each is replaced by that which is best given the others, whose
 * natural parameters are the expectations of what the log joint says of its statistics. The ELBO never falls, which is checked.
 *
 * Bishop, Pattern Recognition and Machine Learning (2006), section 10.1; Blei, Kucukelbir and McAuliffe, “Variational inference: a
 * review for statisticians” (2017).
 *
 * @param startOf what each run starts from.
 */
export function coordinateAscentAlgorithm(
  plan: Plan,
  startOf: (key: Key) => Start,
  who: string,
): Algorithm<AscentState, CoordinateAscentInfo> {
  const field = meanFieldOf(plan)
  return {
    init: (key) => {
      const q = started(plan, field, startOf(key), who)
      const { value } = field.elbo(q)
      if (Number.isFinite(value)) return { q, elbo: value }
      if (value === -Infinity)
        throw new DomainError(`${who}: the data have probability 0 under q at the start`)
      throw new NumericalError(`${who}: the ELBO at the start is ${value}, it must be finite`)
    },
    step: (_key, state) => {
      const q = copyOf(state.q)
      const brokenDown = (breakdown: string): readonly [AscentState, CoordinateAscentInfo] => [
        state,
        { elbo: state.elbo, gain: 0, breakdown },
      ]
      for (const stage of field.stages) {
        const broken = field.update(stage, q)
        if (broken !== undefined) return brokenDown(`${broken}: its update is no distribution`)
      }
      const { value, magnitude } = field.elbo(q)
      const gain = value - state.elbo
      if (!(gain >= -ROUNDING * (1 + magnitude)))
        return brokenDown(`elbo: it ${Number.isNaN(gain) ? 'became NaN' : `fell by ${-gain} nats`}`)
      return [
        { q, elbo: value },
        { elbo: value, gain },
      ]
    },
  }
}
