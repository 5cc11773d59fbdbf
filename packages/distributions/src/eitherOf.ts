import { DomainError } from '@variate/core'
import { shown } from '@variate/core/internal'
import type { Constraint } from './constraints/constraint.ts'
import type { Numbers } from './distribution.ts'
import type { Given } from './parameters.ts'

/**
 * The one of several alternatives that is given, as `define` takes it.
 *
 * @throws DomainError naming all of them if none or more than one is given, or `options` is no record.
 */
export function eitherOf<const Name extends string>(
  who: string,
  options: Readonly<Partial<Record<Name, Numbers | undefined>>> | undefined,
  constraints: Readonly<Record<Name, Constraint>>,
): Given<Name> {
  const names = Object.keys(constraints) as Name[]
  const found = names.filter((name) => options?.[name] !== undefined)
  const [name] = found
  if (name === undefined || found.length > 1) {
    const text = shown(options)
    const kind = text.startsWith('{') ? 'either' : 'an object with'
    const got = found.join(' and ') || (text === '{}' ? 'neither' : text)
    throw new DomainError(`${who}: give ${kind} ${names.join(' or ')}, got ${got}`)
  }
  return { [name]: [options![name], constraints[name]] } as never
}
