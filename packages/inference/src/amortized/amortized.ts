import type { Tensor } from '@tensorflow/tfjs-core'
import { DomainError, FormatError, foldIn, type Key } from '@variate/core'
import { shown } from '@variate/core/internal'
import type { Draws } from '@variate/estimators'
import type { Model, ModelTypes } from '@variate/language'
import { checkBatch, type Program } from '@variate/language/internal'
import { startOf } from '../bbvi/climb.ts'
import type { ClimbOptions, ClimbState } from '../bbvi/climbState.ts'
import type { TakenUnsaid } from '../bbvi/compatible.ts'
import type { Setting } from '../bbvi/problemOf.ts'
import { checkState } from '../bbvi/saved.ts'
import { keyFrom } from '../keyFrom.ts'
import { adam } from '../optimizers/adam.ts'
import { fewTogether } from '../optimizers/fewTogether.ts'
import { checkLike } from '../saved/checkLike.ts'
import type { AmortizedFit } from './amortizedFit.ts'
import { fitOf } from './fitOf.ts'
import type { Applied } from './applied.ts'
import { ascend, type ToAscend } from './ascend.ts'
import { checkAmortizedOptions } from './checkAmortizedOptions.ts'
import { checkEpochs, checkNamed, unrisen } from './checkAmortizedFit.ts'
import { epochEnds, epochRows } from './epochRows.ts'
import { estimatorFor } from './estimatorFor.ts'
import { examplePlate } from './examplePlate.ts'
import type { AmortizedData } from './exampleTypes.ts'
import { checkLikeness } from './likeness.ts'
import { measured, type MeasuredState } from './measured.ts'
import type { AmortizedFitOptions, AmortizedOptions } from './options.ts'
import { fromBytes, type AmortizedAscent, type Outlined } from './saved.ts'
import { outlineSetting, settingFor, type Chosen } from './settingFor.ts'
import { openStreams, streamsIn } from './stream/openStreams.ts'

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
  const optimizer = fewTogether(options.optimizer ?? adam({ rate: 0.001 }))
  /** What the steps of so many examples are. */
  const howOf = (count: number): ClimbOptions & { readonly ends: readonly number[] } => {
    const size = batchOf(options.batch ?? {}, plate, count, who)
    const ends = epochEnds(count, size, epochs)
    return {
      ends,
      estimator: measured(estimatorFor(options as never, count / size, who), plate, count),
      optimizer,
      steps: ends.at(-1)!,
      taken: new Map(size === count ? [] : [[plate, size]]),
      localSteps: 0,
      convergence: undefined,
      precision,
      engine,
      reproducible,
      rowsBetween: epochRows,
      measure: (kept) =>
        (kept as unknown as { readonly measured: Record<keyof MeasuredState, Tensor> }).measured,
    }
  }
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
  /** The data of a fit: all of them, or of a stream what its first step takes. */
  const begun = async (data: object, key: Key, before: AmortizedAscent | undefined): Promise<Begun> => {
    const streams = streamsIn(program, plate, data as Readonly<Record<string, unknown>>, who)
    const own = { chosen: options as never, key: foldIn(key, 3), who }
    if (!streams) return { setting: await settingFor(program, own.chosen, data as never, own.key, who) }
    const { taken, steps } = howOf(streams.size)
    const opened = await openStreams(streams, {
      ...own,
      program,
      plate,
      batch: taken.get(plate) ?? streams.size,
      from: before?.measured.objective.length ?? 0,
      steps,
    })
    return { setting: opened.whole, stream: opened }
  }
  return {
    fit: async (data, fitOptions = {} as never) => {
      const { from } = fitOptions
      const before = from === undefined ? undefined : fromBytes(from, program.name, who)
      const key = before ? before.key : keyFrom(who, fitOptions as never)
      checkNamed(program, data, who)
      const opened = await begun(data, key, before)
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

type Begun = Pick<ToAscend, 'setting' | 'stream'>

/** The program with latents as they are declared: networks give q of these. */
function centered(program: Program): Program {
  const declarations = program.declarations.map((site) =>
    site.kind === 'latent' ? { ...site, options: { ...site.options, centered: true } } : site,
  )
  return { ...program, declarations }
}

/** How many examples a step takes. @throws DomainError for another plate, and what is no number of examples that there are. */
function batchOf(batch: object, plate: string, count: number, who: string): number {
  for (const [name, size] of Object.entries(batch) as [string, unknown][]) {
    if (size === undefined) continue
    if (name !== plate)
      throw new DomainError(`${who}: batch: "${name}" is not the plate of the examples, which is "${plate}"`)
    if (Number.isInteger(size) && (size as number) >= 1 && (size as number) <= count) return size as number
    throw new DomainError(
      `${who}: batch: plate "${plate}" has ${count} elements: expected a whole number 1 … ${count}, got ${shown(size)}`,
    )
  }
  return count
}
