import type { Design } from './design.ts'
import type { FamilyPrograms } from './familyPrograms.ts'
import { inverse } from './inverse.ts'

/** A function at the points of a design, for each of some rows: [rows, stride], of which those of the design are first. */
export interface Taken {
  readonly rows: number
  readonly stride: number
  readonly logs: Float64Array
  /** How large what was added up for them is. */
  readonly magnitudes: Float64Array
}

/** The statistics of a block at the points of a design, [rows, points, count], and the base measure there. */
export interface Statistics {
  readonly statistics: Float64Array
  readonly base: Float64Array
}

/** How exactly a function must be of an exponential family, relative to what is added up for it. */
const TOLERANCE = 1e-9

/**
 * The natural parameters η with f = c + η·T + log h along one block, for each row: from differences to the middle.
 *
 * @param at the statistics of the block.
 * @returns [rows, count], or undefined where the function is of no such form in some row. Rows in which it is −∞ everywhere
 *   have those of some member.
 */
export function fitFamily(
  { family, size, count }: FamilyPrograms,
  design: Design,
  block: number,
  taken: Taken,
  at: Statistics,
): Float64Array | undefined {
  const own = design.variations[block]!
  const typical = family.typical(size)
  const eta = new Float64Array(taken.rows * count)
  const differences = new Float64Array(count * count)
  let solution: Float64Array | undefined
  for (let row = 0; row < taken.rows; row++) {
    if (isImpossible(taken, design, row)) {
      eta.set(typical, row * count)
      continue
    }
    const from = row * design.count
    /** T and f − log h at a point, less those in the middle. */
    const statistic = (point: number, i: number): number =>
      at.statistics[(from + point) * count + i]! - at.statistics[from * count + i]!
    const value = (point: number): number =>
      logAt(taken, row, point) - logAt(taken, row, 0) - (at.base[from + point]! - at.base[from]!)
    if (!solution || family.domain === 'positive') {
      for (let j = 0; j < count; j++)
        for (let i = 0; i < count; i++) differences[j * count + i] = statistic(own[j]!, i)
      solution = inverse(differences, count)
      if (!solution) return undefined
    }
    for (let i = 0; i < count; i++)
      for (let j = 0; j < count; j++) eta[row * count + i]! += solution[i * count + j]! * value(own[j]!)
    for (const point of own.slice(count)) {
      let expected = 0
      for (let i = 0; i < count; i++) expected += eta[row * count + i]! * statistic(point, i)
      if (!(Math.abs(value(point) - expected) <= toleranceAt(taken, row, point))) return undefined
    }
  }
  return eta
}

/** Whether a function is −∞ in all points of a row. */
export function isImpossible(taken: Taken, design: Design, row: number): boolean {
  for (let point = 0; point < design.count; point++) if (logAt(taken, row, point) !== -Infinity) return false
  return true
}

export function logAt({ logs, stride }: Taken, row: number, point: number): number {
  return logs[row * stride + point]!
}

/** How far what is expected at a point may be from what is there. */
export function toleranceAt({ magnitudes, stride }: Taken, row: number, point: number): number {
  return TOLERANCE * (1 + magnitudes[row * stride]! + magnitudes[row * stride + point]!)
}
