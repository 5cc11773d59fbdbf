import type { MixtureShape } from './mixture.ts'

/** Observations as a mixture's E-step reads them: one block of them, or all. */
export interface MixtureData {
  /** [n, d], row-major. */
  readonly x: Float64Array
  readonly rows: number
  /** [n], ≥ 0; absent where every observation counts once. */
  readonly weights?: Float64Array | undefined
  /** [n]: the component known for an observation, −1 where it is not; absent where none is. */
  readonly labels?: Int32Array | undefined
}

/** A run of points small enough to stay in the processor's cache, as every kernel shows it. An n×K array never exists. */
export interface JointBlock {
  /** Points that fit. */
  readonly size: number
  /** Points in it now. */
  count: number
  /** Index of its first point in the data. */
  start: number
  /** [K, size]: log p(x, z = k), and then exp(log p − max). */
  readonly joint: Float64Array
  /** [size]: the largest log joint of each point. */
  readonly max: Float64Array
  /** [size]: Σₖ exp(joint − max), and then the factor that makes (weighted) responsibilities of the exponentials. */
  readonly total: Float64Array
}

/**
 * Scratch of the kernels in plain JavaScript. Points lie along the fast axis, so that every inner loop is a plain one over
 * points, whatever the dimension; their number is even.
 */
export interface Block extends JointBlock {
  /** [d, size]. */
  readonly x: Float64Array
  /** [d, size]: the points that one component takes part in, where they are few. */
  readonly gathered: Float64Array
  /** [size]: which points those are. */
  readonly active: Int32Array
  /** [size]: the component's responsibilities for them. */
  readonly responsibility: Float64Array
  /** [d, size]: points less a component's mean. */
  readonly centered: Float64Array
  /** [size]: one column of scratch. */
  readonly column: Float64Array
}

/** Numbers in the arrays of shape [d, size]: 128 kB each. */
const CACHED = 16384

export function allocateBlock({ components, dimension }: MixtureShape, rows: number): Block {
  const size = 2 * Math.ceil(Math.min(rows, 512, Math.max(16, CACHED / dimension)) / 2)
  const points = (axis: number): Float64Array => new Float64Array(axis * size)
  return {
    size,
    count: 0,
    start: 0,
    x: points(dimension),
    gathered: points(dimension),
    active: new Int32Array(size),
    responsibility: points(1),
    centered: points(dimension),
    column: points(1),
    joint: points(components),
    max: points(1),
    total: points(1),
  }
}

/** The points that one component takes part in. */
export interface Active {
  /** [d, size]: their coordinates; the block's own, or gathered. */
  readonly x: Float64Array
  /** How many they are; `block.responsibility` holds as many. */
  readonly count: number
  /** The sum of their responsibilities. */
  readonly sum: number
}

/**
 * The points that component k takes part in. Far from a component exp underflows to an exact 0; in many
 * dimensions most points are far, and are left out.
 */
export function findActive(block: Block, dimension: number, k: number): Active {
  const { size, count, x, gathered, active } = block
  const { zeros, sum } = findResponsibilities(block, k * size)
  if (2 * zeros < count) return { x, count, sum }
  const found = compact(block)
  for (let column = 0; column < dimension * size; column += size) {
    for (let i = 0; i < found; i++) gathered[column + i] = x[column + active[i]!]!
  }
  return { x: gathered, count: found, sum }
}

function findResponsibilities(block: Block, row: number): { zeros: number; sum: number } {
  const { count, joint, total, responsibility } = block
  let zeros = 0
  let sum = 0
  for (let i = 0; i < count; i++) {
    const value = joint[row + i]! * total[i]!
    responsibility[i] = value
    sum += value
    if (value === 0) zeros++
  }
  return { zeros, sum }
}

function compact({ count, responsibility, active }: Block): number {
  let found = 0
  for (let i = 0; i < count; i++) {
    if (responsibility[i] === 0) continue
    responsibility[found] = responsibility[i]!
    active[found++] = i
  }
  return found
}

/** Takes up to `block.size` points from `start` on, transposed. */
export function loadBlock(block: Block, data: MixtureData, dimension: number, start: number): void {
  const { size, x } = block
  block.start = start
  block.count = Math.min(size, data.rows - start)
  for (let a = 0; a < dimension; a++) {
    const column = a * size
    for (let i = 0, from = start * dimension + a; i < block.count; i++, from += dimension)
      x[column + i] = data.x[from]!
  }
}
