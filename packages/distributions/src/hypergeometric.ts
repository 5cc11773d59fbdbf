import type { Tensor } from '@tensorflow/tfjs-core'
import {
  add,
  constant,
  div,
  drawHypergeometric,
  equal,
  exp,
  log,
  logBinomialDensity,
  maximum,
  minimum,
  mul,
  stopGradient,
  sub,
  where,
  type Real,
} from '@variate/core/ops'
import { checkBelow } from './checkBelow.ts'
import { hypergeometricRange } from './constraints/hypergeometricRange.ts'
import { nonnegativeInteger } from './constraints/nonnegativeInteger.ts'
import { define, type Resolved } from './define.ts'
import type { Capabilities, Distribution, Numbers, Parameter } from './distribution.ts'
import { commonNumber, enumerated, wholeNumbers } from './enumerated.ts'
import { byProbabilities, tabulate, tabulatedEntropy } from './tabulated.ts'

export interface Hypergeometric
  extends
    Distribution,
    Pick<Capabilities, 'cdf' | 'survival' | 'icdf' | 'mean' | 'variance' | 'entropy' | 'enumerateSupport'> {
  readonly name: 'hypergeometric'
  /** How many there are. */
  readonly total: Parameter
  /** How many of them are successes. */
  readonly successes: Parameter
  /** How many are drawn. */
  readonly draws: Parameter
}

type P = Resolved<'total' | 'successes' | 'draws'>

/**
 * The hypergeometric distribution of the number of successes among `draws` that are taken without replacement, with
 * probability C(successes, x)·C(total − successes, draws − x) / C(total, draws) of x. Distribution function, quantiles
 * and entropy are sums over all counts.
 *
 * @param total how many there are, whole and ≥ 0. `enumerateSupport` needs the same counts to be possible in the whole batch.
 * @param successes how many of them are successes, from 0 to `total`.
 * @param draws how many are drawn, from 0 to `total`.
 * @throws DomainError for parameters outside their domain; ShapeError for shapes that do not broadcast.
 * @see Johnson, Kemp and Kotz, Univariate Discrete Distributions (2005), ch. 6.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { hypergeometric } from '@variate/distributions'
 *
 * // Hearts among five cards
 * hypergeometric(52, 13, 5).logProb([0, 1, 5]).arraySync() // => [-1.507181, -0.888142, -7.61055]
 * hypergeometric(52, 13, 5).mean().arraySync() // => 1.25
 * hypergeometric(5, 4, 3).enumerateSupport().arraySync() // => [2, 3]
 * ```
 */
export function hypergeometric(total: Numbers, successes: Numbers, draws: Numbers): Hypergeometric {
  const support = hypergeometricRange(total, successes, draws)
  const table = (p: P): Tensor =>
    tabulate(
      (columns) => hypergeometricRange(columns.total, columns.successes, columns.draws),
      p,
      'draws',
      logProb,
    )
  return define(
    'hypergeometric',
    {
      total: [total, nonnegativeInteger],
      successes: [successes, nonnegativeInteger],
      draws: [draws, nonnegativeInteger],
    },
    {
      support,
      check: ({ total, successes, draws }) => {
        checkBelow('hypergeometric', { successes, total }, true)
        checkBelow('hypergeometric', { draws, total }, true)
      },
      draw: (p, key, shape) =>
        drawHypergeometric(key, shape, p.successes, sub(p.total, p.successes), p.draws),
      logProb,
      ...byProbabilities((p: P) => exp(table(p))),
      mean: (p) => mul(p.draws, shareOf(p)),
      variance: (p) => {
        const failures = div(sub(p.total, p.successes), maximum(p.total, 1))
        const rest = div(sub(p.total, p.draws), maximum(sub(p.total, 1), 1))
        return mul(mul(p.draws, mul(shareOf(p), failures)), rest)
      },
      entropy: (p) => tabulatedEntropy(table(p)),
      enumerateSupport: (p) => {
        const least = maximum(sub(add(p.draws, p.successes), p.total), 0)
        const ends = [least, minimum(p.draws, p.successes)] as const
        const [low, high] = ends.map((end) => commonNumber(end, 'hypergeometric: an end of the support'))
        return enumerated(wholeNumbers(low!, high!), p)
      },
    },
  ) as Hypergeometric
}

/** Successes and failures as binomial counts of those that are drawn, given their sum. */
function logProb({ total, successes, draws }: P, x: Tensor): Real {
  // Of which the log probability does not depend: any will do where nothing can be drawn. It is a tensor, so that all
  // terms are rounded alike, and cancel where only one count is possible.
  const isNone = equal(total, 0)
  const odds = div(draws, where(isNone, 1, sub(total, draws)))
  const logit = stopGradient(constant(where(isNone, 0, log(odds))))
  const drawn = logBinomialDensity(x, successes, logit)
  const others = logBinomialDensity(sub(draws, x), sub(total, successes), logit)
  return sub(add(drawn, others), logBinomialDensity(draws, total, logit))
}

function shareOf({ total, successes }: P): Real {
  return div(successes, maximum(total, 1))
}
