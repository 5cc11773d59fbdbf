import { DomainError } from '@variate/core'
import type { RegressionOptions, PriorScales } from './options.ts'

/** @throws DomainError for an option that there is not: one that is misspelt would do nothing. */
export function requireKnown(who: string, options: object, names: readonly string[]): void {
  const unknown = Object.keys(options).find((name) => !names.includes(name))
  if (unknown === undefined) return
  throw new DomainError(`${who}: there is no option "${unknown}"; there are ${names.join(', ')}`)
}

/** @throws DomainError unless `value` is a finite number > 0. */
export function requirePositive(who: string, name: string, value: number): void {
  if (typeof value === 'number' && value > 0 && value < Infinity) return
  throw new DomainError(`${who}: ${name} must be finite and > 0, got ${String(value)}`)
}

/** The scales of the priors, and the other options checked. */
export function settledOptions(
  who: string,
  options: RegressionOptions,
  more: { readonly options?: readonly string[]; readonly prior?: readonly string[] } = {},
): PriorScales {
  requireKnown(who, options, ['prior', 'intercept', 'standardize', 'family', ...(more.options ?? [])])
  const { prior = {}, intercept = true, standardize = false, family = 'fullRank' } = options
  requireKnown(`${who}: prior`, prior, ['scale', 'intercept', ...(more.prior ?? [])])
  for (const [name, value] of Object.entries({ intercept, standardize })) {
    if (typeof value !== 'boolean')
      throw new DomainError(`${who}: ${name} must be true or false, got ${String(value)}`)
  }
  if (typeof family === 'string' && family !== 'fullRank' && family !== 'meanField') {
    throw new DomainError(
      `${who}: family must be 'fullRank', 'meanField' or a family, got '${String(family)}'`,
    )
  }
  const { scale = 1, intercept: level = scale } = prior
  requirePositive(who, 'prior.scale', scale)
  requirePositive(who, 'prior.intercept', level)
  return { scale, intercept: level }
}

/** @throws DomainError unless 0 < level < 1. */
export function requireLevel(who: string, level: number): void {
  if (!(level > 0 && level < 1)) throw new DomainError(`${who}: level must be between 0 and 1, got ${level}`)
}
