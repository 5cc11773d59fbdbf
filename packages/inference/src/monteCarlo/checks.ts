import { DomainError, NdArray, NumericalError } from '@variate/core'
import { shown, sizeOf } from '@variate/core/internal'

import { logProbsOf, placeOf, type Program } from '@variate/language/internal'
import type { Particles } from './particles.ts'

/** @throws DomainError for what is no whole number of at least so many. */
export function checkWhole(who: string, name: string, value: number, least: number): void {
  if (Number.isInteger(value) && value >= least) return
  throw new DomainError(`${who}: ${name} must be a whole number ≥ ${least}, got ${shown(value)}`)
}

/**
 * Looks for NaN in draws and log probabilities.
 *
 * @param given what the model was given besides the latents.
 * @throws NumericalError which names the first site that has one, and its element.
 */
export function checkNumbers(
  program: Program,
  given: Readonly<Record<string, unknown>>,
  { values, logs, proposalLogs }: Particles,
  who: string,
): void {
  for (const site of program.declarations) {
    const { name } = site
    const own = values[name]
    if (own?.data.some(Number.isNaN)) throw new NumericalError(`${who}: ${placeOf(site)}: a draw is NaN`)
    const isBad = (x: number): boolean => Number.isNaN(x) || x === Infinity
    const at = logs[name]?.findIndex(isBad) ?? -1
    if (at >= 0) {
      const row = Object.fromEntries(Object.entries(values).map(([latent, x]) => [latent, rowAt(x, at)]))
      logProbsOf(program, { ...givenTo(program, given), ...row }, who)
      throw new NumericalError(
        `${who}: ${placeOf(site)}: the log probability is ${logs[name]![at]} in particle ${at}`,
      )
    }
    if (proposalLogs[name]?.some(isBad))
      throw new NumericalError(`${who}: ${placeOf(site)}: the proposal's log probability is NaN or infinite`)
  }
}

/** What is given to a model, of what is given to it and others. */
function givenTo(
  { declarations }: Program,
  given: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(given).filter(([name]) => declarations.some((site) => site.name === name)),
  )
}

export function rowAt({ data, shape }: NdArray, row: number): NdArray {
  const own = shape.slice(1)
  const size = sizeOf(own)
  return new NdArray(data.slice(row * size, (row + 1) * size), own)
}
