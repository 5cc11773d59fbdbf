import { UnsupportedError } from '@variate/core'
import { sizeOf } from '@variate/core/internal'
import type { ContinuousFactor, DiscreteFactor, Factor } from '../coordinateAscent/factors.ts'
import { entropyOf, type MeanField, type MeanFieldState } from '../coordinateAscent/meanField.ts'
import type { Plan } from '../coordinateAscent/plan.ts'
import type { Stage } from '../coordinateAscent/stages.ts'
import type { LatentSite } from '../exact/variables.ts'

/** A stage of local factors: those of each element of the plate. */
export interface LocalStage {
  readonly isDiscrete: boolean
  readonly byElement: readonly (readonly Factor[])[]
}

/** A plan by the elements of a plate: what is of one element only, and what is of all. */
export interface Subsets {
  /** How many elements the plate has. */
  readonly size: number
  readonly local: readonly LocalStage[]
  readonly global: readonly Stage[]
  /**
   * Writes what the log joint says of the statistics of a global stage, estimated by some elements.
   *
   * @param to where it is written, at the statistics' own places.
   */
  writeSlopes(stage: Stage, elements: Int32Array, q: MeanFieldState, to: Float64Array): void
  /** The ELBO, estimated by some elements. */
  elbo(elements: Int32Array, q: MeanFieldState): number
}

/** @throws UnsupportedError for factors across elements of the plate. */
export function subsetsOfPlan(plan: Plan, { stages }: MeanField, plate: string, who: string): Subsets {
  const { bound, factors, polynomial } = plan
  const { coefficients, statistics, width, tags, constant } = polynomial
  const size = bound.sizes.get(plate)!
  const all: readonly Factor[] = [...factors.discrete, ...factors.continuous]
  const elementOf = Int32Array.from(all, (factor) => elementOfFactor(factor, plate, who))
  const isLocal = ({ factors: [first] }: Stage): boolean => elementOf[first!.index]! >= 0
  const global = stages.filter((stage) => !isLocal(stage))
  const stageOf = new Int32Array(factors.total + 1).fill(-1)
  for (const [i, stage] of global.entries())
    for (const { from, count } of stage.factors) stageOf.fill(i, from, from + count)
  const products = byTag(tags, size)
  const entropies = Array.from({ length: size + 1 }, (): Factor[] => [])
  for (const factor of all) entropies[elementOf[factor.index]! + 1]!.push(factor)
  /** The product without one of its statistics. */
  const without = (product: number, i: number, expected: Float64Array): number => {
    let value = 1
    for (let j = 0; j < width; j++) if (j !== i) value *= expected[statistics[product * width + j]!]!
    return value === 0 ? 0 : coefficients[product]! * value
  }
  return {
    size,
    local: stages.filter(isLocal).map(({ factors: own, isDiscrete }) => {
      const byElement = Array.from({ length: size }, (): Factor[] => [])
      for (const factor of own) byElement[elementOf[factor.index]!]!.push(factor)
      return { isDiscrete, byElement }
    }),
    global,
    writeSlopes: (stage, elements, { expected }, to) => {
      const number = global.indexOf(stage)
      for (const { from, count } of stage.factors) to.fill(0, from, from + count)
      const add = (own: Int32Array, scale: number): void => {
        for (const product of own) {
          for (let i = 0; i < width; i++) {
            const statistic = statistics[product * width + i]!
            if (stageOf[statistic] === number) to[statistic]! += scale * without(product, i, expected)
          }
        }
      }
      add(products[0]!, 1)
      for (const element of elements) add(products[element + 1]!, size / elements.length)
    },
    elbo: (elements, q) => {
      const of = (element: number): number => {
        let sum = 0
        for (const product of products[element + 1]!) sum += without(product, -1, q.expected)
        return entropies[element + 1]!.reduce((total, factor) => total + entropyOf(factor, q), sum)
      }
      let local = 0
      for (const element of elements) local += of(element)
      return constant + of(-1) + (size / elements.length) * local
    },
  }
}

/** The element of the plate that all of a factor is in; −1 for a factor that is in none. */
function elementOfFactor(factor: Factor, plate: string, who: string): number {
  const sites: readonly LatentSite[] = factor.isDiscrete
    ? [(factor as DiscreteFactor).site]
    : (factor as ContinuousFactor).numbers.map(({ site }) => site)
  const elements = new Set(
    factor.variables.map((variable) => {
      const { site, lengths, first } = sites.find(
        (one) => variable >= one.first && variable < one.first + sizeOf(one.lengths),
      )!
      const axis = site.plates.indexOf(plate)
      if (axis < 0) return -1
      return Math.floor((variable - first) / sizeOf(lengths.slice(axis + 1))) % lengths[axis]!
    }),
  )
  if (elements.size === 1) return [...elements][0]!
  const names = factor.names.map((name) => `"${name}"`).join(' and ')
  throw new UnsupportedError(
    `${who}: ${names} are kept together, and so across elements of plate "${plate}", of which subsets are taken: leave them out of blocks`,
  )
}

/** The products of no element, then of each. */
function byTag(tags: Int32Array, size: number): readonly Int32Array[] {
  const lists = Array.from({ length: size + 1 }, (): number[] => [])
  for (const [product, tag] of tags.entries()) lists[tag + 1]!.push(product)
  return lists.map((list) => Int32Array.from(list))
}
