import { broadcastShapes, isTensor, type Real } from '@variate/core/ops'
import { isTracing } from '@variate/core/internal'
import type { Constraint } from './constraints/constraint.ts'
import type { Numbers, Parameter, Shape } from './distribution.ts'
import { mapValues } from './mapValues.ts'
import { batchOf, checkEvents, resolve, toParameter } from './parameter.ts'

/** Each parameter as it was given, and where it may lie. */
export type Given<Name extends string> = Readonly<
  Record<Name, readonly [value: Numbers, constraint: Constraint]>
>

/** The parameters as ops take them. */
export type Resolved<Name extends string> = Readonly<Record<Name, Real>>

/** Where a record of parameters keeps what gives them checked. */
const RESOLVED: unique symbol = /* @__PURE__ */ Symbol('resolved')

interface Parameters<Name extends string> {
  readonly parameters: Readonly<Record<Name, Parameter>>
  /** The shape that they broadcast to, without the axes of their events. */
  readonly batchShape: Shape
  /** As ops take them; tensors are checked at the first call that no trace records. */
  resolved(): Resolved<Name>
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
  const parameters = mapValues(given, ([value, constraint], name) =>
    toParameter(value, constraint, `${who}: ${name}`),
  )
  const batchShape = broadcastShapes(
    names.map((name) => batchOf(parameters[name], given[name][1])),
    `${who}: parameters`,
  )
  let isChecked = !names.some((name) => isTensor(parameters[name]))
  if (isChecked) check?.(parameters)
  const resolved = (): Resolved<Name> => {
    const found = mapValues(parameters, (parameter, name) => resolve(parameter, `${who}: ${name}`))
    if (!isChecked && !isTracing()) {
      for (const name of names) checkEvents(parameters[name], given[name][1], `${who}: ${name}`)
      check?.(parameters)
      isChecked = true
    }
    return found
  }
  // Not enumerable, so that whoever looks through the parameters finds the parameters alone.
  Object.defineProperty(parameters, RESOLVED, { value: resolved })
  return { parameters: Object.freeze(parameters), batchShape, resolved }
}

/** The parameters of a distribution as ops take them, checked as its own formulas check them. */
export function resolvedOf<Name extends string>(
  parameters: Readonly<Record<Name, Parameter>> & { readonly [RESOLVED]?: () => Resolved<Name> },
): Resolved<Name> {
  return parameters[RESOLVED]?.() ?? mapValues<Name, Parameter, Real>(parameters, (item) => resolve(item))
}
