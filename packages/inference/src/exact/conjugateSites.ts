import { UnsupportedError } from '@variate/core'
import { sizeOf } from '@variate/core/internal'
import { placeOf, type Bound } from '@variate/language/internal'
import type { Component } from './components.ts'
import { domainOf, type Domain } from './domains.ts'
import { FAMILIES, type FamilyOfLatents } from './exponentialFamilies.ts'
import type { ContinuousSite } from './variables.ts'

/** A latent that may be of an exponential family. */
export interface ConjugateSite extends ContinuousSite {
  readonly domain: Domain
  /** Those that it may be of, its prior's first. */
  readonly families: readonly FamilyOfLatents[]
}

/** Numbers of a latent that belong together: one, or a vector on a simplex. */
export interface Block {
  readonly site: ConjugateSite
  /** Its first number among all of the latent. */
  readonly from: number
  readonly size: number
}

/** The continuous latents of which some are on a domain of exponential families, and all others. */
export interface ContinuousKinds {
  readonly conjugate: ReadonlyMap<string, ConjugateSite>
  readonly gaussian: ReadonlyMap<string, ContinuousSite>
}

/** Tells latents of exponential families by the supports of their priors from those that must be normal. */
export function kindsOf(bound: Bound, continuous: ReadonlyMap<string, ContinuousSite>): ContinuousKinds {
  const conjugate = new Map<string, ConjugateSite>()
  const gaussian = new Map<string, ContinuousSite>()
  for (const [name, latent] of continuous) {
    const { support, name: prior } = bound.distributions.get(latent.site)!
    const domain = domainOf(support)
    if (!domain) {
      checkReal(latent, support.name, prior)
      gaussian.set(name, latent)
    } else {
      const all = FAMILIES.filter((family) => family.domain === domain.name)
      const own = all.filter((family) => family.name === prior)
      conjugate.set(name, {
        ...latent,
        domain,
        families: [...own, ...all.filter((family) => !own.includes(family))],
      })
    }
  }
  return { conjugate, gaussian }
}

/** The supports of what may be normal. */
const REAL = new Set(['real', 'realVector', 'realMatrix', 'extendedReal'])

/** @throws UnsupportedError for a latent that no exponential family is known for, and that is not on the whole line. */
function checkReal({ site }: ContinuousSite, support: string, prior: string): void {
  if (REAL.has(support.replace(/^independent\((.*)\)$/, '$1'))) return
  throw new UnsupportedError(
    `enumeration: ${placeOf(site)}: a ${prior} distribution, whose support is ${support}, cannot be integrated exactly: condition ` +
      'on it, or use an approximation',
  )
}

/** The blocks of latents of exponential families in a component. */
export function blocksOf(
  sites: ReadonlyMap<string, ConjugateSite>,
  { continuous }: Component,
): readonly Block[] {
  return continuous.flatMap((variable) => {
    const site = [...sites.values()].find(
      ({ first, lengths }) => variable >= first && variable < first + sizeOf(lengths),
    )
    if (!site) return []
    const all = sizeOf(site.event)
    const size = site.domain.numbersOf(site.event)
    return Array.from({ length: all / size }, (_, i) => ({
      site,
      from: (variable - site.first) * all + i * size,
      size,
    }))
  })
}
