import { sizeOf } from '@variate/core/internal'
import type { FactorFamily } from './families/factorFamily.ts'
import { gaussian } from './families/gaussian.ts'
import { gaussianGamma } from './families/gaussianGamma.ts'
import { gaussianWishart } from './families/gaussianWishart.ts'
import type { FactorSite } from './supportKinds.ts'
import type { TermLayout } from './termLayout.ts'

/** Latents whose elements are kept together where any term depends on them together. */
export interface JointBlock {
  readonly vectors: readonly FactorSite[]
  /** A precision, or a variance, of the vectors. */
  readonly scale?: FactorSite
  /** Whether it is a variance or covariance. */
  readonly isInverse: boolean
}

/** What is decided of latents: of which family a factor is by itself, and which are together. */
export interface Roles {
  readonly families: ReadonlyMap<string, FactorFamily>
  readonly blocks: readonly JointBlock[]
}

/** A number of a term's latents: of the elements of one colour, so far from the first number of an element. */
export interface GroupNumber {
  readonly dependence: number
  readonly colour: number
  readonly at: number
}

/** Numbers that a term depends on, of one family together. */
export interface StatGroup {
  readonly role: 'vector' | 'gamma' | 'wishart' | 'single'
  readonly family: FactorFamily
  readonly numbers: readonly GroupNumber[]
  /** How many of the numbers, the first, are of vectors. */
  readonly vectors: number
  /** The latents, as errors name them: that which cannot be without the others first. */
  readonly sites: readonly FactorSite[]
}

export function blockOf({ blocks }: Roles, { site }: FactorSite): JointBlock | undefined {
  return blocks.find(({ vectors, scale }) =>
    [...vectors, ...(scale ? [scale] : [])].some((one) => one.site.name === site.name),
  )
}

/**
 * The latents of a term in groups, in products of whose statistics the term may be linear.
 *
 * @param isJoint whether all normal latents are in one group: the term is quadratic in them together.
 * @returns undefined where a vector is read without the scale that it is kept with, or more than one: then it is in no family.
 */
export function statGroups(
  layout: TermLayout,
  roles: Roles,
  isJoint: boolean,
): readonly StatGroup[] | undefined {
  const { continuous, counts } = layout
  const numbersOf = (dependence: number): readonly GroupNumber[] =>
    Array.from({ length: counts[dependence]! }, (_, colour) =>
      Array.from({ length: sizeOf(continuous[dependence]!.of.event) }, (__, at) => ({
        dependence,
        colour,
        at,
      })),
    ).flat()
  const vectors = new Map<unknown, number[]>()
  const scaled = new Map<JointBlock, number[]>()
  const groups: StatGroup[] = []
  for (const [d, { of }] of continuous.entries()) {
    const block = blockOf(roles, of)
    if (block?.scale) scaled.set(block, [...(scaled.get(block) ?? []), d])
    else if (of.kind === 'vector') {
      const together = isJoint ? 'all' : (block ?? of.site.name)
      vectors.set(together, [...(vectors.get(together) ?? []), d])
    } else {
      const numbers = numbersOf(d)
      for (let from = 0; from < numbers.length; from += of.size)
        groups.push({
          role: 'single',
          family: roles.families.get(of.site.name)!,
          numbers: numbers.slice(from, from + of.size),
          vectors: 0,
          sites: [of],
        })
    }
  }
  for (const own of vectors.values()) {
    const numbers = own.flatMap(numbersOf)
    const sites = own.map((d) => continuous[d]!.of)
    groups.push({ role: 'vector', family: gaussian(numbers.length), numbers, vectors: numbers.length, sites })
  }
  for (const [block, own] of scaled) {
    const found = scaledGroups(layout, block, own, numbersOf)
    if (!found) return undefined
    groups.push(...found)
  }
  return groups.filter(({ numbers }) => numbers.length > 0)
}

/** The groups of vectors with a scale: one for each element of the scale that is read. */
function scaledGroups(
  { continuous, counts }: TermLayout,
  { scale, isInverse }: JointBlock,
  own: readonly number[],
  numbersOf: (dependence: number) => readonly GroupNumber[],
): readonly StatGroup[] | undefined {
  const isScale = (d: number): boolean => continuous[d]!.of.site.name === scale!.site.name
  const [scales, vectors] = [own.filter(isScale), own.filter((d) => !isScale(d))]
  if (scales.length !== 1) return undefined
  const ofScale = scales[0]!
  const colours = counts[ofScale]!
  if (colours > 1 && vectors.some((d) => counts[d] !== colours)) return undefined
  const sites = [...vectors, ofScale].map((d) => continuous[d]!.of)
  const groups = Array.from({ length: colours }, (_, colour): StatGroup | undefined => {
    const isOwn = (one: GroupNumber): boolean => colours === 1 || one.colour === colour
    const numbers = vectors.flatMap((d) => numbersOf(d).filter(isOwn))
    const all = [...numbers, ...numbersOf(ofScale).filter(isOwn)]
    const n = numbers.length
    if (scale!.kind === 'positive') {
      if (all.length !== n + 1) return undefined
      return { role: 'gamma', family: gaussianGamma(n, isInverse), numbers: all, vectors: n, sites }
    }
    const p = scale!.event.at(-1)!
    if (all.length !== n + p * p || (n !== 0 && n !== p)) return undefined
    return { role: 'wishart', family: gaussianWishart(p, n > 0, isInverse), numbers: all, vectors: n, sites }
  })
  return groups.includes(undefined) ? undefined : (groups as readonly StatGroup[])
}
