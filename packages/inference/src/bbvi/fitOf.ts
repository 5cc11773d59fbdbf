import { compile } from '@variate/compile'
import { foldIn, type NdArray } from '@variate/core'
import { sizeOf, type TensorTree } from '@variate/core/internal'
import type { ModelTypes, NetworkNames, NetworkParams, ParamNames, Randomness } from '@variate/language'
import { psis, type Psis } from '../diagnostics/psis.ts'
import { summarize, type SummarizeOptions } from '../diagnostics/summarize.ts'
import { keyFrom } from '../keyFrom.ts'
import { checkWhole } from '../monteCarlo/checks.ts'
import { tailWarning } from '../monteCarlo/tailWarning.ts'
import { finalParams } from '../optimizers/optimizer.ts'
import type { Termination } from '../run/index.ts'
import { blame } from './blame.ts'
import type { Climb, ClimbOptions, ClimbParams, ClimbState } from './climbState.ts'
import { halves } from './localAscent.ts'
import { knownMoments } from './knownMoments.ts'
import { paramsOf } from './paramsOf.ts'
import { pointWarning } from './pointWarning.ts'
import type { Setting } from './problemOf.ts'
import { toBytes, type Ascent } from './saved.ts'
import { drawer, type VariationalPosterior } from './variationalPosterior.ts'

/** How far q can be relied upon: what `psis` tells of its draws, without their weights. */
export type VariationalDiagnostics = Omit<Psis, 'logWeights'>

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
  /** The rate of the optimiser, where it was searched for. */
  readonly rate?: number
  /** How it ended. A fit that has diverged is of the last good parameters; `warnings` say what to do. */
  readonly termination: Termination
  readonly diagnostics: VariationalDiagnostics
  /** What is to be feared, in sentences that name the site. */
  readonly warnings: readonly string[]
  /**
   * How it ended and a table: for each number of each latent its mean, standard deviation and quantiles.
   *
   * @param options which quantiles, and how many elements of a site are shown.
   */
  summary(options?: Pick<SummarizeOptions, 'probabilities' | 'maxElements'>): string
  /** The fit as bytes, without data: to be loaded, or gone on from. */
  toBytes(): Uint8Array
}

/** How many draws tell of a fit: so many, of models whose sites have few numbers. */
const DRAWS = 4000
const LEAST_DRAWS = 100
const NUMBERS = 2 ** 24

function drawsFor({ model }: Setting): number {
  const numbers = Object.values(model.specs).reduce((total, { shape }) => total + sizeOf(shape), 1)
  return Math.max(LEAST_DRAWS, Math.min(DRAWS, Math.floor(NUMBERS / numbers)))
}

/** What is to be done where an ascent fails. */
export const ADVICE =
  'take a smaller rate, more particles, or start elsewhere; the fit is of the last good parameters'

/** A fit, of an ascent as it has ended. */
export function fitOf<Types extends ModelTypes>(
  setting: Setting,
  how: Pick<ClimbOptions, 'optimizer' | 'localSteps' | 'taken'>,
  run: Omit<Ascent, 'termination'> & { readonly termination: Climb['termination'] | Termination },
  who: string,
): BbviFit<Types> {
  const { key, rate, state, history } = run
  const { model } = setting
  const params = reported(setting, how, run)
  const draw = drawer(setting, params, setting.latents)
  const looked = () => draw(foldIn(key, 2), drawsFor(setting))
  const { values, logWeights } = looked()
  const { mean: elbo, standardError } = meanOf(logWeights)
  const point = pointWarning(setting)
  const diagnostics = point === undefined ? diagnosticsOf(logWeights) : unreliable(point)
  const tail =
    diagnostics.effectiveSampleSize > 0
      ? tailWarning(model.program, values, logWeights, { kHat: diagnostics.kHat, origin: 'guide' })
      : diagnostics.advice
  const { termination, failure } = ended(setting, run)
  const warnings = [failure, tail].filter((warning) => warning !== undefined)
  return {
    params: paramsOf(setting, params) as BbviFit<Types>['params'],
    posterior: {
      ...knownMoments(setting, params, values),
      sample: async (count: number, options: Randomness) => {
        checkWhole(`${who}: posterior.sample`, 'count', count, 1)
        return draw(keyFrom(`${who}: posterior.sample`, options), count).values
      },
      weighted: async (count: number, options: Randomness) => {
        checkWhole(`${who}: posterior.weighted`, 'count', count, 1)
        const { values: draws, logWeights } = draw(keyFrom(`${who}: posterior.weighted`, options), count)
        return { draws, logWeights }
      },
    } as unknown as VariationalPosterior<Types>,
    elbo,
    standardError,
    history,
    ...(rate === undefined ? {} : { rate }),
    termination,
    diagnostics,
    warnings,
    summary: (options) => {
      const bound = `elbo ${elbo.toFixed(3)} ± ${standardError.toFixed(3)} nats, k̂ ${diagnostics.kHat.toFixed(2)}: ${diagnostics.reliability}`
      const lines = [`${model.program.name}: ${endingOf(termination, history.length)}, ${bound}`, ...warnings]
      if (setting.latents.length === 0) return lines.join('\n')
      return `${lines.join('\n')}\n\n${String(summarize(looked().values as never, options))}`
    },
    toBytes: () => toBytes(model.program.name, { key, rate, state, history, termination }),
  }
}

export function diagnosticsOf(logWeights: Float64Array): VariationalDiagnostics {
  const isNumber = !logWeights.some((x) => Number.isNaN(x) || x === Infinity)
  if (isNumber && logWeights.some((x) => x > -Infinity)) {
    const { logWeights: _, ...own } = psis(logWeights)
    return own
  }
  const what = isNumber ? '−∞ at all draws' : 'not a number at some draws'
  const advice = `log p(data, z) − log q(z) is ${what} of q: it tells nothing of the posterior`
  return unreliable(advice)
}

/** Of draws whose weights tell nothing. */
function unreliable(advice: string): VariationalDiagnostics {
  return { kHat: Infinity, effectiveSampleSize: 0, reliability: 'very bad', advice }
}

/** The parameters after the last step, or what the optimiser has in their place; of an ascent that has failed the last good ones. */
export function reported(
  { variational }: Setting,
  { optimizer, localSteps, taken }: Parameters<typeof fitOf>[1],
  { state, termination }: Pick<Ascent, 'state'> & { termination: { kind: string } },
): ClimbParams {
  const { params, optimizer: kept } = state
  if (!optimizer.final || termination.kind === 'diverged') return params
  const final = compile((own: TensorTree, of: TensorTree) => finalParams(optimizer, own, of) as never, {
    precision: 'float64',
  }) as unknown as (own: ClimbParams, of: ClimbState['optimizer']) => ClimbParams
  const { shared, local } = halves(variational, params, { localSteps, taken })
  const { model, guide } = final(shared, kept)
  return { model, guide: { ...guide, ...local } }
}

/** How an ascent ended, and what is to be said of one that has failed. */
function ended(
  setting: Setting,
  { termination }: Parameters<typeof fitOf>[2],
): { readonly termination: Termination; readonly failure?: string } {
  if (termination.kind !== 'diverged') return { termination: termination as Termination }
  if ('site' in termination)
    return {
      termination,
      failure: `diverged at "${termination.site}" in step ${termination.step}: ${ADVICE}`,
    }
  const { step, failure } = termination
  const { site, why } = failure
    ? blame(setting, failure)
    : { site: 'objective', why: `the objective has fallen far below what it was, by step ${step}` }
  return { termination: { kind: 'diverged', site, step }, failure: `${why}: ${ADVICE}` }
}

function meanOf(x: Float64Array): { readonly mean: number; readonly standardError: number } {
  const mean = x.reduce((a, b) => a + b, 0) / x.length
  const squares = x.reduce((sum, own) => sum + (own - mean) ** 2, 0)
  return { mean, standardError: Math.sqrt(squares / (x.length - 1) / x.length) }
}

/** How a fit ended, in words. */
function endingOf(termination: Termination, steps: number): string {
  switch (termination.kind) {
    case 'converged':
      return `converged after ${steps} steps`
    case 'limit':
      return `all ${steps} steps`
    case 'aborted':
      return `aborted after ${steps} steps`
    case 'diverged':
      return `diverged at "${termination.site}" in step ${termination.step}`
  }
}
