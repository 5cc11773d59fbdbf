import { DomainError, ShapeError } from '@variate/core'
import { constant, isTensor, plainArray, type Real } from '@variate/core/ops'
import type { Constraint } from './constraints/constraint.ts'
import type { Numbers, Parameter, Shape } from './distribution.ts'

/**
 * A parameter as it is kept, checked at once if it is not a tensor.
 *
 * @param who names the parameter in errors: `normal: scale`.
 * @throws DomainError for what is no number, a disposed tensor, and a value outside the constraint, naming the first and
 * where it is; ShapeError for ragged rows or fewer axes than the constraint's events have.
 */
export function toParameter(value: Numbers, constraint: Constraint, who: string): Parameter {
  const parameter =
    typeof value === 'number'
      ? value
      : isTensor(value)
        ? constant(value, 'float32', who)
        : plainArray(value as never, who)
  const rank = shapeOf(parameter).length
  if (rank < constraint.eventRank) {
    throw new ShapeError(
      `${who} must have at least ${constraint.eventRank} axes, got shape [${shapeOf(parameter)}]`,
    )
  }
  if (!isTensor(parameter)) checkEvents(parameter, constraint, who)
  return parameter
}

/** A parameter as ops take it: arrays become tensors. */
export function resolve(parameter: Parameter, who?: string): Real {
  return typeof parameter === 'number' ? parameter : constant(parameter as never, 'float32', who)
}

export function shapeOf(parameter: Parameter): Shape {
  return typeof parameter === 'number' ? [] : parameter.shape
}

/** The shape without the axes of events. */
export function batchOf(parameter: Parameter, { eventRank }: Constraint): Shape {
  const shape = shapeOf(parameter)
  return shape.slice(0, shape.length - eventRank)
}

/** @throws DomainError naming the first event that is outside the constraint and where it is. */
export function checkEvents(events: Parameter, constraint: Constraint, who: string): void {
  const data = typeof events === 'number' ? [events] : isTensor(events) ? events.dataSync() : events.data
  const shape = shapeOf(events)
  const batch = batchOf(events, constraint)
  const event = shape.slice(batch.length)
  const size = event.reduce((product, length) => product * length, 1)
  const row = new Float64Array(size)
  for (let start = 0, at = 0; start < data.length; start += size, at++) {
    for (let i = 0; i < size; i++) row[i] = data[start + i]!
    const found = constraint.violation(row, event)
    if (found !== undefined) {
      throw new DomainError(`${who} must be ${constraint.description}, got ${found}${place(at, batch)}`)
    }
  }
}

/** Where element `at` of a tensor is, for errors: ` at [1, 2]`. */
export function place(at: number, shape: Shape): string {
  if (shape.length === 0) return ''
  const indices = shape.reduceRight<number[]>((found, length) => {
    found.unshift(at % length)
    at = Math.floor(at / length)
    return found
  }, [])
  return ` at [${indices.join(', ')}]`
}
