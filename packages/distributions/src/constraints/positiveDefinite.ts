import type { Tensor } from '@tensorflow/tfjs-core'
import { linalg } from '@variate/core'
import { eye, isPositiveDefinite, not } from '@variate/core/ops'
import type { Shape } from '../distribution.ts'
import type { Constraint } from './constraint.ts'

/** Symmetric positive definite matrices. */
export const positiveDefinite: Constraint = /* @__PURE__ */ Object.freeze({
  name: 'positiveDefinite',
  description: 'symmetric positive definite',
  eventRank: 2,
  isDiscrete: false,
  violation: (event: ArrayLike<number>, eventShape: Shape): string | undefined => {
    const [n, columns] = eventShape
    if (n !== columns) return `shape [${eventShape.join(', ')}]`
    const pair = linalg.asymmetry(event, n!)
    if (pair) {
      const [i, j] = pair
      return `${event[i * n! + j]} in row ${i}, column ${j}, and ${event[j * n! + i]} in row ${j}, column ${i}`
    }
    const row = linalg.choleskyInPlace(Float64Array.from(event), n!)
    return row < 0 ? undefined : `a pivot that is not positive in row ${row}`
  },
  outside: (x: Tensor) => not(isPositiveDefinite(x)),
  inside: (eventShape: Shape) => eye(eventShape.at(-1)!),
})
