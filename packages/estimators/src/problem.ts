import type { Tensor } from '@tensorflow/tfjs-core'
import type { NdArray } from '@variate/core'
import type { AnyKey } from '@variate/core/ops'
import type { Distribution } from '@variate/distributions'

/** Tensors by name. */
export type Values = Readonly<Record<string, Tensor>>

/** Parameters by name; of networks nested. */
export type Tree = { readonly [name: string]: Tensor | Tree | readonly Tree[] }

/** What is optimised: parameters of the model, θ, and of the variational distribution, λ. */
export interface ObjectiveParameters {
  readonly model: Tree
  readonly guide: Tree
}

/**
 * How values depend on the parameters that they are drawn with: smoothly, at a fixed key; as values of a short list, with
 * probabilities; or in no way that helps.
 */
export type Draws = 'reparameterized' | 'discrete' | 'opaque'

/** What reads values of a factor: a term of log p, or a factor of log q. */
export interface Reader {
  readonly name: string
  /** The plates of both of which an element reads that element only; of all others it reads all. */
  readonly aligned: readonly string[]
}

/** A factor of q: latents that are drawn together, for each element of its plates independently. */
export interface Factor {
  readonly name: string
  /** The latents, by name. */
  readonly sites: readonly string[]
  readonly plates: readonly string[]
  /** How often log q of an element counts in the bound: N/n in mini-batches, and 0 where terms of log p stand for it. */
  readonly scale: number
  readonly draws: Draws
  /** Whether its entropy is known. */
  readonly hasEntropy?: true
  /** Whether q is a single point there, without a density: its draws have to be differentiated, for it has no score. */
  readonly isPoint?: true
  /** The terms of log p that read its latents, with those of the latents themselves. */
  readonly terms: readonly Reader[]
  /** The other factors whose distributions read them. */
  readonly factors: readonly Reader[]
  /** Of a discrete one with few values: what they are, [count, ...event]. */
  readonly support?: NdArray
  /** Of a latent whose own distribution is known, and that of its prior: what they are called. */
  readonly divergence?: {
    readonly q: string
    readonly p: string
    /** Whether KL(q‖p) has a closed form. */
    readonly isKnown: boolean
  }
  /**
   * Of a discrete one whose values may be relaxed to numbers between them, as those of bernoulli and oneHotCategorical: the shape of
   * an element's value.
   */
  readonly relaxed?: readonly number[]
}

/** A term of log p: a latent's, an observation's, or another factor of the joint density. */
export interface Term {
  readonly name: string
  readonly plates: readonly string[]
  readonly scale: number
}

/** What is observed, or given: for a baseline to read. */
export interface Input {
  readonly name: string
  readonly plates: readonly string[]
  /** Of the value of one element. */
  readonly shape: readonly number[]
}

/** What stands in for a factor's own way to draw: for one distribution, or a batch of them. */
export type Drawing = (distribution: Distribution, key: AnyKey) => Tensor

export interface EvaluationOptions {
  /** Discrete sites whose values may lie between those of the support: their log probabilities are linear in between. */
  readonly soft?: ReadonlySet<string>
}

/**
 * log p(x, z; θ) and log q(z; λ) of one draw of the latents: pure functions of tensors, for an estimator to take apart.
 */
export interface Problem {
  readonly factors: readonly Factor[]
  readonly terms: readonly Term[]
  readonly inputs?: readonly Input[]
  /** Their values, an axis for each of their plates first. */
  readonly data?: Values
  /** How many elements there are of each plate. */
  readonly sizes: ReadonlyMap<string, number>
  /**
   * Values of all latents, by name, and of what goes with them.
   *
   * @param how what draws some factors, by name.
   * @param given values of latents that are not drawn: of discrete ones, and where q has the form of a program of any.
   */
  draw(
    parameters: ObjectiveParameters,
    key: AnyKey,
    how?: Readonly<Record<string, Drawing>>,
    given?: Values,
  ): Values
  /** KL(q‖p), in nats, of the shape of its plates, of each factor that has it in closed form. */
  divergences?(parameters: ObjectiveParameters, values: Values): Values
  /**
   * −log q of each factor whose entropy is known, in nats, of the shape of its plates: its mean over draws, but for the volume of maps
   * onto supports, which is that of these values.
   */
  entropies?(parameters: ObjectiveParameters, values: Values): Values
  /** log q of each factor, in nats, of the shape of its plates. */
  logQ(parameters: ObjectiveParameters, values: Values, options?: EvaluationOptions): Values
  /** Each term of log p, in nats, of the shape of its plates. */
  logP(parameters: ObjectiveParameters, values: Values, options?: EvaluationOptions): Values
}
