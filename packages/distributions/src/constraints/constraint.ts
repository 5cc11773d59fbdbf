import type { Tensor } from '@tensorflow/tfjs-core'
import type { Real } from '@variate/core/ops'
import type { Bijector } from '../bijectors/bijector.ts'
import type { Parameter, Shape } from '../distribution.ts'

/** A set of events: where a parameter may lie, or a distribution's draws do. */
export interface Constraint {
  readonly name: string
  /** What errors say that a value must be: `> 0`. */
  readonly description: string
  /** How many axes an event has: 0 for numbers, 1 for vectors, 2 for matrices. */
  readonly eventRank: number
  readonly isDiscrete: boolean
  /** What is wrong with one event of plain numbers, row-major, such as `-1`; undefined if it is in the set. */
  violation(event: ArrayLike<number>, eventShape: Shape): string | undefined
  /**
   * For each event of `x` whether it is outside the set, as bool without the event axes; undefined where none can
   * be. NaN is not called outside: what is computed from it is NaN.
   */
  outside(x: Tensor): Tensor | undefined
  /** An event well inside the set, which broadcasts to `eventShape`. */
  inside(eventShape: Shape): Real
  /** The ends of a set of numbers, one or one for each of a batch, where they are not known from its name. */
  readonly low?: Parameter
  readonly high?: Parameter
  /** A smooth map onto the set from unconstrained space; absent for discrete sets. */
  bijector?(): Bijector
}
