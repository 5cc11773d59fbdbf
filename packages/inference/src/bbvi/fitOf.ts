import { compile } from '@variate/compile'
import { foldIn, type NdArray } from '@variate/core'
import type { ModelTypes, NetworkNames, NetworkParams, ParamNames, Randomness } from '@variate/language'
import { keyFrom } from '../keyFrom.ts'
import { checkWhole } from '../monteCarlo/checks.ts'
import { paretoShape } from '../monteCarlo/paretoShape.ts'
import { tailWarning } from '../monteCarlo/tailWarning.ts'
import { finalParams, type Optimizer } from '../optimizers/optimizer.ts'
import type { TensorTree } from '../optimizers/tensorTree.ts'
import type { Termination } from '../run/index.ts'
import { blame } from './blame.ts'
import type { Climb, ClimbParams, ClimbState } from './climb.ts'
import { knownMoments } from './knownMoments.ts'
import { paramsOf } from './paramsOf.ts'
import { pointWarning } from './pointWarning.ts'
import type { Setting } from './problemOf.ts'
import { toBytes, type Ascent } from './saved.ts'
import { drawer, type VariationalPosterior } from './variationalPosterior.ts'

export interface VariationalDiagnostics {
  /** The shape of the tail of log p(data, z) − log q(z): above 0.7 q is too thin where the posterior is; ∞ where q is a point. */
  readonly kHat: number
}

/** A fit by black-box variational inference. */
export interface BbviFit<Types extends ModelTypes> {
  /** The parameters of the model, those that were given as well. */
  readonly params: { readonly [Name in ParamNames<Types>]: NdArray<Float64Array> } & {
    readonly [Name in NetworkNames<Types>]: NetworkParams
  }
  /** What is known of the latents by q. */
  readonly posterior: VariationalPosterior<Types>
  /** The evidence lower bound at the end, in nats, by many draws. */
  readonly elbo: number
  readonly standardError: number
  /** The estimate of the objective in each step, in nats. */
  readonly history: Float64Array
  /** How it ended. A fit that has diverged is of the last good parameters; `warnings` say what to do. */
  readonly termination: Termination
  readonly diagnostics: VariationalDiagnostics
  /** What is to be feared, in sentences that name the site. */
  readonly warnings: readonly string[]
  /** The fit as bytes, without data: to be loaded, or gone on from. */
  toBytes(): Uint8Array
}

/** How many draws tell of a fit. */
const DRAWS = 4000

/** What is to be done where an ascent fails. */
const ADVICE =
  'take a smaller rate, more particles, or start elsewhere; the fit is of the last good parameters'

/** A fit, of an ascent as it has ended. */
export function fitOf<Types extends ModelTypes>(
  setting: Setting,
  optimizer: Optimizer,
  run: Omit<Ascent, 'termination'> & { readonly termination: Climb['termination'] | Termination },
  who: string,
): BbviFit<Types> {
  const { key, state, history } = run
  const { model } = setting
  const params = reported(optimizer, run)
  const draw = drawer(setting, params, setting.latents)
  const { values, logWeights } = draw(foldIn(key, 2), DRAWS)
  const { mean: elbo, standardError } = meanOf(logWeights)
  const point = pointWarning(setting)
  const kHat = point === undefined ? paretoShape(logWeights) : Infinity
  const tail = point ?? tailWarning(model.program, values, logWeights, { kHat, origin: 'guide' })
  const { termination, failure } = ended(setting, run)
  return {
    params: paramsOf(setting, params) as BbviFit<Types>['params'],
    posterior: {
      ...knownMoments(setting, params, values),
      sample: async (count: number, options: Randomness) => {
        checkWhole(`${who}: posterior.sample`, 'count', count, 1)
        return draw(keyFrom(`${who}: posterior.sample`, options), count).values
      },
    } as unknown as VariationalPosterior<Types>,
    elbo,
    standardError,
    history,
    termination,
    diagnostics: { kHat },
    warnings: [failure, tail].filter((warning) => warning !== undefined),
    toBytes: () => toBytes(model.program.name, { key, state, history, termination }),
  }
}

/** The parameters after the last step, or what the optimiser has in their place; of an ascent that has failed the last good ones. */
function reported(
  optimizer: Optimizer,
  { state, termination }: Pick<Ascent, 'state'> & { termination: { kind: string } },
): ClimbParams {
  const { params, optimizer: kept } = state
  if (!optimizer.final || termination.kind === 'diverged') return params
  const final = compile((own: TensorTree, of: TensorTree) => finalParams(optimizer, own, of) as never, {
    precision: 'float64',
  }) as unknown as (own: ClimbParams, of: ClimbState['optimizer']) => ClimbParams
  return final(params, kept)
}

/** How an ascent ended, and what is to be said of one that has failed. */
function ended(
  setting: Setting,
  { state, termination }: Parameters<typeof fitOf>[2],
): { readonly termination: Termination; readonly failure?: string } {
  if (termination.kind !== 'diverged') return { termination: termination as Termination }
  if ('site' in termination) return { termination, failure: `${termination.site}: ${ADVICE}` }
  const { step, failure } = termination
  const { site, why } = failure
    ? blame(setting, state, failure)
    : { site: 'objective', why: `the objective has fallen far below what it was, by step ${step}` }
  return { termination: { kind: 'diverged', site, step }, failure: `${why}: ${ADVICE}` }
}

function meanOf(x: Float64Array): { readonly mean: number; readonly standardError: number } {
  const mean = x.reduce((a, b) => a + b, 0) / x.length
  const squares = x.reduce((sum, own) => sum + (own - mean) ** 2, 0)
  return { mean, standardError: Math.sqrt(squares / (x.length - 1) / x.length) }
}
