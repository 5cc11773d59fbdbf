import { concat } from '@variate/core/ops'
import {
  guide,
  mlp,
  type Activation,
  type Guide,
  type LayerTypes,
  type Model,
  type SeenOf,
} from '@variate/language'
import type { Distribution, Normal } from '@variate/distributions'
import { normalHead, normalProduct } from './normalHead.ts'
import { openBuilder, repeated, type Seen } from './openBuilder.ts'
import type { HierarchicalVaeTypes } from './hierarchicalVae.ts'

/** How q of the layers is made, from the top down. */
export type HierarchicalEncoderKind = 'topDown' | 'ladder'

/** q of a hierarchy of latents. */
export type HierarchicalGuide<Widths extends readonly unknown[], Observation extends Distribution> = Guide<
  HierarchicalVaeTypes<Widths, Observation>,
  SeenOf<HierarchicalVaeTypes<Widths, Observation>> & LayerTypes<'z', Widths, Normal, Normal>,
  'example'
>

export interface EncoderSizes {
  readonly observed: number
  readonly widths: readonly number[]
  readonly hidden: number
  readonly activation: Activation
}

/**
 * q(z | x) = q(zL | x) ∏ q(zᵢ | zᵢ₊₁, x) of a hierarchy. Features of x are made from below, dᵢ = fᵢ(dᵢ₋₁). From the top down,
 * each layer is normal: `topDown` by a network of dᵢ and zᵢ₊₁ together, `ladder` as the product of a normal by dᵢ and one by zᵢ₊₁.
 */
export function hierarchicalEncoder(
  of: object,
  kind: HierarchicalEncoderKind,
  { observed, widths, hidden, activation }: EncoderSizes,
): Guide {
  const depth = widths.length
  const head = (inputs: number, width: number) => mlp([inputs, hidden, 2 * width], { activation })
  const withFeatures = repeated(openBuilder(guide(of as Model)), depth, (q, i) =>
    q.network(`features${i}`, mlp([i === 1 ? observed : hidden, hidden], { output: activation })),
  )
  const withHeads = repeated(withFeatures, depth, (q, i) => {
    const [width, above] = [widths[i - 1]!, widths[i]]
    if (above === undefined) return q.network(`encoder${i}`, head(hidden, width))
    if (kind === 'topDown') return q.network(`encoder${i}`, head(hidden + above, width))
    return q.network(`encoder${i}`, head(hidden, width)).network(`downward${i}`, head(above, width))
  })
  const layerOf =
    (i: number) =>
    (seen: Seen): Normal => {
      const [features, encoder] = [seen[`d${i}`]!, seen[`encoder${i}`]!]
      if (i === depth) return normalHead(encoder(features))
      const above = seen[`z${i + 1}`]!
      if (kind === 'topDown') return normalHead(encoder(concat([features, above])))
      return normalProduct(encoder(features), seen[`downward${i}`]!(above))
    }
  return withHeads.plate('example', 'n', (example) => {
    const above = repeated(example, depth, (q, i) =>
      q.deterministic(`d${i}`, (seen) => seen[`features${i}`]!(i === 1 ? seen['x']! : seen[`d${i - 1}`]!)),
    )
    return repeated(above, depth, (q, i) => q.latent(`z${depth + 1 - i}`, layerOf(depth + 1 - i)))
  }) as unknown as Guide
}
