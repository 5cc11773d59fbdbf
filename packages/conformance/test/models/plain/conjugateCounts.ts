import { rising } from './densities.ts'
import { isMultiple, type Form } from './form.ts'
import { numbersOf, type Evaluated } from './walk.ts'

/**
 * What is known of a gamma, beta or Dirichlet latent: its density is in proportion to ∏ zₖ^(αₖ − 1) exp(−rate z), where
 * observations have added whole numbers to the α. Of a beta z₀ = p and z₁ = 1 − p.
 */
export interface Conjugate {
  readonly family: 'gamma' | 'beta' | 'dirichlet'
  readonly prior: readonly number[]
  readonly added: number[]
  readonly priorRate: number
  rate: number
}

export interface Moments {
  readonly mean: number
  readonly variance: number
}

export function conjugateOf({ family, parameters }: Evaluated): Conjugate | undefined {
  if (family !== 'gamma' && family !== 'beta' && family !== 'dirichlet') return undefined
  const [first, second] = parameters.map(numbersOf)
  if (family === 'gamma') {
    const [rate] = second!
    return { family, prior: first!, added: [0], priorRate: rate!, rate: rate! }
  }
  const prior = family === 'beta' ? [...first!, ...second!] : first!
  return { family, prior, added: prior.map(() => 0), priorRate: 0, rate: 0 }
}

/** The numbers of a latent, as others see it. */
export function multiplesOf({ family, prior }: Conjugate, of: number): readonly Form[] {
  const entries = family === 'dirichlet' ? [...prior.keys()] : [0]
  return entries.map((entry) => ({ factor: 1, of, entry }))
}

/**
 * Adds an observation whose parameter is a conjugate latent.
 *
 * @returns what does not depend on the latent of its log probability, in nats; undefined if there is no such latent.
 */
export function counted(
  x: readonly number[],
  { family, parameters }: Evaluated,
  all: readonly Conjugate[],
): number | undefined {
  const [value] = x
  const [first, second] = parameters
  if (family === 'poisson') {
    const [rate] = first!.forms
    if (!isMultiple(rate!)) return undefined
    const own = all[rate.of]!
    own.added[0]! += value!
    own.rate += rate.factor
    return value! * Math.log(rate.factor) - Math.log(rising(1, value!))
  }
  if (family === 'categorical') {
    const chosen = first!.forms[value!]!
    if (!isMultiple(chosen)) return undefined
    all[chosen.of]!.added[chosen.entry]!++
    return 0
  }
  if (family !== 'bernoulli' && family !== 'binomial') return undefined
  const [p] = (second ?? first)!.forms
  if (!isMultiple(p!)) return undefined
  const total = second ? (first!.forms[0] as number) : 1
  all[p.of]!.added[0]! += value!
  all[p.of]!.added[1]! += total - value!
  return Math.log(rising(1, total) / rising(1, value!) / rising(1, total - value!))
}

/** The logarithm of what all observations of a latent have been worth together, in nats. */
export function logWorth({ family, prior, added, priorRate, rate }: Conjugate): number {
  const ratio = prior.reduce((product, a, k) => product * rising(a, added[k]!), 1)
  if (family === 'gamma')
    return Math.log(ratio) + prior[0]! * Math.log(priorRate) - (prior[0]! + added[0]!) * Math.log(rate)
  return Math.log(ratio / rising(sumOf(prior), sumOf(added)))
}

/** Means and variances of the numbers of a latent. */
export function conjugateMoments({ family, prior, added, rate }: Conjugate): readonly Moments[] {
  const own = prior.map((a, k) => a + added[k]!)
  if (family === 'gamma') return [{ mean: own[0]! / rate, variance: own[0]! / rate ** 2 }]
  const total = sumOf(own)
  const all = own.map((a) => ({
    mean: a / total,
    variance: (a * (total - a)) / (total ** 2 * (total + 1)),
  }))
  return family === 'beta' ? all.slice(0, 1) : all
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0)
}
