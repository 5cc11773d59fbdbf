import { DomainError } from '@variate/core'
import { shown } from '@variate/core/internal'

type Domain =
  | '> 0'
  | '≥ 0'
  | 'in [0, 1)'
  | 'in (0, 1]'
  | 'in (0.5, 1]'
  | 'a whole number ≥ 0'
  | 'a whole number ≥ 1'

const DOMAINS: Readonly<Record<Domain, (x: number) => boolean>> = {
  '> 0': (x) => x > 0 && x < Infinity,
  '≥ 0': (x) => x >= 0 && x < Infinity,
  'in [0, 1)': (x) => x >= 0 && x < 1,
  'in (0, 1]': (x) => x > 0 && x <= 1,
  'in (0.5, 1]': (x) => x > 0.5 && x <= 1,
  'a whole number ≥ 0': (x) => Number.isInteger(x) && x >= 0,
  'a whole number ≥ 1': (x) => Number.isInteger(x) && x >= 1,
}

/** @throws DomainError for the first option that is no number of the domain. */
export function checkOptions(who: string, domain: Domain, options: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(options)) {
    if (typeof value === 'number' && DOMAINS[domain](value)) continue
    throw new DomainError(`${who}: ${name} must be ${domain}, got ${shown(value)}`)
  }
}
