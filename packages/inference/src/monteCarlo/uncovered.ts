import type { Key } from '@variate/core'
import { placeOf, type Program } from '@variate/language/internal'
import type { Particles } from './particles.ts'

/** How many draws of the prior are looked at. */
const DRAWS = 256

/**
 * Sentences that name the latents to whose values the posterior gives some probability and the guide none: draws of the prior
 * that the data do not exclude are looked up in the guide.
 *
 * @param draw draws particles from the prior.
 */
export function uncovered(
  program: Program,
  draw: (key: Key, count: number) => Particles,
  key: Key,
): readonly string[] {
  const { logs, proposalLogs } = draw(key, DRAWS)
  const joint = Float64Array.from({ length: DRAWS }, (_, i) =>
    Object.values(logs).reduce((sum, log) => sum + log[i]!, 0),
  )
  return program.declarations.flatMap((site) => {
    const own = proposalLogs[site.name]
    const count = own?.filter((log, i) => log === -Infinity && joint[i]! > -Infinity).length ?? 0
    if (count === 0) return []
    const percent = Math.max(1, Math.round((100 * count) / DRAWS))
    return [
      `${placeOf(site)}: the guide's support does not cover the posterior's: it gives no probability to ${percent} % of the prior's draws, ` +
        'and what the posterior has there is left out',
    ]
  })
}
