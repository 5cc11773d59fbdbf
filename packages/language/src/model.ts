import type { NdArray } from '@variate/core'
import type { MinibatchOptions } from './minibatchOptions.ts'
import type { Builder } from './builder.ts'
import { Evaluated } from './evaluated.ts'
import type { ModelGraph } from './graph/graph.ts'
import type { Data } from './plainData.ts'
import type { Program } from './program.ts'
import { replayOf } from './replay.ts'
import { predictiveOf, type AnyOptions, type Randomness, type SampleOptions } from './sampling.ts'
import type {
  ConditionedNames,
  ConditionedSite,
  FactorNames,
  FixedSite,
  InputNames,
  LatentNames,
  ModelTypes,
  ObservedNames,
  WithFixed,
  WithMissing,
} from './siteTypes.ts'
import type { Chosen, DrawOf, RandomNames, SampleOf, SomeData, ValuesOf } from './valuesOf.ts'
import { withMissing } from './withMissing.ts'
import { conditioned, intervened } from './withValues.ts'

/** A latent-variable model, declared. It never changes: each call of its builder gives another. What takes any takes an `AnyModel`. */
export interface Model<Types extends ModelTypes = ModelTypes, Plates extends string = string> extends Builder<
  Types,
  Plates,
  'model'
> {
  /** What is declared, as data. */
  readonly program: Program
  /**
   * The log joint density of everything that is declared, in nats: latents, observations and factors.
   *
   * @param values of all sites.
   * @param options `batch` takes some elements of plates for all, and scales their terms.
   * @throws DomainError and ShapeError for values that do not fit, which name site, plate and shapes; NumericalError where it
   *   is NaN, which names the site and the element; UnsupportedError for a batch of a plate of which a site outside sees all elements.
   */
  logJoint(values: ValuesOf<Types>, options?: MinibatchOptions<Plates>): Promise<number>
  /** The terms of the log joint: of each random site and factor, in nats, of the shape of its plates. */
  logProb(values: ValuesOf<Types>): Promise<{
    readonly [
      Name in RandomNames<Types> | ConditionedNames<Types> | FactorNames<Types>
    ]: NdArray<Float64Array>
  }>
  /** Draws of all random sites in the order of their declaration: of the prior and what it predicts. */
  sample(options: SampleOptions<Partial<ValuesOf<Types>>> & Randomness): Promise<SampleOf<Types>>
  /**
   * What other sites are, and new data, for each of several draws of some sites, such as of a posterior.
   *
   * @param draws arrays with the draws along their first axis.
   */
  posteriorPredictive(
    draws: { readonly [Name in RandomNames<Types>]?: Data },
    options: Omit<SampleOptions<Partial<ValuesOf<Types>>>, 'count'> & Randomness,
  ): Promise<SampleOf<Types>>
  /**
   * Goes through the model again with a draw: sites that it has keep their values, others are drawn given them. What is
   * computed is computed anew, so that a draw may be passed as `sample` gave it; what the model has values for, by `condition`
   * or `intervene`, keeps those.
   *
   * @param draw of the shapes of a single draw; with `count`, of so many along a first axis, each replayed by itself.
   * @throws DomainError for a site that is in the draw and given as well, and draws of another number than `count`.
   *
   * @example
   * ```ts
   * import '@tensorflow/tfjs-backend-cpu'
   * import { normal } from '@variate/distributions'
   * import { model } from '@variate/language'
   *
   * const walk = model('walk')
   *   .latent('from', normal(0, 1))
   *   .latent('to', ({ from }) => normal(from, 1))
   * const { from } = await walk.sample({ seed: 0 })
   * const again = await walk.replay({ from }, { seed: 1 })
   * again.from.at() === from.at() // => true
   * ```
   */
  replay(
    draw: DrawOf<Types>,
    options: SampleOptions<Partial<ValuesOf<Types>>> & Randomness,
  ): Promise<SampleOf<Types>>
  /** The model in which these sites are observed, with these values. */
  condition<const Names extends RandomNames<Types>>(
    values: Chosen<Types, Names>,
  ): Model<WithFixed<Types, Names, ConditionedSite>, Plates>
  /** The model in which these sites are set to values, whatever they would depend on (Pearl's do-operator). */
  intervene<const Names extends RandomNames<Types>>(
    values: Chosen<Types, Names>,
  ): Model<WithFixed<Types, Names, FixedSite>, Plates>
  /**
   * The model in which the elements of observed sites that are missing are unknowns, so that what reads them can be evaluated,
   * and they be inferred: in place of an observed `x` there is a latent `x.missing`, with a value for each missing element in
   * their order, and `x` is computed of it and the data.
   *
   * @param values data with null for what is missing.
   * @throws DomainError if nothing is missing, or a part of an element; UnsupportedError for sites of chains.
   *
   * @example
   * ```ts
   * import '@tensorflow/tfjs-backend-cpu'
   * import { normal } from '@variate/distributions'
   * import { model } from '@variate/language'
   *
   * const readers = model('readers').plate('point', 'n', (point) =>
   *   point.observed('x', normal(0, 1)).observed('y', ({ x }) => normal(x, 1)),
   * )
   * const unknown = readers.withMissing({ x: [0, null] })
   * await unknown.logJoint({ 'x.missing': [2], y: [0, 2] }) // => -5.67575
   * ```
   */
  withMissing<const Names extends ObservedNames<Types>>(
    values: SomeData<Types, Names>,
  ): Model<WithMissing<Types, Names>, Plates | `${Names}.missing`>
  /** What depends on what. */
  graph(options?: GraphOptions<Types>): ModelGraph
  /** A table of the sites: what they are, their plates, shapes, supports and distributions. */
  describe(options?: GraphOptions<Types>): string
}

export interface GraphOptions<Types> {
  /** Data, where shapes depend on them. */
  readonly given?: Partial<ValuesOf<Types>>
  readonly sizes?: Readonly<Record<string, number>>
}

/** The types of a model's sites. */
export type TypesOf<Of> = Of extends Model<infer Types, string> ? Types : never

/** What a model's unknowns are. */
export type LatentsOf<Of> = Pick<ValuesOf<TypesOf<Of>>, LatentNames<TypesOf<Of>>>

/** What a model's data are: observations and inputs. */
export type DataOf<Of> = Pick<ValuesOf<TypesOf<Of>>, ObservedNames<TypesOf<Of>> | InputNames<TypesOf<Of>>>

type Given = Readonly<Record<string, unknown>>

class Declared extends Evaluated {
  protected override with(program: Program): this {
    return new Declared(program, []) as this
  }

  async posteriorPredictive(draws: Given, options: AnyOptions): Promise<unknown> {
    return predictiveOf(this.program, draws, options)
  }

  async replay(draw: Given, options: AnyOptions): Promise<unknown> {
    return replayOf(this.program, draw, options)
  }

  condition(values: Given): Declared {
    return new Declared(conditioned(this.program, values), [])
  }

  intervene(values: Given): Declared {
    return new Declared(intervened(this.program, values), [])
  }

  withMissing(values: Given): Declared {
    return new Declared(withMissing(this.program, values), [])
  }
}

/**
 * A model without sites, to be declared one after the other. The function of a site is written for one element of its plates:
 * a site of the same plate is seen as that element's value, one of a plate that does not enclose the reader is seen whole, the
 * axis of the plate first.
 *
 * @param name for errors and tables.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { halfCauchy, normal } from '@variate/distributions'
 * import { model } from '@variate/language'
 *
 * const schools = model('eight schools')
 *   .latent('mu', normal(0, 5))
 *   .latent('tau', halfCauchy(5))
 *   .plate('school', 'n', (school) =>
 *     school
 *       .input('sigma')
 *       .latent('theta', ({ mu, tau }) => normal(mu, tau))
 *       .observed('y', ({ theta, sigma }) => normal(theta, sigma)),
 *   )
 * await schools.logJoint({ mu: 0, tau: 1, theta: [0, 1], y: [1, 1], sigma: [2, 2] }) // => -10.3157
 * const { y } = await schools.sample({ seed: 0, given: { sigma: [2, 2, 2] } })
 * y.shape // => [3]
 * ```
 */
// oxlint-disable-next-line typescript/no-empty-object-type
export function model(name: string): Model<{}, never> {
  const empty: Program = { name, declarations: [], plates: new Map() }
  return new Declared(empty, []) as never
}
