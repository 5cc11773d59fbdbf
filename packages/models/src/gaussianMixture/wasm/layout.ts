import { isDense, type MixtureShape } from '../mixture.ts'

/** The kinds of inner loops: covariances in the plane, in more or fewer dimensions, and along the axes. */
export type Form = 'planar' | 'dense' | 'diagonal'

/**
 * Where things lie in a kernel's memory: byte addresses, each of an even number of float64 numbers. Sums over points are
 * vectors whose lanes are still to be added.
 */
export interface Layout {
  readonly form: Form
  readonly components: number
  readonly dimension: number
  /** Points of a block: a multiple of `POINTS`. */
  readonly size: number
  /** Bytes of one number for each point of a block. */
  readonly column: number
  /** [K, d]. */
  readonly means: number
  /** [K]: the part of the log joint that no x enters. */
  readonly constants: number
  /** W as the form's loops read it, and the bytes from one component's to the next's. */
  readonly whitening: number
  readonly whiteningStep: number
  /** [size, d]: points as they are given. */
  readonly rows: number
  /** [d, size]. */
  readonly x: number
  /** [K, size]: log joints, then their exponentials. */
  readonly joint: number
  /** [size] each: the largest log joint; Σ exp, then its reciprocal times the weight; weights. */
  readonly max: number
  readonly total: number
  readonly weights: number
  /** [size] each: responsibilities for the points that one component takes part in, and where those lie. */
  readonly responsibility: number
  readonly active: number
  /** [d, size], rows up to a whole tile: such points, less a mean in the dense form; and these times responsibilities. */
  readonly centered: number
  readonly scaled: number
  /** Sums over points: [K], [K, d], [K, …]. */
  readonly counts: number
  readonly first: number
  readonly second: number
  readonly secondStep: number
  readonly end: number
}

/** Rows of a tile of a product. */
export const TILE = 4

/** Points that are computed together: a block is filled up to a multiple of them. */
export const POINTS = 8

export function layoutOf(shape: MixtureShape): Layout {
  const { components, dimension: d, covariance } = shape
  const form = !isDense(covariance) ? 'diagonal' : d === 2 ? 'planar' : 'dense'
  const size = sizeOf(form, d)
  const tiles = Math.ceil(d / TILE)
  const whitening = { planar: 3, dense: packedLength(d), diagonal: d }[form]
  const second = { planar: 6, dense: 8 * tiles * (tiles + 1), diagonal: 2 * d }[form]
  let at = 0
  const room = (numbers: number): number => {
    const start = at
    at += 8 * (numbers + (numbers % 2))
    return start
  }
  return {
    form,
    components,
    dimension: d,
    size,
    column: 8 * size,
    means: room(components * d),
    constants: room(components),
    whitening: room((covariance === 'tied' ? 1 : components) * whitening),
    whiteningStep: covariance === 'tied' ? 0 : 8 * whitening,
    rows: room(size * d),
    x: room(d * size),
    joint: room(components * size),
    max: room(size),
    total: room(size),
    weights: room(size),
    responsibility: room(size),
    active: room(size),
    centered: room(form === 'planar' ? 0 : tiles * TILE * size),
    scaled: room(form === 'dense' ? tiles * TILE * size : 0),
    counts: room(2 * components),
    first: room(2 * components * d),
    second: room(components * second),
    secondStep: 8 * second,
    end: at,
  }
}

/** Points that fit the cache: an odd multiple of `POINTS`, so that columns do not all fall on the same lines of it. */
function sizeOf(form: Form, dimension: number): number {
  const most = form === 'planar' ? MOST : Math.min(MOST, Math.max(LEAST, CACHED / dimension))
  return POINTS * (2 * Math.floor(most / (2 * POINTS)) - 1)
}

const [LEAST, MOST] = [112, 512]

/** Numbers in a block of coordinates: 16 kB. */
const CACHED = 2048

/** Numbers of a lower-triangular matrix in tiles of rows, each as long as its last row. */
function packedLength(dimension: number): number {
  let length = 0
  for (let row = 0; row < dimension; row += TILE) length += TILE * Math.min(row + TILE, dimension)
  return length
}
