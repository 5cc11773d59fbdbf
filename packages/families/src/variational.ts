import type { Tensor } from '@tensorflow/tfjs-core'
import type { Key, NdArray } from '@variate/core'
import type { AnyKey } from '@variate/core/ops'
import type { Distribution } from '@variate/distributions'
import type { Drawing, ParamArrays, ParamTree, PlacedDistribution } from '@variate/language/internal'

export type { ParamArrays, ParamTree }

/** Tensors by name. */
export type SiteTensors = Readonly<Record<string, Tensor>>

/** A part of q that is drawn at once, for each element of its plates independently. */
export interface VariationalFactor {
  readonly name: string
  /** The latents, by name. */
  readonly sites: readonly string[]
  readonly plates: readonly string[]
  readonly draws: 'reparameterized' | 'discrete' | 'opaque'
  /** Whether its entropy is known. */
  readonly hasEntropy?: true
  /** Whether q is a single point there, without a density: its log q is no part of a score. */
  readonly isPoint?: true
  /** The latents whose values its distribution depends on, and the plates along which an element reads only that element. */
  readonly reads: readonly { readonly site: string; readonly aligned: readonly string[] }[]
  /** Of a discrete one with few values: what they are, [count, ...event]. */
  readonly support?: NdArray
  /** Of a latent whose own distribution is known: one of its kind, whatever its parameters are. */
  readonly kind?: Distribution
  /**
   * Of a discrete one whose values may be relaxed to numbers between them, as those of bernoulli and oneHotCategorical: the shape of
   * an element's value.
   */
  readonly relaxed?: readonly number[]
}

/** The mean and the variance of a latent, number by number. */
export interface Moments {
  readonly mean: Tensor
  readonly variance: Tensor
}

/** What is known of how numbers of a factor go together: that they are independent, with these variances, or all covariances. */
export type Covariances =
  | { readonly variances: Tensor }
  /** [...plates, n, n], of the numbers of all latents of an element in their order. */
  | { readonly matrix: Tensor }

/** The probabilities of the values of a discrete latent, [...plates, count], and what these are, [count, ...event]. */
export interface Probabilities {
  readonly probabilities: Tensor
  readonly values: Tensor
}

/** What q is evaluated with: its parameters and the data of some elements, and how many these are. */
export interface VariationalContext {
  /** Those of q, and what it shares with the model. */
  readonly params: ParamTree
  readonly data: SiteTensors
  readonly sizes: ReadonlyMap<string, number>
  /** In a step that trains: the key of what is random in networks, the same for draws and their log q. */
  readonly training?: AnyKey | undefined
}

/** What stands in for a factor's own way to draw: for one distribution, or a batch of them. */
export type FactorDrawing = Drawing

/** What draws some factors, which latents are not drawn, and where logs of probabilities are linear between values. */
export interface DrawingWays {
  readonly how?: Readonly<Record<string, FactorDrawing>> | undefined
  /** Values of latents, by name: discrete ones have these in a draw, and all that others are drawn with. */
  readonly given?: SiteTensors | undefined
  readonly soft?: ReadonlySet<string> | undefined
}

/**
 * q(z; λ) for the latents of a model with its data, as pure functions of tensors. Values are records of tensors, an axis for each
 * plate first; besides the latents they may hold what is known of the draw, under names that no site has.
 */
export interface Variational {
  readonly factors: readonly VariationalFactor[]
  /** The plates of each parameter, whose axes are its first: those of local ones. */
  readonly plates: Readonly<Record<string, readonly string[]>>
  /**
   * Parameters and networks of the model that q reads as well, by name: a context has them among `params`, as the model has them
   * without bounds. They are none of λ.
   */
  readonly shared?: readonly string[]
  /** The parameters λ to begin with. */
  init(key: Key): ParamArrays
  draw(context: VariationalContext, key: AnyKey, ways?: DrawingWays): SiteTensors
  /** The distributions of the latents of factors of a known kind, by name. */
  distributions?(
    context: VariationalContext,
    values: SiteTensors,
  ): Readonly<Record<string, PlacedDistribution>>
  /** log q of each factor, in nats, of the shape of its plates. */
  logProbs(context: VariationalContext, values: SiteTensors, ways?: DrawingWays): SiteTensors
  /**
   * −log q of each factor whose entropy is known, in nats, of the shape of its plates: the mean over draws in closed form, but for
   * the volume of maps onto supports, which is that of the draw.
   */
  entropies?(context: VariationalContext, values: SiteTensors): SiteTensors
  /** The moments of latents that have them in closed form, an axis for each plate first. */
  moments?(context: VariationalContext): Readonly<Record<string, Moments>>
  /** By factor, of those that have them in closed form. */
  covariances?(context: VariationalContext): Readonly<Record<string, Covariances>>
  /** Of discrete latents that are independent of all others. */
  probabilities?(context: VariationalContext): Readonly<Record<string, Probabilities>>
  /** Of one whose parameters for each element a network gives: the same with parameters of their own, and those that it gives. */
  readonly unshared?: Unshared
  /** Of factors that draw auxiliary variables besides the latents: log r of them given the latents, to be added to log p. */
  readonly reverse?: ReverseModel
}

/** q with parameters for each element, in place of a network that gives them. */
export interface Unshared {
  readonly variational: Omit<Variational, 'init'>
  /** The parameters that the network gives, to begin with. */
  params(context: VariationalContext): ParamTree
}

/** What is added to log p where log q is that of latents and auxiliary variables. */
export interface ReverseModel {
  /** A term for each such factor, of its plates. */
  readonly terms: readonly {
    readonly name: string
    readonly factor: string
    readonly plates: readonly string[]
  }[]
  /** Each term, in nats, of the shape of its plates. */
  logProbs(context: VariationalContext, values: SiteTensors): SiteTensors
}
