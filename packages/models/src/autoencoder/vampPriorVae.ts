import { DomainError, NdArray, type MatrixLike } from '@variate/core'
import { exp, reshape, slice } from '@variate/core/ops'
import {
  independent,
  mixture,
  normal,
  type Bernoulli,
  type Distribution,
  type Independent,
  type MixtureDistribution,
  type Normal,
} from '@variate/distributions'
import {
  dense,
  glorotUniform,
  model,
  sequential,
  type AnyNetwork,
  type Initializer,
  type LatentSite,
  type NetworkSite,
  type ObservedSite,
  type ParamSite,
} from '@variate/language'
import { autoencoderOf, type Autoencoder } from './autoencoderOf.ts'
import type { AutoencoderOptions } from './options.ts'
import { partsOf, requireCount } from './parts.ts'
import { pseudoInputsOf } from './pseudoInputsOf.ts'

/** The sites of a variational autoencoder whose prior is of its own posteriors. */
export type VampPriorVaeTypes<Of extends Distribution = Bernoulli> = Readonly<
  Record<'encoder' | 'decoder', NetworkSite>
> &
  Readonly<Record<'pseudoInputs', ParamSite>> &
  Readonly<Record<'z', LatentSite<MixtureDistribution<Independent<Normal>>>>> &
  Readonly<Record<'x', ObservedSite<Of>>>

/** What fits a variational autoencoder with a VampPrior to examples, and loads one. */
export type VampPriorVae<Of extends Distribution = Bernoulli> = Autoencoder<
  VampPriorVaeTypes<Of>,
  'x',
  'encoder'
>

export interface VampPriorVaeOptions<Of extends Distribution> extends Omit<AutoencoderOptions<Of>, 'family'> {
  /** How many pseudo-inputs there are; 50, if not given. */
  readonly components?: number
  /** What these begin with, a row each, such as some of the examples; at random in the range of examples, if not given. */
  readonly pseudoInputs?: MatrixLike
}

/**
 * A variational autoencoder with a VampPrior, the variational mixture of posteriors: p(z) = (1/K) Σ q(z | uₖ) of K pseudo-inputs uₖ that
 * are fitted, x ~ p(x | decoder(z)), and q(z | x) = N(loc, diag scale²), whose parameters the network `encoder` gives. It is a network
 * of the model, which prior and q share: its gradient is that by way of both. KL(q‖p) has no closed form, and is that of the draws.
 *
 * @throws DomainError for options out of range, and such as there are not; ShapeError for pseudo-inputs of another number or
 *   size.
 * @see Tomczak and Welling, VAE with a VampPrior (AISTATS 2018).
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { vampPriorVae } from '@variate/models/autoencoders'
 *
 * const x = [[1, 1, 0, 0], [0, 0, 1, 1], [1, 1, 0, 0], [0, 0, 1, 1]]
 * const options = { data: 4, latents: 1, components: 2, hidden: [8], batch: 4, epochs: 20 }
 * const fit = await vampPriorVae({ ...options, pseudoInputs: x.slice(0, 2) }).fit({ x }, { seed: 0 })
 * fit.params.pseudoInputs.shape // => [2, 4]
 * const { mean } = await fit.encode(fit.params.pseudoInputs)
 * mean.z.shape // => [2, 1]
 * ```
 */
export function vampPriorVae<Of extends Distribution = Bernoulli>(
  options: VampPriorVaeOptions<Of> = {},
): VampPriorVae<Of> {
  const who = 'vampPriorVae'
  const { data, latents, decoder, encoderNetwork, decoderNetwork } = partsOf(who, options, [
    'components',
    'pseudoInputs',
  ])
  if ('family' in options)
    throw new DomainError(
      `${who}: family: the prior is of the normals with a scale for each number that q is of: leave it out`,
    )
  const { components = 50 } = options
  requireCount(who, 'components', components)
  const encoder = withHeads(encoderNetwork(), latents)
  const numbers = encoder.input.reduce((a, b) => a * b, 1)
  const { domain, start } = pseudoInputsOf([components, numbers], decoder.range, options.pseudoInputs, who)
  const declared = model('vamp prior vae')
    .param('pseudoInputs', domain, { init: start })
    .network('encoder', encoder)
    .network('decoder', decoderNetwork())
    .plate('example', 'n', (example) =>
      example
        .latent('z', ({ pseudoInputs, encoder: network }) => {
          const given = network(reshape(pseudoInputs, [components, ...encoder.input]))
          const loc = slice(given, [0, 0], [components, latents])
          const scale = exp(slice(given, [0, latents], [components, latents]))
          const probs = Array<number>(components).fill(1 / components)
          return mixture({ probs }, independent(normal(loc, scale), 1))
        })
        .observed('x', ({ z, decoder: network }) => decoder.distribution(network(z), data)),
    )
  return autoencoderOf(who, declared, options, ['x'], 'encoder')
}

/** Heads begin small, as those of all encoders do: q is near to a standard normal, and differs between examples. */
const small: Initializer = (key, outputs, inputs) => {
  const { data, shape } = glorotUniform(key, outputs, inputs)
  return new NdArray(
    data.map((x) => 0.1 * x),
    shape,
  )
}

/** An encoder with what gives locations and logarithms of scales behind it. */
function withHeads(encoder: AnyNetwork, latents: number): AnyNetwork {
  return sequential([encoder, dense(encoder.output[0]!, 2 * latents, { init: small })]) as AnyNetwork
}
