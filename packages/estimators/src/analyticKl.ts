import { neg } from '@variate/core/ops'
import { checkMeanOfLogs } from './checkMeanOfLogs.ts'
import type { Estimator, Outline } from './estimator.ts'
import type { Draws, Factor, Problem, Reader } from './problem.ts'

/** What is done with log p − log q of a factor's own latents, and why. */
export interface KlChoice {
  readonly factor: string
  readonly form: 'analytic' | 'sampled'
  readonly reason: string
}

/** An estimator with divergences from priors in closed form. */
export interface AnalyticKl {
  /** For each factor of q whether its divergence is in closed form. */
  explain(outline: Pick<Outline, 'factors'>): readonly KlChoice[]
}

/**
 * An estimator that is given the divergence of each factor of q from its latent's prior in closed form, where that is known:
 * −KL(q(z) ‖ p(z)), given what both depend on, in place of log p(z) − log q(z) of a draw. All else is estimated as before. The mean
 * stays the same.
 *
 * @param estimator any of the ELBO: it is told of another log p and log q.
 * @throws DomainError for one of another bound.
 *
 * @example
 * ```ts
 * import { analyticKl, reparameterization } from '@variate/estimators'
 *
 * const estimator = analyticKl(reparameterization())
 * const factor = { name: 'z', sites: ['z'], plates: [], scale: 1, draws: 'reparameterized', terms: [], factors: [] } as const
 * estimator.explain({ factors: [factor] })[0]!.form // => 'sampled'
 * ```
 */
export function analyticKl<Needs extends Draws, Of extends Estimator<Needs>>(
  estimator: Of & Estimator<Needs>,
): Of & AnalyticKl {
  checkMeanOfLogs('analyticKl', estimator)
  return {
    ...estimator,
    name: `analyticKl(${estimator.name})`,
    init: (outline: Outline, who: string) =>
      estimator.init({ ...outline, factors: moved(outline.factors) }, who),
    estimate: (problem: Problem, ...given: never) =>
      (estimator.estimate as (problem: Problem, ...given: never) => unknown)(analytic(problem), ...given),
    explain: ({ factors }) =>
      factors.map(({ name, divergence }): KlChoice => {
        if (!divergence)
          return {
            factor: name,
            form: 'sampled',
            reason: 'it has no one distribution to be told from a prior',
          }
        const { q, p, isKnown } = divergence
        const reason = isKnown ? `KL(${q} ‖ ${p}) has a closed form` : `KL(${q} ‖ ${p}) has no closed form`
        return { factor: name, form: isKnown ? 'analytic' : 'sampled', reason }
      }),
  } as Of & AnalyticKl
}

/** What an entropy stands for already counts no more. */
function isKnown({ divergence, scale }: Factor): boolean {
  return (divergence?.isKnown ?? false) && scale !== 0
}

/** The problem in whose log p divergences stand for priors, and whose log q counts no more where they do. */
function analytic(problem: Problem): Problem {
  const known = problem.factors.filter(isKnown)
  if (known.length === 0 || !problem.divergences) return problem
  return {
    ...problem,
    factors: moved(problem.factors),
    logP: (parameters, values, options) => {
      const all = problem.divergences!(parameters, values)
      const instead = known.map(({ name, sites }) => [sites[0]!, neg(all[name]!)] as const)
      return { ...problem.logP(parameters, values, options), ...Object.fromEntries(instead) }
    },
  }
}

/** A prior's term reads its own latents no more; what their q reads, it reads too. */
function moved(factors: readonly Factor[]): readonly Factor[] {
  const known = new Map(factors.filter(isKnown).map((factor) => [factor.name, factor.sites[0]!]))
  return factors.map((factor) => {
    const terms = factor.terms.filter(({ name }) => known.get(factor.name) !== name)
    const more = factor.factors.flatMap(({ name, aligned }) =>
      known.has(name) ? [{ name: known.get(name)!, aligned }] : [],
    )
    return { ...factor, scale: known.has(factor.name) ? 0 : factor.scale, terms: more.reduce(added, terms) }
  })
}

function added(terms: readonly Reader[], reader: Reader): readonly Reader[] {
  const before = terms.find(({ name }) => name === reader.name)
  if (!before) return [...terms, reader]
  const aligned = before.aligned.filter((plate) => reader.aligned.includes(plate))
  return terms.map((term) => (term === before ? { ...term, aligned } : term))
}
