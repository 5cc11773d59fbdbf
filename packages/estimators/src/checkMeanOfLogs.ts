import { DomainError } from '@variate/core'
import type { Estimator } from './estimator.ts'

/** @throws DomainError for an estimator of another bound than the ELBO, in whose weights nothing may stand for its mean. */
export function checkMeanOfLogs(who: string, { name, isOfWeights }: Estimator): void {
  if (!isOfWeights) return
  throw new DomainError(
    `${who}: ${name} climbs a function of whole weights p/q, in which the mean of a logarithm cannot stand for it: that would be no ` +
      'bound: use it without, or an estimator of the ELBO',
  )
}
