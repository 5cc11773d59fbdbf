import type { NdArray } from '@variate/core'
import { matVec } from '@variate/core/ops'
import { bernoulli, halfCauchy, normal } from '@variate/distributions'
import { leaveOneOut, movingAverage, scoreFunction } from '@variate/estimators'
import { adam, bbvi } from '@variate/inference'
import { model } from '@variate/language'
import type { Inputs, Precision } from '../compile/numbers.ts'
import type { Timer } from '../measurePairs.ts'

/** Rubin's eight schools, whose deviations are inferred. */
const schools = model('eight schools')
  .latent('mu', normal(0, 5))
  .latent('tau', halfCauchy(5))
  .plate('school', 8, (school) =>
    school
      .input('sigma')
      .latent('theta', ({ mu, tau }) => normal(mu, tau), { centered: false })
      .observed('y', ({ theta, sigma }) => normal(theta, sigma)),
  )

/** y ~ Bernoulli(logit = x·w), w ~ N(0, 1). */
const logistic = (columns: number) =>
  model('logistic regression')
    .input('x')
    .latent('w', normal(new Float64Array(columns), 1))
    .observed('y', ({ x, w }) => bernoulli({ logits: matVec(x, w) }))

/** Which of two clusters each of some numbers is from, whose places are known: x ~ N(z, 1), z ~ Bernoulli(0.3). */
const switches = (count: number) =>
  model('switches').plate('number', count, (number) =>
    number.latent('z', bernoulli({ probs: 0.3 })).observed('x', ({ z }) => normal(z, 1)),
  )

/** Fits by `bbvi`, as users have them: of so many steps the estimates of the bound. */
export type Fit = (steps: number) => Promise<Float64Array>

/** Whether a step also looks for convergence; with a tolerance of 0 it is never found. */
export type Watch = 'watched' | 'unwatched'

const optimizer = adam({ rate: 0.01 })
const convergenceOf = (watch: Watch) => (watch === 'watched' ? { tolerance: 0 } : (false as const))

export function schoolsFit({ y, errors }: Inputs, precision: Precision, watch: Watch): Fit {
  const data = { y: y!, sigma: errors! }
  const convergence = convergenceOf(watch)
  return async (steps) =>
    (await bbvi(schools, { precision, convergence, steps, optimizer }).fit(data, { seed: 0 })).history
}

export function logisticFit({ x, y }: Inputs, precision: Precision, watch: Watch): Fit {
  const columns = x!.shape[1]!
  const convergence = convergenceOf(watch)
  const regression = logistic(columns)
  return async (steps) =>
    (await bbvi(regression, { precision, convergence, steps, optimizer }).fit({ x: x!, y: y! }, { seed: 0 }))
      .history
}

/** By the score function, with the baseline that so many particles allow. */
export function switchesFit(x: NdArray, particles: number): Fit {
  const baseline = particles === 1 ? movingAverage() : leaveOneOut()
  const estimator = scoreFunction({ particles, baseline })
  const chosen = switches(x.shape[0]!)
  return async (steps) =>
    (
      await bbvi(chosen, { precision: 'float32', convergence: false, estimator, steps, optimizer }).fit(
        { x },
        { seed: 0 },
      )
    ).history
}

export function timerOf(fit: Fit): Timer {
  return async (steps) => {
    const begin = performance.now()
    await fit(steps)
    return (performance.now() - begin) / 1000
  }
}

/** The mean of the second half, in nats. */
export function laterMean(bounds: ArrayLike<number>): number {
  const from = Math.floor(bounds.length / 2)
  let total = 0
  for (let i = from; i < bounds.length; i++) total += bounds[i]!
  return total / (bounds.length - from)
}
