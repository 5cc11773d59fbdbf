import { DomainError } from '@variate/core'
import { shown } from '@variate/core/internal'
import { checkWhole } from './checks.ts'

/** How steeply the powers rise: most of them are near the prior, where a little of the likelihood changes most. */
const STEEPNESS = 4

/**
 * The powers of the likelihood that annealing goes through.
 *
 * @param temperatures how many steps there are, or the powers themselves.
 * @throws DomainError for what is no whole number ≥ 1, and powers that do not rise from 0 to 1.
 */
export function powersOf(who: string, temperatures: number | readonly number[]): readonly number[] {
  if (typeof temperatures === 'number') {
    checkWhole(who, 'temperatures', temperatures, 1)
    return Array.from({ length: temperatures + 1 }, (_, i) => (i / temperatures) ** STEEPNESS)
  }
  const isRising = temperatures.every((power, i) => i === 0 || power > temperatures[i - 1]!)
  if (temperatures[0] === 0 && temperatures.at(-1) === 1 && isRising) return temperatures
  throw new DomainError(`${who}: temperatures must rise from 0 to 1, got ${shown(temperatures)}`)
}
