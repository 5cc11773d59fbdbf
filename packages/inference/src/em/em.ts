import { DomainError, key as keyOf, NdArray, type Key } from '@variate/core'
import { shown } from '@variate/core/internal'
import type { Distribution } from '@variate/distributions'
import type {
  LatentNames,
  Model,
  ModelTypes,
  NetworkNames,
  NetworkParams,
  ParamNames,
  ValuesOf,
} from '@variate/language'
import { bind, entryOf, type Bound } from '@variate/language/internal'
import { posteriorOf, type ExactPosterior } from '../exact/exactPosterior.ts'
import { runRestarts, type EmInfo, type RestartOutcome, type Termination } from '../run/index.ts'
import { declaredModel } from './declaredModel.ts'
import type { Parameters } from './parameters.ts'

/** For each parameter that is fitted its distribution before data are seen, of one element of the plates around. */
export type PriorsOf<Types> = { readonly [Name in ParamNames<Types>]?: Distribution }

export interface EmOptions<Types> {
  /** Makes it maximum a posteriori, in the parameters as they are declared. */
  readonly priors?: PriorsOf<Types>
  /** The most numbers that a product may have in the E-step; 2²⁴ if not given. */
  readonly limit?: number
}

/** What a fit tells while it runs. */
export interface EmProgress extends EmInfo {
  /** The run under way, from 0. */
  readonly restart: number
  readonly restarts: number
  /** EM steps done in this run, and at most to be done. */
  readonly iteration: number
  readonly maxIterations: number
}

export interface EmFitOptions {
  /** Runs from different starts, of which the one with the highest objective is kept. Default 1. */
  readonly restarts?: number
  /** Default 0. */
  readonly seed?: number
  /** Instead of a seed. */
  readonly key?: Key
  /** The rise of the objective, in nats per observation, at which a run has converged. Default 1e-6. */
  readonly tolerance?: number
  /** Default 1000. */
  readonly maxIterations?: number
  /** Called after every EM step, and awaited where it returns a promise. */
  readonly onProgress?: (progress: EmProgress) => unknown
  /** Ends the fit after the step under way. */
  readonly signal?: AbortSignal
}

/** A fit by expectation maximisation. */
export interface EmFit<Types> {
  /** The parameters, those that were given as well, of their own shapes, an axis for each plate first; of networks nested. */
  readonly params: { readonly [Name in ParamNames<Types>]: NdArray<Float64Array> } & {
    readonly [Name in NetworkNames<Types>]: NetworkParams
  }
  /** log p(data | parameters), in nats. */
  readonly logLikelihood: number
  /** log p(parameters), in nats; 0 without priors. */
  readonly logPrior: number
  /** What is known of the latents, given the parameters: exactly. */
  readonly posterior: ExactPosterior<Types>
  /** What each step of the run that was kept told. */
  readonly history: readonly EmInfo[]
  readonly iterations: number
  readonly termination: Termination
  /** How each run ended; its score is log-likelihood + log-prior. */
  readonly restarts: readonly RestartOutcome[]
  /** For each parameter how it is maximised, or that it was given. */
  readonly maximization: { readonly [Name in ParamNames<Types> | NetworkNames<Types>]: string }
}

type Fitted<Types> = ParamNames<Types> | NetworkNames<Types>

/** Observations and inputs; parameters that are given are known, and not fitted. */
export type EmData<Types> = Omit<ValuesOf<Types>, LatentNames<Types> | Fitted<Types>> &
  Partial<Pick<ValuesOf<Types>, Fitted<Types> & keyof ValuesOf<Types>>>

export interface Em<Types> {
  /**
   * Finds the parameters that make data most likely; with priors, that are most probable.
   *
   * @throws DomainError and ShapeError for data and options that do not fit; UnsupportedError where the E-step is not exact, for
   *   latents that can neither be summed over nor integrated.
   */
  fit(data: EmData<Types>, options?: EmFitOptions): Promise<EmFit<Types>>
}

/**
 * Expectation maximisation of a declared model: the E-step sums over discrete latents and integrates continuous ones exactly,
 * as `enumeration` does; the M-step is in closed form where the distribution of a site has weighted maximum likelihood and its
 * arguments are parameters, parameters gathered by latents or inputs, or affine in parameters, and ascends by gradients where
 * it has not. The objective never falls, which is checked at each step.
 *
 * @param model a model with parameters.
 * @see Dempster, Laird and Rubin (1977); Meng and Rubin, “Maximum likelihood estimation via the ECM algorithm” (1993).
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { gather } from '@variate/core/ops'
 * import { categorical, poisson } from '@variate/distributions'
 * import { em } from '@variate/inference'
 * import { model, positive, simplex } from '@variate/language'
 *
 * const mixture = model('poisson mixture')
 *   .param('weights', simplex(2))
 *   .plate('component', 2, (k) => k.param('rate', positive()))
 *   .plate('count', 'n', (i) =>
 *     i
 *       .latent('c', ({ weights }) => categorical({ probs: weights }))
 *       .observed('x', ({ rate, c }) => poisson(gather(rate, c))),
 *   )
 * const fit = await em(mixture).fit({ x: [1, 0, 2, 11, 9, 1, 13, 0] }, { seed: 0, restarts: 5 })
 * fit.logLikelihood // => -17.599
 * Math.max(...fit.params.rate.data) // => 10.985
 * fit.maximization.rate // => 'weighted maximum likelihood of the poisson distribution of "x"'
 * ```
 */
export function em<Types extends ModelTypes, Plates extends string>(
  model: Model<Types, Plates>,
  { priors = {}, limit = 2 ** 24 }: EmOptions<Types> = {},
): Em<Types> {
  const { program } = model
  return {
    fit: async (data, options = {}) => {
      const who = `model "${program.name}": em`
      const { restarts = 1, tolerance = 1e-6, maxIterations = 1000, onProgress, signal } = options
      checkCount(who, 'restarts', restarts)
      checkCount(who, 'maxIterations', maxIterations)
      if (!(tolerance >= 0)) throw new DomainError(`${who}: tolerance must be ≥ 0, got ${shown(tolerance)}`)
      const bound = bind(program, data as Readonly<Record<string, unknown>>, {
        who,
        needed: ({ kind }) => kind === 'observed' || kind === 'input',
      })
      const { algorithm, resultAt, exact, maximization } = declaredModel(bound, priors as never, limit, who)
      const { best, outcomes } = await runRestarts(() => algorithm, {
        key: options.key ?? keyOf(options.seed ?? 0),
        restarts,
        maxSteps: maxIterations,
        converged: ({ gain }) => gain <= tolerance,
        diverged: ({ breakdown }) => breakdown,
        score: ({ logLikelihood, logPrior }) => logLikelihood + logPrior,
        onProgress: (state, info) =>
          onProgress?.({
            ...info,
            restart: state.outcomes.length,
            restarts,
            iteration: state.current?.steps ?? 0,
            maxIterations,
          }),
        signal,
      })
      const { parameters, logLikelihood, logPrior } = best.state
      return {
        params: { ...given(bound), ...asDeclared(parameters) } as unknown as EmFit<Types>['params'],
        logLikelihood,
        logPrior,
        posterior: posteriorOf(exact, resultAt(parameters)) as unknown as ExactPosterior<Types>,
        history: best.history,
        iterations: best.steps,
        termination: best.termination,
        restarts: outcomes,
        maximization: {
          ...Object.fromEntries(Object.keys(given(bound)).map((name) => [name, 'given'])),
          ...maximization(),
        } as EmFit<Types>['maximization'],
      }
    },
  }
}

/** The parameters that are known. */
function given({ program, values }: Bound): Parameters {
  const known = program.declarations.filter(
    ({ kind, name }) => (kind === 'param' || kind === 'network') && entryOf(values, name) !== undefined,
  )
  return Object.fromEntries(known.map(({ name }) => [name, values[name]!]))
}

/** Parameters of networks are kept in the precision that networks have. */
function asDeclared(parameters: Parameters): Parameters {
  const single = (item: unknown): unknown => {
    if (item instanceof NdArray) return new NdArray(Float32Array.from(item.data), item.shape)
    if (Array.isArray(item)) return item.map(single)
    return Object.fromEntries(Object.entries(item as object).map(([name, own]) => [name, single(own)]))
  }
  return Object.fromEntries(
    Object.entries(parameters).map(([name, item]) => [
      name,
      item instanceof NdArray ? item : (single(item) as NetworkParams),
    ]),
  )
}

function checkCount(who: string, name: string, count: number): void {
  if (Number.isInteger(count) && count >= 1) return
  throw new DomainError(`${who}: ${name} must be a whole number ≥ 1, got ${shown(count)}`)
}
