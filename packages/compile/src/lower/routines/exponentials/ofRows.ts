import { shuffle } from '../../../wasm/inDouble.ts'
import type { Lanes } from '../../../wasm/lanes.ts'
import { repeat, variable, type Statement } from '../../../wasm/statement.ts'
import { I32, V128, type Value } from '../../../wasm/value.ts'
import type { Target } from '../../target.ts'
import { plus } from '../integers.ts'
import { mask, storeVector } from '../memory.ts'
import { largestOf, logOfSum, newSums, sumsOf, type Sums } from './exponentials.ts'

/** So many rows are gone through at once, so that the processor need not finish one before it begins the next. */
export const ROWS = 4

/**
 * log Σ exp of rows of numbers that follow each other, `count` of them: along each row in vectors, and the logarithms of
 * as many as a vector holds at once.
 */
export function ofRows(
  { vectors: l }: Target,
  length: number,
  count: number,
  from: Value,
  to: Value,
): readonly Statement[] {
  const rest = length % l.count
  const end = (length - rest) * l.bytes
  const at = variable(I32)
  const isHere = mask(rest, l.bytes)
  const rows = Array.from({ length: count }, (_, row) => {
    const start = row * length * l.bytes
    return {
      sums: newSums(l),
      numbers: l.load(plus(from, at.get), start),
      // Lanes behind the last number are −∞, which changes nothing.
      last: l.select(isHere, l.load(from, start + end), l.constant(-Infinity)),
    }
  })
  const through = (statements: readonly ((x: Value) => readonly Statement[])[]): readonly Statement[] => {
    const of = (which: 'numbers' | 'last'): readonly Statement[] =>
      rows.flatMap((row, i) => statements[i]!(row[which]))
    return [...(end > 0 ? [repeat(at, 0, end, 16, of('numbers'))] : []), ...(rest > 0 ? of('last') : [])]
  }
  /** As many rows as a vector holds. */
  const results = Array.from({ length: Math.ceil(count / l.count) }, (_, i) => {
    const sums = rows.slice(i * l.count, (i + 1) * l.count).map((row) => row.sums)
    const [max, add] = [l.max, l.add] as const
    const top = variable(V128)
    const together = (of: keyof Sums, combine: typeof add): Value =>
      ofLanes(
        l,
        sums.map((own) => own[of].get),
        (x, y) => combine(x, y),
      )
    return {
      largest: [
        { variable: top, to: together('largest', max) },
        ...sums.map(({ largest }, row) => ({ variable: largest, to: laneEverywhere(l, top.get, row) })),
      ],
      stores: storeVector(
        l,
        logOfSum(l, top.get, together('others', add), together('count', add)),
        to,
        16 * i,
        sums.length,
      ),
    }
  })
  const largest = rows.map(({ sums }) => largestOf(l, sums))
  const added = rows.map(({ sums }) => sumsOf(l, sums))
  return [
    ...largest.map(([start]) => start),
    ...through(
      largest.map(([, larger]) => (x) => [larger(x)]),
    ),
    ...results.flatMap((result) => result.largest),
    ...added.flatMap(([start]) => start),
    ...through(added.map(([, sum]) => sum)),
    ...results.flatMap(({ stores }) => stores),
  ]
}

/** A vector of what the lanes of each vector come to, combined in the order of `combinedLanes`. */
function ofLanes(l: Lanes, given: readonly Value[], combine: (a: Value, b: Value) => Value): Value {
  const vectors = Array.from({ length: l.count }, (_, i) => given[Math.min(i, given.length - 1)]!)
  const pair = (a: Value, b: Value, of: readonly number[]): Value => shuffle(bytes(l, of), a, b)
  if (l.isDouble) {
    const [a, b] = vectors as [Value, Value]
    return combine(pair(a, b, [0, 2]), pair(a, b, [1, 3]))
  }
  const [a, b, c, d] = vectors as [Value, Value, Value, Value]
  const halves = [
    [a, b],
    [c, d],
  ].map(([x, y]) => combine(pair(x!, y!, [0, 1, 4, 5]), pair(x!, y!, [2, 3, 6, 7]))) as [Value, Value]
  return combine(pair(...halves, [0, 2, 4, 6]), pair(...halves, [1, 3, 5, 7]))
}

function laneEverywhere(l: Lanes, x: Value, lane: number): Value {
  return shuffle(
    bytes(
      l,
      Array.from({ length: l.count }, () => lane),
    ),
    x,
    x,
  )
}

/** The bytes of lanes. */
function bytes(l: Lanes, lanes: readonly number[]): readonly number[] {
  return lanes.flatMap((lane) => Array.from({ length: l.bytes }, (_, i) => lane * l.bytes + i))
}
