import type { Bound, Declaration } from '@variate/language/internal'
import { dependencesOf, type Dependence } from '@variate/language/internal'
import type { LatentSite } from './variables.ts'

/** A site that has a term in the log joint. */
export type TermSite = Declaration & { readonly kind: 'latent' | 'observed' | 'factor' }

/** A term of the log joint for each element of its plates: of a site, or of some steps of a chain's latent. */
export interface Term<Of extends LatentSite = LatentSite> {
  readonly site: TermSite
  readonly part: 'all' | 'first' | 'next'
  readonly dependences: readonly Dependence<Of>[]
  /** The lengths of its elements' axes. */
  readonly lengths: readonly number[]
}

export function hasTerm(site: Declaration): site is TermSite {
  return site.kind === 'latent' || site.kind === 'observed' || site.kind === 'factor'
}

/** The terms of a site, with what they depend on of some latents. */
export function termsOf<Of extends LatentSite>(
  bound: Bound,
  latents: ReadonlyMap<string, Of>,
  site: TermSite,
): readonly Term<Of>[] {
  const lengths = site.plates.map((plate) => bound.sizes.get(plate)!)
  if (site.kind === 'factor' || !site.next) {
    return [{ site, part: 'all', dependences: dependencesOf(bound, latents, site, false), lengths }]
  }
  const steps = lengths.at(-1)!
  const around = lengths.slice(0, -1)
  const first: Term<Of> = {
    site,
    part: 'first',
    dependences: dependencesOf(bound, latents, site, false),
    lengths: around,
  }
  if (steps === 1) return [first]
  const dependences = dependencesOf(bound, latents, site, true)
  return [first, { site, part: 'next', dependences, lengths: [...around, steps - 1] }]
}

/** The variables that one element of a term depends on, of one latent. */
export function variablesAt(
  bound: Bound,
  { site, part, lengths }: Term,
  { of, isBefore, whole, count }: Dependence<LatentSite>,
  element: number,
): readonly number[] {
  let rest = element
  const index = new Map<string, number>()
  for (let axis = lengths.length - 1; axis >= 0; axis--) {
    index.set(site.plates[axis]!, rest % lengths[axis]!)
    rest = Math.floor(rest / lengths[axis]!)
  }
  const chain = site.plates.at(-1)!
  if (part === 'first') index.set(chain, 0)
  if (part === 'next' && !isBefore) index.set(chain, index.get(chain)! + 1)
  return Array.from({ length: count }, (_, combination) => {
    let own = combination
    for (const plate of whole.toReversed()) {
      const length = bound.sizes.get(plate)!
      index.set(plate, own % length)
      own = Math.floor(own / length)
    }
    return (
      of.site.plates.reduce((at, plate, axis) => at * of.lengths[axis]! + index.get(plate)!, 0) + of.first
    )
  })
}
