import { compile } from '@variate/compile'
import { DomainError, foldIn, random, ShapeError, type Key, type NdArray } from '@variate/core'
import { indicesOf } from '@variate/core/internal'
import type { Tensor } from '@tensorflow/tfjs-core'
import { draws, entryOf, placeOf, plainData } from '@variate/language/internal'
import type { LatentSite } from '../exact/variables.ts'
import type { DiscreteFactor, Factor } from './factors.ts'
import type { Start } from './started.ts'
import { positiveOf } from './families/positive.ts'
import type { Plan } from './plan.ts'
import type { FactorSite } from './supportKinds.ts'

/** Arrays to start from, by the names of latents: probabilities of discrete ones, values of others. */
export type Init = Readonly<Record<string, unknown>>

/** How far from 0 and from ∞ positive numbers are at least where the prior's draws are beyond. */
const EXTREME = 1e-6

/**
 * Prepares starts: random probabilities of discrete latents, and draws of the prior for others, where nothing is given.
 *
 * @throws DomainError and ShapeError for what is given and does not fit.
 */
export function startsOf(plan: Plan, init: Init, who: string): (key: Key) => Start {
  const { bound, discrete, sites, factors } = plan
  const names = new Set(Object.keys(init).filter((name) => entryOf(init, name) !== undefined))
  const given = new Map<string, Float64Array>()
  for (const name of names) {
    const site = discrete.get(name)
    const other = sites.get(name)
    const latent: LatentSite | undefined = site ?? other
    if (!latent) throw new DomainError(`${who}: init: "${name}" is no latent that is to be inferred`)
    const where = `${who}: init: ${placeOf(latent.site)}`
    const expected = [...latent.lengths, ...(site ? [site.cardinality] : other!.event)]
    const { data, shape, missing } = plainData(init[name], where)
    if (missing) throw new DomainError(`${where}: a number is missing`)
    if (String(shape) !== String(expected))
      throw new ShapeError(
        `${where}: got shape [${shape}], expected [${expected}]${site ? ': a probability for each value' : ''}`,
      )
    given.set(name, data)
    if (site) checkProbabilities(data, expected, where)
    else checkInside(other!, data, expected, where)
  }
  const isGiven = ({ isDiscrete, names: own }: Factor): boolean =>
    names.size === 0 ? isDiscrete : own.some((name) => names.has(name))
  const program = compile(
    (key: Tensor, values: Readonly<Record<string, Tensor>>, masks: Readonly<Record<string, Tensor>>) => {
      const all = draws(bound.program, bound.sizes, key, values, undefined, masks)
      return Object.fromEntries([...sites.keys()].map((name) => [name, all[name]!]))
    },
    { precision: 'float64' },
  )
  const prior = (key: Key): Readonly<Record<string, NdArray>> =>
    sites.size === 0
      ? {}
      : (program(
          Int32Array.from(key, (word) => word | 0) as never,
          bound.values as never,
          bound.present as never,
        ) as never)
  return (key) => {
    const expected = new Float64Array(factors.total + 1)
    expected[factors.total] = 1
    randomProbabilities(factors.discrete, foldIn(key, 0), expected)
    for (const { from, count, site, variables } of factors.discrete) {
      const own = given.get(site.site.name)
      if (own)
        expected.set(
          own.subarray((variables[0]! - site.first) * count, (variables[0]! - site.first + 1) * count),
          from,
        )
    }
    const drawn = prior(foldIn(key, 1))
    for (const { from, family, numbers } of factors.continuous) {
      const value = Float64Array.from(numbers, ({ site, at }) => {
        const x = (given.get(site.site.name) ?? drawn[site.site.name]!.data)[at]!
        if (site.kind === 'vector' || site.kind === 'matrix') return x
        return Math.min(Math.max(x, EXTREME), site.kind === 'positive' ? 1 / EXTREME : 1 - EXTREME)
      })
      expected.set(family.statistics(value), from)
    }
    return { expected, isGiven }
  }
}

/** Random probabilities of discrete factors: uniform on the simplex. */
function randomProbabilities(factors: readonly DiscreteFactor[], key: Key, expected: Float64Array): void {
  const total = factors.reduce((sum, { count }) => sum + count, 0)
  const noise = random.exponential(key, [total], { dtype: 'float64' }).data
  let at = 0
  for (const { from, count } of factors) {
    let sum = 0
    for (let i = 0; i < count; i++) sum += noise[at + i]!
    for (let i = 0; i < count; i++) expected[from + i] = noise[at++]! / sum
  }
}

/** How far sums of probabilities may be from 1. */
const SUM = 1e-5

/** @throws DomainError for rows that are no probabilities. */
function checkProbabilities(data: Float64Array, shape: readonly number[], where: string): void {
  const count = shape.at(-1)!
  for (let from = 0; from < data.length; from += count) {
    const own = data.subarray(from, from + count)
    const total = own.reduce((a, b) => a + b, 0)
    if (own.every((p) => p >= 0) && Math.abs(total - 1) <= SUM) continue
    const at = shape.length > 1 ? ` at [${indicesOf(from / count, shape.slice(0, -1))}]` : ''
    throw new DomainError(`${where}: probabilities must be ≥ 0 and sum to 1, got ${[...own].join(', ')}${at}`)
  }
}

const INSIDE: Readonly<Record<FactorSite['kind'], (own: Float64Array, event: readonly number[]) => boolean>> =
  {
    vector: (own) => own.every(Number.isFinite),
    positive: ([x]) => x! > 0 && x! < Infinity,
    unit: ([x]) => x! > 0 && x! < 1,
    simplex: (own) => own.every((x) => x > 0) && Math.abs(own.reduce((a, b) => a + b, 0) - 1) <= SUM,
    matrix: (own, event) => positiveOf(own.slice(), event.at(-1)!) !== undefined,
  }

/** @throws DomainError for values that a latent cannot have. */
function checkInside(
  { kind, size, event }: FactorSite,
  data: Float64Array,
  shape: readonly number[],
  where: string,
): void {
  for (let from = 0; from < data.length; from += size) {
    if (INSIDE[kind](data.subarray(from, from + size), event)) continue
    const at = shape.length > 0 ? ` at [${indicesOf(from, shape)}]` : ''
    throw new DomainError(`${where}: the value${at} is outside of its support`)
  }
}
