import { UnsupportedError } from '@variate/core'
import { sizeOf } from '@variate/core/internal'
import type { Bound } from './bind.ts'
import type { Declaration, RandomSite } from './declaration.ts'
import { placeOf } from './program.ts'

/** A latent, whatever else is known of it. */
interface OfSite {
  readonly site: RandomSite
}

/** A latent that a term of the log joint depends on. */
export interface Dependence<Of extends OfSite> {
  readonly of: Of
  /** Whether it is its value in the step before. */
  readonly isBefore: boolean
  /** The plates along which an element of the term depends on all of its elements; of others on the own one only. */
  readonly whole: readonly string[]
  /** How many variables it is for each element of the term. */
  readonly count: number
}

/**
 * The latents, of some, that a site's term depends on, its own value first: those that it reads, and those that deterministic
 * sites depend on which it reads.
 *
 * @param isNext whether it is the term of a chain's steps but the first.
 */
export function dependencesOf<Of extends OfSite>(
  bound: Bound,
  latents: ReadonlyMap<string, Of>,
  site: Declaration,
  isNext: boolean,
): readonly Dependence<Of>[] {
  interface Found {
    readonly of: Of
    readonly isBefore: boolean
    readonly whole: Set<string>
  }
  const found = new Map<string, Found>()
  /** @param shared the plates of which only the own element is seen, all the way. */
  const add = (name: string, isBefore: boolean, shared: readonly string[]): void => {
    const of = latents.get(name)
    if (!of) return
    const key = `${isBefore ? 'before' : 'now'}:${name}`
    const known = found.get(key) ?? { of, isBefore, whole: new Set() }
    for (const plate of of.site.plates) if (!shared.includes(plate)) known.whole.add(plate)
    found.set(key, known)
  }
  const visited = new Set<string>()
  const visit = (reader: Declaration, shared: readonly string[], isAfter: boolean): void => {
    const { now, before } = bound.reads.of(reader)
    const reads = [
      ...[...now].map((name) => ({ name, isBefore: false })),
      ...(isAfter ? [...before].map((name) => ({ name, isBefore: true })) : []),
    ]
    for (const { name, isBefore } of reads) {
      const other = bound.program.declarations.find((declared) => declared.name === name)!
      if (other.kind !== 'deterministic') add(name, isBefore, shared)
      else if (other.next) {
        // It is made of all steps before, too.
        const chain = other.plates.at(-1)
        const all = shared.filter((plate) => other.plates.includes(plate) && plate !== chain)
        const path = JSON.stringify([name, all])
        if (visited.has(path)) continue
        visited.add(path)
        visit(other, all, true)
      } else if (!isBefore) {
        visit(
          other,
          shared.filter((plate) => other.plates.includes(plate)),
          isAfter,
        )
      } else {
        throw new UnsupportedError(
          `${placeOf(site)} reads what ${placeOf(other)} was in the step before: read the latents that it is made of`,
        )
      }
    }
  }
  if (site.kind === 'latent') add(site.name, false, site.plates)
  visit(site, site.plates, isNext)
  return [...found.values()].map(({ of, isBefore, whole: plates }) => {
    const whole = of.site.plates.filter((plate) => plates.has(plate))
    const count = sizeOf(whole.map((plate) => bound.sizes.get(plate)!))
    return { of, isBefore, whole, count }
  })
}
