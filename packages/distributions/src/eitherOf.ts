import { DomainError } from '@variate/core'
import type { Constraint } from './constraints/constraint.ts'
import type { Numbers } from './distribution.ts'
import type { Given } from './parameters.ts'

/**
 * The one of several alternatives that is given, as `define` takes it.
 *
 * @throws DomainError naming all of them if none or more than one is given.
 */
export function eitherOf<const Name extends string>(
  who: string,
  options: Readonly<Partial<Record<Name, Numbers | undefined>>>,
  constraints: Readonly<Record<Name, Constraint>>,
): Given<Name> {
  const names = Object.keys(constraints) as Name[]
  const found = names.filter((name) => options[name] !== undefined)
  const [name] = found
  if (name === undefined || found.length > 1) {
    throw new DomainError(
      `${who}: give either ${names.join(' or ')}, got ${found.length === 0 ? 'neither' : found.join(' and ')}`,
    )
  }
  return { [name]: [options[name], constraints[name]] } as never
}
