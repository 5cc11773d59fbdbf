import { DomainError } from '@variate/core'
import { shown } from '@variate/core/internal'
import { constraints, type Shape } from '@variate/distributions'
import type { Domain } from './domain.ts'

/** Numbers on the real line; an array of them in `shape`. */
export function real(shape: Shape = []): Domain {
  return { shape: lengths('real', shape), constraint: constraints.real }
}

/** Numbers above zero. */
export function positive(shape: Shape = []): Domain {
  return { shape: lengths('positive', shape), constraint: constraints.positive }
}

/** Numbers between 0 and 1. */
export function unitInterval(shape: Shape = []): Domain {
  return { shape: lengths('unitInterval', shape), constraint: constraints.unitInterval }
}

/**
 * Probabilities of so many categories: numbers ≥ 0 whose sum is 1.
 *
 * @example
 * ```ts
 * import { simplex } from '@variate/language'
 *
 * simplex(3).shape // => [3]
 * simplex(0) // => throws 'whole number ≥ 1'
 * ```
 */
export function simplex(categories: number): Domain {
  return { shape: lengths('simplex', [categories]), constraint: constraints.simplex }
}

/** So many numbers, each larger than the one before. */
export function ordered(length: number): Domain {
  return { shape: lengths('ordered', [length]), constraint: constraints.ordered }
}

/** Lower triangles of so many rows, positive on the diagonal: Cholesky factors of covariances. */
export function lowerCholesky(rows: number): Domain {
  return { shape: lengths('lowerCholesky', [rows, rows]), constraint: constraints.lowerCholesky }
}

/** Cholesky factors of correlation matrices of so many rows. */
export function correlationCholesky(rows: number): Domain {
  return { shape: lengths('correlationCholesky', [rows, rows]), constraint: constraints.correlationCholesky }
}

function lengths(who: string, shape: Shape): Shape {
  if (Array.isArray(shape) && shape.every((length) => Number.isInteger(length) && length >= 1)) return shape
  throw new DomainError(`${who}: each length must be a whole number ≥ 1, got ${shown(shape)}`)
}
