import { FormatError, foldIn } from '@variate/core'
import type { Draws } from '@variate/estimators'
import type { Model, ModelTypes } from '@variate/language'
import { checkBatch } from '@variate/language/internal'
import { startOf } from '../bbvi/climb.ts'
import type { ClimbState } from '../bbvi/climbState.ts'
import type { TakenUnsaid } from '../bbvi/compatible.ts'
import type { Setting } from '../bbvi/problemOf.ts'
import { checkState } from '../bbvi/saved.ts'
import { keyFrom } from '../keyFrom.ts'
import { checkLike } from '../saved/checkLike.ts'
import type { AmortizedFit } from './amortizedFit.ts'
import { fitOf } from './fitOf.ts'
import type { Applied } from './applied.ts'
import { ascend } from './ascend.ts'
import { centered } from './centered.ts'
import { checkAmortizedOptions } from './checkAmortizedOptions.ts'
import { checkEpochs, checkNamed, unrisen } from './checkAmortizedFit.ts'
import { dataFor } from './dataFor.ts'
import { estimatorFor } from './estimatorFor.ts'
import { examplePlate } from './examplePlate.ts'
import type { AmortizedData } from './exampleTypes.ts'
import { checkLikeness } from './likeness.ts'
import type { AmortizedFitOptions, AmortizedOptions } from './options.ts'
import { stepsFor, type Steps } from './stepsFor.ts'
import { fromBytes, type AmortizedAscent, type Outlined } from './saved.ts'
import { outlineSetting, type Chosen } from './settingFor.ts'

export interface Amortized<Types extends ModelTypes> {
  /**
   * Fits networks of q and what of the model is not given.
   *
   * @param data observations and inputs: arrays, `resampled` ones that are drawn afresh in each step, async iterables of arrays
   *   that follow each other, which are read once, before the first step, or `streamed` ones that are read while the fit goes on.
   * @throws DomainError and ShapeError for data that do not fit, which name site, plate and element, and options out of range;
   *   UnsupportedError for a latent that q or the estimator cannot take; FormatError for a fit to go on from that is of something else.
   */
  fit(data: AmortizedData<Types>, options: AmortizedFitOptions<Types>): Promise<AmortizedFit<Types>>
  /**
   * A fit that was saved, by `toBytes`. No data are needed.
   *
   * @throws FormatError for bytes that are damaged or no fit, or one of another model, encoder, estimator or optimiser.
   */
  load(bytes: Uint8Array): Promise<AmortizedFit<Types>>
}

/**
 * Amortised variational inference: networks that give q(z | x; φ) of any example are fitted together with the parameters θ of the
 * model, by stochastic ascent of the evidence lower bound. A thin layer on `bbvi`, for models of many examples, each with latents of
 * its own: variational autoencoders and their like. All epochs are one compiled loop.
 *
 * @param model a model whose latents and observations are all in one plate, of any number of elements.
 * @throws DomainError for options out of range; UnsupportedError for sites outside of the plate.
 * @see Kingma and Welling, Auto-Encoding Variational Bayes (ICLR 2014); Rezende, Mohamed and Wierstra, Stochastic Backpropagation
 *   and Approximate Inference in Deep Generative Models (ICML 2014).
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { normal } from '@variate/distributions'
 * import { diagonalNormal } from '@variate/families'
 * import { amortized } from '@variate/inference'
 * import { mlp, model } from '@variate/language'
 *
 * const lines = model('lines')
 *   .network('decoder', mlp([1, 2]))
 *   .plate('point', 'n', (point) => point
 *     .latent('z', normal([0], 1))
 *     .observed('x', ({ z, decoder }) => normal(decoder(z), 0.1)))
 * const encoder = { z: { from: 'x', network: mlp([2, 8]), family: diagonalNormal() } } as const
 * const fit = await amortized(lines, { encoder, batch: { point: 2 }, epochs: 50 }).fit(
 *   { x: [[1, 2], [0, 0], [-1, -2]] },
 *   { seed: 0 },
 * )
 * const { mean } = await fit.encode([[0.5, 1]])
 * mean.z.shape // => [1, 1]
 * const { x } = await fit.decode(mean)
 * x.shape // => [1, 2]
 * ```
 */
export function amortized<
  Types extends ModelTypes,
  Plates extends string,
  const Needs extends Draws = never,
  Guided extends ModelTypes = ModelTypes,
>(
  model: Model<Types, Plates> & TakenUnsaid<Types, Needs>,
  options: AmortizedOptions<Types, Plates, Needs, Guided>,
): Amortized<Types> {
  const program = centered(model.program)
  const who = `model "${program.name}": amortized`
  const plate = examplePlate(program, who)
  checkAmortizedOptions(options, plate, who)
  // What the estimator refuses is said before there are data.
  estimatorFor(options as never, 1, who)
  const hasNetworks = program.declarations.some(({ kind }) => kind === 'network')
  const { epochs = 100, engine, reproducible = false } = options
  const { precision = hasNetworks ? 'float32' : 'float64' } = options
  const howOf = (count: number): Steps => stepsFor(options as never, { plate, count, epochs, precision, who })
  const { encoder = {} } = options as Chosen
  const read = new Set(Object.values(encoder).flatMap(({ from }) => from))
  const cautions = unrisen(options, epochs)
  const appliedTo = (setting: Setting, given: Readonly<Record<string, unknown>>) => ({
    setting,
    plate,
    given,
    read,
    precision,
    engine,
    reproducible,
  })
  const outlineOf = (outlined: Outlined) =>
    appliedTo(outlineSetting(program, options as never, outlined, who), outlined.given)
  /** That what was saved is of this model and q, and of no other. */
  const checkSaved = (saved: AmortizedAscent, start: ClimbState, outline?: Omit<Applied, 'params'>): void => {
    const cause = 'it was saved of a model or an encoder of another architecture'
    checkLike(saved.params, start.params, 'params', cause, who)
    checkState(saved as never, start, who)
    checkLikeness(outline ?? outlineOf(saved.outlined), saved.params, saved.likeness, who)
  }
  return {
    fit: async (data, fitOptions = {} as never) => {
      const { from } = fitOptions
      const before = from === undefined ? undefined : fromBytes(from, program.name, who)
      const key = before ? before.key : keyFrom(who, fitOptions as never)
      checkNamed(program, data, who)
      const opened = await dataFor(program, data as never, {
        chosen: options as never,
        plate,
        key: foldIn(key, 3),
        from: before?.measured.objective.length ?? 0,
        howOf,
        who,
      })
      try {
        const { setting } = opened
        checkBatch(setting.model, [plate], who)
        const count = setting.model.sizes.get(plate)!
        const how = howOf(count)
        const start = startOf(setting, how, foldIn(key, 0), who)
        if (before) {
          checkSaved(before, start)
          if (before.count !== count)
            throw new FormatError(
              `${who}: it was saved with ${before.count} examples, expected ${count}: it is of other data`,
            )
          checkEpochs(before.epochs, how.ends, who)
        }
        const { patience } = options
        return await ascend<Types>(
          { who, plate, ...opened, start, how, key, before, patience, cautions, appliedTo, outlineOf },
          fitOptions,
        )
      } finally {
        await opened.stream?.steps.source.close(fitOptions.signal)
      }
    },
    load: async (bytes) => {
      const ascent = fromBytes(bytes, program.name, who)
      const { key, params, termination, outlined, bound } = ascent
      const outline = outlineOf(outlined)
      checkSaved(ascent, startOf(outline.setting, howOf(ascent.count), key, who), outline)
      const result = {
        bound,
        epochs: ascent.epochs,
        termination,
        warnings: ascent.warnings,
        toBytes: () => bytes,
      }
      return fitOf<Types>({ ...outline, params }, result, who)
    },
  }
}
