import type { Tensor } from '@tensorflow/tfjs-core'
import { batch } from '@variate/compile'
import { DomainError, UnsupportedError } from '@variate/core'
import { shown } from '@variate/core/internal'
import type { AnyKey } from '@variate/core/ops'
import { add, exp, fill, greater, mean, mul, neg, stopGradient, sum, where } from '@variate/core/ops'
import { alongPlates } from './alongPlates.ts'
import { checkReparameterized } from './checkDraws.ts'
import { combinationsOf, everywhere } from './combinations.ts'
import type { Estimator, Outline } from './estimator.ts'
import { gradientOf } from './gradientOf.ts'
import { checkParticles, overParticles } from './particles.ts'
import type { ObjectiveParameters, Problem, Values } from './problem.ts'
import { checkSums, sumsOf, type Sum } from './sumsOf.ts'

export interface EnumeratedOptions {
  /** How many draws of continuous latents a step takes; 1, if not given. */
  readonly particles?: number
  /** How many combinations of values a sum may go over; 4,096, if not given. */
  readonly limit?: number
}

/**
 * Exact sums over discrete latents: each term of the bound is averaged over all values of the discrete latents that it reads, each
 * combination as likely as q says, and continuous latents are drawn, and differentiated through their draws. The sums are for each
 * element of plates by itself, where elements are read by their own only; of a plate that is read whole all elements' combinations
 * are gone through. Unbiased: the gradient has no noise of discrete latents, and none at all where all are discrete.
 *
 * @param options how many draws there are, and how large sums may be.
 * @throws DomainError for a number of particles below 1, or a limit below 1.
 * @see Titsias and Lázaro-Gredilla, Local Expectation Gradients for Black Box Variational Inference (NeurIPS 2015).
 *
 * @example
 * ```ts
 * import { enumerated } from '@variate/estimators'
 *
 * enumerated().needs // => ['reparameterized', 'discrete']
 * enumerated({ limit: 0 }) // => throws 'limit must be a whole number ≥ 1'
 * ```
 */
export function enumerated({ particles = 1, limit = 4096 }: EnumeratedOptions = {}): Estimator<
  'reparameterized' | 'discrete'
> {
  checkParticles('enumerated', particles)
  if (!Number.isInteger(limit) || limit < 1)
    throw new DomainError(`enumerated: limit must be a whole number ≥ 1, got ${shown(limit)}`)
  return {
    name: 'enumerated',
    needs: ['reparameterized', 'discrete'],
    particles,
    isUnbiased: true,
    init: (outline, who) => {
      checkFactors(outline, who)
      checkSums(sumsOf(outline), outline, limit, who)
      return {}
    },
    estimate: (problem, parameters, key) => {
      const { gradients, more } = gradientOf((own) => {
        const bounds = overParticles(particles, () => boundOf(problem, own, key))
        const elbo = mean(bounds)
        return { surrogate: elbo, more: stopGradient(elbo) }
      }, parameters)
      return { objective: more, gradients, state: {} }
    },
  }
}

function checkFactors(outline: Outline, who: string): void {
  const { factors } = outline
  const drawn = factors.filter(({ draws }) => draws !== 'discrete')
  checkReparameterized('enumerated', { ...outline, factors: drawn }, who)
  for (const { name, draws, support } of factors) {
    if (draws !== 'discrete' || support) continue
    throw new UnsupportedError(
      `${who}: enumerated sums over the values of discrete latents, and those of "${name}" are not listed: they have no end, ` +
        'or an element has several, whose axes are to be put in plates: else use scoreFunction() or automatic()',
    )
  }
}

/** The bound, given the noise that continuous latents are made of. */
function boundOf(problem: Problem, parameters: ObjectiveParameters, key: AnyKey): Tensor {
  const drawn = problem.draw(parameters, key)
  return sumsOf(problem)
    .map((own) => {
      const { summed } = own
      if (summed.length === 0) return meanOf(problem, parameters, drawn, own)
      const combinations = combinationsOf(summed, problem.sizes)
      const names = Object.keys(combinations)
      const means = batch((...values: readonly Tensor[]) => {
        const set = Object.fromEntries(
          names.map((name, at) => [name, everywhere(summed[at]!, values[at]!, problem.sizes)]),
        )
        return meanOf(problem, parameters, drawnWith(problem, parameters, key, drawn, set), own)
      })(...names.map((name) => combinations[name]!))
      return sum(means)
    })
    .reduce((total, x) => add(total, x), fill([], 0))
}

/** What of a sum is of one combination: each element's terms, as likely as the combination is, and as often as they count. */
function meanOf(
  problem: Problem,
  parameters: ObjectiveParameters,
  values: Values,
  { summed, terms, factors }: Sum,
): Tensor {
  const logP = problem.logP(parameters, values)
  const logQ = problem.logQ(parameters, values)
  const logs = summed.map(({ factor, whole }) => {
    const aligned = factor.plates.filter((plate) => !whole.includes(plate))
    return (plates: readonly string[]) => alongPlates(logQ[factor.name]!, factor.plates, aligned, plates)
  })
  const weighed = (of: readonly Part[], names: readonly string[], all: Values): Tensor =>
    of
      .filter(({ name }) => names.includes(name))
      .map(({ name, plates, scale }) => {
        const own = all[name]!
        if (logs.length === 0) return mul(scale, sum(own))
        const weight = exp(logs.map((log) => log(plates)).reduce((total, x) => add(total, x)))
        // What is impossible by q counts nothing, whatever log p is there.
        return mul(scale, sum(mul(weight, where(greater(weight, 0), own, 0))))
      })
      .reduce((total, x) => add(total, x), fill([], 0))
  return add(weighed(problem.terms, terms, logP), neg(weighed(problem.factors, factors, logQ)))
}

interface Part {
  readonly name: string
  readonly plates: readonly string[]
  readonly scale: number
}

/** A draw with other values of discrete latents: what is drawn with these is drawn anew. */
function drawnWith(
  problem: Problem,
  parameters: ObjectiveParameters,
  key: AnyKey,
  drawn: Values,
  set: Values,
): Values {
  const below = belowOf(problem, set)
  const isOf = (site: string, name: string): boolean => name === site || name.startsWith(`${site}\0`)
  const kept = Object.fromEntries(
    Object.entries(drawn).filter(
      ([name]) => ![...Object.keys(set), ...below].some((site) => isOf(site, name)),
    ),
  )
  const given = { ...kept, ...set }
  return below.length === 0 ? given : problem.draw(parameters, key, {}, given)
}

/** The latents that are drawn with some others, themselves or through others. */
function belowOf({ factors }: Problem, set: Values): readonly string[] {
  const reached = new Set(factors.filter(({ sites }) => sites.some((site) => site in set)))
  for (const { factors: readers } of reached)
    for (const { name } of readers) reached.add(factors.find((factor) => factor.name === name)!)
  return [...reached].flatMap(({ sites }) => sites.filter((site) => !(site in set)))
}
