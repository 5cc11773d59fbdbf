import type { Tensor } from '@tensorflow/tfjs-core'
import { UnsupportedError } from '@variate/core'
import { isTensor } from '@variate/core/ops'
import type { Distribution } from '@variate/distributions'
import type { Bound } from './bind.ts'
import type { Declaration, Environment, RandomSite, SiteOptions } from './declaration.ts'
import type { Deviation } from './deviations/deviation.ts'
import { deviationOf, locationScaleNames } from './deviations/deviationOf.ts'
import { placeOf, siteOf, titleOf, type Program } from './program.ts'

/** A program whose latents are deviations, where they are to be. */
export interface Uncentered {
  /** In place of each site whose deviation is inferred: the deviation, a latent, and the site, computed of it. */
  readonly program: Program
  /** The program that it was made of. */
  readonly from: Program
  /** The name of the deviation of each such site. */
  readonly deviations: ReadonlyMap<string, string>
}

export interface UncenteredOptions {
  /** What holds for latents that do not say it themselves: true, if not given. */
  readonly centered?: SiteOptions['centered']
  /** What comes first in errors. */
  readonly who?: string
}

/**
 * The program in which location-scale latents are computed of their deviations in scales from their locations, which are the
 * latents in their place: those that are declared with `centered: false`, or for which it is chosen. Observed sites and what is
 * no location-scale family stay as they are, and so do chains that do not say otherwise: each step would have to be computed
 * after the one before.
 *
 * Its joint density at the deviations is that of the program at the values, times the Jacobian determinant of the values.
 *
 * @param bound the program with its data, which tell what sites read.
 * @throws UnsupportedError for a latent that is declared with `centered: false` and is of no location-scale family.
 * @see Papaspiliopoulos, Roberts and Sköld, A general framework for the parametrization of hierarchical models, Statistical
 *   Science 22 (2007), section 2.
 */
export function uncentered(bound: Bound, options: UncenteredOptions = {}): Uncentered {
  const { program } = bound
  const deviations = new Map<string, string>()
  const taken = new Set(program.declarations.map(({ name }) => name))
  const declarations = program.declarations.flatMap((site): readonly Declaration[] => {
    if (site.kind !== 'latent' || !isUncentered(bound, site, options)) return [site]
    const name = freeName(`${site.name}.deviation`, taken)
    deviations.set(site.name, name)
    return sitesOf(site, name).map((made) => Object.freeze(made))
  })
  if (deviations.size === 0) return { program, from: program, deviations }
  const uncentered = { from: program, deviations }
  return { program: { ...program, declarations: Object.freeze(declarations), uncentered }, ...uncentered }
}

function isUncentered(
  bound: Bound,
  site: RandomSite,
  { centered: others = true, who }: UncenteredOptions,
): boolean {
  const { program, distributions } = bound
  const isChain = site.next !== undefined
  const { centered = isChain || others } = site.options
  if (centered === true || (isChain && centered === 'auto')) return false
  const distribution = distributions.get(site)!
  const deviation = deviationOf(distribution)
  if (centered === 'auto') return deviation !== undefined && isMoved(bound, site, deviation)
  if (!deviation && site.options.centered === false)
    throw new UnsupportedError(`${who ?? titleOf(program)}: ${placeOf(site)}: ${whyNot(distribution)}`)
  return deviation !== undefined
}

/** Whether the location or the scale depends on other latents, as far as what the site reads tells. */
function isMoved({ program, reads }: Bound, site: RandomSite, { moved }: Deviation): boolean {
  const isOfLatents = (reader: Declaration): boolean =>
    [...reads.of(reader).now].some((name) => {
      const read = siteOf(program, name)!
      return read.kind === 'latent' || (read.kind === 'deterministic' && isOfLatents(read))
    })
  return moved.some((parameter) => isTensor(parameter)) && isOfLatents(site)
}

function sitesOf(site: RandomSite, deviation: string): readonly Declaration[] {
  const { name, plates, of, next } = site
  const own = (environment: Environment): Tensor => environment[deviation] as Tensor
  return [
    {
      kind: 'latent',
      name: deviation,
      plates,
      options: {},
      of: (seen) => deviationIn(of(seen)).standard(),
      ...(next ? { next: (seen, before) => deviationIn(next(seen, before)).standard() } : {}),
    },
    {
      kind: 'deterministic',
      name,
      plates,
      of: (seen) => deviationIn(of(seen)).toValue(own(seen)),
      ...(next ? { next: (seen, before) => deviationIn(next(seen, before)).toValue(own(seen)) } : {}),
    },
  ]
}

function deviationIn(distribution: Distribution): Deviation {
  const found = deviationOf(distribution)
  if (found) return found
  throw new UnsupportedError(whyNot(distribution))
}

function whyNot({ name }: Distribution): string {
  return (
    `centered: false is for distributions with a location or a scale, and ${name} is none: leave it out, ` +
    `or declare one of ${locationScaleNames().join(', ')}`
  )
}

function freeName(wanted: string, taken: Set<string>): string {
  let name = wanted
  while (taken.has(name)) name += "'"
  taken.add(name)
  return name
}
