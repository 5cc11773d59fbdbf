import { foldIn, key, type NdArray } from '@variate/core'
import { oldFaithful } from '@variate/data'
import { run, type Algorithm, type EmInfo, type RunState, type Termination } from '@variate/inference'
import {
  gaussianMixture,
  type Covariance,
  type GaussianMixture,
  type MixtureDensity,
  type MixtureState,
} from '@variate/models'

/** What a reader chooses. */
export interface Choice {
  readonly components: number
  readonly covariance: Covariance
  /** Which of the random starts. */
  readonly seed: number
}

/** A fit under way: what was chosen, where it stands, and how it ended if it did. */
export interface Demo {
  readonly choice: Choice
  readonly model: GaussianMixture
  readonly algorithm: Algorithm<MixtureState, EmInfo>
  readonly run: RunState<MixtureState, EmInfo>
  /** Log-likelihood of the start, nats. */
  readonly startLogLikelihood: number
  readonly ended?: Termination
}

export const COMPONENTS: readonly number[] = [1, 2, 3, 4, 5]
export const COVARIANCES: readonly Covariance[] = ['full', 'tied', 'diagonal', 'spherical']

/** Nats per observation: a run ends when a step gains no more. The page says so in words. */
const TOLERANCE = 1e-9
/** The slowest of these fits takes some hundred. */
const MAX_STEPS = 2000

export const data: NdArray<Float64Array> & { readonly columns: readonly string[] } = oldFaithful()

/** EM before its first step. It starts badly on purpose, at random points, so that there is something to see. */
export function begin(choice: Choice): Demo {
  const { components, covariance } = choice
  const model = gaussianMixture({ components, covariance })
  const algorithm = model.algorithm(data, { init: 'random' })
  const state = algorithm.init(keyOf(choice))
  return {
    choice,
    model,
    algorithm,
    run: { steps: 0, state, history: [] },
    startLogLikelihood: state.logLikelihood,
  }
}

/** One step, which a fit that has ended does not take. */
export function step(demo: Demo): Promise<Demo> {
  return advance(demo, { maxSteps: demo.run.steps + 1 })
}

/** On to convergence; `show` is told of every step and awaited. */
export function toConvergence(
  demo: Demo,
  options: { show: (demo: Demo) => Promise<void>; signal: AbortSignal },
): Promise<Demo> {
  return advance(demo, { ...options, maxSteps: MAX_STEPS })
}

/** The density at which a fit stands. */
export function densityOf({ model, run: { state } }: Demo): MixtureDensity {
  return model.density(state.parameters)
}

interface AdvanceOptions {
  readonly maxSteps: number
  readonly show?: (demo: Demo) => Promise<void>
  readonly signal?: AbortSignal
}

async function advance(demo: Demo, { maxSteps, show, signal }: AdvanceOptions): Promise<Demo> {
  const { ended: _, ...before } = demo
  const { termination, ...result } = await run(demo.algorithm, {
    key: foldIn(keyOf(demo.choice), 1),
    maxSteps,
    converged: ({ gain }) => gain <= TOLERANCE,
    diverged: ({ breakdown }) => breakdown,
    from: demo.run,
    ...(show && { onProgress: (at: RunState<MixtureState, EmInfo>) => show({ ...before, run: at }) }),
    ...(signal && { signal }),
  })
  const isOver = termination.kind !== 'aborted' && !(termination.kind === 'limit' && maxSteps < MAX_STEPS)
  return { ...before, run: result, ...(isOver && { ended: termination }) }
}

function keyOf({ seed }: Choice): ReturnType<typeof key> {
  return key(seed)
}
