import { key, NdArray, random, UnsupportedError } from '@variate/core'
import type { Bound } from '@variate/language/internal'
import type { Component } from './components.ts'
import { valuesOf } from './discretePosterior.ts'
import { combinations, type Factor } from './factor.ts'
import { integrateGaussian, type GaussianPart } from './integrateGaussian.ts'
import { offsetsOf, quadraticsOf, totalOf, type Quadratic } from './quadratic.ts'
import { sizeOf, type ContinuousSite, type DiscreteSite } from './variables.ts'

/** A component whose continuous latents are integrated out: for each combination of its discrete variables what is left. */
export interface Integrated {
  readonly component: Component
  /** Where its numbers are in the vector of all continuous latents. */
  readonly places: readonly number[]
  readonly parts: readonly GaussianPart[]
  /** The logarithms of the integrals, as a factor of the discrete variables. */
  readonly factor: Factor
}

/** How many numbers of second derivatives are computed at a time, and how many combinations at most. */
const [AT_A_TIME, MOST] = [2 ** 21, 2 ** 20]

/**
 * Integrates the continuous latents of components, for each combination of the discrete variables that each depends on.
 *
 * @returns a function of what is given, compiled once.
 * @throws UnsupportedError where the log joint is not quadratic in them, has no integral, or there are too many combinations.
 */
export function integralsOf(
  bound: Bound,
  discrete: ReadonlyMap<string, DiscreteSite>,
  continuous: ReadonlyMap<string, ContinuousSite>,
  components: readonly Component[],
  cardinalities: Int32Array,
): (values: Bound['values']) => readonly Integrated[] {
  if (components.length === 0) return () => []
  const sites = [...new Set(components.flatMap(({ terms }) => terms.map(({ site }) => site)))]
  const who = `enumeration: model "${bound.program.name}"`
  const size = totalOf(continuous)
  const origin = new Float64Array(size)
  const placesOf = placesIn(continuous)
  const groups = apart(components).map((group): Group => {
    const counts = group.map((component) => combinations(component.discrete, cardinalities))
    const rows = Math.max(1, ...counts)
    if (rows > MOST) {
      throw new UnsupportedError(
        `${who}: continuous latents are to be integrated for ${rows} combinations of discrete ones, more than ${MOST}`,
      )
    }
    const places = group.map(({ continuous: own }) => own.flatMap((variable) => placesOf[variable]!))
    return { components: group, counts, rows, places }
  })
  const all = groups.flatMap(({ places }) => places)
  const probes = probesOf(all, size)
  const quadratics = quadraticsOf(bound, continuous, sites, probes)
  let isChecked = false
  return (values) => {
    const at = (given: Readonly<Record<string, NdArray>>, point: Float64Array): Quadratic =>
      quadratics(values, given, point)
    return groups.flatMap(({ components: group, counts, rows, places }) => {
      const chunk = Math.min(rows, Math.max(1, Math.floor(AT_A_TIME / Math.max(1, probes.data.length))))
      const parts = group.map((): GaussianPart[] => [])
      for (let from = 0; from < rows; from += chunk) {
        const given = valuesOf(discrete, rowsFrom(group, counts, cardinalities, from, chunk), [chunk])
        const quadratic = at(given, origin)
        if (!isChecked) checkQuadratic(quadratic, (point) => at(given, point), continuous, size, who)
        isChecked = true
        for (const [i, component] of group.entries()) {
          for (let row = from; row < Math.min(from + chunk, counts[i]!); row++) {
            parts[i]!.push(partOf(quadratic, component, places[i]!, row - from, size, who))
          }
        }
      }
      return group.map((component, i) => ({
        component,
        places: places[i]!,
        parts: parts[i]!,
        factor: {
          variables: component.discrete,
          table: Float64Array.from(parts[i]!, ({ logIntegral }) => logIntegral),
        },
      }))
    })
  }
}

/** Components whose combinations of discrete variables go along together. */
interface Group {
  readonly components: readonly Component[]
  /** How many combinations each has, and the most. */
  readonly counts: readonly number[]
  readonly rows: number
  /** Where their numbers are. */
  readonly places: readonly (readonly number[])[]
}

/** The i-th probe is 1 at the i-th number of each component. */
function probesOf(places: readonly (readonly number[])[], size: number): NdArray<Float64Array> {
  const count = Math.max(1, ...places.map((own) => own.length))
  const probes = new Float64Array(count * size)
  for (const own of places) for (const [i, place] of own.entries()) probes[i * size + place] = 1
  return new NdArray(probes, [count, size])
}

/** Components in groups of which no two have a discrete variable in common: their combinations go along together. */
function apart(components: readonly Component[]): readonly (readonly Component[])[] {
  const groups: { readonly taken: Set<number>; readonly components: Component[] }[] = []
  for (const component of components) {
    const { discrete } = component
    let group = groups.find(({ taken }) => discrete.every((variable) => !taken.has(variable)))
    if (!group) groups.push((group = { taken: new Set(), components: [] }))
    for (const variable of discrete) group.taken.add(variable)
    group.components.push(component)
  }
  return groups.map((group) => group.components)
}

/** For each continuous variable the places of its numbers in the vector of all. */
function placesIn(continuous: ReadonlyMap<string, ContinuousSite>): readonly (readonly number[])[] {
  const offsets = offsetsOf(continuous)
  return [...continuous].flatMap(([name, { lengths, event }]) => {
    const own = sizeOf(event)
    const { from } = offsets.get(name)!
    return Array.from({ length: sizeOf(lengths) }, (_, element) =>
      Array.from({ length: own }, (__, i) => from + element * own + i),
    )
  })
}

/** The numbers of the discrete variables' values in some rows: each component goes through its combinations, again and again. */
function rowsFrom(
  group: readonly Component[],
  counts: readonly number[],
  cardinalities: Int32Array,
  from: number,
  count: number,
): readonly Int32Array[] {
  return Array.from({ length: count }, (_, at) => {
    const own = new Int32Array(cardinalities.length)
    for (const [i, component] of group.entries()) {
      let rest = (from + at) % counts[i]!
      for (const variable of component.discrete.toReversed()) {
        own[variable] = rest % cardinalities[variable]!
        rest = Math.floor(rest / cardinalities[variable]!)
      }
    }
    return own
  })
}

/** The integral over one component in one row. */
function partOf(
  { logs, gradient, hessian }: Quadratic,
  { terms }: Component,
  places: readonly number[],
  row: number,
  size: number,
  who: string,
): GaussianPart {
  let constant = 0
  for (const { site, element } of terms) {
    const { data, shape } = logs[site.name]!
    constant += data[row * sizeOf(shape.slice(1)) + element]!
  }
  const own = Float64Array.from(places, (at) => gradient.data[row * size + at]!)
  const probes = hessian.shape[1]!
  const second = Float64Array.from(
    places.flatMap((_, probe) => places.map((j) => hessian.data[(row * probes + probe) * size + j]!)),
  )
  return integrateGaussian(constant, own, second, who)
}

/** How exactly a function must be quadratic, relative to its largest second derivative. */
const TOLERANCE = 1e-8

/** @throws UnsupportedError unless second derivatives are the same wherever they are taken. */
function checkQuadratic(
  at0: Quadratic,
  at: (point: Float64Array) => Quadratic,
  continuous: ReadonlyMap<string, ContinuousSite>,
  size: number,
  who: string,
): void {
  for (const [i, scale] of [0.5, 3].entries()) {
    const point = random.normal(key(i), [size], { dtype: 'float64' }).data.map((x) => scale * x)
    const { hessian } = at(point as Float64Array<ArrayBuffer>)
    const largest = (at0.hessian.data as Float64Array).reduce((max, x) => Math.max(max, Math.abs(x)), 0)
    const bad = (hessian.data as Float64Array).findIndex(
      (x, place) => !(Math.abs(x - at0.hessian.data[place]!) <= TOLERANCE * largest),
    )
    if (bad < 0) continue
    const name = nameAt(continuous, bad % size)
    throw new UnsupportedError(
      `${who}: the log joint is not quadratic in "${name}", so that it cannot be integrated exactly: condition on it, or use an ` +
        'approximation',
    )
  }
}

function nameAt(continuous: ReadonlyMap<string, ContinuousSite>, place: number): string {
  return [...offsetsOf(continuous)].find(([, { from, size }]) => place >= from && place < from + size)![0]
}
