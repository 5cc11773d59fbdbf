import type { Tensor } from '@tensorflow/tfjs-core'
import {
  add,
  div,
  log1p,
  matVec,
  mul,
  neg,
  reshape,
  slice,
  softplus,
  square,
  sub,
  sum,
  exp,
} from '@variate/core/ops'
import { normal } from '@variate/distributions'
import { HALF_LOG_TWO_PI } from './results.ts'
import { maker, type Precision } from './numbers.ts'
import { variational, type VariationalTask } from './variational.ts'

const STEPS_COMPARED = 50

/** Rubin's eight schools, non-centred: z = (μ, log τ, η₁ … η₈). */
export function eightSchools(precision: Precision, particles = 1): VariationalTask {
  const { of, normal: noise } = maker(precision)
  return variational({
    precision,
    particles,
    dimension: 10,
    inputs: {
      y: of([28, 8, -3, 7, -1, 1, 18, 12], 8),
      errors: of([15, 10, 16, 11, 9, 11, 10, 18], 8),
      noise: noise(1, STEPS_COMPARED, particles, 10),
    },
    logJoint: (z, { y, errors }) => {
      const [mu, logTau] = [0, 1].map((at) => reshape(slice(z, [at], [1]), []))
      const eta = slice(z, [2], [8])
      const tau = exp(logTau!)
      const prior = add(normal(0, 5).logProb(mu!), add(halfCauchy(tau, 5), logTau!))
      const likelihood = sum(normal(add(mu!, mul(tau, eta)), errors!).logProb(y!))
      return add(add(prior, sum(normal(0, 1).logProb(eta))), likelihood)
    },
  })
}

/** Composed, for the density of `@variate/distributions` is one operation, which compiled code calls JavaScript for. */
function halfCauchy(x: Tensor, scale: number): Tensor {
  return sub(Math.log(2 / (Math.PI * scale)), log1p(square(div(x, scale))))
}

/** y ~ Bernoulli(logit = x·w), w ~ N(0, 1), all rows in each step. */
export function logisticRegression(
  precision: Precision,
  rows: number,
  columns: number,
  threads = 1,
): VariationalTask {
  const { normal: draw, outcomes, of } = maker(precision)
  const x = draw(2, rows, columns)
  const weights = draw(3, columns).data
  const logits = Float64Array.from({ length: rows }, (_, i) => {
    let total = 0
    for (let j = 0; j < columns; j++) total += x.data[i * columns + j]! * weights[j]!
    return total
  })
  return variational({
    precision,
    particles: 1,
    threads,
    dimension: columns,
    inputs: { x, y: outcomes(4, of(logits, rows)), noise: draw(1, STEPS_COMPARED, 1, columns) },
    logJoint: (w, seen) => {
      const eta = matVec(seen.x!, w)
      const prior = neg(sum(add(mul(0.5, square(w)), HALF_LOG_TWO_PI)))
      return add(prior, sum(sub(mul(seen.y!, eta), softplus(eta))))
    },
  })
}
