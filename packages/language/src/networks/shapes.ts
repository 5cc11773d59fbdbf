import type { Tensor } from '@tensorflow/tfjs-core'
import { DomainError, ShapeError } from '@variate/core'
import { shown } from '@variate/core/internal'
import type { Pair } from '@variate/core/ops'

/** @throws DomainError for what is no shape of whole numbers ≥ 1. */
export function checkShape(who: string, shape: readonly number[], name = 'shape'): readonly number[] {
  const isShape = Array.isArray(shape) && shape.every((length) => Number.isInteger(length) && length >= 1)
  if (isShape) return shape
  throw new DomainError(`${who}: ${name} must be a list of whole numbers ≥ 1, got ${shown(shape)}`)
}

/** @throws DomainError for a number that is no whole number ≥ 1. */
export function checkCount(who: string, name: string, count: number): void {
  if (Number.isInteger(count) && count >= 1) return
  throw new DomainError(`${who}: ${name} must be a whole number ≥ 1, got ${shown(count)}`)
}

/** @throws DomainError for what is no whole number ≥ 1 for rows and columns alike, nor one for each. */
export function checkPair(who: string, name: string, pair: Pair): readonly [rows: number, columns: number] {
  const both = typeof pair === 'number' ? ([pair, pair] as const) : pair
  if (Array.isArray(both) && both.length === 2 && both.every((n) => Number.isInteger(n) && n >= 1))
    return both
  throw new DomainError(
    `${who}: ${name} must be a whole number ≥ 1, or one for rows and one for columns, got ${shown(pair)}`,
  )
}

/**
 * What a network has before the axes that it takes.
 *
 * @throws ShapeError for a tensor whose last axes are others.
 */
export function leadingOf(who: string, { shape }: Tensor, input: readonly number[]): readonly number[] {
  const count = shape.length - input.length
  if (count >= 0 && String(shape.slice(count)) === String(input)) return shape.slice(0, count)
  throw new ShapeError(`${who}: the layer takes [${input}], got shape [${shape}]`)
}
