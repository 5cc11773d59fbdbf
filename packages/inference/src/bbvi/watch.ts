import type { Tensor } from '@tensorflow/tfjs-core'
import { DomainError } from '@variate/core'
import { shown } from '@variate/core/internal'
import {
  abs,
  add,
  and,
  cast,
  clip,
  fill,
  greaterEqual,
  less,
  lessEqual,
  mul,
  sub,
  where,
} from '@variate/core/ops'

export interface ConvergenceOptions {
  /** Over how many steps the objective is averaged; 500, if not given. */
  readonly window?: number
  /** The change of the mean from one window to the next, relative to its size, taken between 1 and 1,000 nats, that counts for none; 1e-4, if not given. */
  readonly tolerance?: number
  /** How many windows in a row must not change; 2, if not given. */
  readonly patience?: number
}

/** What is kept of the objective from step to step: scalars. */
export interface Watched {
  /** Steps of the window under way that are done. */
  readonly steps: Tensor
  /** The sum over them. */
  readonly sum: Tensor
  /** The mean of the last window, and of the best. */
  readonly before: Tensor
  readonly best: Tensor
  /** How many windows in a row have not changed. */
  readonly calm: Tensor
  /** `RUNNING`, `CONVERGED` or `COLLAPSED`, of this step. */
  readonly end: Tensor
}

export const RUNNING = 0
export const CONVERGED = 1
const COLLAPSED = 2

/** A change counts by its nats, however large the objective is: much data make it large. */
const LARGE = 1000

/** By how much a window must be worse than the best one, relative to its size and 1 nat, for the ascent to have failed. */
const COLLAPSE = 100

/** Below any mean, and a number: the first window is better, far from it, and no less than what is 100 times lower still. */
const LOWEST = -(2 - 2 ** -23) * 2 ** 127

/** Before the first step. */
export function watchStart(): Watched {
  const [zero, lowest] = [(): Tensor => fill([], 0), (): Tensor => fill([], LOWEST)]
  return { steps: zero(), sum: zero(), before: lowest(), best: lowest(), calm: zero(), end: zero() }
}

/** Whether this step ends a window that is the best so far: what the parameters are then is worth keeping. */
export interface Watch {
  readonly next: Watched
  readonly isBest: Tensor
}

/**
 * Looks at one more estimate of the objective: the ascent has converged where the means of windows do not change any more, and has
 * failed where they fall far below the best.
 */
export function watch(now: Watched, objective: Tensor, options: Required<ConvergenceOptions>): Watch {
  const { window, tolerance, patience } = options
  const steps = add(now.steps, 1)
  const total = add(now.sum, objective)
  const isEnd = greaterEqual(steps, window)
  const mean = mul(total, 1 / window)
  const change = abs(sub(mean, now.before))
  const isCalm = lessEqual(change, mul(tolerance, clip(abs(mean), 1, LARGE)))
  const calm = where(isEnd, where(isCalm, add(now.calm, 1), 0), now.calm)
  const isBest = and(isEnd, greaterEqual(mean, now.best))
  const isLost = less(mean, sub(now.best, mul(COLLAPSE, add(1, abs(now.best)))))
  const hasConverged = greaterEqual(calm, patience)
  return {
    isBest,
    next: {
      steps: where(isEnd, 0, steps),
      sum: where(isEnd, 0, total),
      before: where(isEnd, mean, now.before),
      best: where(isBest, mean, now.best),
      calm,
      end: where(and(isEnd, isLost), COLLAPSED, cast(hasConverged, 'float32')),
    },
  }
}

/** @throws DomainError for options out of range. */
export function checkConvergence(who: string, options: ConvergenceOptions): Required<ConvergenceOptions> {
  const names = ['window', 'tolerance', 'patience']
  const unknown = Object.keys(options).find((name) => !names.includes(name))
  if (unknown !== undefined)
    throw new DomainError(`${who}: convergence has no option "${unknown}"; there are ${names.join(', ')}`)
  const { window = 500, tolerance = 1e-4, patience = 2 } = options
  for (const [name, value] of Object.entries({ window, patience })) {
    if (!(Number.isInteger(value) && value >= 1))
      throw new DomainError(`${who}: convergence.${name} must be a whole number ≥ 1, got ${shown(value)}`)
  }
  if (!(tolerance >= 0 && tolerance < Infinity))
    throw new DomainError(`${who}: convergence.tolerance must be a number ≥ 0, got ${shown(tolerance)}`)
  return { window, tolerance, patience }
}
