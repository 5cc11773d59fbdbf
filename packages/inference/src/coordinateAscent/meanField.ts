import type { ContinuousFactor, DiscreteFactor, Factor } from './factors.ts'
import type { Plan } from './plan.ts'
import { expectedLogJoint, writeSlopes } from './polynomial.ts'
import { stagesOf, type Stage } from './stages.ts'

/** q, as the natural parameters of all of its factors, and what follows from them: plain data. */
export interface MeanFieldState {
  /** Of each statistic, without what base measures have of it. */
  readonly natural: Float64Array
  /** The expected statistics, and 1. */
  readonly expected: Float64Array
  /** The log normalisers of the factors. */
  readonly logNormalizers: Float64Array
}

/** The updates of a plan's factors, and the bound. */
export interface MeanField {
  /** In the order of an iteration. */
  readonly stages: readonly Stage[]
  /**
   * Replaces factors of a stage by those that are best given the others.
   *
   * @param q is changed.
   * @returns the latent that has no distribution then, if one has none.
   */
  update(stage: Stage, q: MeanFieldState): string | undefined
  /** E log p(x, z) − E log q(z), in nats, and how large what is added up for it is. */
  elbo(q: MeanFieldState): { readonly value: number; readonly magnitude: number }
}

export function meanFieldOf({ bound, factors, polynomial }: Plan): MeanField {
  const all: readonly Factor[] = [...factors.discrete, ...factors.continuous]
  return {
    stages: stagesOf(bound.program, factors, polynomial),
    update: (stage, q) => {
      for (const factor of stage.factors) {
        writeSlopes(polynomial, factor.from, factor.count, q.expected, q.natural)
        withoutBase(factor, q.natural)
      }
      return expect(stage, q)
    },
    elbo: (q) => {
      const { value, magnitude } = expectedLogJoint(polynomial, q.expected)
      return { value: all.reduce((sum, factor) => sum + entropyOf(factor, q), value), magnitude }
    },
  }
}

/** What the log joint says of statistics, less what the base measure has of them, is the natural parameter. */
export function withoutBase(factor: Factor, natural: Float64Array): void {
  if (factor.isDiscrete) return
  const { base } = (factor as ContinuousFactor).family
  for (let i = 0; i < factor.count; i++) natural[factor.from + i]! -= base[i]!
}

/**
 * Writes what follows from the natural parameters of a stage's factors.
 *
 * @returns the latent that has no distribution, if one has none.
 */
export function expect(stage: Stage, q: MeanFieldState): string | undefined {
  if (stage.isDiscrete) {
    for (const factor of stage.factors as readonly DiscreteFactor[]) {
      const log = softmax(q.natural, q.expected, factor.from, factor.count)
      q.logNormalizers[factor.index] = log
      if (!Number.isFinite(log)) return factor.names[0]
    }
    return undefined
  }
  const [first] = stage.factors as readonly ContinuousFactor[]
  const { family, count } = first!
  const natural = new Float64Array(stage.factors.length * count)
  for (const [i, { from }] of stage.factors.entries())
    natural.set(q.natural.subarray(from, from + count), i * count)
  const { expected, logNormalizer } = family.expectations(natural)
  for (const [i, { names, from, index }] of stage.factors.entries()) {
    if (!Number.isFinite(logNormalizer[i]!)) return names[0]
    q.expected.set(expected.subarray(i * count, (i + 1) * count), from)
    q.logNormalizers[index] = logNormalizer[i]!
  }
  return undefined
}

/** Probabilities of natural parameters. @returns the logarithm of their sum. */
function softmax(natural: Float64Array, expected: Float64Array, from: number, count: number): number {
  let most = -Infinity
  for (let i = from; i < from + count; i++) most = Math.max(most, natural[i]!)
  if (most === -Infinity) return most
  let total = 0
  for (let i = from; i < from + count; i++) total += expected[i] = Math.exp(natural[i]! - most)
  for (let i = from; i < from + count; i++) expected[i]! /= total
  return most + Math.log(total)
}

/** −E log q of a factor. */
export function entropyOf(factor: Factor, { natural, expected, logNormalizers }: MeanFieldState): number {
  let entropy = logNormalizers[factor.index]!
  const base = factor.isDiscrete ? undefined : (factor as ContinuousFactor).family.base
  for (let i = 0; i < factor.count; i++) {
    const mean = expected[factor.from + i]!
    if (mean !== 0) entropy -= (natural[factor.from + i]! + (base?.[i] ?? 0)) * mean
  }
  return entropy
}

export function copyOf({ natural, expected, logNormalizers }: MeanFieldState): MeanFieldState {
  return { natural: natural.slice(), expected: expected.slice(), logNormalizers: logNormalizers.slice() }
}
