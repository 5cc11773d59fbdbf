import { checkMeanOfLogs } from './checkMeanOfLogs.ts'
import type { Estimator, Outline } from './estimator.ts'
import type { Draws, Factor, Problem, Term } from './problem.ts'

/** The name of the term of log p that stands for log q of a factor. */
function entropyName(factor: string): string {
  return `${factor}\0entropy`
}

/**
 * An estimator that is given the entropy of each factor of q in closed form, where it is known, in place of −log q of a draw. All else
 * is estimated as before; the mean stays the same. Where a latent is the image of a number without bounds, the volume of the map is
 * that of the draw.
 *
 * @param estimator any of the ELBO: it is told of another log p and log q.
 * @throws DomainError for one of another bound.
 * @see Kucukelbir, Tran, Ranganath, Gelman and Blei, Automatic Differentiation Variational Inference (JMLR 2017), equation 8.
 *
 * @example
 * ```ts
 * import { analyticEntropy, reparameterization } from '@variate/estimators'
 *
 * analyticEntropy(reparameterization()).name // => 'analyticEntropy(reparameterization)'
 * ```
 */
export function analyticEntropy<Needs extends Draws, Of extends Estimator<Needs>>(
  estimator: Of & Estimator<Needs>,
): Of {
  checkMeanOfLogs('analyticEntropy', estimator)
  return {
    ...estimator,
    name: `analyticEntropy(${estimator.name})`,
    init: (outline: Outline, who: string) => estimator.init(moved(outline), who),
    estimate: (problem: Problem, ...given: never) =>
      (estimator.estimate as (problem: Problem, ...given: never) => unknown)(
        withEntropies(problem),
        ...given,
      ),
  } as Of
}

/** The problem in whose log p entropies are terms, and whose log q counts no more where they are. */
function withEntropies(problem: Problem): Problem {
  const known = problem.factors.filter(isKnown)
  if (known.length === 0 || !problem.entropies) return problem
  return {
    ...problem,
    ...moved(problem),
    logP: (parameters, values, options) => {
      const all = problem.entropies!(parameters, values)
      const instead = known.map(({ name }) => [entropyName(name), all[name]!] as const)
      return { ...problem.logP(parameters, values, options), ...Object.fromEntries(instead) }
    },
  }
}

/** What divergences stand for already counts no more. */
function isKnown({ hasEntropy, scale }: Factor): boolean {
  return hasEntropy === true && scale !== 0
}

function moved<Of extends Pick<Outline, 'factors' | 'terms'>>(outline: Of): Of {
  const known = outline.factors.filter(isKnown)
  const terms = known.map(({ name, plates, scale }): Term => ({ name: entropyName(name), plates, scale }))
  const factors = outline.factors.map((factor) =>
    isKnown(factor)
      ? {
          ...factor,
          scale: 0,
          terms: [...factor.terms, { name: entropyName(factor.name), aligned: factor.plates }],
        }
      : factor,
  )
  return { ...outline, factors, terms: [...outline.terms, ...terms] }
}
