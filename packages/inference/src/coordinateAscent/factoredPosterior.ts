import { DomainError, foldIn, NdArray, random, type Key } from '@variate/core'
import { shown, sizeOf } from '@variate/core/internal'
import type { LatentNames, Randomness } from '@variate/language'
import type { ContinuousNames, DiscreteNames } from '../exact/exactPosterior.ts'
import { keyFrom } from '../keyFrom.ts'
import { siteFactors, type FactorOfSite } from './siteFactors.ts'
import type { ContinuousFactor } from './factors.ts'
import type { FactorFamily } from './families/factorFamily.ts'
import type { MeanFieldState } from './meanField.ts'
import type { Plan } from './plan.ts'

/** What q says of the latents. */
export interface FactoredPosterior<Types> {
  /** What q is of each latent: parameters of its factors, and its marginal distribution. */
  readonly factors: Readonly<Record<LatentNames<Types>, FactorOfSite>>
  /** For each discrete latent the probability of each of its values: an axis for each plate, then that of the values. */
  readonly probabilities: Readonly<Record<DiscreteNames<Types>, NdArray<Float64Array>>>
  /** What these values are, [count, ...event]. */
  readonly values: Readonly<Record<DiscreteNames<Types>, NdArray>>
  /** The mean of each continuous latent, of its own shape. */
  readonly mean: Readonly<Record<ContinuousNames<Types>, NdArray<Float64Array>>>
  /** Its variance, number by number; ∞ where it has none. */
  readonly variance: Readonly<Record<ContinuousNames<Types>, NdArray<Float64Array>>>
  /** Draws of all latents from q, along a first axis. */
  sample(count: number, options: Randomness): Promise<Readonly<Record<LatentNames<Types>, NdArray>>>
}

type Arrays = Readonly<Record<string, NdArray<Float64Array>>>

export function factoredPosterior(plan: Plan, state: MeanFieldState): FactoredPosterior<never> {
  const { discrete, factors } = plan
  const { mean, variance } = momentsOf(plan, state)
  const probabilities = Object.fromEntries(
    [...discrete].map(([name, { lengths, cardinality }]) => {
      const own = factors.discrete.filter(({ names }) => names[0] === name)
      const data = own.flatMap(({ from, count }) => [...state.expected.subarray(from, from + count)])
      return [name, new NdArray(Float64Array.from(data), [...lengths, cardinality])]
    }),
  )
  return {
    factors: siteFactors(plan, state),
    probabilities,
    values: Object.fromEntries([...discrete].map(([name, { values }]) => [name, values])),
    mean,
    variance,
    sample: async (count, options) => {
      if (!(Number.isInteger(count) && count >= 1))
        throw new DomainError(`posterior.sample: count must be a whole number ≥ 1, got ${shown(count)}`)
      const key = keyFrom('posterior.sample', options)
      return {
        ...drawContinuous(plan, state, count, foldIn(key, 0)),
        ...drawDiscrete(plan, state, count, foldIn(key, 1)),
      }
    },
  }
}

/** Factors of one family. */
function byFamily({ factors }: Plan): readonly (readonly [FactorFamily, readonly ContinuousFactor[]])[] {
  const all = new Map<string, ContinuousFactor[]>()
  for (const factor of factors.continuous) {
    const name = `${factor.family.name} ${factor.family.size}`
    all.set(name, [...(all.get(name) ?? []), factor])
  }
  return [...all.values()].map((own) => [own[0]!.family, own])
}

function arraysOf({ sites }: Plan, lead: readonly number[]): Arrays {
  return Object.fromEntries(
    [...sites].map(([name, { lengths, event }]) => {
      const shape = [...lead, ...lengths, ...event]
      return [name, new NdArray(new Float64Array(sizeOf(shape)), shape)]
    }),
  )
}

/** The natural parameters of some factors. */
function naturalOf(factors: readonly ContinuousFactor[], { natural }: MeanFieldState): Float64Array {
  return Float64Array.from(factors.flatMap(({ from, count }) => [...natural.subarray(from, from + count)]))
}

function momentsOf(plan: Plan, state: MeanFieldState): { readonly mean: Arrays; readonly variance: Arrays } {
  const [mean, variance] = [arraysOf(plan, []), arraysOf(plan, [])]
  for (const [family, own] of byFamily(plan)) {
    const moments = family.moments(naturalOf(own, state))
    for (const [i, { numbers }] of own.entries()) {
      for (const [position, { site, at }] of numbers.entries()) {
        mean[site.site.name]!.data[at] = moments.mean[i * family.size + position]!
        variance[site.site.name]!.data[at] = moments.variance[i * family.size + position]!
      }
    }
  }
  return { mean, variance }
}

function drawContinuous(plan: Plan, state: MeanFieldState, count: number, key: Key): Arrays {
  const draws = arraysOf(plan, [count])
  for (const [f, [family, own]] of byFamily(plan).entries()) {
    const drawn = family.draw(foldIn(key, f), naturalOf(own, state), count)
    for (const [i, { numbers }] of own.entries()) {
      for (const [position, { site, at }] of numbers.entries()) {
        const { data } = draws[site.site.name]!
        const width = data.length / count
        for (let draw = 0; draw < count; draw++)
          data[draw * width + at] = drawn[(i * count + draw) * family.size + position]!
      }
    }
  }
  return draws
}

function drawDiscrete(
  { discrete, factors }: Plan,
  { expected }: MeanFieldState,
  count: number,
  key: Key,
): Readonly<Record<string, NdArray>> {
  const noise = random.uniform(key, [factors.discrete.length, count], { dtype: 'float64' }).data
  return Object.fromEntries(
    [...discrete].map(([name, { lengths, values, first }]) => {
      const event = values.shape.slice(1)
      const [elements, size] = [sizeOf(lengths), sizeOf(event)]
      const data = new (values.data.constructor as Float64ArrayConstructor)(count * elements * size)
      for (let element = 0; element < elements; element++) {
        const { from, count: cardinality } = factors.discrete[first + element]!
        for (let draw = 0; draw < count; draw++) {
          let left = noise[(first + element) * count + draw]!
          let value = 0
          while (value < cardinality - 1 && (left -= expected[from + value]!) >= 0) value++
          const own = values.data.subarray(value * size, (value + 1) * size) as Float64Array
          data.set(own, (draw * elements + element) * size)
        }
      }
      return [name, new NdArray(data, [count, ...lengths, ...event])]
    }),
  )
}
