import { add, cos, div, floor, less, log, mul, pow, sub, where, type Real } from '@variate/core/ops'
import { checkOptions } from '../checkOptions.ts'
import { scheduleOf, shareOver, type Schedule } from './schedule.ts'

export interface CosineDecayOptions {
  /** The rate of the first step. */
  readonly start: number
  /** How many steps a cycle has: the only one, or the first. */
  readonly steps: number
  /** The rate at the end of a cycle; 0, if not given. */
  readonly end?: number
  /** Whether, and how, it begins again after each cycle, for ever. */
  readonly restarts?: Restarts | boolean
}

export interface Restarts {
  /** How many times as long as the one before each cycle is, a whole number; 1, if not given. */
  readonly growth?: number
  /** How many times as high as the one before each cycle begins; 1, if not given. */
  readonly factor?: number
}

/**
 * Half a wave of the cosine, end + (start − end) · (1 + cos(π · step / steps)) / 2, once, with `end` from there on, or again and
 * again (warm restarts).
 *
 * @throws DomainError for a start that is not > 0, an end that is not ≥ 0, steps that are no whole number ≥ 1, a growth that is
 *   none, and a factor outside (0, 1].
 * @see Loshchilov and Hutter, SGDR: Stochastic Gradient Descent with Warm Restarts (ICLR 2017), equation 5.
 *
 * @example
 * ```ts
 * import { schedules } from '@variate/inference'
 *
 * const once = schedules.cosineDecay({ start: 0.1, steps: 100 })
 * once(50) // => 0.05
 * once(150) // => 0
 * const again = schedules.cosineDecay({ start: 0.1, steps: 100, restarts: { growth: 2, factor: 0.5 } })
 * again(100) // => 0.05
 * again(200) // => 0.025
 * ```
 */
export function cosineDecay(options: CosineDecayOptions): Schedule {
  const { start, steps, end = 0, restarts = false } = options
  const who = 'schedules.cosineDecay'
  checkOptions(who, '> 0', { start })
  checkOptions(who, '≥ 0', { end })
  checkOptions(who, 'a whole number ≥ 1', { steps })
  const wave = (top: Real, share: Real): Real =>
    add(end, mul(sub(top, end), mul(0.5, add(1, cos(mul(Math.PI, share))))))
  if (!restarts) return scheduleOf((step) => wave(start, shareOver(step, steps)))
  const { growth = 1, factor = 1 } = restarts === true ? {} : restarts
  checkOptions(who, 'a whole number ≥ 1', { growth })
  checkOptions(who, 'in (0, 1]', { factor })
  const begin = (cycle: Real): Real => firstOf(cycle, steps, growth)
  return scheduleOf((step) => {
    const cycle = cycleOf(step, steps, growth)
    const first = begin(cycle)
    return wave(mul(start, pow(factor, cycle)), div(sub(step, first), sub(begin(add(cycle, 1)), first)))
  })
}

/** The first step of a cycle: whole, whatever the rounding of the power. */
function firstOf(cycle: Real, steps: number, growth: number): Real {
  if (growth === 1) return mul(cycle, steps)
  return floor(add(0.5, mul(steps / (growth - 1), sub(pow(growth, cycle), 1))))
}

/** The cycle that a step is in. The logarithm may be one off at either end of a cycle. */
function cycleOf(step: Real, steps: number, growth: number): Real {
  if (growth === 1) return floor(div(step, steps))
  const near = floor(div(log(add(1, mul((growth - 1) / steps, step))), Math.log(growth)))
  const notAfter = where(less(step, firstOf(near, steps, growth)), sub(near, 1), near)
  return where(less(step, firstOf(add(notAfter, 1), steps, growth)), notAfter, add(notAfter, 1))
}
