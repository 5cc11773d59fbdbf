import type { Engine } from '@variate/compile'
import { DomainError, foldIn, type NdArray } from '@variate/core'
import { shown } from '@variate/core/internal'
import type { Draws, Estimator } from '@variate/estimators'
import { reparameterization } from '@variate/estimators'
import { meanField, type Family, type FamilyKinds } from '@variate/families'
import type {
  Model,
  ModelTypes,
  NetworkNames,
  NetworkParams,
  ParamNames,
  Randomness,
} from '@variate/language'
import { bind } from '@variate/language/internal'
import type { EmData } from '../em/em.ts'
import { keyFrom } from '../keyFrom.ts'
import { paretoShape } from '../monteCarlo/paretoShape.ts'
import { adam } from '../optimizers/adam.ts'
import type { Optimizer } from '../optimizers/optimizer.ts'
import type { Termination } from '../run/index.ts'
import { climb, startOf, type ClimbOptions } from './climb.ts'
import type { Taken } from './compatible.ts'
import { modelParameters } from './modelParameters.ts'
import type { Setting } from './problemOf.ts'
import { momentsOf } from './momentsOf.ts'
import { drawer, type VariationalPosterior } from './variationalPosterior.ts'

export interface BbviOptions<Types, Kinds extends FamilyKinds, Needs extends Draws> {
  /** The distributions that q is one of; `meanField()`, if not given. */
  readonly family?: Family<Kinds>
  /** How the gradient is estimated; `reparameterization()`, if not given. */
  readonly estimator?: Estimator<Needs> & Taken<Types, Kinds, Needs>
  /** `adam({ rate: 0.01 })`, if not given. */
  readonly optimizer?: Optimizer
  /** How many steps there are at most; 10,000, if not given. */
  readonly steps?: number
  /** What real numbers are computed in: float64, if not given, and float32 with networks. */
  readonly precision?: 'float32' | 'float64'
  readonly engine?: Engine
  /** Whether results are the same bits on every machine. */
  readonly reproducible?: boolean
}

export interface BbviProgress {
  /** How many steps are done, of how many. */
  readonly step: number
  readonly steps: number
  /** The last estimate of the objective, in nats. */
  readonly objective: number
}

export type BbviFitOptions = Randomness & {
  /** Called some sixty times a second, and awaited where it returns a promise. */
  readonly onProgress?: (progress: BbviProgress) => unknown
  /** Ends the fit after the steps that are under way. */
  readonly signal?: AbortSignal
}

export interface VariationalDiagnostics {
  /** The shape of the tail of log p(data, z) − log q(z): above 0.7 q is too thin where the posterior is. */
  readonly kHat: number
}

/** A fit by black-box variational inference. */
export interface BbviFit<Types> {
  /** The parameters of the model, those that were given as well. */
  readonly params: { readonly [Name in ParamNames<Types>]: NdArray<Float64Array> } & {
    readonly [Name in NetworkNames<Types>]: NetworkParams
  }
  readonly posterior: VariationalPosterior<Types>
  /** The evidence lower bound at the end, in nats, by many draws. */
  readonly elbo: number
  readonly standardError: number
  /** The estimate of the objective in each step, in nats. */
  readonly history: Float64Array
  readonly termination: Termination
  readonly diagnostics: VariationalDiagnostics
}

export interface Bbvi<Types> {
  /**
   * Fits q, and parameters of the model that are not given.
   *
   * @param data observations and inputs; parameters and networks that are given are known.
   * @param options where random numbers come from, and who is told of progress.
   * @throws DomainError and ShapeError for data that do not fit, and options out of range; UnsupportedError for a family or an
   *   estimator that cannot take a latent, which is named.
   */
  fit(data: EmData<Types>, options: BbviFitOptions): Promise<BbviFit<Types>>
}

/** How many draws tell of a fit. */
const DRAWS = 4000

/**
 * Black-box variational inference: of a family of distributions q(z; λ) the one that is nearest to the posterior, and parameters of
 * the model under which the data are likely, by stochastic ascent of the evidence lower bound E_q[log p(data, z) − log q(z)].
 *
 * @param model any declared model.
 * @throws DomainError for options out of range.
 * @see Ranganath, Gerrish and Blei, Black Box Variational Inference (AISTATS 2014).
 */
export function bbvi<
  Types extends ModelTypes,
  Plates extends string,
  const Kinds extends FamilyKinds = { readonly continuous: 'reparameterized'; readonly discrete: true },
  const Needs extends Draws = 'reparameterized',
>(model: Model<Types, Plates>, options: BbviOptions<Types, Kinds, Needs> = {}): Bbvi<Types> {
  const { program } = model
  const who = `model "${program.name}": bbvi`
  const { steps = 10_000, optimizer = adam({ rate: 0.01 }), engine, reproducible = false } = options
  const family = (options.family ?? meanField()) as Family
  const estimator = (options.estimator ?? reparameterization()) as Estimator
  checkSteps(who, steps)
  const hasNetworks = program.declarations.some(({ kind }) => kind === 'network')
  const precision = options.precision ?? (hasNetworks ? 'float32' : 'float64')
  return {
    fit: async (data, fitOptions) => {
      const key = keyFrom(who, fitOptions)
      const bound = bind(program, data as Readonly<Record<string, unknown>>, {
        who,
        needed: ({ kind }) => kind === 'observed' || kind === 'input',
      })
      const setting: Setting = {
        model: bound,
        theta: modelParameters(bound),
        variational: family.of(bound, who),
      }
      const { onProgress, signal } = fitOptions
      const how: ClimbOptions = {
        estimator,
        optimizer,
        steps,
        precision,
        engine,
        reproducible,
        onProgress,
        signal,
      }
      const start = startOf(setting, how, foldIn(key, 0), who)
      const { state, history, termination } = await climb(setting, start, how, foldIn(key, 1))
      const names = bound.program.declarations.flatMap(({ kind, name }) => (kind === 'latent' ? [name] : []))
      const draw = drawer(setting, state, names)
      const { values, logWeights } = draw(foldIn(key, 2), DRAWS)
      const { mean: elbo, standardError } = meanOf(logWeights)
      return {
        params: {} as never,
        posterior: {
          ...momentsOf(values),
          sample: async (count: number, of: Randomness) =>
            draw(keyFrom(`${who}: posterior.sample`, of), count).values,
        } as unknown as VariationalPosterior<Types>,
        elbo,
        standardError,
        history,
        termination: termination as Termination,
        diagnostics: { kHat: paretoShape(logWeights) },
      }
    },
  }
}

function meanOf(x: Float64Array): { readonly mean: number; readonly standardError: number } {
  const mean = x.reduce((a, b) => a + b, 0) / x.length
  const squares = x.reduce((sum, own) => sum + (own - mean) ** 2, 0)
  return { mean, standardError: Math.sqrt(squares / (x.length - 1) / x.length) }
}

function checkSteps(who: string, steps: number): void {
  if (Number.isInteger(steps) && steps >= 1) return
  throw new DomainError(`${who}: steps must be a whole number ≥ 1, got ${shown(steps)}`)
}
