import type { Tensor } from '@tensorflow/tfjs-core'
import { bernoulli, type Bernoulli, type Distribution } from '@variate/distributions'
import {
  dense,
  guide,
  model,
  real,
  type Guide,
  type LayerTypes,
  type Model,
  type NetworkSite,
  type ObservedSite,
  type ParamSite,
  type SeenOf,
} from '@variate/language'
import { checkSizes, checkWidths } from './checkSizes.ts'
import type { Below } from './hierarchicalVae.ts'
import { openBuilder, repeated, type Seen } from './openBuilder.ts'

export interface SigmoidBeliefNetworkOptions<
  Widths extends readonly number[],
  Observation extends Distribution = Bernoulli,
> {
  /** How many numbers an example has. */
  readonly observed: number
  /** How many units each layer has: that of `z1`, which the data are made of, first. */
  readonly widths: Widths
  /** The distribution of an example, of `observed` numbers that are linear in `z1`; Bernoulli of these log odds, if not given. */
  readonly observation?: (decoded: Tensor) => Observation
}

/** What a sigmoid belief network declares. */
export type SigmoidBeliefNetworkTypes<
  Widths extends readonly unknown[],
  Observation extends Distribution,
> = LayerTypes<'z', Widths, Bernoulli, Bernoulli> &
  Readonly<Record<keyof LayerTypes<'layer', Below<Widths>, Bernoulli, Bernoulli>, NetworkSite>> &
  Readonly<Record<'top', ParamSite>> &
  Readonly<Record<'decoder', NetworkSite>> &
  Readonly<Record<'x', ObservedSite<Observation>>>

export interface SigmoidBeliefNetwork<Widths extends readonly unknown[], Observation extends Distribution> {
  readonly model: Model<SigmoidBeliefNetworkTypes<Widths, Observation>, 'example'>
  readonly guide: Guide<
    SigmoidBeliefNetworkTypes<Widths, Observation>,
    SeenOf<SigmoidBeliefNetworkTypes<Widths, Observation>> & LayerTypes<'z', Widths, Bernoulli, Bernoulli>,
    'example'
  >
}

/**
 * A sigmoid belief network: layers of units that are 0 or 1, the log odds of each linear in the layer above. The log odds of the top
 * are the parameter `top`. q goes from the data up, q(z1 | x) ∏ q(zᵢ₊₁ | zᵢ), each layer linear in the one below.
 *
 * Draws have no derivative: fit it with an estimator that needs none, such as `vimco`, or one that relaxes them.
 *
 * @throws DomainError for sizes that are no whole numbers ≥ 1, and for no widths.
 * @see Neal, Connectionist learning of belief networks (1992); Mnih and Rezende, Variational inference for Monte Carlo objectives
 *   (ICML 2016).
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { vimco } from '@variate/estimators'
 * import { amortized } from '@variate/inference'
 * import { sigmoidBeliefNetwork } from '@variate/models/deep'
 *
 * const { model, guide } = sigmoidBeliefNetwork({ observed: 4, widths: [3, 2] })
 * const algorithm = amortized(model, { guide, estimator: vimco({ particles: 5 }), epochs: 2 })
 * const fit = await algorithm.fit({ x: [[1, 1, 0, 0], [0, 0, 1, 1]] }, { seed: 0 })
 * const { z1 } = await fit.sample(6, { seed: 1 })
 * z1.shape // => [6, 3]
 * ```
 */
export function sigmoidBeliefNetwork<
  const Widths extends readonly number[],
  Observation extends Distribution = Bernoulli,
>(options: SigmoidBeliefNetworkOptions<Widths, Observation>): SigmoidBeliefNetwork<Widths, Observation> {
  const { observed, observation = (decoded: Tensor): Distribution => bernoulli({ logits: decoded }) } =
    options
  const widths: readonly number[] = options.widths
  checkSizes('sigmoidBeliefNetwork', { observed })
  checkWidths('sigmoidBeliefNetwork', widths)
  const depth = widths.length
  const widthOf = (i: number): number => widths[i - 1]!
  const begun = openBuilder(
    model('sigmoid belief network')
      .param('top', real([widthOf(depth)]))
      .network('decoder', dense(widthOf(1), observed)),
  )
  const declared = repeated(begun, depth - 1, (of, i) =>
    of.network(`layer${i}`, dense(widthOf(i + 1), widthOf(i))),
  ).plate('example', 'n', (example) =>
    example
      .layers(
        'z',
        widths,
        (seen) => bernoulli({ logits: seen['top']! }),
        (seen, above, _, i) => bernoulli({ logits: seen[`layer${i}`]!(above) }),
      )
      .observed('x', (seen) => observation(seen['decoder']!(seen['z1']!))),
  )
  const upward = (i: number) => (seen: Seen) =>
    bernoulli({ logits: seen[`encoder${i}`]!(seen[i === 1 ? 'x' : `z${i - 1}`]!) })
  const recognition = repeated(openBuilder(guide(declared as unknown as Model)), depth, (q, i) =>
    q.network(`encoder${i}`, dense(i === 1 ? observed : widthOf(i - 1), widthOf(i))),
  ).plate('example', 'n', (example) => repeated(example, depth, (q, i) => q.latent(`z${i}`, upward(i))))
  return { model: declared, guide: recognition } as unknown as SigmoidBeliefNetwork<Widths, Observation>
}
