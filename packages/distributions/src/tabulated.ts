import type { Tensor } from '@tensorflow/tfjs-core'
import { UnsupportedError } from '@variate/core'
import {
  clip,
  constant,
  cumsum,
  div,
  equal,
  exp,
  expandDims,
  floor,
  isTensor,
  isTracing,
  maximum,
  less,
  mul,
  neg,
  pick,
  searchSorted,
  where,
  type Real,
} from '@variate/core/ops'
import { column } from './categories.ts'
import type { Constraint } from './constraints/constraint.ts'
import { withinSupport } from './withinSupport.ts'

/** The least float32 above 0: the quantile of 0 is the least count that is possible. */
const LEAST = 2 ** -149

/**
 * The log probabilities of 0, 1, …, largest along a new last axis, of shape [...batch, largest + 1].
 *
 * @param support where probabilities are not 0: ends that are one for each of a batch must have that axis at length 1,
 * as they have if they are made of the parameters that a function gets.
 * @param largest the parameter that no count exceeds.
 * @param logProb the log probability of counts by parameters that have that axis at length 1.
 * @throws UnsupportedError while a trace records, if `largest` is a tensor.
 */
export function tabulate<Name extends string>(
  support: Constraint | ((parameters: Readonly<Record<Name, Real>>) => Constraint),
  parameters: Readonly<Record<Name, Real>>,
  largest: Name,
  logProb: (parameters: Readonly<Record<Name, Real>>, counts: Tensor) => Real,
): Tensor {
  const counts = countsUpTo(largestOf(parameters[largest], largest))
  const columns = Object.fromEntries(
    Object.entries<Real>(parameters).map(([name, value]) => [name, column(value)]),
  ) as Record<Name, Real>
  const range = typeof support === 'function' ? support(columns) : support
  return withinSupport(range, [], counts, (inside) => logProb(columns, inside)) as Tensor
}

/**
 * Distribution function, the other tail and quantiles of counts 0, 1, …, K − 1 by their probabilities along the last axis,
 * up to a constant factor.
 */
export function byProbabilities<P>(probabilitiesOf: (parameters: P) => Tensor) {
  const upTo = (p: Tensor): Tensor => share(cumsum(p), p)
  const above = (p: Tensor): Tensor => share(cumsum(p, -1, { exclusive: true, reverse: true }), p)
  return {
    cdf: (p: P, x: Tensor): Real => at(upTo(probabilitiesOf(p)), x, 0),
    survival: (p: P, x: Tensor): Real => at(above(probabilitiesOf(p)), x, 1),
    icdf: (p: P, probability: Tensor): Real => {
      const table = probabilitiesOf(p)
      // Where nothing is above, 1 is exact.
      const last = searchSorted(neg(above(table)), constant(0))
      return where(equal(probability, 1), last, searchSorted(upTo(table), maximum(probability, LEAST)))
    },
  }
}

/** Sums of probabilities over that of all. */
function share(sums: Tensor, probabilities: Tensor): Tensor {
  return div(sums, expandDims(total(probabilities), -1)) as Tensor
}

/** The entry of whole x, rounded down; before the first one, `before`. */
function at(table: Tensor, x: Tensor, before: number): Real {
  return where(less(x, 0), before, pick(table, floor(clip(x, 0, table.shape.at(-1)! - 1))))
}

/** −Σ p·log p, in nats. */
export function tabulatedEntropy(table: Tensor): Tensor {
  return neg(total(mul(exp(table), where(equal(table, -Infinity), 0, table)) as Tensor))
}

/** The sum along the last axis, added up in float64 on every backend: terms may be a million. */
function total(x: Tensor): Tensor {
  return pick(cumsum(x), constant(x.shape.at(-1)! - 1, 'int32'))
}

/** The expectation of f(k). */
export function tabulatedMean(table: Tensor, f: (counts: Tensor) => Real): Tensor {
  return total(mul(exp(table), f(countsUpTo(table.shape.at(-1)! - 1))) as Tensor)
}

function countsUpTo(largest: number): Tensor {
  return constant(Array.from({ length: largest + 1 }, (_, k) => k))
}

function largestOf(parameter: Real, who: string): number {
  if (!isTensor(parameter)) return parameter
  if (isTracing()) throw new UnsupportedError(`${who} must be a number while operations are recorded`)
  let largest = 0
  for (const x of parameter.dataSync()) largest = Math.max(largest, x)
  return largest
}
