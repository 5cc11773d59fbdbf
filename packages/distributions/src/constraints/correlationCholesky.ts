import type { Tensor } from '@tensorflow/tfjs-core'
import { abs, eye, greater, or, square, sub, sum } from '@variate/core/ops'
import type { Shape } from '../distribution.ts'
import { anyEntry } from './anyEntry.ts'
import type { Constraint } from './constraint.ts'
import { outsideTriangles, triangleViolation } from './lowerCholesky.ts'

/** How far the squared length of a row may be from 1. */
const TOLERANCE = 1e-5

/** Cholesky factors of correlation matrices: lower-triangular, with a positive diagonal and rows of length 1. */
export const correlationCholesky: Constraint = /* @__PURE__ */ Object.freeze({
  name: 'correlationCholesky',
  description: 'lower triangular with a positive diagonal and rows of length 1',
  eventRank: 2,
  isDiscrete: false,
  violation: (event: ArrayLike<number>, eventShape: Shape): string | undefined => {
    const found = triangleViolation(event, eventShape)
    if (found !== undefined) return found
    const n = eventShape[0]!
    for (let i = 0; i < n; i++) {
      let squares = 0
      for (let j = 0; j < n; j++) squares += event[i * n + j]! ** 2
      if (Math.abs(squares - 1) > TOLERANCE) return `a row of length ${Math.sqrt(squares)} in row ${i}`
    }
    return undefined
  },
  outside: (x: Tensor) => {
    const isOff = greater(abs(sub(sum(square(x), -1), 1)), TOLERANCE)
    return or(outsideTriangles(x), anyEntry(isOff))
  },
  inside: ([n]: Shape) => eye(n!),
})
