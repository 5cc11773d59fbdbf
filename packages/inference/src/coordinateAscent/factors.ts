import { UnsupportedError } from '@variate/core'
import { sizeOf } from '@variate/core/internal'
import { placeOf, type Bound } from '@variate/language/internal'
import type { DiscreteSite } from '../exact/variables.ts'
import type { FactorFamily } from './families/factorFamily.ts'
import { gaussian } from './families/gaussian.ts'
import { gaussianGamma } from './families/gaussianGamma.ts'
import { gaussianWishart } from './families/gaussianWishart.ts'
import { blockOf, type JointBlock, type Roles } from './statGroups.ts'
import type { FactorSite } from './supportKinds.ts'
import { variablesOfElement, type TermLayout } from './termLayout.ts'

/** A number of a latent: the latent, and where it is among all of its numbers. */
export interface FactorNumber {
  readonly site: FactorSite
  readonly at: number
}

/** A factor of q. */
export interface Factor {
  /** Its number: discrete factors come first. */
  readonly index: number
  /** Where its statistics begin among all. */
  readonly from: number
  readonly count: number
  /** The latents that it is of, for errors and the order of updates: the last that is declared first. */
  readonly names: readonly string[]
  /** The elements that it is of: variables, as `exact` numbers them. */
  readonly variables: readonly number[]
  readonly isDiscrete: boolean
}

/** Of a discrete variable: its statistics are indicators of its values. */
export interface DiscreteFactor extends Factor {
  readonly isDiscrete: true
  readonly site: DiscreteSite
}

export interface ContinuousFactor extends Factor {
  readonly isDiscrete: false
  readonly family: FactorFamily
  /** What its numbers are. */
  readonly numbers: readonly FactorNumber[]
}

export interface Factors {
  readonly discrete: readonly DiscreteFactor[]
  readonly continuous: readonly ContinuousFactor[]
  /** How many statistics all have. */
  readonly total: number
  /** The factor of a number of a continuous latent, and its place there. */
  placeOf(site: FactorSite, at: number): { readonly factor: ContinuousFactor; readonly position: number }
}

/** The factors of q: one for each element of each latent, and one for those of a block that terms depend on together. */
export function factorsOf(
  bound: Bound,
  discrete: ReadonlyMap<string, DiscreteSite>,
  sites: ReadonlyMap<string, FactorSite>,
  layouts: readonly TermLayout[],
  roles: Roles,
  who: string,
): Factors {
  let total = 0
  const from = (count: number): number => (total += count) - count
  const ofDiscrete = [...discrete.values()].flatMap((site) =>
    Array.from({ length: sizeOf(site.lengths) }, (_, element): DiscreteFactor => {
      const count = site.cardinality
      const index = site.first + element
      const variables = [index]
      return { index, from: from(count), count, names: [site.site.name], variables, isDiscrete: true, site }
    }),
  )
  const continuous: ContinuousFactor[] = []
  const add = (family: FactorFamily, numbers: readonly FactorNumber[]): void => {
    const order = bound.program.declarations.map(({ name }) => name)
    const names = [...new Set(numbers.map(({ site }) => site.site.name))].toSorted(
      (a, b) => order.indexOf(b) - order.indexOf(a),
    )
    const variables = [
      ...new Set(numbers.map(({ site, at }) => site.first + Math.floor(at / sizeOf(site.event)))),
    ]
    const { count } = family
    const index = ofDiscrete.length + continuous.length
    continuous.push({ index, from: from(count), count, names, variables, isDiscrete: false, family, numbers })
  }
  const numbersOf = (site: FactorSite, element: number): readonly FactorNumber[] => {
    const width = sizeOf(site.event)
    return Array.from({ length: width }, (_, i) => ({ site, at: element * width + i }))
  }
  for (const site of sites.values()) {
    if (blockOf(roles, site)) continue
    const family = site.kind === 'vector' ? gaussian(site.size) : roles.families.get(site.site.name)!
    for (let element = 0; element < sizeOf(site.lengths); element++) {
      const numbers = numbersOf(site, element)
      for (let at = 0; at < numbers.length; at += family.size)
        add(family, numbers.slice(at, at + family.size))
    }
  }
  for (const block of roles.blocks)
    for (const elements of connected(bound, layouts, block)) addBlock(block, elements, numbersOf, add, who)
  const places = new Map<string, { readonly factor: ContinuousFactor; readonly position: number }[]>()
  for (const factor of continuous) {
    for (const [position, { site, at }] of factor.numbers.entries()) {
      const own = places.get(site.site.name) ?? []
      places.set(site.site.name, own)
      own[at] = { factor, position }
    }
  }
  return {
    discrete: ofDiscrete,
    continuous,
    total,
    placeOf: ({ site }, at) => places.get(site.name)![at]!,
  }
}

/** An element of a latent. */
interface Element {
  readonly site: FactorSite
  readonly element: number
}

/** Elements of a block's latents in parts that no element of a term depends on together. */
function connected(
  bound: Bound,
  layouts: readonly TermLayout[],
  { vectors, scale }: JointBlock,
): readonly (readonly Element[])[] {
  const sites = [...vectors, ...(scale ? [scale] : [])]
  const nodes = new Map<number, Element>()
  for (const site of sites)
    for (let element = 0; element < sizeOf(site.lengths); element++)
      nodes.set(site.first + element, { site, element })
  const parents = new Map([...nodes.keys()].map((node) => [node, node]))
  const root = (node: number): number => {
    let at = node
    while (parents.get(at) !== at) at = parents.get(at)!
    parents.set(node, at)
    return at
  }
  for (const layout of layouts) {
    const own = layout.continuous.map((one) => sites.includes(one.of))
    if (!own.includes(true)) continue
    for (let element = 0; element < layout.elements; element++) {
      const variables = layout.continuous.map((one, d) =>
        own[d] ? variablesOfElement(bound, layout, one, element) : [],
      )
      for (let combination = 0; combination < layout.combinations; combination++) {
        let first: number | undefined
        for (const [d, seen] of variables.entries()) {
          for (let colour = 0; colour < (own[d] ? layout.counts[d]! : 0); colour++) {
            const read = layout.readOf(d, colour, combination, element)
            if (read < 0) continue
            first ??= seen[read]!
            parents.set(root(seen[read]!), root(first))
          }
        }
      }
    }
  }
  const parts = new Map<number, Element[]>()
  for (const [node, element] of nodes) parts.set(root(node), [...(parts.get(root(node)) ?? []), element])
  return [...parts.values()]
}

function addBlock(
  { scale, isInverse }: JointBlock,
  elements: readonly Element[],
  numbersOf: (site: FactorSite, element: number) => readonly FactorNumber[],
  add: (family: FactorFamily, numbers: readonly FactorNumber[]) => void,
  who: string,
): void {
  const scales = elements.filter(({ site }) => site.site.name === scale?.site.name)
  const vectors = elements.filter((one) => !scales.includes(one))
  const numbers = vectors.flatMap(({ site, element }) => numbersOf(site, element))
  if (!scale) return add(gaussian(numbers.length), numbers)
  const of = scales.flatMap(({ site, element }) => numbersOf(site, element))
  const p = scale.event.at(-1) ?? 1
  const isMatrix = scale.kind === 'matrix'
  if (scales.length !== 1 || of.length !== (isMatrix ? p * p : 1) || (isMatrix && numbers.length !== p)) {
    const names = [...new Set(elements.map(({ site }) => `"${site.site.name}"`))].join(' and ')
    throw new UnsupportedError(
      `${who}: blocks: ${names} cannot be kept together: ${placeOf(scale.site)} must be ${
        isMatrix ? 'a matrix for each vector' : 'one number'
      } for what is kept with it`,
    )
  }
  add(isMatrix ? gaussianWishart(p, true, isInverse) : gaussianGamma(numbers.length, isInverse), [
    ...numbers,
    ...of,
  ])
}
