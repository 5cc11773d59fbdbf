import { foldIn, key as keyOf } from '@variate/core'
import { regressionData, type Problem } from './fitRegression.ts'
import { knownExactly } from './known.ts'
import { laplace, predictor } from './laplace.ts'
import type { RegressionFitOptions } from './options.ts'
import type { Result } from './regressionFit.ts'
import { NORMAL } from './response.ts'

const DRAWS = 10_000

/**
 * The posterior of a linear regression at known noise, a normal one: its mode is its mean, and
 * log p(y) = log p(y | m) + log p(m) − log p(m | y).
 *
 * @see Bishop, Pattern Recognition and Machine Learning (2006), §3.3 and §3.5.
 */
export async function exactLinear(
  { who, options, scales, design, y, exposure }: Problem,
  noise: number,
  { seed = 0, key = keyOf(seed) }: RegressionFitOptions,
): Promise<Result> {
  const { summarize } = await import('@variate/inference')
  const { intercept: hasIntercept = true } = options
  const data = regressionData(design, y, exposure, scales, hasIntercept)
  const { mode, factor } = laplace(who, NORMAL, data, noise)
  let logEvidence = 0
  for (const [at, value] of y.entries())
    logEvidence += NORMAL.logProb(value, predictor(data, mode, at), noise, 1)
  for (const [a, precision] of data.precision.entries()) {
    logEvidence += 0.5 * Math.log(precision) - 0.5 * precision * mode[a]! ** 2
    logEvidence -= Math.log(factor[a * data.size + a]!)
  }
  const known = knownExactly(mode, factor, noise)
  return {
    design,
    hasIntercept,
    known,
    draws: await known.draw(foldIn(key, 3), DRAWS),
    summarize: summarize as never,
    record: {
      elbo: logEvidence,
      history: new Float64Array(),
      termination: { kind: 'converged' },
      diagnostics: { kHat: -Infinity },
      warnings: [],
    },
  }
}
