import type { NdArray } from '@variate/core'
import type { MinibatchOptions } from './minibatchOptions.ts'
import { Evaluated } from './evaluated.ts'
import type { ModelGraph } from './graph/graph.ts'
import type { GuideBuilder } from './guideBuilder.ts'
import { guideProgram, withShared } from './guideProgram.ts'
import type { SeenOf } from './guideTypes.ts'
import type { GraphOptions, Model } from './model.ts'
import type { SampleOf, ValuesOf } from './valuesOf.ts'
import type { Program } from './program.ts'
import type { Randomness, SampleOptions } from './sampling.ts'
import type { LatentNames, ModelTypes, NetworkNames, ParamNames } from './siteTypes.ts'

/**
 * A distribution of the latents of a model, given its data: `Of` are the model's sites, `Types` what the guide's functions see.
 * It never changes: each call of its builder gives another.
 */
export interface Guide<
  Of extends ModelTypes = ModelTypes,
  Types extends ModelTypes = ModelTypes,
  Plates extends string = string,
> extends GuideBuilder<Of, Types, Plates, 'guide'> {
  /** What is declared, as data. */
  readonly program: Program
  /**
   * Parameters and networks of the model that functions of the guide read as well, from here on: there is one of each, which is
   * fitted to what both make of it.
   */
  shared<const Name extends ParamNames<Of> | NetworkNames<Of>>(
    ...names: readonly Name[]
  ): Guide<Of, Types & Pick<Of, Name>, Plates>
  /**
   * log q of all latents, in nats.
   *
   * @param values of the latents, the guide's parameters and networks, and of the observed sites and inputs that it reads.
   * @param options `batch` takes some elements of plates for all, and scales their terms.
   * @throws DomainError and ShapeError for values that do not fit, which name site, plate and shapes; NumericalError where it
   *   is NaN, which names the site and the element.
   */
  logJoint(values: GuideValuesOf<Of, Types>, options?: MinibatchOptions<Plates>): Promise<number>
  /** log q of each latent, in nats, of the shape of its plates. */
  logProb(
    values: GuideValuesOf<Of, Types>,
  ): Promise<{ readonly [Name in LatentNames<Types>]: NdArray<Float64Array> }>
  /** Draws of all latents, in the order of their declaration in the guide, and what is computed of them. */
  sample(options: SampleOptions<Partial<ValuesOf<Types>>> & Randomness): Promise<SampleOf<Types>>
  /** What depends on what. */
  graph(options?: GraphOptions<Types>): ModelGraph
  /** A table of the sites: what they are, their plates, shapes, supports and distributions. */
  describe(options?: GraphOptions<Types>): string
}

/** What a guide is evaluated at: data of the model only as far as it reads them, all else. */
export type GuideValuesOf<Of, Types> = Omit<ValuesOf<Types>, keyof Of & keyof SeenOf<Of>> &
  Partial<Pick<ValuesOf<Types>, keyof ValuesOf<Types> & keyof SeenOf<Of>>>

class DeclaredGuide extends Evaluated {
  protected override with(program: Program): this {
    return new DeclaredGuide(program, []) as this
  }

  shared(...names: readonly string[]): this {
    return this.with(names.reduce(withShared, this.program))
  }
}

/**
 * A guide of a model, without latents, to be declared one after the other, each in the plates that it has in the model. The
 * functions of its sites see the model's observed sites and inputs, what of its parameters and networks is named by `shared`, and
 * what the guide declares before; as in models, what is in the same plate is seen as the element's value, all else whole.
 *
 * @param of the model: what it conditions on is no latent any more.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { mul } from '@variate/core/ops'
 * import { normal } from '@variate/distributions'
 * import { guide, model } from '@variate/language'
 *
 * const points = model('points').plate('point', 'n', (i) =>
 *   i.latent('z', normal(0, 1)).observed('x', ({ z }) => normal(z, 1)),
 * )
 * const posterior = guide(points).plate('point', 'n', (i) =>
 *   i.latent('z', ({ x }) => normal(mul(0.5, x), Math.SQRT1_2)),
 * )
 * await posterior.logJoint({ z: [1, 2], x: [2, 4] }) // => -1.1447
 * const { z } = await posterior.sample({ seed: 0, given: { x: [2, 4, 6] } })
 * z.shape // => [3]
 * ```
 */
export function guide<Types extends ModelTypes, Plates extends string>(
  of: Model<Types, Plates>,
): Guide<Types, SeenOf<Types>, Plates> {
  return new DeclaredGuide(guideProgram(of.program), []) as never
}
