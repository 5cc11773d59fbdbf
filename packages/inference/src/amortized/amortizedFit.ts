import type { NdArray } from '@variate/core'
import type {
  LatentNames,
  ModelTypes,
  NetworkNames,
  NetworkParams,
  ObservedNames,
  ParamNames,
  Randomness,
} from '@variate/language'
import type { Termination } from '../run/index.ts'
import type { AnnealedLogLikelihood, AnnealedLogLikelihoodOptions } from './annealedEstimator.ts'
import type { BracketOptions, LogLikelihoodBracket } from './bracketed.ts'
import type { Evaluated } from './evaluator.ts'
import type { Arrays, Codes, Examples } from './exampleTypes.ts'
import type { Gaps, GapsOptions } from './gaps.ts'
import type { LogLikelihoodEstimate } from './likelihoodEstimator.ts'
import type { LogLikelihoodOptions } from './logLikelihoodOptions.ts'
import type { EpochRecord } from './told.ts'

/** q of some examples, an example a row. */
export interface Encoded<Types> {
  readonly mean: Arrays<LatentNames<Types>>
  readonly variance: Arrays<LatentNames<Types>>
  /** The probabilities of the values of discrete latents that q has a list of. */
  readonly probabilities: Partial<Arrays<LatentNames<Types>>>
}

/** A fit by amortised variational inference: of any examples. All bounds are nats for each example. */
export interface AmortizedFit<Types extends ModelTypes> {
  /** The parameters of the model, those that were given as well. */
  readonly params: { readonly [Name in ParamNames<Types>]: NdArray<Float64Array> } & {
    readonly [Name in NetworkNames<Types>]: NetworkParams
  }
  /** The evidence lower bound of the data at the end, in the mean over examples; of a checkpoint, by the steps of its last epoch. */
  readonly elbo: number
  /** That of `elbo`, of its draws; of a checkpoint, over those steps, and Infinity where there is one. */
  readonly standardError: number
  /** What each epoch told. */
  readonly history: readonly EpochRecord[]
  /** How it ended: `converged` where the evaluation set got no better. A fit that has diverged is of the last good parameters. */
  readonly termination: Termination
  /** What is to be feared, in sentences. */
  readonly warnings: readonly string[]
  /**
   * q of each example: means and variances of the latents, in closed form where q has one, else by draws, for which a seed is given.
   * Brightnesses between 0 and 1 of Bernoulli pixels are read as they are.
   *
   * @throws DomainError and ShapeError for examples that do not fit the model, which name site, plate and element.
   */
  encode(examples: Examples<Types>, randomness?: Partial<Randomness>): Promise<Encoded<Types>>
  /** Draws of q of each example, [count, examples, …]. */
  sampleLatents(
    examples: Examples<Types>,
    count: number,
    randomness: Randomness,
  ): Promise<{ readonly [Name in LatentNames<Types>]: NdArray }>
  /**
   * The means of observations, given latents; of one that depends on another, at the mean of the other.
   *
   * @throws UnsupportedError for an observation without a mean; DomainError for what the latents cannot be; NumericalError for NaN.
   */
  decode(codes: Codes<Types>): Promise<Arrays<ObservedNames<Types>>>
  /** The means of observations at the mean of q, or, with a seed, at a draw of it. */
  reconstruct(
    examples: Examples<Types>,
    randomness?: Partial<Randomness>,
  ): Promise<Arrays<ObservedNames<Types>>>
  /** New examples: latents of the prior, and observations. @param options `given` are inputs, if the model has such. */
  sample(
    count: number,
    options: Randomness & { readonly given?: Readonly<Record<string, NdArray>> },
  ): Promise<{ readonly [Name in LatentNames<Types> | ObservedNames<Types>]: NdArray }>
  /** The evidence lower bound of any examples, by so many draws of each; 16, if not given. */
  evaluate(examples: Examples<Types>, options: Randomness & { readonly draws?: number }): Promise<Evaluated>
  /**
   * log p(x) of any examples, by importance sampling from q, or by annealed importance sampling, which q has no part in: by chains of
   * each example from the prior to the posterior, of which a few are worth more than very many draws where q is far from it, and which
   * cost as many times more as there are temperatures and leaps. Brightnesses are drawn as pixels.
   *
   * @throws DomainError for options out of range; UnsupportedError for draws of a q that is a single point, which has no density, and
   *   for chains of latents that are discrete.
   */
  estimateLogLikelihood(
    examples: Examples<Types>,
    options: Randomness & { readonly method: 'annealedImportanceSampling' } & AnnealedLogLikelihoodOptions,
  ): Promise<AnnealedLogLikelihood>
  estimateLogLikelihood(
    examples: Examples<Types>,
    options: Randomness & LogLikelihoodOptions,
  ): Promise<LogLikelihoodEstimate>
  /**
   * log p(x) of examples that the model makes itself, from below and from above: annealing as in `estimateLogLikelihood`, and back
   * from the latents that an example was made of, which are a draw of its posterior. Where both meet, so many chains and temperatures
   * suffice for examples like those of the model.
   *
   * @param options `given` are inputs, if the model has such.
   * @throws DomainError for options out of range; UnsupportedError where a latent is discrete.
   */
  bracketLogLikelihood(count: number, options: Randomness & BracketOptions): Promise<LogLikelihoodBracket>
  /**
   * How much the bound lacks since a network gives q, and how much since q is of its family.
   *
   * @throws UnsupportedError where q is a guide, which has no parameters for single examples.
   */
  gaps(examples: Examples<Types>, options: Randomness & GapsOptions): Promise<Gaps>
  /** How it ended, and what the last epochs told. */
  summary(): string
  /**
   * The encoder or the decoder as an ONNX model (the bytes of a file `.onnx`), of any number of examples, to be run by ONNX Runtime
   * and its like, in Python or elsewhere. Inputs are called as the sites are: observations that q reads, `x`; latents and inputs,
   * `z`. Outputs are what is known of q in closed form, `mean.z`, `variance.z`, `covariance.z`, `probabilities.z` and the parameters
   * of its distribution, such as `parameters.z.loc`; and the means of observations, `mean.x`, with their parameters, such as
   * `parameters.x.logits`.
   *
   * @throws DomainError for another part; UnsupportedError for what ONNX cannot say, for an observation without a mean, and for q of
   *   which nothing is in closed form.
   */
  toOnnx(part: 'encoder' | 'decoder'): Promise<Uint8Array<ArrayBuffer>>
  /** The fit as bytes, without data: a safetensors file, to be loaded, or gone on from. */
  toBytes(): Uint8Array
}
