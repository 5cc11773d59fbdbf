import { NdArray } from '@variate/core'
import { sizeOf } from '@variate/core/internal'
import { entryOf, type Bound } from '@variate/language/internal'
import { combinationRows, combinationsOf, nameOf } from '../exact/combinationRows.ts'
import type { Dependence } from '@variate/language/internal'
import type { Exact, ExactResult } from '../exact/exact.ts'
import type { Integrated } from '../exact/integrated.ts'
import { hasTerm, termsOf, type Term } from '../exact/terms.ts'
import type { ContinuousSite, DiscreteSite, LatentSite } from '../exact/variables.ts'
import { elementPlaces, type ElementPlace } from './elementPlaces.ts'
import { momentsIn } from './momentsIn.ts'

/**
 * The expectation of a term under the posterior as a weighted sum over points: values of its latents for each of its elements.
 * Discrete latents have all their combinations. Of continuous ones, in which the term is quadratic, mean and covariance are all
 * that matters, and these are those of 2n points: m ± √n·(column of a root of the covariance), the cubature rule of Arasaratnam
 * and Haykin, “Cubature Kalman filters” (2009).
 */
export interface Completion {
  readonly term: Term
  readonly points: number
  /** [points, elements]; they sum to 1 for each element. */
  readonly weights: Float64Array
  /** For each latent that the term depends on its values, by the names of rows. */
  readonly rows: Readonly<Record<string, NdArray>>
}

/** Where the latents of a term are, which no parameter changes. */
interface Layout {
  readonly term: Term
  readonly combinations: number
  /** Values of the discrete latents, in all combinations. */
  readonly rows: Readonly<Record<string, NdArray>>
  readonly continuous: readonly Dependence<ContinuousSite>[]
  /** For each element where its latents are integrated; none if no term of the site has continuous ones. */
  readonly places: readonly ElementPlace[]
}

/** Prepares the expectations of all terms; the result takes what is known of the latents at some parameters. */
export function completionsOf(bound: Bound, exact: Exact): (result: ExactResult) => readonly Completion[] {
  const latents = new Map<string, LatentSite>([...exact.discrete, ...exact.continuous])
  const terms = bound.program.declarations.filter(hasTerm).flatMap((site) => termsOf(bound, latents, site))
  let layouts: readonly Layout[] | undefined
  return ({ integrals, eliminated }) => {
    layouts ??= layoutsOf(bound, exact, terms, integrals)
    const weights = eliminated.weights()
    let at = integrals.length
    return layouts.map((layout) => {
      const { term, combinations, rows, places, continuous } = layout
      const elements = sizeOf(term.lengths)
      const own = new Float64Array(combinations * elements)
      if (places.length > 0) {
        for (const [element, { component, combinationOf }] of places.entries()) {
          const ofRows = weights[component]!
          for (let row = 0; row < ofRows.length; row++)
            own[combinationOf[row]! * elements + element]! += ofRows[row]!
        }
      } else if (term.dependences.length === 0) own.fill(1)
      else {
        for (let element = 0; element < elements; element++, at++) {
          const ofRows = weights[at]!
          for (let row = 0; row < ofRows.length; row++) own[row * elements + element] = ofRows[row]!
        }
      }
      maskMissing(bound, term, own, combinations)
      if (continuous.length === 0) return { term, points: combinations, weights: own, rows }
      return withPoints(bound, layout, integrals, weights, own)
    })
  }
}

/** Gives what is missing no weight. */
function maskMissing(bound: Bound, term: Term, weights: Float64Array, combinations: number): void {
  const present = entryOf(bound.present, term.site.name)
  const elements = sizeOf(term.lengths)
  if (term.site.kind !== 'observed' || present?.data.length !== elements) return
  for (let at = 0; at < combinations * elements; at++) if (present.data[at % elements] === 0) weights[at] = 0
}

function layoutsOf(
  bound: Bound,
  exact: Exact,
  terms: readonly Term[],
  integrals: readonly Integrated[],
): readonly Layout[] {
  const placeOf = elementPlaces(bound, exact, integrals)
  return terms.map((term) => {
    const discrete = term.dependences.filter((one): one is Dependence<DiscreteSite> =>
      exact.discrete.has(one.of.site.name),
    )
    const continuous = term.dependences.filter((one): one is Dependence<ContinuousSite> =>
      exact.continuous.has(one.of.site.name),
    )
    const combinations = discrete.reduce((product, one) => product * combinationsOf(one), 1)
    const isApart = exact.discreteOnly.includes(term.site)
    return {
      term,
      combinations,
      rows: combinationRows(bound, discrete, combinations),
      continuous,
      places: isApart
        ? []
        : Array.from({ length: sizeOf(term.lengths) }, (_, element) =>
            placeOf(term, discrete, continuous, element),
          ),
    }
  })
}

/** The points of a term with continuous latents: for each combination of the discrete ones 2n. */
function withPoints(
  bound: Bound,
  { term, combinations, rows, continuous, places }: Layout,
  integrals: readonly Integrated[],
  weights: readonly Float64Array[],
  own: Float64Array,
): Completion {
  const elements = places.length
  const size = places[0]!.numbers.length
  const each = 2 * size
  const points = combinations * each
  const values = new Float64Array(points * elements * size)
  const shares = new Float64Array(points * elements)
  for (const [element, place] of places.entries()) {
    const moments = momentsIn(integrals[place.component]!, weights[place.component]!, place, combinations)
    for (const [combination, { mean, root }] of moments.entries()) {
      for (let point = 0; point < each; point++) {
        const at = (combination * each + point) * elements + element
        shares[at] = own[combination * elements + element]! / each
        const [column, sign] = [point >> 1, point % 2 === 0 ? 1 : -1]
        for (let i = 0; i < size; i++)
          values[at * size + i] = mean[i]! + sign * Math.sqrt(size) * root[i * size + column]!
      }
    }
  }
  return {
    term,
    points,
    weights: shares,
    rows: {
      ...Object.fromEntries(Object.entries(rows).map(([name, x]) => [name, repeated(x, each)])),
      ...continuousRows(bound, term, continuous, values, points, size),
    },
  }
}

/** Each row so many times, one behind the other. */
function repeated({ data, shape }: NdArray, times: number): NdArray {
  const [count = 1, ...event] = shape
  const size = sizeOf(event)
  const all = new (data.constructor as Float64ArrayConstructor)(count * times * size)
  for (let row = 0; row < count * times; row++) {
    const from = Math.floor(row / times) * size
    all.set(data.subarray(from, from + size) as Float64Array, row * size)
  }
  return new NdArray(all, [count * times, ...event])
}

/** The values [points, elements, size] of an element's continuous latents as an array for each of these. */
function continuousRows(
  bound: Bound,
  term: Term,
  continuous: readonly Dependence<ContinuousSite>[],
  values: Float64Array,
  points: number,
  size: number,
): Readonly<Record<string, NdArray>> {
  const elements = sizeOf(term.lengths)
  let from = 0
  return Object.fromEntries(
    continuous.map((one) => {
      const own = one.count * sizeOf(one.of.event)
      const data = new Float64Array(points * elements * own)
      for (let at = 0; at < points * elements; at++)
        data.set(values.subarray(at * size + from, at * size + from + own), at * own)
      from += own
      const whole = one.whole.map((plate) => bound.sizes.get(plate)!)
      return [nameOf(one), new NdArray(data, [points, ...term.lengths, ...whole, ...one.of.event])]
    }),
  )
}
