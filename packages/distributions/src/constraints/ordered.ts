import type { Tensor } from '@tensorflow/tfjs-core'
import { constant, lessEqual } from '@variate/core/ops'
import { part } from '../part.ts'
import type { Shape } from '../distribution.ts'
import { anyEntry } from './anyEntry.ts'
import type { Constraint } from './constraint.ts'

/** Increasing vectors. */
export const ordered: Constraint = /* @__PURE__ */ Object.freeze({
  name: 'ordered',
  description: 'increasing',
  eventRank: 1,
  isDiscrete: false,
  violation: (event: ArrayLike<number>): string | undefined => {
    for (let i = 0; i < event.length; i++) {
      if (!Number.isFinite(event[i])) return `${event[i]} in entry ${i}`
      if (i > 0 && event[i]! <= event[i - 1]!) return `${event[i]} after ${event[i - 1]} in entry ${i}`
    }
    return undefined
  },
  outside: (x: Tensor) => anyEntry(lessEqual(part(x, 1), part(x, 0, -1))),
  inside: (eventShape: Shape) => constant(Array.from({ length: eventShape.at(-1)! }, (_, i) => i)),
})
