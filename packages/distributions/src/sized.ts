import { ShapeError } from '@variate/core'
import { isTensor, plainArray } from '@variate/core/ops'
import type { Numbers, Parameter } from './distribution.ts'
import { shapeOf } from './parameter.ts'

/** A parameter that says how long events are: as plain data or a tensor, and its last `rank` lengths. */
export interface Sized {
  readonly value: Parameter
  readonly event: readonly number[]
}

/**
 * A parameter that is a vector or matrix, and its lengths.
 *
 * @throws ShapeError for too few axes, and for matrices that are not square unless `rank` is 1 or `isSquare` false.
 */
export function sized(given: Numbers, rank: 1 | 2, who: string, isSquare = true): Sized {
  const value = typeof given === 'number' || isTensor(given) ? given : plainArray(given as never, who)
  const shape = shapeOf(value)
  if (shape.length < rank) {
    const kind = rank === 1 ? 'a vector' : 'a matrix'
    throw new ShapeError(`${who} must be ${kind} or an array of them, got shape [${shape.join(', ')}]`)
  }
  const event = shape.slice(-rank)
  if (rank === 2 && isSquare && event[0] !== event[1]) {
    throw new ShapeError(`${who} must be square, got shape [${shape.join(', ')}]`)
  }
  return { value, event }
}

/** @throws ShapeError unless both lengths are the same: `normal: loc has length 3, scaleTril 2`. */
export function checkLengths(who: string, a: string, lengthA: number, b: string, lengthB: number): void {
  if (lengthA !== lengthB) throw new ShapeError(`${who}: ${a} has length ${lengthA}, ${b} ${lengthB}`)
}
