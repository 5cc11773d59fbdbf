import type { Tensor } from '@tensorflow/tfjs-core'
import { UnsupportedError } from '@variate/core'
import { fill, neg } from '@variate/core/ops'
import { placeOf, type RandomSite } from '@variate/language/internal'
import { mean } from './initTo/mean.ts'
import type { Family } from './family.ts'
import { locations, locName } from './locations.ts'
import { kindsOf } from './part.ts'
import { realSite, type RealSite } from './realSite.ts'
import type { Start } from './start.ts'
import { together } from './together.ts'
import type { Variational } from './variational.ts'

export interface PointOptions {
  /** Where it begins; `initTo.mean()`, if not given. */
  readonly init?: Start
  /** Whether the density is that of the numbers without bounds that latents are made of; false, if not given. */
  readonly unconstrained?: boolean
}

/**
 * All probability at one point: what is found is the mode of the posterior, the maximum a posteriori (MAP) estimate, and where all
 * unknowns are parameters of the model their maximum likelihood estimate. The bound that is climbed is log p(data, z) at the point;
 * it is no bound of the evidence.
 *
 * The density is that of the latents as they are declared. With `unconstrained: true` it is that of the numbers without bounds that
 * they are made of, log p(data, z) + log |det ∂z/∂place|: another mode, which exists more often, as a density of positive numbers may
 * be largest at 0.
 *
 * @see Gelman et al., Bayesian Data Analysis (2013), section 13.1.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { beta, binomial } from '@variate/distributions'
 * import { point } from '@variate/families'
 * import { adam, bbvi } from '@variate/inference'
 * import { model } from '@variate/language'
 *
 * const coin = model('coin')
 *   .latent('p', beta(2, 2))
 *   .observed('heads', ({ p }) => binomial(10, { probs: p }))
 * const map = await bbvi(coin, { family: point(), optimizer: adam({ rate: 0.1 }) }).fit({ heads: 7 }, { seed: 0 })
 * map.posterior.mean.p // => 0.6666667
 * ```
 */
export function point({ init = mean(), unconstrained = false }: PointOptions = {}): Family<{
  readonly continuous: 'reparameterized'
  readonly discrete: false
}> {
  return {
    name: 'point',
    kinds: { continuous: 'reparameterized', discrete: false },
    of: (model, who, part) => {
      const { continuous, discrete } = kindsOf(model, part)
      if (discrete.length > 0) throw isDiscrete(discrete[0]!, who)
      const reals = continuous.map((site) => realSite(model, site, who))
      return {
        ...together(reals.map((real) => pointFactor(real, unconstrained))),
        init: (key) => locations(init(model, reals, key)),
      }
    },
  }
}

function pointFactor(real: RealSite, unconstrained: boolean): Variational {
  const { plates } = real
  const { name } = real.site
  const loc = locName(name)
  return {
    factors: [{ name, sites: [name], plates, draws: 'reparameterized', isPoint: true, reads: [] }],
    plates: { [loc]: plates },
    init: () => ({}),
    draw: ({ params }) => real.values(params[loc] as Tensor),
    logProbs: ({ sizes }, values) => {
      const lengths = plates.map((plate) => sizes.get(plate)!)
      return { [name]: unconstrained ? neg(real.logDet(real.placeIn(values))) : fill(lengths, 0) }
    },
  }
}

function isDiscrete(site: RandomSite, who: string): UnsupportedError {
  return new UnsupportedError(
    `${who}: ${placeOf(site)} is discrete, and gradients find no best value of it: use em(), which sums over it, enumeration(), or ` +
      'structured() with another family for it',
  )
}
