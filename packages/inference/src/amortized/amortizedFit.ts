import { compile } from '@variate/compile'
import { DomainError, foldIn, NdArray, ShapeError, type Key } from '@variate/core'
import type {
  LatentNames,
  ModelTypes,
  NetworkNames,
  NetworkParams,
  ObservedNames,
  ParamNames,
  Randomness,
} from '@variate/language'
import { draws } from '@variate/language/internal'
import type { Setting } from '../bbvi/problemOf.ts'
import { paramsOf } from '../bbvi/paramsOf.ts'
import { takenOut } from '../bbvi/takenOut.ts'
import { keyFrom } from '../keyFrom.ts'
import { checkWhole } from '../monteCarlo/checks.ts'
import { wordsOf } from '../monteCarlo/parts.ts'
import type { Termination } from '../run/index.ts'
import { compileOptions, type Applied } from './applied.ts'
import { codeOf, decoderOf } from './decoded.ts'
import { drawerOf, encoderOf } from './encoded.ts'
import type { EpochRecord } from './epochs.ts'
import { evaluator, type Evaluated } from './evaluated.ts'
import { examplesOf, type BoundExamples } from './examplesOf.ts'
import type { Arrays, Codes, Examples } from './exampleTypes.ts'
import { gapsOf, type Gaps, type GapsOptions } from './gaps.ts'
import { likelihoodEstimator, type LogLikelihoodEstimate } from './logLikelihood.ts'

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
  /** The evidence lower bound of the data at the end, in the mean over examples. */
  readonly elbo: number
  /** That of `elbo`, of its draws. */
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
  /** The means of observations, given latents. @throws UnsupportedError for an observation without a mean. */
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
  /** log p(x) of any examples, by importance sampling from q; 100 particles, if not given. Brightnesses are drawn as pixels. */
  estimateLogLikelihood(
    examples: Examples<Types>,
    options: Randomness & { readonly particles?: number },
  ): Promise<LogLikelihoodEstimate>
  /**
   * How much the bound lacks since a network gives q, and how much since q is of its family.
   *
   * @throws UnsupportedError where q is a guide, which has no parameters for single examples.
   */
  gaps(examples: Examples<Types>, options: Randomness & GapsOptions): Promise<Gaps>
  /** How it ended, and what the last epochs told. */
  summary(): string
  /** The fit as bytes, without data: a safetensors file, to be loaded, or gone on from. */
  toBytes(): Uint8Array
}

/** What a fit is made of, besides what it is applied with. */
export interface AmortizedResult {
  readonly bound: { readonly elbo: number; readonly standardError: number }
  readonly epochs: readonly EpochRecord[]
  readonly termination: Termination
  readonly warnings: readonly string[]
  readonly toBytes: () => Uint8Array
}

/** A fit, of an ascent as it has ended. */
export function amortizedFit<Types extends ModelTypes>(
  applied: Applied,
  result: AmortizedResult,
  who: string,
): AmortizedFit<Types> {
  const { setting, params, plate } = applied
  const { bound, epochs, termination, warnings, toBytes } = result
  const encode = once(() => encoderOf(applied))
  const decode = once(() => decoderOf(applied))
  const drawn = once(() => drawerOf(applied))
  const evaluate = once(() => evaluator(applied))
  const likelihood = once(() => likelihoodEstimator(applied))
  const isDiscrete = (name: string): boolean => setting.model.specs[name]!.dtype !== 'float32'
  const fit = {
    params: paramsOf(setting, params),
    elbo: bound.elbo,
    standardError: bound.standardError,
    history: epochs,
    termination,
    warnings,
    toBytes,
    encode: async (examples: unknown, randomness: Partial<Randomness> = {}) =>
      encode()(examplesOf(applied, examples, `${who}: encode`), randomness, `${who}: encode`),
    sampleLatents: async (examples: unknown, count: number, randomness: Randomness) => {
      const own = `${who}: sampleLatents`
      checkWhole(own, 'count', count, 1)
      return drawn()(examplesOf(applied, examples, own), count, keyFrom(own, randomness), setting.latents)
    },
    decode: async (codes: unknown) => decode()(codes, `${who}: decode`),
    reconstruct: async (examples: unknown, randomness: Partial<Randomness> = {}) => {
      const own = `${who}: reconstruct`
      const bound = examplesOf(applied, examples, own)
      const isDrawn = randomness.seed !== undefined || randomness.key !== undefined
      const discrete = setting.latents.find(isDiscrete)
      if (!isDrawn && discrete !== undefined)
        throw new DomainError(
          `${own}: "${discrete}" is discrete, and a mean is none of its values: give a seed or a key`,
        )
      const codes = isDrawn
        ? withoutFirst(await drawn()(bound, 1, keyFrom(own, randomness as Randomness), setting.latents))
        : (await encode()(bound, {}, own)).mean
      return decode()({ ...inputsIn(setting, plate, bound), ...codes }, own)
    },
    sample: async (
      count: number,
      options: Randomness & { readonly given?: Readonly<Record<string, unknown>> },
    ) => {
      const own = `${who}: sample`
      checkWhole(own, 'count', count, 1)
      return sampled(applied, count, keyFrom(own, options), options.given ?? {}, own)
    },
    evaluate: async (examples: unknown, options: Randomness & { readonly draws?: number }) => {
      const own = `${who}: evaluate`
      const count = options.draws ?? 16
      checkWhole(own, 'draws', count, 2)
      const key = keyFrom(own, options)
      return evaluate()(examplesOf(applied, examples, own, foldIn(key, 0)), foldIn(key, 1), count)
    },
    estimateLogLikelihood: async (
      examples: unknown,
      options: Randomness & { readonly particles?: number },
    ) => {
      const own = `${who}: estimateLogLikelihood`
      const particles = options.particles ?? 100
      checkWhole(own, 'particles', particles, 1)
      const key = keyFrom(own, options)
      return likelihood()(examplesOf(applied, examples, own, foldIn(key, 0)), particles, foldIn(key, 1))
    },
    gaps: async (examples: unknown, options: Randomness & GapsOptions) => {
      const own = `${who}: gaps`
      const key = keyFrom(own, options)
      return gapsOf(applied, examplesOf(applied, examples, own, foldIn(key, 0)), foldIn(key, 1), options, own)
    },
    summary: () => summaryOf(setting.model.program.name, result),
  }
  return fit as unknown as AmortizedFit<Types>
}

/** Prior draws and what they predict. */
function sampled(
  { setting, plate, params, ...how }: Applied,
  count: number,
  key: Key,
  given: Readonly<Record<string, unknown>>,
  who: string,
): Readonly<Record<string, NdArray>> {
  const { program, values: all, sizes } = setting.model
  const sites = program.declarations.filter(({ kind }) => kind === 'latent' || kind === 'observed')
  const counts = new Map([...sizes, [plate, count]])
  const inputs = program.declarations.filter((site) => site.kind === 'input' && site.plates[0] === plate)
  const applied = { setting, plate, params, ...how }
  const own = Object.fromEntries(
    inputs.map((site) => [site.name, codeOf(applied, site, given[site.name], who)]),
  )
  const unequal = Object.entries(own).find(([, { shape }]) => shape[0] !== count)
  if (unequal)
    throw new ShapeError(`${who}: "${unequal[0]}" is of ${unequal[1].shape[0]} examples, expected ${count}`)
  const fixed = Object.fromEntries(
    program.declarations.flatMap(({ name, plates }) =>
      plates[0] !== plate && all[name] ? [[name, all[name]!]] : [],
    ),
  )
  const run = compile((words: never, theta: never, others: object) => {
    const drawn = draws(program, counts, words, { ...others, ...setting.theta.values(theta) } as never)
    return Object.fromEntries(sites.map(({ name }) => [name, drawn[name]!]))
  }, compileOptions(applied)) as unknown as (...of: readonly unknown[]) => unknown
  return takenOut(run(wordsOf(key), params.model, { ...fixed, ...own })) as Readonly<Record<string, NdArray>>
}

function inputsIn(
  { model }: Setting,
  plate: string,
  { values }: BoundExamples,
): Readonly<Record<string, unknown>> {
  const own = model.program.declarations.filter((site) => site.kind === 'input' && site.plates[0] === plate)
  return Object.fromEntries(own.map(({ name }) => [name, values[name]]))
}

function withoutFirst(draws: Readonly<Record<string, NdArray>>): Readonly<Record<string, NdArray>> {
  return Object.fromEntries(
    Object.entries(draws).map(([name, x]) => [name, new NdArray(x.data, x.shape.slice(1))]),
  )
}

function summaryOf(name: string, { bound, epochs, termination, warnings }: AmortizedResult): string {
  const at = 'step' in termination ? `${termination.kind} in step ${termination.step}` : termination.kind
  const head = `${name}: ${at} after ${epochs.length} epochs, elbo ${bound.elbo.toFixed(3)} ± ${bound.standardError.toFixed(3)} nats for each example`
  const rows = epochs.slice(-5).map(({ epoch, elbo, reconstruction, kl, evaluation }) => {
    const other = evaluation === undefined ? '' : `, evaluation ${evaluation.toFixed(3)}`
    return `epoch ${epoch}: elbo ${elbo.toFixed(3)} = ${reconstruction.toFixed(3)} − ${kl.toFixed(3)}${other}`
  })
  return [head, ...warnings, ...rows].join('\n')
}

/** A value that is made when it is first asked for. */
function once<Of>(make: () => Of): () => Of {
  let made: { readonly value: Of } | undefined
  return () => (made ??= { value: make() }).value
}
