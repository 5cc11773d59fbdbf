import type { Tensor } from '@tensorflow/tfjs-core'
import { DomainError } from '@variate/core'
import { shown } from '@variate/core/internal'
import { add, mul, neg, reshape, square, stopGradient, sub, sum } from '@variate/core/ops'
import {
  bernoulli,
  constraints,
  improperUniform,
  type Bernoulli,
  type Distribution,
} from '@variate/distributions'
import {
  guide,
  mlp,
  model,
  real,
  type Activation,
  type AnyNetwork,
  type DeterministicSite,
  type FactorSite,
  type Guide,
  type LatentSite,
  type Model,
  type NetworkSite,
  type ObservedSite,
  type ParamSite,
  type SeenOf,
} from '@variate/language'
import { checkNetwork } from './checkNetwork.ts'
import { checkSizes } from './checkSizes.ts'
import { nearestCodes } from './nearestCodes.ts'
import { pointMass, type PointMass } from './pointMass.ts'

export interface VqVaeOptions<Observation extends Distribution = Bernoulli> {
  /** How many numbers an example has. */
  readonly observed: number
  /** How many vectors an example is encoded as; 1, if not given. */
  readonly positions?: number
  /** How many numbers each of them has. */
  readonly size: number
  /** How many vectors the codebook has. */
  readonly codes: number
  /** How many hidden units each network has. */
  readonly hidden: number
  /** Of hidden units; `silu`, if not given. */
  readonly activation?: Activation
  /** How much the squared distance of codes from their vectors of the codebook counts for the encoder; 0.25, if not given. */
  readonly commitment?: number
  /** Of `observed` numbers; with one hidden layer to positions · size numbers, if not given. */
  readonly encoder?: AnyNetwork
  /** Of positions · size numbers; with one hidden layer to `observed` numbers, if not given. */
  readonly decoder?: AnyNetwork
  /** The distribution of an example, of what the decoder gives; Bernoulli of these log odds, if not given. */
  readonly observation?: (decoded: Tensor) => Observation
}

/** What a vector-quantised variational autoencoder declares. */
export type VqVaeTypes<Observation extends Distribution> = Readonly<Record<'codebook', ParamSite>> &
  Readonly<Record<'decoder', NetworkSite>> &
  Readonly<Record<'code', LatentSite>> &
  Readonly<Record<'quantized', DeterministicSite>> &
  Readonly<Record<'toCodes' | 'toCodebook', FactorSite>> &
  Readonly<Record<'x', ObservedSite<Observation>>>

export interface VqVae<Observation extends Distribution> {
  readonly model: Model<VqVaeTypes<Observation>, 'example'>
  readonly guide: Guide<
    VqVaeTypes<Observation>,
    SeenOf<VqVaeTypes<Observation>> &
      Readonly<Record<'encoder', NetworkSite>> &
      Readonly<Record<'code', LatentSite<PointMass>>>,
    'example'
  >
}

/**
 * A vector-quantised variational autoencoder: the code of an example, [positions, size], is replaced by the nearest vectors of the
 * `codebook`, which the network `decoder` takes. Derivatives pass from these straight through to the code. The factor `toCodes`,
 * −|sg(code) − quantized|², moves the codebook to the codes, as k-means does; `toCodebook`, −commitment · |code − sg(quantized)|², keeps
 * the encoder by the codebook; sg is what has no derivative. q is the point that the guide's network `encoder` gives.
 *
 * The code has no prior that could be drawn from: a distribution of codes is a model of its own, of what the fit encodes.
 *
 * @throws DomainError for sizes that are no whole numbers ≥ 1, and a commitment that is no number ≥ 0; ShapeError for networks of other
 *   shapes.
 * @see van den Oord, Vinyals and Kavukcuoglu, Neural Discrete Representation Learning (NeurIPS 2017).
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { amortized } from '@variate/inference'
 * import { vqVae } from '@variate/models/deep'
 *
 * const { model, guide } = vqVae({ observed: 4, size: 2, codes: 3, hidden: 5 })
 * const x = [[1, 1, 0, 0], [0, 0, 1, 1]]
 * const fit = await amortized(model, { guide, epochs: 2 }).fit({ x }, { seed: 0 })
 * fit.params.codebook.shape // => [3, 2]
 * const { code } = await fit.sampleLatents(x, 1, { seed: 1 })
 * code.shape // => [1, 2, 1, 2]
 * ```
 */
export function vqVae<Observation extends Distribution = Bernoulli>(
  options: VqVaeOptions<Observation>,
): VqVae<Observation> {
  const { observed, positions = 1, size, codes, hidden, activation = 'silu', commitment = 0.25 } = options
  const { observation = (decoded: Tensor): Distribution => bernoulli({ logits: decoded }) } = options
  checkSizes('vqVae', { observed, positions, size, codes, hidden })
  if (typeof commitment !== 'number' || !(commitment >= 0) || commitment === Infinity)
    throw new DomainError(`vqVae: commitment must be a number ≥ 0, got ${shown(commitment)}`)
  const numbers = positions * size
  const { encoder = mlp([observed, hidden, numbers], { activation }) } = options
  const { decoder = mlp([numbers, hidden, observed], { activation }) } = options
  checkNetwork('vqVae', 'encoder', encoder, { input: [observed], output: [numbers] })
  checkNetwork('vqVae', 'decoder', decoder, { input: [numbers] })
  // The type of latents asks for draws. This prior has none, which is told when they are asked for.
  const flat = improperUniform(constraints.realMatrix, [], [positions, size]) as unknown as Distribution
  const declared = model('VQ-VAE')
    .param('codebook', real([codes, size]))
    .network('decoder', decoder)
    .plate('example', 'n', (example) =>
      example
        .latent('code', flat)
        .deterministic('quantized', ({ code, codebook }) => nearestCodes(code, codebook))
        .factor('toCodes', ({ code, quantized }) => neg(sum(square(sub(stopGradient(code), quantized)))))
        .factor('toCodebook', ({ code, quantized }) =>
          mul(-commitment, sum(square(sub(code, stopGradient(quantized))))),
        )
        .observed('x', ({ code, quantized, decoder: of }) => {
          const straight = add(code, stopGradient(sub(quantized, code)))
          return observation(of(reshape(straight, [numbers])))
        }),
    )
  const recognition = guide(declared)
    .network('encoder', encoder)
    .plate('example', 'n', (example) =>
      example.latent('code', ({ x, encoder: of }) => pointMass(reshape(of(x), [positions, size]))),
    )
  return { model: declared, guide: recognition } as unknown as VqVae<Observation>
}
