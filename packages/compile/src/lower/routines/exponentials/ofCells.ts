import { variable, type Statement } from '../../../wasm/statement.ts'
import { I32, type Value } from '../../../wasm/value.ts'
import type { Target } from '../../target.ts'
import { plus } from '../integers.ts'
import { loadLane, storeVector } from '../memory.ts'
import { largestOf, logOfSum, newSums, ofFew, sumsOf } from './exponentials.ts'

/** Of so many numbers exponentials are written out. */
export const FEW = 8

/** Numbers that are summed: how many, and the bytes from one to the next, and from those of one result to those of the next. */
export interface Cells {
  readonly length: number
  readonly step: number
  readonly cell: number
}

/** log Σ exp for as many results as a vector holds, or for `count` of them. */
export function ofCells(
  { vectors: l }: Target,
  { length, step, cell }: Cells,
  count: number,
  from: Value,
  to: Value,
): readonly Statement[] {
  /** A number for each result. */
  const numbers = (address: Value, offset: number): Value => {
    if (cell === l.bytes) return l.load(address, offset)
    let x = l.constant(0)
    for (let lane = 0; lane < count; lane++) x = loadLane(l, x, lane, address, offset + lane * cell)
    return x
  }
  if (length <= FEW) {
    const xs = Array.from({ length }, (_, i) => numbers(from, i * step))
    return storeVector(l, ofFew(l, xs), to, 0, count)
  }
  const [at, end] = [variable(I32), variable(I32)]
  const sums = newSums(l)
  const through = (body: readonly Statement[]): Statement => ({
    index: at,
    from,
    to: end.get,
    step,
    mayBeEmpty: false,
    body,
  })
  const [start, larger] = largestOf(l, sums)
  const [none, added] = sumsOf(l, sums)
  const x = numbers(at.get, 0)
  const { largest, others, count: ofLargest } = sums
  return [
    { variable: end, to: plus(from, length * step) },
    start,
    through([larger(x)]),
    ...none,
    through(added(x)),
    ...storeVector(l, logOfSum(l, largest.get, others.get, ofLargest.get), to, 0, count),
  ]
}
