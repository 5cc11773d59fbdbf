import type { Distribution } from '@variate/distributions'

/** Which part of a density is drawn, of which distributions: each as one would type it. */
export type Picture = Curves | Bars | Plane | Triangle

interface Settings {
  /** Two to four, each the code of a distribution without a batch. */
  readonly of: readonly string[]
}

/** Densities of a number, or of events that a number determines. */
export interface Curves extends Settings {
  readonly kind: 'curves'
  readonly over: readonly [low: number, high: number]
  /** Where the picture ends above, for densities that have a pole. */
  readonly top?: number
  /** Where there is a density, if not in the whole range. */
  readonly between?: Range
  /** Numbers that have a probability, not only a density. */
  readonly atoms?: readonly number[]
  /** The event that belongs to a number, and what that number is. */
  readonly event?: (x: number) => Nested
  readonly label?: string
}

/** Probabilities of whole numbers, or of events that whole numbers determine. */
export interface Bars extends Settings {
  readonly kind: 'bars'
  readonly over: readonly [first: number, last: number]
  readonly event?: (x: number) => Nested
  readonly label?: string
}

/** Densities in a plane. */
export interface Plane extends Settings {
  readonly kind: 'plane'
  readonly x: readonly [low: number, high: number]
  readonly y: readonly [low: number, high: number]
  /** The event at a point: [x, y] if not given. */
  readonly event?: (x: number, y: number) => Nested
  readonly labels?: readonly [x: string, y: string]
}

/** Densities of three shares, or probabilities of three counts with a total. */
export interface Triangle extends Settings {
  readonly kind: 'triangle'
  readonly total?: number
}

export type Nested = number | readonly Nested[]

type Range = readonly [number, number]

export function curves(over: Range, ...of: readonly string[]): Curves {
  return { kind: 'curves', over, of }
}

export function bars(over: Range, ...of: readonly string[]): Bars {
  return { kind: 'bars', over, of }
}

export function plane(x: Range, y: Range, ...of: readonly string[]): Plane {
  return { kind: 'plane', x, y, of }
}

export function triangle(...of: readonly string[]): Triangle {
  return { kind: 'triangle', of }
}

/** exp(logProb) at each of many events; of a batch, of its first member. */
export function densities(distribution: Distribution, events: readonly Nested[]): Float64Array {
  if (events.length === 0) return new Float64Array()
  const { batchShape } = distribution
  const alone = (event: Nested): Nested => batchShape.reduce<Nested>((inner) => [inner], event)
  const result = distribution.logProb(events.map(alone) as never)
  const logs = result.dataSync()
  result.dispose()
  const wrong = logs.findIndex((value) => Number.isNaN(value))
  if (wrong >= 0)
    throw new Error(`${distribution.name}: the log probability is NaN at ${JSON.stringify(events[wrong])}`)
  const members = logs.length / events.length
  return Float64Array.from(events, (_, i) => Math.exp(logs[i * members]!))
}
