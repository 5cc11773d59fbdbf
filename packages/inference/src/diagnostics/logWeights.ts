import { DomainError, NumericalError } from '@variate/core'
import { shown } from '@variate/core/internal'

/**
 * Log weights as they are computed with.
 *
 * @param count how many there must be, if that is known.
 * @throws DomainError for NaN and ∞, and for another number of them; NumericalError where all weights are 0.
 */
export function checkedLogWeights(logWeights: ArrayLike<number>, who: string, count?: number): Float64Array {
  if (typeof logWeights !== 'object' || logWeights === null || typeof logWeights.length !== 'number')
    throw new DomainError(`${who}: log weights must be an array of numbers, got ${shown(logWeights)}`)
  const own = Float64Array.from(logWeights)
  if (own.length === 0) throw new DomainError(`${who}: there must be one log weight at least`)
  if (count !== undefined && own.length !== count)
    throw new DomainError(`${who}: there are ${own.length} log weights, and ${count} draws`)
  const bad = own.findIndex((x) => Number.isNaN(x) || x === Infinity)
  if (bad >= 0)
    throw new DomainError(`${who}: log weights must be numbers or -Infinity, got ${own[bad]} at [${bad}]`)
  if (own.every((x) => x === -Infinity)) throw new NumericalError(`${who}: all ${own.length} weights are 0`)
  return own
}
