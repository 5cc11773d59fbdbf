import { DomainError, UnsupportedError } from '@variate/core'
import { shown } from '@variate/core/internal'
import { automatic } from './automatic.ts'
import type { EstimatorByFactor } from './byFactor.ts'
import { partwise } from './partwise.ts'
import type { Draws, Factor } from './problem.ts'

type BySite = Readonly<Record<string, EstimatorByFactor>>

/** The kinds of draws that some estimators take, together. */
type NeedsOf<Of> = Of extends EstimatorByFactor<infer Needs> ? Needs : never

/**
 * An estimator of its own for each latent, in one surrogate: some are differentiated through their draws, others by the score
 * function. Unbiased, whichever latents depend on which.
 *
 * @param sites estimators by the names of latents.
 * @param otherwise what takes all others; what `automatic` chooses, if not given.
 * @throws DomainError for what is no such estimator, as analyticKl is none, and estimators that differ in their particles, which are the same draws for all. When it is paired with a
 *   model UnsupportedError for latents that there are not, that their estimator cannot take, or that are drawn together and have two.
 *
 * @example
 * ```ts
 * import { leaveOneOut, perSite, reparameterization, scoreFunction } from '@variate/estimators'
 *
 * const estimator = perSite({
 *   z: reparameterization({ particles: 4 }),
 *   c: scoreFunction({ particles: 4, baseline: leaveOneOut() }),
 * })
 * estimator.particles // => 4
 * perSite({ z: reparameterization({ particles: 1 }), c: scoreFunction({ particles: 4 }) }) // => throws 'same number of particles'
 * ```
 */
export function perSite<const Sites extends BySite>(
  sites: Sites,
  otherwise?: undefined,
): EstimatorByFactor<Draws>
export function perSite<const Sites extends BySite, Needs extends Draws>(
  sites: Sites,
  otherwise: EstimatorByFactor<Needs>,
): EstimatorByFactor<NeedsOf<Sites[keyof Sites]> | Needs>
export function perSite(sites: BySite, otherwise?: EstimatorByFactor): EstimatorByFactor {
  checkEstimators(sites)
  const given = Object.values(sites)
  const rest = otherwise ?? automatic(given[0] ? { particles: given[0].particles } : {})
  const all = [...given, rest]
  checkSameParticles(sites, rest)
  const of = (factor: Factor, who: string): EstimatorByFactor => {
    const [first = rest, ...others] = declaredIn(factor).map((site) =>
      Object.hasOwn(sites, site) ? sites[site]! : rest,
    )
    if (others.every((other) => other === first)) return first
    throw new UnsupportedError(
      `${who}: perSite has more than one estimator for the latents of "${factor.name}", which are drawn together: give all of them the ` +
        'same, or use a family that draws them by themselves',
    )
  }
  const estimator = partwise(
    { name: 'perSite', needs: [...new Set(all.flatMap(({ needs }) => needs))], particles: rest.particles },
    (factor, who) => of(factor, who).choose(factor, who),
  )
  return {
    ...estimator,
    init: (outline, who) => {
      const known = outline.factors.flatMap(declaredIn)
      const lost = Object.keys(sites).find((site) => !known.includes(site))
      if (lost === undefined) return estimator.init(outline, who)
      const names = known.map((site) => `"${site}"`).join(', ')
      throw new UnsupportedError(
        `${who}: perSite has an estimator for "${lost}", which is no latent: name one of ${names}`,
      )
    },
  }
}

/** The latents of a factor, by the names that they were declared with. */
function declaredIn({ sites, declared = sites }: Factor): readonly string[] {
  return declared
}

function checkEstimators(sites: Readonly<Record<string, unknown>>): void {
  for (const [site, own] of Object.entries(sites)) {
    const isByFactor = typeof own === 'object' && own !== null && 'choose' in own
    if (isByFactor && 'explain' in own)
      throw new DomainError(
        `perSite: analyticKl changes log p and log q for all latents: write analyticKl(perSite({ "${site}": … }))`,
      )
    if (isByFactor) continue
    const what = typeof own === 'object' && own !== null && 'name' in own ? String(own.name) : shown(own)
    throw new DomainError(
      `perSite: "${site}" must have an estimator that takes each latent by itself, such as scoreFunction(), got ${what}`,
    )
  }
}

function checkSameParticles(sites: BySite, rest: EstimatorByFactor): void {
  const other = Object.entries(sites).find(([, { particles }]) => particles !== rest.particles)
  if (!other) return
  const [site, { particles }] = other
  throw new DomainError(
    `perSite: all estimators must take the same number of particles, which are the same draws: that of "${site}" takes ` +
      `${particles}, another ${rest.particles}`,
  )
}
