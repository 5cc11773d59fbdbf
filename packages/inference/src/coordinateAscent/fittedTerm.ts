import { inverse } from '../exact/inverse.ts'
import { SPREADS } from './families/factorFamily.ts'
import type { Coordinates, TermLayout } from './termLayout.ts'

/** A term as a sum of products of statistics, one of each group or none. */
export interface Expansion {
  /** How many statistics each group has, and 1 for none. */
  readonly sizes: readonly number[]
  /** Of each element, for each combination: [combinations, elements]. */
  readonly rows: readonly SparseRow[]
}

/** The coefficients of products that are not 0: the first along each axis of [...sizes] is that of no statistic. */
export interface SparseRow {
  readonly products: Int32Array
  readonly coefficients: Float64Array
}

/** Values of a group with its statistics there. */
export interface Taken {
  readonly count: number
  readonly values: Float64Array
  /** 1 and the statistics, [count, size]. */
  readonly basis: Float64Array
  readonly size: number
}

/** How exactly a term must be what is fitted, relative to what is added up for it. */
const TOLERANCE = 1e-9
/** And relative to the largest value that it is fitted by, in nats, for the rounding of that. */
const ROUNDING = 1e-13
/** What is rounding of the values that a coefficient is computed of, relative to the largest of them. */
const DUST = 2e-14

/** How many values are looked at together. */
const AT_A_TIME = 2 ** 20

/**
 * The coefficients of a term, from its values where each group is at the values of its design, in all combinations, and checked at
 * others.
 *
 * @param at the values of all latents in a point: those of the grid come first.
 * @returns undefined where it is no sum of such products.
 */
export function fitted(
  { combinations, elements, evaluate }: TermLayout,
  design: readonly Taken[],
  check: readonly Taken[],
  at: (point: number) => readonly Coordinates[],
): Expansion | undefined {
  const sizes = design.map(({ size }) => size)
  const inverses = design.map(({ basis, size }) => inverse(basis, size))
  if (inverses.includes(undefined)) throw new RangeError('expansion: the design of a family is singular')
  const total = sizes.reduce((a, b) => a * b, 1)
  const products = productsOf(check, sizes, total)
  const sums = Float64Array.from({ length: SPREADS.length }, (_, c) =>
    products.subarray(c * total, (c + 1) * total).reduce((sum, x) => sum + Math.abs(x), 0),
  )
  const largest = largestOf(design, sizes, total)
  const points = total + SPREADS.length
  const rows: SparseRow[] = []
  const own = new Float64Array(total)
  const together = Math.max(1, Math.floor(AT_A_TIME / (points * elements)))
  for (let first = 0; first < combinations; first += together) {
    const count = Math.min(together, combinations - first)
    const logs = evaluate(points, at, first, count)
    for (let row = 0; row < count * elements; row++) {
      const from = Math.floor(row / elements) * points * elements + (row % elements)
      const log = (point: number): number => logs[from + point * elements]!
      let most = 0
      for (let i = 0; i < total; i++) most = Math.max(most, Math.abs((own[i] = log(i))))
      if (most === Infinity && own.every((x) => x === -Infinity)) {
        rows.push(IMPOSSIBLE)
        continue
      }
      if (!(most < Infinity)) return undefined
      for (const [axis, matrix] of inverses.entries()) apply(matrix!, own, sizes, axis)
      const kept: number[] = []
      for (let i = 0; i < total; i++) if (Math.abs(own[i]!) * largest[i]! > DUST * most) kept.push(i)
      const sparse = {
        products: Int32Array.from(kept),
        coefficients: Float64Array.from(kept, (i) => own[i]!),
      }
      for (let c = 0; c < SPREADS.length; c++) {
        const rounding = ROUNDING * (1 + most) * (1 + sums[c]!)
        if (!isThere(sparse, products.subarray(c * total, (c + 1) * total), log(total + c), rounding))
          return undefined
      }
      rows.push(sparse)
    }
  }
  return { sizes, rows }
}

const IMPOSSIBLE: SparseRow = { products: Int32Array.of(0), coefficients: Float64Array.of(-Infinity) }

/** Whether a term is what its coefficients say, where products have some values. */
function isThere(
  { products, coefficients }: SparseRow,
  values: Float64Array,
  found: number,
  rounding: number,
): boolean {
  if (found === Infinity || Number.isNaN(found)) return true
  let [expected, magnitude] = [0, Math.abs(found)]
  for (let i = 0; i < products.length; i++) {
    const term = coefficients[i]! * values[products[i]!]!
    expected += term
    magnitude += Math.abs(term)
  }
  return Math.abs(found - expected) <= TOLERANCE * magnitude + rounding
}

/**
 * Multiplies a tensor by the inverse of a basis along one axis. What is the same everywhere has a coefficient of no statistic
 * alone, so that only what differs from most values counts.
 */
function apply(matrix: Float64Array, x: Float64Array, sizes: readonly number[], axis: number): void {
  const size = sizes[axis]!
  const inner = sizes.slice(axis + 1).reduce((a, b) => a * b, 1)
  const differing = new Int32Array(size)
  const by = new Float64Array(size)
  for (let from = 0; from < x.length; from += size * inner) {
    for (let column = from; column < from + inner; column++) {
      const [a, b, c] = [
        x[column + inner]!,
        x[column + (size >> 1) * inner]!,
        x[column + (size - 1) * inner]!,
      ]
      const usual = a === b || a === c ? a : b
      let count = 0
      for (let i = 0; i < size; i++) {
        const difference = x[column + i * inner]! - usual
        if (difference === 0) continue
        differing[count] = i
        by[count++] = difference
      }
      for (let i = 0; i < size; i++) {
        let sum = i === 0 ? usual : 0
        for (let j = 0; j < count; j++) sum += matrix[i * size + differing[j]!]! * by[j]!
        x[column + i * inner] = sum
      }
    }
  }
}

/** Products of statistics, one of each group or none, [points, total]. */
function productsOf(at: readonly Taken[], sizes: readonly number[], total: number): Float64Array {
  const products = new Float64Array(SPREADS.length * total)
  for (let c = 0; c < SPREADS.length; c++) {
    for (let i = 0; i < total; i++) {
      let [rest, product] = [i, 1]
      for (let g = sizes.length - 1; g >= 0; g--) {
        product *= at[g]!.basis[c * sizes[g]! + (rest % sizes[g]!)]!
        rest = Math.floor(rest / sizes[g]!)
      }
      products[c * total + i] = product
    }
  }
  return products
}

/** How large each product is on the grid. */
function largestOf(design: readonly Taken[], sizes: readonly number[], total: number): Float64Array {
  const each = design.map(({ basis, count, size }) =>
    Float64Array.from({ length: size }, (_, i) => {
      let most = 0
      for (let point = 0; point < count; point++) most = Math.max(most, Math.abs(basis[point * size + i]!))
      return most
    }),
  )
  return Float64Array.from({ length: total }, (_, i) => {
    let [rest, product] = [i, 1]
    for (let g = sizes.length - 1; g >= 0; g--) {
      product *= each[g]![rest % sizes[g]!]!
      rest = Math.floor(rest / sizes[g]!)
    }
    return product
  })
}
