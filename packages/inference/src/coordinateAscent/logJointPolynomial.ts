import { UnsupportedError } from '@variate/core'
import { sizeOf } from '@variate/core/internal'
import { placeOf, type Bound } from '@variate/language/internal'
import { combinationsOf } from '../exact/combinationRows.ts'
import type { Expansion } from './expansion.ts'
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
  const { continuous, discrete, combinations, elements, term } = layout
  const { sizes, coefficients } = expansion
  const total = sizes.reduce((a, b) => a * b, 1)
  /** What is read alike is added up. */
  const sums = new Map<
    string,
    { readonly sum: Float64Array; readonly combination: number; readonly element: number }
  >()
  const placesAt = (
    combination: number,
    element: number,
    seen: readonly (readonly number[])[],
  ): readonly (readonly Place[])[] =>
    groups.map(({ numbers }) =>
      numbers.map(({ dependence, colour, at }): Place => {
        const read = layout.readOf(dependence, colour, combination, element)
        if (read < 0) return undefined
        const { of } = continuous[dependence]!
        const variable = seen[dependence]![read]!
        return factors.placeOf(of, (variable - of.first) * sizeOf(of.event) + at)
      }),
    )
  const seenBy = (element: number): readonly (readonly number[])[] =>
    continuous.map((one) => variablesOfElement(bound, layout, one, element))
  const indicatorsAt = (combination: number, element: number): readonly number[] => {
    let inner = combinations
    return discrete.flatMap((one) => {
      inner /= combinationsOf(one)
      let rest = Math.floor(combination / inner) % combinationsOf(one)
      const { cardinality } = one.of
      return variablesOfElement(bound, layout, one, element)
        .toReversed()
        .map((variable) => {
          const value = rest % cardinality
          rest = Math.floor(rest / cardinality)
          return firsts.get(variable)! + value
        })
    })
  }
  for (let element = 0; element < elements; element++) {
    const seen = seenBy(element)
    for (let combination = 0; combination < combinations; combination++) {
      const own = coefficients.subarray(
        (combination * elements + element) * total,
        (combination * elements + element + 1) * total,
      )
      const places = placesAt(combination, element, seen)
      const alike = places.flatMap((all) =>
        all.map((place) => (place ? `${place.factor.from}.${place.position}` : '')),
      )
      const key = `${tagOf(bound, layout, plate, element)}|${indicatorsAt(combination, element)}|${alike}`
      const known = sums.get(key)
      if (!known) sums.set(key, { sum: own.slice(), combination, element })
      else for (let i = 0; i < total; i++) known.sum[i]! += own[i]!
    }
  }
  for (const { sum, combination, element } of sums.values()) {
    const indicators = indicatorsAt(combination, element)
    const places = placesAt(combination, element, seenBy(element))
    const tag = tagOf(bound, layout, plate, element)
    const products = groups.map((group, g) => productsOf(group, places[g]!, placeOf(term.site), who))
    for (let i = 0; i < total; i++) {
      if (sum[i] === 0) continue
      const statistics = [...indicators]
      let [rest, isRead] = [i, true]
      for (let g = sizes.length - 1; g >= 0; g--) {
        const product = products[g]![rest % sizes[g]!]
        rest = Math.floor(rest / sizes[g]!)
        if (product) statistics.push(...product)
        else isRead = false
      }
      if (isRead) builder.add(sum[i]!, statistics, tag)
    }
  }
}

/** The element of a plate that an element of a term is in; −1 for none. */
function tagOf(bound: Bound, { term }: TermLayout, plate: string | undefined, element: number): number {
  const axis = plate === undefined ? -1 : term.site.plates.indexOf(plate)
  if (axis < 0) return -1
  const inner = sizeOf(term.lengths.slice(axis + 1))
  return Math.floor(element / inner) % bound.sizes.get(plate!)!
}

/** Of 1 and each statistic of a group what it is in terms of the factors. */
function productsOf(
  { role, vectors, family }: StatGroup,
  places: readonly Place[],
  site: string,
  who: string,
): readonly Product[] {
  if (role === 'vector') return [[], ...vectorProducts(places)]
  const last = places.at(-1)
  if (!last) return [[], ...Array<undefined>(family.count).fill(undefined)]
  const { factor } = last
  if (places.some((place) => place && place.factor !== factor)) {
    const names = [...new Set(places.flatMap((place) => place?.factor.names ?? []))]
    throw new UnsupportedError(
      `${who}: ${site} reads ${names.map((name) => `"${name}"`).join(' and ')} of different elements, which are kept together ` +
        'with others: leave them out of blocks',
    )
  }
  if (role === 'single') return [[], ...Array.from({ length: family.count }, (_, i) => [factor.from + i])]
  const own = factor.numbers.length - (places.length - vectors)
  const scale = role === 'gamma' ? own + triangleSize(own) : own > 0 ? own + 1 : 0
  const ofVectors =
    role === 'gamma'
      ? vectorProducts(places.slice(0, vectors), own)
      : Array.from({ length: vectors > 0 ? vectors + 1 : 0 }, (_, i) => [factor.from + i])
  const ofScale = Array.from({ length: family.count - ofVectors.length }, (_, i) => [factor.from + scale + i])
  return [[], ...ofVectors, ...ofScale]
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
