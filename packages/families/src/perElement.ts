import { UnsupportedError } from '@variate/core'
import { placeOf } from '@variate/language/internal'
import type { Family, FamilyKinds } from './family.ts'
import { latentsOf } from './latents.ts'

/**
 * A family of its own for each element of a plate, all independent: the latents of an element are drawn together, and plates in which
 * mini-batches are taken may be such. Of nested plates name the innermost.
 *
 * @param plate the plate that all of the latents are in.
 * @throws When it is paired with a model: UnsupportedError for a latent that is not in the plate, which is named.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { normal } from '@variate/distributions'
 * import { fullRank, perElement } from '@variate/families'
 * import { bbvi } from '@variate/inference'
 * import { add, mul } from '@variate/core/ops'
 * import { model } from '@variate/language'
 *
 * const lines = model('lines').plate('line', 2, (line) => line
 *   .latent('level', normal(0, 2))
 *   .latent('slope', normal(0, 2))
 *   .plate('time', 3, (time) => time
 *     .input('t')
 *     .observed('y', ({ level, slope, t }) => normal(add(level, mul(slope, t)), 1))))
 * const fit = await bbvi(lines, { family: perElement('line', fullRank()), batch: { line: 1 }, steps: 100 }).fit(
 *   { t: [[0, 1, 2], [0, 1, 2]], y: [[0, 1, 2], [3, 2, 1]] },
 *   { seed: 0 },
 * )
 * fit.posterior.mean.slope.shape // => [2]
 * ```
 */
export function perElement<const Kinds extends FamilyKinds>(
  plate: string,
  family: Family<Kinds>,
): Family<Kinds> {
  return {
    name: `perElement("${plate}", ${family.name})`,
    kinds: family.kinds,
    of: (model, who, part) => {
      const sites = part?.sites ?? latentsOf(model)
      const outside = sites.find((site) => !site.plates.includes(plate))
      if (outside)
        throw new UnsupportedError(
          `${who}: perElement: ${placeOf(outside)} is not in plate "${plate}": name it in a structured() family of its own, or ` +
            'another plate',
        )
      return family.of(model, who, { sites, perElement: plate })
    },
  }
}
