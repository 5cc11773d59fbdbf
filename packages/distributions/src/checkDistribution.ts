import { DomainError } from '@variate/core'
import { shown } from '@variate/core/internal'
import type { Distribution } from './distribution.ts'

/**
 * @param who names it in errors: `truncated: base`.
 * @throws DomainError for what is no distribution, as programs without types may pass it.
 */
export function checkDistribution(who: string, given: Distribution): void {
  if (typeof (given as Partial<Distribution> | undefined | null)?.logProb === 'function') return
  throw new DomainError(`${who} must be a distribution, such as normal(0, 1), got ${shown(given)}`)
}
