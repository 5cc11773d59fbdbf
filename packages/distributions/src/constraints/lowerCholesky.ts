import type { Tensor } from '@tensorflow/tfjs-core'
import { abs, diagPart, eye, greater, lessEqual, or, triu } from '@variate/core/ops'
import { anyEntry } from './anyEntry.ts'
import type { Constraint } from './constraint.ts'
import { entryText } from './entrywise.ts'

/** Lower-triangular matrices with a positive diagonal: Cholesky factors. */
export const lowerCholesky: Constraint = /* @__PURE__ */ Object.freeze({
  name: 'lowerCholesky',
  description: 'lower triangular with a positive diagonal',
  eventRank: 2,
  isDiscrete: false,
  violation: triangleViolation,
  outside: outsideTriangles,
  inside: ([n]) => eye(n!),
} satisfies Constraint)

/** The first entry that is not finite, not 0 above the diagonal or not > 0 on it. */
export function triangleViolation(event: ArrayLike<number>, shape: readonly number[]): string | undefined {
  const n = shape[0]!
  for (let i = 0, at = 0; i < n; i++) {
    for (let j = 0; j < n; j++, at++) {
      const entry = event[at]!
      const isValid = j > i ? entry === 0 : Number.isFinite(entry) && (j < i || entry > 0)
      if (!isValid) return entryText(event, at, shape)
    }
  }
  return undefined
}

export function outsideTriangles(x: Tensor): Tensor {
  return or(anyEntry(lessEqual(diagPart(x), 0)), anyEntry(anyEntry(greater(abs(triu(x, 1)), 0))))
}
