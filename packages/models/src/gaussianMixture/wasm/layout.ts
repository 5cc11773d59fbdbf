import { isDense, type MixtureShape } from '../mixture.ts'

/** The kinds of inner loops: covariances in the plane, in more or fewer dimensions, and along the axes. */
export type Form = 'planar' | 'dense' | 'diagonal'

/**
 * Where things lie in a kernel's memory: byte addresses, each of an even number of float64 numbers. Sums over points are
 * vectors whose lanes are still to be added. A block of points has a panel, and a thread has scratch; addresses in them are
 * those of the first.
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
  /** Sums over points: [K], [K, d], [K, …], one behind the other. */
  readonly counts: number
  readonly first: number
  readonly second: number
  readonly secondStep: number
  readonly sumsEnd: number
  /** int32: which functions the blocks of panels go through. */
  readonly orders: number
  /** Panels, and the bytes from one to the next. */
  readonly panels: number
  readonly panelStep: number
  /** The bytes of a column that are points, as int32: 0 where a panel has no block. */
  readonly filled: number
  /** [1]: Σᵢ wᵢ·log p(xᵢ) of a block, as a vector whose lanes are to be added. */
  readonly logLikelihood: number
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
  /** How many threads there are, and the bytes from the scratch of one to that of the next. */
  readonly threads: number
  readonly scratchStep: number
  /** [size] each: responsibilities for the points that one component takes part in, and where those lie. */
  readonly responsibility: number
  readonly active: number
  /** [d, size], rows up to a whole tile: such points, less a mean in the dense form; and these times responsibilities. */
  readonly centered: number
  readonly scaled: number
  readonly end: number
}

/** Rows of a tile of a product. */
export const TILE = 4

/** Points that are computed together: a block is filled up to a multiple of them. */
export const POINTS = 8

/** Panels of which threads do some each, as far as they take no more memory than that. */
const [PANELS, PANEL_BYTES] = [32, 2 ** 24]

/** What different threads write is in different lines of the cache, also where it fetches them in pairs. */
const APART = 128

/** @param threads how many threads go through blocks together. */
export function layoutOf(shape: MixtureShape, threads = 1): Layout {
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
  /** Ends what there is several times, and gives the step from one to the next. */
  const repeated = (start: number, count: (step: number) => number): number => {
    const step = APART * Math.ceil((at - start) / APART)
    at = start + step * count(step)
    return step
  }
  const panelsOf = (step: number): number =>
    threads === 1 ? 1 : Math.max(2 * threads, Math.min(PANELS, Math.floor(PANEL_BYTES / step)))
  const shared = {
    means: room(components * d),
    constants: room(components),
    whitening: room((covariance === 'tied' ? 1 : components) * whitening),
    whiteningStep: covariance === 'tied' ? 0 : 8 * whitening,
    counts: room(2 * components),
    first: room(2 * components * d),
    second: room(components * second),
    secondStep: 8 * second,
    sumsEnd: at,
    orders: room(1),
  }
  at = APART * Math.ceil(at / APART)
  const panel = {
    filled: room(1),
    logLikelihood: room(2),
    rows: room(size * d),
    x: room(d * size),
    joint: room(components * size),
    max: room(size),
    total: room(size),
    weights: room(size),
  }
  const panelStep = repeated(panel.filled, panelsOf)
  const scratch = {
    responsibility: room(size),
    active: room(size),
    centered: room(form === 'planar' ? 0 : tiles * TILE * size),
    scaled: room(form === 'dense' ? tiles * TILE * size : 0),
  }
  const scratchStep = repeated(scratch.responsibility, () => threads)
  return {
    form,
    components,
    dimension: d,
    size,
    column: 8 * size,
    ...shared,
    panels: panelsOf(panelStep),
    panelStep,
    ...panel,
    threads,
    scratchStep,
    ...scratch,
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
