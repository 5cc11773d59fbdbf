import { DomainError, ShapeError } from '@variate/core'
import { constant, isTensor, isTracing, plainArray, type PlainArray, type Real } from '@variate/core/ops'
import type { Constraint } from './constraints/constraint.ts'
import type { Numbers, Parameter, Shape } from './distribution.ts'

/**
 * A parameter as it is kept, checked at once if it is not a tensor.
 *
 * @param who names the parameter in errors: `normal: scale`.
 * @throws DomainError for a value outside the constraint, naming the first and where it is; ShapeError for ragged rows
 * or fewer axes than the constraint's events have.
 */
export function toParameter(value: Numbers, constraint: Constraint, who: string): Parameter {
  const parameter =
    typeof value === 'number' || isTensor(value) ? value : copyOf(plainArray(value as never, who))
  const rank = shapeOf(parameter).length
  if (rank < constraint.eventRank) {
    throw new ShapeError(
      `${who} must have at least ${constraint.eventRank} axes, got shape [${shapeOf(parameter)}]`,
    )
  }
  if (typeof parameter === 'number') checkEvents([parameter], [], constraint, who)
  else if (!isTensor(parameter)) checkEvents(parameter.data, parameter.shape, constraint, who)
  return parameter
}

/** What a caller does to the array afterwards is nothing to the distribution. */
function copyOf({ data, shape }: PlainArray): PlainArray {
  return { data: Float64Array.from(data), shape: [...shape] }
}

/** @throws DomainError if the elements of a tensor are outside the constraint; nothing while a trace records. */
export function checkTensorParameter(parameter: Parameter, constraint: Constraint, who: string): void {
  if (!isTensor(parameter) || isTracing()) return
  checkEvents(parameter.dataSync(), parameter.shape, constraint, who)
}

/** A parameter as ops take it: arrays become tensors. */
export function resolve(parameter: Parameter): Real {
  return typeof parameter === 'number' ? parameter : constant(parameter as never)
}

export function shapeOf(parameter: Parameter): Shape {
  return typeof parameter === 'number' ? [] : parameter.shape
}

/** @throws DomainError naming the first event that is outside the constraint and where it is. */
export function checkEvents(
  data: ArrayLike<number>,
  shape: Shape,
  constraint: Constraint,
  who: string,
): void {
  const batch = shape.slice(0, shape.length - constraint.eventRank)
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
  const indices: number[] = []
  for (const length of shape.toReversed()) {
    indices.unshift(at % length)
    at = Math.floor(at / length)
  }
  return ` at [${indices.join(', ')}]`
}
