import { block } from './block.ts'
import { discreteFactor } from './discreteFactor.ts'
import type { Family } from './family.ts'
import { fullRankVector } from './fullRankVector.ts'
import { latentsOf } from './latents.ts'
import { middle, type Start } from './start.ts'
import { together } from './together.ts'
import type { VectorFamily } from './vector.ts'

export interface FullRankOptions {
  /** Where the locations begin; the middle of each support, if not given. */
  readonly init?: Start
  /** What the standard deviations begin with, in numbers without bounds; 0.1, if not given. */
  readonly scale?: number
}

/**
 * A normal with any covariance over all continuous latents together, each an image of numbers without bounds; discrete latents have
 * probabilities of their own.
 *
 * @see Kucukelbir, Tran, Ranganath, Gelman and Blei, Automatic Differentiation Variational Inference (JMLR 2017).
 */
export function fullRank({ init = middle, scale = 0.1 }: FullRankOptions = {}): Joint {
  return joint('fullRank', fullRankVector(scale), init)
}

/** A family of all continuous latents together. */
export type Joint = Family<{ readonly continuous: 'reparameterized'; readonly discrete: true }>

/** The family that has one vector for all continuous latents. */
function joint(name: string, vector: VectorFamily, start: Start): Joint {
  return {
    name,
    kinds: { continuous: 'reparameterized', discrete: true },
    of: (model, who) => {
      const isDiscrete = (site: (typeof all)[number]): boolean =>
        model.distributions.get(site)!.support.isDiscrete
      const all = latentsOf(model)
      const continuous = all.filter((site) => !isDiscrete(site))
      return together([
        ...(continuous.length > 0 ? [block(model, continuous, [], vector, start, who)] : []),
        ...all.filter(isDiscrete).map((site) => discreteFactor(model, site, who)),
      ])
    },
  }
}
