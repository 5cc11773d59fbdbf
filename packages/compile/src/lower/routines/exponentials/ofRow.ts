import { repeat, variable, type Statement } from '../../../wasm/statement.ts'
import { I32, type Value } from '../../../wasm/value.ts'
import type { Target } from '../../target.ts'
import { plus } from '../integers.ts'
import { combinedLanes, mask, splatOf, store } from '../memory.ts'
import { largestOf, logOfSum, newSums, sumsOf } from './exponentials.ts'

/** log Σ exp of numbers that follow each other. */
export function ofRow(target: Target, length: number, from: Value, to: Value): readonly Statement[] {
  const { lanes: one, vectors: l } = target
  const rest = length % l.count
  const end = (length - rest) * l.bytes
  const at = variable(I32)
  const sums = newSums(l)
  const isHere = mask(rest, l.bytes)
  const numbers = l.load(plus(from, at.get), 0)
  // Lanes behind the last number are −∞, which changes nothing.
  const last = l.select(isHere, l.load(plus(from, end), 0), l.constant(-Infinity))
  const through = (statements: (x: Value) => readonly Statement[]): readonly Statement[] => [
    ...(end > 0 ? [repeat(at, 0, end, 16, statements(numbers))] : []),
    ...(rest > 0 ? statements(last) : []),
  ]
  const [start, larger] = largestOf(l, sums)
  const [none, added] = sumsOf(l, sums)
  const largest = combinedLanes(l, one, sums.largest.get, (a, b) => one.max(a, b))
  const sumOf = (x: Value): Value => combinedLanes(l, one, x, (a, b) => one.add(a, b))
  const top = variable(one.type)
  return [
    start,
    ...through((x) => [larger(x)]),
    { variable: top, to: largest },
    { variable: sums.largest, to: splatOf(l, top.get) },
    ...none,
    ...through(added),
    store(one, logOfSum(one, top.get, sumOf(sums.others.get), sumOf(sums.count.get)), to),
  ]
}
