import { UnsupportedError } from '@variate/core'
import { sizeOf } from '@variate/core/internal'
import { placeOf, type Bound } from '@variate/language/internal'
import { combinationsOf } from '../exact/combinationRows.ts'
import type { Expansion } from './fittedTerm.ts'
import type { ContinuousFactor, Factors } from './factors.ts'
import { triangleAt, triangleSize } from './families/triangle.ts'
import { PolynomialBuilder, type Polynomial } from './polynomial.ts'
import type { StatGroup } from './statGroups.ts'
import { variablesOfElement, type TermLayout } from './termLayout.ts'

/** A term with its expansion. */
export interface ExpandedTerm {
  readonly layout: TermLayout
  readonly groups: readonly StatGroup[]
  readonly expansion: Expansion
}

/** A statistic of a group as a product of statistics of factors; undefined if nothing depends on it. */
type Product = readonly number[] | undefined

type Place = { readonly factor: ContinuousFactor; readonly position: number } | undefined

/**
 * Adds up the expansions of all terms.
 *
 * @param plate the plate whose subsets are taken, if any: what is of different elements of it is not added up.
 */
export function logJointPolynomial(
  bound: Bound,
  terms: readonly ExpandedTerm[],
  factors: Factors,
  plate: string | undefined,
  who: string,
): Polynomial {
  const builder = new PolynomialBuilder()
  const firsts = new Map(factors.discrete.map((factor) => [factor.variables[0]!, factor.from]))
  for (const term of terms) addTerm(bound, term, factors, firsts, plate, builder, who)
  return builder.build(factors.total)
}

function addTerm(
  bound: Bound,
  { layout, groups, expansion }: ExpandedTerm,
  factors: Factors,
  firsts: ReadonlyMap<number, number>,
  plate: string | undefined,
  builder: PolynomialBuilder,
  who: string,
): void {
  const { combinations, elements, term } = layout
  const { sizes, rows } = expansion
  const places = placesOf(bound, layout, groups, factors)
  /** What is read alike is added up. */
  const sums = new Map<string, Sum>()
  for (let element = 0; element < elements; element++) {
    const tag = tagOf(bound, layout, plate, element)
    const placesAt = places(element)
    const indicatorsAt = indicatorsOf(bound, layout, firsts, element)
    for (let combination = 0; combination < combinations; combination++) {
      const { products, coefficients } = rows[combination * elements + element]!
      if (products.length === 0) continue
      const own = placesAt(combination)
      const indicators = indicatorsAt(combination)
      const key = [tag, ...indicators, '', ...own.flatMap((all) => all.map(nameOf))].join()
      let known = sums.get(key)
      if (!known) sums.set(key, (known = { sum: new Map(), tag, indicators, places: own }))
      for (const [i, product] of products.entries())
        known.sum.set(product, (known.sum.get(product) ?? 0) + coefficients[i]!)
    }
  }
  for (const { sum, tag, indicators, places: own } of sums.values()) {
    const products = groups.map((group, g) => productOf(group, own[g]!, placeOf(term.site), who))
    for (const [i, coefficient] of sum) {
      if (coefficient === 0) continue
      const statistics = [...indicators]
      let [rest, isRead] = [i, true]
      for (let g = sizes.length - 1; g >= 0; g--) {
        const product = products[g]!(rest % sizes[g]!)
        rest = Math.floor(rest / sizes[g]!)
        if (product) statistics.push(...product)
        else isRead = false
      }
      if (isRead) builder.add(coefficient, statistics, tag)
    }
  }
}

/** Coefficients of products, for all elements of a term that read alike. */
interface Sum {
  readonly sum: Map<number, number>
  readonly tag: number
  /** Statistics of the discrete factors. */
  readonly indicators: readonly number[]
  readonly places: readonly (readonly Place[])[]
}

function nameOf(place: Place): string {
  return place ? `${place.factor.index}.${place.position}` : ''
}

/** For an element and a combination the places of each group's numbers: of those that are not of vectors only that of the last. */
function placesOf(
  bound: Bound,
  layout: TermLayout,
  groups: readonly StatGroup[],
  factors: Factors,
): (element: number) => (combination: number) => readonly (readonly Place[])[] {
  const { continuous } = layout
  const wanted = groups.map(({ numbers, vectors, role }) =>
    role === 'vector' ? numbers : [...numbers.slice(0, vectors), numbers.at(-1)!],
  )
  return (element) => {
    const seen = continuous.map((one) => variablesOfElement(bound, layout, one, element))
    return (combination) =>
      wanted.map((numbers) =>
        numbers.map(({ dependence, colour, at }): Place => {
          const read = layout.readOf(dependence, colour, combination, element)
          if (read < 0) return undefined
          const { of } = continuous[dependence]!
          const variable = seen[dependence]![read]!
          return factors.placeOf(of, (variable - of.first) * sizeOf(of.event) + at)
        }),
      )
  }
}

/** For a combination the statistics of the discrete factors that are 1 in it. */
function indicatorsOf(
  bound: Bound,
  layout: TermLayout,
  firsts: ReadonlyMap<number, number>,
  element: number,
): (combination: number) => readonly number[] {
  const { discrete, combinations } = layout
  const variables = discrete.map((one) => variablesOfElement(bound, layout, one, element))
  return (combination) => {
    let inner = combinations
    return discrete.flatMap((one, d) => {
      inner /= combinationsOf(one)
      let rest = Math.floor(combination / inner) % combinationsOf(one)
      const { cardinality } = one.of
      return variables[d]!.toReversed().map((variable) => {
        const value = rest % cardinality
        rest = Math.floor(rest / cardinality)
        return firsts.get(variable)! + value
      })
    })
  }
}

/** The element of a plate that an element of a term is in; −1 for none. */
function tagOf(bound: Bound, { term }: TermLayout, plate: string | undefined, element: number): number {
  const axis = plate === undefined ? -1 : term.site.plates.indexOf(plate)
  if (axis < 0) return -1
  const inner = sizeOf(term.lengths.slice(axis + 1))
  return Math.floor(element / inner) % bound.sizes.get(plate!)!
}

/** What each statistic of a group is in terms of the factors; the first is 1. */
function productOf(
  { role, vectors, family }: StatGroup,
  places: readonly Place[],
  site: string,
  who: string,
): (statistic: number) => Product {
  const last = places.at(-1)
  if (role === 'single') return (i) => (i === 0 ? [] : last && [last.factor.from + i - 1])
  if (role === 'vector') return among([[], ...vectorProducts(places)])
  if (!last) return (i) => (i === 0 ? [] : undefined)
  const { factor } = last
  if (places.some((place) => place && place.factor !== factor)) {
    const names = [...new Set(places.flatMap((place) => place?.factor.names ?? []))]
    throw new UnsupportedError(
      `${who}: ${site} reads ${names.map((name) => `"${name}"`).join(' and ')} of different elements, which are kept together ` +
        'with others: leave them out of blocks',
    )
  }
  const own = factor.numbers.length - (family.size - vectors)
  const scale = role === 'gamma' ? own + triangleSize(own) : own > 0 ? own + 1 : 0
  const ofVectors =
    role === 'gamma'
      ? vectorProducts(places.slice(0, vectors), own)
      : Array.from({ length: vectors > 0 ? vectors + 1 : 0 }, (_, i) => [factor.from + i])
  const ofScale = Array.from({ length: family.count - ofVectors.length }, (_, i) => [factor.from + scale + i])
  return among([[], ...ofVectors, ...ofScale])
}

function among(products: readonly Product[]): (statistic: number) => Product {
  return (i) => products[i]
}

/**
 * Numbers of normal vectors, and products of two of them: of one factor a statistic, of two factors a product of two.
 *
 * @param size how many numbers of vectors the factors have, if it is not all.
 */
function vectorProducts(places: readonly Place[], size?: number): readonly Product[] {
  const linear = places.map((place): Product => place && [place.factor.from + place.position])
  const quadratic = places.flatMap((a, i) =>
    places.slice(0, i + 1).map((b): Product => {
      if (!a || !b) return undefined
      if (a.factor !== b.factor) return [...linear[i]!, b.factor.from + b.position]
      return [a.factor.from + (size ?? a.factor.family.size) + triangleAt(a.position, b.position)]
    }),
  )
  return [...linear, ...quadratic]
}
