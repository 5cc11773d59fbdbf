import { foldIn } from '@variate/core'
import { discreteFactor } from './discreteFactor.ts'
import { mean } from './initTo/mean.ts'
import type { Family } from './family.ts'
import { locations } from './locations.ts'
import { independentNormals } from './independentNormals.ts'
import { kindsOf } from './part.ts'
import { realSite } from './realSite.ts'
import type { Start } from './start.ts'
import { together } from './together.ts'

export interface MeanFieldOptions {
  /** Where the locations begin; `initTo.mean()`, if not given. */
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
export function meanField({ init = mean(), scale = 0.1 }: MeanFieldOptions = {}): Family<{
  readonly continuous: 'reparameterized'
  readonly discrete: true
}> {
  return {
    name: 'meanField',
    kinds: { continuous: 'reparameterized', discrete: true },
    of: (model, who, part) => {
      const { continuous, discrete } = kindsOf(model, part)
      const reals = continuous.map((site) => realSite(model, site, who))
      const whole = together([
        ...(reals.length > 0 ? [independentNormals(model, reals, scale)] : []),
        ...discrete.map((site) => discreteFactor(model, site, who)),
      ])
      return {
        ...whole,
        init: (key) => ({ ...whole.init(foldIn(key, 0)), ...locations(init(model, reals, foldIn(key, 1))) }),
      }
    },
  }
}
