import type { Engine } from '@variate/compile'
import type { Distribution } from '@variate/distributions'
import type { ConditionalHead, Joint } from '@variate/families'
import type { Optimizer } from '@variate/inference'
import type { Activation } from '@variate/language'
import type { Decoder } from './decoders/decoder.ts'

/** What all autoencoders are made of, and how they are fitted. */
export interface AutoencoderOptions<Of extends Distribution> {
  /** How many numbers an example has; 784, if not given. */
  readonly data?: number
  /** How many latents an example has; 20, if not given. */
  readonly latents?: number
  /** The widths of the layers between, of the encoder, and backwards of the decoder; [400], if not given. [] makes both linear. */
  readonly hidden?: readonly number[]
  /** Behind each of these; `relu`, if not given. */
  readonly activation?: Activation
  /** What examples are drawn of given the latents; `bernoulliDecoder()`, if not given. */
  readonly decoder?: Decoder<Of>
  /** The family of q(z | x); `diagonalNormal()`, if not given. */
  readonly family?: ConditionalHead | Joint
  /**
   * What is climbed: the ELBO, in the mean over the draws, or log (1/k) Σ p(x, zᵢ)/q(zᵢ | x) of k draws, which is that of
   * importance-weighted autoencoders; `elbo`, if not given.
   */
  readonly bound?: 'elbo' | 'importanceWeighted'
  /** How many latents are drawn for an example in each step; 1, if not given. */
  readonly particles?: number
  /** How much KL(q‖p) counts in an ELBO that is climbed: the β of a β-VAE; 1, if not given. */
  readonly beta?: number
  /** Over how many epochs β rises to what it is, from 0 on; 0, if not given. */
  readonly warmUp?: number
  /** How many nats of KL(q‖p) are free, in the mean over the examples of a step; 0, if not given. */
  readonly freeBits?: number
  /** `adam({ rate: 0.001 })`, if not given. */
  readonly optimizer?: Optimizer
  /** How many examples a step takes; 128, if not given. There must be as many. */
  readonly batch?: number
  /** How often every example is taken at most; 100, if not given. */
  readonly epochs?: number
  /** After how many epochs without a better ELBO of the evaluation set a fit ends. Never, if not given. */
  readonly patience?: number
  /** What real numbers are computed in; float32, if not given. */
  readonly precision?: 'float32' | 'float64'
  /** What the steps run on: if not given, what is estimated to be fastest of what is installed. */
  readonly engine?: Engine
  /** Whether results are the same bits on every machine. */
  readonly reproducible?: boolean
}
