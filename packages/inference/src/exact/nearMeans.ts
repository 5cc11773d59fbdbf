import { NumericalError, UnsupportedError, VariateError } from '@variate/core'
import { indicesOf, sizeOf } from '@variate/core/internal'
import { placeOf } from '@variate/language/internal'
import type { Component } from './components.ts'
import { waysFromMean } from './waysFromMean.ts'
import type { Group } from './groups.ts'
import { integrateGaussian, type GaussianPart } from './integrateGaussian.ts'
import { offsetsOf, totalOf, type Quadratic } from './quadratic.ts'
import type { TermSite } from './terms.ts'
import type { ContinuousSite } from './variables.ts'

/** The integral over one component in one row. */
export function partOf(
  { logs, gradient, hessian, points }: Quadratic,
  { terms }: Component,
  places: readonly number[],
  row: number,
  who: string,
): GaussianPart {
  let value = 0
  for (const { site, element } of terms) {
    const { data, shape } = logs[site.name]!
    const log = data[row * sizeOf(shape.slice(1)) + element]!
    if (Number.isNaN(log)) throw isNaNAt(site, indicesOf(element, shape.slice(1)), who)
    value += log
  }
  const [probes, size] = hessian.shape.slice(1) as [number, number]
  const own = Float64Array.from(places, (at) => gradient.data[row * size + at]!)
  const second = Float64Array.from(
    places.flatMap((_, probe) => places.map((j) => hessian.data[(row * probes + probe) * size + j]!)),
  )
  const point = places.map((at) => points[row * size + at]!)
  return integrateGaussian(value, own, second, point, who)
}

/** That a term is no number. */
export function isNaNAt(site: TermSite, index: readonly number[], who: string): NumericalError {
  const where = index.length > 0 ? ` at [${index}]` : ''
  return new NumericalError(`${who}: ${placeOf(site)}: the log probability${where} is NaN`)
}

/**
 * Terms as quadratic functions of normal latents, taken at the means of what they are: nothing is lost there to cancellation.
 *
 * @param at the terms at some points, at 0 if none are given.
 * @param isChecked whether it is known that they are quadratic.
 * @throws UnsupportedError where they are not.
 */
export function quadraticNearMeans(
  at: (points?: Float64Array) => Quadratic,
  group: Pick<Group, 'components' | 'places'>,
  rows: number,
  continuous: ReadonlyMap<string, ContinuousSite>,
  who: string,
  isChecked: boolean,
): Quadratic {
  const size = totalOf(continuous)
  const first = at()
  const means = new Float64Array(rows * size)
  const parts = group.components.map((component, i) =>
    Array.from({ length: rows }, (_, row) => {
      const part = partIfAny(first, component, group.places[i]!, row, who)
      for (const [j, place] of group.places[i]!.entries()) means[row * size + place] = part?.mean[j] ?? 0
      return part
    }),
  )
  const near = at(means)
  checkSame(near, first, group, rows, continuous, who)
  const most = group.places.reduce((n, { length }) => Math.max(n, length), 0)
  for (const way of isChecked ? [] : waysFromMean(most, rows)) {
    const points = means.slice()
    for (const [c, own] of parts.entries()) {
      const places = group.places[c]!
      if (places.length === 0) continue
      for (const [row, part] of own.entries()) {
        if (!part) continue
        const away = way(part, row)
        for (const [j, place] of places.entries()) points[row * size + place]! += away[j]!
      }
    }
    checkSame(near, at(points), group, rows, continuous, who)
  }
  return near
}

function partIfAny(
  quadratic: Quadratic,
  component: Component,
  places: readonly number[],
  row: number,
  who: string,
): GaussianPart | undefined {
  try {
    return partOf(quadratic, component, places, row, who)
  } catch (error) {
    if (error instanceof VariateError) return undefined
    throw error
  }
}

/** How exactly functions must be quadratic, relative to what their values and slopes are sums of. */
const TOLERANCE = 1e-7

/** @throws UnsupportedError unless values and slopes at other points are those of the quadratic functions. */
function checkSame(
  near: Quadratic,
  other: Quadratic,
  { components, places }: Pick<Group, 'components' | 'places'>,
  rows: number,
  continuous: ReadonlyMap<string, ContinuousSite>,
  who: string,
): void {
  const [probes, size] = near.hessian.shape.slice(1) as [number, number]
  for (const [i, { terms }] of components.entries()) {
    const own = places[i]!
    if (own.length === 0) continue
    for (let row = 0; row < rows; row++) {
      const [a, b] = [sumOf(near, terms, row), sumOf(other, terms, row)]
      // What is impossible has no slopes, and what is NaN is told of where it is integrated.
      const isPossible = a.sum !== -Infinity
      if ((!isPossible && b.sum === -Infinity) || Number.isNaN(a.sum)) continue
      if (isPossible !== (b.sum !== -Infinity)) throw notQuadratic(continuous, own[0]!, who)
      const away = own.map((place) => other.points[row * size + place]! - near.points[row * size + place]!)
      let [value, magnitude] = [a.sum, a.magnitude + b.magnitude]
      for (const [k, place] of own.entries()) {
        const slope = near.gradient.data[row * size + place]!
        let [change, most] = [slope, Math.abs(slope)]
        // What is not moved has slopes of rounding errors alone: they count by standard deviation.
        const unit = Math.sqrt(Math.abs(near.hessian.data[(row * probes + k) * size + place]!))
        for (const [j, distance] of away.entries()) {
          const second = near.hessian.data[(row * probes + j) * size + place]! * distance
          change += second
          most += Math.abs(second)
        }
        const found = other.gradient.data[row * size + place]!
        if (!(Math.abs(found - change) <= TOLERANCE * (unit + most + Math.abs(found))))
          throw notQuadratic(continuous, place, who)
        value += 0.5 * (slope + change) * away[k]!
        magnitude += 0.5 * (Math.abs(slope) + most) * Math.abs(away[k]!)
      }
      if (!(Math.abs(value - b.sum) <= TOLERANCE * Math.max(1, magnitude)))
        throw notQuadratic(continuous, own[0]!, who)
    }
  }
}

/** The terms of a component in one row, and how large they are. */
function sumOf(
  { logs }: Quadratic,
  terms: Component['terms'],
  row: number,
): { readonly sum: number; readonly magnitude: number } {
  let [sum, magnitude] = [0, 0]
  for (const { site, element } of terms) {
    const { data, shape } = logs[site.name]!
    const log = data[row * sizeOf(shape.slice(1)) + element]!
    sum += log
    if (Number.isFinite(log)) magnitude += Math.abs(log)
  }
  return { sum, magnitude }
}

function notQuadratic(
  continuous: ReadonlyMap<string, ContinuousSite>,
  place: number,
  who: string,
): UnsupportedError {
  const [name] = [...offsetsOf(continuous)].find(
    ([, { from, size }]) => place >= from && place < from + size,
  )!
  return new UnsupportedError(
    `${who}: the log joint is not quadratic in "${name}", so that it cannot be integrated exactly: condition on it, or use an ` +
      'approximation',
  )
}
