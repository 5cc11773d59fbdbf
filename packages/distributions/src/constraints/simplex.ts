import type { Tensor } from '@tensorflow/tfjs-core'
import { abs, greater, less, or, sub, sum } from '@variate/core/ops'
import type { Shape } from '../distribution.ts'
import { anyEntry } from './anyEntry.ts'
import type { Constraint } from './constraint.ts'

/** How far the sum may be from 1: what rounding of many float32 numbers makes. */
const TOLERANCE = 1e-5

/** Vectors of numbers ≥ 0 whose sum is 1, to float32 rounding. */
export const simplex: Constraint = /* @__PURE__ */ Object.freeze({
  name: 'simplex',
  description: '≥ 0 with sum 1',
  eventRank: 1,
  isDiscrete: false,
  violation: (event: ArrayLike<number>): string | undefined => {
    let total = 0
    for (let i = 0; i < event.length; i++) {
      if (!(event[i]! >= 0)) return `${event[i]} in entry ${i}`
      total += event[i]!
    }
    return Math.abs(total - 1) <= TOLERANCE ? undefined : `sum ${total}`
  },
  outside: (x: Tensor) => {
    const isOff = greater(abs(sub(sum(x, -1), 1)), TOLERANCE)
    return or(anyEntry(less(x, 0)), isOff)
  },
  inside: (eventShape: Shape) => 1 / eventShape.at(-1)!,
})
