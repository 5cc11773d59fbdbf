import { variable, type Statement } from '../../wasm/statement.ts'
import type { Lanes } from '../../wasm/lanes.ts'
import { fresh, type Value } from '../../wasm/value.ts'
import { combine } from '../combine.ts'
import { Elements, type Kept, type Setting } from './elements.ts'
import type { Linear } from './linear.ts'
import type { Root } from './root.ts'
import type { Total } from './totals.ts'

/** A root in the loops. */
export interface Written extends Root {
  readonly at: Linear
  /** From this loop on everything is summed up in variables; as many as there are loops if the innermost is kept. */
  readonly start: number
  /** Whether it is combined with what is in memory, because a loop further out is reduced as well. */
  readonly isPartial: boolean
  /** What it is summed up in, for all turns of the loop around the innermost, or for each. */
  readonly totals: readonly Total[]
}

/** So many turns of the loop around the innermost are gone through at once. */
const JAMMED = 4
/** The most that is written, and the most operations on the way there, where several turns at once fit the registers. */
const [FEW, FEW_OPERATIONS] = [2, 4]

/**
 * How many turns of the loop around the innermost are gone through at once: several, where they read the same or add to the
 * same (Allen and Cocke 1972, “A catalogue of optimizing transformations”: unroll and jam).
 */
export function jammed(roots: readonly Omit<Written, 'totals'>[], turns: number, operations: number): number {
  const isFit = roots.length <= FEW && operations <= FEW_OPERATIONS && turns >= JAMMED
  return isFit && roots.some(({ reduction }) => reduction) ? JAMMED : 1
}

/** What one turn of the innermost loop does, or several at once, for some turns of the loop around it. */
export function turnsOf(
  l: Lanes,
  count: number,
  rows: number,
  written: readonly Written[],
  setting: Setting,
): readonly Statement[] {
  const first: Statement[] = []
  const isWritten = new Set(written.map(({ node }) => node))
  /** Several turns read before they write: the processor need not finish one before it begins the next. */
  const kept: Kept = (node, read) => {
    if (isWritten.has(node)) return read
    const x = variable(read.type)
    first.push({ variable: x, to: read })
    return x.get
  }
  const turns = Array.from({ length: count }, (_, turn) => {
    const ahead = turn * l.count
    const elements = Array.from(
      { length: rows },
      (__, row) => new Elements(l, setting, ahead, row, count > 1 ? kept : undefined),
    )
    const values = written.map(({ node, source }) =>
      elements.map((of) => (source === node ? of.own(node) : of.whole(source))),
    )
    return written.flatMap((root, i): readonly Statement[] => {
      const { node, at, isPartial, reduction, totals } = root
      if (totals.length > 0) {
        return values[i]!.map((x, row) => totals[row % totals.length]!.add(l, turn, x))
      }
      const join = (a: Value, b: Value): Value => combine(l, reduction!, node.dtype, a, b)
      if (!isPartial) return values[i]!.map((x, row) => elements[row]!.store(node, at, x))
      const isSame = (at.coefficients.at(-2) ?? 0) === 0
      const groups = isSame ? [values[i]!] : values[i]!.map((x) => [x])
      return groups.map((group, row) => {
        const before = fresh(elements[row]!.load(node, at))
        return elements[row]!.store(node, at, group.reduce(join, before))
      })
    })
  })
  return [...first, ...turns.flat()]
}

/** So many operations of an element are too few, or too many, for several vectors of them at once. */
const [FEWEST, MOST] = [24, 400]
/** The most for four vectors, whose numbers fit the registers then. */
const MOST_OF_FOUR = 250

/**
 * How many vectors are computed at once where nothing is summed up.
 *
 * @param instructions of one element, of all that is written.
 * @param length of the innermost loop; undefined if it is not known.
 */
export function vectorsAtOnce(instructions: number, length: number | undefined, count: number): number {
  if (instructions < FEWEST || instructions > MOST) return 1
  const isFit = (atOnce: number): boolean => {
    if (length === undefined) return true
    const step = atOnce * count
    // What is left is computed one by one: not more than without, or a small part.
    return length >= step && (length % step < count || length >= 64 * step)
  }
  return [instructions > MOST_OF_FOUR ? 2 : 4, 2].find(isFit) ?? 1
}
