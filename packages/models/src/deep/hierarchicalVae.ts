import type { Tensor } from '@tensorflow/tfjs-core'
import { DomainError } from '@variate/core'
import { shown } from '@variate/core/internal'
import { fill } from '@variate/core/ops'
import { bernoulli, normal, type Bernoulli, type Distribution, type Normal } from '@variate/distributions'
import {
  mlp,
  model,
  type Activation,
  type LayerTypes,
  type Model,
  type NetworkSite,
  type ObservedSite,
} from '@variate/language'
import { checkSizes, checkWidths } from './checkSizes.ts'
import {
  hierarchicalEncoder,
  type HierarchicalEncoderKind,
  type HierarchicalGuide,
} from './hierarchicalEncoder.ts'
import { normalHead } from './normalHead.ts'
import { openBuilder, repeated } from './openBuilder.ts'

export interface HierarchicalVaeOptions<
  Widths extends readonly number[],
  Observation extends Distribution = Bernoulli,
> {
  /** How many numbers an example has. */
  readonly observed: number
  /** How many numbers each layer of latents has: that of `z1`, which the data are made of, first. */
  readonly widths: Widths
  /** How many hidden units each network has. */
  readonly hidden: number
  /** Of hidden units; `silu`, if not given. */
  readonly activation?: Activation
  /** How q is made: `ladder`, if not given. */
  readonly encoder?: HierarchicalEncoderKind
  /** The distribution of an example, of the `observed` numbers that the decoder gives; Bernoulli of these log odds, if not given. */
  readonly observation?: (decoded: Tensor) => Observation
}

/** The names below the top: of a layer's networks. */
export type Below<Widths> = Widths extends readonly [unknown, ...infer Rest] ? Rest : readonly []

/** What a hierarchical variational autoencoder declares. */
export type HierarchicalVaeTypes<
  Widths extends readonly unknown[],
  Observation extends Distribution,
> = LayerTypes<'z', Widths, Normal, Normal> &
  Readonly<Record<keyof LayerTypes<'prior', Below<Widths>, Normal, Normal>, NetworkSite>> &
  Readonly<Record<'decoder', NetworkSite>> &
  Readonly<Record<'x', ObservedSite<Observation>>>

export interface HierarchicalVae<Widths extends readonly unknown[], Observation extends Distribution> {
  readonly model: Model<HierarchicalVaeTypes<Widths, Observation>, 'example'>
  readonly guide: HierarchicalGuide<Widths, Observation>
}

/**
 * A hierarchical variational autoencoder: p(zL) ∏ p(zᵢ | zᵢ₊₁) p(x | z1). The top is standard normal, each layer below normal with
 * locations and scales by a network `prior…` of the one above, and the data are of what the network `decoder` gives. q goes from the
 * top down as well, with networks of its own.
 *
 * @throws DomainError for sizes that are no whole numbers ≥ 1, no widths, and encoders that there are not.
 * @see Rezende, Mohamed and Wierstra, Stochastic Backpropagation and Approximate Inference in Deep Generative Models (ICML 2014);
 *   Sønderby, Raiko, Maaløe, Sønderby and Winther, Ladder Variational Autoencoders (NeurIPS 2016).
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { amortized } from '@variate/inference'
 * import { hierarchicalVae } from '@variate/models/deep'
 *
 * const { model, guide } = hierarchicalVae({ observed: 4, widths: [2, 1], hidden: 3 })
 * model.graph().edges.map(({ from, to }) => `${from} → ${to}`) // => ['z2 → z1', 'prior1 → z1', 'decoder → x', 'z1 → x']
 * const x = [[1, 1, 0, 0], [0, 0, 1, 1]]
 * const fit = await amortized(model, { guide, epochs: 2 }).fit({ x }, { seed: 0 })
 * const { mean } = await fit.encode(x, { seed: 1 })
 * mean.z1.shape // => [2, 2]
 * mean.z2.shape // => [2, 1]
 * ```
 */
export function hierarchicalVae<
  const Widths extends readonly number[],
  Observation extends Distribution = Bernoulli,
>(options: HierarchicalVaeOptions<Widths, Observation>): HierarchicalVae<Widths, Observation> {
  const { observed, hidden, activation = 'silu', encoder = 'ladder' } = options
  const widths: readonly number[] = options.widths
  const { observation = (decoded: Tensor): Distribution => bernoulli({ logits: decoded }) } = options
  checkSizes('hierarchicalVae', { observed, hidden })
  checkWidths('hierarchicalVae', widths)
  if (encoder !== 'topDown' && encoder !== 'ladder')
    throw new DomainError(`hierarchicalVae: encoder must be 'topDown' or 'ladder', got ${shown(encoder)}`)
  const begun = openBuilder(
    model('hierarchical VAE').network('decoder', mlp([widths[0]!, hidden, observed], { activation })),
  )
  const declared = repeated(begun, widths.length - 1, (of, i) =>
    of.network(`prior${i}`, mlp([widths[i]!, hidden, 2 * widths[i - 1]!], { activation })),
  ).plate('example', 'n', (example) =>
    example
      .layers(
        'z',
        widths,
        (_, width) => normal(fill([width], 0), 1),
        (seen, above, _, i) => normalHead(seen[`prior${i}`]!(above)),
      )
      .observed('x', (seen) => observation(seen['decoder']!(seen['z1']!))),
  )
  const guide = hierarchicalEncoder(declared, encoder, { observed, widths, hidden, activation })
  return { model: declared, guide } as unknown as HierarchicalVae<Widths, Observation>
}
