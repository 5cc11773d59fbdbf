import { DomainError } from '@variate/core'
import { shown } from '@variate/core/internal'
import type { LatentNames, ValuesOf } from '@variate/language'
import { bind, entryOf, placeOf, type Bound, type Program } from '@variate/language/internal'

/** All but latents; where nothing is left, nothing. */
export type GivenTo<Types> = [Exclude<keyof ValuesOf<Types>, LatentNames<Types>>] extends [never]
  ? Readonly<Record<string, never>>
  : Omit<ValuesOf<Types>, LatentNames<Types>>

/** How many numbers a term may be computed as, if it is not told. */
export const LIMIT: number = 2 ** 26

/**
 * Data for latents to be inferred of.
 *
 * @throws DomainError for latents that are given: whether their densities count would not be clear.
 */
export function boundTo(program: Program, given: object, who: string): Bound {
  const latent = program.declarations.find(
    (site) =>
      site.kind === 'latent' &&
      (entryOf(given as Readonly<Record<string, unknown>>, site.name) ?? undefined) !== undefined,
  )
  if (latent)
    throw new DomainError(
      `${who}: ${placeOf(latent)} is given, and is latent: condition on it, model.condition({ ${latent.name}: … })`,
    )
  const bound = bind(program, given as Readonly<Record<string, unknown>>, {
    who,
    needed: ({ kind }) => kind !== 'latent' && kind !== 'deterministic' && kind !== 'factor',
  })
  const isLatent = program.declarations.some(
    ({ kind, name }) => kind === 'latent' && !entryOf(bound.values, name),
  )
  if (!isLatent) throw new DomainError(`${who}: there is no latent to infer`)
  return bound
}

/** @throws DomainError for what is no number of times. */
export function checkCount(who: string, name: string, count: number): void {
  if (Number.isInteger(count) && count >= 1) return
  throw new DomainError(`${who}: ${name} must be a whole number ≥ 1, got ${shown(count)}`)
}
