import { NumericalError, type Key } from '@variate/core'
import { subsetsOf } from '@variate/language/internal'
import {
  copyOf,
  expect,
  meanFieldOf,
  withoutBase,
  type MeanFieldState,
} from '../coordinateAscent/meanField.ts'
import type { Plan } from '../coordinateAscent/plan.ts'
import { started, type Start } from '../coordinateAscent/started.ts'
import type { Algorithm } from '../run/index.ts'
import { subsetsOfPlan } from './subsets.ts'

/** q after some steps. */
export interface StochasticState {
  readonly q: MeanFieldState
  readonly steps: number
}

/** What a step told. */
export interface StochasticVIInfo {
  /** The ELBO in nats, estimated by the step's elements. */
  readonly elbo: number
  /** How much the global factors moved towards what the elements say: from 0, not at all, to 1. */
  readonly stepSize: number
  /** What broke down, where something did. */
  readonly breakdown?: string
}

export interface StepOptions {
  readonly plate: string
  /** How many elements are taken in a step. */
  readonly count: number
  readonly delay: number
  readonly forgetting: number
  readonly localIterations: number
}

/** How little expected statistics of local factors must move for them to have converged, relative to their size. */
const LOCAL_TOLERANCE = 1e-8

export interface StochasticAlgorithm extends Algorithm<StochasticState, StochasticVIInfo> {
  /** Fits the local factors of all elements to the global ones. @returns q and its ELBO, in nats. */
  finished(state: StochasticState): { readonly q: MeanFieldState; readonly elbo: number }
}

/**
 * Stochastic variational inference (Hoffman, Blei, Wang and Paisley 2013): in each step the local factors of some elements are fitted,
 * and the natural parameters of the global ones move a little towards what would be best if all elements were like these. That is
 * a step along the natural gradient of the ELBO.
 */
export function stochasticAlgorithm(
  plan: Plan,
  startOf: (key: Key) => Start,
  { plate, count, delay, forgetting, localIterations }: StepOptions,
  who: string,
): StochasticAlgorithm {
  const field = meanFieldOf(plan)
  const { size, local, global, writeSlopes, elbo } = subsetsOfPlan(plan, field, plate, who)
  /** Fits local factors of some elements. */
  const fitLocal = (elements: Int32Array, q: MeanFieldState): string | undefined => {
    const stages = local.map(({ isDiscrete, byElement }) => ({
      isDiscrete,
      factors: Array.from(elements, (element) => byElement[element]!).flat(),
    }))
    // Factors of one stage do not depend on each other.
    const most = stages.length > 1 ? localIterations : 1
    for (let i = 0, hasMoved = true; i < most && hasMoved; i++) {
      hasMoved = false
      for (const stage of stages) {
        const before = stage.factors.map(({ from, count: own }) => q.expected.slice(from, from + own))
        const broken = field.update(stage, q)
        if (broken !== undefined) return broken
        hasMoved ||= stage.factors.some(({ from }, f) => !isSame(before[f]!, q.expected, from))
      }
    }
    return undefined
  }
  /** What elements say of global statistics, written anew for each stage. */
  const natural = new Float64Array(plan.factors.total)
  const everything = Int32Array.from({ length: size }, (_, element) => element)
  return {
    init: (key) => ({ q: started(plan, field, startOf(key), who), steps: 0 }),
    step: (key, state) => {
      const q = copyOf(state.q)
      const elements = subsetsOf({ [plate]: count }, plan.bound.sizes, { key }, who)[plate]!.toSorted()
      const stepSize = (state.steps + delay) ** -forgetting
      const brokenDown = (breakdown: string): readonly [StochasticState, StochasticVIInfo] => [
        state,
        { elbo: NaN, stepSize, breakdown },
      ]
      const broken = fitLocal(elements, q)
      if (broken !== undefined) return brokenDown(`${broken}: its update is no distribution`)
      for (const stage of global) {
        writeSlopes(stage, elements, q, natural)
        for (const factor of stage.factors) {
          withoutBase(factor, natural)
          for (let i = factor.from; i < factor.from + factor.count; i++)
            q.natural[i] = (1 - stepSize) * q.natural[i]! + stepSize * natural[i]!
        }
        const improper = expect(stage, q)
        if (improper !== undefined) return brokenDown(`${improper}: its update is no distribution`)
      }
      const estimate = elbo(elements, q)
      if (!Number.isFinite(estimate)) return brokenDown(`elbo: it became ${estimate}`)
      return [
        { q, steps: state.steps + 1 },
        { elbo: estimate, stepSize },
      ]
    },
    finished: (state) => {
      const q = copyOf(state.q)
      const broken = fitLocal(everything, q)
      if (broken !== undefined) throw new NumericalError(`${who}: "${broken}" has no distribution in the end`)
      return { q, elbo: field.elbo(q).value }
    },
  }
}

function isSame(before: Float64Array, expected: Float64Array, from: number): boolean {
  return before.every((x, i) => Math.abs(x - expected[from + i]!) <= LOCAL_TOLERANCE * (1 + Math.abs(x)))
}
