import type { Tensor } from '@tensorflow/tfjs-core'
import { eye, isPositiveDefinite, not } from '@variate/core/ops'
import { asymmetry, choleskyInPlace } from '@variate/core/internal'
import type { Shape } from '../distribution.ts'
import type { Constraint } from './constraint.ts'
import { entryText } from './entrywise.ts'

/** Symmetric positive definite matrices; entries across the diagonal may differ by float32 rounding. */
export const positiveDefinite: Constraint = /* @__PURE__ */ Object.freeze({
  name: 'positiveDefinite',
  description: 'symmetric positive definite',
  eventRank: 2,
  isDiscrete: false,
  violation: (event: ArrayLike<number>, shape: Shape): string | undefined => {
    const [n, columns] = shape as readonly [number, number]
    if (n !== columns) return `shape [${shape.join(', ')}]`
    const matrix = Float64Array.from(event)
    const infinite = matrix.findIndex((entry) => !Number.isFinite(entry))
    if (infinite >= 0) return entryText(event, infinite, shape)
    const pair = asymmetry(matrix, n)
    if (pair) {
      const [i, j] = pair
      return `${entryText(event, i * n + j, shape)}, and ${entryText(event, j * n + i, shape)}`
    }
    const row = choleskyInPlace(matrix, n)
    return row < 0 ? undefined : `a pivot that is not positive in row ${row}`
  },
  outside: (x: Tensor) => not(isPositiveDefinite(x)),
  inside: (shape: Shape) => eye(shape.at(-1)!),
})
