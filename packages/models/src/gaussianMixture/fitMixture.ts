import { DomainError, FormatError, key, NdArray, type MatrixLike } from '@variate/core'
import {
  decodeCheckpoint,
  encodeCheckpoint,
  runRestarts,
  type EmInfo,
  type RestartsResult,
  type RestartsState,
} from '@variate/inference/run'
import { canonicalOrder, reorder } from '../canonicalOrder.ts'
import { requireCount, requireNonNegative } from '../observations.ts'
import { expectation } from './expectation.ts'
import { logCertainty } from './evaluate.ts'
import { criteria } from './fitRecord.ts'
import { mixtureFit, type GaussianMixtureFit } from './mixtureFit.ts'
import type { Mixture } from './mixture.ts'
import type { MixtureFitOptions, MixtureSpecification } from './options.ts'
import { prepare, type MixtureState, type Prepared } from './prepare.ts'

type Restarts = RestartsState<MixtureState, EmInfo>

const WHO = 'gaussianMixture.fit'
const KIND = 'gaussianMixture.fit'

/** What a caller may ask beyond the public options: which results are sound. */
export interface Soundness {
  /** The reason why a result is degenerate, if it is. */
  readonly reject?: (mixture: Mixture, counts: Float64Array) => string | undefined
}

export async function fitMixture(
  model: MixtureSpecification,
  x: MatrixLike,
  options: MixtureFitOptions,
  { reject }: Soundness = {},
): Promise<GaussianMixtureFit> {
  const {
    restarts = 1,
    tolerance = 1e-6,
    maxIterations = 1000,
    convergence = 'logLikelihood',
    signal,
  } = options
  requireCount(WHO, 'restarts', restarts)
  requireCount(WHO, 'maxIterations', maxIterations)
  requireNonNegative(WHO, 'tolerance', tolerance)
  if (convergence !== 'logLikelihood' && convergence !== 'parameters') {
    throw new DomainError(
      `${WHO}: convergence must be 'logLikelihood' or 'parameters', got ${String(convergence)}`,
    )
  }
  if (options.onAbort !== undefined && options.onAbort !== 'return' && options.onAbort !== 'throw') {
    throw new DomainError(`${WHO}: onAbort must be 'return' or 'throw', got ${String(options.onAbort)}`)
  }
  const prepared = prepare(model, x, options)
  const runs = prepared.deterministic ? 1 : restarts

  const result = await runRestarts(prepared.algorithmOf, {
    key: options.key ?? key(options.seed ?? 0),
    restarts: runs,
    maxSteps: maxIterations,
    converged: ({ gain, distance }) => (convergence === 'parameters' ? distance : gain) <= tolerance,
    diverged: ({ breakdown }) => breakdown,
    score: ({ logLikelihood, logPrior }) => logLikelihood + logPrior,
    reject: reject && (({ parameters, statistics }) => reject(parameters, statistics.counts)),
    onProgress: reporter(options, prepared, runs, maxIterations),
    signal,
    onAbort: options.onAbort,
    from: options.resume && resumeFrom(options.resume, prepared),
  })
  return conclude(prepared, result)
}

/** Tells of every step, and stores a checkpoint now and then. */
function reporter(
  { onProgress, checkpoint }: MixtureFitOptions,
  { settings }: Prepared,
  restarts: number,
  maxIterations: number,
): (state: Restarts, info: EmInfo) => Promise<void> | undefined {
  const every = checkpoint?.every ?? 10
  requireCount(WHO, 'checkpoint.every', every)
  let steps = 0
  if (!onProgress && !checkpoint) return () => undefined
  return async (state, info) => {
    const iteration = state.current?.steps ?? 0
    await onProgress?.({ ...info, restart: state.outcomes.length, restarts, iteration, maxIterations })
    if (checkpoint && ++steps % every === 0)
      await checkpoint.save(encodeCheckpoint(KIND, { settings, state }))
  }
}

/** @throws FormatError unless the checkpoint is of a fit of the same model to the same data with the same options. */
function resumeFrom(bytes: Uint8Array, { data, shape, kernel, settings }: Prepared): Restarts {
  const saved = decodeCheckpoint(KIND, bytes) as { settings: Record<string, string>; state: Restarts }
  const { current, best } = saved.state
  for (const { state } of [current, best].flatMap((run) => run ?? [])) {
    const { covariance, components, dimension } = state.parameters
    const matches =
      covariance === shape.covariance &&
      components === shape.components &&
      dimension === shape.dimension &&
      // Kernels give the same number to rounding for the same data, and hardly ever for others.
      isClose(expectation(data, state.parameters, kernel).logLikelihood, state.logLikelihood)
    if (!matches) throw new FormatError(`${WHO}: the checkpoint is of another model or of other data`)
  }
  for (const [name, value] of Object.entries(settings)) {
    if (saved.settings[name] !== value) {
      throw new FormatError(
        `${WHO}: the checkpoint was made with ${name} ${saved.settings[name]}, not ${value}`,
      )
    }
  }
  return saved.state
}

function isClose(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-9 * Math.abs(b)
}

/** The best run as a fit, its components in canonical order unless labels have given them their numbers. */
function conclude(
  { data, kernel }: Prepared,
  { best, outcomes }: RestartsResult<MixtureState, EmInfo>,
): GaussianMixtureFit {
  const { parameters, statistics, logLikelihood, logPrior, weight } = best.state
  const identity = Array.from(parameters.weights.keys())
  const order = data.labels === undefined ? canonicalOrder(parameters.means, parameters.dimension) : identity
  const mixture = inOrder(parameters, order)
  return mixtureFit(mixture, {
    logLikelihood,
    logPrior,
    observations: weight,
    counts: new NdArray(reorder(statistics.counts, order), [mixture.components]),
    ...criteria(mixture, logLikelihood, logCertainty(mixture, data, kernel), weight),
    iterations: best.steps,
    history: best.history,
    termination: best.termination,
    restarts: outcomes,
  })
}

function inOrder(mixture: Mixture, order: readonly number[]): Mixture {
  const shared = mixture.covariance === 'tied'
  return {
    ...mixture,
    weights: reorder(mixture.weights, order),
    means: reorder(mixture.means, order),
    covariances: shared ? mixture.covariances : reorder(mixture.covariances, order),
    whitening: shared ? mixture.whitening : reorder(mixture.whitening, order),
    logNormalizers: reorder(mixture.logNormalizers, order),
  }
}
