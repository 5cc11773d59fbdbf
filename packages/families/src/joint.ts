import { block } from './block.ts'
import { discreteFactor } from './discreteFactor.ts'
import type { Family } from './family.ts'
import { kindsOf } from './part.ts'
import type { Start } from './start.ts'
import { together } from './together.ts'
import type { VectorFamily } from './vector.ts'

/** A family of all continuous latents together. */
export interface Joint extends Family<{ readonly continuous: 'reparameterized'; readonly discrete: true }> {
  /** What it makes of a vector: `conditional` has a network give its parameters. */
  readonly vector: VectorFamily
}

/** The family that has one vector for all continuous latents. */
export function joint(vector: VectorFamily, start: Start): Joint {
  return {
    name: vector.name,
    vector,
    kinds: { continuous: 'reparameterized', discrete: true },
    of: (model, who, part = {}) => {
      const { continuous, discrete } = kindsOf(model, part)
      const [first] = continuous
      const at = first && part.perElement !== undefined ? first.plates.indexOf(part.perElement) : -1
      const plates = first?.plates.slice(0, at + 1) ?? []
      return together([
        ...(first ? [block(model, continuous, plates, vector, start, who)] : []),
        ...discrete.map((site) => discreteFactor(model, site, who)),
      ])
    },
  }
}
