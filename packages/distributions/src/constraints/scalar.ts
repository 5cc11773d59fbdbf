import type { Tensor } from '@tensorflow/tfjs-core'
import type { Real } from '@variate/core/ops'
import type { Bijector } from '../bijectors/bijector.ts'
import type { Constraint } from './constraint.ts'

interface ScalarSet {
  readonly name: string
  readonly description: string
  readonly isDiscrete?: boolean
  readonly contains: (x: number) => boolean
  readonly outside: (x: Tensor) => Tensor | undefined
  readonly inside: Real
  readonly bijector?: () => Bijector
}

/** A set of numbers. */
export function scalar({
  name,
  description,
  isDiscrete = false,
  contains,
  outside,
  inside,
  bijector,
}: ScalarSet): Constraint {
  return Object.freeze({
    name,
    description,
    eventRank: 0,
    isDiscrete,
    violation: (event: ArrayLike<number>) => (contains(event[0]!) ? undefined : String(event[0])),
    outside,
    inside: () => inside,
    ...(bijector && { bijector }),
  })
}
