import { foldIn, key as keyOf, NdArray } from '@variate/core'
import type { Family } from '@variate/families'
import type { AnyModel } from '@variate/language'
import { requireCount } from '../observations.ts'
import { requireKnown } from './checkOptions.ts'
import type { Design } from './design.ts'
import { knownByDraws, type Draws } from './known.ts'
import { laplace, predictor, type RegressionData } from './laplace.ts'
import type { PriorScales, RegressionFitOptions, RegressionOptions } from './options.ts'
import type { Result } from './regressionFit.ts'
import type { Response } from './response.ts'

/** How many draws tell of a posterior: a mean is off by a hundredth of a standard deviation. */
const DRAWS = 10_000
const STEPS = 2000
/** Of the first step, in standard deviations of the posterior, about. */
const RATE = 0.01
/** For families of one's own, in the units of the weights. */
const OWN_RATE = 0.05
const PARTICLES = 8
/** Turns between the weights' mode and the noise that is likely there, to begin with. */
const TURNS = 20

const FIT_OPTIONS = ['seed', 'key', 'steps', 'batch', 'onProgress', 'signal']

/** A regression whose data are checked. */
export interface Problem {
  readonly who: string
  readonly response: Response
  readonly model: AnyModel
  readonly options: RegressionOptions
  readonly scales: PriorScales
  readonly design: Design
  readonly y: Float64Array
  readonly exposure: Float64Array
  /** Whether there is noise that is unknown. */
  readonly hasNoise: boolean
  /** What else the model is given. */
  readonly given?: Readonly<Record<string, unknown>>
}

/** The data as Newton's method takes them. */
export function regressionData(
  { x, rows, columns }: Design,
  y: Float64Array,
  exposure: Float64Array,
  { scale, intercept }: PriorScales,
  hasIntercept: boolean,
): RegressionData {
  const size = columns + (hasIntercept ? 1 : 0)
  const precision = Float64Array.from({ length: size }, (_, at) => (at < columns ? scale : intercept) ** -2)
  return { x, y, exposure, rows, columns, size, precision }
}

/** @throws DomainError for options out of range. */
export function checkFitOptions(
  who: string,
  options: RegressionFitOptions,
  rows: number,
  more: readonly string[] = [],
): void {
  requireKnown(who, options, [...FIT_OPTIONS, ...more])
  const { steps = STEPS, batch = rows } = options
  requireCount(who, 'steps', steps)
  requireCount(who, 'batch', Math.min(batch, rows))
}

/** Black-box variational inference of a declared regression, from where Newton's method finds the posterior. */
export async function fitRegression(problem: Problem, options: RegressionFitOptions): Promise<Result> {
  const { who, response, model, scales, design, y, exposure, hasNoise } = problem
  const { intercept: hasIntercept = true, family = 'fullRank' } = problem.options
  const { steps = STEPS, batch, seed = 0, key = keyOf(seed), onProgress, signal } = options
  const [{ adam, bbvi, schedules, summarize }, { stickingTheLanding }, { whitened }] = await Promise.all([
    import('@variate/inference'),
    import('@variate/estimators'),
    import('./whitened.ts'),
  ])
  const data = regressionData(design, y, exposure, scales, hasIntercept)
  const near = whereabouts(who, response, data, hasNoise)
  const own: Family =
    typeof family === 'string' ? whitened({ ...near, columns: design.columns }, family) : family
  const declared = hasIntercept ? model : (model as Intervenable).intervene({ intercept: 0 })
  const taken = batch !== undefined && batch < design.rows ? { observation: batch } : {}
  const algorithm = bbvi(declared as never, {
    family: own as never,
    estimator: stickingTheLanding({ particles: PARTICLES }) as never,
    optimizer: adam({
      rate: schedules.cosineDecay({ start: typeof family === 'string' ? RATE : OWN_RATE, steps }),
    }),
    steps,
    batch: taken,
    convergence: false,
  })
  const fit = await algorithm.fit(
    { x: new NdArray(design.x, [design.rows, design.columns]), y, ...problem.given } as never,
    { key, ...(onProgress ? { onProgress } : {}), ...(signal ? { signal } : {}) } as never,
  )
  const draw = async (from: typeof key, count: number): Promise<Draws> =>
    joined((await fit.posterior.sample(count, { key: from })) as never, count, design.columns, hasIntercept)
  const draws = await draw(foldIn(key, 3), DRAWS)
  const { elbo, history, termination, diagnostics, warnings } = fit
  return {
    design,
    hasIntercept,
    known: knownByDraws(draws, data.size, draw),
    draws,
    summarize: summarize as never,
    record: { elbo, history, termination, diagnostics: { kHat: diagnostics.kHat }, warnings },
  }
}

interface Intervenable {
  intervene(values: Readonly<Record<string, number>>): AnyModel
}

/** Where the posterior is: at the mode of the weights, given noise of the size of what they leave. */
function whereabouts(who: string, response: Response, data: RegressionData, hasNoise: boolean) {
  const { rows, y } = data
  const sizeOf = (values: Float64Array<ArrayBufferLike>): number =>
    Math.sqrt(values.reduce((sum, x) => sum + x * x, 0) / rows)
  if (!hasNoise) return laplace(who, response, data, 1)
  // Never 0, where a perfect fit would lead.
  const least = 1e-8 * (sizeOf(y) || 1)
  let noise = Math.max(sizeOf(y), least)
  let found = laplace(who, response, data, noise)
  for (let turn = 0; turn < TURNS; turn++) {
    noise = Math.max(sizeOf(y.map((value, at) => value - predictor(data, found.mode, at))), least)
    found = laplace(who, response, data, noise, found.mode)
  }
  return { ...found, noise: { log: Math.log(noise), deviation: 1 / Math.sqrt(2 * rows) } }
}

/** Draws of the sites as rows of weights. */
function joined(
  draws: Readonly<Record<string, { readonly data: Float64Array }>>,
  count: number,
  columns: number,
  hasIntercept: boolean,
): Draws {
  const size = columns + (hasIntercept ? 1 : 0)
  const weights = new Float64Array(count * size)
  for (let s = 0; s < count; s++) {
    weights.set(draws['coefficients']!.data.subarray(s * columns, (s + 1) * columns), s * size)
    if (hasIntercept) weights[s * size + columns] = draws['intercept']!.data[s]!
  }
  return { weights, noise: draws['noise']?.data }
}
