import {
  DomainError,
  foldIn,
  formatTable,
  key,
  NdArray,
  NumericalError,
  type Key,
  type MatrixLike,
} from '@variate/core'
import { observations, requireCount } from '../observations.ts'
import { dataMoments } from './dataMoments.ts'
import type { GaussianMixtureFit } from './mixtureFit.ts'
import { COVARIANCES, type Covariance } from './mixture.ts'
import { tryCandidate, type MixtureCandidate } from './mixtureCandidate.ts'
import type { MixtureFitOptions } from './options.ts'
import type { MixturePrior } from './prior.ts'

const WHO = 'selectMixture'

/** What a choice may be by. */
export type MixtureCriterion = 'bic' | 'aic' | 'icl'

const CRITERIA: readonly MixtureCriterion[] = ['bic', 'aic', 'icl']

export interface SelectMixtureOptions extends Pick<
  MixtureFitOptions,
  'restarts' | 'seed' | 'key' | 'tolerance' | 'maxIterations' | 'regularization' | 'weights' | 'signal'
> {
  /** Default 1 … 9, as far as there are observations. */
  components?: readonly number[] | undefined
  /** Default: all four. */
  covariance?: readonly Covariance[] | undefined
  prior?: MixturePrior | undefined
  /** What the choice is by; the smallest wins. Default `'bic'`. */
  criterion?: MixtureCriterion | undefined
  /** Called after every candidate. */
  onProgress?: ((progress: { done: number; total: number; candidate: MixtureCandidate }) => void) | undefined
}

export interface MixtureSelection {
  readonly best: GaussianMixtureFit
  readonly criterion: MixtureCriterion
  /** Every candidate, by components, then covariance. */
  readonly candidates: readonly MixtureCandidate[]
  /** The candidates as a table, the chosen one marked. */
  summary(): string
}

/**
 * Chooses the number of components and the covariance form by the Bayesian information criterion, as mclust
 * does: every candidate is fitted, degenerate fits are rejected (see `degeneracy`), the smallest BIC wins.
 *
 * @throws what `gaussianMixture(…).fit` throws for bad input; NumericalError if every fit is degenerate; the
 * signal's reason if it is aborted.
 *
 * @example
 * ```ts
 * import { oldFaithful } from '@variate/data'
 * import { selectMixture } from '@variate/models'
 *
 * const { best } = await selectMixture(oldFaithful(), { components: [2, 3], covariance: ['full', 'tied'] })
 * best.components // => 3
 * best.covariance // => 'tied'
 * ```
 */
export async function selectMixture(
  x: MatrixLike,
  options: SelectMixtureOptions = {},
): Promise<MixtureSelection> {
  const { criterion = 'bic', restarts = 10, tolerance = 1e-8, prior, onProgress, signal } = options
  if (!CRITERIA.includes(criterion)) {
    throw new DomainError(`${WHO}: criterion must be one of ${CRITERIA.join(', ')}, got ${String(criterion)}`)
  }
  const [components, covariance] = [checkedComponents(options.components), checkedForms(options.covariance)]
  const { dimension, ...data } = observations(WHO, Math.max(...(components ?? [1])), x, options.weights)
  const { variances } = dataMoments(data, dimension, 'diagonal')
  const checked = new NdArray(data.x, [data.rows, dimension])
  const counts = components ?? [1, 2, 3, 4, 5, 6, 7, 8, 9].filter((count) => count <= data.rows)

  const from = options.key ?? key(options.seed ?? 0)
  const pairs = counts.flatMap((count) => covariance.map((form) => ({ components: count, covariance: form })))
  const candidates: MixtureCandidate[] = []
  for (const pair of pairs) {
    signal?.throwIfAborted()
    const { maxIterations, regularization, weights } = options
    const runs = pair.components === 1 ? 1 : restarts
    const fitOptions = { maxIterations, regularization, weights, signal, tolerance, restarts: runs }
    candidates.push(
      await tryCandidate({ ...pair, prior }, checked, { ...fitOptions, key: keyOf(from, pair) }, variances),
    )
    onProgress?.({ done: candidates.length, total: pairs.length, candidate: candidates.at(-1)! })
  }
  signal?.throwIfAborted()
  return {
    best: bestOf(candidates, criterion),
    criterion,
    candidates,
    summary: () => summarize(candidates, criterion),
  }
}

function checkedComponents(components: readonly number[] | undefined): number[] | undefined {
  if (components === undefined) return undefined
  if (!Array.isArray(components) || components.length === 0) {
    throw new DomainError(
      `${WHO}: components must name at least one number, as in [1, 2, 3], got ${String(components)}`,
    )
  }
  for (const count of components as readonly number[]) requireCount(WHO, 'components', count)
  return [...new Set(components as readonly number[])]
}

function checkedForms(forms: readonly Covariance[] = COVARIANCES): Covariance[] {
  const known = Array.isArray(forms) && forms.length > 0 && forms.every((form) => COVARIANCES.includes(form))
  if (known) return [...new Set(forms)]
  throw new DomainError(
    `${WHO}: covariance must be a list of ${COVARIANCES.join(', ')}, got ${JSON.stringify(forms)}`,
  )
}

/** A candidate's key does not depend on which others are tried. */
function keyOf(from: Key, { components, covariance }: { components: number; covariance: Covariance }): Key {
  return foldIn(foldIn(from, components), COVARIANCES.indexOf(covariance))
}

function bestOf(candidates: readonly MixtureCandidate[], criterion: MixtureCriterion): GaussianMixtureFit {
  const fits = candidates.flatMap(({ fit }) => fit ?? [])
  if (fits.length === 0) {
    throw new NumericalError(
      `selectMixture: every fit is degenerate (${candidates[0]!.reason}): try fewer components, a regularization or a prior`,
    )
  }
  return fits.reduce((best, fit) => (fit[criterion] < best[criterion] ? fit : best))
}

function summarize(candidates: readonly MixtureCandidate[], criterion: MixtureCriterion): string {
  const best = bestOf(candidates, criterion)
  const rows = candidates.map(({ components, covariance, fit, rejected }) => [
    `${components} ${covariance}`,
    fit === null ? '–' : fit.logLikelihood.toFixed(3),
    fit === null ? '–' : String(fit.parameterCount),
    fit === null ? 'degenerate' : fit[criterion].toFixed(2),
    rejected === 0 ? '' : `${rejected} rejected`,
    fit === best ? '← chosen' : '',
  ])
  return formatTable(['mixture', 'log-likelihood', 'parameters', criterion.toUpperCase(), 'runs', ''], rows)
}
