import { DomainError } from '@variate/core'
import { shown } from '@variate/core/internal'

/** @throws DomainError unless it is a whole number, of at least `least`. */
export function checkCount(who: string, name: string, count: unknown, least = 1): void {
  if (Number.isInteger(count) && (count as number) >= least) return
  throw new DomainError(`${who}: ${name} must be a whole number ≥ ${least}, got ${shown(count)}`)
}

/** @throws DomainError for a hidden layer that has no whole number of units. */
export function checkHidden(who: string, hidden: readonly number[] | undefined): void {
  for (const [at, units] of (hidden ?? []).entries()) checkCount(who, `hidden[${at}]`, units)
}

/** @throws DomainError unless it is a number > 0. */
export function checkPositive(who: string, name: string, x: unknown): void {
  if (typeof x === 'number' && x > 0 && x < Infinity) return
  throw new DomainError(`${who}: ${name} must be a number > 0, got ${shown(x)}`)
}
