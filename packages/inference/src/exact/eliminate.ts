import { random, type Key, split } from '@variate/core'
import { combinations, placesIn, type Factor } from './factor.ts'
import { eliminationPlan, type EliminationPlan } from './eliminationPlan.ts'

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

/** What one step has computed. */
interface Step {
  readonly clique: readonly number[]
  /** Of the clique: log of the product. */
  readonly product: Float64Array
  /** Of the clique without the variable: log of its sum. */
  readonly message: Float64Array
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
  const given: Factor[] = [...factors]
  const steps = plan.steps.map(({ variable, clique, factors: own }): Step => {
    const product = productOf(own, given, clique, cardinalities)
    const message = logSumRows(product, cardinalities[variable]!)
    given.push({ variables: clique.slice(0, -1), table: message })
    return { clique, product, message }
  })
  // What has no variable left: constants, and the messages of what was summed out last.
  const logTotal = given.reduce(
    (sum, { variables, table }) => (variables.length === 0 ? sum + table[0]! : sum),
    0,
  )
  return {
    logTotal,
    weights: () => weights(cardinalities, given, factors.length, plan, steps),
    sample: (key, count) => split(key, count).map((own) => drawn(cardinalities, steps, own)),
    mode: () => mode(cardinalities, factors, plan),
  }
}

/** The logarithm of a product of some factors, for each combination of a clique. */
function productOf(
  numbers: readonly number[],
  given: readonly Factor[],
  clique: readonly number[],
  cardinalities: ArrayLike<number>,
): Float64Array {
  const product = new Float64Array(combinations(clique, cardinalities))
  for (const factor of numbers) {
    const { variables, table } = given[factor]!
    const places = placesIn(variables, clique, cardinalities)
    for (let i = 0; i < product.length; i++) product[i]! += table[places[i]!]!
  }
  return product
}

/** log Σ exp of each row of so many numbers. */
function logSumRows(x: Float64Array, length: number): Float64Array {
  return Float64Array.from({ length: x.length / length }, (_, row) => {
    let max = -Infinity
    for (let i = row * length; i < (row + 1) * length; i++) max = Math.max(max, x[i]!)
    if (max === -Infinity || Number.isNaN(max)) return max
    let total = 0
    for (let i = row * length; i < (row + 1) * length; i++) total += Math.exp(x[i]! - max)
    return max + Math.log(total)
  })
}

/** The probabilities of each factor's combinations: the derivatives of the logarithm of the total in its entries. */
function weights(
  cardinalities: ArrayLike<number>,
  given: readonly Factor[],
  count: number,
  plan: EliminationPlan,
  steps: readonly Step[],
): readonly Float64Array[] {
  const all = given.map(({ variables, table }) =>
    new Float64Array(table.length).fill(variables.length === 0 ? 1 : 0),
  )
  for (let at = steps.length - 1; at >= 0; at--) {
    const { clique, product, message } = steps[at]!
    const length = cardinalities[clique.at(-1)!]!
    const ofMessage = all[count + at]!
    const own = product.map((x, i) => {
      const row = Math.floor(i / length)
      return ofMessage[row] === 0 ? 0 : ofMessage[row]! * Math.exp(x - message[row]!)
    })
    for (const factor of plan.steps[at]!.factors) {
      const places = placesIn(given[factor]!.variables, clique, cardinalities)
      const to = all[factor]!
      for (let i = 0; i < own.length; i++) to[places[i]!]! += own[i]!
    }
  }
  return all.slice(0, count)
}

/** One joint draw: what was summed out last is drawn first, the others given what is drawn. */
function drawn(cardinalities: ArrayLike<number>, steps: readonly Step[], key: Key): Int32Array {
  const values = new Int32Array(cardinalities.length)
  const uniforms = random.uniform(key, [steps.length], { dtype: 'float64' }).data
  for (let at = steps.length - 1; at >= 0; at--) {
    const { clique, product, message } = steps[at]!
    const row = rowOf(clique, values, cardinalities)
    const length = cardinalities[clique.at(-1)!]!
    let left = uniforms[at]!
    let value = 0
    for (; value < length - 1; value++) {
      left -= Math.exp(product[row * length + value]! - message[row]!)
      if (left < 0) break
    }
    values[clique.at(-1)!] = value
  }
  return values
}

/** The values that make the product largest: maxima in the place of sums, and back. */
function mode(
  cardinalities: ArrayLike<number>,
  factors: readonly Factor[],
  plan: EliminationPlan,
): Int32Array {
  const given: Factor[] = [...factors]
  const best = plan.steps.map(({ variable, clique, factors: own }) => {
    const product = productOf(own, given, clique, cardinalities)
    const length = cardinalities[variable]!
    const chosen = Int32Array.from({ length: product.length / length }, (_, row) => {
      let value = 0
      for (let i = 1; i < length; i++)
        if (product[row * length + i]! > product[row * length + value]!) value = i
      return value
    })
    given.push({
      variables: clique.slice(0, -1),
      table: Float64Array.from(chosen, (value, row) => product[row * length + value]!),
    })
    return { clique, chosen }
  })
  const values = new Int32Array(cardinalities.length)
  for (const { clique, chosen } of best.toReversed()) {
    values[clique.at(-1)!] = chosen[rowOf(clique, values, cardinalities)]!
  }
  return values
}

/** Where the values of all variables of a clique but the last are among their combinations. */
function rowOf(clique: readonly number[], values: Int32Array, cardinalities: ArrayLike<number>): number {
  return clique.slice(0, -1).reduce((row, variable) => row * cardinalities[variable]! + values[variable]!, 0)
}
