import { foldIn, type Key } from '@variate/core'
import type { Randomness } from '@variate/language'
import type { ClimbParams } from '../bbvi/climbState.ts'
import { knownMoments } from '../bbvi/knownMoments.ts'
import { paramsOf } from '../bbvi/paramsOf.ts'
import type { Setting } from '../bbvi/problemOf.ts'
import { diagnosticsOf } from '../bbvi/fitOf.ts'
import { drawer } from '../bbvi/variationalPosterior.ts'
import { keyFrom } from '../keyFrom.ts'
import { checkWhole } from '../monteCarlo/checks.ts'
import { tailWarning } from '../monteCarlo/tailWarning.ts'

/** How many draws tell of a fit. */
const DRAWS = 4000

/** What is known of latents by some q: moments, draws, the bound, and how near it is to the posterior. */
export function described(
  setting: Setting,
  params: ClimbParams,
  latents: readonly string[],
  key: Key,
  who: string,
): Readonly<Record<string, unknown>> & { readonly warnings: readonly string[] } {
  const draw = drawer(setting, params, latents)
  const { values, logWeights } = draw(foldIn(key, 2), DRAWS)
  const elbo = logWeights.reduce((sum, x) => sum + x / DRAWS, 0)
  const squares = logWeights.reduce((sum, x) => sum + (x - elbo) ** 2, 0)
  const diagnostics = diagnosticsOf(logWeights)
  const { kHat } = diagnostics
  const tail = tailWarning(setting.model.program, values, logWeights, { kHat, origin: 'guide' })
  return {
    params: paramsOf(setting, params),
    posterior: {
      ...knownMoments(setting, params, values),
      sample: async (count: number, options: Randomness) => {
        checkWhole(`${who}: posterior.sample`, 'count', count, 1)
        return draw(keyFrom(`${who}: posterior.sample`, options), count).values
      },
      weighted: async (count: number, options: Randomness) => {
        checkWhole(`${who}: posterior.weighted`, 'count', count, 1)
        const own = draw(keyFrom(`${who}: posterior.weighted`, options), count)
        return { draws: own.values, logWeights: own.logWeights }
      },
    },
    elbo,
    standardError: Math.sqrt(squares / (DRAWS - 1) / DRAWS),
    diagnostics,
    warnings: tail === undefined ? [] : [tail],
  }
}
