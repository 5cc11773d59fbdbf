import { UnsupportedError } from '@variate/core'
import { placeOf, type Bound } from '@variate/language/internal'
import { domainOf } from '../exact/domains.ts'
import type { ContinuousSite } from '../exact/variables.ts'
import type { FactorFamily } from './families/factorFamily.ts'
import { gaussian } from './families/gaussian.ts'
import { gaussianGamma } from './families/gaussianGamma.ts'
import { gaussianWishart } from './families/gaussianWishart.ts'
import { logNormals } from './families/logNormals.ts'
import { simplices } from './families/simplices.ts'

/** Where the numbers of a continuous latent lie. */
export type SupportKind = 'vector' | 'positive' | 'unit' | 'simplex' | 'matrix'

/** A continuous latent with what its factors may be of. */
export interface FactorSite extends ContinuousSite {
  readonly kind: SupportKind
  /** How many numbers of an element are a factor by themselves. */
  readonly size: number
  /** Families of a factor alone, that of the prior first. */
  readonly families: readonly FactorFamily[]
}

const REAL = new Set(['real', 'realVector', 'realMatrix', 'extendedReal'])

/** @throws UnsupportedError for a latent whose support no conjugate family has. */
export function factorSites(
  bound: Bound,
  continuous: ReadonlyMap<string, ContinuousSite>,
  who: string,
): ReadonlyMap<string, FactorSite> {
  return new Map([...continuous].map(([name, latent]) => [name, factorSite(bound, latent, who)]))
}

function factorSite(bound: Bound, latent: ContinuousSite, who: string): FactorSite {
  const { support, name: prior } = bound.distributions.get(latent.site)!
  const own = support.name.replace(/^independent\((.*)\)$/, '$1')
  const domain = domainOf(support)?.name
  const numbers = latent.event.reduce((a, b) => a * b, 1)
  if (REAL.has(own)) return { ...latent, kind: 'vector', size: numbers, families: [gaussian(numbers)] }
  if (own === 'positiveDefinite') {
    const p = latent.event.at(-1)!
    const families = [false, true].map((isCovariance) => gaussianWishart(p, false, isCovariance))
    return { ...latent, kind: 'matrix', size: p * p, families: ownFirst(families, prior) }
  }
  if (domain === 'positive') {
    const families = [gaussianGamma(0, false), gaussianGamma(0, true), logNormals()]
    return { ...latent, kind: 'positive', size: 1, families: ownFirst(families, prior) }
  }
  if (domain === 'unit') return { ...latent, kind: 'unit', size: 1, families: [simplices(2, true)] }
  if (domain === 'simplex') {
    const length = latent.event.at(-1)!
    return { ...latent, kind: 'simplex', size: length, families: [simplices(length, false)] }
  }
  throw new UnsupportedError(
    `${who}: ${placeOf(latent.site)}: a ${prior} distribution, whose support is ${support.name}, is of no conjugate family: ` +
      'use bbvi, or condition on it',
  )
}

function ownFirst(families: readonly FactorFamily[], prior: string): readonly FactorFamily[] {
  const own = families.filter(({ name }) => name === prior)
  return [...own, ...families.filter((family) => !own.includes(family))]
}
