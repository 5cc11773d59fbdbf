import type { Engine, WebWorker } from '@variate/compile'
import type { Draws, Estimator } from '@variate/estimators'
import type { ConditionalLatent } from '@variate/families'
import type { AnyNetwork, Guide, LatentNames, ModelTypes, NetworkNames, Randomness } from '@variate/language'
import type { Taken } from '../bbvi/compatible.ts'
import type { Fitting } from '../monteCarlo/proposed.ts'
import type { Optimizer } from '../optimizers/optimizer.ts'
import type { AmortizedProgress } from './amortizedProgress.ts'
import type { Examples, ExampleNames } from './exampleTypes.ts'

type Kinds = { readonly continuous: 'reparameterized'; readonly discrete: true }

/** How q of a latent is found from an example. */
export interface EncodedLatent<Names extends string, Networks extends string = never> extends Omit<
  ConditionalLatent,
  'from' | 'network'
> {
  /** What the network reads: an observed site or an input, or several, whose numbers follow each other. */
  readonly from: Names | readonly Names[]
  /** Its own, or by its name one of the model, which gives all parameters of q: the model and q share it. */
  readonly network: AnyNetwork | Networks
}

/** For each latent what its encoder reads, its network, and the family that it gives the parameters of. */
export type Encoder<Types> = {
  readonly [Name in LatentNames<Types>]: EncodedLatent<ExampleNames<Types>, NetworkNames<Types>>
}

export interface AmortizedOptions<
  Types extends ModelTypes,
  Plates extends string,
  Needs extends Draws,
  Guided extends ModelTypes,
> {
  /** q of each latent by networks. Either this or a guide is given. */
  readonly encoder?: Encoder<Types>
  /** q written out, which reads an example's data. */
  readonly guide?: Guide<Types, Guided> & Fitting<Types, Guided>
  /** How the gradient is estimated; `reparameterization()`, if not given. */
  readonly estimator?: Estimator<Needs> & Taken<Types, Kinds, Needs>
  /** Whether KL(q‖p) is in closed form where it has one, as it is if not given, or by draws; bounds of whole weights have it by draws. */
  readonly kl?: 'analytic' | 'sampled'
  /** How much KL(q‖p) counts in what is climbed: β; 1, if not given. */
  readonly beta?: number
  /** Over how many epochs β rises to what it is, by equal amounts from 0 on; 0, if not given. */
  readonly warmUp?: number
  /** How many nats of KL(q‖p) each latent has free, in the mean over the examples of a step; 0, if not given. */
  readonly freeBits?: number
  /** `adam({ rate: 0.001 })`, if not given. */
  readonly optimizer?: Optimizer
  /** How many examples a step takes: all, if not given. */
  readonly batch?: { readonly [Name in Plates]?: number }
  /** How often every example is taken at most; 100, if not given. */
  readonly epochs?: number
  /**
   * After how many epochs without a better ELBO of the evaluation set the fit ends: it is then of the best epoch. Never, if not given.
   */
  readonly patience?: number
  /** What real numbers are computed in: float64, if not given, and float32 where the model has networks. */
  readonly precision?: 'float32' | 'float64'
  /** What the steps run on: if not given, what is estimated to be fastest of what is installed. */
  readonly engine?: Engine
  /** Whether results are the same bits on every machine. */
  readonly reproducible?: boolean
}

export type AmortizedFitOptions<Types extends ModelTypes> = (
  | Randomness
  | {
      /** A fit that has not done all epochs, or its bytes, such as a checkpoint: it goes on exactly as if it had not stopped. */
      readonly from: Uint8Array | { toBytes(): Uint8Array }
    }
) & {
  /** Examples that are not fitted, whose ELBO is found after each epoch. */
  readonly evaluation?: Examples<Types>
  /** Called some sixty times a second, and awaited where it returns a promise. */
  readonly onProgress?: (progress: AmortizedProgress) => unknown
  /** Given the fit so far after each epoch, as bytes to go on from, and awaited where it returns a promise. */
  readonly onCheckpoint?: (bytes: Uint8Array) => unknown
  /** Whether the steps are gone in a worker, as of `bbvi`: not with an evaluation set or checkpoints, for which they stop. */
  readonly worker?: boolean | (() => WebWorker)
  /** Ends the fit after the steps that are under way. */
  readonly signal?: AbortSignal
}
