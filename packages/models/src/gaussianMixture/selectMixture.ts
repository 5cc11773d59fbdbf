import {
  DomainError,
  foldIn,
  formatTable,
  key,
  NumericalError,
  type Key,
  type MatrixLike,
} from '@variate/core'
import { observations, requireCount } from '../observations.ts'
import { dataMoments } from './dataMoments.ts'
import { degeneracy } from './degeneracy.ts'
import { fitMixture } from './fitMixture.ts'
import type { GaussianMixtureFit } from './mixtureFit.ts'
import { COVARIANCES, type Covariance } from './mixture.ts'
import type { MixtureFitOptions } from './options.ts'
import type { MixturePrior } from './prior.ts'

export interface SelectMixtureOptions extends Pick<
  MixtureFitOptions,
  'restarts' | 'seed' | 'key' | 'tolerance' | 'maxIterations' | 'regularization' | 'weights' | 'signal'
> {
  /** Default 1 … 9. */
  components?: readonly number[]
  /** Default: all four. */
  covariance?: readonly Covariance[]
  prior?: MixturePrior
  /** What the choice is by; the smallest wins. Default `'bic'`. */
  criterion?: 'bic' | 'aic' | 'icl'
  /** Called after every candidate. */
  onProgress?: (progress: { done: number; total: number; candidate: MixtureCandidate }) => void
}

/** One number of components with one covariance form. */
export interface MixtureCandidate {
  readonly components: number
  readonly covariance: Covariance
  /** The best fit that is not degenerate; null where every run ended in a degenerate one. */
  readonly fit: GaussianMixtureFit | null
  /** Runs whose result was degenerate or broke down, and why the last one was. */
  readonly rejected: number
  readonly reason?: string
}

export interface MixtureSelection {
  readonly best: GaussianMixtureFit
  readonly criterion: 'bic' | 'aic' | 'icl'
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
  const {
    components = [1, 2, 3, 4, 5, 6, 7, 8, 9],
    covariance = COVARIANCES,
    criterion = 'bic',
    prior,
    onProgress,
  } = options
  const { restarts = 10, tolerance = 1e-8, seed = 0, weights } = options
  if (components.length === 0 || covariance.length === 0) {
    throw new DomainError('selectMixture: components and covariance must each name at least one candidate')
  }
  for (const count of components) requireCount('selectMixture', 'components', count)
  const { dimension, ...data } = observations('selectMixture', Math.max(...components), x, weights)
  const { variances } = dataMoments(data, dimension, 'diagonal')

  const from = options.key ?? key(seed)
  const pairs = components.flatMap((count) =>
    covariance.map((form) => ({ components: count, covariance: form })),
  )
  const candidates: MixtureCandidate[] = []
  for (const pair of pairs) {
    options.signal?.throwIfAborted()
    const fitOptions = { ...fitOptionsOf(options), restarts: pair.components === 1 ? 1 : restarts, tolerance }
    const fit = await fitMixture(
      { ...pair, ...(prior && { prior }) },
      x,
      { ...fitOptions, key: keyOf(from, pair) },
      {
        reject: (mixture, counts) => degeneracy(mixture, counts, variances),
      },
    )
    candidates.push(judge(pair, fit))
    onProgress?.({ done: candidates.length, total: pairs.length, candidate: candidates.at(-1)! })
  }
  options.signal?.throwIfAborted()
  return {
    best: bestOf(candidates, criterion),
    criterion,
    candidates,
    summary: () => summarize(candidates, criterion),
  }
}

function fitOptionsOf({
  maxIterations,
  regularization,
  weights,
  signal,
}: SelectMixtureOptions): MixtureFitOptions {
  return {
    ...(maxIterations !== undefined && { maxIterations }),
    ...(regularization !== undefined && { regularization }),
    ...(weights !== undefined && { weights }),
    ...(signal !== undefined && { signal }),
  }
}

/** A candidate's key does not depend on which others are tried. */
function keyOf(from: Key, { components, covariance }: { components: number; covariance: Covariance }): Key {
  return foldIn(foldIn(from, components), COVARIANCES.indexOf(covariance))
}

function judge(
  pair: { components: number; covariance: Covariance },
  fit: GaussianMixtureFit,
): MixtureCandidate {
  const reasons = fit.restarts.flatMap(({ rejected, termination }) => {
    return termination.kind === 'diverged' ? [termination.site] : (rejected ?? [])
  })
  const sound = reasons.length < fit.restarts.length
  return {
    ...pair,
    fit: sound ? fit : null,
    rejected: reasons.length,
    ...(reasons.length > 0 && { reason: reasons.at(-1)! }),
  }
}

function bestOf(
  candidates: readonly MixtureCandidate[],
  criterion: 'bic' | 'aic' | 'icl',
): GaussianMixtureFit {
  const fits = candidates.flatMap(({ fit }) => fit ?? [])
  if (fits.length === 0) {
    throw new NumericalError(
      `selectMixture: every fit is degenerate (${candidates[0]!.reason}): try fewer components, a regularization or a prior`,
    )
  }
  return fits.reduce((best, fit) => (fit[criterion] < best[criterion] ? fit : best))
}

function summarize(candidates: readonly MixtureCandidate[], criterion: 'bic' | 'aic' | 'icl'): string {
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
