import { broadcastShapes, isTensor, isTracing, type Real } from '@variate/core/ops'
import type { Constraint } from './constraints/constraint.ts'
import type { Numbers, Parameter, Shape } from './distribution.ts'
import { checkTensorParameter, resolve, shapeOf, toParameter } from './parameter.ts'

/** Each parameter as it was given, and where it may lie. */
export type Given<Name extends string> = Readonly<
  Record<Name, readonly [value: Numbers, constraint: Constraint]>
>

interface Parameters<Name extends string> {
  readonly parameters: Readonly<Record<Name, Parameter>>
  /** The shape that they broadcast to, without the axes of their events. */
  readonly batchShape: Shape
  /** As ops take them; tensors are checked at the first call. */
  resolved(): Readonly<Record<Name, Real>>
}

/**
 * The parameters of what is made of them, checked and broadcast.
 *
 * @param check what parameters must be to each other: asked once, when their values are known.
 * @throws DomainError for values outside their constraint; ShapeError for shapes that do not broadcast.
 */
export function toParameters<const Name extends string>(
  who: string,
  given: Given<Name>,
  check?: (parameters: Readonly<Record<Name, Parameter>>) => void,
): Parameters<Name> {
  const names = Object.keys(given) as Name[]
  const parameters = Object.freeze(
    Object.fromEntries(
      names.map((key) => [key, toParameter(given[key][0], given[key][1], `${who}: ${key}`)]),
    ) as Record<Name, Parameter>,
  )
  const batchShape = broadcastShapes(
    names.map((key) => {
      const shape = shapeOf(parameters[key])
      return shape.slice(0, shape.length - given[key][1].eventRank)
    }),
    `${who}: parameters`,
  )
  let isChecked = !names.some((key) => isTensor(parameters[key]))
  if (isChecked) check?.(parameters)
  const resolved = (): Readonly<Record<Name, Real>> => {
    if (!isChecked) {
      for (const key of names) checkTensorParameter(parameters[key], given[key][1], `${who}: ${key}`)
      if (!isTracing()) check?.(parameters)
      isChecked = true
    }
    return Object.fromEntries(names.map((key) => [key, resolve(parameters[key])])) as Record<Name, Real>
  }
  return { parameters, batchShape, resolved }
}
