import { discreteFactor } from './discreteFactor.ts'
import type { Family } from './family.ts'
import { latentsOf } from './latents.ts'
import { normalFactor } from './normalFactor.ts'
import { realSite } from './realSite.ts'
import { middle, type Start } from './start.ts'
import { together } from './together.ts'

export interface MeanFieldOptions {
  /** Where the locations begin; the middle of each support, if not given. */
  readonly init?: Start
  /** What the standard deviations begin with, in numbers without bounds; 0.1, if not given. */
  readonly scale?: number
}

/**
 * Mean field: every number of every latent by itself. Continuous latents are images of normals, by the map from all numbers onto
 * their support; discrete ones have a probability for each of their values.
 *
 * @see Kucukelbir, Tran, Ranganath, Gelman and Blei, Automatic Differentiation Variational Inference (JMLR 2017).
 */
export function meanField({ init = middle, scale = 0.1 }: MeanFieldOptions = {}): Family<{
  readonly continuous: 'reparameterized'
  readonly discrete: true
}> {
  return {
    name: 'meanField',
    kinds: { continuous: 'reparameterized', discrete: true },
    of: (model, who) =>
      together(
        latentsOf(model).map((site) =>
          model.distributions.get(site)!.support.isDiscrete
            ? discreteFactor(model, site, who)
            : normalFactor(model, realSite(model, site, who), init, scale),
        ),
      ),
  }
}
