import type { Tensor } from '@tensorflow/tfjs-core'
import { UnsupportedError } from '@variate/core'
import {
  add,
  clip,
  constant,
  cumsum,
  div,
  equal,
  exp,
  floor,
  isTensor,
  isTracing,
  less,
  minimum,
  mul,
  neg,
  pick,
  searchSorted,
  where,
  type Real,
} from '@variate/core/ops'
import { column } from './categories.ts'
import type { Constraint } from './constraints/constraint.ts'
import { part } from './part.ts'
import { withinSupport } from './withinSupport.ts'

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

/** P(X ≤ x) by a table of log probabilities. */
export function tabulatedCdf(table: Tensor, x: Tensor): Real {
  const last = table.shape.at(-1)! - 1
  const cumulative = pick(cumulate(table), floor(clip(x, 0, last)))
  return where(less(x, 0), 0, add(cumulative, mul(0, clip(x, 0, last))))
}

/** The least k with P(X ≤ k) ≥ probability. */
export function tabulatedQuantile(table: Tensor, probability: Tensor): Real {
  return minimum(searchSorted(cumulate(table), probability), table.shape.at(-1)! - 1)
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

function cumulate(table: Tensor): Tensor {
  const sums = cumsum(exp(table))
  return div(sums, part(sums, sums.shape.at(-1)! - 1)) as Tensor
}

function largestOf(parameter: Real, who: string): number {
  if (!isTensor(parameter)) return parameter
  if (isTracing()) throw new UnsupportedError(`${who} must be a number while operations are recorded`)
  let largest = 0
  for (const x of parameter.dataSync()) largest = Math.max(largest, x)
  return largest
}
