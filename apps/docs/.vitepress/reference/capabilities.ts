import type { Distribution } from '@variate/distributions'
import { docstringsIn } from './sources.ts'
/** What only some distributions have: the member that an object has it by, and what tables call it. */
export const CAPABILITIES = [
  { member: 'mean', short: 'mean', long: 'mean()' },
  { member: 'variance', short: 'var.', long: 'variance()' },
  { member: 'entropy', short: 'entropy', long: 'entropy()' },
  { member: 'cdf', short: 'cdf', long: 'cdf(x)' },
  { member: 'icdf', short: 'icdf', long: 'icdf(p)' },
  { member: 'enumerateSupport', short: 'enum.', long: 'enumerateSupport()' },
  { member: 'reparameterized', short: 'repar.', long: 'reparameterized draws' },
  { member: 'sufficientStatistics', short: 'family', long: 'exponential family' },
  { member: 'fit', short: 'fit', long: 'fit(x)' },
] as const

/** Whether the object really has it. */
export function can(distribution: Distribution, member: string): boolean {
  return Boolean((distribution as unknown as Readonly<Record<string, unknown>>)[member])
}

const RANKS = ['a number', 'a vector', 'a matrix']

/** What one draw is. */
export function eventOf({ eventShape, support }: Distribution): string {
  const rank = RANKS[eventShape.length] ?? `an array with ${eventShape.length} axes`
  return support.isDiscrete ? `${rank}, int32` : rank
}

/** The support, in words where they hold for every setting: not where its ends are parameters. */
export function supportOf({ support: { name, description } }: Distribution): string {
  const isFixed = docstringsIn('constraints').get(name)?.kind !== 'function'
  return isFixed ? `\`${name}\`: ${description}` : `\`${name}\``
}
