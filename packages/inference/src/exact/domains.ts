import type { Constraint } from '@variate/distributions'

/**
 * Where a latent of an exponential family lies, as a smooth image of coordinates that may be any real numbers: those of its
 * middle are 0.
 */
export interface Domain {
  readonly name: 'positive' | 'unit' | 'simplex'
  /** Whether its points are multiples of a scale. */
  readonly isScaled: boolean
  /** How many numbers of a latent belong together, of those along its last axis. */
  numbersOf(shape: readonly number[]): number
  /** Writes the point that has some coordinates, from a place on. */
  write(coordinates: ArrayLike<number>, scale: number, to: Float64Array, at: number): void
  /** Coordinates of a point near the end of its k-th number: the lower for −1, the upper for 1. */
  end(size: number, k: number, side: number): Float64Array
}

/** How far the ends of a domain are from its middle: a factor of 10⁶. */
const FAR = 14

const onLine = (
  name: Domain['name'],
  isScaled: boolean,
  value: (u: number, scale: number) => number,
): Domain => ({
  name,
  isScaled,
  numbersOf: () => 1,
  write: (coordinates, scale, to, at) => void (to[at] = value(coordinates[0]!, scale)),
  end: (_size, _k, side) => Float64Array.of(side * FAR),
})

const POSITIVE = /* @__PURE__ */ onLine('positive', true, (u, scale) => scale * Math.exp(u))
const UNIT = /* @__PURE__ */ onLine('unit', false, (u) => 1 / (1 + Math.exp(-u)))
const SIMPLEX: Domain = {
  name: 'simplex',
  isScaled: false,
  numbersOf: (shape) => shape.at(-1)!,
  write: (coordinates, _scale, to, at) => {
    const n = coordinates.length
    let total = 0
    for (let i = 0; i < n; i++) total += to[at + i] = Math.exp(coordinates[i]!)
    for (let i = 0; i < n; i++) to[at + i]! /= total
  },
  end: (size, k, side) => new Float64Array(size).with(k % size, side * FAR),
}

const BY_SUPPORT: Readonly<Record<string, Domain>> = {
  positive: POSITIVE,
  nonnegative: POSITIVE,
  unitInterval: UNIT,
  simplex: SIMPLEX,
}

/** The domain that is a distribution's support; undefined where it is none of them. */
export function domainOf({ name, low, high }: Constraint): Domain | undefined {
  if (name === 'interval' && low === 0 && high === 1) return UNIT
  return BY_SUPPORT[name.replace(/^independent\((.*)\)$/, '$1')]
}
