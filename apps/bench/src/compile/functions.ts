import type { Tensor } from '@tensorflow/tfjs-core'
import {
  add,
  choleskySolve,
  cholesky,
  diagPart,
  div,
  exp,
  expandDims,
  eye,
  log,
  logSoftmax,
  matMul,
  matVec,
  mean,
  mul,
  neg,
  outer,
  reshape,
  slice,
  softplus,
  square,
  sub,
  sum,
  tanh,
  transpose,
} from '@variate/core/ops'
import { loop } from '@variate/compile'
import { gradient } from './gradient.ts'
import { maker, type Precision } from './numbers.ts'
import { HALF_LOG_TWO_PI } from './results.ts'
import type { Task } from './task.ts'

/** Cross-entropy of a network with one hidden layer, averaged over the rows. */
export function softmaxClassifier(
  precision: Precision,
  [inputs, hidden, classes]: readonly [number, number, number],
  rows: number,
): Task {
  const { normal, of } = maker(precision)
  const weights = (seed: number, from: number, to: number) =>
    of(
      normal(seed, from, to).data.map((x) => x / Math.sqrt(from)),
      from,
      to,
    )
  const labels = new Float64Array(rows * classes)
  for (let row = 0; row < rows; row++) labels[row * classes + ((row * 7) % classes)] = 1
  return gradient({
    precision,
    parameters: ['hidden', 'hiddenBias', 'output', 'outputBias'],
    inputs: {
      hidden: weights(1, inputs, hidden),
      hiddenBias: normal(2, hidden),
      output: weights(3, hidden, classes),
      outputBias: normal(4, classes),
      x: normal(5, rows, inputs),
      labels: of(labels, rows, classes),
    },
    f: ({ hidden: w1, hiddenBias, output, outputBias, x, labels: wanted }) => {
      const logits = add(matMul(tanh(add(matMul(x!, w1!), hiddenBias!)), output!), outputBias!)
      return neg(mean(sum(mul(wanted!, logSoftmax(logits)), 1)))
    },
  })
}

/** log N(y; 0, a² exp(−(xᵢ − xⱼ)² / 2ℓ²) + s² I), of log a, log ℓ and log s. */
export function gaussianProcess(precision: Precision, n: number): Task {
  const { normal, of } = maker(precision)
  const x = of(
    Array.from({ length: n }, (_, i) => (4 * i) / n),
    n,
  )
  const noise = normal(1, n).data
  return gradient({
    precision,
    parameters: ['logs'],
    inputs: {
      logs: of([0, -0.5, -1], 3),
      x,
      y: of(
        x.data.map((at, i) => Math.sin(2 * at) + 0.3 * noise[i]!),
        n,
      ),
    },
    f: ({ logs, x: at, y }) => {
      const [amplitude, length, deviation] = scalars(exp(logs!))
      const squares = square(sub(expandDims(at!, 1), at!))
      const kernel = mul(square(amplitude!), exp(div(mul(-0.5, squares), square(length!))))
      const factor = cholesky(add(kernel, mul(square(deviation!), eye(n))))
      const solved = reshape(choleskySolve(factor, expandDims(y!, 1)), [n])
      const quadratic = sum(mul(y!, solved))
      return sub(sub(mul(-0.5, quadratic), sum(log(diagPart(factor)))), n * HALF_LOG_TWO_PI)
    },
  })
}

/** log p(y) of xₜ = A xₜ₋₁ + N(0, q I), yₜ = h·xₜ + N(0, r), x₀ ~ N(0, I), of A and log q, log r. */
export function kalmanFilter(precision: Precision, steps: number, d: number): Task {
  const { normal, of } = maker(precision)
  const skew = normal(1, d, d).data
  return gradient({
    precision,
    parameters: ['transition', 'logs'],
    inputs: {
      transition: of(
        skew.map((value, at) => (at % (d + 1) === 0 ? 0.8 : 0.05 * value)),
        d,
        d,
      ),
      logs: of([-1, -0.5], 2),
      y: normal(2, steps),
      loading: normal(3, d),
    },
    f: ({ transition, logs, y, loading }) => {
      const { state } = loop(
        (now: Filter, { each: observed, inputs: { a, logs: logVariances, h } }) => {
          const [q, r] = scalars(exp(logVariances))
          const predicted = matVec(a, now.mean)
          const covariance = add(matMul(matMul(a, now.covariance), transpose(a)), mul(q!, eye(d)))
          const cross = matVec(covariance, h)
          const variance = add(sum(mul(h, cross)), r!)
          const residual = sub(observed, sum(mul(h, predicted)))
          const gain = div(cross, variance)
          const logDensity = sub(
            mul(-0.5, add(div(square(residual), variance), log(variance))),
            HALF_LOG_TWO_PI,
          )
          return {
            mean: add(predicted, mul(gain, residual)),
            covariance: sub(covariance, outer(gain, cross)),
            total: add(now.total, logDensity),
          }
        },
        {
          state: { mean: new Float32Array(d), covariance: eye(d), total: 0 } as unknown as Filter,
          count: steps,
          inputs: { a: transition!, logs: logs!, h: loading! },
          each: y!,
        },
      )
      return state.total
    },
  })
}

interface Filter {
  readonly mean: Tensor
  readonly covariance: Tensor
  /** The log density of what was observed so far. */
  readonly total: Tensor
}

/** Two parameters an item: logit p = exp(log discrimination)·(ability − difficulty), N(0, 1) for all. */
export function itemResponse(precision: Precision, persons: number, items: number): Task {
  const { normal, of, outcomes } = maker(precision)
  const [ability, logSlope, difficulty] = [normal(1, persons), normal(2, items), normal(3, items)]
  const logits = Float64Array.from({ length: persons * items }, (_, at) => {
    const item = at % items
    return Math.exp(logSlope.data[item]!) * (ability.data[Math.floor(at / items)]! - difficulty.data[item]!)
  })
  return gradient({
    precision,
    parameters: ['ability', 'logSlope', 'difficulty'],
    inputs: { ability, logSlope, difficulty, y: outcomes(4, of(logits, persons, items)) },
    f: ({ ability: theta, logSlope: log, difficulty: b, y }) => {
      const eta = mul(exp(log!), sub(expandDims(theta!, 1), b!))
      const likelihood = sum(sub(mul(y!, eta), softplus(eta)))
      return [theta!, log!, b!].reduce((total, x) => add(total, sum(standardNormal(x))), likelihood)
    },
  })
}

function standardNormal(x: Tensor): Tensor {
  return sub(mul(-0.5, square(x)), HALF_LOG_TWO_PI)
}

function scalars(x: Tensor): Tensor[] {
  return Array.from({ length: x.shape[0]! }, (_, at) => reshape(slice(x, [at], [1]), []))
}
