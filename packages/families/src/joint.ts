import { block } from './block.ts'
import { discreteFactor } from './discreteFactor.ts'
import type { Family } from './family.ts'
import { latentsOf } from './latents.ts'
import type { Start } from './start.ts'
import { together } from './together.ts'
import type { VectorFamily } from './vector.ts'

/** A family of all continuous latents together. */
export type Joint = Family<{ readonly continuous: 'reparameterized'; readonly discrete: true }>

/** The family that has one vector for all continuous latents. */
export function joint(vector: VectorFamily, start: Start): Joint {
  return {
    name: vector.name,
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
