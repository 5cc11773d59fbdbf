import { DomainError, ShapeError } from '@variate/core'
import type { Shape } from '../graph/node.ts'
import type { Place } from './axes.ts'

/**
 * How many elements the mapped axes have.
 *
 * @param size how many there are to be, if that is known.
 * @throws ShapeError for axes that arrays do not have, and for lengths that differ; DomainError if nothing tells.
 */
export function sizeOfBatch(places: readonly Place[], shapes: readonly Shape[], size?: number): number {
  let first: { readonly told: string; readonly length: number } | undefined =
    size === undefined ? undefined : { told: `size is ${size}`, length: size }
  for (const [at, place] of places.entries()) {
    if (place.axis === null) continue
    const axis = axisOf(place.axis, place.path, shapes[at]!)
    const length = shapes[at]![axis]!
    const told = `${place.path} has length ${length} along axis ${axis}`
    first ??= { told, length }
    if (length === first.length) continue
    throw new ShapeError(
      `batch: ${first.told}, ${told}: map axes of equal length, or set axes to null for what all elements share`,
    )
  }
  if (first) return first.length
  throw new DomainError('batch: no argument is mapped: give size, or the axis of an argument')
}

/** An axis as it counts from the start. */
export function axisOf(axis: number, path: string, shape: Shape): number {
  const from = axis < 0 ? axis + shape.length : axis
  if (from >= 0 && from < shape.length) return from
  const has = shape.length === 0 ? 'is a scalar' : `has shape [${shape}], with axes 0 … ${shape.length - 1}`
  throw new ShapeError(
    `batch: axis ${axis} of ${path} is mapped, which ${has}: set its axes to null if all elements share it`,
  )
}
