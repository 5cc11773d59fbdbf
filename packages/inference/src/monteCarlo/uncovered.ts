import type { Key } from '@variate/core'
import { placeOf, whyNotWithin, type Program, type RandomSite } from '@variate/language/internal'
import type { Particles } from './particles.ts'
import type { Proposed } from './proposed.ts'
import { uncoveredValues } from './uncoveredValues.ts'

/** How many draws of the prior are looked at. */
const DRAWS = 256

/**
 * Sentences that name the latents to whose values the posterior may give some probability and the guide none: draws of the prior
 * that the data do not exclude are looked up in the guide, then each value of discrete latents, and the supports are compared.
 *
 * @param draw draws particles from the prior.
 */
export function uncovered(
  program: Program,
  proposed: Proposed,
  draw: (key: Key, count: number) => Particles,
  key: Key,
): readonly string[] {
  if (!proposed.guide) return []
  const both = { model: proposed.model, guide: proposed.guide }
  const prior = draw(key, DRAWS)
  const joint = Float64Array.from({ length: DRAWS }, (_, i) =>
    Object.values(prior.logs).reduce((sum, log) => sum + log[i]!, 0),
  )
  const values = uncoveredValues(both, prior)
  return program.declarations.flatMap((site) => {
    const own = prior.proposalLogs[site.name]
    if (!own) return []
    const count = own.filter((log, i) => log === -Infinity && joint[i]! > -Infinity).length
    const percent = Math.max(1, Math.round((100 * count) / DRAWS))
    const ofDraws = count > 0 ? `${percent} % of the prior's draws` : undefined
    const value = values.get(site.name)
    const what = value === undefined ? (ofDraws ?? beyond(both, site as RandomSite)) : `the value ${value}`
    if (what === undefined) return []
    return [
      `${placeOf(site)}: the guide's support does not cover the posterior's: it gives no probability to ${what}, and what the ` +
        'posterior has there is left out',
    ]
  })
}

/** A value in the support of a latent and not in that of the guide, as text. */
function beyond({ model, guide }: Required<Proposed>, site: RandomSite): string | undefined {
  const own = guide!.program.declarations.find(({ name }) => name === site.name) as RandomSite
  const [p, q] = [model.distributions.get(site), guide!.distributions.get(own)]
  if (!p || !q) return undefined
  const why = whyNotWithin(
    p.support,
    q.support,
    p.eventShape.length >= q.eventShape.length ? p.eventShape : q.eventShape,
  )
  return why === undefined ? undefined : `values such as ${why}`
}
