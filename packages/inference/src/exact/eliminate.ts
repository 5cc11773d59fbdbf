import { random, type Key, split } from '@variate/core'
import { eliminationPlan, type EliminationPlan } from './eliminationPlan.ts'
import type { Factor } from './factor.ts'

/** A distribution of discrete variables after all of them are summed out. */
export interface Eliminated {
  /** log Σ exp Σ factors, in nats. */
  readonly logTotal: number
  /** For each factor the probability of each combination of its variables. */
  weights(): readonly Float64Array[]
  /** So many independent joint draws: for each variable the number of its value, [count][variables]. */
  sample(key: Key, count: number): readonly Int32Array[]
  /** The most probable combination of all variables. */
  mode(): Int32Array
}

/** What the steps have computed, one behind the other. */
interface Steps {
  /** Of the cliques: logs of the products, those of step s from `from[s]` on. */
  readonly products: Float64Array
  readonly from: Int32Array
  /** Of the cliques without the variable: logs of their sums, those of step s from `to[s]` on. */
  readonly messages: Float64Array
  readonly to: Int32Array
}

/**
 * Sums out all variables of a product of factors, one after the other (variable elimination; Zhang and Poole 1996, “Exploiting
 * causal independence in Bayesian network inference”, and Dechter 1999). What is summed goes back in reverse: to the
 * probabilities of combinations, and to draws.
 */
export function eliminate(
  cardinalities: ArrayLike<number>,
  factors: readonly Factor[],
  plan: EliminationPlan = eliminationPlan(cardinalities, factors),
): Eliminated {
  const done = stepsOf(cardinalities, factors, plan, logSum)
  // What has no variable left: constants, and the messages of what was summed out last.
  let logTotal = 0
  for (const { variables, table } of factors) if (variables.length === 0) logTotal += table[0]!
  for (const [s, { clique }] of plan.steps.entries())
    if (clique.length === 1) logTotal += done.messages[done.to[s]!]!
  return {
    logTotal,
    weights: () => weights(cardinalities, factors, plan, done),
    sample: (key, count) => split(key, count).map((own) => drawn(cardinalities, plan, done, own)),
    mode: () => mode(cardinalities, factors, plan),
  }
}

/** Goes through the steps of a plan; each row of a product is reduced to one number. */
function stepsOf(
  cardinalities: ArrayLike<number>,
  factors: readonly Factor[],
  { steps, total }: EliminationPlan,
  reduce: (x: Float64Array, from: number, length: number) => number,
): Steps {
  const products = new Float64Array(total)
  const messages = new Float64Array(total)
  const [from, to] = [new Int32Array(steps.length), new Int32Array(steps.length)]
  for (let s = 0, at = 0, out = 0; s < steps.length; s++) {
    const { variable, factors: own, places, size } = steps[s]!
    ;[from[s], to[s]] = [at, out]
    for (let f = 0; f < own.length; f++) {
      const factor = own[f]!
      const isGiven = factor < factors.length
      const table = isGiven ? factors[factor]!.table : messages
      const offset = isGiven ? 0 : to[factor - factors.length]!
      const where = places[f]!
      for (let i = 0; i < size; i++) products[at + i]! += table[offset + where[i]!]!
    }
    const length = cardinalities[variable]!
    const end = at + size
    for (; at < end; at += length) messages[out++] = reduce(products, at, length)
  }
  return { products, from, messages, to }
}

/** log Σ exp of so many numbers. */
function logSum(x: Float64Array, from: number, length: number): number {
  let max = -Infinity
  for (let i = from; i < from + length; i++) max = Math.max(max, x[i]!)
  if (max === -Infinity || Number.isNaN(max)) return max
  let total = 0
  for (let i = from; i < from + length; i++) total += Math.exp(x[i]! - max)
  return max + Math.log(total)
}

/** The probabilities of each factor's combinations: the derivatives of the logarithm of the total in its entries. */
function weights(
  cardinalities: ArrayLike<number>,
  factors: readonly Factor[],
  { steps }: EliminationPlan,
  { products, from, messages, to }: Steps,
): readonly Float64Array[] {
  const all = factors.map(({ variables, table }) =>
    new Float64Array(table.length).fill(variables.length === 0 ? 1 : 0),
  )
  const ofMessages = new Float64Array(messages.length)
  for (const [s, { clique }] of steps.entries()) if (clique.length === 1) ofMessages[to[s]!] = 1
  for (let s = steps.length - 1; s >= 0; s--) {
    const { variable, factors: own, places, size } = steps[s]!
    const [start, out, length] = [from[s]!, to[s]!, cardinalities[variable]!]
    for (let i = 0; i < size; i++) {
      const row = out + Math.floor(i / length)
      const outer = ofMessages[row]!
      if (outer === 0) continue
      const weight = outer * Math.exp(products[start + i]! - messages[row]!)
      for (let f = 0; f < own.length; f++) {
        const factor = own[f]!
        if (factor < factors.length) all[factor]![places[f]![i]!]! += weight
        else ofMessages[to[factor - factors.length]! + places[f]![i]!]! += weight
      }
    }
  }
  return all
}

/** One joint draw: what was summed out last is drawn first, the others given what is drawn. */
function drawn(
  cardinalities: ArrayLike<number>,
  { steps }: EliminationPlan,
  { products, from, messages, to }: Steps,
  key: Key,
): Int32Array {
  const values = new Int32Array(cardinalities.length)
  const uniforms = random.uniform(key, [steps.length], { dtype: 'float64' }).data
  for (let s = steps.length - 1; s >= 0; s--) {
    const { clique, variable } = steps[s]!
    const row = rowOf(clique, values, cardinalities)
    const length = cardinalities[variable]!
    let left = uniforms[s]!
    let value = 0
    for (; value < length - 1; value++) {
      left -= Math.exp(products[from[s]! + row * length + value]! - messages[to[s]! + row]!)
      if (left < 0) break
    }
    values[variable] = value
  }
  return values
}

/** The values that make the product largest: maxima in the place of sums, and back. */
function mode(
  cardinalities: ArrayLike<number>,
  factors: readonly Factor[],
  plan: EliminationPlan,
): Int32Array {
  const { products, from } = stepsOf(
    cardinalities,
    factors,
    plan,
    (x, at, length) => x[largest(x, at, length)]!,
  )
  const values = new Int32Array(cardinalities.length)
  for (let s = plan.steps.length - 1; s >= 0; s--) {
    const { clique, variable } = plan.steps[s]!
    const length = cardinalities[variable]!
    const start = from[s]! + rowOf(clique, values, cardinalities) * length
    values[variable] = largest(products, start, length) - start
  }
  return values
}

function largest(x: Float64Array, from: number, length: number): number {
  let best = from
  for (let i = from + 1; i < from + length; i++) if (x[i]! > x[best]!) best = i
  return best
}

/** Where the values of all variables of a clique but the last are among their combinations. */
function rowOf(clique: readonly number[], values: Int32Array, cardinalities: ArrayLike<number>): number {
  let row = 0
  for (let i = 0; i < clique.length - 1; i++) row = row * cardinalities[clique[i]!]! + values[clique[i]!]!
  return row
}
