import { UnsupportedError } from '@variate/core'
import { ofStepBefore, placeOf, readsOf, type Bound, type Declaration } from '@variate/language/internal'
import { sizeOf, type DiscreteSite } from './variables.ts'

/** A discrete latent that a term of the log joint depends on. */
export interface Dependence {
  readonly of: DiscreteSite
  /** Whether it is its value in the step before. */
  readonly isBefore: boolean
  /** The plates along which an element of the term depends on all of its elements; of others on the own one only. */
  readonly whole: readonly string[]
  /** How many variables it is for each element of the term, and how many combinations these have. */
  readonly count: number
  readonly combinations: number
}

/**
 * The discrete latents that a site's term depends on, its own value first: those that it reads, and those that deterministic
 * sites depend on which it reads.
 *
 * @param isNext whether it is the term of a chain's steps but the first.
 */
export function dependencesOf(
  bound: Bound,
  discrete: ReadonlyMap<string, DiscreteSite>,
  site: Declaration,
  isNext: boolean,
): readonly Dependence[] {
  interface Found {
    readonly of: DiscreteSite
    readonly isBefore: boolean
    readonly whole: Set<string>
  }
  const found = new Map<string, Found>()
  /** @param shared the plates of which only the own element is seen, all the way. */
  const add = (name: string, isBefore: boolean, shared: readonly string[]): void => {
    const of = discrete.get(name)
    if (!of) return
    const key = isBefore ? ofStepBefore(name) : name
    const known = found.get(key) ?? { of, isBefore, whole: new Set() }
    for (const plate of of.site.plates) if (!shared.includes(plate)) known.whole.add(plate)
    found.set(key, known)
  }
  const visit = (reader: Declaration, shared: readonly string[]): void => {
    for (const read of readsOf(reader)) {
      const name = read.replace(ofStepBefore(''), '')
      const isBefore = read !== name
      if (isBefore && !isNext) continue
      const other = bound.program.declarations.find((declared) => declared.name === name)!
      if (other.kind !== 'deterministic') add(name, isBefore, shared)
      else if (!isBefore) {
        visit(
          other,
          shared.filter((plate) => other.plates.includes(plate)),
        )
      } else {
        throw new UnsupportedError(
          `enumeration: ${placeOf(site)} reads what ${placeOf(other)} was in the step before: read the latents that it is made of`,
        )
      }
    }
  }
  if (site.kind === 'latent') add(site.name, false, site.plates)
  visit(site, site.plates)
  return [...found.values()].map(({ of, isBefore, whole: plates }) => {
    const whole = of.site.plates.filter((plate) => plates.has(plate))
    const count = sizeOf(whole.map((plate) => bound.sizes.get(plate)!))
    return { of, isBefore, whole, count, combinations: of.cardinality ** count }
  })
}
