import type { Tensor } from '@tensorflow/tfjs-core'
import { diagPart } from '@variate/core/ops'
import { placesOf, type BlockPart } from './blockParts.ts'
import { momentsOfPlace } from './placeMoments.ts'
import type { Variational, VariationalContext } from './variational.ts'

/** What a block tells of its latents where its vectors are normal. */
export function blockMoments(
  parts: readonly BlockPart[],
  plates: readonly string[],
  name: string,
  momentsOf: (context: VariationalContext) => { readonly mean: Tensor; readonly covariance: Tensor },
): Pick<Variational, 'moments' | 'covariances'> {
  return {
    moments: (context) => {
      const { mean, covariance } = momentsOf(context)
      const [means, variances] = [mean, diagPart(covariance)].map((x) => placesOf(context, parts, plates, x))
      const all = parts.map(
        ({ real }, i) => [real.site.name, momentsOfPlace(real, means![i]!, variances![i]!)] as const,
      )
      return Object.fromEntries(all.flatMap(([site, own]) => (own ? [[site, own]] : [])))
    },
    covariances: (context) =>
      parts.every(({ real }) => real.map.name === 'identity')
        ? { [name]: { matrix: momentsOf(context).covariance } }
        : {},
  }
}
